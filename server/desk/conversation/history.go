package conversation

import (
	"iter"
	"slices"

	"beseda/protocol"
	"beseda/store"
)

// Newest reads up to limit items of the ranges that lie below before (0: no bound) and above after, the newest of
// them, oldest first, as who reads sees them: a visitor none of the ribbon's lines, nor what has failed. more tells that
// older ones remain.
func Newest(r store.Reader, thread protocol.ThreadID, ranges []store.Span, after, before protocol.Position, limit int,
	s Sight) (items []protocol.Frame, more bool, err error) {
	row, err := store.Threads.Get(r, store.Text(thread))
	if err != nil {
		return nil, false, err
	}
	for item, err := range Backwards(r, thread, ranges, after, before) {
		if err != nil {
			return nil, false, err
		}
		if store.Within(row.Erased, item.Position) { // and is about to be overwritten
			continue
		}
		if s.visitor && (item.Kind != protocol.KindMessageSent || ofTeam(&item) && failure(&row, item.Position) != "") {
			continue
		}
		if len(items) == limit {
			more = true
			break
		}
		if err := s.Dress(r, &item); err != nil {
			return nil, false, err
		}
		if err := withFailure(&row, &item); err != nil {
			return nil, false, err
		}
		items = append(items, item)
	}
	slices.Reverse(items)
	return items, more, nil
}

// forwards walks the items of the ranges above after (0: no bound), oldest first. Ranges ascend.
func forwards(r store.Reader, thread protocol.ThreadID, ranges []store.Span, after protocol.Position) iter.Seq2[protocol.Frame, error] {
	return func(yield func(protocol.Frame, error) bool) {
		for _, span := range ranges {
			if span.Last <= after {
				continue
			}
			rng := store.Range{
				From: store.Items.Key(store.Text(thread), store.Num(max(span.First, after+1))),
				To:   store.Items.Key(store.Text(thread), store.Num(span.Last+1)),
			}
			for item, err := range store.Items.Scan(r, rng) {
				if !yield(item, err) || err != nil {
					return
				}
			}
		}
	}
}

// Backwards walks the items of the ranges above after and below before (0: no bound), newest first. Ranges ascend.
func Backwards(r store.Reader, thread protocol.ThreadID, ranges []store.Span, after, before protocol.Position) iter.Seq2[protocol.Frame, error] {
	return func(yield func(protocol.Frame, error) bool) {
		for _, span := range slices.Backward(ranges) {
			if span.Last <= after {
				return
			}
			end := span.Last + 1
			if before != 0 {
				end = min(end, before)
			}
			rng := store.Range{
				From:    store.Items.Key(store.Text(thread), store.Num(max(span.First, after+1))),
				To:      store.Items.Key(store.Text(thread), store.Num(end)),
				Reverse: true,
			}
			for item, err := range store.Items.Scan(r, rng) {
				if !yield(item, err) || err != nil {
					return
				}
			}
		}
	}
}

// Whole is the ranges of everything in a thread.
func Whole() []store.Span { return []store.Span{{First: 1, Last: 1<<63 - 1}} }

// Holding finds the conversation of a thread that an item belongs to.
func Holding(r store.Reader, thread protocol.ThreadID, at protocol.Position) (store.Conversation, error) {
	t, err := store.Threads.Get(r, store.Text(thread))
	if err != nil {
		return store.Conversation{}, err
	}
	for _, n := range t.Numbers {
		conv, err := store.Conversations.Get(r, store.Num(n))
		if err != nil {
			return conv, err
		}
		if store.Within(conv.Ranges, at) {
			return conv, nil
		}
	}
	return store.Conversation{}, store.ErrNotFound
}
