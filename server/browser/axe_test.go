package browser

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// axeFile is where ready.sh puts the checker.
const axeFile = "../../build/npm/node_modules/axe-core/axe.min.js"

// accessible runs the checker over what is on screen and fails with what it finds. WCAG 2.2 A and AA, and good practice.
func (p *person) accessible(what string) {
	p.t.Helper()
	source, err := os.ReadFile(axeFile)
	if err != nil {
		p.t.Fatalf("make ready comes first: %v", err)
	}
	if _, err := value[int](p, string(source)+";1"); err != nil {
		p.t.Fatal(err)
	}
	// What is still fading in has other colours; only loops go on.
	p.ask("nothing moves", `document.getAnimations().every(a => a.playState !== 'running' || a.effect.getComputedTiming().endTime === Infinity)`)
	found := must[[]struct {
		ID, Help string
		Targets  []string
	}](p, `axe.run(document, {resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
		.then(r => r.violations.map(v => ({ID: v.id, Help: v.help, Targets: v.nodes.map(n => n.target.join(' ') + ' — ' + n.html.slice(0, 120) + ' — ' + (n.any[0] || n.all[0] || n.none[0] || {}).message)})))`)
	var lines []string
	for _, v := range found {
		lines = append(lines, fmt.Sprintf("%s: %s\n    %s", v.ID, v.Help, strings.Join(v.Targets, "\n    ")))
	}
	if len(lines) > 0 {
		p.shot("axe-" + strings.ReplaceAll(what, " ", "-"))
		p.t.Errorf("%s has %d violations:\n%s", what, len(lines), strings.Join(lines, "\n"))
	}
}

func TestAxeFindsNothing(t *testing.T) {
	t.Parallel()
	h := demo(t)
	for _, dark := range []bool{false, true} {
		theme := map[bool]string{false: "light", true: "dark"}[dark]
		ann := somebody(t, looks{width: 1440, height: 900, dark: dark})
		ann.open(h.console)
		ann.see("button", "Sign in")
		ann.accessible("sign-in " + theme)
		ann.signIn(h, "ann@example.com")
		ann.accessible("inbox " + theme)
		kira := somebody(t, looks{dark: dark})
		kira.open(h.shop)
		kira.see("button", "Open chat")
		kira.accessible("shop with launcher " + theme)
		widget := kira.visit(h.shop)
		widget.accessible("empty widget " + theme)
		widget.write("a link https://example.com/ and words " + theme)
		widget.state("and words "+theme, "Delivered")
		widget.accessible("widget " + theme)
		ann.pressRow("and words " + theme)
		ann.see("textbox", "Reply")
		ann.accessible("conversation " + theme)
		ann.lifeIsAccessible(theme)
		for _, path := range []string{"channels", "team", "account", "conversations", "events"} {
			ann.open(h.base() + "/console/" + path)
			ann.see("heading", map[string]string{"channels": "Channels", "team": "Team", "account": "Account", "conversations": "Conversations", "events": "Events"}[path])
			ann.accessible(path + " " + theme)
		}
		ann.ask("events", `document.querySelectorAll('tbody tr').length > 0`)
		must[int](ann, `(document.querySelector('summary').click(), 1)`)
		ann.accessible("events with their filter " + theme)
		ann.open(h.base() + "/console/channels")
		ann.press("link", "Acme home")
		ann.see("textbox", "Sites that may show it")
		ann.accessible("channel " + theme)
	}
	phone := somebody(t, looks{width: 390, height: 780})
	phone.signIn(h, "bob@example.com")
	phone.accessible("inbox on a phone")
}

// lifeIsAccessible looks at the windows and lines that a conversation's life brings.
func (p *person) lifeIsAccessible(theme string) {
	p.t.Helper()
	p.press("button", "End chat")
	p.see("radio", "Pending")
	p.accessible("end chat " + theme)
	p.press("button", "Cancel")
	p.press("tab", "Note")
	p.fill("Note", "only for us "+theme)
	p.accessible("a note being written " + theme)
	p.enter()
	p.see("button", "Edit subject")
	p.press("button", "Edit subject")
	p.see("textbox", "Subject")
	p.accessible("subject " + theme)
	p.typed(kb.Escape)
	must[int](p, `([...document.querySelectorAll('button[aria-label=React]')].pop().click(), 1)`)
	p.see("button", "React with 👍")
	p.accessible("reactions " + theme)
	p.press("button", "React with 👍")
	p.see("button", "👍, You. Take yours back")
	p.accessible("a reaction " + theme)
	must[int](p, `(document.getElementById('number').click(), 1)`)
	p.see("menuitem", "End chat…E")
	p.accessible("number menu " + theme)
}
