package state

import (
	"slices"

	"beseda/protocol"
	"beseda/wasm/bridge"
	say "beseda/wasm/words/console"
)

// standing is where a conversation stands on both axes; the zero value is not known.
type standing struct {
	activity protocol.Activity
	status   protocol.Status
}

func (s *State) standing(n protocol.Number) standing {
	if row := s.RowOf(n); row != nil {
		return standing{row.Activity, row.Status}
	}
	return standing{}
}

// undoToast says what was done and offers to bring the conversation back to where it stood, unless the channel allows
// that status no more.
func (s *State) undoToast(text string, r request, fx *bridge.Effects) {
	t := Toast{Text: text, Undo: r.number, was: r.was, last: r.last}
	if r.was.activity == protocol.Completed && !s.allows(r.number, r.was.status) {
		t.Undo = 0
	}
	s.toast(t, fx)
}

func (s *State) closedToast(r request, fx *bridge.Effects) {
	s.undoToast(s.Words.Fill(say.ToastClosed, r.number.String()), r, fx)
}

// allows tells whether work may be left with a status where a conversation is.
func (s *State) allows(n protocol.Number, status protocol.Status) bool {
	channel := protocol.ChannelID("")
	if row := s.RowOf(n); row != nil {
		channel = row.Channel
	}
	return slices.Contains(s.Statuses(channel), status)
}

// undo brings the toast's conversation back to where it stood. What was completed gets its status alone: making it active
// would start its timers. What was active is reopened, and then pending again if it was.
func (s *State) undo(_ *bridge.Event, fx *bridge.Effects) {
	t := s.Toast
	s.toastDismissed(nil, fx)
	if t.Undo == 0 {
		return
	}
	r := request{what: askUndo, number: t.Undo, last: t.last, was: t.was}
	if t.was.activity == protocol.Completed {
		s.ask(fx, protocol.KindStatusChange, &protocol.StatusChange{Conversation: t.Undo, Status: t.was.status, Last: t.last}, r)
		return
	}
	s.ask(fx, protocol.KindConversationReopen, &protocol.ConversationReopen{Conversation: t.Undo}, r)
}

// undone takes the yes to an undo.
func (s *State) undone(r request, fx *bridge.Effects) {
	if r.was.activity == protocol.Active && r.was.status == protocol.Pending && s.allows(r.number, protocol.Pending) {
		r.was = standing{}
		s.ask(fx, protocol.KindStatusChange, &protocol.StatusChange{Conversation: r.number, Status: protocol.Pending, Last: r.last}, r)
	}
}

// undoRefused says why it stays as it is. Where the visitor has written since, nothing is said of pending: open is right.
func (s *State) undoRefused(r request, p Problem, fx *bridge.Effects) {
	t := Toast{Text: s.Explain(p), Bad: true, To: p.active()}
	switch {
	case p.newMessage() && r.was == (standing{}):
		return
	case p.newMessage():
		t.Text, t.To = s.Words.Fill(say.UndoOutrun, r.number.String()), r.number
	case t.To != 0:
		t.Text = s.Words.Fill(say.UndoInTheWay, r.number.String(), t.To.String())
	}
	s.toast(t, fx)
}
