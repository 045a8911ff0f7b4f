package inbox

import (
	"slices"

	"beseda/protocol"
	"beseda/server/desk/conversation"
	"beseda/store"
)

// tail is the positions that count as unread at the end of a conversation: all above from, or the newest UnreadCap of
// them. It is read when somebody has something unread there, and follows from then on.
type tail struct {
	from protocol.Position
	at   []protocol.Position // ascending
}

// Heard notes an item that counts as unread: from now on nothing is kept of who reads the state without it. Update
// follows.
func (in *Inbox) Heard(n protocol.Number, at protocol.Position) {
	in.mu.Lock()
	defer in.mu.Unlock()
	e := in.entry(n)
	if e == nil {
		return
	}
	e.changed(at)
	t := e.kept.tail
	if t == nil {
		return
	}
	if len(t.at) > 0 && at <= t.at[len(t.at)-1] {
		return // it was read from the store before it was heard of
	}
	t.at = append(t.at, at)
	if over := len(t.at) - protocol.UnreadCap; over > 0 {
		t.from = t.at[over-1]
		t.at = slices.Delete(t.at, 0, over)
	}
}

// unread counts what a viewer has not read of a conversation, up to the cap.
func (in *Inbox) unread(r store.Reader, at protocol.Position, v *Viewer, n protocol.Number) (int, error) {
	in.mu.RLock()
	read, e := v.readPos(n), in.entry(n)
	if e == nil || e.lastVisitor <= read {
		in.mu.RUnlock()
		return 0, nil
	}
	if t := e.read().tail; t != nil && (read >= t.from || len(t.at) == protocol.UnreadCap) {
		first, _ := slices.BinarySearch(t.at, read+1)
		defer in.mu.RUnlock()
		return len(t.at) - first, nil
	}
	in.mu.RUnlock()
	all, err := countedAbove(r, n, read)
	if err != nil {
		return 0, err
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	if k := in.keep(n, at); k != nil {
		k.tail = &tail{from: read, at: all}
	}
	return len(all), nil
}

// countedAbove reads the newest positions above read that count as unread, up to the cap.
func countedAbove(r store.Reader, n protocol.Number, read protocol.Position) (at []protocol.Position, err error) {
	conv, err := store.Conversations.Get(r, store.Num(n))
	if err != nil {
		return nil, err
	}
	for item, err := range conversation.Backwards(r, conv.Thread, conv.Ranges, read, 0) {
		if err != nil {
			return nil, err
		}
		if conversation.Unread(&item) {
			if at = append(at, item.Position); len(at) == protocol.UnreadCap {
				break
			}
		}
	}
	slices.Reverse(at)
	return at, nil
}
