//go:build !wasm

package main

import (
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/vdom"
)

// closedOutrun closes a row while its visitor writes once more, and answers the name of the window that asks.
func (d *desk) closedOutrun(n protocol.Number) {
	d.t.Helper()
	d.Click("Close #" + n.String())
	cmd := d.last(protocol.KindConversationClose)
	later := row(n)
	later.LastPosition, later.LastText = 13, "And one more thing"
	later.LastActor = &protocol.Actor{Kind: protocol.ActorVisitor, ID: string(later.Visitor)}
	d.changed(0, later)
	d.hear(cmd.ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeConflict, Reason: "new_message"})
}

func TestSTA04ARowClosedAfterANewMessageAsksAgainAboutThatConversation(t *testing.T) {
	t.Parallel()
	for name, start := range map[string]func(*testing.T) *desk{
		"with none open":        func(t *testing.T) *desk { return signedIn(t, "/console/") },
		"with another one open": func(t *testing.T) *desk { return opened(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := start(t)
			d.closedOutrun(40)
			if got := d.text("b-dialog"); !strings.Contains(got, "#40") || !strings.Contains(got, "And one more thing") {
				t.Fatalf("the window says %q", got)
			}
			if choices := d.text("b-choices__item"); !strings.Contains(choices, "Closed") || strings.Contains(choices, "Kira") {
				t.Errorf("it offers %q", choices)
			}
			d.submit("b-form")
			cmd := d.last(protocol.KindConversationComplete)
			want := protocol.ConversationComplete{Conversation: 40, Status: protocol.Closed, Last: 13}
			if got := decode[protocol.ConversationComplete](t, cmd); got != want {
				t.Errorf("sent %+v", got)
			}
			d.hear(cmd.ID, protocol.KindAccepted, &protocol.Accepted{Conversation: 40})
			d.want("focus", d.asked("focus"), "row-40")
		})
	}
}

func TestARowThatIsCompletedAlreadyGetsAStatusInTheSecondWindow(t *testing.T) {
	t.Parallel()
	d := opened(t)
	done := row(41)
	done.Activity = protocol.Completed
	d.changed(0, done)
	d.Click("Conversation 41, menu")
	d.Click("Close conversation")
	d.hear(d.last(protocol.KindConversationClose).ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeConflict, Reason: "new_message"})
	if got := d.text("b-dialog"); !strings.Contains(got, "Set status") {
		t.Errorf("the window says %q", got)
	}
	d.submit("b-form")
	if got := decode[protocol.StatusChange](t, d.last(protocol.KindStatusChange)); got.Status != protocol.Closed || got.Conversation != 41 {
		t.Errorf("sent %+v", got)
	}
}

func TestNUM05ARowOffersNoCloseToWhomMayOnlyWrite(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/")
	mine := row(40)
	mine.MayEnd = false
	d.changed(0, mine)
	if d.Page.Named("Close #40") != nil {
		t.Error("it can be closed")
	}
	if d.Page.Named("Actions for #40") != nil {
		t.Error("a group of nothing is drawn")
	}
	mine.AwaitingSince = noon - 60_000
	d.changed(0, mine)
	if d.Page.Named("Close #40") != nil {
		t.Error("it can be closed while its visitor waits")
	}
	d.Click("No reply needed in #40")
	if got := decode[protocol.ReplyWaive](t, d.last(protocol.KindReplyWaive)); got.Conversation != 40 {
		t.Errorf("sent %+v", got)
	}
}

func TestARowWhoseRightWasLostAsTheButtonWasPressedIsNotClosed(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/")
	press := d.Page.Named("Close #40")
	d.List.Row(40).MayEnd = false
	d.On(press, vdom.Click, bridge.Event{})
	if n := d.count(protocol.KindConversationClose); n != 0 {
		t.Errorf("%d commands were sent", n)
	}
}
