package browser

import (
	"testing"
)

func TestTheWidgetWorksOnDifficultPages(t *testing.T) {
	t.Parallel()
	h := demo(t)
	for _, tt := range []struct{ name, path string }{
		{"under a strict policy", "strict/"},
		{"on an isolated page", "coep/"},
		{"on a plain page", "plain/"},
	} {
		kira := somebody(t, looks{})
		widget := kira.visit(h.shop + tt.path)
		widget.write("hello " + tt.name)
		widget.state("hello "+tt.name, "Sent")
	}
}

func TestTheWidgetSurvivesAPageThatSwapsItsBody(t *testing.T) {
	t.Parallel()
	h := demo(t)
	kira := somebody(t, looks{})
	widget := kira.visit(h.shop + "spa/")
	widget.write("before the swap")
	widget.state("before the swap", "Sent")
	must[int](kira, `(document.body = document.createElement('body'), document.body.innerHTML = '<h1>Swapped</h1>', history.pushState({}, '', location.pathname + 'lamps'), 1)`)
	kira.says("Swapped")
	widget.write("after the swap")
	widget.holds("before the swap", "after the swap")
	widget.state("after the swap", "Sent")
}

func TestTheLoaderNeverHurtsItsPage(t *testing.T) {
	t.Parallel()
	h := demo(t)
	kira := somebody(t, looks{})
	kira.open(h.shop)
	kira.see("button", "Open chat")
	fetched := must[[]string](kira, `performance.getEntriesByType('resource').map(e => new URL(e.name)).filter(u => u.port === '`+h.port+`' && u.hostname === '127.0.0.1').map(u => u.pathname)`)
	if len(fetched) != 1 || fetched[0] != "/widget.js" {
		t.Errorf("before any intent the page fetched %q", fetched)
	}
	if shift := must[float64](kira, `new Promise(done => new PerformanceObserver(l => done(l.getEntries().reduce((s, e) => s + e.value, 0))).observe({type: 'layout-shift', buffered: true}) || setTimeout(() => done(0), 500))`); shift > 0.001 {
		t.Errorf("the layout shifted by %f", shift)
	}
	// Loaded twice, and beside a global of the page's own.
	must[int](kira, `(document.head.append(Object.assign(document.createElement('script'), {src: document.querySelector('script[src*="widget.js"]').src})), 1)`)
	kira.ask("one launcher after loading twice", `[...document.documentElement.children].filter(e => e.shadowRoot).length === 1`)
}

func TestAPageWithADeadServerStaysWhole(t *testing.T) {
	t.Parallel()
	h := demo(t)
	kira := somebody(t, looks{})
	kira.open(h.shop)
	kira.see("button", "Open chat")
	h.kill()
	kira.press("button", "Open chat")
	kira.ask("the page is as it was", `document.querySelector('h1') && document.body.innerText.includes('Light for long evenings')`)
	kira.ask("no dead frame stays", `![...document.documentElement.children].some(e => e.shadowRoot && e.shadowRoot.querySelector('iframe') && e.shadowRoot.querySelector('iframe').getBoundingClientRect().height > 300)`)
}

func TestStorageBlockedAndAllowed(t *testing.T) {
	t.Parallel()
	h := demo(t)
	for _, tt := range []struct {
		storage storage
		access  bool // of the frame, to what it would share between sites
		kept    bool // on the page's own side, over a reload
	}{
		{blocksThirdParties, false, true},
		{allowsAll, true, true},
		{blocksAll, false, false},
	} {
		name := "storage " + string(tt.storage)
		kira := somebody(t, looks{storage: tt.storage})
		widget := kira.visit(h.shop)
		if got := must[bool](widget, `document.hasStorageAccess()`); got != tt.access {
			t.Errorf("%s: the frame has access: %v", name, got)
		}
		widget.write(name)
		widget.state(name, "Sent")
		widget = kira.visit(h.shop)
		if tt.kept {
			widget.holds(name)
		} else {
			widget.write("again with " + name)
			widget.state("again with "+name, "Sent")
			if got := widget.messages(); len(got) != 1 {
				t.Errorf("%s: a browser that keeps nothing has %q after a reload", name, got)
			}
		}
	}
}

// Where storage is forbidden the loader's memory is the record. It is read when a frame begins, and again when a page
// that replaces everything in it took the frame away.
func TestTheTalkOutlivesAReplacedPageWhereStorageIsBlocked(t *testing.T) {
	t.Parallel()
	h := demo(t)
	ann := somebody(t, looks{width: 1440, height: 900}).signIn(h, "ann@example.com")
	for _, tt := range []struct{ name, page, first string }{
		{"after the greeting was hidden", "lamps", "Hide"},
		{"after the greeting was opened", "chairs", "Looking for a lamp for the table? I can tell you which height works best."},
	} {
		kira := somebody(t, looks{storage: blocksAll})
		kira.open(h.shop + "spa/" + tt.page)
		kira.press("button", tt.first)
		if tt.first == "Hide" {
			kira.press("button", "Open chat")
		}
		widget := kira.frame()
		before, after := "before, "+tt.name, "afterwards, "+tt.name
		widget.write(before)
		widget.state(before, "Delivered")
		ann.pressRow(before)
		ann.ask("the page "+tt.name, `[...document.querySelectorAll('a')].some(a => a.href.endsWith('/demo/spa/`+tt.page+`'))`)
		must[int](kira, `(document.documentElement.replaceChildren(document.head, document.createElement('body')), 1)`)
		widget = kira.frame()
		widget.holds(before)
		widget.write(after)
		widget.holds(before, after)
		widget.state(after, "Read")
	}
}
