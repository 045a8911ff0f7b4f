package inbox

import (
	"testing"

	"beseda/protocol"
	"beseda/store"
)

// TestARowOfBeforeAPolicyIsNotKept: somebody reads a row from a state of the store that is over, while a policy changes
// what may be done in it.
func TestARowOfBeforeAPolicyIsNotKept(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 1)
	d.at = 10
	c := store.Conversation{Number: 1, Activity: protocol.Active, Status: protocol.Open, LastActor: protocol.Actor{Kind: protocol.ActorVisitor}}
	c.Thread, c.Contact, c.Channel = d.world.place(1)
	d.update(c)
	bob := d.viewers[1]
	mayWrite := func(r store.Reader, at protocol.Position) bool {
		row, err := d.in.Row(r, at, bob, 1, func(protocol.VisitorID) bool { return false })
		if err != nil {
			t.Fatal(err)
		}
		return row.MayWrite
	}
	d.view(func(before store.Reader) error {
		keep(d, store.Policies, store.PolicyScope{Values: []protocol.PolicyValue{{Key: "claim_on_reply", Value: "false"}}},
			store.Text(protocol.ChannelID("")))
		d.view(func(r store.Reader) error { _, err := d.in.Rule(r, 11); return err })
		if !mayWrite(before, 10) {
			t.Error("the state of before does not let Bob write: nothing was tried")
		}
		return nil
	})
	d.view(func(r store.Reader) error {
		if mayWrite(r, 11) {
			t.Error("the row says that Bob may write")
		}
		return nil
	})
}
