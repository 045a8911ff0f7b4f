package desk_test

import (
	"testing"

	"beseda/protocol"
)

func TestDecideEnding(t *testing.T) {
	t.Parallel()
	decides(t, []decision{
		{
			name:  "closing an active conversation",
			given: []step{kiraWrites, annReplies},
			when:  func(o *office) (protocol.Accepted, error) { return o.ann.closes(1) },
			want:  []string{"conversation.closed #1 by Ann, was active open"},
		}, {
			name:  "closing twice has no second effect",
			given: []step{kiraWrites, eveCloses},
			when:  eveCloses,
			want:  []string{},
		}, {
			name:  "anyone may close while nobody has it",
			given: []step{kiraWrites},
			when:  func(o *office) (protocol.Accepted, error) { return o.bob.closes(1) },
			want:  []string{"conversation.closed #1 by Bob, was active open"},
		}, {
			name:  "nobody else may close an assigned one",
			given: []step{kiraWrites, annReplies},
			when:  func(o *office) (protocol.Accepted, error) { return o.bob.closes(1) },
			code:  "forbidden",
		}, {
			name:  "the right to close is asked before whether there is anything to do",
			given: []step{kiraWrites, annReplies, eveCloses},
			when:  func(o *office) (protocol.Accepted, error) { return o.bob.closes(1) },
			code:  "forbidden",
		}, {
			name: "closing what does not exist",
			when: eveCloses,
			code: "not_found",
		}, {
			name:  "a visitor cannot end a chat with a status, also past Decode",
			given: []step{kiraWrites},
			when: func(o *office) (protocol.Accepted, error) {
				return o.kira.run("", &protocol.ConversationComplete{Conversation: 1, Status: protocol.Open})
			},
			code: "forbidden rule=sender",
		},
	})
}

func TestDecideReopening(t *testing.T) {
	t.Parallel()
	decides(t, []decision{
		{
			name:  "reopening by button",
			given: []step{kiraWrites, eveCloses},
			when:  func(o *office) (protocol.Accepted, error) { return o.ann.reopens(1) },
			want:  []string{"conversation.reopened #1 by Ann"},
		}, {
			name:  "reopening what is active has no effect",
			given: []step{kiraWrites},
			when:  func(o *office) (protocol.Accepted, error) { return o.ann.reopens(1) },
			want:  []string{},
		}, {
			name:  "reopening is refused while another of the thread is active",
			given: []step{kiraWrites, eveCloses, kiraWrites},
			when:  func(o *office) (protocol.Accepted, error) { return o.eve.reopens(1) },
			code:  "conflict active=2",
		}, {
			name:  "another visitor's active conversation does not matter",
			given: []step{kiraWrites, eveCloses, func(o *office) (protocol.Accepted, error) { return o.lev.says("hi") }},
			when:  func(o *office) (protocol.Accepted, error) { return o.eve.reopens(1) },
			want:  []string{"conversation.reopened #1 by Eve"},
		}, {
			name:  "reopening what a deactivated operator had leaves it to nobody",
			given: []step{kiraWrites, annReplies, eveCloses, annLeaves},
			when:  func(o *office) (protocol.Accepted, error) { return o.eve.reopens(1) },
			want:  []string{"conversation.reopened #1 by Eve", "conversation.assigned #1 by Eve: Ann → "},
		},
	})
}
