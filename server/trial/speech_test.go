package trial

import (
	"fmt"
	"strings"

	"beseda/protocol"
	"beseda/wasm/link"
)

// speech is what an app says: so many texts, each unlike any other, a few at a time in each of its conversations.
type speech struct {
	who    string
	quota  int // texts still to say
	window int // not stored yet, per conversation
	count  int
	turn   int
	// said is all that was ever said, in order, per lane: 0 for a visitor, else the conversation.
	said map[protocol.Number][]string
}

// speak says as much as the window lets it.
func (a *app) speak() {
	lanes := a.watching
	if a.isVisitor() {
		lanes = []protocol.Number{0}
	}
	for idle := 0; a.speech.quota > 0 && idle < len(lanes); {
		a.speech.turn++
		lane := lanes[a.speech.turn%len(lanes)]
		if a.unsaid(lane) >= a.speech.window {
			idle++
			continue
		}
		idle = 0
		a.speech.quota--
		a.say(lane, a.speech.next())
	}
}

// say sends one text.
func (a *app) say(lane protocol.Number, text string) protocol.CommandID {
	a.speech.said[lane] = append(a.speech.said[lane], text)
	return a.link.Send(now(), a, lane, protocol.KindMessageSend, &protocol.MessageSend{Conversation: lane, Text: text})
}

// unsaid is how many texts of a lane are not stored, as far as the app knows.
func (a *app) unsaid(lane protocol.Number) (n int) {
	for e := range a.link.Outbox {
		if e.Lane == lane && e.State == link.Sending {
			n++
		}
		if e.State == link.Failed || e.State == link.Old {
			a.fault("%s will never be sent: %s %s", e.ID, e.Code, e.Reason)
		}
	}
	return n
}

// silent tells whether all is said and known to be stored.
func (a *app) silent() bool { return a.speech.quota == 0 && a.pending() == 0 }

// pending is how many commands are not done.
func (a *app) pending() (n int) {
	for range a.link.Outbox {
		n++
	}
	return n
}

// next makes a text that names its author and its place, with a tail of a length that varies.
func (s *speech) next() string {
	s.count++
	tail := s.count * s.count % 97
	if s.count%50 == 0 {
		tail = 470
	}
	return strings.TrimSpace(fmt.Sprintf("%s %06d %s", s.who, s.count, strings.Repeat("ты+", tail)))
}
