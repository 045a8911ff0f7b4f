package state

import (
	"strings"

	"beseda/protocol"
	"beseda/wasm/bridge"
	say "beseda/wasm/words/console"
)

// EndButtonID is the id of the link that ends a conversation.
const EndButtonID = "end-chat"

// RowOf is the newest row known of a conversation: that of the open one, else the list's; nil where there is none.
func (s *State) RowOf(n protocol.Number) *protocol.Row {
	if t := s.talks[n]; t != nil && t.Phase == TalkOpen {
		return &t.Row
	}
	return s.List.Row(n)
}

// seen is the last item that the person had before their eyes: what came below the part in view was not seen.
func (t *Talk) seen() protocol.Position {
	left := t.New
	for i := len(t.Items) - 1; i >= 0; i-- {
		if left == 0 {
			return t.Items[i].Position
		}
		if t.Items[i].spoken() {
			left--
		}
	}
	return 1
}

// lastSeen is what a command says that it has looked at: of the open conversation its items, else the row's message.
func (s *State) lastSeen(n protocol.Number) protocol.Position {
	if t := s.Current(); t != nil && t.Number == n && t.Phase == TalkOpen {
		return t.seen()
	}
	if row := s.List.Row(n); row != nil {
		return max(row.LastPosition, 1)
	}
	return 1
}

// known is the newest item that this console has of a conversation, seen or not.
func (s *State) known(n protocol.Number) protocol.Position {
	at := protocol.Position(1)
	if t := s.talks[n]; t != nil {
		at = max(at, t.newest())
	}
	if row := s.List.Row(n); row != nil {
		at = max(at, row.LastPosition)
	}
	return at
}

// Fresh is what a visitor wrote after the item that the open window was about; false for nothing.
func (s *State) Fresh(d *Dialog) (text string, is bool) {
	if t := s.talks[d.Number]; t != nil {
		for i := len(t.Items) - 1; i >= 0 && t.Items[i].Position > d.Last; i-- {
			if item := &t.Items[i]; item.fromVisitor() {
				if item.Text == "" && len(item.Files) > 0 {
					return s.KindWords(item.Files[0].Kind), true
				}
				return item.Text, true
			}
		}
	}
	row := s.List.Row(d.Number)
	if row == nil || row.LastPosition <= d.Last || row.LastActor == nil || row.LastActor.Kind != protocol.ActorVisitor {
		return "", false
	}
	return s.LastWords(row), true
}

// openEnd opens the window that ends active work, or, where it has ended, sets the status it was left with.
func (s *State) openEnd(_ *bridge.Event, fx *bridge.Effects) {
	t := s.Current()
	if t == nil || !t.MayEnd() {
		fx.Still()
		return
	}
	d := Dialog{Kind: EndDialog, Number: t.Number, Status: s.likely(t), Last: t.seen()}
	back := EndButtonID
	if t.Row.Activity != protocol.Active {
		d.Kind, d.Status, back = StatusDialog, t.Row.Status, NumberButtonID
	}
	s.show(d, back, fx)
}

// likely is the status that the window begins with: open where an answer is owed, else closed.
func (s *State) likely(t *Talk) protocol.Status {
	for _, status := range s.Statuses(t.Row.Channel) {
		if status == protocol.Open && t.Row.AwaitingSince != 0 {
			return protocol.Open
		}
	}
	return protocol.Closed
}

func (s *State) statusChosen(e *bridge.Event, _ *bridge.Effects) {
	s.Dialog.Status, s.Dialog.Problem = protocol.Status(e.Arg), Problem{}
}

// end sends what the window chose. What a timer completed meanwhile gets the status alone.
func (s *State) end(_ *bridge.Event, fx *bridge.Effects) {
	d := &s.Dialog
	if d.Kind != EndDialog && d.Kind != StatusDialog || d.Busy || d.Status == "" {
		return
	}
	last := d.Last
	if d.Again {
		last = s.known(d.Number)
	}
	d.Busy, d.Problem = true, Problem{}
	row := s.RowOf(d.Number)
	if d.Kind == EndDialog && (row == nil || row.Activity == protocol.Active) {
		s.ask(fx, protocol.KindConversationComplete, &protocol.ConversationComplete{
			Conversation: d.Number, Status: d.Status, Last: last,
		}, request{what: askEnd, number: d.Number, word: string(d.Status), last: last, was: s.standing(d.Number)})
		return
	}
	s.ask(fx, protocol.KindStatusChange, &protocol.StatusChange{Conversation: d.Number, Status: d.Status, Last: last},
		request{what: askStatusSet, number: d.Number, word: string(d.Status), last: last, was: s.standing(d.Number)})
}

// setStatus sets the status of the open conversation and leaves its activity; Arg is the status.
func (s *State) setStatus(e *bridge.Event, fx *bridge.Effects) {
	t := s.Current()
	s.closeMenu(fx)
	if t == nil || !t.MayWrite() {
		return
	}
	last := t.seen()
	s.ask(fx, protocol.KindStatusChange, &protocol.StatusChange{
		Conversation: t.Number, Status: protocol.Status(e.Arg), Last: last,
	}, request{what: askStatusSet, number: t.Number, word: e.Arg, last: last})
}

// ended is the yes to an end or a status.
func (s *State) ended(r request, fx *bridge.Effects) {
	if s.Dialog.Kind == EndDialog || s.Dialog.Kind == StatusDialog {
		if t := s.Current(); r.what == askEnd && t != nil && t.Number == r.number {
			s.Dialog.next = ReplyID // its link has gone
		}
		s.closeDialog(nil, fx)
	}
	number := r.number.String()
	switch {
	case r.word == string(protocol.Closed):
		s.closedToast(r, fx)
	case r.what == askEnd:
		s.undoToast(s.Words.Fill(say.ToastCompleted, number), r, fx)
	case r.word == string(protocol.Pending):
		s.toast(Toast{Text: s.Words.Fill(say.ToastPending, number)}, fx)
	}
}

// endRefused is the no: a message came in between, or a timer was first.
func (s *State) endRefused(r request, p Problem, fx *bridge.Effects) {
	d := &s.Dialog
	shown := (d.Kind == EndDialog || d.Kind == StatusDialog) && d.Number == r.number
	row := s.RowOf(r.number)
	switch {
	case p.newMessage():
		if !shown {
			kind, back := EndDialog, NumberButtonID
			if r.what == askStatusSet || row != nil && row.Activity != protocol.Active {
				kind = StatusDialog
			}
			if t := s.Current(); t == nil || t.Number != r.number {
				back = RowID(r.number)
			}
			s.show(Dialog{Kind: kind, Number: r.number, Status: protocol.Status(r.word), Last: r.last}, back, fx)
		}
		d.Busy, d.Again = false, true
	case p.Code == protocol.CodeConflict && r.what == askEnd && row != nil && row.Activity != protocol.Active && shown:
		d.Busy = false
		s.end(nil, fx)
	case shown:
		d.Busy, d.Problem = false, p
	default:
		s.toast(Toast{Text: s.Explain(p), Bad: true}, fx)
	}
}

// newMessage tells that a visitor wrote after what the command had looked at.
func (p Problem) newMessage() bool {
	return p.Code == protocol.CodeConflict && strings.HasPrefix(p.Reason, "new_message")
}

// waive ends a wait without an answer; Arg is a number, or "" for the open conversation.
func (s *State) waive(e *bridge.Event, fx *bridge.Effects) {
	n := s.Route.Number
	if e.Arg != "" {
		n = number(e.Arg)
		fx.Focus(RowID(n))
	} else {
		fx.Focus(ReplyID)
	}
	s.Menu = NoMenu
	row := s.RowOf(n)
	if row == nil || !row.MayWrite || row.AwaitingSince == 0 {
		return
	}
	last := s.lastSeen(n)
	s.ask(fx, protocol.KindReplyWaive, &protocol.ReplyWaive{Conversation: n, Last: last},
		request{what: askWaive, number: n, last: last})
}

// waiveAgain is the second confirmation.
func (s *State) waiveAgain(_ *bridge.Event, fx *bridge.Effects) {
	d := &s.Dialog
	if d.Kind != WaiveDialog || d.Busy {
		return
	}
	d.Busy, d.Problem = true, Problem{}
	s.ask(fx, protocol.KindReplyWaive, &protocol.ReplyWaive{Conversation: d.Number, Last: s.known(d.Number)},
		request{what: askWaive, number: d.Number, last: s.known(d.Number)})
}

func (s *State) waiveRefused(r request, p Problem, fx *bridge.Effects) {
	shown := s.Dialog.Kind == WaiveDialog && s.Dialog.Number == r.number
	switch {
	case p.newMessage():
		back := ReplyID
		if r.number != s.Route.Number {
			back = RowID(r.number)
		}
		s.show(Dialog{Kind: WaiveDialog, Number: r.number, Last: r.last}, back, fx)
	case shown:
		s.Dialog.Busy, s.Dialog.Problem = false, p
	default:
		s.toast(Toast{Text: s.Explain(p), Bad: true}, fx)
	}
}

// hold keeps the open conversation active for longer.
func (s *State) hold(_ *bridge.Event, fx *bridge.Effects) {
	t := s.Current()
	if t == nil || !t.MayWrite() || t.Row.HoldMs == 0 {
		return
	}
	fx.Focus(ReplyID) // the banner goes with the answer
	s.ask(fx, protocol.KindCompletionPostpone, &protocol.CompletionPostpone{Conversation: t.Number},
		request{what: askStatus, number: t.Number})
}
