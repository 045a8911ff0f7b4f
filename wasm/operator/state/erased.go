package state

import (
	"beseda/protocol"
	"beseda/wasm/bridge"
	say "beseda/wasm/words/console"
)

// openDelete asks before a conversation is erased: nothing brings it back.
func (s *State) openDelete(_ *bridge.Event, fx *bridge.Effects) {
	if t := s.Current(); t != nil && t.Phase == TalkOpen && t.Row.MayDelete {
		s.show(Dialog{Kind: DeleteDialog, Number: t.Number}, NumberButtonID, fx)
	}
}

func (s *State) delete(_ *bridge.Event, fx *bridge.Effects) {
	d := &s.Dialog
	if d.Kind == DeleteDialog && !d.Busy {
		d.Busy, d.Problem = true, Problem{}
		s.ask(fx, protocol.KindConversationDelete, &protocol.ConversationDelete{Conversation: d.Number},
			request{what: askDelete, number: d.Number})
	}
}

func (s *State) deleted(r request, fx *bridge.Effects) {
	if s.Dialog.Kind == DeleteDialog {
		s.Dialog = Dialog{}
	}
	s.erase(r.number, fx)
	if s.Route.Place == AtInbox && s.Route.Number == r.number {
		fx.Focus(TalkID)
	}
	s.toast(Toast{Text: s.Words.Fill(say.ToastDeleted, r.number.String())}, fx)
}

// TalkID is the id of the island of the open conversation.
const TalkID = "talk"

// erased takes that a conversation is overwritten: whatever is shown of it goes, also where it is quoted.
func (s *State) erased(f *protocol.Frame, fx *bridge.Effects) {
	body := read[protocol.ConversationErased](f)
	if body == nil {
		return
	}
	inside := func(at protocol.Position) bool {
		for _, r := range body.Ranges {
			if at >= r.First && at <= r.Last {
				return true
			}
		}
		return false
	}
	s.takeAway([]protocol.Number{f.Conversation}, fx)
	s.conceal(f.Conversation, inside, fx)
	s.erase(f.Conversation, fx)
}

// conceal takes the words of a conversation that are not to be seen any more from wherever else they stand: shown above
// another one, quoted by messages, and by drafts, which this browser keeps anew. Inside tells more positions that are
// hidden than those known to be of the conversation.
func (s *State) conceal(n protocol.Number, inside func(protocol.Position) bool, fx *bridge.Effects) {
	hide := func(q *protocol.Quote) bool {
		if q == nil || q.Gone || q.Conversation != n && !inside(q.Message) {
			return false
		}
		*q = protocol.Quote{Message: q.Message, Gone: true}
		return true
	}
	for _, t := range s.talks {
		if t.Above != nil && t.Above.Number == n {
			t.Above = nil
		}
		for at := t; at != nil; at = at.Above {
			for i := range at.Items {
				hide(at.Items[i].Quote)
			}
			for i := range at.Unsent {
				hide(at.Unsent[i].Quote)
			}
		}
	}
	kept := true
	for _, d := range s.drafts {
		if hide(d.Quote) {
			d.dirty, kept = true, false
		}
	}
	if !kept {
		s.keepDrafts(fx)
	}
}

// erase shows that a conversation is being erased, and keeps nothing of it, opened here or not.
func (s *State) erase(n protocol.Number, fx *bridge.Effects) {
	fx.Save(s.draftRecord(n), nil)
	if d := s.drafts[n]; d != nil {
		*d = Draft{}
	}
	t := s.talks[n]
	if t == nil {
		return
	}
	s.dropItems(t)
	t.Unsent = nil
	t.Phase, t.Row = TalkErased, protocol.Row{Number: n}
}

// purged takes that nothing of it is on the disk any more.
func (s *State) purged(n protocol.Number) {
	if t := s.talks[n]; t != nil {
		t.Purged = true
	}
}

// erasedBefore takes a refusal that says that a conversation is erased; false where it says something else.
func (s *State) erasedBefore(t *Talk, no *protocol.Refused, fx *bridge.Effects) bool {
	if no.Code != protocol.CodeNotFound {
		return false
	}
	if no.Reason != "erasing" && no.Reason != "erased" {
		return false
	}
	t.Purged = no.Reason == "erased"
	s.erase(t.Number, fx)
	return true
}
