package quickreply

import (
	"cmp"
	"slices"

	"beseda/protocol"
	"beseda/store"
)

// A page has so many at most, and begins no other once its texts are so long.
const (
	pageCount = 200
	pageBytes = 96 << 10
)

// Read is a page of those that somebody may use, by id.
func Read(r store.Reader, who protocol.OperatorID, cmd *protocol.QuickRepliesRead) (out protocol.QuickReplies, err error) {
	var all []protocol.QuickReply
	scopes := []protocol.OperatorID{"", who}
	for _, scope := range scopes {
		rng := store.QuickReplies.Under(store.Text(scope))
		if cmd.After != "" {
			rng.From = append(store.QuickReplies.Key(store.Text(scope), store.Text(cmd.After)), 0)
		}
		n := 0
		for kept, err := range store.QuickReplies.Scan(r, rng) {
			if err != nil {
				return out, err
			}
			all = append(all, kept.QuickReply)
			if n++; n > pageCount { // one more tells that there are more
				break
			}
		}
	}
	slices.SortFunc(all, func(a, b protocol.QuickReply) int { return cmp.Compare(a.ID, b.ID) })
	size := 0
	for i := range all {
		if i == pageCount || size > pageBytes {
			out.More = true
			break
		}
		if err := Count(r, &all[i]); err != nil {
			return out, err
		}
		size += len(all[i].Text) + 200*(1+len(all[i].Attachments))
		out.QuickReplies = append(out.QuickReplies, all[i])
	}
	return out, nil
}
