//go:build !tinygo && !js

package protocol

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	addressAnn = "01JC0000000000000000000ANN"
	addressBob = "01JC0000000000000000000B0B"
)

func TestAFilterStandsInAnAddress(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		filter Filter
		order  Order
		want   string
	}{
		"everything":            {want: ""},
		"closed ones":           {filter: Filter{Statuses: []Status{Closed}}, want: "status=closed"},
		"the order of choosing": {filter: Filter{Assignees: []OperatorID{addressBob, addressAnn}}, want: "assignee=" + addressAnn + "," + addressBob},
		"many kinds": {
			filter: Filter{Unassigned: true, Channels: []ChannelID{addressAnn}, Last: SideVisitor, Reply: ReplyOwed, Unread: true},
			order:  OrderActivity,
			want:   "unassigned=1&channel=" + addressAnn + "&last=visitor&reply=owed&unread=1&order=activity",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := c.filter.Address(c.order); got != c.want {
				t.Errorf("address %q, want %q", got, c.want)
			}
			filter, order := ParseFilter(c.want)
			if got := filter.Address(order); got != c.want {
				t.Errorf("after parsing %q", got)
			}
		})
	}
}

func TestAnAddressLeavesOutWhatIsNoFilter(t *testing.T) {
	t.Parallel()
	got, order := ParseFilter("status=closed,lost&assignee=me,,&last=bot&order=size&tag=" + addressAnn + "&untagged=1&pinned=1&x&=&unread=yes")
	if diff := cmp.Diff(Filter{Statuses: []Status{Closed}, Untagged: true}, got); diff != "" || order != "" {
		t.Errorf("order %q, %s", order, diff)
	}
}

func FuzzParseFilter(f *testing.F) {
	f.Add("assignee=" + addressAnn + "," + addressBob + "&status=open,closed&order=activity")
	f.Add("tag=" + strings.Repeat(addressAnn+",", 120))
	f.Fuzz(func(t *testing.T, query string) {
		filter, order := ParseFilter(query)
		if no := validate(&InboxLook{Lens: 1, Filter: filter, Order: order}); no != nil {
			t.Fatalf("%q reads as what the server refuses: %+v", query, no)
		}
		again, orderAgain := ParseFilter(filter.Address(order))
		if a, b := filter.Address(order), again.Address(orderAgain); a != b {
			t.Fatalf("%q and then %q", a, b)
		}
	})
}
