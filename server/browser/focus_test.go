package browser

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// at is what a script finds has focus: its id, or else its text.
func (p *person) hasFocus(what, expression string) {
	p.t.Helper()
	p.ask(what+" has focus", `document.activeElement !== document.body && document.activeElement === `+expression)
}

func (p *person) window(open bool) {
	p.t.Helper()
	if open {
		p.ask("a window", `document.querySelector('dialog:modal')?.contains(document.activeElement)`)
	} else {
		p.ask("no window", `!document.querySelector('dialog')`)
	}
}

func TestEscGivesFocusBackToWhatOpenedAWindow(t *testing.T) {
	t.Parallel()
	s := play(t).asked("Is the Luma in stock?").opened()
	ann, number := s.ann, s.number
	channels := `document.querySelector('a[href="/console/channels"]')`

	// A key pressed anywhere, with and without a conversation open.
	for _, c := range []struct {
		name string
		open func()
	}{
		{"?", func() { ann.typed("?") }},
		{"Ctrl K", func() { ann.run(chromedp.KeyEvent("k", chromedp.KeyModifiers(2))) }},
	} {
		must[int](ann, `(`+channels+`.focus(), 1)`)
		c.open()
		ann.window(true)
		ann.typed(kb.Escape)
		ann.window(false)
		ann.hasFocus("the link, after "+c.name, channels)
	}

	// One window after another: what opened the first.
	must[int](ann, `(`+channels+`.focus(), 1)`)
	ann.run(chromedp.KeyEvent("k", chromedp.KeyModifiers(2)))
	ann.window(true)
	ann.typed("Keys")
	ann.ask("found", `document.querySelector("[role=option][aria-selected=true]")?.innerText.startsWith("Keys")`)
	must[int](ann, `(document.querySelector("[role=option][aria-selected=true]").click(), 1)`)
	ann.ask("the list of keys", `document.querySelector('dialog:modal .b-keys')`)
	ann.typed(kb.Escape)
	ann.window(false)
	ann.hasFocus("the link, after both", channels)

	// What opened it is gone: the button of its menu.
	ann.menu(number, "Delete…")
	ann.window(true)
	ann.typed(kb.Escape)
	ann.window(false)
	ann.hasFocus("the menu's button", `document.getElementById('number')`)

	// A form in the way.
	must[int](ann, `(`+channels+`.click(), 1)`)
	ann.press("link", "New channel")
	ann.fill("Name visitors see", "Another")
	must[int](ann, `(`+channels+`.focus(), `+channels+`.click(), 1)`)
	ann.window(true)
	ann.typed(kb.Escape)
	ann.window(false)
	ann.hasFocus("the link that would have left", channels)
}
