package state

import (
	"beseda/protocol"
	"beseda/wasm/bridge"
	say "beseda/wasm/words/console"
)

// ItemID is the id of an item's element, to scroll to.
func ItemID(at protocol.Position) string { return "item-" + itoa(int(at)) }

// PreviousButtonID is the id of the button that shows and hides the previous conversation.
const PreviousButtonID = "previous"

// pageCame takes a page of items, wherever it belongs.
func (s *State) pageCame(r request, h *protocol.History, fx *bridge.Effects) {
	switch {
	case r.what == askWatch && r.number != 0 && h.Conversation != 0 && h.Conversation != r.number:
		s.leadsTo(r.number, h.Conversation, h.First, fx)
	case r.what == askPrevious:
		s.previousCame(r, h, fx)
	default:
		s.history(h, fx)
	}
}

// seekItem scrolls to the item that is looked for, and reads upwards until it is held.
func (s *State) seekItem(t *Talk, fx *bridge.Effects) {
	if t.seek == 0 || t != s.Current() || t.Phase != TalkOpen || len(t.Items) == 0 {
		return
	}
	if t.Items[0].Position > t.seek && t.More {
		s.askOlder(t, protocol.MaxHistoryPage, fx)
		return
	}
	at := t.Items[len(t.Items)-1].Position
	for i := range t.Items {
		if t.Items[i].Position >= t.seek {
			at = t.Items[i].Position
			break
		}
	}
	t.seek, t.arriving = 0, true
	fx.ScrollTo(ItemID(at), false)
	fx.Timer(timerRead, 400)
}

// replace moves to a route without a step to go back to.
func (s *State) replace(r Route, fx *bridge.Effects) {
	fx.ReplaceURL(r.Address())
	s.moved(r, fx)
}

// leadsTo follows a number that is no more to the conversation that its items are in, with what was being written.
func (s *State) leadsTo(from, to protocol.Number, first protocol.Position, fx *bridge.Effects) {
	s.moveDraft(from, to, fx)
	if s.Route.Place != AtInbox || s.Route.Number != from {
		s.line.leave(s, fx, from)
		delete(s.talks, from)
		return
	}
	s.replace(s.To(to), fx)
	delete(s.talks, from)
	if t := s.talks[to]; t != nil {
		t.seek = first
		s.seekItem(t, fx)
	}
}

// moveDraft takes what was being written to another conversation, unless something is being written there.
func (s *State) moveDraft(from, to protocol.Number, fx *bridge.Effects) {
	d := s.drafts[from]
	if d == nil || from == to || d.blank() && d.Note == "" {
		return
	}
	into := s.Draft(to)
	if into.blank() {
		into.Noting, into.Waiting, into.Quote = d.Noting, d.Waiting, d.Quote
	}
	into.Text, into.Note = join(into.Text, d.Text), join(into.Note, d.Note)
	into.Files = append(into.Files, d.Files...)
	*d = Draft{}
	s.drafted(to, fx)
	fx.Save(s.draftRecord(from), nil)
	s.keepDrafts(fx)
}

// merged takes what became of two conversations.
func (s *State) merged(f *protocol.Frame, fx *bridge.Effects) {
	body := read[protocol.ConversationMerged](f)
	if body == nil {
		return
	}
	survivor := f.Conversation
	if survivor == body.From { // a server may tell the watchers of either
		return
	}
	first := protocol.Position(0)
	if x := s.talks[body.From]; x != nil && len(x.Items) > 0 {
		first = x.Items[0].Position
	}
	if t := s.talks[survivor]; t != nil && t.Phase == TalkOpen {
		if t == s.Current() {
			s.line.watch(s, fx, survivor, 0) // what joined lies between what is held
		} else {
			s.dropItems(t)
			t.Phase = TalkOpening
		}
	}
	if s.talks[body.From] != nil || s.Route.Number == body.From {
		s.leadsTo(body.From, survivor, first, fx)
	}
}

// whereTo asks what became of the open conversation that left the list: it may have been merged.
func (s *State) whereTo(n protocol.Number, fx *bridge.Effects) {
	if s.Route.Place == AtInbox && s.Route.Number == n && s.talks[n] != nil {
		s.line.watch(s, fx, n, 0)
	}
	for _, t := range s.talks {
		if t.Above != nil && t.Above.Number == n {
			t.Above = nil
		}
	}
}

// followed does what a live line changes beside itself.
func (s *State) followed(t *Talk, item *Item, fx *bridge.Effects) {
	switch body := item.Body.(type) {
	case *protocol.ReactionAdded:
		t.put(body.Message, body.Emoji, item.Actor, true)
	case *protocol.ReactionWithdrawn:
		t.put(body.Message, body.Emoji, item.Actor, false)
	case *protocol.ConversationSplit:
		kept := t.Items[:0]
		for _, i := range t.Items {
			if i.Position < body.From || i.Position >= item.Position {
				kept = append(kept, i)
			}
		}
		clear(t.Items[len(kept):])
		t.Items, t.Divider, t.New = kept, 0, 0
		s.moveDraft(t.Number, body.Into, fx)
	}
}

// split gives the messages from the reactivation on a number of their own.
func (s *State) split(_ *bridge.Event, fx *bridge.Effects) {
	t := s.Current()
	s.Menu = NoMenu
	if t == nil || !t.MayWrite() || t.Row.SplitFrom == 0 || t.splitting {
		return
	}
	t.splitting = true
	s.ask(fx, protocol.KindMessagesSplit, &protocol.MessagesSplit{Conversation: t.Number, From: t.Row.SplitFrom},
		request{what: askSplit, number: t.Number})
}

func (s *State) splitDone(r request, f *protocol.Frame, fx *bridge.Effects) {
	t := s.talks[r.number]
	if t != nil {
		t.splitting = false
	}
	body := read[protocol.Accepted](f)
	if body == nil || body.Conversation == 0 || body.Conversation == r.number {
		return
	}
	s.moveDraft(r.number, body.Conversation, fx)
	if s.Route.Number == r.number {
		s.Go(s.To(body.Conversation), fx)
	}
	s.toast(Toast{Text: s.Words.Fill(say.ToastSplit, body.Conversation.String())}, fx)
}

func (s *State) splitRefused(r request) {
	if t := s.talks[r.number]; t != nil {
		t.splitting = false
	}
}

func (s *State) openMerge(_ *bridge.Event, fx *bridge.Effects) {
	t := s.Current()
	if t == nil || !s.MayMerge(t) {
		return
	}
	s.show(Dialog{Kind: MergeDialog, Number: t.Number, Into: t.Row.MergeInto}, MergeButtonID, fx)
}

// MergeButtonID is the id of the link that merges.
const MergeButtonID = "merge"

// MayMerge tells whether the open conversation may go to the previous one that is shown above it.
func (s *State) MayMerge(t *Talk) bool {
	return t.Above != nil && t.Row.MergeInto != 0 && t.Row.MergeInto == t.Above.Number && t.Row.Status != protocol.Closed
}

func (s *State) merge(_ *bridge.Event, fx *bridge.Effects) {
	d := &s.Dialog
	if d.Kind != MergeDialog || d.Busy {
		return
	}
	d.Busy, d.Problem = true, Problem{}
	s.ask(fx, protocol.KindConversationMerge, &protocol.ConversationMerge{Conversation: d.Number, Into: d.Into},
		request{what: askMerge, number: d.Number, into: d.Into})
}

func (s *State) mergeDone(r request, fx *bridge.Effects) {
	if s.Dialog.Kind == MergeDialog {
		s.Dialog = Dialog{}
		fx.Focus(ReplyID)
	}
	if s.Route.Number == r.number { // the event is not here yet
		first := protocol.Position(0)
		if t := s.talks[r.number]; t != nil && len(t.Items) > 0 {
			first = t.Items[0].Position
		}
		s.leadsTo(r.number, r.into, first, fx)
	}
	s.toast(Toast{Text: s.Words.Fill(say.ToastMerged, r.number.String(), r.into.String())}, fx)
}
