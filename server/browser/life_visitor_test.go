package browser

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

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

func TestSTA07AVisitorSaysThatTheirQuestionIsSolved(t *testing.T) {
	t.Parallel()
	h := demo(t)
	ann := somebody(t, looks{width: 1440, height: 900})
	ann.signIn(h, "ann@example.com")
	kira := somebody(t, looks{})
	widget := kira.visit(h.shop)
	if must[bool](widget, `!!`+find("button", "Your conversations")) {
		t.Error("there is a list before anything was said")
	}
	widget.write("Does the lamp come with a bulb?")
	widget.state("Does the lamp come with a bulb?", "Delivered")
	ann.pressRow("Does the lamp come with a bulb?")
	ann.reply("It does, a warm one.")
	widget.says("It does, a warm one.")

	widget.press("button", "Your conversations")
	widget.see("list", "Your conversations")
	widget.says("Ann: It does, a warm one.")
	kira.shot("visitor-list")
	widget.accessible("the list")
	widget.press("button", "My question is solved")
	widget.see("button", "Yes, solved")
	kira.shot("visitor-list-sure")
	widget.press("button", "Not yet")
	widget.press("button", "My question is solved")
	widget.press("button", "Yes, solved")
	widget.says("Solved")
	kira.shot("visitor-list-solved")
	ann.says("closed the conversation")
	ann.shot("visitor-solved-console")

	widget.press("button", "Write a message")
	widget.says("You marked this as solved. Write again any time.")
	kira.shot("visitor-solved")
	again := kira.tab().visit(h.shop)
	again.says("You marked this as solved. Write again any time.") // after a reload and in another tab
	again.write("One more thing: is it dimmable?")
	again.state("One more thing: is it dimmable?", "Delivered")
	again.holds("Does the lamp come with a bulb?", "It does, a warm one.", "One more thing: is it dimmable?")
	again.press("button", "Your conversations")
	again.ask("two conversations, the newer one open", `document.querySelectorAll('.b-history__item').length === 2 && document.querySelector('.b-history__item').innerText.includes('dimmable')`)
	again.ask("no number", `!/#\d/.test(document.querySelector('.b-history').innerText)`)
}

func TestAConversationOfTheListIsGoneTo(t *testing.T) {
	t.Parallel()
	h := demo(t)
	kira := somebody(t, looks{})
	widget := kira.visit(h.shop)
	widget.write("The first question")
	widget.state("The first question", "Sent")
	for range 12 {
		widget.write("and more\nof it\nin a long\nmessage")
	}
	widget.press("button", "Your conversations")
	widget.press("button", "My question is solved")
	widget.press("button", "Yes, solved")
	widget.says("Solved")
	widget.press("button", "Write a message")
	widget.write("The second question")
	widget.state("The second question", "Sent")
	widget.press("button", "Your conversations")
	widget.ask("two conversations", `document.querySelectorAll('.b-history__item').length === 2`)
	must[int](widget, `([...document.querySelectorAll('.b-history__item')].find(e => e.innerText.includes('The first question')).click(), 1)`)
	inView := func(text string) string {
		return `(() => { const m = ` + messageWith(text) + `; if (!m) return false; const b = m.getBoundingClientRect(), l = m.closest('[role=log]').getBoundingClientRect(); return b.top >= l.top - 2 && b.bottom <= l.bottom + 2 })()`
	}
	widget.ask("the first question is in view", inView("The first question"))
	widget.press("button", "To the newest")
	widget.ask("the second is", inView("The second question"))
	must[int](widget, `(`+find("button", "Your conversations")+`.focus(), 1)`)
	widget.enter()
	widget.see("list", "Your conversations")
	widget.typed(kb.Escape)
	widget.see("textbox", "Message")
	widget.ask("the focus is where it came from", `document.activeElement.getAttribute('aria-label') === 'Your conversations'`)
}

func TestReactionsGoBothWays(t *testing.T) {
	t.Parallel()
	h := demo(t)
	ann := somebody(t, looks{width: 1440, height: 900})
	ann.signIn(h, "ann@example.com")
	kira := somebody(t, looks{})
	widget := kira.visit(h.shop)
	widget.write("Do you wrap gifts?")
	widget.state("Do you wrap gifts?", "Delivered")
	ann.pressRow("Do you wrap gifts?")
	ann.reply("With pleasure.")
	widget.says("With pleasure.")

	kira.hoverInside(widget, "With pleasure.")
	widget.see("button", "Thumbs up")
	kira.shot("visitor-reactions")
	widget.accessible("emoji at a message")
	widget.press("button", "Heart")
	widget.carries("With pleasure.", "❤️ from You", true)
	ann.ask("the console has it", `[...document.querySelectorAll('[role=log] .b-reactions__item')].some(r => r.innerText.includes('❤️'))`)
	other := kira.tab().visit(h.shop)
	other.carries("With pleasure.", "❤️ from You", true)
	other.press("button", "❤️ from You")
	other.carries("With pleasure.", "❤️ from You", false)
	widget.carries("With pleasure.", "❤️ from You", false)

	ann.hover("Do you wrap gifts?")
	must[int](ann, `(`+messageWith("Do you wrap gifts?")+`.querySelector('[aria-label=React]').click(), 1)`)
	ann.press("button", "React with 🙏")
	widget.carries("Do you wrap gifts?", "🙏 from Ann", true)
	kira.shot("visitor-reacted")
	other.carries("Do you wrap gifts?", "🙏 from Ann", true)
	again := kira.visit(h.shop)
	again.carries("Do you wrap gifts?", "🙏 from Ann", true)
}

func TestReactionsByKeysAndOnWhatIsClosed(t *testing.T) {
	t.Parallel()
	h := demo(t)
	ann := somebody(t, looks{width: 1440, height: 900})
	ann.signIn(h, "ann@example.com")
	kira := somebody(t, looks{})
	widget := kira.visit(h.shop)
	widget.write("Until when are you open?")
	widget.state("Until when are you open?", "Delivered")
	ann.pressRow("Until when are you open?")
	ann.reply("Until eight.")
	widget.says("Until eight.")
	widget.press("button", "Your conversations")
	widget.press("button", "My question is solved")
	widget.press("button", "Yes, solved")
	widget.says("Solved")
	widget.press("button", "Write a message")

	widget.see("textbox", "Message")
	widget.run(chromedp.KeyEvent(kb.ArrowUp, chromedp.KeyModifiers(1))) // with Alt
	widget.ask("the focus is at the message", `document.activeElement.closest('.b-message')?.innerText.includes('Until eight.')`)
	widget.typed(kb.Tab)
	widget.ask("at the arrow that quotes", `document.activeElement.getAttribute('aria-label').startsWith('Quote, Ann')`)
	widget.typed(kb.Tab)
	widget.ask("at the first emoji", `document.activeElement.getAttribute('aria-label') === 'Thumbs up'`)
	widget.enter()
	widget.carries("Until eight.", "👍 from You", true)
	ann.ask("the console has it", `[...document.querySelectorAll('[role=log] .b-reactions__item')].some(r => r.innerText.includes('👍'))`)
	widget.typed(kb.Escape)
	widget.ask("Escape leads back to the box", `document.activeElement.getAttribute('aria-label') === 'Message' && !document.querySelector('.b-message__bar')`)
	ann.says("reacted with 👍")
	widget.press("button", "Your conversations")
	widget.ask("still the one that is solved", `document.querySelectorAll('.b-history__item').length === 1 && document.body.innerText.includes('Solved') && !document.body.innerText.includes('My question is solved')`)
}

func TestTheVisitorsListInRussianOnADarkPhone(t *testing.T) {
	t.Parallel()
	h := demo(t)
	ann := somebody(t, looks{width: 1440, height: 900})
	ann.signIn(h, "ann@example.com")
	kira := somebody(t, looks{width: 390, height: 780, dark: true, language: "ru-RU"})
	widget := kira.visitNamed(h.shop+"ru/", "Открыть чат", "Сообщение")
	widget.fill("Сообщение", "Когда привезут лампу?")
	widget.press("button", "Отправить")
	widget.state("Когда привезут лампу?", "Доставлено")
	ann.pressRow("Когда привезут лампу?")
	ann.reply("Сегодня к четырём.")
	widget.says("Сегодня к четырём.")
	kira.hoverInside(widget, "Сегодня к четырём.")
	widget.press("button", "Спасибо")
	widget.carries("Сегодня к четырём.", "🙏, Вы", true)
	kira.shot("visitor-russian-reaction")
	widget.press("button", "Ваши беседы")
	widget.press("button", "Мой вопрос решён")
	kira.shot("visitor-russian-sure")
	widget.press("button", "Да, решён")
	widget.says("Решено")
	kira.shot("visitor-russian-list")
	widget.press("button", "Напишите сообщение")
	widget.says("Вы отметили, что вопрос решён. Пишите снова в любой момент.")
	kira.shot("visitor-russian-solved")
	kira.ask("nothing scrolls sideways", `document.documentElement.scrollWidth <= innerWidth`)
	widget.ask("nor in the widget", `document.documentElement.scrollWidth <= innerWidth`)
}
