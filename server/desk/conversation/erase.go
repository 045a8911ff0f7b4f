package conversation

import (
	"errors"
	"slices"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/store"
)

// A conversation is erased in two strides. The event makes it a tombstone: from then on none of its items is in any
// view, whether or not it is still stored. Then its items lose their content, so many at a time, because a conversation
// may have more of them than one commit takes; the first go with the event.
//
// What remains of an item is its row of the log without what was said: kind, author, time, and what later events were
// applied by (who was assigned, where a split was). So a replay comes to the same, and applying an event never asks for
// the content of an item, but for those of the conversation that it makes a row of.

const (
	// eraseStep is how many items lose their content in one commit, of which each may have ten files.
	eraseStep = 100
	// eraseWrites ends a step early: on one message visitors may have hung more reactions than a commit takes.
	eraseWrites = 1000
	// erasedReactions is how many go with the event; the others go with the messages they hang on.
	erasedReactions = 500
)

// Erase overwrites a conversation's content, or what of it one commit takes, and leaves a tombstone.
func Erase(r store.Reader, c call.Call, cmd *protocol.ConversationDelete) (out store.Outcome, err error) {
	conv, err := findToRead(r, c, cmd.Conversation)
	if err != nil {
		return out, err
	}
	out.Events = []protocol.Frame{event(c, protocol.KindConversationErased, conv.Thread, conv.Number,
		&protocol.ConversationErased{Ranges: rangesOf(&conv.Conversation)})}
	if err := erasePersonal(r, c.Now, conv.Number, &out); err != nil {
		return out, err
	}
	_, err = overwrite(r, conv.Thread, conv.Ranges, &out)
	return out, err
}

// erasePersonal removes everybody's draft, with the files that it holds, their position and mark.
func erasePersonal(r store.Reader, now int64, number protocol.Number, out *store.Outcome) error {
	for o, err := range store.Operators.Scan(r, store.Operators.Under()) {
		if err != nil {
			return err
		}
		if _, err := store.OperatorReads.Get(r, store.Text(o.ID), store.Num(number)); err == nil {
			out.Private = append(out.Private, store.Write{Key: store.OperatorReads.Key(store.Text(o.ID), store.Num(number))})
		} else if !errors.Is(err, store.ErrNotFound) {
			return err
		}
		draft, err := draftOf(r, o.ID, number)
		if err != nil {
			return err
		}
		for _, a := range draft.Attachments {
			out.Private = append(out.Private, store.Write{Key: store.Uploads.Key(store.Text(a.ID))})
		}
		if err := keepDraft(r, now, o.ID, number, store.Draft{}, out); err != nil {
			return err
		}
	}
	return nil
}

// EraseMore takes the content of more items of an erased conversation; it does nothing where none is left.
func EraseMore(r store.Reader, number protocol.Number) (out store.Outcome, more bool, err error) {
	e, err := store.Erasures.Get(r, store.Num(number))
	if errors.Is(err, store.ErrNotFound) {
		return out, false, nil
	}
	if err != nil {
		return out, false, err
	}
	more, err = overwrite(r, e.Thread, e.Ranges, &out)
	return out, more, err
}

// overwrite takes the content of the first items that lie in ranges, with what hangs on them. more tells that there are
// others.
func overwrite(r store.Reader, thread protocol.ThreadID, ranges []store.Span, out *store.Outcome) (more bool, err error) {
	count := 0
	for item, err := range forwards(r, thread, ranges, 0) {
		if err != nil || count == eraseStep {
			return true, err
		}
		count++
		whole, err := overwriteItem(r, item, ranges, out)
		if err != nil || !whole {
			return true, err
		}
	}
	return false, nil
}

// overwriteItem takes the content of one. It is not whole where the step is full before all that hangs on it is gone:
// then the item stays for the next.
func overwriteItem(r store.Reader, item protocol.Frame, ranges []store.Span, out *store.Outcome) (whole bool, err error) {
	if item.Kind == protocol.KindMessageSent {
		var body protocol.MessageSent
		if err := protocol.DecodeBody(item.Body, &body); err != nil {
			return false, err
		}
		for _, a := range body.Attachments {
			out.Overwrites = append(out.Overwrites, store.Write{Key: store.Attachments.Key(store.Text(a.ID))})
		}
		for e, err := range r.Scan(store.Reactions.Under(store.Text(item.Thread), store.Num(item.Position))) {
			if err != nil || len(out.Overwrites) >= eraseWrites {
				return false, err
			}
			out.Overwrites = append(out.Overwrites, store.Write{Key: slices.Clone(e.Key)})
		}
	}
	bare, judged := contentOf[item.Kind]
	if !judged { // what nobody has judged keeps nothing
		bare = bareBody
	}
	if bare != nil {
		if err := bare(&item, ranges); err != nil {
			return false, err
		}
	}
	writes, err := store.EraseItem(item)
	out.Overwrites = append(out.Overwrites, writes...)
	return true, err
}

// contentOf says of every kind of item how what somebody wrote or chose is taken out of it; nil where it has only states,
// numbers, times and names of the team, by which others may have been applied. ranges are what is erased.
var contentOf = map[protocol.Kind]func(item *protocol.Frame, ranges []store.Span) error{
	protocol.KindMessageSent: bareBody,
	protocol.KindNoteAdded:   bareBody,
	protocol.KindSubjectSet:  bareBody,
	protocol.KindConversationSplit: func(item *protocol.Frame, _ []store.Span) error {
		return with(item, func(body *protocol.ConversationSplit) {
			body.Subject = ""
			item.Body = protocol.EncodeBody(body)
		})
	},
	protocol.KindReactionAdded:           bareReaction,
	protocol.KindReactionWithdrawn:       bareReaction,
	protocol.KindConversationStarted:     nil,
	protocol.KindConversationClosed:      nil,
	protocol.KindConversationReopened:    nil,
	protocol.KindConversationAssigned:    nil,
	protocol.KindConversationCompleted:   nil,
	protocol.KindConversationReactivated: nil,
	protocol.KindConversationMerged:      nil,
	protocol.KindStatusSet:               nil,
	protocol.KindCompletionPostponed:     nil,
	protocol.KindReplyWaived:             nil,
	protocol.KindContactBlocked:          nil,
	protocol.KindContactUnblocked:        nil,
}

// Judged tells whether it is known what of a kind of item is content.
func Judged(kind protocol.Kind) bool { _, ok := contentOf[kind]; return ok }

func bareBody(item *protocol.Frame, _ []store.Span) error {
	item.Body = nil
	return nil
}

// bareReaction leaves the emoji on a message that is not erased: it is that one's, which shows it.
func bareReaction(item *protocol.Frame, ranges []store.Span) error {
	return with(item, func(body *protocol.ReactionAdded) { // both have its shape
		if store.Within(ranges, body.Message) {
			body.Emoji = ""
			item.Body = protocol.EncodeBody(body)
		}
	})
}

// applyErased leaves a tombstone: who could see the conversation may see that it was there.
func applyErased(tx store.Tx, ev *protocol.Frame) error {
	conv, err := store.Conversations.Get(tx, store.Num(ev.Conversation))
	if err != nil {
		return err
	}
	thread, err := store.Threads.Get(tx, store.Text(conv.Thread))
	if err != nil {
		return err
	}
	if err := release(tx, conv.Assignee, conv.Number); err != nil {
		return err
	}
	if err := dropReactions(tx, &conv); err != nil {
		return err
	}
	grave := store.Conversation{
		Number: conv.Number, Thread: conv.Thread, Channel: conv.Channel, Visitor: conv.Visitor, Contact: conv.Contact,
		Activity: protocol.Completed, Status: protocol.Closed, Assignee: conv.Assignee, Former: conv.Former,
		StartedAt: conv.StartedAt, StatusSince: ev.At, ClosedAt: conv.ClosedAt, LastAt: ev.At, ErasedAt: ev.At,
	}
	if err := store.Conversations.Put(tx, grave, store.Num(grave.Number)); err != nil {
		return err
	}
	erasure := store.Erasure{Number: conv.Number, Thread: conv.Thread, Ranges: conv.Ranges, At: ev.At}
	if err := store.Erasures.Put(tx, erasure, store.Num(erasure.Number)); err != nil {
		return err
	}
	thread.Erased, thread.Erasure = joined(thread.Erased, conv.Ranges), ev.Position
	if thread.Active == conv.Number {
		thread.Active = 0
	}
	if thread.Latest == conv.Number {
		if thread.Latest, err = latest(tx, &thread); err != nil {
			return err
		}
	}
	return store.Threads.Put(tx, thread, store.Text(thread.ID))
}

// dropReactions removes what hangs on a conversation's messages: a reaction may have been put there by an event that is
// another's.
func dropReactions(tx store.Tx, conv *store.Conversation) error {
	var gone [][]byte
	for e, err := range tx.Scan(store.Reactions.Under(store.Text(conv.Thread))) {
		if err != nil {
			return err
		}
		reaction, err := store.Reactions.Decode(e.Key, e.Value)
		if err != nil {
			return err
		}
		if store.Within(conv.Ranges, reaction.Reaction.Message) {
			gone = append(gone, slices.Clone(e.Key))
		}
		if len(gone) == erasedReactions {
			break
		}
	}
	for _, key := range gone {
		if err := tx.Delete(key); err != nil {
			return err
		}
	}
	return nil
}

// joined is all positions of two lists of spans, ascending, as few spans as they make.
func joined(a, b []store.Span) []store.Span {
	all := slices.Concat(a, b)
	slices.SortFunc(all, func(x, y store.Span) int {
		if x.First < y.First {
			return -1
		}
		return 1
	})
	out := all[:0]
	for _, span := range all {
		if n := len(out); n > 0 && out[n-1].Last+1 >= span.First {
			out[n-1].Last = max(out[n-1].Last, span.Last)
			continue
		}
		out = append(out, span)
	}
	return out
}

// latest is the conversation with the newest item that is left; 0 for none.
func latest(r store.Reader, thread *store.Thread) (n protocol.Number, err error) {
	newest := protocol.Position(0)
	for _, number := range thread.Numbers {
		conv, err := store.Conversations.Get(r, store.Num(number))
		if err != nil {
			return 0, err
		}
		if !conv.Tombstone() && conv.LastPosition > newest {
			n, newest = number, conv.LastPosition
		}
	}
	return n, nil
}

// grows tells whether a conversation's last range may take the next item of the thread: no item of another, nor one that
// was erased, lies between.
func grows(conv *store.Conversation, thread *store.Thread) bool {
	n := len(conv.Ranges)
	if n == 0 || thread.Latest != conv.Number {
		return false
	}
	e := len(thread.Erased)
	return e == 0 || thread.Erased[e-1].Last < conv.Ranges[n-1].Last
}

// Purged are the events that conversations have left the store's files, which somebody has seen to.
func Purged(r store.Reader, now int64, numbers []protocol.Number) (out store.Outcome, err error) {
	c := call.Call{By: protocol.Actor{Kind: protocol.ActorTimer}, Now: now}
	for _, n := range numbers {
		e, err := store.Erasures.Get(r, store.Num(n))
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return out, err
		}
		out.Events = append(out.Events, event(c, protocol.KindConversationPurged, e.Thread, n, &protocol.ConversationPurged{}))
	}
	return out, nil
}

func applyPurged(tx store.Tx, ev *protocol.Frame) error {
	conv, err := store.Conversations.Get(tx, store.Num(ev.Conversation))
	if err != nil {
		return err
	}
	conv.PurgedAt = ev.At
	if err := store.Conversations.Put(tx, conv, store.Num(conv.Number)); err != nil {
		return err
	}
	return store.Erasures.Delete(tx, store.Num(conv.Number))
}

// gone is how a command to an erased conversation is refused: screens show which of the two it is.
func gone(conv *store.Conversation) error {
	if conv.PurgedAt == 0 {
		return protocol.Refuse(protocol.CodeNotFound, "erasing")
	}
	return protocol.Refuse(protocol.CodeNotFound, "erased")
}

// ErasedSince tells whether something of a thread was erased after a position: whoever knows the thread up to there
// begins afresh.
func ErasedSince(r store.Reader, id protocol.ThreadID, after protocol.Position) (bool, error) {
	thread, err := store.Threads.Get(r, store.Text(id))
	return thread.Erasure > after, err
}
