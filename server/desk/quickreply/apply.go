package quickreply

import (
	"errors"
	"fmt"
	"slices"

	"beseda/protocol"
	"beseda/store"
)

// Apply keeps quick replies, and what hangs on them.
func Apply(tx store.Tx, ev *protocol.Frame) error {
	switch ev.Kind {
	case protocol.KindQuickReplySet:
		var body protocol.QuickReplySet
		if err := protocol.DecodeBody(ev.Body, &body); err != nil {
			return err
		}
		return applySet(tx, &body.QuickReply)
	case protocol.KindQuickReplyDeleted:
		var body protocol.QuickReplyDeleted
		if err := protocol.DecodeBody(ev.Body, &body); err != nil {
			return err
		}
		return remove(tx, &protocol.QuickReply{ID: body.QuickReply, Shared: body.Shared, Owner: body.Owner}, nil)
	}
	return fmt.Errorf("no view for %s", ev.Kind)
}

func applySet(tx store.Tx, q *protocol.QuickReply) error {
	for _, shared := range []bool{true, false} { // where it was before
		if err := remove(tx, &protocol.QuickReply{ID: q.ID, Shared: shared, Owner: q.Owner}, q.Attachments); err != nil {
			return err
		}
	}
	for _, a := range q.Attachments {
		if err := store.Attachments.Put(tx, store.Attachment{Attachment: a, QuickReply: q.ID}, store.Text(a.ID)); err != nil {
			return err
		}
	}
	return store.QuickReplies.Put(tx, store.QuickReply{QuickReply: *q}, store.Text(scopeOf(q)), store.Text(q.ID))
}

// remove takes one away, and what hangs on it but is not kept.
func remove(tx store.Tx, at *protocol.QuickReply, kept []protocol.Attachment) error {
	scope := scopeOf(at)
	old, err := store.QuickReplies.Get(tx, store.Text(scope), store.Text(at.ID))
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, a := range old.QuickReply.Attachments {
		if slices.ContainsFunc(kept, func(k protocol.Attachment) bool { return k.ID == a.ID }) {
			continue
		}
		if err := store.Attachments.Delete(tx, store.Text(a.ID)); err != nil {
			return err
		}
	}
	return store.QuickReplies.Delete(tx, store.Text(scope), store.Text(at.ID))
}
