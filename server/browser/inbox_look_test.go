package browser

import "testing"

// TestFIL11TheBoxesSayWhatTheListShows: what a browser ticks by itself is what holds.
func TestFIL11TheBoxesSayWhatTheListShows(t *testing.T) {
	t.Parallel()
	ann := play(t, withoutKira).ann
	ann.press("button", "Filter and sort")
	ticked := func(words string) {
		t.Helper()
		ann.ask("ticked are "+words, `[...document.querySelectorAll('.b-filter label')].filter(l => ['Active', 'Completed', 'Closed'].includes(l.innerText.trim()) && l.querySelector('input').checked).map(l => l.innerText.trim()).join(' ') === `+quoted(words))
	}
	ticked("Active")
	ann.look("Active")
	ticked("Completed")
	ann.address("?activity=completed")
	ann.look("Completed")
	ticked("Active")
	ann.address("")
	ann.look("Closed")
	ticked("Closed")
	ann.look("Closed")
	ticked("Active")
	ann.address("")
}
