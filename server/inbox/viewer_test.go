package inbox

import (
	"testing"

	"beseda/protocol"
	"beseda/store"
)

// TestRecallFindsNothingOlderThanWhatWasTold: while somebody's stored marks and positions are read for one tab, another
// tab takes a mark away and reads on, and a conversation is split, which sets their position back.
func TestRecallFindsNothingOlderThanWhatWasTold(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 1)
	d.at = 10
	for n := range protocol.Number(4) {
		c := store.Conversation{Number: n + 1, Activity: protocol.Active, Status: protocol.Open, LastVisitor: 10,
			LastActor: protocol.Actor{Kind: protocol.ActorVisitor}}
		c.Thread, c.Contact, c.Channel = d.world.place(n + 1)
		d.update(c)
	}
	ann := people[0]
	d.receipt(ann, 1, store.Receipt{Delivered: 10, Read: 10, Marked: true})
	d.receipt(ann, 2, store.Receipt{Delivered: 10, Read: 5})
	d.receipt(ann, 3, store.Receipt{Delivered: 10, Read: 10, Marked: true})
	d.receipt(ann, 4, store.Receipt{Delivered: 10, Read: 10, Marked: true}) // nothing happens to this one
	v := d.in.Open(ann)
	d.view(func(before store.Reader) error {
		d.in.Mark(ann.ID, 1, false)
		d.in.Advance(ann.ID, 2, 10)
		d.receipt(ann, 3, store.Receipt{Delivered: 5, Read: 5})
		d.view(func(r store.Reader) error { return d.in.Reread(r, 3) })
		return d.in.Recall(before, v)
	})
	for n, want := range map[protocol.Number]struct {
		read   protocol.Position
		marked bool
	}{1: {10, false}, 2: {10, false}, 3: {5, false}, 4: {10, true}} {
		if _, marked := v.marked[n]; marked != want.marked || v.readPos(n) != want.read {
			t.Errorf("#%d is marked: %v, and read to %d; want %v and %d", n, marked, v.readPos(n), want.marked, want.read)
		}
	}
	if f := d.in.Figures(v, true); f.Unread != 2 {
		t.Errorf("%d are unread, want 3 and 4", f.Unread)
	}
}
