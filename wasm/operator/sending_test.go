//go:build !wasm

package main

import (
	"strings"
	"testing"

	"beseda/protocol"
)

// closed41 is a console with the conversation closed, in a channel with these policies.
func closed41(t *testing.T, values ...string) *desk {
	t.Helper()
	d := opened(t)
	d.rules(values...)
	done := row(41)
	done.Activity, done.Status = protocol.Completed, protocol.Closed
	d.changed(0, done)
	return d
}

func TestCLO03TheDeskSaysWhatSendingDoesToWhatIsCompleted(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		status protocol.Status
		rules  []string
		says   string
	}{
		"closed, reopens":          {protocol.Closed, []string{"outbound.closed", "reopen"}, "Sending will reopen the conversation"},
		"closed, begins another":   {protocol.Closed, []string{"outbound.closed", "new"}, "Sending will start a new conversation"},
		"closed, stays so":         {protocol.Closed, []string{"outbound.closed", "keep"}, "Sending will not reopen the conversation"},
		"closed, forbidden":        {protocol.Closed, []string{"outbound.closed", "forbid"}, "Replies to a closed conversation are not allowed. Notes are"},
		"pending, reactivates":     {protocol.Pending, []string{"outbound.closed", "forbid", "outbound.completed", "reactivate"}, "Sending will reopen the conversation"},
		"open, stays completed":    {protocol.Open, []string{"outbound.closed", "new", "outbound.completed", "keep"}, "Sending will not reopen the conversation"},
		"before the table is here": {protocol.Closed, nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := opened(t)
			if test.rules != nil {
				d.rules(test.rules...)
			}
			d.want("while it is active", d.text("b-desk__note"), "")
			done := row(41)
			done.Activity, done.Status = protocol.Completed, test.status
			d.changed(0, done)
			d.want("said", d.text("b-desk__note"), test.says)
		})
	}
}

func TestAChannelsOwnPolicyDecidesWhatTheDeskSays(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.hear(d.last(protocol.KindPoliciesRead).ID, protocol.KindPolicies, &protocol.Policies{
		Workspace: []protocol.PolicyValue{{Key: "outbound.closed", Value: "reopen"}},
		Channels:  []protocol.ChannelPolicies{{Channel: shop, Values: []protocol.PolicyValue{{Key: "outbound.closed", Value: "new"}}}},
	})
	done := row(41)
	done.Activity, done.Status = protocol.Completed, protocol.Closed
	d.changed(0, done)
	d.want("said", d.text("b-desk__note"), "Sending will start a new conversation")
}

func TestWhereRepliesAreForbiddenTheTextStaysAndANoteGoes(t *testing.T) {
	t.Parallel()
	d := closed41(t, "outbound.closed", "forbid")
	d.write("One more thing")
	if n := d.count(protocol.KindMessageSend); n != 0 {
		t.Fatalf("%d messages were sent", n)
	}
	d.want("field", d.textbox("Reply").Attrs[".value"], "One more thing")
	send := d.Page.Named("Send")
	if _, disabled := send.Attrs["disabled"]; !disabled {
		t.Error("Send can be pressed")
	}
	d.want("reason", d.Page.ByID(send.Attrs["aria-describedby"]).AllText(), "Replies to a closed conversation are not allowed. Notes are")
	if got := d.asked("announce"); !strings.Contains(got, "not allowed") {
		t.Errorf("Enter says %q", got)
	}
	d.Click("Note")
	d.Type("Note", "She called")
	d.Key("Note", "Enter", 0)
	if got := decode[protocol.NoteAdd](t, d.last(protocol.KindNoteAdd)); got.Text != "She called" {
		t.Errorf("noted %+v", got)
	}
}
