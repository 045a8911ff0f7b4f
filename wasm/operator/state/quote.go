package state

import (
	"strconv"
	"strings"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/vdom"
)

// MayQuote tells whether a reply may answer one message here: the channel has to carry that to the visitor.
func (s *State) MayQuote(t *Talk) bool {
	if !t.MayReply() {
		return false
	}
	if ch := s.Channel(t.Row.Channel); ch != nil {
		return ch.Quoting == "" || ch.Quoting == protocol.CapabilityBoth || ch.Quoting == protocol.CapabilitySend
	}
	return true
}

// Quotable tells whether a reply here may answer a message: not one that never reaches the visitor.
func (s *State) Quotable(t *Talk, item *Item) bool { return item.Failed == "" && s.MayQuote(t) }

// message finds a message that is held here, in the conversation or in the one shown above it.
func (t *Talk) message(at protocol.Position) (*Item, *Talk) {
	for ; t != nil; t = t.Above {
		for i := range t.Items {
			if t.Items[i].Position == at && t.Items[i].Kind == protocol.KindMessageSent {
				return &t.Items[i], t
			}
		}
	}
	return nil, nil
}

// quote has the reply answer a message; Arg is its position.
func (s *State) quote(e *bridge.Event, fx *bridge.Effects) {
	n, err := strconv.ParseUint(e.Arg, 10, 64)
	if t := s.Current(); t != nil && err == nil {
		s.quoteAt(t, protocol.Position(n), fx)
	}
}

func (s *State) quoteAt(t *Talk, at protocol.Position, fx *bridge.Effects) {
	item, in := t.message(at)
	if item == nil || !s.Quotable(t, item) {
		return
	}
	d := s.Draft(t.Number)
	who := item.Actor
	d.Quote = &protocol.Quote{Message: at, Conversation: in.Number, Actor: &who, Text: excerpt(item.Text)}
	if item.Text == "" && len(item.Files) > 0 {
		d.Quote.Attachment = item.Files[0].Kind
	}
	d.Noting, s.Menu = false, NoMenu
	s.drafted(t.Number, fx)
	fx.Focus(ReplyID)
}

// excerpt is the beginning of a quoted message.
func excerpt(text string) string {
	return cut(strings.Join(strings.Fields(text), " "), protocol.MaxExcerptRunes)
}

func (s *State) unquote(_ *bridge.Event, fx *bridge.Effects) {
	if t := s.Current(); t != nil {
		s.Draft(t.Number).Quote = nil
		s.drafted(t.Number, fx)
		fx.Focus(ReplyID)
	}
}

// showQuoted goes to the message that another one quotes, in whatever conversation it is; Arg "POSITION NUMBER".
func (s *State) showQuoted(e *bridge.Event, fx *bridge.Effects) {
	t := s.Current()
	at, in, _ := strings.Cut(e.Arg, " ")
	position, err := strconv.ParseUint(at, 10, 64)
	if t == nil || err != nil {
		return
	}
	to := protocol.Position(position)
	n := number(in)
	if item, where := t.message(to); item != nil && where != t { // shown above
		fx.ScrollTo(ItemID(to), true)
		return
	} else if item != nil {
		n = t.Number
	}
	if n != 0 && n != t.Number {
		s.Go(s.To(n), fx)
		if t = s.Current(); t == nil || t.Number != n {
			return
		}
		t.greet = false
	}
	t.seek, t.roved = to, to
	s.seekItem(t, fx)
}

// tools are the ids of the buttons beside a message, as they stand there.
func (s *State) tools(t *Talk, at protocol.Position) []string {
	all := []string{ReactID(at)}
	if item, _ := t.message(at); item != nil && s.Quotable(t, item) {
		all = append(all, QuoteID(at))
	}
	return append(all, BoltID(at))
}

// QuoteID and BoltID are the ids of the buttons beside a message that quote it and make a quick reply of it.
func QuoteID(at protocol.Position) string { return "quote-" + itoa(int(at)) }
func BoltID(at protocol.Position) string  { return "bolt-" + itoa(int(at)) }

// toolKey moves between the buttons beside a message; Q and L do what two of them are for. Arg "POSITION INDEX".
func (s *State) toolKey(e *bridge.Event, fx *bridge.Effects) {
	t := s.Current()
	at, index := pairOf(e.Arg)
	letter := ""
	if len(e.List) > 0 {
		letter = e.List[0]
	}
	if t == nil {
		fx.Still()
		return
	}
	all := s.tools(t, protocol.Position(at))
	switch {
	case e.A&^bridge.Repeat == 0 && (e.Text == "ArrowRight" || e.Text == "ArrowLeft"):
		by := 1
		if e.Text == "ArrowLeft" {
			by = len(all) - 1
		}
		fx.Prevent()
		fx.Focus(all[(index+by)%len(all)])
	case e.A == 0 && letter == "KeyQ":
		fx.Prevent()
		s.quoteAt(t, protocol.Position(at), fx)
	case e.A == 0 && letter == "KeyL":
		fx.Prevent()
		s.quickOf(t, protocol.Position(at), fx)
	default:
		fx.PassOn()
	}
}

// messageHeld opens a message's menu where a finger rests on it; Arg is its position. A mouse keeps the browser's own.
func (s *State) messageHeld(e *bridge.Event, fx *bridge.Effects) {
	n, err := strconv.ParseUint(e.Arg, 10, 64)
	t := s.Current()
	if t == nil || err != nil || e.Kind == bridge.Kind(vdom.ContextMenu) && e.B != 1 {
		fx.Still()
		return
	}
	fx.Prevent()
	s.Menu, t.Held = MessageMenu, protocol.Position(n)
	fx.Focus(MenuFirstID)
}

// reactHeld opens the emoji of the message whose menu is open.
func (s *State) reactHeld(e *bridge.Event, fx *bridge.Effects) {
	s.Menu = NoMenu
	s.openReact(e, fx)
}

// copyMessage puts a message's text on the clipboard; Arg is its position.
func (s *State) copyMessage(e *bridge.Event, fx *bridge.Effects) {
	t := s.Current()
	n, err := strconv.ParseUint(e.Arg, 10, 64)
	if t == nil || err != nil {
		return
	}
	if item, _ := t.message(protocol.Position(n)); item != nil {
		s.closeMenu(fx)
		fx.CopyText(item.Text)
	}
}
