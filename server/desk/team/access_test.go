package team_test

import (
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/server/desk/team"
)

// member is somebody with rights, as Admit finds them.
func member(id protocol.OperatorID, rights ...protocol.Right) team.Member {
	return team.MemberWho(call.Call{By: protocol.Actor{Kind: protocol.ActorOperator, ID: string(id)}, Rights: rights})
}

// TestAccess is state-machine §10: who, of what is held how, may read, write, give and have it.
func TestAccess(t *testing.T) {
	t.Parallel()
	ann, others := protocol.OperatorID("ANN"), []protocol.OperatorID{"BOB", "EVE"}
	former := []protocol.OperatorID{"BOB", "ANN"}
	outside := team.Access{Team: others}
	assigned, remembers, both := team.Access{AssignedOnly: true}, team.Access{FormerMayRead: true}, team.Access{FormerMayRead: true, AssignedOnly: true}
	for _, tc := range []struct {
		name string
		who  team.Member
		of   team.Held
		may  string // of read, write, assign, have
	}{
		{"anyone of the team, what nobody has", member(ann), team.Held{}, "read write assign have"},
		{"anyone, what nobody has and a reply takes nothing", member(ann), team.Held{Access: team.Access{NoClaim: true}}, "read assign have"},
		{"the assignee", member(ann), team.Held{Assignee: ann}, "read write assign have"},
		{"the assignee, who had it before", member(ann), team.Held{Assignee: ann, Former: former}, "read write assign have"},
		{"the assignee where only that reads", member(ann), team.Held{Assignee: ann, Access: assigned}, "read write assign have"},
		{"anyone, what somebody else has", member(ann), team.Held{Assignee: "EVE"}, "read have"},
		{"anyone, what somebody else has where only that reads", member(ann), team.Held{Assignee: "EVE", Access: assigned}, "have"},
		{"anyone, what a bot has where only the assignee reads", member(ann), team.Held{Assignee: "BOT", Bot: true, Access: assigned}, "read have"},
		{"a former assignee, what somebody else has", member(ann), team.Held{Assignee: "EVE", Former: former}, "have"},
		{"a former assignee, what a bot has", member(ann), team.Held{Assignee: "BOT", Bot: true, Former: former}, "have"},
		{"a former assignee, what nobody has now", member(ann), team.Held{Former: former}, "read write assign have"},
		{"a former assignee who is remembered", member(ann), team.Held{Assignee: "EVE", Former: former, Access: remembers}, "read have"},
		{"a remembered one where only the assignee reads", member(ann), team.Held{Assignee: "EVE", Former: former, Access: both}, "read have"},

		{"outside the team, what nobody has", member(ann), team.Held{Access: outside}, ""},
		{"outside the team, what somebody has", member(ann), team.Held{Assignee: "EVE", Access: outside}, ""},
		{"outside the team, what a bot has", member(ann), team.Held{Assignee: "BOT", Bot: true, Access: outside}, ""},
		{"outside the team, and the assignee", member(ann), team.Held{Assignee: ann, Access: outside}, "read write assign"},
		{"outside the team, and a former assignee", member(ann), team.Held{Former: former, Access: outside}, ""},
		{"outside the team, and a remembered former assignee", member(ann),
			team.Held{Former: former, Access: team.Access{Team: others, FormerMayRead: true}}, "read assign"},
		{"of the team that is named", member("BOB"), team.Held{Access: outside}, "read write assign have"},
		{"everything but rights over conversations", member(ann, protocol.RightSettings, protocol.RightExport, protocol.RightClose,
			protocol.RightDelete, protocol.RightBlock), team.Held{Assignee: "EVE", Access: outside}, ""},

		{"reads all, what somebody has elsewhere", member(ann, protocol.RightReadAll), team.Held{Assignee: "EVE", Access: outside}, "read"},
		{"reads all, what nobody has elsewhere", member(ann, protocol.RightReadAll), team.Held{Access: outside}, "read assign"},
		{"reads all, what was taken from them", member(ann, protocol.RightReadAll), team.Held{Assignee: "EVE", Former: former, Access: assigned}, "read have"},
		{"gives away, what somebody else has", member(ann, protocol.RightReassign), team.Held{Assignee: "EVE"}, "read assign have"},
		{"gives away, what they may not read", member(ann, protocol.RightReassign), team.Held{Assignee: "EVE", Access: assigned}, "have"},
		{"reads all and gives away", member(ann, protocol.RightReadAll, protocol.RightReassign),
			team.Held{Assignee: "EVE", Access: outside}, "read assign"},
		{"a chat administrator, what somebody has elsewhere", member(ann, protocol.RightChatAdmin),
			team.Held{Assignee: "EVE", Former: former, Access: team.Access{Team: others, AssignedOnly: true, NoClaim: true}}, "read write assign have"},
		{"an administrator, what somebody has elsewhere", team.Member{ID: ann, Admin: true},
			team.Held{Assignee: "EVE", Former: former, Access: team.Access{Team: others, AssignedOnly: true, NoClaim: true}}, "read write assign have"},
		{"a bot", team.Member{ID: ann, Bot: true},
			team.Held{Assignee: "EVE", Former: former, Access: team.Access{Team: others, AssignedOnly: true}}, "read write assign have"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var may []string
			for _, one := range []struct {
				word string
				yes  bool
			}{
				{"read", team.MayRead(tc.who, tc.of)}, {"write", team.MayWrite(tc.who, tc.of)},
				{"assign", team.MayAssign(tc.who, tc.of)}, {"have", team.MayHave(tc.who, tc.of.Access)},
			} {
				if one.yes {
					may = append(may, one.word)
				}
			}
			if got := strings.Join(may, " "); got != tc.may {
				t.Errorf("may %q, want %q", got, tc.may)
			}
		})
	}
}
