package inbox

import (
	"testing"

	"beseda/protocol"
	"beseda/store"
)

// TestATailOfBeforeAnItemIsNotKept: somebody's row is read from a state of the store without an item that the list has
// heard of and has not taken in yet.
func TestATailOfBeforeAnItemIsNotKept(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 1)
	d.at = 10
	visitor := protocol.Actor{Kind: protocol.ActorVisitor}
	c := store.Conversation{Number: 1, Activity: protocol.Active, Status: protocol.Open, LastActor: visitor}
	c.Thread, c.Contact, c.Channel = d.world.place(1)
	write := func(at protocol.Position) {
		item := protocol.Frame{Kind: protocol.KindMessageSent, Position: at, Thread: c.Thread, Conversation: 1, Actor: &visitor,
			Body: protocol.EncodeBody(&protocol.MessageSent{Text: "hello"})}
		keep(d, store.Items, item, store.Text(c.Thread), store.Num(at))
		c.LastVisitor, c.LastPosition, c.Ranges = at, at, []store.Span{{First: 10, Last: at}}
	}
	unread := func(r store.Reader, at protocol.Position) int {
		row, err := d.in.Row(r, at, d.viewers[0], 1, func(protocol.VisitorID) bool { return false })
		if err != nil {
			t.Fatal(err)
		}
		return row.Unread
	}
	write(10)
	d.update(c)
	d.view(func(before store.Reader) error {
		write(11)
		d.in.Heard(1, 11)
		if n := unread(before, 10); n != 1 {
			t.Errorf("%d unread before the item: nothing was tried", n)
		}
		return nil
	})
	d.at = 11
	d.update(c)
	d.view(func(r store.Reader) error {
		if n := unread(r, 11); n != 2 {
			t.Errorf("%d unread, want 2", n)
		}
		return nil
	})
}
