package browser

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

func TestBLK03ABlockStandsBeforeEverybodyWhoWouldWrite(t *testing.T) {
	t.Parallel()
	s := play(t, withBob).asked("Buy my watches").opened()
	ann, bob, widget, number := s.ann, s.bob, s.widget, s.number
	bob.fill("Reply", "half a sentence")
	ann.menu(number, "Block…")
	ann.shot("talk-block-window")
	ann.accessible("block")
	ann.press("button", "Block")
	ann.says("is blocked. Nothing passes either way.")
	bob.says("is blocked. Nothing passes either way.")
	bob.ask("his text is kept", `document.querySelector('.b-blocked').innerText.includes('half a sentence')`)
	bob.ask("nothing to write but a note", `!`+find("textbox", "Reply")+` && !`+find("tab", "Reply")+` && `+find("textbox", "Note"))
	bob.accessible("a blocked contact")
	ann.shot("talk-blocked")
	bob.fill("Note", "The same watches as last year")
	bob.enter()
	ann.within("The same watches as last year")
	ann.press("button", "Unblock")
	bob.fieldSays("Reply", "half a sentence")
	widget.write("Again")
	ann.within("Again")
}

func TestUNR03TheMarkStaysWhileAnnLooksAndEndsWhenSheComesBack(t *testing.T) {
	t.Parallel()
	s := play(t, withBob).asked("Is the Luma in stock?").opened()
	ann, bob, number := s.ann, s.bob, s.number
	ann.goFrom("reply")
	ann.typed("u")
	marked := `[...document.querySelectorAll('.b-row')].some(r => r.innerText.includes('Is the Luma in stock?') && r.querySelector('[aria-label*="unread" i], .b-badge--dot, [class*=mark] [class*=dot]'))`
	ann.ask("marked", marked)
	ann.shot("talk-marked")
	bob.ask("Bob's row is not", `!(`+marked+`)`)
	ann.press("link", "Reports")
	ann.see("heading", "Reports")
	ann.run(chromedp.NavigateBack())
	ann.at(number)
	ann.ask("not any more", `!(`+marked+`)`)
}

func TestDEL07AnnDeletesAConversationAndBobsScreenLosesIt(t *testing.T) {
	t.Parallel()
	s := play(t, withBob).asked("My card is 4111 1111").opened()
	ann, bob, number := s.ann, s.bob, s.number
	bob.press("button", "Conversation "+number+", menu")
	bob.ask("no Delete for Bob", `document.querySelector('[role=menu]') && ![...document.querySelectorAll('[role=menuitem]')].some(i => i.innerText.includes('Delete'))`)
	bob.typed(kb.Escape)
	ann.menu(number, "Delete…")
	ann.focused("dialog-first")
	ann.shot("talk-delete-window")
	ann.accessible("delete")
	ann.press("button", "Delete")
	ann.ask("being erased, or erased", `/#`+number+` is (being )?erased/.test(document.querySelector('.b-talk').innerText)`)
	bob.ask("gone", `!document.body.innerText.includes('4111')`)
	ann.shot("talk-erased")
	ann.accessible("erased")
	ann.open(s.console + "#" + number)
	ann.ask("by its link", `document.querySelector('.b-talk .b-empty') && !document.body.innerText.includes('4111')`)
	ann.shot("talk-erased-link")
}

func TestTAG10TagsAndTheContactAreEditedInThePanelAndFollowEverywhere(t *testing.T) {
	t.Parallel()
	s := play(t, withBob).asked("Is the Luma in stock?").opened()
	ann, bob := s.ann, s.bob
	bobsPanel := `document.querySelector('.b-panel').innerText`
	ann.press("button", "Edit contact")
	ann.focused("person-name")
	ann.put("person-name", "Kira Malova")
	ann.put("person-email", "kira@")
	ann.press("button", "Save")
	ann.says("Write the whole address")
	ann.accessible("contact with a problem")
	ann.put("person-email", "kira@example.com")
	ann.enter()
	ann.see("link", "kira@example.com")
	bob.ask("Bob's panel", bobsPanel+`.includes('kira@example.com') && `+bobsPanel+`.includes('Kira Malova')`)
	bob.row("Kira Malova", "Is the Luma in stock?")
	ann.press("button", "Add a tag")
	ann.focused("tag-find")
	ann.typed("Regular")
	ann.press("button", "Rose")
	ann.shot("talk-tagging")
	ann.accessible("tagging")
	ann.goTo("tag-find")
	ann.enter()
	ann.ask("a rose tag", `document.querySelector('.b-tagging__list .b-tag--rose')`)
	bob.ask("Bob's panel", `document.querySelector('.b-panel .b-tag--rose') && `+bobsPanel+`.includes('Regular')`)
	ann.press("button", "Pin Regular")
	ann.see("button", "Unpin Regular")
	bob.row("Kira Malova", "Regular")
	ann.shot("talk-tags")
	ann.press("button", "Remove Regular")
	bob.ask("gone", `!`+bobsPanel+`.includes('Regular')`)
}

func TestX20ThePaletteInBothLanguages(t *testing.T) {
	t.Parallel()
	for language, words := range map[string][]string{
		"en-US": {"What would you like to do?", "reass", "Reassign #", "Find a colleague", "Cancel", "events", "Events"},
		"ru-RU": {"Что сделать?", "перед", "Передать №", "Найти коллегу", "Отменить", "событ", "События"},
	} {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			s := play(t, annLooks(looks{width: 1440, height: 900, language: language})).asked("Is the Luma in stock?").opened()
			o, number := s.ann, s.number
			open := func() {
				o.run(chromedp.KeyEvent("k", chromedp.KeyModifiers(2)))
				o.ask("the palette", `document.querySelector('dialog.b-palette[open]') && document.activeElement.id === 'dialog-first'`)
			}
			open()
			o.shot("palette-" + language)
			o.accessible("palette " + language)
			o.typed(words[5])
			o.ask("found", `document.querySelector('[role=option][aria-selected=true]').innerText.includes(`+quoted(words[6])+`)`)
			o.enter()
			o.see("heading", words[6])
			o.run(chromedp.NavigateBack())
			o.at(number)
			open()
			o.typed("#" + number)
			o.enter()
			o.at(number)
			open()
			o.typed(kb.Escape)
			o.ask("closed", `!document.querySelector('dialog[open]')`)
		})
	}
}

func TestASG03AnnLosesAConversationAndIsToldWhoHasIt(t *testing.T) {
	t.Parallel()
	s := play(t, withBob).asked("Is the Luma in stock?").opened()
	ann, bob, number := s.ann, s.bob, s.number
	ann.open(s.base() + "/console/conversations")
	ann.press("radio", "Dialog per client")
	ann.press("button", "Save")
	ann.says("Saved")
	ann.open(s.console + "#" + number)
	bob.at(number)
	bob.fill("Reply", "mine first")
	bob.enter()
	bob.within("mine first")
	bob.fill("Reply", "my half sentence")
	ann.press("button", "Assigned to Bob. Reassign")
	ann.ask("Ann to choose", `[...document.querySelectorAll('dialog label')].some(l => l.innerText.includes('Ann (you)') && (l.click(), true))`)
	ann.submit()
	bob.says("#" + number + " is with Ann now")
	bob.ask("nothing of it", `!document.querySelector('.b-talk').innerText.includes('Luma') && document.querySelector('.b-talk').innerText.includes('Your unsent text is kept.')`)
	bob.shot("talk-lost")
	bob.accessible("a conversation that was lost")
	bob.press("button", "Copy my text")
	bob.open(s.console + "#" + number)
	bob.says("#" + number + " is with Ann now")
}
