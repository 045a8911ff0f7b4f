package conversation

import (
	"slices"

	"beseda/protocol"
	"beseda/store"
)

// route finds where a visitor's message belongs: the active conversation of the thread; a closed one stays closed and
// the message starts the next.
func route(r store.Reader, thread *store.Thread) (number protocol.Number, start bool, err error) {
	active, err := activeOf(r, thread)
	if err != nil || active != 0 {
		return active, false, err
	}
	number, err = nextNumber(r)
	return number, true, err
}

// activeOf is the number of a thread's active conversation, of which there is at most one; 0 for none. It looks at the
// newest first, which it mostly is.
func activeOf(r store.Reader, thread *store.Thread) (protocol.Number, error) {
	for _, n := range slices.Backward(thread.Numbers) {
		conv, err := store.Conversations.Get(r, store.Num(n))
		if err != nil {
			return 0, err
		}
		if conv.Activity == protocol.Active {
			return n, nil
		}
	}
	return 0, nil
}

// nextNumber is one more than the highest ever given, tombstones included, so that no number comes twice.
func nextNumber(r store.Reader) (protocol.Number, error) {
	rng := store.Conversations.Under()
	rng.Reverse = true
	for conv, err := range store.Conversations.Scan(r, rng) {
		return conv.Number + 1, err
	}
	return 1, nil
}
