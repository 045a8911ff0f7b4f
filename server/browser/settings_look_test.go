package browser

import (
	"testing"
)

// TestSettingsPagesFitEveryScreenAndTheCheckerFindsNothing looks at members, tags, quick replies and the log as people
// have them: wide and narrow, light and dark, from the right to the left.
func TestSettingsPagesFitEveryScreenAndTheCheckerFindsNothing(t *testing.T) {
	t.Parallel()
	s := play(t, withoutKira)
	first := s.ann
	first.settings(s.house, "tags", "Tags")
	for _, color := range []string{"Rose", "Stone"} {
		first.press("button", "New tag")
		first.fill("Name of the tag", "A tag in "+color)
		first.press("radio", color)
		first.submit()
	}
	first.settings(s.house, "quick-replies", "Quick replies")
	first.press("button", "New quick reply")
	first.fill("Name", "A lamp for a table")
	first.fill("Text", "Monday to Friday, from nine to eight; on Saturdays until four. We look forward to you!")
	first.fill("Shortcut", "table")
	first.fill("Folder", "Shop")
	first.submit()
	for name, l := range map[string]looks{
		"1440-light": {width: 1440, height: 900}, "1024-dark": {width: 1024, height: 768, dark: true},
		"390-light": {width: 390, height: 780}, "320-dark": {width: 320, height: 640, dark: true},
		"rtl": {width: 1280, height: 800},
	} {
		ann := somebody(t, l).signIn(s.house, "ann@example.com")
		for page, heading := range map[string]string{
			"team": "Members and rights", "tags": "Tags", "quick-replies": "Quick replies", "audit": "Audit",
		} {
			ann.open(s.base() + "/console/" + page)
			ann.see("heading", heading)
			ann.ask("its rows", `document.querySelectorAll('tbody tr').length > 0`)
			if name == "rtl" {
				must[int](ann, `(document.documentElement.dir = 'rtl', 1)`)
			}
			ann.ask("nothing scrolls sideways, "+page+" "+name, `document.documentElement.scrollWidth <= innerWidth`)
			ann.still()
			ann.accessible(page + " " + name)
			ann.shot("settings-" + page + "-" + name)
		}
	}
	first.settings(s.house, "team", "Members and rights")
	first.press("button", "Invite")
	first.still()
	first.accessible("an invitation")
	first.shot("settings-invite")
	first.press("button", "Cancel")
	first.settings(s.house, "audit", "Audit")
	first.press("button", "How to check")
	first.still()
	first.accessible("how to check the log")
	first.shot("settings-audit-check")
}
