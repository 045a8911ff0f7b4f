//go:build !wasm

package main

import (
	"strings"
	"testing"

	"beseda/protocol"
)

// closedFrom closes conversation 41 where it stands so.
func closedFrom(t *testing.T, activity protocol.Activity, status protocol.Status) *desk {
	t.Helper()
	d := opened(t)
	before := row(41)
	before.Activity, before.Status = activity, status
	d.changed(0, before)
	d.Click("Conversation 41, menu")
	d.Click("Close conversation")
	after := row(41)
	after.Activity, after.Status = protocol.Completed, protocol.Closed
	d.changed(0, after)
	d.hear(d.last(protocol.KindConversationClose).ID, protocol.KindAccepted, &protocol.Accepted{Position: 13, Conversation: 41})
	return d
}

func TestUndoBringsSomethingCompletedBackToItsStatusAndNotToWork(t *testing.T) {
	t.Parallel()
	for _, status := range []protocol.Status{protocol.Open, protocol.Pending} {
		d := closedFrom(t, protocol.Completed, status)
		d.Click("Undo")
		want := protocol.StatusChange{Conversation: 41, Status: status, Last: 12}
		if got := decode[protocol.StatusChange](t, d.last(protocol.KindStatusChange)); got != want {
			t.Errorf("sent %+v", got)
		}
		if d.count(protocol.KindConversationReopen) != 0 {
			t.Errorf("completed, %s: it was made active", status)
		}
	}
}

func TestUndoBringsSomethingPendingBackToPending(t *testing.T) {
	t.Parallel()
	d := closedFrom(t, protocol.Active, protocol.Pending)
	d.Click("Undo")
	if d.count(protocol.KindStatusChange) != 0 {
		t.Error("the status is set before it is active")
	}
	d.hear(d.last(protocol.KindConversationReopen).ID, protocol.KindAccepted, &protocol.Accepted{Position: 14, Conversation: 41})
	cmd := d.last(protocol.KindStatusChange)
	if got := decode[protocol.StatusChange](t, cmd); got != (protocol.StatusChange{Conversation: 41, Status: protocol.Pending, Last: 12}) {
		t.Errorf("sent %+v", got)
	}
	// The visitor was quicker: it is open rightly, and nothing is said.
	d.hear(cmd.ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeConflict, Reason: "new_message"})
	d.want("toast", d.text("b-toast"), "")
	if d.count(protocol.KindConversationReopen) != 1 || d.count(protocol.KindStatusChange) != 1 {
		t.Error("it was done twice")
	}
}

func TestUndoOfAnEndGoesBackToWork(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.Click("End chat")
	d.choose("pending")
	d.submit("b-form")
	d.hear(d.last(protocol.KindConversationComplete).ID, protocol.KindAccepted, &protocol.Accepted{Position: 13, Conversation: 41})
	d.Click("Undo")
	cmd := d.last(protocol.KindConversationReopen)
	d.hear(cmd.ID, protocol.KindAccepted, &protocol.Accepted{Position: 14, Conversation: 41})
	if d.count(protocol.KindStatusChange) != 0 {
		t.Error("what was open is given a status")
	}
}

func TestUndoThatIsInTheWayOfAnotherSaysSoAndLeadsThere(t *testing.T) {
	t.Parallel()
	d := closedFrom(t, protocol.Active, protocol.Open)
	d.Click("Undo")
	d.hear(d.last(protocol.KindConversationReopen).ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeConflict, Reason: "active=43"})
	if !strings.Contains(d.text("b-toast"), "#41 stays as it is: #43 of the same visitor is active") {
		t.Errorf("the toast says %q", d.text("b-toast"))
	}
	d.Click("Open #43")
	d.want("address", d.asked("push"), "/console/#43")
}

func TestUndoAfterTheVisitorWroteSaysSo(t *testing.T) {
	t.Parallel()
	d := closedFrom(t, protocol.Completed, protocol.Pending)
	d.Click("Undo")
	d.hear(d.last(protocol.KindStatusChange).ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeConflict, Reason: "new_message"})
	if !strings.Contains(d.text("b-toast"), "the visitor has written since") {
		t.Errorf("the toast says %q", d.text("b-toast"))
	}
}

func TestNoUndoLeadsToAStatusThatTheChannelDoesNotAllow(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.rules("complete.statuses", "closed")
	before := row(41)
	before.Activity = protocol.Completed // left behind by a join
	d.changed(0, before)
	d.Click("Conversation 41, menu")
	d.Click("Close conversation")
	d.hear(d.last(protocol.KindConversationClose).ID, protocol.KindAccepted, &protocol.Accepted{Position: 13, Conversation: 41})
	if got := d.text("b-toast"); !strings.Contains(got, "#41 is closed") || strings.Contains(got, "Undo") {
		t.Errorf("the toast says %q", got)
	}
}

func TestUndoFromTheListKeepsWhatWasSeenThere(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/")
	d.Click("Close #40")
	gone := row(40)
	gone.Activity, gone.Status = protocol.Completed, protocol.Closed
	d.changed(0, gone)
	d.hear(d.last(protocol.KindConversationClose).ID, protocol.KindAccepted, &protocol.Accepted{Position: 13, Conversation: 40})
	d.Click("Undo")
	if got := decode[protocol.ConversationReopen](t, d.last(protocol.KindConversationReopen)); got.Conversation != 40 {
		t.Errorf("reopened %d", got.Conversation)
	}
}
