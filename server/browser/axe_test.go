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
		stranger := somebody(t, looks{width: 1440, height: 900, dark: dark})
		stranger.open(h.console)
		stranger.see("button", "Sign in")
		stranger.accessible("sign-in " + theme)
		ann := stranger.signIn(h, "ann@example.com")
		ann.accessible("inbox " + theme)
		kira := somebody(t, looks{dark: dark})
		kira.open(h.shop)
		kira.see("button", "Open chat")
		kira.accessible("shop with launcher " + theme)
		widget := kira.visit(h.shop)
		widget.accessible("empty widget " + theme)
		widget.asks("a link https://example.com/ and words " + theme)
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
	phone := somebody(t, looks{width: 390, height: 780}).signIn(h, "bob@example.com")
	phone.accessible("inbox on a phone")
}

// lifeIsAccessible looks at the windows and lines that a conversation's life brings.
func (o *operator) lifeIsAccessible(theme string) {
	o.t.Helper()
	o.press("button", "End chat")
	o.see("radio", "Pending")
	o.accessible("end chat " + theme)
	o.press("button", "Cancel")
	o.press("tab", "Note")
	o.fill("Note", "only for us "+theme)
	o.accessible("a note being written " + theme)
	o.enter()
	o.see("button", "Edit subject")
	o.press("button", "Edit subject")
	o.see("textbox", "Subject")
	o.accessible("subject " + theme)
	o.typed(kb.Escape)
	must[int](o, `([...document.querySelectorAll('button[aria-label=React]')].pop().click(), 1)`)
	o.see("button", "React with 👍")
	o.accessible("reactions " + theme)
	o.press("button", "React with 👍")
	o.see("button", "👍, You. Take yours back")
	o.accessible("a reaction " + theme)
	must[int](o, `(document.getElementById('number').click(), 1)`)
	o.see("menuitem", "End chat…E")
	o.accessible("number menu " + theme)
}
