package browser

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

func TestQUO02AnnAnswersOneOfKirasMessagesAndBobGoesBackToIt(t *testing.T) {
	t.Parallel()
	s := play(t, withBob).asked("Is the Luma in stock?", "And the linen cord?").opened()
	ann, bob, widget := s.ann, s.bob, s.widget
	ann.tool("Is the Luma in stock?", "Quote")
	ann.focused("reply")
	ann.ask("what is quoted", `document.querySelector('.b-composer__quote').innerText.includes('Is the Luma in stock?')`)
	ann.shot("talk-quoting")
	ann.typed("Twelve came today")
	ann.enter()
	widget.says("Twelve came today")
	quoted := `[...document.querySelectorAll('[role=log] .b-message')].find(m => m.innerText.includes('Twelve came today')).querySelector('button.b-quote')`
	bob.ask("the excerpt", quoted+`.innerText.includes('Is the Luma in stock?')`)
	must[int](bob, `(`+quoted+`.click(), 1)`)
	bob.ask("the original is in view", `(() => { const m = [...document.querySelectorAll('[role=log] .b-message')][0].getBoundingClientRect(); return m.top >= 0 && m.bottom <= innerHeight })()`)
	bob.shot("talk-quoted")
}

func TestQUO01TheKeyboardReachesWhatAMessageOffers(t *testing.T) {
	t.Parallel()
	s := play(t).asked("Is the Luma in stock?", "And the linen cord?").opened()
	ann := s.ann
	ann.goTo("reply")
	ann.run(chromedp.KeyEvent(kb.ArrowUp, chromedp.KeyModifiers(1)))
	ann.ask("its tools", `document.activeElement.getAttribute('aria-label') === 'React' && getComputedStyle(document.activeElement.parentNode).opacity === '1'`)
	ann.run(chromedp.KeyEvent(kb.ArrowRight))
	ann.ask("the arrow", `document.activeElement.getAttribute('aria-label') === 'Quote'`)
	ann.run(chromedp.KeyEvent(kb.ArrowRight))
	ann.ask("the lightning", `document.activeElement.getAttribute('aria-label') === 'Make a quick reply'`)
	ann.typed("q")
	ann.focused("reply")
	ann.ask("quoted", `document.querySelector('.b-composer__quote').innerText.includes('And the linen cord?')`)
	ann.press("button", "Do not quote")
	ann.ask("not any more", `!document.querySelector('.b-composer__quote')`)
}

func TestQRP01AndQRP02AQuickReplyIsMadeOfAMessageAndUsed(t *testing.T) {
	t.Parallel()
	s := play(t, withBob).asked("When are you open?").opened()
	ann, bob, widget, number := s.ann, s.bob, s.widget, s.number
	ann.tool("When are you open?", "Make a quick reply")
	ann.ask("its text", `document.getElementById('quick-text').value === 'When are you open?'`)
	ann.shot("talk-quick-window")
	ann.accessible("new quick reply")
	ann.put("quick-text", "Hello {{contact.name|there}}, until 20:00. #{{conversation.number}}")
	ann.put("dialog-first", "Kiosk")
	ann.press("button", "Save")
	ann.ask("the window is closed", `!document.querySelector('dialog[open]')`)
	ann.clear("Reply")
	ann.typed("Well, /kio")
	ann.ask("found", `[...document.querySelectorAll('[role=option]')].map(o => o.querySelector('.b-quick__name').innerText).join() === 'Kiosk'`)
	ann.shot("talk-quick")
	ann.accessible("quick replies")
	bob.goTo("reply")
	bob.typed("/kio")
	bob.says("No quick reply is called so") // a personal one of Ann's
	bob.typed(kb.Escape)
	bob.clear("Reply")
	ann.enter()
	ann.fieldSays("Reply", "Well, Hello there, until 20:00. #"+number)
	ann.enter()
	widget.says("Well, Hello there, until 20:00. #" + number)
	ann.press("button", "Quick replies")
	ann.ask("opened by its button", `[...document.querySelectorAll('[role=option]')].some(o => o.querySelector('.b-quick__name').innerText === 'Kiosk')`)
	ann.typed(kb.Escape)
	ann.fieldSays("Reply", "")
	ann.goTo("reply")
	ann.typed("/kio")
	ann.see("option", "KioskHello {{contact.name|there}}, until 20:00. #{{conversation.number}}")
	ann.run(chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(2)))
	ann.fieldSays("Reply", "")
	ann.ask("sent at once", `[...document.querySelectorAll('[role=log] .b-message--end')].filter(m => m.innerText.includes('until 20:00')).length === 2`)
	text := "Hello there, until 20:00. #" + number
	caretAt := func(at int) {
		must[int](ann, fmt.Sprintf(`(() => { const f = document.getElementById('reply'); f.focus(); f.setSelectionRange(%[1]d, %[1]d); return 1 })()`, at))
	}
	enter := func() { // without the line break that the typing tool adds, wherever the caret stands
		must[bool](ann, `document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', code: 'Enter', bubbles: true, cancelable: true})) || true`)
	}
	ann.typed("Yes, see ") // to its end one could put a stroke without a space
	caretAt(4)
	ann.press("button", "Quick replies")
	ann.fieldSays("Reply", "Yes, / see")
	ann.typed("kio")
	enter()
	ann.fieldSays("Reply", "Yes, "+text+" see")
	ann.ask("the caret stands behind it", fmt.Sprintf(`document.getElementById('reply').selectionStart === %d`, len("Yes, "+text)))
	caretAt(0)
	ann.run(chromedp.KeyEvent("k", chromedp.KeyModifiers(2)))
	ann.focused("dialog-first")
	ann.typed("kiosk")
	enter()
	ann.fieldSays("Reply", text+"Yes, "+text+" see")
}

func TestCMS04AnEmojiIsPutAtTheCaretByKeys(t *testing.T) {
	t.Parallel()
	s := play(t).asked("Is the Luma in stock?").opened()
	ann, widget := s.ann, s.widget
	ann.goTo("reply")
	ann.typed("ab")
	must[int](ann, `(() => { const f = document.getElementById('reply'); f.setSelectionRange(1, 1); return 1 })()`)
	ann.press("button", "Insert emoji")
	ann.focused("emoji-find")
	ann.typed("thumbs up")
	ann.typed(kb.ArrowDown)
	ann.focused("glyph-0")
	ann.shot("talk-emoji-found")
	ann.run(chromedp.KeyEvent(" "))
	ann.focused("reply")
	ann.fieldSays("Reply", "a👍b")
	ann.ask("the caret stands behind it", `document.getElementById('reply').selectionStart === 3`)
	ann.enter()
	widget.says("a👍b")
	for name, l := range map[string]looks{"dark": {width: 1280, height: 800, dark: true}, "phone": {width: 320, height: 640}} {
		p := somebody(t, l).signIn(s.house, "bob@example.com")
		p.pressRow("a👍b")
		p.press("button", "Insert emoji")
		p.focused("emoji-find")
		p.fits("the emoji")
		p.ask("all of it is on screen", `(() => { const e = document.querySelector('.b-emoji').getBoundingClientRect(); return e.top >= 0 && e.left >= 0 && e.right <= innerWidth })()`)
		p.shot("talk-emoji-" + name)
		p.accessible("emoji, " + name)
		p.typed(kb.Escape)
		p.focused("insert-emoji")
	}
}

func TestDRF01ToDRF05DraftsAreKeptShownRestoredAndEnded(t *testing.T) {
	t.Parallel()
	s := play(t, withBob).asked("Is the Luma in stock?").opened()
	ann, bob, widget, number := s.ann, s.bob, s.widget, s.number
	ann.fill("Reply", "abc")
	ann.press("link", "Reports")
	ann.see("heading", "Reports")
	ann.run(chromedp.NavigateBack())
	ann.at(number)
	ann.fieldSays("Reply", "abc")
	ann.goFrom("reply")
	ann.typed("gi")
	ann.ask("the list alone", `location.hash === ''`)
	ann.row("abc", "Draft:")
	bob.row("Is the Luma in stock?", "Is the Luma in stock?")
	phone := somebody(t, looks{width: 390, height: 780}).signIn(s.house, "ann@example.com") // Ann's other device
	phone.row("abc", "Draft:")
	phone.open(s.console + "#" + number)
	phone.fieldSays("Reply", "abc")
	phone.shot("talk-draft-phone")
	ann.open(s.console + "#" + number) // a reload
	ann.fieldSays("Reply", "abc")
	ann.enter()
	widget.says("abc")
	ann.ask("no draft", `[...document.querySelectorAll('.b-row')].some(r => r.innerText.includes('abc') && !r.querySelector('.b-row__draft'))`)
	phone.open(s.console)
	phone.see("list", "Conversations")
	phone.ask("no draft", `[...document.querySelectorAll('.b-row')].some(r => r.innerText.includes('abc') && !r.querySelector('.b-row__draft'))`)
}

func TestX13AColleagueIsSeenAndTheirReplyAsksOnceMore(t *testing.T) {
	t.Parallel()
	s := play(t, withBob).asked("Is the Luma in stock?").opened()
	ann, bob, widget := s.ann, s.bob, s.widget
	ann.says("Bob is viewing")
	ann.shot("talk-viewing")
	ann.fill("Reply", "I look it up")
	bob.says("Ann is typing")
	must[int](bob, `(() => { const e = document.getElementById('reply'); e.focus(); return 1 })()`)
	bob.typed("Twelve came today")
	bob.enter() // before Ann's; Bob has seen nothing of hers
	widget.says("Twelve came today")
	ann.says("Bob replied while you were writing. Look before you send.")
	ann.shot("talk-outrun")
	ann.accessible("a colleague replied")
}

func TestTwoTabsOfOneOperatorKeepTheirUnsentMessagesApart(t *testing.T) {
	t.Parallel()
	s := play(t).asked("Is the Luma in stock?").opened()
	ann, number := s.ann, s.number
	other := ann.tab()
	other.open(s.console + "#" + number)
	other.see("textbox", "Reply")
	s.kill()
	ann.says("No connection")
	other.says("No connection")
	ann.fill("Reply", "from the first tab")
	ann.enter()
	ann.state("from the first tab", "Sending")
	other.fill("Reply", "from the second tab")
	other.enter()
	other.state("from the second tab", "Sending")
	kept := must[[]string](ann, `Object.keys(localStorage).filter(k => k.includes('console.outbox.'))`)
	if len(kept) != 2 {
		t.Errorf("the browser keeps %v", kept)
	}
}
