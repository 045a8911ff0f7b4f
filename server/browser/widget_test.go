package browser

import (
	"strings"

	"github.com/chromedp/chromedp"
)

// visit opens a page and its widget.
func (p *person) visit(url string) *person {
	p.t.Helper()
	p.open(url)
	p.press("button", p.in("Open chat"))
	widget := p.frame()
	widget.see("textbox", p.in("Message"))
	return widget
}

// write sends a message from the widget.
func (p *person) write(text string) {
	p.t.Helper()
	p.fill(p.in("Message"), text)
	p.press("button", p.in("Send"))
}

// asks is write, once it has reached somebody at the console who has not looked.
func (p *person) asks(text string) {
	p.t.Helper()
	p.write(text)
	p.state(text, p.in("Delivered"))
}

// solves says in the widget's list that the question is solved.
func (p *person) solves() {
	p.t.Helper()
	p.press("button", p.in("Your conversations"))
	p.press("button", p.in("My question is solved"))
	p.press("button", p.in("Yes, solved"))
	p.says(p.in("Solved"))
}

// messages are the texts in the log, in order.
func (p *person) messages() []string {
	p.t.Helper()
	return must[[]string](p, `[...document.querySelectorAll('[role=log] .b-message__text')].map(e => e.innerText.trim())`)
}

// holds waits until the log has exactly these messages at its end, in this order, each once.
func (p *person) holds(want ...string) {
	p.t.Helper()
	p.ask("messages "+strings.Join(want, " | "), `(() => { const has = [...document.querySelectorAll('[role=log] .b-message__text')].map(e => e.innerText.trim()), want = `+quotedList(want)+`;
		return JSON.stringify(has.slice(-want.length)) === JSON.stringify(want) && want.every(w => has.filter(h => h === w).length === 1) })()`)
}

func quotedList(all []string) string {
	parts := make([]string, len(all))
	for i, s := range all {
		parts[i] = quoted(s)
	}
	return "[" + strings.Join(parts, ",") + "]"
}

// hover moves the pointer over the message that shows a text.
func (p *person) hover(text string) {
	p.t.Helper()
	at := p.bubble(text)
	p.run(chromedp.MouseEvent("mouseMoved", at.X, at.Y))
}

// hoverInside is hover in a page's widget. The pointer is the page's: one that a frame alone knows of leaves it again.
func (p *person) hoverInside(widget *person, text string) {
	p.t.Helper()
	at := widget.bubble(text)
	frame := must[place](p, `(() => { const b = [...document.documentElement.children].find(e => e.shadowRoot).shadowRoot.querySelector('iframe').getBoundingClientRect(); return {X: b.x, Y: b.y} })()`)
	p.run(chromedp.MouseEvent("mouseMoved", frame.X+at.X, frame.Y+at.Y))
}

// bubble is the middle of the message that shows a text.
func (p *person) bubble(text string) place {
	p.t.Helper()
	p.ask("message "+text, messageWith(text))
	return must[place](p, `(() => { const b = `+messageWith(text)+`.querySelector('.b-message__bubble').getBoundingClientRect(); return {X: b.x + b.width / 2, Y: b.y + b.height / 2} })()`)
}

func messageWith(text string) string {
	return `[...document.querySelectorAll('[role=log] .b-message')].find(m => m.querySelector('.b-message__text')?.innerText.trim() === ` + quoted(text) + `)`
}

// carries waits until the message that shows a text has, or has not, a reaction with this name.
func (p *person) carries(text, reaction string, has bool) {
	p.t.Helper()
	not := ""
	if !has {
		not = "!"
	}
	p.ask(text+" "+not+"with "+reaction, `(() => { const m = `+messageWith(text)+`; return m && `+not+`[...m.querySelectorAll('.b-reactions__item')].some(r => r.getAttribute('aria-label') === `+quoted(reaction)+`) })()`)
}

// quotedIn is the quote of the message that shows a text.
func quotedIn(text string) string { return messageWith(text) + `?.querySelector('.b-quote')` }

// arrow presses the arrow beside a message; name is what it is called, without of whom and when.
func (p *person) arrow(message, name string) {
	p.t.Helper()
	p.ask(name+" beside "+message, `(() => { const m = `+messageWith(message)+`, b = m && [...m.querySelectorAll('.b-message__tools button')].find(b => b.getAttribute('aria-label').startsWith(`+quoted(name)+`)); return b && (b.click(), true) })()`)
}
