package conversation

import (
	"beseda/protocol"
	"beseda/store"
)

// Newest reads up to limit items of the ranges that lie below before (0: no bound) and above after, the newest of
// them, oldest first. more tells that older ones remain. lines says whether ribbon lines count as items: a visitor
// never sees them.
func Newest(r store.Reader, thread protocol.ThreadID, ranges []store.Span, after, before protocol.Position, limit int,
	lines bool) (items []protocol.Frame, more bool, err error) {
	for i := len(ranges) - 1; i >= 0; i-- {
		span := ranges[i]
		rng := store.Range{
			From:    store.Items.Key(store.Text(thread), store.Num(max(span.First, after+1))),
			To:      store.Items.Key(store.Text(thread), store.Num(span.Last+1)),
			Reverse: true,
		}
		if before != 0 && before <= span.Last {
			rng.To = store.Items.Key(store.Text(thread), store.Num(before))
		}
		if string(rng.From) >= string(rng.To) {
			continue
		}
		for item, err := range store.Items.Scan(r, rng) {
			if err != nil {
				return nil, false, err
			}
			if !lines && item.Kind != protocol.KindMessageSent {
				continue
			}
			if len(items) == limit {
				reverse(items)
				return items, true, nil
			}
			items = append(items, item)
		}
	}
	reverse(items)
	return items, false, nil
}

// Whole is the ranges of everything in a thread.
func Whole() []store.Span { return []store.Span{{First: 1, Last: 1<<63 - 1}} }

func reverse(items []protocol.Frame) {
	for i, j := 0, len(items)-1; i < j; i, j = i+1, j-1 {
		items[i], items[j] = items[j], items[i]
	}
}
