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
