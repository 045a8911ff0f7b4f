package inbox

import (
	"fmt"
	"testing"

	"beseda/protocol"
)

// TestWhatEntriesShareIsBounded: whoever holds one and bears one keeps them, also when so many others came that they were
// forgotten.
func TestWhatEntriesShareIsBounded(t *testing.T) {
	t.Parallel()
	d := newDesk(t, 1)
	d.world.contacts[0].Tags = []protocol.ContactTag{{Tag: tags[0]}}
	h := d.in.hold(people[0].ID, []protocol.OperatorID{people[1].ID}, d.world.channels[0])
	m := d.in.marksOf(d.world.contacts[0].Tags)
	if h != d.in.hold(people[0].ID, []protocol.OperatorID{people[1].ID}, d.world.channels[0]) || m != d.in.marksOf(d.world.contacts[0].Tags) {
		t.Error("two who are alike share nothing")
	}
	if h == d.in.hold(people[0].ID, nil, d.world.channels[0]) || m == d.in.marksOf([]protocol.ContactTag{{Tag: tags[0], Pinned: true}}) {
		t.Error("two who differ share one")
	}
	for n := range 3 * maxShared {
		d.in.hold(people[0].ID, []protocol.OperatorID{protocol.OperatorID(fmt.Sprint(n))}, d.world.channels[0])
		d.in.share([]protocol.ContactTag{{Tag: protocol.TagID(fmt.Sprint(n))}})
	}
	if len(d.in.held) > maxShared || len(d.in.borne) > maxShared {
		t.Errorf("%d and %d are kept", len(d.in.held), len(d.in.borne))
	}
	if h.Assignee != people[0].ID || len(h.Former) != 1 || !m.same(d.in.marksOf(d.world.contacts[0].Tags)) {
		t.Errorf("%+v, %+v", h, m)
	}
}
