package desk_test

import (
	"testing"

	"beseda/protocol"
)

func TestDecideAssignment(t *testing.T) {
	t.Parallel()
	decides(t, []decision{
		{
			name:  "an administrator assigns",
			given: []step{kiraWrites, annReplies},
			when:  eveGives(1, toBob),
			want:  []string{"conversation.assigned #1 by Eve: Ann → Bob"},
		}, {
			name:  "the assignee passes it on",
			given: []step{kiraWrites, annReplies},
			when:  func(o *office) (protocol.Accepted, error) { return o.ann.assigns(1, o.bob) },
			want:  []string{"conversation.assigned #1 by Ann: Ann → Bob"},
		}, {
			name:  "the assignee lets go",
			given: []step{kiraWrites, annReplies},
			when:  func(o *office) (protocol.Accepted, error) { return o.ann.assigns(1, toNobody(o)) },
			want:  []string{"conversation.assigned #1 by Ann: Ann → "},
		}, {
			name:  "anyone may give away what nobody has",
			given: []step{kiraWrites},
			when:  func(o *office) (protocol.Accepted, error) { return o.ann.assigns(1, o.bob) },
			want:  []string{"conversation.assigned #1 by Ann:  → Bob"},
		}, {
			name:  "nobody else may take it",
			given: []step{kiraWrites, annReplies},
			when:  func(o *office) (protocol.Accepted, error) { return o.bob.assigns(1, o.bob) },
			code:  "forbidden",
		}, {
			name:  "anyone may take over from a bot",
			given: []step{kiraWrites, eveGives(1, toRobot)},
			when:  func(o *office) (protocol.Accepted, error) { return o.ann.assigns(1, o.ann) },
			want:  []string{"conversation.assigned #1 by Ann: Robot → Ann"},
		}, {
			name:  "nobody may give a bot's to another",
			given: []step{kiraWrites, eveGives(1, toRobot)},
			when:  func(o *office) (protocol.Accepted, error) { return o.ann.assigns(1, o.bob) },
			code:  "forbidden",
		}, {
			name:  "a former assignee may not take over from a bot what they may not read",
			given: []step{kiraWrites, annReplies, eveGives(1, toRobot)},
			when:  func(o *office) (protocol.Accepted, error) { return o.ann.assigns(1, o.ann) },
			code:  "forbidden",
		}, {
			name:  "assigning to the same has no effect",
			given: []step{kiraWrites, annReplies},
			when:  eveGives(1, toAnn),
			want:  []string{},
		}, {
			name:  "assigning to nobody what nobody has has no effect",
			given: []step{kiraWrites},
			when:  eveGives(1, toNobody),
			want:  []string{},
		}, {
			name:  "assigning to somebody who was deactivated",
			given: []step{kiraWrites, annLeaves},
			when:  eveGives(1, toAnn),
			code:  "invalid field=assignee",
		}, {
			name:  "assigning to somebody who never was",
			given: []step{kiraWrites},
			when:  eveGives(1, func(o *office) person { return o.lev }),
			code:  "invalid field=assignee",
		}, {
			name:  "a bot assigns",
			given: []step{kiraWrites, annReplies},
			when:  func(o *office) (protocol.Accepted, error) { return o.robot.assigns(1, o.bob) },
			want:  []string{"conversation.assigned #1 by bot: Ann → Bob"},
		},
	})
}
