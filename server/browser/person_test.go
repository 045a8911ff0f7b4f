package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// person is somebody with a browser of their own: cookies and storage are theirs.
type person struct {
	t   testing.TB
	ctx context.Context
	// home is the context of the browser's first tab, from which others open.
	home context.Context
	// quit closes the browser before the test ends.
	quit  func()
	looks looks
	// russian is the language of the browser, and of the pages that follow it.
	russian bool
	// taken are the widget frames that this browser's tabs were given already.
	taken map[target.ID]bool
}

// looks is what a browser is set to.
type looks struct {
	width, height int
	dark          bool
	still         bool // no movement, as people can ask for
	touch         bool
	language      string
	storage       storage
	flags         map[string]any
}

// anybody is a person or an operator.
type anybody interface{ self() *person }

func (p *person) self() *person { return p }

// step is one thing done in a tab.
type step = chromedp.Action[chromedp.Void]

// somebody opens a browser with nothing in it.
func somebody(t testing.TB, l looks) *person {
	t.Helper()
	if l.width == 0 {
		l.width, l.height = 1280, 800
	}
	if l.language == "" {
		l.language = "en-US"
	}
	if l.storage == "" {
		l.storage = blocksThirdParties
	}
	ctx, quit := browser(t, l)
	p := &person{t: t, ctx: ctx, home: ctx, quit: quit, looks: l, russian: l.language == "ru-RU", taken: map[target.ID]bool{}}
	p.dress()
	return p
}

// dress opens the tab and sets it to what the person looks at pages with.
func (p *person) dress() {
	p.t.Helper()
	viewport := []chromedp.EmulateViewportOption{}
	if p.looks.touch {
		viewport = append(viewport, chromedp.EmulateTouch)
	}
	p.run(p.set(p.looks), chromedp.EmulateViewport(int64(p.looks.width), int64(p.looks.height), viewport...))
}

func (p *person) set(l looks) step {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		theme := "light"
		if l.dark {
			theme = "dark"
		}
		features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: theme}}
		if l.still {
			features = append(features, &emulation.MediaFeature{Name: "prefers-reduced-motion", Value: "reduce"})
		}
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features})
		return err
	})
}

// tab opens another tab of the same browser.
func (p *person) tab() *person {
	p.t.Helper()
	ctx, stop := chromedp.NewContext(p.home)
	p.t.Cleanup(stop)
	other := &person{t: p.t, ctx: ctx, home: p.home, quit: stop, looks: p.looks, russian: p.russian, taken: p.taken}
	other.dress()
	return other
}

// run does actions within the test's patience.
func (p *person) run(actions ...step) {
	p.t.Helper()
	if err := p.try(patience, actions...); err != nil {
		p.t.Fatal(err)
	}
}

func (p *person) try(wait time.Duration, actions ...step) error { return try(p.ctx, wait, actions...) }

func try(ctx context.Context, wait time.Duration, actions ...step) error {
	// Not a child with a deadline: chromedp ties a tab's life to the context of its first run.
	done := make(chan error, 1)
	go func() { done <- chromedp.Do(ctx, actions...) }()
	select {
	case err := <-done:
		return err
	case <-time.After(wait):
		return fmt.Errorf("nothing happened in %s", wait)
	}
}

func (p *person) open(url string) {
	p.t.Helper()
	p.run(chromedp.Navigate(url))
}

// frame finds the widget's newest frame as a place of its own: it is another site's.
func (p *person) frame() *person {
	p.t.Helper()
	deadline, window := time.Now().Add(patience), chromedp.FromContext(p.home).BrowserContextID
	for {
		targets, err := chromedp.Targets(p.ctx)
		if err != nil {
			p.t.Fatal(err)
		}
		for _, info := range targets {
			if info.Type == "iframe" && (window == "" || info.BrowserContextID == window) && strings.Contains(info.URL, "/widget/?") && !p.taken[info.TargetID] {
				p.taken[info.TargetID] = true
				ctx, _ := chromedp.NewContext(p.ctx, chromedp.WithTargetID(info.TargetID))
				inner := &person{t: p.t, ctx: ctx, home: p.home, looks: p.looks, russian: p.russian, taken: p.taken}
				inner.run()
				return inner
			}
		}
		if time.Now().After(deadline) {
			p.t.Fatal("the widget's frame did not come")
		}
		p.pause()
	}
}

// pause lets the page go on a little.
func (p *person) pause() {
	_ = p.try(time.Second, chromedp.Evaluate[chromedp.Void](`new Promise(done => setTimeout(done, 25))`, chromedp.EvalAwaitPromise))
}

// ask evaluates an expression until it is true, and fails with a picture where it never is.
func (p *person) ask(what, expression string) {
	p.t.Helper()
	wrapped := fmt.Sprintf(`new Promise((done, fail) => {
		const until = Date.now() + %d;
		const look = () => { let is; try { is = (() => (%s))() } catch (e) { is = false }
			if (is) done(true); else if (Date.now() > until) done(false); else setTimeout(look, 30) };
		look() })`, patience.Milliseconds(), expression)
	is, err := value[bool](p, wrapped)
	for until := time.Now().Add(patience); err != nil && time.Now().Before(until); { // the page was left meanwhile
		p.pause()
		is, err = value[bool](p, wrapped)
	}
	if err != nil || !is {
		p.shot("failed-" + strings.ReplaceAll(p.t.Name(), "/", "-"))
		p.t.Fatalf("%s: not seen (%v); the page has:\n%s", what, err, p.text())
	}
}

// text is what the page says, for messages.
func (p *person) text() string {
	s, _ := value[string](p, `document.body ? document.body.innerText.slice(0, 3000) : ''`)
	return s
}

// value evaluates an expression, and waits where it is a promise.
func value[T any](p anybody, expression string) (v T, err error) {
	err = p.self().try(patience+5*time.Second, func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		v, err = chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise)(ctx, t)
		return chromedp.Void{}, err
	})
	return v, err
}

// must is value where nothing may go wrong.
func must[T any](p anybody, expression string) T {
	p.self().t.Helper()
	v, err := value[T](p, expression)
	if err != nil {
		p.self().t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// find is the JavaScript that finds a visible element by role and exact accessible name, also in open shadow roots.
func find(role, name string) string {
	n, _ := json.Marshal(name)
	r, _ := json.Marshal(role)
	return fmt.Sprintf(`(%s)(%s, %s)`, finder, r, n)
}

// finder knows just enough of accessible names: aria-label, labelledby, label, alt, title, text.
const finder = `(role, name) => {
	const roles = {button:'button,[role=button]', textbox:'input:not([type]),input[type=text],input[type=email],input[type=password],textarea,[role=textbox],[contenteditable]',
		link:'a[href]', list:'ul,ol,[role=list]', log:'[role=log]', img:'img,[role=img]', dialog:'dialog,[role=dialog]', alert:'[role=alert]', status:'[role=status]',
		menuitem:'[role=menuitem]', heading:'h1,h2,h3,h4', combobox:'select,[role=combobox]', checkbox:'input[type=checkbox]', radio:'input[type=radio]', region:'section[aria-label],[role=region]'};
	const all = root => { const out = []; const walk = r => { out.push(...r.querySelectorAll(roles[role] || '[role=' + role + ']'));
		for (const e of r.querySelectorAll('*')) if (e.shadowRoot) walk(e.shadowRoot) }; walk(root); return out };
	const label = e => { const by = e.getAttribute('aria-labelledby');
		if (by) return by.split(/\s+/).map(i => (e.getRootNode().getElementById(i) || {}).textContent || '').join(' ');
		return e.getAttribute('aria-label') || (e.labels && e.labels[0] && e.labels[0].textContent) || e.getAttribute('alt') || e.textContent || e.getAttribute('title') || e.getAttribute('placeholder') || '' };
	const seen = e => { const b = e.getBoundingClientRect(); const s = getComputedStyle(e); return (b.width > 0 && b.height > 0 || role === 'img') && s.visibility !== 'hidden' && !e.closest('[hidden]') };
	return all(document).find(e => label(e).replace(/\s+/g, ' ').trim() === name && seen(e)) }`

// see waits for an element by role and name.
func (p *person) see(role, name string) {
	p.t.Helper()
	p.ask(role+" "+name, find(role, name))
}

// press clicks an element by role and name as a mouse would, at its middle.
func (p *person) press(role, name string) {
	p.t.Helper()
	p.see(role, name)
	at := p.middle(role, name)
	p.run(chromedp.MouseClickXY(at.X, at.Y))
}

type place struct{ X, Y float64 }

// middle is where a mouse would press an element, once that holds still: a page may be scrolling smoothly.
func (p *person) middle(role, name string) place {
	p.t.Helper()
	return must[place](p, fmt.Sprintf(`new Promise((done, fail) => {
		let was, tries = 0;
		const look = () => { const e = %s;
			if (!e) { if (++tries > 200) fail('it went away'); else setTimeout(look, 40); return }
			e.scrollIntoView({block: 'nearest', behavior: 'instant'});
			const b = e.getBoundingClientRect(), at = {X: b.x + b.width / 2, Y: b.y + b.height / 2}, hit = e.getRootNode().elementFromPoint(at.X, at.Y);
			if (was && was.X === at.X && was.Y === at.Y && (e.contains(hit) || ++tries > 50)) done(at); else { was = at; setTimeout(look, 40) } };
		look() })`, find(role, name)))
}

// fill types into a textbox by its name.
func (p *person) fill(name, text string) {
	p.t.Helper()
	p.see("textbox", name)
	must[int](p, fmt.Sprintf(`(%s.focus(), 1)`, find("textbox", name)))
	p.typed(text)
}

// typed enters text where the focus is.
func (p *person) typed(text string) {
	p.t.Helper()
	p.run(chromedp.KeyEvent(text))
}

// enter presses Enter.
func (p *person) enter() { p.t.Helper(); p.typed(kb.Enter) }

// says waits for a text anywhere on the page.
func (p *person) says(text string) {
	p.t.Helper()
	b, _ := json.Marshal(text)
	p.ask("text "+text, fmt.Sprintf(`document.body.innerText.includes(%s)`, b))
}

// state waits until a message with this text has a state: Sending, Sent, Delivered, Read, Not sent.
func (p *person) state(text, state string) {
	p.t.Helper()
	b, _ := json.Marshal(text)
	s, _ := json.Marshal(state)
	p.ask(text+" is "+state, fmt.Sprintf(`[...document.querySelectorAll('[role=log] .b-message')].some(m =>
		m.innerText.includes(%s) && m.querySelector('[role=img][aria-label=' + JSON.stringify(%s) + ']'))`, b, s))
}

// shot keeps a picture where pictures are wanted.
func (p *person) shot(name string) {
	if *shots == "" {
		return
	}
	var png []byte
	if err := p.try(20*time.Second, chromedp.Func(func(ctx context.Context, t *chromedp.Target) (err error) {
		png, err = chromedp.CaptureScreenshot()(ctx, t)
		return err
	})); err != nil {
		p.t.Logf("picture %s: %v", name, err)
		return
	}
	if err := os.WriteFile(filepath.Join(*shots, name+".png"), png, 0o644); err != nil {
		p.t.Log(err)
	}
}

func quoted(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}
