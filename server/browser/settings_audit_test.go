package browser

import (
	"strconv"
	"testing"
)

// administrators are Ann and Bob, whom she made one.
func administrators(t *testing.T) *scene {
	t.Helper()
	s := play(t, withBob, russian("bob"), withoutKira)
	ann := s.ann
	ann.settings(s.house, "team", "Members and rights")
	ann.press("button", "Actions for Bob")
	ann.press("menuitem", "Change group…")
	ann.ask("to choose administrators", `[...document.querySelectorAll('dialog label')].some(l => l.innerText.includes('Administrators') && (l.click(), true))`)
	ann.submit()
	ann.says("Bob is in Administrators now")
	return s
}

func TestX28AnotherAdministratorsActsWaitAboveTheLog(t *testing.T) {
	t.Parallel()
	s := administrators(t)
	ann, bob := s.ann, s.bob
	bob.settings(s.house, "audit", "Журнал")
	bob.ask("the log", `document.querySelectorAll('tbody tr').length > 0`)
	before := must[int](bob, `document.querySelectorAll('tbody tr').length`)

	// What the console hears of only as "the team looks different", and what it hears nothing of.
	ann.settings(s.house, "tags", "Tags")
	ann.press("button", "New tag")
	ann.fill("Name of the tag", "regular")
	ann.submit()
	bob.see("button", "1 новое действие")
	must[int](ann, `(fetch('/events.csv', {headers: {'Beseda-Request': '1'}}).then(a => a.text()).then(() => document.title = 'exported'), 1)`)
	ann.ask("the file came", `document.title === 'exported'`)
	bob.see("button", "2 новых действия")
	bob.ask("rows do not push", `document.querySelectorAll('tbody tr').length === `+strconv.Itoa(before))
	bob.press("button", "2 новых действия")
	bob.ask("both stand above", `document.querySelectorAll('tbody tr').length === `+strconv.Itoa(before+2)+` && document.querySelector('tbody tr').innerText.includes('Ann') && document.querySelectorAll('tbody tr')[1].innerText.includes('regular')`)
}

func TestDEL01TheEventListLosesWhatIsErasedWhileItIsLookedAt(t *testing.T) {
	t.Parallel()
	s := play(t, withBob).asked("My card is 4111 1111", "and the code 737").opened()
	ann, bob, number := s.ann, s.bob, s.number
	bob.open(s.base() + "/console/events")
	for _, text := range []string{"4111", "737"} {
		bob.ask("a row of it", `document.querySelector('.b-table').innerText.includes('`+text+`')`)
	}
	rows := must[int](bob, `document.querySelectorAll('tbody tr').length`)
	ann.menu(number, "Delete…")
	ann.press("button", "Delete")
	bob.ask("nothing of what was said", `!/4111|737/.test(document.body.innerText)`)
	bob.ask("the rest stays", `document.querySelectorAll('tbody tr').length > `+strconv.Itoa(rows/2))
	must[int](bob, `(history.back(), 1)`)
	bob.see("list", "Conversations")
	bob.press("link", "Events")
	bob.ask("the list, and that it was erased", `[...document.querySelectorAll('tbody tr')].some(r => r.innerText.includes('#`+number+`') && r.innerText.includes('Conversation deleted')) && !/4111|737/.test(document.body.innerText)`)
}
