package desk_test

import (
	"testing"

	"beseda/protocol"
)

func TestDecideAccount(t *testing.T) {
	t.Parallel()
	decides(t, []decision{
		{
			name:  "deactivating frees what is not closed and keeps what is",
			given: []step{kiraWrites, annReplies, eveCloses, kiraWrites, eveGives(2, toAnn), func(o *office) (protocol.Accepted, error) { return o.lev.says("hi") }, eveGives(3, toAnn)},
			when:  annLeaves,
			want: []string{"operator.deactivated by Eve", "conversation.assigned #2 by Eve: Ann → ",
				"conversation.assigned #3 by Eve: Ann → "},
		}, {
			name:  "activating gives no conversation back",
			given: []step{kiraWrites, annReplies, annLeaves},
			when:  func(o *office) (protocol.Accepted, error) { return o.eve.activates(o.ann) },
			want:  []string{"operator.activated by Eve"},
		}, {
			name:  "deactivating twice has no second effect",
			given: []step{annLeaves},
			when:  annLeaves,
			want:  []string{},
		}, {
			name: "the same name again has no effect",
			when: func(o *office) (protocol.Accepted, error) {
				return o.ann.do(protocol.KindProfileChange, &protocol.ProfileChange{Name: " Ann "})
			},
			want: []string{},
		}, {
			name: "another name",
			when: func(o *office) (protocol.Accepted, error) {
				return o.ann.do(protocol.KindProfileChange, &protocol.ProfileChange{Name: "Anna"})
			},
			want: []string{"profile.set by Ann"},
		},
	})
}

func TestDecideLastAdministrator(t *testing.T) {
	t.Parallel()
	decides(t, []decision{
		{
			name: "the last administrator cannot leave",
			when: func(o *office) (protocol.Accepted, error) { return o.eve.deactivates(o.eve) },
			code: "conflict last_administrator",
		}, {
			name: "the last administrator keeps the role",
			when: func(o *office) (protocol.Accepted, error) {
				return o.eve.do(protocol.KindRoleChange, &protocol.RoleChange{Operator: o.eve.id(), Role: protocol.RoleOperator})
			},
			code: "conflict last_administrator",
		}, {
			name:  "a bot that administers does not keep the last administrator's place",
			given: []step{administers(func(o *office) person { return o.robot })},
			when:  func(o *office) (protocol.Accepted, error) { return o.eve.deactivates(o.eve) },
			code:  "conflict last_administrator",
		}, {
			name:  "nor does an administrator who was deactivated",
			given: []step{administers(toAnn), annLeaves},
			when:  func(o *office) (protocol.Accepted, error) { return o.eve.deactivates(o.eve) },
			code:  "conflict last_administrator",
		}, {
			name:  "one of two administrators may leave",
			given: []step{administers(toAnn)},
			when:  func(o *office) (protocol.Accepted, error) { return o.eve.deactivates(o.eve) },
			want:  []string{"operator.deactivated by Eve"},
		},
	})
}

func TestDecideInvitation(t *testing.T) {
	t.Parallel()
	decides(t, []decision{
		{
			name: "an invitation",
			when: func(o *office) (protocol.Accepted, error) {
				return o.eve.do(protocol.KindOperatorInvite, &protocol.OperatorInvite{Name: "Dan", Email: "Dan@Example.com", Role: protocol.RoleOperator})
			},
			want: []string{"operator.invited by Eve"},
		}, {
			name: "an address has one account",
			when: func(o *office) (protocol.Accepted, error) {
				return o.eve.do(protocol.KindOperatorInvite, &protocol.OperatorInvite{Name: "Ann", Email: " ANN@example.com", Role: protocol.RoleOperator})
			},
			code: "conflict field=email",
		}, {
			name: "an operator invites nobody, also past Decode",
			when: func(o *office) (protocol.Accepted, error) {
				return o.ann.run("", &protocol.OperatorInvite{Name: "Dan", Email: "dan@example.com", Role: protocol.RoleOperator})
			},
			code: "forbidden",
		}, {
			name: "a new link for a colleague stands in the log",
			when: func(o *office) (protocol.Accepted, error) { return o.eve.links(o.ann) },
			want: []string{"operator.linked by Eve"},
		}, {
			name: "a bot has no links",
			when: func(o *office) (protocol.Accepted, error) { return o.eve.links(o.robot) },
			code: "invalid field=operator",
		}, {
			name:  "nor has who was deactivated",
			given: []step{annLeaves},
			when:  func(o *office) (protocol.Accepted, error) { return o.eve.links(o.ann) },
			code:  "conflict deactivated",
		}, {
			name: "nobody makes one for themselves",
			when: func(o *office) (protocol.Accepted, error) { return o.eve.links(o.eve) },
			code: "forbidden self",
		}, {
			name: "an operator gives nobody a link, also past Decode",
			when: func(o *office) (protocol.Accepted, error) {
				return o.ann.run("", &protocol.OperatorLink{Operator: o.bob.id()})
			},
			code: "forbidden",
		},
	})
}
