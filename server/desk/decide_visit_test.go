package desk_test

import (
	"testing"

	"beseda/protocol"
)

func TestDecideVisit(t *testing.T) {
	t.Parallel()
	decides(t, []decision{
		{
			name: "a visit of somebody who never wrote is not kept",
			when: func(o *office) (protocol.Accepted, error) {
				return o.kira.do(protocol.KindVisitorVisit, &protocol.VisitorVisit{URL: "https://shop.example/hats"})
			},
			want: []string{},
		}, {
			name:  "a visit to another page",
			given: []step{kiraWrites},
			when: func(o *office) (protocol.Accepted, error) {
				return o.kira.do(protocol.KindVisitorVisit, &protocol.VisitorVisit{URL: "https://shop.example/hats"})
			},
			want: []string{"visitor.visited by visitor"},
		}, {
			name:  "the same page soon after is no visit",
			given: []step{kiraWrites},
			when: func(o *office) (protocol.Accepted, error) {
				return o.kira.do(protocol.KindVisitorVisit, &protocol.VisitorVisit{URL: "https://shop.example/boots"})
			},
			want: []string{},
		}, {
			name:  "the same page half an hour later is one",
			given: []step{kiraWrites, eveCloses}, // so that nothing ends by itself
			when: func(o *office) (protocol.Accepted, error) {
				o.clock.Add(31 * 60 * 1000)
				return o.kira.do(protocol.KindVisitorVisit, &protocol.VisitorVisit{URL: "https://shop.example/boots"})
			},
			want: []string{"visitor.visited by visitor"},
		},
	})
}
