package conversation

import (
	"beseda/protocol"
	"beseda/server/desk/policy"
	"beseda/store"
)

// A wait is the visitor's messages that nobody answered. All of them end at once, by an item: a person's reply, a bot's
// where the policy says so, no-reply-needed, or the status becoming pending or closed. Which item ended which message
// is told by the order of positions, but for one case, a split, and for that the offer keeps the wait of before.

// await lets a visitor's message wait.
func await(conv *store.Conversation, p *policy.Policy, at protocol.Position, now int64) {
	next := store.Wait{From: at, Since: now}
	if conv.Wait != nil {
		next = *conv.Wait
	}
	begins := conv.Wait == nil
	next.Last = now
	conv.Wait = &next
	if begins || p.LastVisitor {
		armReplyTime(conv, p, 0)
	}
}

// answered ends the wait.
func answered(conv *store.Conversation) { conv.Wait, conv.WarnAt, conv.LimitAt = nil, 0, 0 }

// armReplyTime sets when the wait passes warning and limit, with the policies of now; not before a time, for what has
// not happened yet.
func armReplyTime(conv *store.Conversation, p *policy.Policy, earliest int64) {
	conv.WarnAt, conv.LimitAt = 0, 0
	if conv.Wait == nil {
		return
	}
	base := conv.Wait.Since
	if p.LastVisitor {
		base = conv.Wait.Last
	}
	if p.ReplyWarn != 0 {
		conv.WarnAt = base + p.ReplyWarn
		if !conv.Wait.Warned {
			conv.WarnAt = max(conv.WarnAt, earliest, p.WarnResumed+1)
		}
	}
	if p.ReplyLimit != 0 {
		conv.LimitAt = base + p.ReplyLimit
		if !conv.Wait.Exceeded {
			conv.LimitAt = max(conv.LimitAt, earliest, p.LimitResumed+1)
		}
	}
}

// noted marks a wait whose warning or limit is in the log; also the one that a split would bring back, where it began
// with the same message.
func noted(conv *store.Conversation, message protocol.Position, mark func(*store.Wait)) {
	if conv.Wait != nil && conv.Wait.From == message {
		next := *conv.Wait
		mark(&next)
		conv.Wait = &next
	}
	if conv.Offer != nil && conv.Offer.Wait != nil && conv.Offer.Wait.From == message {
		offer, wait := *conv.Offer, *conv.Offer.Wait
		mark(&wait)
		offer.Wait = &wait
		conv.Offer = &offer
	}
}

// earlier is the wait that two become.
func earlier(a, b *store.Wait) *store.Wait {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	case b.From < a.From:
		a, b = b, a
	}
	joined := *a
	joined.Last = max(a.Last, b.Last)
	return &joined
}
