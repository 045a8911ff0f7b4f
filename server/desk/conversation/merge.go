package conversation

import (
	"cmp"
	"slices"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/server/desk/policy"
	"beseda/server/desk/team"
	"beseda/store"
)

// Merge gives a conversation's messages to its predecessor: state-machine §6.2. Nothing becomes read by it.
func Merge(r store.Reader, c call.Call, cmd *protocol.ConversationMerge) (out store.Outcome, err error) {
	x, err := findToWrite(r, c, cmd.Conversation)
	if err != nil {
		return out, err
	}
	p, err := mergeable(r, &x, cmd.Into)
	if err != nil {
		return out, err
	}
	state := survives(p, &x.Conversation)
	body := protocol.ConversationMerged{From: x.Number, Activity: state.Activity, Status: state.Status}
	for _, who := range []protocol.OperatorID{x.Assignee, p.Assignee} {
		if who == "" || body.Assignee != "" {
			continue
		}
		o, err := store.Operators.Get(r, store.Text(who))
		if err != nil {
			return out, err
		}
		if o.State == protocol.OperatorActive {
			body.Assignee, body.AssigneeName = o.ID, o.Name
		}
	}
	out.Events = []protocol.Frame{event(c, protocol.KindConversationMerged, p.Thread, p.Number, &body)}
	return out, mergeReads(r, c.Now, p, &x.Conversation, body.Assignee, &out)
}

// mergeable finds the predecessor that a conversation may be merged into. Whether the caller may read it is asked last.
func mergeable(r store.Reader, x *addressed, into protocol.Number) (*store.Conversation, error) {
	if x.Status == protocol.Closed {
		return nil, protocol.Refuse(protocol.CodeConflict, "")
	}
	p, err := Previous(r, x.Thread, x.Number)
	switch {
	case err != nil:
		return nil, err
	case p == nil:
		return nil, protocol.Refuse(protocol.CodeConflict, "")
	case p.Number != into:
		return nil, protocol.Refuse(protocol.CodeConflict, "changed")
	case p.Contact != x.Contact:
		return nil, protocol.Refuse(protocol.CodeConflict, "contact")
	}
	held, err := team.HeldUnder(r, p, &x.policy)
	if err == nil && !team.MayRead(x.member, held) {
		err = protocol.Refuse(protocol.CodeForbidden, "")
	}
	return p, err
}

// survives is the state of what two become: that of the merged one, but what is active stays active.
func survives(p, x *store.Conversation) State {
	if p.Activity == protocol.Active && x.Activity != protocol.Active {
		return stateOf(p)
	}
	return stateOf(x)
}

// mergeReads keeps for every operator the later of both positions, but none beyond what is unread in either, and joins
// what they have not sent.
func mergeReads(r store.Reader, now int64, p, x *store.Conversation, assignee protocol.OperatorID, out *store.Outcome) error {
	for o, err := range store.Operators.Scan(r, store.Operators.Under()) {
		if err != nil {
			return err
		}
		if err := moveDraft(r, now, o.ID, x.Number, p.Number, out); err != nil {
			return err
		}
		inP, knowsP, err := ReadBy(r, o.ID, p.Number)
		if err != nil {
			return err
		}
		inX, knowsX, err := ReadBy(r, o.ID, x.Number)
		if err != nil {
			return err
		}
		if knowsX || inX.Marked {
			out.Private = append(out.Private, store.Write{Key: store.OperatorReads.Key(store.Text(o.ID), store.Num(x.Number))})
		}
		if !knowsP && !knowsX {
			if o.ID != assignee {
				if inX.Marked {
					if err := keepRead(out, o.ID, p.Number, store.Receipt{Marked: true}); err != nil {
						return err
					}
				}
				continue
			}
			inP.Read, inX.Read = beginsAt(p), beginsAt(x)
			inP.Delivered, inX.Delivered = inP.Read, inX.Read
		} else {
			floor(&inP, knowsP, o.CreatedPos)
			floor(&inX, knowsX, o.CreatedPos)
		}
		next := store.Receipt{
			Delivered: max(inP.Delivered, inX.Delivered), DeliveredAt: max(inP.DeliveredAt, inX.DeliveredAt),
			Read: max(inP.Read, inX.Read), ReadAt: max(inP.ReadAt, inX.ReadAt),
			Marked: inP.Marked || inX.Marked,
		}
		for _, one := range []struct {
			conv *store.Conversation
			read protocol.Position
		}{{p, inP.Read}, {x, inX.Read}} {
			unread, err := firstUnread(r, one.conv, one.read)
			if err != nil {
				return err
			}
			if unread != 0 {
				next.Read = min(next.Read, unread-1)
			}
		}
		if err := keepRead(out, o.ID, p.Number, next); err != nil {
			return err
		}
	}
	return nil
}

// floor is where reading begins for an operator without a position of their own.
func floor(r *store.Receipt, known bool, created protocol.Position) {
	if !known {
		r.Read, r.Delivered = created, created
	}
}

// beginsAt is where a new assignee begins to read: before the wait, or at the end.
func beginsAt(conv *store.Conversation) protocol.Position {
	if conv.Wait != nil {
		return conv.Wait.From - 1
	}
	return conv.LastPosition
}

// applyMerged gives a conversation's ranges to its predecessor and leaves a tombstone.
func applyMerged(tx store.Tx, ev *protocol.Frame) error {
	var body protocol.ConversationMerged
	if err := protocol.DecodeBody(ev.Body, &body); err != nil {
		return err
	}
	p, err := store.Conversations.Get(tx, store.Num(ev.Conversation))
	if err != nil {
		return err
	}
	x, err := store.Conversations.Get(tx, store.Num(body.From))
	if err != nil {
		return err
	}
	thread, err := store.Threads.Get(tx, store.Text(p.Thread))
	if err != nil {
		return err
	}
	rules, err := policyOf(tx, &p)
	if err != nil {
		return err
	}
	for _, conv := range []*store.Conversation{&p, &x} {
		expire(conv, &rules, ev.At)
		if err := release(tx, conv.Assignee, conv.Number); err != nil {
			return err
		}
	}
	grave := store.Conversation{
		Number: x.Number, Thread: x.Thread, Channel: x.Channel, Visitor: x.Visitor, Contact: x.Contact,
		Activity: protocol.Completed, Status: protocol.Closed, StartedAt: x.StartedAt, StatusSince: ev.At, LastAt: ev.At,
		MergedInto: p.Number, MergedAt: x.Ranges[0].First,
	}
	if err := store.Conversations.Put(tx, grave, store.Num(grave.Number)); err != nil {
		return err
	}
	join(&p, &x, &body, &rules, ev.At)
	if err := hold(tx, &p); err != nil {
		return err
	}
	if thread.Latest == x.Number {
		thread.Latest = p.Number
	}
	if thread.Active == x.Number {
		thread.Active = 0
	}
	thread.Merged++
	if err := store.Threads.Put(tx, thread, store.Text(thread.ID)); err != nil {
		return err
	}
	return extend(tx, ev, &p, &thread)
}

// join makes one row of two.
func join(p, x *store.Conversation, body *protocol.ConversationMerged, rules *policy.Policy, now int64) {
	lives := p // the one whose time to completion runs on
	if p.Activity != protocol.Active {
		lives = x
	}
	deadline, announce, announced, assigned := lives.Deadline, lives.AnnounceAt, lives.Announced, lives.Assignee != ""
	p.HeldUntil = max(p.HeldUntil, x.HeldUntil)

	gone := p.Assignee
	if p.Assignee == body.Assignee {
		gone = ""
	}
	p.Former = former(slices.Concat(p.Former, x.Former), gone, body.Assignee)
	slices.Sort(p.Former)
	p.Former = slices.Compact(p.Former)
	p.Assignee = body.Assignee

	if p.Status != body.Status {
		p.Status, p.StatusSince = body.Status, now
	}
	p.Activity, p.Offer, p.Solved = body.Activity, nil, false
	p.Wait = earlier(p.Wait, x.Wait)
	armReplyTime(p, rules, now)
	if p.FailAt == 0 || x.FailAt != 0 && x.FailAt < p.FailAt {
		p.FailAt = x.FailAt
	}
	if p.Activity == protocol.Active {
		p.Deadline, p.AnnounceAt, p.Announced = deadline, announce, announced
		if deadline == 0 {
			armIdle(p, rules, now)
		}
		rearmIdle(p, rules, assigned, now)
	} else {
		disarmIdle(p)
	}

	p.Ranges = slices.Concat(p.Ranges, x.Ranges)
	slices.SortFunc(p.Ranges, func(a, b store.Span) int { return cmp.Compare(a.First, b.First) })
	if p.Subject == "" {
		p.Subject = x.Subject
	}
	if p.LastMessage == 0 {
		p.Title = x.Title
	}
	if x.LastMessage > p.LastMessage {
		p.LastMessage, p.LastActor, p.LastText, p.LastAttachment = x.LastMessage, x.LastActor, x.LastText, x.LastAttachment
	}
	p.LastAt = max(p.LastAt, x.LastAt)
	p.LastVisitor, p.LastInbound = max(p.LastVisitor, x.LastVisitor), max(p.LastInbound, x.LastInbound)
	p.TeamDelivered, p.TeamRead = max(p.TeamDelivered, x.TeamDelivered), max(p.TeamRead, x.TeamRead)
}
