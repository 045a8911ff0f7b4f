package conversation

import (
	"errors"
	"slices"
	"strconv"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/server/desk/contact"
	"beseda/store"
)

// React puts an emoji on a message, or takes it back. It changes no state and begins no wait, and what it leaves is a
// note in the conversation that holds the message. One person has an emoji on a message once: again has no effect.
func React(r store.Reader, c call.Call, number protocol.Number, at protocol.Position, emoji string, on bool) (store.Outcome, error) {
	conv, err := reactable(r, c, number, at)
	if err != nil {
		return store.Outcome{}, err
	}
	had, err := store.Reactions.Get(r, reactionKey(conv.Thread, at, &c.By, emoji)...)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return store.Outcome{}, err
	}
	if has := err == nil && !had.Reaction.Withdrawn; has == on {
		return store.Outcome{}, nil
	}
	if on && err != nil { // a new one
		if err := mayAddMore(r, conv.Thread, at, &c.By); err != nil {
			return store.Outcome{}, err
		}
	}
	ev := event(c, protocol.KindReactionWithdrawn, conv.Thread, conv.Number, &protocol.ReactionWithdrawn{Message: at, Emoji: emoji})
	if on {
		ev = event(c, protocol.KindReactionAdded, conv.Thread, conv.Number, &protocol.ReactionAdded{Message: at, Emoji: emoji})
	}
	return store.Outcome{Events: []protocol.Frame{ev}}, nil
}

// mayAddMore bounds what one person ever hangs on one message: every page of history carries it, erasing walks it.
func mayAddMore(r store.Reader, thread protocol.ThreadID, at protocol.Position, by *protocol.Actor) error {
	count := 0
	for _, err := range store.Reactions.Scan(r, store.Reactions.Under(reactionKey(thread, at, by, "")[:3]...)) {
		if err != nil {
			return err
		}
		count++
	}
	if count >= protocol.MaxReactions {
		return protocol.Refuse(protocol.CodeConflict, "limit="+strconv.Itoa(protocol.MaxReactions))
	}
	return nil
}

// reactable finds the conversation that holds a message. A visitor reacts in their own thread, the team where it may
// write, since the visitor sees it.
func reactable(r store.Reader, c call.Call, number protocol.Number, at protocol.Position) (store.Conversation, error) {
	var thread protocol.ThreadID
	if c.IsVisitor() {
		own, known, err := threadOf(r, c)
		if err != nil {
			return store.Conversation{}, err
		}
		if !known {
			return store.Conversation{}, protocol.Refuse(protocol.CodeNotFound, "")
		}
		if err := contact.Passable(r, own.Contact); err != nil {
			return store.Conversation{}, err
		}
		thread = own.ID
	} else {
		conv, err := findToWrite(r, c, number)
		if err != nil {
			return store.Conversation{}, err
		}
		if err := passes(r, &conv.Conversation); err != nil {
			return store.Conversation{}, err
		}
		thread = conv.Thread
	}
	item, err := store.Items.Get(r, store.Text(thread), store.Num(at))
	if err != nil {
		return store.Conversation{}, notFound(err)
	}
	if item.Kind != protocol.KindMessageSent {
		return store.Conversation{}, protocol.Refuse(protocol.CodeNotFound, "")
	}
	conv, err := Holding(r, thread, at)
	if err == nil && !c.IsVisitor() && conv.Number != number {
		err = protocol.Refuse(protocol.CodeNotFound, "") // of a conversation that was not asked about
	}
	return conv, notFound(err)
}

func reactionKey(thread protocol.ThreadID, at protocol.Position, by *protocol.Actor, emoji string) []store.Part {
	return []store.Part{store.Text(thread), store.Num(at), store.Text(string(by.Kind) + ":" + by.ID), store.Text(emoji)}
}

// applyReaction keeps what hangs on a message.
func applyReaction(tx store.Tx, ev *protocol.Frame) error {
	var body protocol.ReactionAdded // both have its shape
	if err := protocol.DecodeBody(ev.Body, &body); err != nil {
		return err
	}
	if body.Emoji == "" { // its message is erased, and the log is replayed
		return nil
	}
	return store.Reactions.Put(tx, store.Reaction{
		Reaction: protocol.Reaction{Message: body.Message, Emoji: body.Emoji, Actor: *ev.Actor,
			Withdrawn: ev.Kind == protocol.KindReactionWithdrawn},
		Changed: ev.Position,
	}, reactionKey(ev.Thread, body.Message, ev.Actor, body.Emoji)...)
}

// Reactions lists what hangs on the messages among items, and, where after is not 0, what changed after it on earlier
// ones of the ranges, taken back or not: for a client that holds those already.
func Reactions(r store.Reader, thread protocol.ThreadID, ranges []store.Span, items []protocol.Frame, after protocol.Position) ([]protocol.Reaction, error) {
	row, err := store.Threads.Get(r, store.Text(thread))
	if err != nil {
		return nil, err
	}
	var out []protocol.Reaction
	for v, err := range store.Reactions.Scan(r, store.Reactions.Under(store.Text(thread))) {
		if err != nil {
			return nil, err
		}
		_, shown := slices.BinarySearchFunc(items, v.Reaction.Message, func(item protocol.Frame, at protocol.Position) int {
			return int(item.Position) - int(at)
		})
		missed := after != 0 && v.Reaction.Message <= after && v.Changed > after && store.Within(ranges, v.Reaction.Message) &&
			!store.Within(row.Erased, v.Reaction.Message)
		if shown && !v.Reaction.Withdrawn || !shown && missed {
			out = append(out, v.Reaction)
		}
	}
	return out, nil
}
