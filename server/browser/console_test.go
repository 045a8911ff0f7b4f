package browser

import (
	"fmt"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// operator is somebody of the team at the console, in the language of their browser.
type operator struct{ *person }

// signIn opens the console as somebody of the demo's team.
func (p *person) signIn(h *house, email string) *operator {
	p.t.Helper()
	p.open(h.console)
	p.fill(p.in("Email"), email)
	p.fill(p.in("Password"), "beseda-demo")
	p.press("button", p.in("Sign in"))
	p.see("list", p.in("Conversations"))
	p.run(chromedp.MouseEvent("mouseMoved", 0, 0)) // on a phone the button was where a row is now, which a pointer would hold
	return &operator{p}
}

// you is how the console calls the operator who looks at it.
func (o *operator) you() string { return o.in("You") }

// settings opens one of the console's pages beside the inbox.
func (o *operator) settings(h *house, page, heading string) {
	o.t.Helper()
	o.open(h.base() + "/console/" + page)
	o.see("heading", heading)
}

// pressRow opens the conversation whose row shows a text.
func (o *operator) pressRow(text string) {
	o.t.Helper()
	o.ask("row "+text, `[...document.querySelectorAll('.b-row')].some(r => r.innerText.includes(`+quoted(text)+`) && (r.querySelector('a') || r).click() === undefined)`)
}

// opens opens the conversation in which a visitor wrote something.
func (o *operator) opens(text string) string {
	o.t.Helper()
	o.pressRow(text)
	return o.number()
}

// row waits for a row of the list with a visitor's text that also says something else.
func (o *operator) row(text, says string) {
	o.t.Helper()
	o.ask("row "+text+" says "+says, `[...document.querySelectorAll('.b-row')].some(r => r.innerText.includes(`+quoted(text)+`) && r.innerText.includes(`+quoted(says)+`))`)
}

// number waits for the open conversation's number.
func (o *operator) number() string {
	o.t.Helper()
	o.ask("a number", `/^#\d+$/.test(location.hash) && document.querySelector('[role=log]')`)
	return must[string](o, `location.hash.slice(1)`)
}

// at waits until the address is that of a conversation, and its log is there.
func (o *operator) at(number string) {
	o.t.Helper()
	o.ask("address #"+number, `location.hash === `+quoted("#"+number)+` && document.querySelector('[role=log]')`)
}

// next is the number after one.
func next(number string) string {
	var n int
	_, _ = fmt.Sscan(number, &n)
	return fmt.Sprint(n + 1)
}

// within waits for a text in the log, without for its absence.
func (o *operator) within(text string) {
	o.t.Helper()
	o.ask("log says "+text, `document.querySelector('[role=log]').innerText.includes(`+quoted(text)+`)`)
}

func (o *operator) without(text string) {
	o.t.Helper()
	o.ask("log without "+text, `document.querySelector('[role=log]') && !document.querySelector('[role=log]').innerText.includes(`+quoted(text)+`)`)
}

// pill waits for a status in the open conversation's head.
func (o *operator) pill(status string) {
	o.t.Helper()
	o.ask("status "+status, `[...document.querySelectorAll('.b-talk__head .b-pill')].some(e => e.innerText.trim() === `+quoted(o.in(status))+`)`)
}

// reply sends a message from the console.
func (o *operator) reply(text string) {
	o.t.Helper()
	o.fill(o.in("Reply"), text)
	o.press("button", o.in("Send"))
}

// tool presses a button beside the message with a text.
func (o *operator) tool(message, name string) {
	o.t.Helper()
	o.ask(name+" beside "+message, fmt.Sprintf(`(() => { const m = [...document.querySelectorAll('[role=log] .b-message')].filter(m => m.innerText.includes(%s)).pop();
		const b = m && m.querySelector('.b-message__tools [aria-label=' + JSON.stringify(%s) + ']'); return b && (b.click(), true) })()`, quoted(message), quoted(name)))
}

// menu opens a conversation's menu at its number and takes an item.
func (o *operator) menu(number, item string) {
	o.t.Helper()
	o.press("button", o.in("Conversation %s, menu", number))
	o.press("menuitem", o.in(item))
}

// ends goes through the window that ends a chat.
func (o *operator) ends(status string) {
	o.t.Helper()
	o.press("button", o.in("End chat"))
	o.choice(o.in(status))
	o.submit()
}

// submit sends the open window's form, and waits until the window is gone.
func (o *operator) submit() {
	o.t.Helper()
	must[int](o, `(document.querySelector('dialog form').requestSubmit(), 1)`)
	o.ask("the window is gone", `!document.querySelector('dialog')`)
}

// counts chooses what the time of a setting is counted in.
func (o *operator) counts(setting, unit string) {
	o.t.Helper()
	must[int](o, `(() => { const e = `+find("combobox", o.in("Unit: %s", o.in(setting)))+`; e.value = `+quoted(unit)+`;
		e.dispatchEvent(new Event('change', {bubbles: true})); return 1 })()`)
}

// choice presses a radio by its value.
func (p *person) choice(name string) {
	p.t.Helper()
	p.press("radio", name)
}

// put gives a field or list of the page a value, as a person who chose it would.
func (p *person) put(id, text string) {
	p.t.Helper()
	p.ask("field "+id, fmt.Sprintf(`document.getElementById(%q)`, id))
	must[int](p, fmt.Sprintf(`(() => { const e = document.getElementById(%q); e.focus(); e.value = %s;
		e.dispatchEvent(new Event('input', {bubbles: true})); e.dispatchEvent(new Event('change', {bubbles: true})); return 1 })()`, id, quoted(text)))
}

// focused waits until an element has focus.
func (p *person) focused(id string) {
	p.t.Helper()
	p.ask("focus on "+id, `document.activeElement && document.activeElement.id === `+quoted(id))
}

// goTo gives focus to what has an id, goFrom takes it away.
func (p *person) goTo(id string) {
	p.t.Helper()
	p.ask("field "+id, fmt.Sprintf(`(document.getElementById(%q).focus(), document.activeElement.id === %q)`, id, id))
}

func (p *person) goFrom(id string) {
	p.t.Helper()
	p.ask("field "+id, fmt.Sprintf(`(document.getElementById(%q).blur(), document.activeElement.id !== %q)`, id, id))
}

// fieldSays waits until a field has this in it. The tool that types adds a line break after an Enter that the page keeps
// from the field; a keyboard does not.
func (p *person) fieldSays(name, text string) {
	p.t.Helper()
	p.ask(name+" holds "+text, fmt.Sprintf(`%s.value.trim() === %s`, find("textbox", name), quoted(text)))
}

// clear empties a field.
func (p *person) clear(name string) {
	p.t.Helper()
	p.see("textbox", name)
	must[int](p, fmt.Sprintf(`(() => { const e = %s; e.focus(); e.select(); return 1 })()`, find("textbox", name)))
	p.typed(kb.Backspace)
}
