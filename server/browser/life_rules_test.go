package browser

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

func TestNUM05TheNumberOpensAMenuOfWhatThisOperatorMayDo(t *testing.T) {
	t.Parallel()
	inBothLanguages(t, func(t *testing.T, s *scene) {
		s.asked("Is the Luma in stock").opened()
		ann, bob, n := s.ann, s.bob, s.number
		ann.press("button", ann.in("Take it"))
		bob.see("button", bob.in("Assigned to %s. Reassign", "Ann"))

		// By Enter, by the mouse; Escape leads back to the number.
		must[int](ann, `(document.getElementById('number').focus(), 1)`)
		ann.enter()
		ann.focused("menu-0")
		ann.see("menuitem", ann.in("Close conversationC"))
		ann.typed(kb.Escape)
		ann.focused("number")
		ann.press("button", ann.in("Conversation %s, menu", n))
		ann.see("menuitem", ann.in("Reassign…A"))
		ann.accessible("the number's menu")

		// Bob may read what is Ann's, and do nothing with it but what is his own, or his group's right.
		bob.press("button", bob.in("Conversation %s, menu", n))
		bob.ask("only what he may", `[...document.querySelectorAll('[role=menuitem]')].map(e => e.innerText.trim().split('\n')[0]).join() === `+
			quoted(bob.in("Mark as unread")+","+bob.in("Copy link")+","+bob.in("Block…")))
		ann.press("menuitem", ann.in("Close conversationC"))
		bob.pill("Closed")
	})
}

func TestRTE04AMessageAfterClosingIsAnotherConversationForBoth(t *testing.T) {
	t.Parallel()
	inBothLanguages(t, func(t *testing.T, s *scene) {
		s.asked("Is the Luma in stock").opened()
		ann, bob, widget, first := s.ann, s.bob, s.widget, s.number
		ann.ends("Closed")
		bob.pill("Closed")
		widget.write("Where is order 17")
		second := next(first)
		bob.press("link", bob.in("Next conversation #%s", second))
		ann.opens("Where is order 17")
		for _, o := range []*operator{ann, bob} {
			o.at(second)
			o.within("Where is order 17")
			o.without("Is the Luma in stock")
			o.see("button", o.in("Show previous conversation #%s", first)) // PRV-01
			o.ask("at the top", `(() => { const all = [...document.querySelectorAll('[role=log] .b-fold, [role=log] .b-message')]; return all[0].matches('.b-fold') })()`)
			o.ask("no offer to split", `!document.querySelector('.b-splitline')`)
			o.press("link", o.in("Previous conversation #%s", first))
			o.at(first)
			o.pill("Closed")
			o.without("Where is order 17")
		}
		widget.holds("Is the Luma in stock", "Where is order 17")
	})
}

func TestThePresetForClientsWarnsThatOperatorsSeeLessAndThenTheyDo(t *testing.T) {
	t.Parallel()
	inBothLanguages(t, func(t *testing.T, s *scene) {
		ann, bob := s.ann, s.bob
		s.asked("Is the Luma in stock")
		n := ann.opens("Is the Luma in stock")
		ann.press("button", ann.in("Take it"))
		bob.opens("Is the Luma in stock")
		bob.see("button", bob.in("Assigned to %s. Reassign", "Ann"))

		ann.open(s.base() + "/console/conversations")
		ann.see("radio", ann.in("Dialog per client"))
		warned := `[...document.querySelectorAll('[role=status] .b-banner--warning')].map(e => e.innerText.trim()).join()`
		ann.ask("nothing to warn of", warned+` === ''`)
		ann.press("radio", ann.in("One long story"))
		ann.ask("nor with a preset that keeps it", warned+` === ''`)
		ann.press("radio", ann.in("Dialog per client"))
		ann.ask("the warning", warned+` === `+quoted(ann.in("Once this is saved, operators lose sight of the conversations that their colleagues have. Administrators read everything.")))
		ann.accessible("a preset that takes sight away")
		bob.within("Is the Luma in stock") // until it is saved
		ann.press("button", ann.in("Save"))
		ann.says(ann.in("Saved"))
		ann.ask("it is done", warned+` === ''`)
		bob.says(bob.in("#%s is with %s now", n, "Ann"))
		bob.ask("no row of it, no menu, nothing of what was said", `!document.body.innerText.includes('Luma in stock') && !document.querySelector('#number:not([disabled])')`)

		// And back.
		ann.press("button", ann.in("Back to Beseda’s own settings"))
		ann.ask("the other warning", warned+` === `+quoted(ann.in("Once this is saved, the whole team of the channel reads what only its assignee could.")))
		ann.press("button", ann.in("Save"))
		ann.ask("saved", warned+` === ''`)
		bob.row("Is the Luma in stock", "Is the Luma in stock")
	})
}

func TestEVT03TheEventListNamesAuthorsInBothLanguages(t *testing.T) {
	t.Parallel()
	inBothLanguages(t, func(t *testing.T, s *scene) {
		s.asked("Is the Luma in stock").opened()
		ann, bob, n := s.ann, s.bob, s.number
		ann.ends("Closed")
		bob.pill("Closed")
		for _, o := range []*operator{ann, bob} {
			visitor := must[string](o, `document.querySelector('.b-talk__name').innerText`)
			o.open(s.base() + "/console/events?number=" + n)
			o.see("heading", o.in("Events"))
			o.ask("its filters", `document.querySelector('summary')`)
			must[int](o, `(document.querySelector('summary').click(), 1)`)
			o.press("checkbox", o.in("Conversation created"))
			o.press("checkbox", o.in("Conversation closed"))
			o.ask("the address keeps both", fmt.Sprintf(`location.search.includes('conversation.started') && location.search.includes('conversation.closed') && location.search.includes('number=%s')`, n))
			o.ask("the two of it, with their authors", `[...document.querySelectorAll('tbody tr')].map(r => r.cells[1].querySelector('bdi').innerText + '|' + r.cells[3].innerText.trim()).join() === `+
				quoted("Ann|"+o.in("Conversation closed")+","+visitor+"|"+o.in("Conversation created")))
			o.see("link", "#"+n)
			o.accessible("two events")
		}
	})
}
