package browser

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// fits fails where the page scrolls sideways.
func (p *person) fits(what string) {
	p.t.Helper()
	p.ask(what+" fits its width", `document.documentElement.scrollWidth <= innerWidth`)
}

func TestWritingLooksRightEverywhere(t *testing.T) {
	t.Parallel()
	s := play(t, withoutAnn).asked("Is the Luma in stock, and the linen cord that goes with it?")
	for _, l := range []looks{
		{width: 1440, height: 900, dark: true},
		{width: 390, height: 780, touch: true, still: true},
		{width: 320, height: 640, dark: true, still: true},
	} {
		t.Run(fmt.Sprintf("%d wide", l.width), func(t *testing.T) {
			name := fmt.Sprintf("talk-look-%d", l.width)
			ann := somebody(t, l).signIn(s.house, "ann@example.com")
			ann.pressRow("Is the Luma in stock")
			ann.see("textbox", "Reply")
			ann.tool("Is the Luma in stock", "Quote")
			ann.focused("reply")
			ann.ask("quoted", `document.querySelector('.b-composer__quote')`)
			ann.typed("/")
			ann.ask("the list", `document.querySelector('.b-quick')`)
			ann.fits("the list of quick replies")
			ann.ask("the list is on screen", `(() => { const b = document.querySelector('.b-quick').getBoundingClientRect(); return b.top >= 0 && b.left >= 0 && b.right <= innerWidth })()`)
			ann.shot(name + "-quick")
			ann.accessible(name + " quick replies")
			must[int](ann, `(document.documentElement.dir = 'rtl', 1)`)
			ann.fits("right to left")
			ann.shot(name + "-rtl")
			must[int](ann, `(document.documentElement.dir = 'ltr', 1)`)
			ann.press("button", "New quick reply")
			ann.fits("the window")
			ann.shot(name + "-window")
			ann.accessible(name + " window")
			ann.press("button", "Cancel")
			ann.ask("closed", `!document.querySelector('dialog[open]')`)
			ann.clear("Reply")
			ann.press("button", "Do not quote")
			ann.run(chromedp.KeyEvent("k", chromedp.KeyModifiers(2)))
			ann.ask("the palette", `document.querySelector('dialog.b-palette[open]')`)
			ann.fits("the palette")
			ann.shot(name + "-palette")
			ann.accessible(name + " palette")
			ann.typed(kb.Escape)
			ann.ask("closed", `!document.querySelector('dialog[open]')`)
			if l.width < 1000 {
				must[int](ann, `(document.getElementById('panel-button').click(), 1)`)
			}
			ann.press("button", "Add a tag")
			ann.typed("a tag with quite a long name, really")
			ann.press("button", "Stone")
			ann.fits("the panel")
			ann.shot(name + "-panel")
			ann.accessible(name + " panel")
		})
	}
}
