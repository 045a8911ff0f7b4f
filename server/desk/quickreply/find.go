package quickreply

import (
	"errors"
	"iter"
	"strings"

	"beseda/protocol"
	"beseda/store"
)

// scopeOf is under what a quick reply is kept.
func scopeOf(q *protocol.QuickReply) protocol.OperatorID {
	if q.Shared {
		return ""
	}
	return q.Owner
}

// Find reads a quick reply that somebody may use; store.ErrNotFound also for another's.
func Find(r store.Reader, who protocol.OperatorID, id protocol.QuickReplyID) (protocol.QuickReply, error) {
	kept, err := store.QuickReplies.Get(r, store.Text(protocol.OperatorID("")), store.Text(id))
	if errors.Is(err, store.ErrNotFound) && who != "" {
		kept, err = store.QuickReplies.Get(r, store.Text(who), store.Text(id))
	}
	return kept.QuickReply, err
}

// usable are those that somebody may use, shared ones first, each part by id.
func usable(r store.Reader, who protocol.OperatorID) iter.Seq2[protocol.QuickReply, error] {
	return func(yield func(protocol.QuickReply, error) bool) {
		for _, scope := range []protocol.OperatorID{"", who} {
			for kept, err := range store.QuickReplies.Scan(r, store.QuickReplies.Under(store.Text(scope))) {
				if !yield(kept.QuickReply, err) || err != nil {
					return
				}
			}
		}
	}
}

// room refuses one more than there may be of its scope, and a shortcut that its owner could not tell from another's. id
// is of the one that is replaced.
func room(r store.Reader, next *protocol.QuickReply, by protocol.OperatorID) error {
	shortcut, count := protocol.FoldName(next.Shortcut), 0
	for q, err := range usable(r, by) {
		switch {
		case err != nil:
			return err
		case q.ID == next.ID:
			continue
		case next.Shortcut != "" && protocol.FoldName(q.Shortcut) == shortcut && !apart(&q, next):
			return protocol.Refuse(protocol.CodeConflict, "field=shortcut")
		case q.Shared == next.Shared:
			count++
		}
	}
	if count >= protocol.MaxQuickReplies {
		return errMany
	}
	return nil
}

// apart tells whether two are for visitors of different languages, so that one shortcut means one of them.
func apart(a, b *protocol.QuickReply) bool {
	return a.Language != "" && b.Language != "" && !strings.EqualFold(a.Language, b.Language)
}

// Count fills in how often a quick reply was used.
func Count(r store.Reader, q *protocol.QuickReply) error {
	used, err := store.Usages.Get(r, store.Text(q.ID))
	if errors.Is(err, store.ErrNotFound) {
		err = nil
	}
	q.Used = used.Count
	return err
}
