package conversation

import (
	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/server/desk/team"
	"beseda/store"
)

// Which message a new one may quote. What is stored of a quote is only that; sight.go fills in the rest for who reads.

// quote adds what a message answers: one of the thread that its author may read, and that the other side may too.
func quote(r store.Reader, c call.Call, thread *store.Thread, at protocol.Position, body *protocol.MessageSent) error {
	if at == 0 {
		return nil
	}
	if thread.ID == "" { // who never wrote has nothing to quote
		return protocol.Refuse(protocol.CodeNotFound, "field=quote")
	}
	ch, err := store.Channels.Get(r, store.Text(thread.Channel))
	if err != nil {
		return err
	}
	if !mayQuote(ch.Channel.Quoting, c.IsVisitor()) {
		return protocol.Refuse(protocol.CodeForbidden, "capability=quoting")
	}
	sight := ForVisitor()
	if !c.IsVisitor() {
		sight = ForMember(team.MemberWho(c))
	}
	if err := quotable(r, sight, thread, at); err != nil {
		return err
	}
	body.Quote = &protocol.Quote{Message: at}
	return nil
}

// mayQuote tells whether a side may quote on a channel. Capabilities are said from the team's end.
func mayQuote(of protocol.Capability, visitor bool) bool {
	switch of {
	case protocol.CapabilityNone:
		return false
	case protocol.CapabilityReceive:
		return visitor
	case protocol.CapabilitySend:
		return !visitor
	}
	return true
}

// quotable refuses what is no message, what the reader may not see, and what never reaches the other side.
func quotable(r store.Reader, sight Sight, thread *store.Thread, at protocol.Position) error {
	q := protocol.Quote{Message: at}
	if err := sight.fill(r, thread.ID, &q); err != nil {
		return err
	}
	if q.Gone || q.Actor.Side() == protocol.SideTeam && failure(thread, at) != "" {
		return protocol.Refuse(protocol.CodeNotFound, "field=quote")
	}
	return nil
}

// outrun refuses a reply that was begun before a colleague's, which its author has not seen: last is the newest item
// that they saw, 0 from those who send in any case.
func outrun(r store.Reader, c call.Call, conv *store.Conversation, last protocol.Position) error {
	if last == 0 || c.By.Kind != protocol.ActorOperator || conv.LastMessage <= last {
		return nil
	}
	for item, err := range Backwards(r, conv.Thread, conv.Ranges, last, 0) {
		if err != nil {
			return err
		}
		colleague := item.Actor.Kind == protocol.ActorOperator || item.Actor.Kind == protocol.ActorBot
		if item.Kind == protocol.KindMessageSent && colleague && item.Actor.ID != c.By.ID {
			return protocol.Refuse(protocol.CodeConflict, "new_reply")
		}
	}
	return nil
}

// threadHolding is the thread of a conversation.
func threadHolding(r store.Reader, conv *store.Conversation) (store.Thread, error) {
	return store.Threads.Get(r, store.Text(conv.Thread))
}
