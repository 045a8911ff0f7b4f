package conversation

import (
	"errors"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/store"
)

// Advance moves a party's positions forward. A visitor's are kept per thread, an operator's per conversation; what
// lies beyond the newest item is cut, what lies behind is no change.
func Advance(r store.Reader, c call.Call, cmd *protocol.ReceiptAdvance) (out store.Outcome, err error) {
	if c.IsVisitor() {
		return advanceVisitor(r, c, *cmd)
	}
	conv, err := reach(r, c, cmd.Conversation)
	if err != nil {
		return out, err
	}
	if !conv.mayRead() {
		return out, protocol.Refuse(protocol.CodeForbidden, "")
	}
	return out, advanceOperator(r, c, &conv.Conversation, *cmd, &out)
}

func advanceVisitor(r store.Reader, c call.Call, to protocol.ReceiptAdvance) (store.Outcome, error) {
	visitor, err := store.Visitors.Get(r, store.Text(c.By.ID))
	if err != nil {
		return store.Outcome{}, notFound(err)
	}
	thread, err := store.Threads.Get(r, store.Text(visitor.Thread))
	if err != nil || thread.Latest == 0 {
		return store.Outcome{}, err
	}
	conv, err := store.Conversations.Get(r, store.Num(thread.Latest))
	if err != nil {
		return store.Outcome{}, err
	}
	old, err := receiptOf(r, store.VisitorReads.Key(store.Text(thread.ID)))
	if err != nil {
		return store.Outcome{}, err
	}
	next, moved := forward(old, to, conv.LastPosition, c.Now)
	if !moved {
		return store.Outcome{}, nil
	}
	return store.Outcome{Events: []protocol.Frame{event(c, protocol.KindReceiptAdvanced, thread.ID, 0,
		&protocol.ReceiptAdvanced{Side: protocol.SideVisitor, Delivered: next.Delivered, Read: next.Read})}}, nil
}

// advanceOperator keeps the operator's own position as a private fact, and tells it as an event only where it shows
// the visitor something new: that somebody of the team has what they wrote.
func advanceOperator(r store.Reader, c call.Call, conv *store.Conversation, to protocol.ReceiptAdvance, out *store.Outcome) error {
	id := c.Operator()
	key := store.OperatorReads.Key(store.Text(id), store.Num(conv.Number))
	old, err := receiptOf(r, key)
	if err != nil {
		return err
	}
	next, moved := forward(old, to, conv.LastPosition, c.Now)
	if !moved {
		return nil
	}
	value, err := store.OperatorReads.Encode(next)
	if err != nil {
		return err
	}
	out.Private = append(out.Private, store.Write{Key: key, Value: value})
	ev := event(c, protocol.KindReceiptAdvanced, conv.Thread, conv.Number, &protocol.ReceiptAdvanced{
		Side: protocol.SideTeam, Conversation: conv.Number, Operator: id, Delivered: next.Delivered, Read: next.Read,
	})
	// Only what a visitor wrote can be news to them.
	if min(next.Read, conv.LastVisitor) > conv.TeamRead || min(next.Delivered, conv.LastVisitor) > conv.TeamDelivered {
		ev = event(c, protocol.KindReceiptAdvanced, conv.Thread, conv.Number, &protocol.ReceiptAdvanced{
			Side: protocol.SideTeam, Conversation: conv.Number, Operator: id, Delivered: next.Delivered, Read: next.Read,
			Ranges: rangesOf(conv),
		})
		out.Events = append(out.Events, ev)
	} else {
		out.Notices = append(out.Notices, ev)
	}
	return nil
}

// forward is the greater of both, bounded by the newest item; read implies delivered.
func forward(old store.Receipt, to protocol.ReceiptAdvance, newest protocol.Position, now int64) (store.Receipt, bool) {
	read := min(to.Read, newest)
	delivered := max(min(to.Delivered, newest), read)
	next := old
	if delivered > old.Delivered {
		next.Delivered, next.DeliveredAt = delivered, now
	}
	if read > old.Read {
		next.Read, next.ReadAt = read, now
	}
	return next, next != old
}

func receiptOf(r store.Reader, key []byte) (store.Receipt, error) {
	value, err := r.Get(key)
	if errors.Is(err, store.ErrNotFound) {
		return store.Receipt{}, nil
	}
	if err != nil {
		return store.Receipt{}, err
	}
	return store.VisitorReads.Decode(key, value)
}

// Receipts reads how far both sides of a thread are: the visitor's positions, and the team's per conversation.
func Receipts(r store.Reader, thread protocol.ThreadID) ([]protocol.ReceiptAdvanced, error) {
	t, err := store.Threads.Get(r, store.Text(thread))
	if err != nil {
		return nil, err
	}
	seen, err := receiptOf(r, store.VisitorReads.Key(store.Text(thread)))
	if err != nil {
		return nil, err
	}
	out := []protocol.ReceiptAdvanced{{Side: protocol.SideVisitor, Delivered: seen.Delivered, Read: seen.Read}}
	for _, n := range t.Numbers {
		conv, err := store.Conversations.Get(r, store.Num(n))
		if err != nil {
			return nil, err
		}
		if conv.Tombstone() {
			continue // its survivor speaks of its items, if it has any
		}
		out = append(out, protocol.ReceiptAdvanced{
			Side: protocol.SideTeam, Conversation: n, Delivered: conv.TeamDelivered, Read: conv.TeamRead,
			Ranges: rangesOf(&conv),
		})
	}
	return out, nil
}

// rangesOf is what a conversation holds, for a visitor, who does not hear of splits and merges.
func rangesOf(conv *store.Conversation) []protocol.Range {
	var all []protocol.Range
	for _, span := range conv.Ranges {
		all = append(all, protocol.Range{First: span.First, Last: span.Last})
	}
	return all
}

// Waiting counts the team's messages that the visitor of a thread has not read, up to the cap.
func Waiting(r store.Reader, thread protocol.ThreadID) (int, error) {
	seen, err := receiptOf(r, store.VisitorReads.Key(store.Text(thread)))
	if err != nil {
		return 0, err
	}
	items, _, err := Newest(r, thread, Whole(), seen.Read, 0, protocol.UnreadCap, ForVisitor())
	if err != nil {
		return 0, err
	}
	count := 0
	for _, item := range items {
		if item.Actor.Side() == protocol.SideTeam {
			count++
		}
	}
	return count, nil
}

// ReadBy is how far an operator has read a conversation, and whether they marked it; false where they have no position
// of their own.
func ReadBy(r store.Reader, who protocol.OperatorID, n protocol.Number) (store.Receipt, bool, error) {
	own, err := store.OperatorReads.Get(r, store.Text(who), store.Num(n))
	if errors.Is(err, store.ErrNotFound) {
		return store.Receipt{}, false, nil
	}
	return own, err == nil && own.Delivered != 0, err // without positions it is a mark alone
}

// keepRead adds an operator's position and mark to what is written; what says neither is removed.
func keepRead(out *store.Outcome, who protocol.OperatorID, n protocol.Number, own store.Receipt) error {
	if own == (store.Receipt{}) {
		out.Private = append(out.Private, store.Write{Key: store.OperatorReads.Key(store.Text(who), store.Num(n))})
		return nil
	}
	value, err := store.OperatorReads.Encode(own)
	out.Private = append(out.Private, store.Write{Key: store.OperatorReads.Key(store.Text(who), store.Num(n)), Value: value})
	return err
}

// firstUnread is the first visitor's item after a position; 0 where there is none.
func firstUnread(r store.Reader, conv *store.Conversation, read protocol.Position) (protocol.Position, error) {
	if conv.LastVisitor <= read {
		return 0, nil
	}
	for item, err := range forwards(r, conv.Thread, conv.Ranges, read) {
		if err != nil || Unread(&item) {
			return item.Position, err
		}
	}
	return 0, nil
}

// Unread tells whether an item counts as unread: a visitor's message or reaction.
func Unread(item *protocol.Frame) bool {
	return item.Actor.Side() == protocol.SideVisitor &&
		(item.Kind == protocol.KindMessageSent || item.Kind == protocol.KindReactionAdded)
}
