package browser

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

func TestSTA07AVisitorSaysThatTheirQuestionIsSolved(t *testing.T) {
	t.Parallel()
	s := play(t)
	ann, kira, widget := s.ann, s.kira, s.widget
	if must[bool](widget, `!!`+find("button", "Your conversations")) {
		t.Error("there is a list before anything was said")
	}
	widget.asks("Does the lamp come with a bulb?")
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
	again := kira.tab().visit(s.shop)
	again.says("You marked this as solved. Write again any time.") // after a reload and in another tab
	again.asks("One more thing: is it dimmable?")
	again.holds("Does the lamp come with a bulb?", "It does, a warm one.", "One more thing: is it dimmable?")
	again.press("button", "Your conversations")
	again.ask("two conversations, the newer one open", `document.querySelectorAll('.b-history__item').length === 2 && document.querySelector('.b-history__item').innerText.includes('dimmable')`)
	again.ask("no number", `!/#\d/.test(document.querySelector('.b-history').innerText)`)
}

func TestAConversationOfTheListIsGoneTo(t *testing.T) {
	t.Parallel()
	widget := play(t, withoutAnn).asked("The first question").widget
	for range 12 {
		widget.write("and more\nof it\nin a long\nmessage")
	}
	widget.solves()
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
	s := play(t).asked("Do you wrap gifts?").opened()
	ann, kira, widget := s.ann, s.kira, s.widget
	ann.reply("With pleasure.")
	widget.says("With pleasure.")

	kira.hoverInside(widget, "With pleasure.")
	widget.see("button", "Thumbs up")
	kira.shot("visitor-reactions")
	widget.accessible("emoji at a message")
	widget.press("button", "Heart")
	widget.carries("With pleasure.", "❤️ from You", true)
	ann.ask("the console has it", `[...document.querySelectorAll('[role=log] .b-reactions__item')].some(r => r.innerText.includes('❤️'))`)
	other := kira.tab().visit(s.shop)
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
	again := kira.visit(s.shop)
	again.carries("Do you wrap gifts?", "🙏 from Ann", true)
}

func TestReactionsByKeysAndOnWhatIsClosed(t *testing.T) {
	t.Parallel()
	s := play(t).asked("Until when are you open?").opened()
	ann, widget := s.ann, s.widget
	ann.reply("Until eight.")
	widget.says("Until eight.")
	widget.solves()
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
	s := play(t, kiraLooks(looks{width: 390, height: 780, dark: true}), russian("kira")).asked("Когда привезут лампу?").opened()
	ann, kira, widget := s.ann, s.kira, s.widget
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
