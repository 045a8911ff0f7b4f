//go:build !wasm

package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/vdom"
)

// waits is conversation 41 with an answer owed since so many milliseconds.
func waits(ms int64) protocol.Row {
	r := row(41)
	r.AwaitingSince = noon - ms
	return r
}

// rules plays the server that says how conversations behave.
func (d *desk) rules(values ...string) {
	d.t.Helper()
	var all []protocol.PolicyValue
	for i := 0; i+1 < len(values); i += 2 {
		all = append(all, protocol.PolicyValue{Key: values[i], Value: values[i+1]})
	}
	d.hear(d.last(protocol.KindPoliciesRead).ID, protocol.KindPolicies, &protocol.Policies{Workspace: all})
}

// choose picks a status.
func (d *desk) choose(value string) {
	d.t.Helper()
	d.On(d.Page.Find(func(n *pageNode) bool {
		return n.Attrs["type"] == "radio" && n.Attrs["aria-labelledby"] == "status-"+value
	}), vdom.Change, bridge.Event{B: 1})
}

func TestCMP03EndChatAsksForAStatusAndEscapeChangesNothing(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.Click("End chat")
	d.want("statuses", d.text("b-choices__item"),
		"OpenWe still owe Kira Malova an answer. | PendingKira Malova promised to write. Nothing to do now. | ClosedSolved. The next message starts a new conversation.")
	d.want("focus", d.asked("focus"), "dialog-first")
	d.On(d.Page.ByClass("b-dialog")[0], vdom.Dismiss, bridge.Event{})
	d.want("focus afterwards", d.asked("focus"), "end-chat")
	if n := d.count(protocol.KindConversationComplete); n != 0 {
		t.Errorf("%d commands were sent", n)
	}
}

func TestCMP04TheChosenStatusGoesOutWithWhatWasSeen(t *testing.T) {
	t.Parallel()
	for _, status := range []protocol.Status{protocol.Open, protocol.Pending, protocol.Closed} {
		t.Run(string(status), func(t *testing.T) {
			t.Parallel()
			d := opened(t)
			d.Click("End chat")
			d.choose(string(status))
			d.submit("b-form")
			cmd := d.last(protocol.KindConversationComplete)
			want := protocol.ConversationComplete{Conversation: 41, Status: status, Last: 12}
			if diff := cmp.Diff(want, decode[protocol.ConversationComplete](t, cmd)); diff != "" {
				t.Error(diff)
			}
			d.hear(cmd.ID, protocol.KindAccepted, &protocol.Accepted{Position: 20, Conversation: 41})
			if len(d.Page.ByClass("b-dialog")) != 0 {
				t.Error("the window is still there")
			}
			if !strings.Contains(d.text("b-toast"), "Undo") {
				t.Errorf("the toast says %q", d.text("b-toast"))
			}
		})
	}
}

func TestOnlyAllowedStatusesAreOffered(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.rules("complete.statuses", "closed", "inbound.closed", "reopen_within:24h")
	d.Click("End chat")
	d.want("statuses", d.text("b-choices__item"), "ClosedSolved. A message within 24 hours opens it again, a later one starts a new conversation.")
}

func TestAMessageThatComesMeanwhileIsShownAndTheSecondPressGoesThrough(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.Click("End chat")
	d.frame(line(13, noon, &protocol.Actor{Kind: protocol.ActorVisitor, ID: string(kira)}, protocol.KindMessageSent, &protocol.MessageSent{Text: "Thursday is great!"}))
	d.want("shown", d.text("b-fresh"), "Kira Malova has just written: “Thursday is great!”")
	d.submit("b-form")
	first := d.last(protocol.KindConversationComplete)
	if got := decode[protocol.ConversationComplete](t, first); got.Last != 12 {
		t.Errorf("the first press had seen %d", got.Last)
	}
	d.hear(first.ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeConflict, Reason: "new_message"})
	if !strings.Contains(d.text("b-fresh"), "Press again") {
		t.Errorf("the window says %q", d.text("b-fresh"))
	}
	d.submit("b-form")
	if got := decode[protocol.ConversationComplete](t, d.last(protocol.KindConversationComplete)); got.Last != 13 {
		t.Errorf("the second press had seen %d", got.Last)
	}
}

func TestWhatATimerCompletedMeanwhileGetsTheStatusAlone(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.Click("End chat")
	d.choose("pending")
	done := row(41)
	done.Activity = protocol.Completed
	d.changed(0, done)
	d.submit("b-form")
	if got := decode[protocol.StatusChange](t, d.last(protocol.KindStatusChange)); got.Status != protocol.Pending || got.Last != 12 {
		t.Errorf("sent %+v", got)
	}
	if d.count(protocol.KindConversationComplete) != 0 {
		t.Error("it was completed twice")
	}
}

func TestATimerThatWasFirstTurnsARefusedEndIntoAStatus(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.Click("End chat")
	d.submit("b-form")
	cmd := d.last(protocol.KindConversationComplete)
	done := row(41)
	done.Activity = protocol.Completed
	d.changed(0, done)
	d.hear(cmd.ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeConflict})
	if got := decode[protocol.StatusChange](t, d.last(protocol.KindStatusChange)); got.Status != protocol.Closed {
		t.Errorf("sent %+v", got)
	}
}

func TestClosingAfterAnUnseenMessageAsksOnceMore(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.scroll("")
	d.frame(line(13, noon, &protocol.Actor{Kind: protocol.ActorVisitor, ID: string(kira)}, protocol.KindMessageSent, &protocol.MessageSent{Text: "Wait"}))
	d.Click("Close")
	cmd := d.last(protocol.KindConversationClose)
	if got := decode[protocol.ConversationClose](t, cmd); got.Last != 12 {
		t.Errorf("it had seen %d", got.Last)
	}
	d.hear(cmd.ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeConflict, Reason: "new_message"})
	if !strings.Contains(d.text("b-fresh"), "“Wait”") {
		t.Fatalf("the window says %q", d.text("b-fresh"))
	}
	d.submit("b-form")
	if got := decode[protocol.ConversationComplete](t, d.last(protocol.KindConversationComplete)); got.Last != 13 || got.Status != protocol.Closed {
		t.Errorf("sent %+v", got)
	}
}

func TestACompletedConversationHasNoEndButAStatusAndAWayBack(t *testing.T) {
	t.Parallel()
	d := opened(t)
	done := row(41)
	done.Activity, done.Status = protocol.Completed, protocol.Pending
	d.changed(0, done)
	if d.Page.ByID("end-chat") != nil {
		t.Error("it can be ended twice")
	}
	d.want("head", d.text("b-pill"), "Completed, pending")
	d.Click("Conversation 41, menu")
	d.want("menu", d.text("b-menu__item"), "Close conversationC | Reopen conversation | Set status…E | Reassign…A | Mark as unreadU | Copy link")
	d.Click("Set status…E")
	d.choose("closed")
	d.submit("b-form")
	if got := decode[protocol.StatusChange](t, d.last(protocol.KindStatusChange)); got.Status != protocol.Closed || got.Conversation != 41 {
		t.Errorf("sent %+v", got)
	}
}

func TestNRN01TheButtonStandsBesideTheNumberWhileAnAnswerIsOwed(t *testing.T) {
	t.Parallel()
	d := opened(t)
	if d.Page.Named("No reply needed") != nil {
		t.Error("nobody waits, and still it is there")
	}
	d.changed(0, waits(60_000))
	d.Click("No reply needed")
	if got := decode[protocol.ReplyWaive](t, d.last(protocol.KindReplyWaive)); got.Conversation != 41 || got.Last != 12 {
		t.Errorf("sent %+v", got)
	}
	locked := waits(60_000)
	locked.MayWrite = false
	d.changed(0, locked)
	if d.Page.Named("No reply needed") != nil {
		t.Error("it is offered to somebody who may not write")
	}
}

func TestNRN02ItWorksFromTheListAndAsksAgainAfterANewMessage(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/")
	d.changed(0, waits(60_000))
	d.Click("No reply needed in #41")
	cmd := d.last(protocol.KindReplyWaive)
	if got := decode[protocol.ReplyWaive](t, cmd); got.Last != 12 {
		t.Errorf("it had seen %d", got.Last)
	}
	later := waits(60_000)
	later.LastPosition, later.LastText = 13, "And one more thing"
	d.changed(0, later)
	d.hear(cmd.ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeConflict, Reason: "new_message"})
	if !strings.Contains(d.text("b-fresh"), "And one more thing") {
		t.Fatalf("the window says %q", d.text("b-fresh"))
	}
	d.Click("No reply needed")
	again := d.last(protocol.KindReplyWaive)
	if got := decode[protocol.ReplyWaive](t, again); got.Last != 13 {
		t.Errorf("then it had seen %d", got.Last)
	}
	d.hear(again.ID, protocol.KindAccepted, &protocol.Accepted{Conversation: 41})
	if len(d.Page.ByClass("b-dialog")) != 0 {
		t.Error("the window stays")
	}
}

func TestSTA04ARowIsClosedFromTheList(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/")
	d.Click("Close #40")
	if got := decode[protocol.ConversationClose](t, d.last(protocol.KindConversationClose)); got.Conversation != 40 || got.Last != 12 {
		t.Errorf("sent %+v", got)
	}
}

func TestAUT04TheCountdownRunsInBannerAndRowAndGoesWithTheWarning(t *testing.T) {
	t.Parallel()
	d := opened(t)
	soon := waits(0)
	soon.Deadline, soon.Announced, soon.HoldMs = noon+102_000, true, 300_000
	d.changed(0, soon)
	d.want("banner", d.text("b-countdown"), "Completes as Open in 1:42Hold 5 min")
	d.want("row", d.text("b-row__tags"), "completes in 1:42Acme shop | Acme shop")
	d.wait(1000)
	d.want("a second later", d.text("b-countdown"), "Completes as Open in 1:41Hold 5 min")
	answered := soon
	answered.AwaitingSince = 0
	d.changed(0, answered)
	d.want("once answered", d.text("b-countdown"), "Completes as Pending in 1:41Hold 5 min")
	d.rules("autocomplete.status", "closed")
	d.want("with a fixed status", d.text("b-countdown"), "Completes as Closed in 1:41Hold 5 min")
	d.changed(0, row(41))
	d.want("reset", d.text("b-countdown")+d.text("b-row__tags"), "Acme shop | Acme shop")
}

func TestTheCountdownSpeaksAtThreeMomentsOnly(t *testing.T) {
	t.Parallel()
	d := opened(t)
	soon := row(41)
	soon.Deadline, soon.Announced = noon+122_000, true
	d.changed(0, soon)
	for range 124 {
		d.wait(1000)
	}
	var said []string
	for _, e := range d.Asked("announce") {
		if strings.HasPrefix(e.Text, "Completes") {
			said = append(said, e.Text)
		}
	}
	want := []string{"Completes as Pending in 2 minutes", "Completes as Pending in 60 seconds", "Completes as Pending in 10 seconds"}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Error(diff)
	}
}

func TestAUT05HoldIsOfferedToThoseWhoMayWrite(t *testing.T) {
	t.Parallel()
	d := opened(t)
	soon := row(41)
	soon.Deadline, soon.Announced, soon.HoldMs = noon+60_000, true, 300_000
	d.changed(0, soon)
	d.Click("Hold 5 min")
	if got := decode[protocol.CompletionPostpone](t, d.last(protocol.KindCompletionPostpone)); got.Conversation != 41 {
		t.Errorf("held %d", got.Conversation)
	}
	soon.MayWrite = false
	d.changed(0, soon)
	d.want("for a reader", d.text("b-countdown"), "Completes as Pending in 1:00")
}

func TestWaitingTurnsYellowAndRedWithTime(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		waited, warn, limit int64 // milliseconds
		text, class         string
	}{
		"a minute without limits is quiet": {61_000, 0, 0, "waiting 1 min", "b-pill"},
		"less than that says nothing":      {59_000, 0, 0, "", ""},
		"past the warning it is yellow":    {360_000, 300_000, 600_000, "waiting 6 min", "b-pill b-pill--warning"},
		"past the limit it is red":         {840_000, 300_000, 600_000, "waiting 14 min", "b-pill b-pill--danger"},
		"a short limit counts in seconds":  {30_000, 0, 20_000, "waiting 30 s", "b-pill b-pill--danger"},
		"hours are hours":                  {3 * 3600_000, 0, 0, "waiting 3 h", "b-pill"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := signedIn(t, "/console/")
			r := waits(c.waited)
			if c.warn != 0 {
				r.WarnAt = r.AwaitingSince + c.warn
			}
			if c.limit != 0 {
				r.LimitAt = r.AwaitingSince + c.limit
			}
			d.changed(0, r)
			pills := d.Page.ByClass("b-pill")
			if c.text == "" {
				if len(pills) != 0 {
					t.Errorf("it says %q", pills[0].AllText())
				}
				return
			}
			d.want("text", pills[0].AllText(), c.text)
			d.want("colour", pills[0].Attrs["class"], c.class)
		})
	}
}
