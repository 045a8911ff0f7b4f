package eventlist_test

import (
	"testing"
	"time"

	"beseda/protocol"
	"beseda/server/desk/eventlist"
)

func TestADeadlineIsAMomentAndAWaitIsSeconds(t *testing.T) {
	t.Parallel()
	const noon = int64(1_763_640_000_000) // 2025-11-20 12:00 UTC
	for name, test := range map[string]struct {
		kind  protocol.Kind
		body  protocol.Body
		after string
	}{
		"announced": {protocol.KindCompletionAnnounced, &protocol.CompletionAnnounced{Deadline: noon + 120_000}, "2025-11-20T12:02:00Z"},
		"postponed": {protocol.KindCompletionPostponed, &protocol.CompletionPostponed{Deadline: noon + 420_000}, "2025-11-20T12:07:00Z"},
		"warned":    {protocol.KindReplyTimeWarned, &protocol.ReplyTimeWarned{Since: noon - 300_000}, "300"},
		"exceeded":  {protocol.KindReplyTimeExceeded, &protocol.ReplyTimeExceeded{Since: noon - 600_900}, "600"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			before, after := eventlist.Values(&protocol.Frame{Kind: test.kind, At: noon, Body: protocol.EncodeBody(test.body)},
				func(ms int64) string { return time.UnixMilli(ms).UTC().Format(time.RFC3339) })
			if before != "" || after != test.after {
				t.Errorf("before %q, after %q; want after %q", before, after, test.after)
			}
		})
	}
}

func TestAnActSaysWhatWasBeforeIt(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		kind          protocol.Kind
		body          protocol.Body
		before, after string
	}{
		"a limit": {protocol.KindPolicySet, &protocol.PolicySet{Channel: "C", Unset: []string{"sla.limit"},
			Values: []protocol.PolicyValue{{Key: "sla.warn", Value: "30s"}}, Former: []protocol.PolicyValue{{Key: "sla.warn", Value: "off"}}},
			"channel=C sla.warn=off", "channel=C sla.warn=30s sla.limit="},
		"noted without what was before": {protocol.KindPolicySet, &protocol.PolicySet{Values: []protocol.PolicyValue{{Key: "nps", Value: "off"}}},
			"", "nps=off"},
		"a role": {protocol.KindRoleSet, &protocol.RoleSet{Role: protocol.RoleAdmin, Former: protocol.RoleOperator, FormerGroup: "G"},
			"operator group=G", "administrator"},
		"a group": {protocol.KindGroupSet, &protocol.GroupSet{Name: "Sales", Rights: []protocol.Right{protocol.RightClose, protocol.RightBlock},
			Former: &protocol.Group{Name: "Sale"}}, "Sale", "Sales close block"},
		"a new group": {protocol.KindGroupSet, &protocol.GroupSet{Name: "Sales"}, "", "Sales"},
		"a team":      {protocol.KindTeamSet, &protocol.TeamSet{Former: []protocol.OperatorID{"A"}, Operators: []protocol.OperatorID{"A", "B"}}, "A", "A B"},
		"a view":      {protocol.KindViewDeleted, &protocol.ViewDeleted{Name: "Late"}, "Late", ""},
	} {
		before, after := eventlist.Values(&protocol.Frame{Kind: test.kind, Body: protocol.EncodeBody(test.body)}, nil)
		if before != test.before || after != test.after {
			t.Errorf("%s: %q before, %q after", name, before, after)
		}
	}
}
