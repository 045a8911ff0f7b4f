package state

import (
	"strconv"
	"strings"

	"beseda/protocol"
	"beseda/wasm/bridge"
	say "beseda/wasm/words/visitor"
)

const (
	// HistoryID is the id of the button that shows the visitor's conversations, OwnID of what they scroll in.
	HistoryID = "history"
	OwnID     = "conversations"

	// seekPage is how many older items are asked for at once on the way to a certain one.
	seekPage = 200
)

// ending is a conversation that the visitor ends, until that is answered.
type ending struct {
	id     protocol.CommandID
	number protocol.Number
}

// Busy tells whether a conversation is being ended.
func (s *State) Busy(n protocol.Number) bool { return s.ending.id != "" && s.ending.number == n }

// Loading tells that the conversations are asked for, and none are known.
func (s *State) Loading() bool { return len(s.Own) == 0 && s.listing != "" }

// HasHistory tells whether there is a conversation to list.
func (s *State) HasHistory() bool { return len(s.Items) > 0 || len(s.Own) > 0 }

func (s *State) touchedOwn(e *bridge.Event, fx *bridge.Effects) {
	n, _ := strconv.ParseUint(e.Arg, 10, 64)
	number := protocol.Number(n)
	switch e.Handler {
	case OnList:
		if s.Listing = !s.Listing; s.Listing {
			s.Ending, s.EndRefused = 0, ""
			s.unbar()
			s.stopTyping(fx)
			s.askOwn(0, fx)
			fx.Focus(OwnID)
		} else {
			fx.Focus(TextID)
		}
	case OnListAgain:
		s.askOwn(0, fx)
		fx.Focus(OwnID)
	case OnListMore:
		if len(s.Own) > 0 {
			s.askOwn(s.Own[len(s.Own)-1].Number, fx)
		}
	case OnOwn:
		if c := s.own(number); c != nil {
			s.Listing, s.sought = false, c.First
			s.seek(fx)
		}
	case OnSolved:
		s.Ending, s.EndRefused = number, ""
		fx.Focus(SolvedID(number))
	case OnSolvedYes:
		s.Ending = 0
		s.end(number, fx)
		fx.Focus(OwnID)
	case OnSolvedNo:
		s.Ending = 0
		fx.Focus(OwnID)
	case OnWrite:
		s.Listing = false
		fx.Focus(TextID)
	}
}

// SolvedID is the id of the button that confirms the end of a conversation.
func SolvedID(n protocol.Number) string { return "solved" + strconv.FormatUint(uint64(n), 10) }

func (s *State) own(n protocol.Number) *protocol.OwnConversation {
	for i := range s.Own {
		if s.Own[i].Number == n {
			return &s.Own[i]
		}
	}
	return nil
}

// askOwn asks for the visitor's conversations, from the newest or from below one. The answer that is asked for last
// counts.
func (s *State) askOwn(before protocol.Number, fx *bridge.Effects) {
	if s.link == nil {
		return
	}
	s.ListFailed, s.older = false, before != 0
	s.listing = s.link.Ask(s.at, fx, protocol.KindConversationsRead, &protocol.ConversationsRead{Before: before})
}

// listed takes the answer, or the newest page where the server sends that by itself: something of it changed.
func (s *State) listed(f *protocol.Frame) {
	var c protocol.Conversations
	read := protocol.DecodeBody(f.Body, &c) == nil
	switch {
	case f.ID == "" && !read:
		return
	case f.ID == "":
		s.relisted(&c)
	case f.ID != s.listing:
		return
	default:
		s.listing = ""
		if !read {
			s.ListFailed = true
			return
		}
		if s.older {
			c.Conversations = append(s.Own[:len(s.Own):len(s.Own)], c.Conversations...)
		}
	}
	s.Own, s.OwnMore = c.Conversations, c.More
	if s.Ending != 0 && (s.own(s.Ending) == nil || s.own(s.Ending).Status == protocol.Closed) {
		s.Ending = 0
	}
}

// relisted puts below a newest page what is held of older ones.
func (s *State) relisted(c *protocol.Conversations) {
	n := len(c.Conversations)
	if !c.More || n == 0 {
		return
	}
	for i := range s.Own {
		if s.Own[i].Number < c.Conversations[n-1].Number {
			c.Conversations, c.More = append(c.Conversations, s.Own[i:]...), s.OwnMore
			return
		}
	}
}

// end closes a conversation: the visitor's question is solved.
func (s *State) end(number protocol.Number, fx *bridge.Effects) {
	if s.ending.id != "" || s.own(number) == nil {
		return
	}
	s.EndRefused = ""
	s.ending = ending{number: number}
	s.ending.id = s.link.Ask(s.at, fx, protocol.KindConversationClose, &protocol.ConversationClose{Conversation: number})
}

// solved notes that it is closed.
func (s *State) solved(fx *bridge.Effects) {
	if c := s.own(s.ending.number); c != nil {
		c.Activity, c.Status, c.ClosedAt, c.Solved = protocol.Completed, protocol.Closed, s.Now, true
	}
	s.ending = ending{}
	fx.Announce(s.Words.Text(say.SolvedLine) + " " + s.Words.Text(say.SolvedAgain))
	s.askOwn(0, fx)
}

// endRefused tells why not. A conversation that the team gave another number meanwhile is ended under that.
func (s *State) endRefused(r *protocol.Refused, fx *bridge.Effects) {
	number := s.ending.number
	s.ending = ending{}
	if to, ok := strings.CutPrefix(r.Reason, "merged_into="); ok && r.Code == protocol.CodeConflict {
		n, _ := strconv.ParseUint(to, 10, 64)
		if n != 0 && protocol.Number(n) != number {
			s.ending = ending{number: protocol.Number(n)}
			s.ending.id = s.link.Ask(s.at, fx, protocol.KindConversationClose, &protocol.ConversationClose{Conversation: s.ending.number})
			return
		}
	}
	s.EndRefused = r.Code
	if s.EndRefused == "" {
		s.EndRefused = protocol.CodeInternal
	}
	s.askOwn(0, fx)
}

// SolvedBetween tells whether the visitor ended a conversation after one moment and until another; a zero end is now.
func (s *State) SolvedBetween(after, until int64) bool {
	for i := range s.Own {
		if c := &s.Own[i]; c.Solved && c.Status == protocol.Closed && c.ClosedAt >= after && (until == 0 || c.ClosedAt < until) {
			return true
		}
	}
	return false
}

// wroteAgain asks whether what the visitor ended is open again because they wrote.
func (s *State) wroteAgain(fx *bridge.Effects) {
	n := len(s.Items)
	if s.Listing || len(s.Own) == 0 || n > 1 && s.SolvedBetween(s.Items[n-2].At, 0) {
		s.askOwn(0, fx)
	}
}

// seek goes to the item that is sought, once it is here; until then older ones are asked for.
func (s *State) seek(fx *bridge.Effects) {
	if s.sought == 0 || len(s.Items) == 0 {
		return
	}
	if s.Items[0].Position > s.sought && s.More {
		s.askOlder(fx)
		return
	}
	at := len(s.Items) - 1
	for at > 0 && s.Items[at-1].Position >= s.sought {
		at--
	}
	s.Target, s.sought = s.Items[at].Position, 0
	s.Window = max(s.Window, len(s.Items)-at+5) // with a little of what was before
	fx.ScrollTo(ItemID(s.Target), false)
	fx.Focus(LogID)
}

// ItemID is the id of an item's element.
func ItemID(p protocol.Position) string { return "item" + strconv.FormatUint(uint64(p), 10) }

// LastOf is the last message of a conversation, if it is held: messages of another may stand between its own.
func (s *State) LastOf(c *protocol.OwnConversation) *Item {
	for i := len(s.Items) - 1; i >= 0; i-- {
		if item := &s.Items[i]; item.Position == c.Last {
			return item
		}
	}
	return nil
}
