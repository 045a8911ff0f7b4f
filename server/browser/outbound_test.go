package browser

import "testing"

// policy gives the workspace's policy a value, and goes back to where it was.
func (p *person) policy(h *house, id, value string) {
	p.t.Helper()
	back := must[string](p, `location.href`)
	p.open(h.base() + "/console/conversations")
	p.put(id, value)
	p.press("button", "Save")
	p.says("Saved")
	p.open(back)
}

// noted waits for what the desk says that sending does.
func (p *person) noted(text string) {
	p.t.Helper()
	p.ask("the desk says "+text, `document.querySelector('.b-desk__note')?.innerText.trim() === `+quoted(text))
}

func TestCLO08AReplyToSomethingClosedGoesWhereThePolicyPutsIt(t *testing.T) {
	t.Parallel()
	s := play(t).asked("Is the Luma in stock").opened()
	ann, widget, first := s.ann, s.widget, s.number
	ann.ends("Closed")
	ann.noted("Sending will reopen the conversation")

	// A new one: the console goes along with what is being written.
	ann.policy(s.house, "rule-outbound-closed", "new")
	ann.at(first)
	ann.noted("Sending will start a new conversation")
	ann.shot("outbound-new")
	ann.reply("One more thing")
	second := next(first)
	ann.at(second)
	ann.within("One more thing")
	ann.without("Is the Luma in stock")
	ann.ask("once", `document.querySelectorAll('[role=log] .b-message').length === 1`)
	ann.says("Your reply is in #" + second)
	ann.shot("outbound-followed")
	ann.focused("reply")
	ann.reply("And another")
	widget.holds("Is the Luma in stock", "One more thing", "And another")
	ann.press("link", "Previous conversation #"+first)
	ann.at(first)
	ann.without("One more thing")

	// Forbidden: nothing is sent, nothing is lost, and a note goes.
	ann.policy(s.house, "rule-outbound-closed", "forbid")
	ann.at(first)
	ann.noted("Replies to a closed conversation are not allowed. Notes are")
	ann.fill("Reply", "Not to be sent")
	ann.ask("Send is off, with the reason", `(() => { const b = `+find("button", "Send")+`; return b.disabled && document.getElementById(b.getAttribute('aria-describedby')).innerText.includes('not allowed') })()`)
	ann.enter()
	ann.ask("the text is there", find("textbox", "Reply")+`.value.trim() === 'Not to be sent'`)
	ann.accessible("a desk where nothing may be sent")
	ann.shot("outbound-forbidden")
	ann.press("tab", "Note")
	ann.fill("Note", "She may call")
	ann.press("button", "Add note")
	ann.within("She may call")
	widget.holds("Is the Luma in stock", "One more thing", "And another")
}

func TestAReplyAndAnUndoThatAnActiveConversationIsInTheWayOfLeadThere(t *testing.T) {
	t.Parallel()
	s := play(t).asked("Is the Luma in stock").opened()
	ann, widget, first := s.ann, s.widget, s.number

	// Undo after closing what was completed and pending gives that back, and no work.
	ann.ends("Pending")
	ann.pill("Completed, pending")
	ann.menu(first, "Close conversationC")
	ann.pill("Closed")
	ann.says("#" + first + " is closed")
	ann.press("button", "Undo")
	ann.pill("Completed, pending")
	ann.within("You set the status to Pending")

	// She writes again after it was closed: the next one is active, and Undo says so.
	ann.menu(first, "Close conversationC")
	ann.pill("Closed")
	widget.asks("Where is order 17")
	second := next(first)
	ann.press("button", "Reopen")
	ann.says("#" + second + " of the same visitor is active already")
	ann.see("link", "Open #"+second)
	ann.shot("outbound-in-the-way")

	// So it is with a reply: it is sent there.
	ann.reply("Twelve of them")
	ann.press("button", "Send in #"+second)
	ann.at(second)
	ann.within("Twelve of them")
	ann.ask("once", `[...document.querySelectorAll('[role=log] .b-message')].filter(e => e.innerText.includes('Twelve of them')).length === 1`)
	widget.holds("Is the Luma in stock", "Where is order 17", "Twelve of them")
	ann.press("link", "Previous conversation #"+first)
	ann.at(first)
	ann.without("Twelve of them")
}
