package browser

import (
	"strconv"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// wellInside tells that nothing reaches past the edge of the window.
const wellInside = `document.documentElement.scrollWidth <= innerWidth && [...document.querySelectorAll('[role=log], .b-composer')].every(e => e.scrollWidth <= e.clientWidth + 1)`

func TestQUO02KiraAnswersOneOfAnnsMessages(t *testing.T) {
	t.Parallel()
	s := play(t).asked("Which lamp suits a low ceiling?").opened()
	ann, kira, widget := s.ann, s.kira, s.widget
	for _, text := range []string{"The Luma is 30 cm high.", "How high is yours?", "And do you like brass or linen?"} {
		ann.reply(text)
		widget.says(text)
	}
	kira.hoverInside(widget, "How high is yours?")
	widget.ask("both icons", `(() => { const t = `+messageWith("How high is yours?")+`.querySelector('.b-message__tools'); return t.children.length === 2 && getComputedStyle(t).opacity === '1' })()`)
	kira.shot("widget-arrow")
	widget.arrow("How high is yours?", "Quote, Ann")
	widget.ask("what is quoted stands above the box, which has the focus", `document.querySelector('.b-composer__quote').innerText.includes('How high is yours?') && document.activeElement.tagName === 'TEXTAREA'`)
	kira.shot("widget-quoting")
	widget.accessible("a quote in the box")

	widget.typed("2.40")
	kira.ask("the draft is kept", `['.draft', '.quote'].every(name => Object.keys(localStorage).some(k => k.endsWith(name)))`)
	widget = kira.visit(s.shop)
	widget.ask("text and quote outlive a reload", `document.querySelector('.b-composer__quote')?.innerText.includes('How high is yours?') && document.querySelector('textarea').value === '2.40'`)
	widget.press("button", "Send")
	widget.says("2.40")
	widget.ask("the quote in the bubble", quotedIn("2.40")+`.innerText.includes('How high is yours?')`)
	widget.ask("none above the box", `!document.querySelector('.b-composer__quote')`)
	ann.ask("Ann sees the excerpt", quotedIn("2.40")+`?.innerText.includes('How high is yours?')`)
	kira.shot("widget-quoted")
	widget.accessible("a quote in a bubble")

	for n := range 14 {
		widget.write("and more, " + strconv.Itoa(n))
	}
	widget.ask("the original is out of view", `(() => { const m = `+messageWith("How high is yours?")+`.getBoundingClientRect(), l = document.querySelector('[role=log]').getBoundingClientRect(); return m.bottom < l.top })()`)
	must[int](widget, `(`+quotedIn("2.40")+`.click(), 1)`)
	widget.ask("the original is in view", `(() => { const m = `+messageWith("How high is yours?")+`.getBoundingClientRect(), l = document.querySelector('[role=log]').getBoundingClientRect(); return m.top >= l.top - 2 && m.bottom <= l.bottom + 2 })()`)

	widget.arrow("2.40", "Quote, You")
	widget.typed(kb.Escape)
	widget.ask("Escape takes the quote back and closes nothing", `!document.querySelector('.b-composer__quote') && document.activeElement.tagName === 'TEXTAREA'`)
	widget.run(chromedp.KeyEvent(kb.ArrowUp, chromedp.KeyModifiers(1))) // with Alt
	widget.typed("q")
	widget.ask("Q quotes", `document.querySelector('.b-composer__quote')?.innerText.includes('and')`)
	widget.press("button", "Do not quote")
	widget.ask("not any more", `!document.querySelector('.b-composer__quote')`)
}

func TestBLK02KiraIsBlockedAndKeepsHerText(t *testing.T) {
	t.Parallel()
	s := play(t).asked("Buy my watches").opened()
	ann, widget, number := s.ann, s.widget, s.number
	ann.menu(number, "Block…")
	ann.press("button", "Block")
	ann.says("is blocked. Nothing passes either way.")
	widget.write("Are you there?")
	widget.state("Are you there?", "Not sent")
	widget.says("This message cannot be delivered.")
	widget.accessible("a message that cannot be delivered")
	widget.press("button", "Copy text")
	ann.press("button", "Unblock")
	ann.see("textbox", "Reply")
	again := widget.tab().visit(s.shop)
	again.write("Now I am polite")
	again.says("Now I am polite")
	again.state("Are you there?", "Not sent")
	widget.says("Now I am polite")
	ann.says("Now I am polite")
	ann.ask("what was refused never came", `!document.body.innerText.includes('Are you there?')`)
}

func TestDEL07KirasWidgetLosesWhatIsErased(t *testing.T) {
	t.Parallel()
	s := play(t).asked("My card number is 4242").opened()
	ann, kira, widget, number := s.ann, s.kira, s.widget, s.number
	ann.reply("Never send us that.")
	widget.says("Never send us that.")
	widget.solves()
	widget.press("button", "Write a message")
	widget.arrow("My card number is 4242", "Quote, You")
	widget.fill("Message", "Do you deliver on Sunday?")
	widget.press("button", "Send")
	widget.says("Do you deliver on Sunday?")
	widget.arrow("Never send us that.", "Quote, Ann")

	ann.menu(number, "Delete…")
	ann.press("button", "Delete")
	widget.holds("Do you deliver on Sunday?")
	widget.ask("nothing of it is left", `!/4242|Never send/.test(document.body.innerHTML) && document.querySelectorAll('[role=log] .b-message__text').length === 1`)
	widget.ask("the quote says so", quotedIn("Do you deliver on Sunday?")+`.innerText === 'Message deleted'`)
	widget.ask("in the box too", `document.querySelector('.b-composer__quote').innerText.includes('Message deleted')`)
	kira.shot("widget-erased")
	widget.accessible("a quote of what is erased")
	widget.press("button", "Your conversations")
	widget.ask("one conversation", `document.querySelectorAll('.b-history__item').length === 1 && document.querySelector('.b-history').innerText.includes('Sunday')`)
	again := kira.tab().visit(s.shop)
	again.holds("Do you deliver on Sunday?")
	again.ask("nor after a reload", `!/4242|Never send/.test(document.body.innerHTML)`)
}

// TestQuotesFitOnPhones shows quotes on phones, in both languages and directions; nothing may reach past an edge.
func TestQuotesFitOnPhones(t *testing.T) {
	t.Parallel()
	for _, l := range []struct {
		name string
		rtl  bool
		looks
	}{
		{"390-dark", false, looks{language: "en-US", touch: true, width: 390, height: 780, dark: true}},
		{"320-light", false, looks{language: "ru-RU", touch: true, width: 320, height: 640, still: true}},
		{"320-dark-rtl", true, looks{language: "en-US", touch: true, width: 320, height: 640, dark: true}},
	} {
		t.Run(l.name, func(t *testing.T) {
			s, in := play(t, kiraLooks(l.looks)), tongues[l.language]
			ann, kira, widget := s.ann, s.kira, s.widget
			quote := widget.in("Quote, ")
			if l.rtl {
				must[int](widget, `(document.documentElement.dir = 'rtl', 1)`)
			}
			s.asked(in.question).opened()
			ann.reply(in.answer)
			widget.says(in.answer)
			widget.ask("arrows wait until they are called", `getComputedStyle(`+messageWith(in.answer)+`.querySelectorAll('.b-message__tools button')[1]).display === 'none'`)
			at := widget.bubble(in.answer)
			widget.run(chromedp.MouseClickXY(at.X, at.Y))
			widget.ask("a touch shows them", `getComputedStyle(`+messageWith(in.answer)+`.querySelectorAll('.b-message__tools button')[1]).display !== 'none'`)
			kira.shot("widget-tools-" + l.name)
			widget.ask("nothing reaches past an edge with them", wellInside)
			widget.arrow(in.answer, quote)
			widget.typed("90")
			kira.shot("widget-quoting-" + l.name)
			widget.ask("nothing reaches past an edge with a quote", wellInside)
			widget.press("button", widget.in("Send"))
			widget.ask("quoted", quotedIn("90")+`?.innerText.includes(`+quoted(in.answer)+`)`)
			widget.arrow("90", quote)
			kira.shot("widget-quoted-" + l.name)
			widget.ask("nothing reaches past an edge", wellInside)
			widget.accessible("quotes on " + l.name)
		})
	}
}
