package state

import (
	"strings"

	"beseda/protocol"
	"beseda/wasm/bridge"
	say "beseda/wasm/words/console"
)

// A reply may belong elsewhere than where it was written: the policies let it begin a conversation of its own, or another
// one of the visitor is active.

// replyTaken follows a reply that the server put into another conversation, with what was being written there and what
// waits to be sent.
func (s *State) replyTaken(f *protocol.Frame, fx *bridge.Effects) {
	t, i := s.unsent(f.ID)
	if t == nil || t.Unsent[i].Note {
		return
	}
	body := read[protocol.Accepted](f)
	if body == nil || body.Conversation == 0 || body.Conversation == t.Number {
		return
	}
	to := body.Conversation
	toast := Toast{Text: s.Words.Fill(say.ToastReplyIn, to.String()), To: to}
	waiting := t.Unsent
	if d := s.Draft(t.Number); !d.blank() || d.Note != "" {
		s.moveDraft(t.Number, to, fx)
		s.changed(d, fx) // the server has it of the old one
	}
	if t == s.Current() {
		s.Go(s.To(to), fx)
		toast.To = 0
	}
	if next := s.talks[to]; next != nil {
		for _, u := range waiting {
			if e := s.line.link.Find(u.ID); e != nil && e.Lane == to {
				next.Unsent = append(next.Unsent, u)
			}
		}
	}
	s.toast(toast, fx)
}

// active is the conversation of the same visitor that is in the way; 0 where none is.
func (p Problem) active() protocol.Number {
	if text, is := strings.CutPrefix(p.Reason, "active="); is && p.Code == protocol.CodeConflict {
		return number(text)
	}
	return 0
}

// Active is the conversation of the same visitor that is active, where that is why a message was refused; 0 for another
// reason.
func (u *Unsent) Active() protocol.Number {
	if !u.Failed {
		return 0
	}
	return Problem{Code: u.Code, Reason: u.Reason}.active()
}

// sendThere sends a message where the server said that it may go, and goes along. It is another command: what was refused
// is dropped first, so that nothing is sent twice.
func (s *State) sendThere(e *bridge.Event, fx *bridge.Effects) {
	t, i := s.unsent(protocol.CommandID(e.Arg))
	if t == nil || t.Unsent[i].Active() == 0 {
		return
	}
	u := t.Unsent[i]
	to := u.Active()
	s.line.drop(s, fx, u.ID)
	t.Unsent = append(t.Unsent[:i:i], t.Unsent[i+1:]...)
	s.Go(s.To(to), fx)
	u.Failed, u.Code, u.Reason = false, "", ""
	u.last = 0 // nobody has seen yet what is written there
	cmd := u.command(to)
	u.ID = s.line.message(s, fx, cmd)
	if next := s.talks[to]; next != nil {
		next.Unsent = append(next.Unsent, u)
	}
	fx.ScrollEnd(LogID, false)
}

// command is the message as it is sent to a conversation.
func (u *Unsent) command(to protocol.Number) *protocol.MessageSend {
	cmd := &protocol.MessageSend{Conversation: to, Text: u.Text, Last: u.last}
	for i := range u.Files {
		cmd.Attachments = append(cmd.Attachments, u.Files[i].ID)
	}
	if u.Quote != nil && !u.Quote.Gone {
		cmd.Quote = u.Quote.Message
	}
	return cmd
}
