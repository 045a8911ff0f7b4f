package state

import (
	"beseda/protocol"
	"beseda/wasm/bridge"
)

// Item is a stored message.
type Item struct {
	ID       protocol.CommandID
	Position protocol.Position
	At       int64
	Actor    protocol.Actor
	Text     string
	Files    []protocol.Attachment
	Quote    *protocol.Quote // what it answers, if anything

	conversation    protocol.Number // when it was stored
	delivered, read bool            // there, if it is the visitor's
}

// Mine tells whether the visitor wrote it.
func (i *Item) Mine() bool { return i.Actor.Kind == protocol.ActorVisitor }

const (
	// window is how many items are drawn until the person scrolls up; each step upwards draws windowStep more.
	window     = 80
	windowStep = 50
)

func itemOf(f *protocol.Frame) (Item, bool) {
	var body protocol.MessageSent
	if f.Kind != protocol.KindMessageSent || f.Position == 0 || f.Actor == nil ||
		protocol.DecodeBody(f.Body, &body) != nil {
		return Item{}, false
	}
	return Item{
		ID: f.ID, Position: f.Position, At: f.At, Actor: *f.Actor, Text: body.Text, Files: body.Attachments,
		Quote: body.Quote, conversation: f.Conversation,
	}, true
}

// itemsOf reads a page; what is no message is left out.
func itemsOf(frames []protocol.Frame) []Item {
	var items []Item
	for i := range frames {
		if item, ok := itemOf(&frames[i]); ok {
			items = append(items, item)
		}
	}
	return items
}

func (s *State) newest() protocol.Position {
	if len(s.Items) == 0 {
		return 0
	}
	return s.Items[len(s.Items)-1].Position
}

// append adds an item at the end, unless it is there.
func (s *State) append(item Item) bool {
	if item.Position <= s.newest() {
		return false
	}
	s.reach(&item)
	s.Items = append(s.Items, item)
	if !s.AtEnd {
		s.Window++ // what is read must not slip out above
	}
	return true
}

// arrived takes a live message.
func (s *State) arrived(f *protocol.Frame, fx *bridge.Effects) {
	item, ok := itemOf(f)
	if !ok || !s.append(item) {
		return
	}
	if item.Mine() {
		s.acted = true
		s.wroteAgain(fx)
		return
	}
	s.untype(&item.Actor)
	s.announce(&item, fx)
}

// announce has a screen reader say what the team writes, gathered for a second.
func (s *State) announce(item *Item, fx *bridge.Effects) {
	if !s.Shown {
		return
	}
	if s.say == "" {
		fx.Timer(timerSay, 1000)
	} else {
		s.say += "\n"
	}
	s.say += item.Actor.Name + ": " + item.Text
	for i := range item.Files {
		s.say += " " + item.Files[i].Name
	}
}

// scrolled draws or asks for older messages near the top, and knows when the end is in view.
func (s *State) scrolled(e *bridge.Event, fx *bridge.Effects) {
	top := e.Text == "top" || e.Text == "top end"
	s.AtEnd = e.Text == "end" || e.Text == "top end"
	if s.AtEnd {
		if s.jumping { // what is drawn anew on the way stops it short of the end
			s.jumping = false
			fx.ScrollEnd(LogID, false)
		}
		if !top {
			s.Window = window
		}
	}
	if !top {
		return
	}
	if s.Window < len(s.Items) {
		s.Window += windowStep
	} else if s.More && s.Older == "" {
		s.askOlder(fx)
	}
}

func (s *State) askOlder(fx *bridge.Effects) {
	if len(s.Items) > 0 && s.Older == "" {
		s.askBefore(s.Items[0].Position, fx)
	}
}

func (s *State) askBefore(at protocol.Position, fx *bridge.Effects) {
	s.OlderFailed = false
	limit := protocol.HistoryPage
	if s.sought > 0 {
		limit = seekPage
	}
	s.Older = s.link.Ask(s.at, fx, protocol.KindHistoryRead,
		&protocol.HistoryRead{Before: at, Limit: limit})
}

// paginated takes a page of older items.
func (s *State) paginated(f *protocol.Frame, fx *bridge.Effects) {
	var h protocol.History
	if f.ID == "" || f.ID != s.Older {
		return
	}
	s.Older = ""
	if protocol.DecodeBody(f.Body, &h) != nil {
		s.OlderFailed = true
		return
	}
	older := itemsOf(h.Items)
	for n := len(older); n > 0 && len(s.Items) > 0 && older[n-1].Position >= s.Items[0].Position; n-- {
		older = older[:n-1]
	}
	s.More = h.More && len(h.Items) > 0
	for i := range older {
		s.reach(&older[i])
	}
	s.Items = append(older, s.Items...)
	s.Window = len(s.Items)
	s.reactedAll(h.Reactions)
	if len(s.erasures) > 0 { // the page may have been read before
		s.dropErased()
	}
	s.seek(fx)
}

// Drawn is the items to draw.
func (s *State) Drawn() []Item { return s.Items[max(0, len(s.Items)-s.Window):] }

// StateOf is how far a stored message of the visitor is.
func (i *Item) State() protocol.DeliveryState {
	switch {
	case i.read:
		return protocol.StateRead
	case i.delivered:
		return protocol.StateDelivered
	}
	return protocol.StateSent
}

// Person finds who of the team wrote something; nil for one who is not known any more.
func (s *State) Person(id string) *protocol.Person {
	for i := range s.People {
		if string(s.People[i].ID) == id {
			return &s.People[i]
		}
	}
	return nil
}
