package browser

import (
	"strconv"
	"testing"
)

// TestEveryViewCanBeReached: chips wrap; many of them scroll in their box, and the one whose list is shown is in view.
func TestEveryViewCanBeReached(t *testing.T) {
	t.Parallel()
	s := play(t, withoutKira)
	ann := s.ann
	const saved = 7
	for i := range saved {
		ann.open(s.console + "?activity=active&last=team&status=" + []string{"open", "pending", "open,pending"}[i%3] + "&reply=" + []string{"owed", "given", ""}[i/3])
		ann.press("button", "Save this list as a view")
		ann.ask("its name", `document.activeElement.tagName === 'INPUT'`)
		ann.typed("What we look at " + strconv.Itoa(i))
		ann.press("button", "Save view")
		ann.ask("the chip", `document.querySelector('.b-views__item[aria-pressed=true]')?.innerText.includes('What we look at `+strconv.Itoa(i)+`')`)
	}
	const within = `(e => { const a = e.getBoundingClientRect(), b = e.closest('.b-views').getBoundingClientRect(); return a.left >= b.left - 1 && a.right <= b.right + 1 && a.top >= b.top - 1 && a.bottom <= b.bottom + 1 })`
	for _, theme := range []string{"light", "dark"} {
		for _, width := range []int{1440, 390} {
			who := somebody(t, looks{width: width, height: 800, dark: theme == "dark"}).signIn(s.house, "ann@example.com")
			who.ask("chips", `document.querySelectorAll('.b-views__item').length >= `+strconv.Itoa(5+saved))
			if must[bool](who, `document.querySelector('.b-views').scrollWidth > document.querySelector('.b-views').clientWidth`) {
				t.Errorf("at %d some chips are beside the strip", width)
			}
			who.shot("inbox-chips-" + strconv.Itoa(width) + "-" + theme)
			must[int](who, `([...document.querySelectorAll('.b-views__item')].at(-1).focus(), 1)`)
			who.ask("the last one is in view where Tab comes to it", within+`(document.activeElement)`)
			who.open(s.console + "?activity=active&last=team&status=open,pending&reply=given")
			who.ask("the chosen one is in view", `document.querySelector('.b-views__item[aria-pressed=true]') && `+within+`(document.querySelector('.b-views__item[aria-pressed=true]'))`)
			who.shot("inbox-chips-chosen-" + strconv.Itoa(width) + "-" + theme)
		}
	}
}
