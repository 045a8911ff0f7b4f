package desk_test

import (
	"testing"

	"beseda/protocol"
)

func TestDecideCaller(t *testing.T) {
	t.Parallel()
	decides(t, []decision{
		{
			name:  "a deactivated operator's commands are refused, whatever their connection believes",
			given: []step{kiraWrites, annReplies, annLeaves},
			when:  func(o *office) (protocol.Accepted, error) { return o.ann.replies(1, "still here") },
			code:  "unauthorized",
		}, {
			name:  "a deactivated bot's commands are refused",
			given: []step{kiraWrites, func(o *office) (protocol.Accepted, error) { return o.eve.deactivates(o.robot) }},
			when:  func(o *office) (protocol.Accepted, error) { return o.robot.replies(1, "beep") },
			code:  "unauthorized",
		}, {
			name:  "somebody without an account is refused",
			given: []step{kiraWrites},
			when: func(o *office) (protocol.Accepted, error) {
				o.ann.call.By.ID = o.newID()
				return o.ann.closes(1)
			},
			code: "unauthorized",
		}, {
			name: "an administrator who no longer is one is refused",
			given: []step{func(o *office) (protocol.Accepted, error) {
				o.eve.must(o.eve.do(protocol.KindRoleChange, &protocol.RoleChange{Operator: o.ann.id(), Role: protocol.RoleAdmin}))
				return o.eve.do(protocol.KindRoleChange, &protocol.RoleChange{Operator: o.eve.id(), Role: protocol.RoleOperator})
			}},
			when: func(o *office) (protocol.Accepted, error) { return o.eve.deactivates(o.bob) },
			code: "forbidden",
		}, {
			name: "a command that no side has",
			when: func(o *office) (protocol.Accepted, error) { return o.eve.run("", &protocol.Ping{}) },
			code: "forbidden rule=sender",
		},
	})
}
