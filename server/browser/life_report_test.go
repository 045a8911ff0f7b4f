package browser

import (
	"testing"
)

// TestWhatTheTeamDoesShowsInTheVisitorsListAtOnce splits and merges while the visitor looks at their list, and looks at
// what the events and the report say of it.
func TestWhatTheTeamDoesShowsInTheVisitorsListAtOnce(t *testing.T) {
	t.Parallel()
	s := play(t).asked("Where is my lamp?").opened()
	ann, kira, widget := s.ann, s.kira, s.widget
	ann.reply("It comes today.")
	widget.says("It comes today.")
	ann.ends("Open")
	widget.write("And the table?")
	widget.state("And the table?", "Read")
	titles := func(want string) {
		t.Helper()
		widget.ask("the list "+want, `[...document.querySelectorAll('.b-history__title')].map(e => e.innerText).join(' | ') === `+quoted(want))
	}
	widget.press("button", "Your conversations")
	titles("Where is my lamp?")
	ann.within("And the table?")
	first := ann.number()
	ann.press("button", "Move what follows to a separate conversation")
	titles("And the table? | Where is my lamp?")
	kira.shot("visitor-list-split")
	ann.ask("another number", `/^#\d+$/.test(location.hash) && location.hash !== `+quoted("#"+first))
	second := ann.number()
	ann.press("button", "Show previous conversation #"+first)
	ann.press("button", "Merge #"+second+" into #"+first)
	ann.press("button", "Merge")
	titles("Where is my lamp?")
	kira.shot("visitor-list-merged")

	ann.open(s.base() + "/console/events?type=message.sent")
	ann.ask("the event says what was written", `document.querySelector('.b-table tbody')?.innerText.includes('And the table?')`)
	ann.shot("events-with-words")
	for name, l := range map[string]looks{
		"1440-light": {width: 1440, height: 900}, "1024-dark": {width: 1024, height: 768, dark: true}, "320-light": {width: 320, height: 640},
	} {
		ann := somebody(t, l).signIn(s.house, "ann@example.com")
		ann.open(s.base() + "/console/reports")
		ann.see("heading", "Reports")
		ann.ask("a row for Ann", `[...document.querySelectorAll('tbody tr')].some(r => r.innerText.includes('Ann') && /[1-9]/.test(r.children[1].innerText))`)
		ann.ask("nothing scrolls sideways", `document.documentElement.scrollWidth <= innerWidth`)
		ann.accessible("the report, " + name)
		ann.shot("report-" + name)
	}
	bob := somebody(t, looks{width: 1440, height: 900, language: "ru-RU"}).signIn(s.house, "bob@example.com")
	bob.open(s.base() + "/console/reports")
	bob.see("heading", "Отчёты")
	bob.ask("only Bob's row", `document.querySelectorAll('tbody tr').length <= 1 && document.querySelector('.b-figure') && !document.querySelector('tbody').innerText.includes('Ann')`)
	bob.shot("report-russian")
}
