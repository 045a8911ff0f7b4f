package state

import (
	"beseda/protocol"
	"beseda/wasm/bridge"
)

func within(ranges []protocol.Range, at protocol.Position) bool {
	for i := range ranges {
		if ranges[i].First <= at && at <= ranges[i].Last {
			return true
		}
	}
	return false
}

// erased takes that a conversation is no more: its messages go, and who quotes one says that it is gone.
func (s *State) erased(f *protocol.Frame, fx *bridge.Effects) {
	var body protocol.ConversationErased
	if protocol.DecodeBody(f.Body, &body) != nil || len(body.Ranges) == 0 {
		return
	}
	s.erasures = append(s.erasures, body.Ranges...)
	s.dropErased()
	s.unbar()
	s.say = "" // of whose words it is made nobody knows any more
	fx.Announce("")
	if len(s.Items) == 0 && s.More {
		s.askBefore(body.Ranges[0].First, fx)
	}
	s.askOwn(0, fx) // the newest page comes by itself, what is held of older ones goes
}

// dropErased takes out of what is held what is erased.
func (s *State) dropErased() {
	left := s.Items[:0]
	for i := range s.Items {
		item := &s.Items[i]
		if within(s.erasures, item.Position) {
			continue
		}
		if q := item.Quote; q != nil && within(s.erasures, q.Message) {
			q.Actor, q.Text, q.Gone = nil, "", true
		}
		left = append(left, *item)
	}
	clear(s.Items[len(left):])
	s.Items = left
}
