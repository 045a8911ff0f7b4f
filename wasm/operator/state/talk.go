package state

import (
	"slices"

	"beseda/protocol"
	"beseda/wasm/bridge"
)

// Phase is where an open conversation stands on this screen.
type Phase uint8

const (
	TalkOpening Phase = iota // asked for, nothing to show yet
	TalkOpen
	TalkGone    // access was lost
	TalkMissing // there is no such conversation
	TalkErased  // somebody deleted it
)

// Talk is one conversation that is or was open here.
type Talk struct {
	Number  protocol.Number
	Phase   Phase
	Row     protocol.Row
	Visitor *protocol.Visitor
	// Items are the stored lines held without a gap, oldest first. More: older ones exist; Older: they were asked for.
	Items []Item
	More  bool
	Older bool
	// Unsent are own messages that are not among the items yet, in their order.
	Unsent []Unsent
	// Seen is how far the visitor got.
	SeenDelivered, SeenRead protocol.Position
	// Divider is the last item that was read when the conversation was opened; 0 draws no line.
	Divider protocol.Position
	// AtEnd: the newest line is in view. New counts what others wrote below while it was not.
	AtEnd bool
	New   int
	// Typers type here now.
	Typers []Typer

	// Above is the previous conversation where it is shown in place; nil while it is hidden.
	Above *Talk
	// Reactions hang on messages, by position.
	Reactions map[protocol.Position][]Reaction
	// Viewers are the colleagues who have it open, too.
	Viewers []protocol.OperatorID
	// DraftSession: what is written here lasts only as long as the page.
	DraftSession bool
	// With is who has it now, where it was taken away; empty while that is not known.
	With protocol.OperatorID
	// Purged: of what was deleted nothing is on the server's disk any more.
	Purged bool
	// Held is the message whose menu is open.
	Held protocol.Position
	// Person is who the contact is while that is edited; nil while it is not.
	Person  *Person
	Tagging Tagging
	// Naming: the subject is being edited; Name is what stands in the field.
	Naming bool
	Name   string

	namedAt int64 // when it was saved last

	again map[protocol.Position]bool // failed messages that were sent anew

	// Reacting is the message whose emoji are open; 0 for none.
	Reacting protocol.Position

	roved     protocol.Position // the message that Alt and the arrows went to last
	seek      protocol.Position // an item to scroll to as soon as it is held
	splitting bool              // the split is on its way
	counted   int64             // seconds left when the countdown was looked at last
	opened    int64             // when it was asked for, for the skeleton's end
	greet     bool              // the person came here: the field gets focus as soon as it is there
	entering  bool              // it was come to, and what the server says of it has not come
	arriving  bool              // it is being scrolled to the first new line: what is in view is not settled
	read      protocol.Position
	lastUsed  int64
}

const (
	keptTalks  = 12    // conversations whose items stay in memory after leaving them
	openingFor = 10000 // ms of skeleton before saying that it does not come
)

// Current is the open conversation; nil where none is.
func (s *State) Current() *Talk {
	if s.Route.Place != AtInbox || s.Route.Number == 0 {
		return nil
	}
	return s.talks[s.Route.Number]
}

// TooLong tells that the opening conversation should have come by now.
func (t *Talk) TooLong(now int64) bool { return t.Phase == TalkOpening && now-t.opened >= openingFor }

// newest is the position of the last item; 0 without any.
func (t *Talk) newest() protocol.Position {
	if len(t.Items) == 0 {
		return 0
	}
	return t.Items[len(t.Items)-1].Position
}

// open shows a conversation and follows it.
func (s *State) open(n protocol.Number, fx *bridge.Effects) {
	t := s.talks[n]
	if t == nil {
		t = &Talk{Number: n}
		s.talks[n] = t
		fx.Load(s.draftRecord(n))
	}
	if t.Phase == TalkMissing || t.Phase == TalkGone || t.Phase == TalkErased {
		t.Phase = TalkOpening
	}
	s.Quick.shut()
	t.Person, t.Tagging, t.entering = nil, Tagging{}, true
	if row := s.List.Row(n); row != nil {
		t.Row = *row
	}
	t.opened, t.lastUsed, t.AtEnd, t.New = s.Now, s.Now, false, 0
	t.Above, t.Naming, t.counted = nil, false, silent
	s.divide(t)
	s.line.watch(s, fx, n, t.newest())
	s.List.Cursor = n
	s.forget(n)
}

// divide draws the line between what this operator had read and what is new to them.
func (s *State) divide(t *Talk) {
	t.Divider = 0
	left := t.Row.Unread
	for i := len(t.Items) - 1; i > 0 && left > 0; i-- {
		if t.Items[i].fromVisitor() {
			if left--; left == 0 {
				t.Divider = t.Items[i-1].Position
			}
		}
	}
}

// leave ends following a conversation; its items stay for coming back, as long as few others came since.
func (s *State) leave(n protocol.Number, fx *bridge.Effects) {
	t := s.talks[n]
	if t == nil {
		return
	}
	s.stopTyping(n, fx)
	s.line.leave(s, fx, n)
	t.Typers, t.Viewers = nil, nil
	if t.Phase != TalkOpen {
		s.dropItems(t)
	}
}

func (s *State) dropItems(t *Talk) {
	t.Items, t.Typers, t.Visitor, t.More, t.Older = nil, nil, nil, false, false
	t.Above, t.Reactions, t.Naming = nil, nil, false
	t.Viewers, t.Person, t.Tagging, t.Held = nil, nil, Tagging{}, 0
}

// forget lets go of the items of the conversation that was left longest ago.
func (s *State) forget(but protocol.Number) {
	var oldest *Talk
	held := 0
	for n, t := range s.talks {
		if len(t.Items) == 0 || n == but {
			continue
		}
		held++
		if oldest == nil || t.lastUsed < oldest.lastUsed {
			oldest = t
		}
	}
	if held >= keptTalks {
		s.dropItems(oldest)
		oldest.Phase = TalkOpening
	}
}

// history takes a page of items: the newest, what came since, or older ones.
func (s *State) history(h *protocol.History, fx *bridge.Effects) {
	t := s.talks[h.Conversation]
	if t == nil {
		return
	}
	items := itemsOf(h.Items)
	older := len(items) > 0 && len(t.Items) > 0 && items[len(items)-1].Position < t.Items[0].Position
	switch {
	case h.Row != nil: // the answer to watching
		t.Row, t.Visitor, t.Viewers, t.With = *h.Row, h.Visitor, h.Viewers, ""
		gap := h.More && len(items) > 0 && items[0].Position > t.newest()
		if h.Reset || gap || len(t.Items) == 0 {
			t.Items, t.More, t.Reactions = items, h.More, nil // the page tells anew what hangs on these
		} else {
			t.Items = merge(t.Items, items)
		}
		first := t.Phase != TalkOpen
		t.Phase = TalkOpen
		if t.greet && t == s.Current() {
			t.greet = false
			fx.Focus(ReplyID)
		}
		for _, r := range h.Receipts {
			s.advanced(t, &r)
		}
		s.entered(t, fx)
		s.restore(t, h, fx)
		if first {
			s.divide(t)
			s.toDivider(t, fx)
		}
	case older || t.Older:
		t.Items, t.More = merge(t.Items, items), h.More
	}
	t.Older = false
	t.react(h.Reactions)
	s.settleUnsent(t)
	s.seekItem(t, fx)
}

// DividerID is the id of the line above what is new.
const DividerID = "divider"

// toDivider begins reading at the first new line where all of the new does not fit, and waits with saying that it was
// read until the page has scrolled.
func (s *State) toDivider(t *Talk, fx *bridge.Effects) {
	if t.Divider != 0 && t == s.Current() {
		t.arriving = true
		fx.ScrollTo(DividerID, false)
		fx.Timer(timerRead, 400)
	}
}

// arrived takes a live line of a conversation.
func (s *State) arrived(f *protocol.Frame, fx *bridge.Effects) {
	t := s.talks[f.Conversation]
	item, ok := itemOf(f)
	if !ok || t == nil || t.Phase != TalkOpen || item.Position <= t.newest() {
		return
	}
	t.Items = append(t.Items, item)
	s.settleUnsent(t)
	s.followed(t, &item, fx)
	if !item.spoken() {
		return
	}
	t.Typers = slices.DeleteFunc(t.Typers, func(w Typer) bool { return same(w.Who, item.Actor) })
	if mine := item.Actor.Kind == protocol.ActorOperator && item.Actor.ID == string(s.Me.ID); mine {
		t.Divider = 0
	} else if !t.AtEnd {
		t.New++
	}
}

// advanced moves the visitor's positions, or this operator's own, which another device may have moved.
func (s *State) advanced(t *Talk, r *protocol.ReceiptAdvanced) {
	switch {
	case r.Side == protocol.SideVisitor:
		t.SeenDelivered, t.SeenRead = max(t.SeenDelivered, r.Delivered, r.Read), max(t.SeenRead, r.Read)
	case r.Operator == s.Me.ID:
		t.read = max(t.read, r.Read)
	}
}

// lose takes a conversation from the screen; what the operator wrote and did not send stays.
func (s *State) lose(n protocol.Number, fx *bridge.Effects) {
	s.conceal(n, func(protocol.Position) bool { return false }, fx)
	t := s.talks[n]
	if t == nil || t.Phase == TalkErased {
		return
	}
	s.dropItems(t)
	t.Phase = TalkGone
	t.Row = protocol.Row{Number: n}
	s.line.leave(s, fx, n)
}

func (s *State) talkScrolled(e *bridge.Event, fx *bridge.Effects) {
	t := s.Current()
	if t == nil {
		fx.Still()
		return
	}
	t.AtEnd = ends(e.Text)
	if t.AtEnd {
		t.New = 0
	}
	if begins(e.Text) {
		s.askOlder(t, protocol.HistoryPage, fx)
	}
}

// askOlder asks for what lies above: of the conversation, then of the previous one where that is shown.
func (s *State) askOlder(t *Talk, limit int, fx *bridge.Effects) {
	switch {
	case t.Phase != TalkOpen || len(t.Items) == 0 || t.Older:
	case t.More:
		t.Older = true
		s.ask(fx, protocol.KindHistoryRead, &protocol.HistoryRead{
			Conversation: t.Number, Before: t.Items[0].Position, Limit: limit,
		}, request{what: askHistory, number: t.Number})
	case t.Above != nil:
		s.askAbove(t, fx)
	}
}

func begins(place string) bool { return place == "top" || place == "top end" }
func ends(place string) bool   { return place == "end" || place == "top end" }

func (s *State) jump(_ *bridge.Event, fx *bridge.Effects) {
	if t := s.Current(); t != nil {
		t.New = 0
		fx.ScrollEnd(LogID, true)
	}
}

func (s *State) reopenTalk(_ *bridge.Event, fx *bridge.Effects) {
	if t := s.Current(); t != nil {
		s.open(t.Number, fx)
	}
}

// LogID is the id of the box that the open conversation scrolls in.
const LogID = "log"
