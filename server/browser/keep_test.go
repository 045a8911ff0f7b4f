package browser

import (
	"context"
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

func TestReloadKeepsEverything(t *testing.T) {
	t.Parallel()
	onEveryBuild(t, reloadKeepsEverything)
}

func reloadKeepsEverything(t *testing.T, with build) {
	h := with.demo(t)
	kira := somebody(t, looks{})
	widget := kira.visit(h.shop)
	widget.write("before the reload")
	widget.state("before the reload", "Sent")
	kira.open(h.shop)
	widget = kira.visit(h.shop)
	widget.holds("before the reload")
	widget.write("after it")
	widget.holds("before the reload", "after it")
}

func TestAServerKilledInTheMiddleLosesNothing(t *testing.T) {
	t.Parallel()
	onEveryBuild(t, aServerKilledInTheMiddleLosesNothing)
}

func aServerKilledInTheMiddleLosesNothing(t *testing.T, with build) {
	h := with.empty(t)
	ann := &operator{somebody(t, looks{width: 1440, height: 900})}
	site := ann.setUp(t, h)
	kira := somebody(t, looks{})
	widget := kira.visit(site)
	widget.asks("one")
	ann.pressRow("one")
	widget.state("one", "Read")
	h.kill()
	widget.write("two, while the server is down")
	widget.state("two, while the server is down", "Sending")
	widget.write("three")
	ann.reply("an answer, while the server is down")
	ann.state("an answer, while the server is down", "Sending")
	widget.says("No connection")
	h.again()
	widget.state("three", "Read")
	ann.state("an answer, while the server is down", "Read")
	ann.ask("all of it, once, in order", `(() => { const has = [...document.querySelectorAll('[role=log] .b-message__text')].map(e => e.innerText.trim());
		const mine = has.filter(t => !t.startsWith('an answer')); return mine.join('|') === 'one|two, while the server is down|three' && has.length === 4 })()`)
	kira.open(site)
	widget = kira.visit(site)
	widget.ask("the same after a reload", `(() => { const has = [...document.querySelectorAll('[role=log] .b-message__text')].map(e => e.innerText.trim());
		const mine = has.filter(t => !t.startsWith('an answer')); return mine.join('|') === 'one|two, while the server is down|three' && has.length === 4 })()`)
}

func TestWhatWasTypedOfflineSurvivesAReload(t *testing.T) {
	t.Parallel()
	h := empty(t)
	ann := &operator{somebody(t, looks{width: 1440, height: 900})}
	site := ann.setUp(t, h)
	kira := somebody(t, looks{})
	widget := kira.visit(site)
	widget.asks("hello")
	h.kill()
	widget.write("typed offline")
	widget.state("typed offline", "Sending")
	h.again()
	kira.open(site)
	widget = kira.visit(site)
	widget.holds("hello", "typed offline")
	widget.state("typed offline", "Delivered")
}

func TestWhatTwoClosedTabsLeftUnsentArrivesOnceAndInOrder(t *testing.T) {
	t.Parallel()
	h := empty(t)
	ann := &operator{somebody(t, looks{width: 1440, height: 900})}
	site := ann.setUp(t, h)
	kira := somebody(t, looks{})
	kira.deaf()
	one := kira.visit(site)
	one.asks("hello")
	tab := kira.tab()
	tab.deaf()
	two := tab.visit(site)
	two.holds("hello")
	h.kill()
	for i, widget := range []*person{one, two, one, two} {
		text := fmt.Sprintf("offline %d", i)
		widget.write(text)
		widget.state(text, "Sending")
	}
	for _, p := range []*person{kira, tab} {
		p.open("about:blank")
	}
	h.again()
	last := kira.tab().visit(site)
	last.holds("hello", "offline 0", "offline 1", "offline 2", "offline 3")
	last.state("offline 3", "Delivered")
	ann.pressRow("offline 3")
	ann.holds("hello", "offline 0", "offline 1", "offline 2", "offline 3")
	last.state("offline 3", "Read")
	tab.open(site)
	tab.ask("nothing is left unsent", `Object.keys(localStorage).filter(k => k.startsWith('beseda.') && k.includes('.outbox.')).length === 0`)
}

// deaf keeps the next pages from hearing of other tabs, as if all wrote in the same moment.
func (p *person) deaf() {
	p.t.Helper()
	p.run(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
			Source: `addEventListener('storage', e => e.stopImmediatePropagation())`,
		})
		return err
	}))
}

func TestTwoTabsOfAVisitorAreInStep(t *testing.T) {
	t.Parallel()
	s := play(t, withoutAnn).asked("from the first tab")
	first, second := s.widget, s.kira.tab().visit(s.shop)
	second.holds("from the first tab")
	second.write("from the second tab")
	first.holds("from the first tab", "from the second tab")
	second.holds("from the first tab", "from the second tab")
}

func TestTwoShopsOfOneServerNeverSeeEachOther(t *testing.T) {
	t.Parallel()
	s := play(t).asked("a secret for the lamp shop")
	lamps, other := s.widget, s.kira.tab()
	other.russian = true // as the page is; the browser is not
	atelier := other.visit(s.shop + "ru/")
	atelier.write("hello, other shop")
	atelier.holds("hello, other shop")
	if got := atelier.messages(); len(got) != 1 {
		t.Fatalf("the other shop shows %q", got)
	}
	if got := lamps.messages(); len(got) != 1 || got[0] != "a secret for the lamp shop" {
		t.Fatalf("the lamp shop shows %q", got)
	}
}
