package browser

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

func TestTheLifeOfAConversationWithTwoOperatorsWatching(t *testing.T) {
	t.Parallel()
	s := play(t, withBob).asked("Is the Luma in stock").opened()
	ann, bob, widget, first := s.ann, s.bob, s.widget, s.number

	// No reply needed: beside the number, for all.
	ann.press("button", "No reply needed")
	bob.within("decided that no reply is needed")
	ann.ask("the button is gone", `!`+find("button", "No reply needed"))

	// End chat: Escape changes nothing, then Pending, at once for both.
	ann.press("button", "End chat")
	ann.see("radio", "Pending")
	ann.shot("life-end-chat")
	ann.typed(kb.Escape)
	ann.focused("end-chat")
	ann.press("button", "End chat")
	ann.choice("Pending")
	ann.submit()
	ann.within("You completed the conversation as Pending")
	bob.within("Ann completed the conversation as Pending")
	ann.ask("no End chat any more", `!document.getElementById('end-chat')`)

	// She writes again: it is active, and the newest can be moved out.
	widget.write("Another question entirely")
	ann.within("opened the conversation again")
	bob.see("button", "Move what follows to a separate conversation")
	ann.shot("life-split-offer")
	ann.fill("Reply", "half a draft")
	ann.press("button", "Move what follows to a separate conversation")
	ann.ask("another number", `/^#\d+$/.test(location.hash) && location.hash !== `+quoted("#"+first))
	second := ann.number()
	ann.within("Another question entirely")
	ann.without("Is the Luma in stock")
	ann.ask("the draft went along", find("textbox", "Reply")+`.value === 'half a draft'`)
	bob.within("moved the messages that followed to #" + second)
	bob.without("Another question entirely")
	widget.holds("Is the Luma in stock", "Another question entirely")

	// Neighbours, and the browser's back.
	bob.press("link", "Next conversation #"+second)
	bob.at(second)
	bob.press("link", "Previous conversation #"+first)
	bob.at(first)
	must[int](bob, `(history.back(), 1)`)
	bob.at(second)

	// The previous one in place, and then the merge.
	ann.press("button", "Show previous conversation #"+first)
	ann.within("Is the Luma in stock")
	ann.ask("announced", `document.querySelector('[aria-expanded=true]#previous')`)
	ann.press("button", "Hide previous conversation")
	ann.without("Is the Luma in stock")
	ann.press("button", "Show previous conversation #"+first)
	ann.press("button", "Merge #"+second+" into #"+first)
	ann.shot("life-merge")
	ann.press("button", "Merge")
	ann.at(first)
	ann.within("You merged #" + second + " into this conversation")
	bob.at(first)
	bob.within("Another question entirely")
	widget.holds("Is the Luma in stock", "Another question entirely")

	// The old number leads there.
	bob.open(s.base() + "/console/#" + second)
	bob.at(first)
	bob.within("Another question entirely")

	// Closed from the number's menu, reopened, assigned while closed.
	ann.press("button", "Conversation "+first+", menu")
	ann.press("menuitem", "Close conversationC")
	bob.within("Ann closed the conversation")
	ann.see("button", "Reopen")
	ann.press("button", "Conversation "+first+", menu")
	ann.shot("life-menu")
	ann.press("menuitem", "Assign…A")
	ann.focused("dialog-first")
	ann.typed("Bob")
	ann.typed(kb.ArrowDown)
	ann.ask("Bob is chosen", `document.querySelector('dialog .b-people__item:has(:checked)').innerText.includes('Bob')`)
	ann.enter()
	bob.within("Ann assigned you")
	bob.ask("still closed", `[...document.querySelectorAll('.b-talk__head .b-pill')].some(e => e.innerText.trim() === 'Closed')`)
	bob.press("button", "Reopen")
	ann.within("Bob reopened the conversation")
}

func TestWhatComesWhileEndingAsksOnceMore(t *testing.T) {
	t.Parallel()
	s := play(t).asked("Can I pay by card").opened()
	ann, widget := s.ann, s.widget
	ann.press("button", "End chat")
	ann.see("radio", "Closed")
	widget.write("Wait, one more thing")
	ann.says("has just written: “Wait, one more thing”")
	ann.choice("Closed")
	must[int](ann, `(document.querySelector('dialog form').requestSubmit(), 1)`)
	ann.says("Nothing has changed yet. Press again to go on.")
	ann.shot("life-once-more")
	ann.submit()
	ann.within("You closed the conversation")
	// A message after closing begins another number, and the undo is gone with it.
	widget.write("And now for something else")
	ann.row("And now for something else", "And now for something else")
}

func TestNotesSubjectsAndReactionsAreSharedByTheTeamAlone(t *testing.T) {
	t.Parallel()
	s := play(t, withBob).asked("Where is order 17").opened()
	ann, bob, widget := s.ann, s.bob, s.widget

	ann.press("tab", "Note")
	ann.fill("Note", "The courier lost it")
	ann.enter()
	bob.within("The courier lost it")
	ann.shot("life-note")
	ann.press("tab", "Reply")
	ann.fill("Reply", "It is on its way")
	ann.enter()
	widget.holds("Where is order 17", "It is on its way")

	ann.press("button", "Edit subject")
	ann.typed("Refund of order 17")
	ann.enter()
	bob.ask("Bob's list shows it", `[...document.querySelectorAll('.b-row__subject')].some(e => e.innerText === 'Refund of order 17')`)
	ann.focused("edit-subject")

	ann.hover("Where is order 17")
	must[int](ann, `(`+messageWith("Where is order 17")+`.querySelector('button[aria-label=React]').click(), 1)`)
	ann.press("button", "React with 👍")
	bob.ask("on Bob's screen", `document.querySelector('.b-reactions__item')`)
	widget.ask("on the visitor's", messageWith("Where is order 17")+`.querySelector('.b-reactions__item')`)
	ann.shot("life-reaction")
	ann.press("button", "👍, You. Take yours back")
	widget.ask("gone from the visitor's", `!`+messageWith("Where is order 17")+`.querySelector('.b-reactions__item')`)
	bob.within("took back 👍")
}

func TestACountdownRunsBeforeAConversationCompletesByItself(t *testing.T) {
	t.Parallel()
	s := play(t)
	ann := s.ann
	ann.open(s.base() + "/console/conversations")
	ann.put("rule-autocomplete-after-time", "1")
	ann.put("rule-autocomplete-warn-before-time", "55")
	ann.counts("Complete when nobody writes for", "m")
	ann.counts("Warn the operator before", "s")
	ann.says("After 1 minute without a word a conversation completes by itself")
	ann.says("2 changes not saved")
	ann.shot("life-rules")
	ann.press("button", "Save")
	ann.says("Saved")
	s.asked("Quick question")
	ann.open(s.console)
	ann.pressRow("Quick question")
	ann.number()
	ann.ask("the countdown", `/Completes as Open in 0:\d\d/.test(document.querySelector('.b-countdown').innerText)`)
	ann.row("Quick question", "completes in 0:")
	before := must[string](ann, `document.querySelector('.b-countdown').innerText`)
	ann.ask("it runs", `document.querySelector('.b-countdown').innerText !== `+quoted(before))
	ann.shot("life-countdown")
	ann.press("button", "Hold 5 min")
	ann.within("You held the conversation until")
	ann.ask("the warning is gone", `!document.querySelector('.b-countdown')`)
}

func TestPresetsOverridesAndAPreviewOnTheSettingsPage(t *testing.T) {
	t.Parallel()
	s := play(t, withBob, withoutKira)
	ann, bob := s.ann, s.bob
	ann.open(s.base() + "/console/conversations")
	ann.says("A message after closing starts a new conversation.")
	ann.press("radio", "One long story")
	ann.says("A message after closing opens the same conversation again.")
	ann.says("After closing, a new message: Starts a new conversation → Opens the old one again")
	ann.shot("life-preset")
	ann.press("button", "Discard")
	ann.says("A message after closing starts a new conversation.")

	// A rule that is broken is named at its field.
	ann.put("rule-autocomplete-warn-before-time", "9000")
	ann.press("button", "Save")
	ann.says("Has to be shorter than the time to completion.")
	ann.focused("rule-autocomplete-warn-before")
	ann.press("button", "Discard")

	// One channel differs from the rest.
	must[int](ann, `([...document.querySelectorAll('.b-views--page a')].find(a => a.innerText === 'Acme home').click(), 1)`)
	ann.press("button", "Set here: After closing, a new message")
	ann.put("rule-inbound-closed", "reopen")
	ann.says("A message after closing opens the same conversation again.")
	ann.press("button", "Save")
	ann.says("Saved")
	ann.shot("life-channel")
	ann.press("link", "Everywhere")
	ann.says("A message after closing starts a new conversation.")

	// Bob may not.
	bob.open(s.base() + "/console/conversations")
	bob.says("Only with the right to change settings")
}

func TestTheEventListFiltersPagesAndExports(t *testing.T) {
	t.Parallel()
	s := play(t)
	ann := s.ann
	ann.open(s.base() + "/console/events")
	ann.ask("rows", `document.querySelectorAll('tbody tr').length > 5`)
	ann.shot("life-events")
	must[int](ann, `(document.querySelector('summary').click(), 1)`)
	ann.press("checkbox", "Conversation created")
	ann.ask("the address keeps it", `location.search === '?type=conversation.started'`)
	ann.ask("only those", `document.querySelectorAll('tbody tr').length > 0 && [...document.querySelectorAll('tbody tr')].every(r => r.cells[3].innerText === 'Conversation created')`)
	ann.shot("life-events-filtered")

	// A new one waits behind a button.
	rows := must[int](ann, `document.querySelectorAll('tbody tr').length`)
	s.widget.write("I am new here")
	ann.see("button", "1 new event")
	if now := must[int](ann, `document.querySelectorAll('tbody tr').length`); now != rows {
		t.Errorf("%d rows became %d by themselves", rows, now)
	}
	ann.press("button", "1 new event")
	ann.ask("one more", fmt.Sprintf(`document.querySelectorAll('tbody tr').length === %d`, rows+1))

	// The file has the same filter.
	file := must[string](ann, `fetch(document.querySelector('a[download]').href).then(r => r.text())`)
	lines := strings.Split(strings.TrimSpace(file), "\n")
	if len(lines) != rows+2 || !strings.Contains(lines[1], "conversation.started") {
		t.Errorf("%d rows on screen, the file has:\n%s", rows+1, file)
	}
	must[int](ann, `(history.back(), 1)`)
	ann.ask("without the filter", `location.search === '' && [...document.querySelectorAll('tbody tr')].some(r => r.cells[3].innerText !== 'Conversation created')`)
	// Reloading keeps what the address says.
	ann.open(s.base() + "/console/events?type=conversation.closed&author=operator")
	ann.ask("closed by operators", `document.querySelectorAll('tbody tr').length > 0 && [...document.querySelectorAll('tbody tr')].every(r => r.cells[3].innerText === 'Conversation closed')`)
}

func TestTheLifeOfAConversationInRussian(t *testing.T) {
	t.Parallel()
	s := play(t, russian("ann"), russian("kira")).asked("Есть ли лампа").opened()
	ann, first := s.ann, s.number
	ann.see("button", "Ответ не нужен")
	ann.press("button", "Завершить беседу")
	ann.press("radio", "Ждём")
	ann.shot("life-end-russian")
	ann.submit()
	ann.within("Вы: беседа завершена как «Ждём»")
	s.widget.write("И ещё вопрос")
	ann.press("button", "Выделить следующее в отдельную беседу")
	ann.ask("another number", `/^#\d+$/.test(location.hash) && location.hash !== `+quoted("#"+first))
	ann.press("button", "Показать предыдущую беседу №"+first)
	ann.within("Есть ли лампа")
	ann.shot("life-previous-russian")
	for path, heading := range map[string]string{"conversations": "Беседы", "events": "События"} {
		ann.open(s.base() + "/console/" + path)
		ann.see("heading", heading)
		ann.shot("life-" + path + "-russian")
	}
}
