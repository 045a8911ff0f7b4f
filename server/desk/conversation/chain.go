package conversation

import (
	"slices"

	"beseda/protocol"
	"beseda/store"
)

// Previous is a conversation's predecessor: the nearest live one of the thread before it, by number; nil where there is
// none.
func Previous(r store.Reader, thread protocol.ThreadID, number protocol.Number) (*store.Conversation, error) {
	t, err := store.Threads.Get(r, store.Text(thread))
	if err != nil {
		return nil, err
	}
	i, _ := slices.BinarySearch(t.Numbers, number)
	for _, n := range slices.Backward(t.Numbers[:i]) {
		conv, err := store.Conversations.Get(r, store.Num(n))
		if err != nil {
			return nil, err
		}
		if !conv.Tombstone() {
			return &conv, nil
		}
	}
	return nil, nil
}
