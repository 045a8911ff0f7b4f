package conversation

import (
	"errors"
	"slices"

	"beseda/protocol"
	"beseda/store"
)

// Previous is the nearest live conversation of a thread before a number, of those that pass; nil where there is none.
func Previous(r store.Reader, thread protocol.ThreadID, number protocol.Number, passes func(*store.Conversation) (bool, error)) (*store.Conversation, error) {
	t, err := store.Threads.Get(r, store.Text(thread))
	if err != nil {
		return nil, err
	}
	i, _ := slices.BinarySearch(t.Numbers, number)
	return nearest(r, slices.Backward(t.Numbers[:i]), passes)
}

// Next is the nearest after it.
func Next(r store.Reader, thread protocol.ThreadID, number protocol.Number, passes func(*store.Conversation) (bool, error)) (*store.Conversation, error) {
	t, err := store.Threads.Get(r, store.Text(thread))
	if err != nil {
		return nil, err
	}
	i, _ := slices.BinarySearch(t.Numbers, number+1)
	return nearest(r, slices.All(t.Numbers[i:]), passes)
}

func nearest(r store.Reader, numbers func(func(int, protocol.Number) bool), passes func(*store.Conversation) (bool, error)) (*store.Conversation, error) {
	for _, n := range numbers {
		conv, err := store.Conversations.Get(r, store.Num(n))
		if err != nil {
			return nil, err
		}
		if conv.MergedInto != 0 {
			continue
		}
		if ok, err := passes(&conv); ok || err != nil {
			return &conv, err
		}
	}
	return nil, nil
}

// Any passes every conversation.
func Any(*store.Conversation) (bool, error) { return true, nil }

// Near lists a conversation's true neighbours: those whose links change where it begins, ends, or is seen by others.
func Near(r store.Reader, number protocol.Number) (near []protocol.Number, err error) {
	conv, err := store.Conversations.Get(r, store.Num(number))
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	before, err := Previous(r, conv.Thread, number, Any)
	if err != nil {
		return nil, err
	}
	after, err := Next(r, conv.Thread, number, Any)
	for _, neighbour := range []*store.Conversation{before, after} {
		if neighbour != nil {
			near = append(near, neighbour.Number)
		}
	}
	return near, err
}

// Started counts a thread's conversations; a merged one is none.
func Started(r store.Reader, thread protocol.ThreadID) (count int, err error) {
	t, err := store.Threads.Get(r, store.Text(thread))
	if err != nil {
		return 0, err
	}
	return len(t.Numbers) - t.Merged, nil
}
