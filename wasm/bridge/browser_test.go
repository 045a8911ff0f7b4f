package bridge_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// The page of the trial app, under the policy that the real pages have.
const (
	policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self' blob:; img-src 'self' blob:"
	html   = `<!doctype html><html lang="en" data-language="ru" data-channel="c1"><meta charset="utf-8"><title>-</title>
<link rel="stylesheet" href="/trial.css"><body><div id="app"></div>
<script src="/spy.js"></script><script src="/trial.js" data-wasm="/trial.wasm" data-words-en="/words" data-words-ru="/words"></script></body></html>`
	// spy keeps the program's memory where the test can see it grow.
	spy = `{const make = WebAssembly.instantiate;
WebAssembly.instantiate = async (...a) => { const i = await make(...a); self.grown = i.exports.memory || i.exports.mem; return i }}`
	css = `#log{block-size:200px;overflow-y:auto;overflow-anchor:none}#log p{block-size:40px;margin:0}`
)

// trial serves the trial app, built by one of the compilers.
func trial(t *testing.T, compiler string) string {
	t.Helper()
	repo := filepath.Join("..", "..")
	program := filepath.Join(t.TempDir(), "trial.wasm")
	var build *exec.Cmd
	glue := filepath.Join(repo, "widget", "glue.js")
	switch compiler {
	case "go":
		build = exec.Command("go", "build", "-o", program, "./trial")
		build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
		root, err := exec.Command("go", "env", "GOROOT").Output()
		if err != nil {
			t.Fatal(err)
		}
		glue = filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js")
	case "tinygo":
		build = exec.Command("sh", "-c", "cd ../.. && exec tools/tinygo/build.sh "+program+" ./wasm/bridge/trial -scheduler=none -buildmode=c-shared")
	}
	if said, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	script := read(t, glue) + "\n" + read(t, filepath.Join(repo, "widget", "bridge.js"))
	mux := http.NewServeMux()
	serve := func(path, kind, body string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			w.Header().Set("Content-Security-Policy", policy)
			fmt.Fprint(w, body)
		})
	}
	serve("/{$}", "text/html", html)
	serve("/trial.css", "text/css", css)
	serve("/trial.js", "text/javascript", script)
	serve("/trial.wasm", "application/wasm", read(t, program))
	serve("/words", "text/plain", "Привет")
	serve("/spy.js", "text/javascript", spy)
	serveHands(mux)
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s.URL
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestTheTrialAppWorksInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes seconds")
	}
	if _, err := exec.LookPath("chromium"); err != nil {
		t.Skip("no chromium here")
	}
	compilers := []string{"go"}
	if home, err := os.UserCacheDir(); err == nil {
		if _, err := os.Stat(filepath.Join(home, "beseda-tools", "tinygo-0.42.0")); err == nil || os.Getenv("TINYGO") != "" {
			compilers = append(compilers, "tinygo")
		}
	}
	for _, compiler := range compilers {
		t.Run("built by "+compiler, func(t *testing.T) {
			url := trial(t, compiler)
			options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox)
			ctx, cancel := chromedp.NewExecAllocator(t.Context(), options...)
			defer cancel()
			ctx, cancel = chromedp.NewContext(ctx)
			defer cancel()

			walk(t, ctx, chromedp.Navigate(url))
			until(t, ctx, `document.title === 'Trial ru'`)
			until(t, ctx, `document.activeElement.id === 'text'`)

			walk(t, ctx, chromedp.Click(chromedp.CSS("button")), chromedp.Click(chromedp.CSS("button")))
			until(t, ctx, `document.querySelector('button').textContent === 'Count 2'`)

			// Forty thousand events and views: once the collector runs, memory stays as it is.
			soak := js(`(async () => {
				const b = document.querySelector('button'), sizes = [];
				for (let n = 0; n < 40; n++) {
					for (let i = 0; i < 1000; i++) {
						b.click();
						if (i === 0) await new Promise(requestAnimationFrame);
					}
					sizes.push(grown.buffer.byteLength);
				}
				self.sizes = sizes;
			})()`)
			walk(t, ctx, soak)
			until(t, ctx, `self.sizes && document.querySelector('button').textContent === 'Count 40002'`)
			until(t, ctx, `sizes[39] <= sizes[29] || (document.title = sizes.join(), false)`)

			// Enter sends and is kept from the field; Shift Enter is the field's own.
			walk(t, ctx, chromedp.SendKeys(chromedp.CSS("#text"), "привет 🌍"))
			until(t, ctx, `document.querySelector('#text').value === 'привет 🌍'`)
			// (A key of chromedp's writes its character even where the page prevented it, so the event is made here.)
			walk(t, ctx, js(enter(false)))
			until(t, ctx, `self.prevented`)
			until(t, ctx, `document.querySelector('#text').value === '' && document.querySelector('#log p').textContent === 'привет 🌍'`)

			// Composing text never sends: the key belongs to the input method.
			walk(t, ctx, chromedp.SendKeys(chromedp.CSS("#text"), "x"))
			walk(t, ctx, js(enter(true)))
			until(t, ctx, `!self.prevented`)
			until(t, ctx, `document.querySelectorAll('#log p').length === 1 && document.querySelector('#text').value === 'x'`)

			// Older lines above: the box is at its end and stays there; further up it keeps what is read in place.
			more := js(`document.querySelectorAll('button')[1].click()`)
			walk(t, ctx, more)
			until(t, ctx, `(b => b.scrollHeight - b.clientHeight - b.scrollTop < 2 && b.children.length === 21)(document.querySelector('#log'))`)
			walk(t, ctx, js(`document.querySelector('#log').scrollTop = 330`))
			until(t, ctx, `document.querySelector('.place').textContent === ''`)
			walk(t, ctx, js(`self.line = [...document.querySelectorAll('#log p')].find(p => p.offsetTop - document.querySelector('#log').offsetTop >= 330);
				self.top_ = line.getBoundingClientRect().top`), more)
			until(t, ctx, `document.querySelectorAll('#log p').length === 41 && Math.abs(line.getBoundingClientRect().top - top_) < 2`)
			walk(t, ctx, js(`document.querySelector('#log').scrollTop = 0`))
			until(t, ctx, `document.querySelector('.place').textContent === 'top'`)

			useHands(t, ctx)

			// An instance that ends is started again; one that ends for ever says so and stops.
			walk(t, ctx, js(`document.querySelectorAll('button')[2].click()`))
			until(t, ctx, `document.querySelector('.starts')?.textContent === '2' && document.querySelector('button').textContent === 'Count 0'`)
			walk(t, ctx, chromedp.Click(chromedp.CSS("button")))
			until(t, ctx, `document.querySelector('button').textContent === 'Count 1'`)
			for n := 3; n <= 4; n++ {
				walk(t, ctx, js(`document.querySelectorAll('button')[2].click()`))
				until(t, ctx, fmt.Sprintf(`document.querySelector('.starts')?.textContent === '%d'`, n))
			}
			walk(t, ctx, js(`document.querySelectorAll('button')[2].click()`))
			until(t, ctx, `document.documentElement.dataset.state === 'failed'`)
		})
	}
}

// enter presses Enter in the field and keeps whether the page prevented it.
func enter(composing bool) string {
	return fmt.Sprintf(`self.prevented = !document.querySelector('#text').dispatchEvent(
		new KeyboardEvent('keydown', {key: 'Enter', isComposing: %v, bubbles: true, cancelable: true}))`, composing)
}

// js runs a script in the page.
func js(script string) chromedp.Action[chromedp.Void] {
	return chromedp.Evaluate[chromedp.Void](script)
}

func walk(t *testing.T, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

// until waits for a condition of the page.
func until(t *testing.T, ctx context.Context, condition string) {
	t.Helper()
	short, cancel := context.WithTimeout(ctx, 2*time.Minute) // a machine may do much else
	defer cancel()
	_, err := chromedp.Run(short, chromedp.Poll[chromedp.Void](condition, chromedp.WithPollingInterval(20*time.Millisecond)))
	if err != nil {
		body, _ := chromedp.Run(ctx, chromedp.Evaluate[string](`document.documentElement.outerHTML`))
		t.Fatalf("%s: %v\n%.3000s", condition, err, strings.TrimSpace(body))
	}
}
