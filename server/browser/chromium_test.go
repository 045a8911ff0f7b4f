package browser

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

// storage is what a browser lets pages keep.
type storage string

const (
	blocksThirdParties storage = "without third parties"
	allowsAll          storage = "for everybody"
	blocksAll          storage = "for nobody"
)

// preferences of a fresh profile.
var preferences = map[storage]string{
	blocksThirdParties: `{"profile":{"cookie_controls_mode":1,"block_third_party_cookies":true}}`,
	allowsAll:          `{"profile":{"cookie_controls_mode":0,"block_third_party_cookies":false}}`,
	blocksAll:          `{"profile":{"default_content_setting_values":{"cookies":2}}}`,
}

// chromium starts a browser over an empty profile.
func chromium(profile string, l looks) (ctx context.Context, quit func(), err error) {
	if err := os.MkdirAll(filepath.Join(profile, "Default"), 0o700); err != nil {
		return nil, nil, err
	}
	if err := os.WriteFile(filepath.Join(profile, "Default", "Preferences"), []byte(preferences[l.storage]), 0o600); err != nil {
		return nil, nil, err
	}
	options := []chromedp.ExecAllocatorOption{
		chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck, chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.UserDataDir(profile), chromedp.WindowSize(l.width, l.height),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("hide-scrollbars", true), chromedp.Flag("mute-audio", true), chromedp.Flag("lang", l.language),
		chromedp.Flag("accept-lang", l.language), chromedp.Env("LANGUAGE=" + l.language),
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path := "/usr/bin/" + name; exists(path) {
			options = append(options, chromedp.ExecPath(path))
			break
		}
	}
	for name, value := range l.flags {
		options = append(options, chromedp.Flag(name, value))
	}
	alloc, stopAlloc := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stop := chromedp.NewContext(alloc)
	return ctx, func() { stop(); stopAlloc() }, nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// shared are the browsers, by language, in which people have private windows: starting one costs more than most tests
// do in it. Cookies, storage and caches are a window's own. Who needs flags or another storage gets a browser.
var shared struct {
	sync.Mutex
	running map[string]*running
}

type running struct {
	ctx  context.Context
	quit func()
}

// window opens a private window in a shared browser, and starts that where there is none or it died.
func window(l looks) (ctx context.Context, quit func(), err error) {
	shared.Lock()
	defer shared.Unlock()
	r := shared.running[l.language]
	if r != nil && gone(r.ctx) {
		r.quit()
		r = nil
	}
	if r == nil {
		dir, err := workshop()
		if err != nil {
			return nil, nil, err
		}
		profile, err := os.MkdirTemp(dir, "profile-")
		if err != nil {
			return nil, nil, err
		}
		r = &running{}
		if r.ctx, r.quit, err = chromium(profile, looks{width: 1280, height: 800, language: l.language, storage: blocksThirdParties}); err != nil {
			return nil, nil, err
		}
		if err := try(r.ctx, patience); err != nil {
			r.quit()
			return nil, nil, fmt.Errorf("start a browser: %w", err)
		}
		if shared.running == nil {
			shared.running = map[string]*running{}
		}
		shared.running[l.language] = r
	}
	ctx, quit = chromedp.NewContext(r.ctx, chromedp.WithNewBrowserContext())
	return ctx, quit, nil
}

// gone tells whether the browser of a context ended.
func gone(ctx context.Context) bool {
	select {
	case <-chromedp.FromContext(ctx).Browser.LostConnection:
		return true
	default:
		return ctx.Err() != nil
	}
}

// quitShared ends what is left of them after the last test.
func quitShared() {
	shared.Lock()
	defer shared.Unlock()
	for _, r := range shared.running {
		r.quit()
	}
}

// browser gives somebody a browser of their own, as far as anybody can tell.
func browser(t testing.TB, l looks) (ctx context.Context, quit func()) {
	t.Helper()
	var err error
	if l.storage == blocksThirdParties && l.flags == nil {
		ctx, quit, err = window(l)
	} else {
		ctx, quit, err = chromium(t.TempDir(), l)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(quit)
	return ctx, quit
}
