package browser

import (
	"fmt"
	"sync"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// operator is somebody of the team, in their language.
type operator struct {
	*person
	russian bool
}

// inRussian is what the console says in English, by how it says it in Russian.
var inRussian = map[string]string{
	"Email": "Эл. почта", "Password": "Пароль", "Sign in": "Войти", "Conversations": "Беседы", "Reply": "Ответ", "Note": "Заметка", "Send": "Отправить",
	"No reply needed": "Ответ не нужен", "No reply needed in #%s": "Ответ не нужен в беседе №%s", "%s decided that no reply is needed": "%s: ответ не нужен",
	"%s took the conversation by answering": "%s: беседа взята ответом", "Assigned to %s. Reassign": "Ответственный: %s. Передать",
	"Edit subject": "Изменить тему", "%s set the subject: %s": "%s: тема теперь «%s»",
	"React": "Реакция", "React with 👍": "Поставить 👍", "👍, %s": "👍, %s", "👍, %s. Take yours back": "👍, %s. Убрать свою",
	"%s reacted with 👍": "Реакция 👍: %s", "%s took back 👍": "Реакция 👍 снята: %s", "You": "Вы",
	"End chat": "Завершить беседу", "Open": "Открыта", "Pending": "Ждём", "Closed": "Закрыта", "Completed, open": "Завершена, открыта", "Completed, pending": "Завершена, ждём",
	"%s completed the conversation as Open": "%s: беседа завершена как «Открыта»", "%s completed the conversation as Pending": "%s: беседа завершена как «Ждём»",
	"%s closed the conversation": "Беседа закрыта: %s", "%s reopened the conversation": "Беседа открыта снова: %s", "%s opened the conversation again": "%s: беседа снова открыта",
	"Close": "Закрыть", "Reopen": "Открыть снова", "Close conversationC": "Закрыть беседуC", "Reopen conversation": "Открыть беседу снова", "Conversation %s, menu": "Беседа %s, меню",
	"Move what follows to a separate conversation": "Выделить следующее в отдельную беседу",
	"%s moved the messages that followed to #%s":   "%s: дальнейшие сообщения перенесены в беседу №%s", "%s moved these messages here from #%s": "%s: сообщения перенесены сюда из беседы №%s",
	"Show previous conversation #%s": "Показать предыдущую беседу №%s", "Hide previous conversation": "Скрыть предыдущую беседу",
	"Previous conversation #%s": "Предыдущая беседа №%s", "Next conversation #%s": "Следующая беседа №%s",
	"Merge #%s into #%s": "Объединить №%s с №%s", "Merge": "Объединить", "%s merged #%s into this conversation": "%s: беседа №%s объединена с этой",
	"Reassign…A": "Передать…A", "Assign…A": "Назначить…A", "%s assigned you": "%s: ответственный теперь вы", "%s assigned %s": "%s: ответственный теперь %s",
	"Save": "Сохранить", "Unit: %s": "Единица: %s", "Saved": "Сохранено", "Complete when nobody writes for": "Завершать, если никто не пишет", "Warn the operator before": "Предупредить оператора за",
	"Hold 5 min": "Удержать на 5 мин", "completes in 0:": "завершится через 0:", "Completes as Open in 0:": "Завершится как «Открыта» через 0:", "%s held the conversation until": "%s: беседа удержана до",
	"#%s is with %s now": "№%s теперь у коллеги: %s", "Copy my text": "Скопировать мой текст", "Copy link": "Скопировать ссылку", "Mark as unread": "Отметить непрочитанной", "Block…": "Заблокировать…", "Dialog per client": "Диалог с клиентом", "One long story": "Одна длинная история",
	"Back to Beseda’s own settings": "Вернуть настройки Beseda", "Events": "События", "Conversation created": "Беседа создана", "Conversation closed": "Беседа закрыта",
	"Once this is saved, operators lose sight of the conversations that their colleagues have. Administrators read everything.": "После сохранения операторы перестанут видеть беседы, за которые отвечают коллеги. Администраторы читают всё.",
	"Once this is saved, the whole team of the channel reads what only its assignee could.":                                     "После сохранения вся команда канала сможет читать то, что читал только ответственный.",
	"Take it": "Взять себе", "%s took the conversation": "%s: беседа взята себе", "Online": "На связи", "Offline": "Не на связи", "Cancel": "Отменить", "A bot is answering #%s: %s": "Беседа №%s: отвечает бот %s", "%s, bot": "%s, бот",
	"Everything has changed meanwhile": "Тем временем всё изменилось",
}

// in says something of the console in the operator's language.
func (o *operator) in(english string, values ...any) string {
	o.t.Helper()
	said := english
	if o.russian {
		if said = inRussian[english]; said == "" {
			o.t.Fatalf("no Russian for %q", english)
		}
	}
	if len(values) == 0 {
		return said
	}
	return fmt.Sprintf(said, values...)
}

// you is how the console calls the operator who looks at it.
func (o *operator) you() string { return o.in("You") }

// onDuty signs somebody of the demo's team in, in their language.
func onDuty(t *testing.T, h *house, email string, russian bool) *operator {
	t.Helper()
	l := looks{width: 1440, height: 900, language: "en-US"}
	if russian {
		l.language = "ru-RU"
	}
	o := &operator{somebody(t, l), russian}
	o.open(h.console)
	o.fill(o.in("Email"), email)
	o.fill(o.in("Password"), "beseda-demo")
	o.press("button", o.in("Sign in"))
	o.see("list", o.in("Conversations"))
	return o
}

// opens opens the conversation in which a visitor wrote something.
func (o *operator) opens(text string) string {
	o.t.Helper()
	o.pressRow(text)
	return o.number()
}

func (o *operator) menu(number, item string) {
	o.t.Helper()
	o.press("button", o.in("Conversation %s, menu", number))
	o.press("menuitem", o.in(item))
}

// pill waits for a status in the open conversation's head.
func (o *operator) pill(status string) {
	o.t.Helper()
	o.ask("status "+status, `[...document.querySelectorAll('.b-talk__head .b-pill')].some(e => e.innerText.trim() === `+quoted(o.in(status))+`)`)
}

// ends goes through the window that ends a chat.
func (o *operator) ends(status string) {
	o.t.Helper()
	o.press("button", o.in("End chat"))
	o.choice(o.in(status))
	must[int](o.person, `(document.querySelector('dialog form').requestSubmit(), 1)`)
}

// inBothLanguages runs a test with Ann in English and Bob in Russian, and the other way round.
func inBothLanguages(t *testing.T, test func(t *testing.T, h *house, ann, bob *operator)) {
	t.Helper()
	for name, russian := range map[string]bool{"Ann in English": false, "Ann in Russian": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := demo(t)
			test(t, h, onDuty(t, h, "ann@example.com", russian), onDuty(t, h, "bob@example.com", !russian))
		})
	}
}

func TestCMP04NRN01SUB01AndReactionsWithTwoOperatorsInBothLanguages(t *testing.T) {
	t.Parallel()
	inBothLanguages(t, func(t *testing.T, h *house, ann, bob *operator) {
		const asked = "Is the Luma in stock"
		widget := somebody(t, looks{}).visit(h.shop)
		widget.write(asked)
		widget.state(asked, "Delivered")

		// No reply needed: from the list without opening, then from the head after another message.
		ann.ask("its row", `[...document.querySelectorAll('.b-row')].some(r => r.innerText.includes(`+quoted(asked)+`))`)
		n := must[string](ann.person, `[...document.querySelectorAll('.b-row')].find(r => r.innerText.includes(`+quoted(asked)+`)).querySelector('a').hash.slice(1)`)
		unread := `+(document.querySelector('.b-inbox .b-badge')?.innerText || 0)`
		before := must[int](ann.person, unread)
		must[int](ann.person, `(`+find("button", ann.in("No reply needed in #%s", n))+`.click(), 1)`)
		ann.ask("NRN02: one less is unread", fmt.Sprintf(`%s === %d`, unread, before-1))
		widget.state(asked, "Read")
		if opened := must[string](ann.person, `location.hash`); opened != "" {
			t.Errorf("it was opened: %s", opened)
		}
		if got := bob.opens(asked); got != n {
			t.Fatalf("Bob opened #%s instead of #%s", got, n)
		}
		bob.within(bob.in("%s decided that no reply is needed", "Ann"))
		bob.ask("no button", `!`+find("button", bob.in("No reply needed")))
		widget.write("And in brass?")
		bob.see("button", bob.in("No reply needed")) // NRN-04
		ann.opens("And in brass?")
		ann.press("button", ann.in("No reply needed"))
		bob.ask("gone again", `!`+find("button", bob.in("No reply needed")))

		// The first reply takes it, for both.
		ann.fill(ann.in("Reply"), "Both, from tomorrow.")
		ann.press("button", ann.in("Send"))
		bob.within(bob.in("%s took the conversation by answering", "Ann"))
		bob.see("button", bob.in("Assigned to %s. Reassign", "Ann"))

		ann.press("tab", ann.in("Note"))
		ann.fill(ann.in("Note"), "Supplier called")
		ann.enter()
		bob.within("Supplier called")
		ann.press("button", ann.in("Edit subject"))
		ann.typed("Brass Luma")
		ann.enter()
		bob.within(bob.in("%s set the subject: %s", "Ann", "Brass Luma"))
		bob.ask("SUB02: his list shows it", `[...document.querySelectorAll('.b-row__subject')].some(e => e.innerText === 'Brass Luma')`)

		react := messageWith(asked) + `.querySelector('button[aria-label=` + ann.in("React") + `]')`
		ann.hover(asked)
		must[int](ann.person, `(`+react+`.click(), 1)`)
		ann.press("button", ann.in("React with 👍"))
		bob.within(bob.in("%s reacted with 👍", "Ann"))
		bob.carries(asked, bob.in("👍, %s", "Ann"), true)
		widget.ask("on the visitor's", messageWith(asked)+`.querySelector('.b-reactions__item')`)
		ann.press("button", ann.in("👍, %s. Take yours back", ann.you()))
		bob.within(bob.in("%s took back 👍", "Ann"))

		// Each of the three choices, at once for both; then back by each of the ways.
		ann.ends("Open")
		bob.pill("Completed, open")
		bob.within(bob.in("%s completed the conversation as Open", "Ann"))
		ann.press("button", ann.in("Reopen"))
		bob.within(bob.in("%s opened the conversation again", "Ann"))
		ann.ends("Pending")
		bob.pill("Completed, pending")
		ann.menu(n, "Reopen conversation")
		bob.ask("no status to speak of", `!document.querySelector('.b-talk__head .b-pill')`)
		ann.ends("Closed")
		bob.pill("Closed")
		ann.press("button", ann.in("Reopen"))
		bob.within(bob.in("%s reopened the conversation", "Ann"))
		ann.press("button", ann.in("Close")) // CLO-03
		bob.pill("Closed")
		ann.pill("Closed")
		widget.ask("a visitor sees none of it", `!/Ann (closed|completed)|Supplier|Brass Luma/.test(document.body.innerText)`)
	})
}

func TestRTE03SPL02PRV03CHN02AndMRG01WithTwoOperatorsInBothLanguages(t *testing.T) {
	t.Parallel()
	inBothLanguages(t, func(t *testing.T, h *house, ann, bob *operator) {
		widget := somebody(t, looks{}).visit(h.shop)
		widget.write("Is the Luma in stock")
		widget.state("Is the Luma in stock", "Delivered")
		first := ann.opens("Is the Luma in stock")
		bob.opens("Is the Luma in stock")
		ann.ask("SPL01: no offer on what was never completed", `!document.querySelector('.b-splitline')`)
		ann.ends("Pending")
		widget.write("Another question entirely")
		bob.see("button", bob.in("Move what follows to a separate conversation"))
		bob.ask("directly above the message", `document.querySelector('.b-splitline').nextElementSibling.innerText.includes('Another question entirely')`)
		bob.open(h.base() + "/console/#" + first) // SPL-03: it survives a reload
		bob.see("button", bob.in("Move what follows to a separate conversation"))
		ann.press("button", ann.in("Move what follows to a separate conversation"))
		ann.ask("another number", `/^#\d+$/.test(location.hash) && location.hash !== `+quoted("#"+first))
		second := ann.number()
		bob.within(bob.in("%s moved the messages that followed to #%s", "Ann", second))
		bob.without("Another question entirely")
		bob.pill("Completed, pending")
		bob.ask("no second offer", `!document.querySelector('.b-splitline')`)

		bob.press("link", bob.in("Next conversation #%s", second))
		bob.at(second)
		bob.within(bob.in("%s moved these messages here from #%s", "Ann", first))
		bob.press("link", bob.in("Previous conversation #%s", first))
		bob.at(first)
		must[int](bob.person, `(history.back(), 1)`)
		bob.at(second)

		for _, o := range []*operator{bob, ann} {
			o.press("button", o.in("Show previous conversation #%s", first))
			o.within("Is the Luma in stock")
			o.ask("it is announced", `document.querySelector('[aria-expanded=true]#previous')`)
			o.see("button", o.in("Merge #%s into #%s", second, first)) // PRV-04
			o.press("button", o.in("Hide previous conversation"))
			o.without("Is the Luma in stock")
			o.ask("no merge", `!document.getElementById('merge')`)
		}
		ann.press("button", ann.in("Show previous conversation #%s", first))
		ann.press("button", ann.in("Merge #%s into #%s", second, first))
		ann.press("button", ann.in("Merge"))
		for _, o := range []*operator{ann, bob} {
			o.at(first)
			o.within("Another question entirely")
			o.ask("one row of it", `[...document.querySelectorAll('.b-row')].every(r => r.querySelector('a')?.hash !== `+quoted("#"+second)+`)`)
		}
		bob.within(bob.in("%s merged #%s into this conversation", "Ann", second))
		bob.open(h.base() + "/console/#" + second) // MRG-03
		bob.at(first)
		widget.holds("Is the Luma in stock", "Another question entirely")

		// ASG-05: assigned while closed, which it stays.
		ann.press("button", ann.in("Close"))
		bob.pill("Closed")
		ann.menu(first, "Assign…A")
		ann.focused("dialog-first")
		ann.typed("Bob")
		ann.typed(kb.ArrowDown)
		ann.enter()
		bob.within(bob.in("%s assigned you", "Ann"))
		bob.pill("Closed")
		ann.within(ann.in("%s assigned %s", ann.you(), "Bob"))
		ann.see("button", ann.in("Assigned to %s. Reassign", "Bob"))
	})
}

func TestSPL07OfTwoWhoSplitAtTheSameTimeOneDoes(t *testing.T) {
	t.Parallel()
	inBothLanguages(t, func(t *testing.T, h *house, ann, bob *operator) {
		widget := somebody(t, looks{}).visit(h.shop)
		widget.write("Is the Luma in stock")
		widget.state("Is the Luma in stock", "Delivered")
		first := ann.opens("Is the Luma in stock")
		ann.ends("Open")
		widget.write("Another question entirely")
		bob.opens("Another question entirely")
		offer := func(o *operator) string { return find("button", o.in("Move what follows to a separate conversation")) }
		both := []*operator{ann, bob}
		for _, o := range both {
			o.ask("the offer", offer(o))
		}
		var together sync.WaitGroup
		for _, o := range both {
			together.Go(func() { _, _ = value[int](o.person, `(`+offer(o)+`.click(), 1)`) })
		}
		together.Wait()
		var landed int
		for _, o := range both {
			o.ask("no offer any more", `!document.querySelector('.b-splitline')`)
			o.ask("it has been split", `location.hash !== `+quoted("#"+first)+` || document.querySelector('[role=log] a[href$="#`+next(first)+`"]')`)
			if must[string](o.person, `location.hash`) == "#"+next(first) {
				landed++
			}
		}
		if landed != 1 {
			t.Errorf("%d of them landed in the new conversation", landed)
		}
		for _, o := range both { // one new number, and everything in its place
			o.open(h.base() + "/console/#" + first)
			o.within("Is the Luma in stock")
			o.without("Another question entirely")
			o.press("link", o.in("Next conversation #%s", next(first)))
			o.within("Another question entirely")
			o.ask("none after it", `!document.querySelector('[role=log] a[href$="#`+next(next(first))+`"]')`)
		}
		widget.holds("Is the Luma in stock", "Another question entirely")
	})
}

// counts chooses what the time of a setting is counted in.
func (o *operator) counts(setting, unit string) {
	o.t.Helper()
	must[int](o.person, `(() => { const e = `+find("combobox", o.in("Unit: %s", o.in(setting)))+`; e.value = `+quoted(unit)+`;
		e.dispatchEvent(new Event('change', {bubbles: true})); return 1 })()`)
}

// next is the number after one.
func next(number string) string {
	var n int
	_, _ = fmt.Sscan(number, &n)
	return fmt.Sprint(n + 1)
}

func TestAUT04AndAUT05TheCountdownAndItsHoldForTwoOperatorsInBothLanguages(t *testing.T) {
	t.Parallel()
	inBothLanguages(t, func(t *testing.T, h *house, ann, bob *operator) {
		ann.open(h.base() + "/console/conversations")
		ann.put("rule-autocomplete-after-time", "1")
		ann.put("rule-autocomplete-warn-before-time", "52")
		ann.counts("Complete when nobody writes for", "m")
		ann.counts("Warn the operator before", "s")
		ann.press("button", ann.in("Save"))
		ann.says(ann.in("Saved"))
		ann.open(h.console)
		widget := somebody(t, looks{}).visit(h.shop)
		widget.write("Quick question")
		widget.state("Quick question", "Delivered")
		both := []*operator{ann, bob}
		for _, o := range both {
			o.opens("Quick question")
			o.ask("the countdown", `document.querySelector('.b-countdown')?.innerText.includes(`+quoted(o.in("Completes as Open in 0:"))+`)`)
			o.row("Quick question", o.in("completes in 0:"))
		}
		widget.ask("a visitor does not see it", `!/completes|завершится/i.test(document.body.innerText)`)
		widget.write("Are you there?")
		for _, o := range both {
			o.ask("a message ends the warning", `!document.querySelector('.b-countdown')`)
		}
		for _, o := range both {
			o.ask("and another comes", `document.querySelector('.b-countdown')`)
		}
		ann.press("button", ann.in("Hold 5 min"))
		bob.within(bob.in("%s held the conversation until", "Ann"))
		for _, o := range both {
			o.ask("no warning", `!document.querySelector('.b-countdown')`)
		}
	})
}
