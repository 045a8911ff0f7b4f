package browser

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// hoverOver moves the pointer over the middle of what an expression finds.
func (p *person) hoverOver(what, expression string) {
	p.t.Helper()
	p.ask(what, expression)
	at := must[place](p, `(() => { const b = `+expression+`.getBoundingClientRect(); return {X: b.x + b.width / 2, Y: b.y + b.height / 2} })()`)
	p.run(chromedp.MouseEvent("mouseMoved", at.X, at.Y))
}

// TestDEL02TheBoxComesAfterAMomentOverTheRowAndAtOnceOverTheFace: how long it waited the browser says, not this test's
// clock.
func TestDEL02TheBoxComesAfterAMomentOverTheRowAndAtOnceOverTheFace(t *testing.T) {
	t.Parallel()
	h := demo(t)
	ann := somebody(t, looks{width: 1280, height: 860, flags: map[string]any{ // a mouse, which no test machine has
		"blink-settings": "primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4",
	}}).signIn(h, "ann@example.com")
	row := `[...document.querySelectorAll('.b-row')].find(r => r.innerText.includes('Grace Hill'))`
	ann.ask("the row", row)
	must[int](ann, `(() => { const box = `+row+`.querySelector('.b-row__check'), at = window.boxAt = {};
		for (const kind of ['transitionrun', 'transitionstart']) box.addEventListener(kind, e => { if (e.propertyName === 'opacity' && getComputedStyle(box).opacity !== '1') at[kind] = e.timeStamp });
		return 1 })()`)
	ann.ask("no box", `getComputedStyle(`+row+`.querySelector('.b-row__check')).opacity === '0'`)
	visible := `getComputedStyle(` + row + `.querySelector('.b-row__check')).opacity === '1' && boxAt.transitionstart`
	waited := func() float64 {
		t.Helper()
		ann.ask("the box", visible)
		return must[float64](ann, `boxAt.transitionstart - boxAt.transitionrun`)
	}
	ann.hoverOver("its last line", row+`.querySelector('.b-row__last')`)
	if ms := waited(); ms < 580 {
		t.Errorf("over the row it came after %.0f ms", ms)
	}
	ann.shot("hover-row")
	ann.hoverOver("the head", `document.querySelector('.b-search')`)
	ann.ask("no box again", `getComputedStyle(`+row+`.querySelector('.b-row__check')).opacity === '0' && (window.boxAt.transitionstart = 0, true)`)
	ann.hoverOver("the face", row+`.querySelector('.b-row__face')`)
	if ms := waited(); ms > 100 {
		t.Errorf("over the face it came after %.0f ms", ms)
	}
	ann.hoverOver("the head", `document.querySelector('.b-search')`)
	ann.ask("nothing is selected by looking", `!document.querySelector('.b-selectbar')`)
}

func TestSUB02TheWholeSubjectIsShownWhileARowHasFocus(t *testing.T) {
	t.Parallel()
	h := demo(t)
	ann := somebody(t, looks{width: 1280, height: 860}).signIn(h, "ann@example.com")
	row := `[...document.querySelectorAll('.b-row')].find(r => r.innerText.includes('Ella Marsh'))`
	ann.pressRow("Ella Marsh")
	ann.press("button", "Edit subject")
	const subject = "A lamp for the table by the window, before Saturday, with the longer cable and without the shade"
	ann.fill("Subject", subject)
	ann.press("button", "Save")
	ann.ask("cut in the row", `(() => { const s = `+row+`.querySelector('.b-row__subject'); return s && s.title.endsWith('without the shade') && s.scrollWidth > s.clientWidth })()`)
	shown := `getComputedStyle(` + row + `.querySelector('.b-row__subject'), '::after')`
	ann.ask("not shown", shown+`.content === 'none'`)
	before := must[string](ann, `JSON.stringify([...document.querySelectorAll('.b-row')].map(r => r.getBoundingClientRect().top))`)
	must[int](ann, `(document.querySelector('.b-search input').focus(), 1)`) // focus by keys from here on
	must[int](ann, `(`+row+`.querySelector('a').focus({focusVisible: true}), 1)`)
	ann.ask("shown whole", shown+`.content.includes('without the shade') && `+shown+`.whiteSpace === 'normal'`)
	if after := must[string](ann, `JSON.stringify([...document.querySelectorAll('.b-row')].map(r => r.getBoundingClientRect().top))`); after != before {
		t.Errorf("rows moved: %s, then %s", before, after)
	}
	ann.accessible("a row with its whole subject")
	ann.shot("subject-focus")
}
