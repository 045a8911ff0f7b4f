package conversation

import (
	"beseda/protocol"
	"beseda/store"
)

// route finds where a visitor's message belongs: the active conversation of the thread; a closed one stays closed and
// the message starts the next.
func route(r store.Reader, thread *store.Thread) (number protocol.Number, start bool, err error) {
	if thread.Active != 0 {
		return thread.Active, false, nil
	}
	number, err = nextNumber(r)
	return number, true, err
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
