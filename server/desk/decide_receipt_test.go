package desk_test

import (
	"testing"

	"beseda/protocol"
)

func TestDecideReceipt(t *testing.T) {
	t.Parallel()
	decides(t, []decision{
		{
			name:  "a visitor's receipt",
			given: []step{kiraWrites, annReplies},
			when:  func(o *office) (protocol.Accepted, error) { return o.kira.reads(0, o.last(), 0) },
			want:  []string{"receipt.advanced by visitor: visitor has 6, read 0"},
		}, {
			name:  "a receipt beyond the newest item is cut",
			given: []step{kiraWrites, annReplies},
			when:  func(o *office) (protocol.Accepted, error) { return o.kira.reads(0, 0, 1<<60) },
			want:  []string{"receipt.advanced by visitor: visitor has 6, read 6"},
		}, {
			name:  "a receipt that is behind has no effect",
			given: []step{kiraWrites, annReplies, func(o *office) (protocol.Accepted, error) { return o.kira.reads(0, o.last(), o.last()) }},
			when:  func(o *office) (protocol.Accepted, error) { return o.kira.reads(0, o.last()-2, 3) },
			want:  []string{},
		}, {
			name:  "a second operator's receipt shows the visitor nothing new and is no event",
			given: []step{kiraWrites, annReplies},
			when:  func(o *office) (protocol.Accepted, error) { return o.bob.reads(1, o.last(), o.last()) },
			want:  []string{},
		}, {
			name:  "a receipt in a conversation that one may not read",
			given: []step{kiraWrites, annReplies, eveGives(1, toBob)},
			when:  func(o *office) (protocol.Accepted, error) { return o.ann.reads(1, 9, 9) },
			code:  "forbidden",
		},
	})
}
