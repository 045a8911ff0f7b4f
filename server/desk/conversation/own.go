package conversation

import (
	"slices"

	"beseda/protocol"
	"beseda/store"
)

// Own lists a visitor's conversations below a number (0: from the newest), newest first, as the visitor may know them.
func Own(r store.Reader, thread protocol.ThreadID, before protocol.Number, limit int) (out protocol.Conversations, err error) {
	t, err := store.Threads.Get(r, store.Text(thread))
	if err != nil {
		return out, err
	}
	for _, n := range slices.Backward(t.Numbers) {
		if before != 0 && n >= before {
			continue
		}
		conv, err := store.Conversations.Get(r, store.Num(n))
		if err != nil {
			return out, err
		}
		if conv.Tombstone() {
			continue
		}
		if len(out.Conversations) == limit {
			out.More = true
			return out, nil
		}
		out.Conversations = append(out.Conversations, protocol.OwnConversation{
			Number: conv.Number, Title: conv.Title, Activity: conv.Activity, Status: conv.Status,
			StartedAt: conv.StartedAt, LastAt: conv.LastAt, ClosedAt: closedAt(&conv), Solved: conv.Solved, First: conv.Ranges[0].First, Last: conv.LastMessage,
		})
	}
	return out, nil
}

// closedAt is when what is closed was closed.
func closedAt(conv *store.Conversation) int64 {
	if conv.Status != protocol.Closed {
		return 0
	}
	return conv.ClosedAt
}
