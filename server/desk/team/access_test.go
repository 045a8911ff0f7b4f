package team_test

import (
	"testing"

	"beseda/protocol"
	"beseda/server/desk/team"
)

// TestAccess is state-machine §10 under the policies that stand today (everybody of the team may read, a former assignee
// may not): who, of what is held how, may read and write.
func TestAccess(t *testing.T) {
	t.Parallel()
	ann, former := protocol.OperatorID("ANN"), []protocol.OperatorID{"BOB", "ANN"}
	for _, tc := range []struct {
		name        string
		who         team.Member
		of          team.Held
		read, write bool
	}{
		{"anyone of the team, what nobody has", team.Member{ID: ann}, team.Held{}, true, true},
		{"the assignee", team.Member{ID: ann}, team.Held{Assignee: ann}, true, true},
		{"the assignee, who had it before", team.Member{ID: ann}, team.Held{Assignee: ann, Former: former}, true, true},
		{"anyone, what somebody else has", team.Member{ID: ann}, team.Held{Assignee: "EVE"}, true, false},
		{"a former assignee, what somebody else has", team.Member{ID: ann}, team.Held{Assignee: "EVE", Former: former}, false, false},
		{"a former assignee, what nobody has now", team.Member{ID: ann}, team.Held{Former: former}, true, true},
		{"an administrator, what somebody else has", team.Member{ID: ann, Admin: true}, team.Held{Assignee: "EVE"}, true, true},
		{"an administrator who had it before", team.Member{ID: ann, Admin: true}, team.Held{Assignee: "EVE", Former: former}, true, true},
		{"a bot", team.Member{ID: ann, Bot: true}, team.Held{Assignee: "EVE", Former: former}, true, true},
		{"nobody in particular, what nobody has", team.Member{}, team.Held{}, true, true},
		{"nobody in particular, what somebody has", team.Member{}, team.Held{Assignee: "EVE"}, true, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if got := team.MayRead(tc.who, tc.of); got != tc.read {
				t.Errorf("MayRead = %v", got)
			}
			if got := team.MayWrite(tc.who, tc.of); got != tc.write {
				t.Errorf("MayWrite = %v", got)
			}
			if team.MayWrite(tc.who, tc.of) && !team.MayRead(tc.who, tc.of) {
				t.Error("who may write may read")
			}
		})
	}
}
