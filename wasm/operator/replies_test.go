//go:build !wasm

package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
)

// withReplies is the page of quick replies with one of Ann's own and a shared one.
func withReplies(t *testing.T, change ...func(*protocol.OperatorWelcome)) *desk {
	t.Helper()
	d := signedIn(t, "/console/quick-replies", change...)
	for _, f := range d.sent {
		if f.Kind == protocol.KindQuickRepliesRead {
			d.hear(f.ID, protocol.KindQuickReplies, &protocol.QuickReplies{QuickReplies: []protocol.QuickReply{
				{ID: "01JC000000000000000000QR01", Name: "Hours", Shortcut: "open", Text: "Until 20:00", Owner: ann, Used: 4},
				{ID: "01JC000000000000000000QR02", Name: "Shipping", Text: "In 2 days", Folder: "Orders", Owner: bob, Shared: true,
					Attachments: []protocol.Attachment{{ID: "01JC000000000000000000F111", Name: "prices.pdf", Size: 10}}},
			}})
		}
	}
	return d
}

func TestQRP03OwnAndSharedQuickRepliesAreListedAndFound(t *testing.T) {
	t.Parallel()
	d := withReplies(t)
	want := []string{"Hours/openUntil 20:00 | ·nothing | Only you | 4 | ", "ShippingFiles: 1In 2 days | Orders | Whole team | 0 | "}
	if diff := cmp.Diff(want, d.bodyRows()); diff != "" {
		t.Error(diff)
	}
	d.Type("Find a quick reply", "days")
	if rows := d.bodyRows(); len(rows) != 1 || !strings.HasPrefix(rows[0], "Shipping") {
		t.Errorf("found %q", rows)
	}
	d.Type("Find a quick reply", "nothing such")
	if !strings.Contains(d.HTML(), "None of this name or text") {
		t.Error("it does not say that there is none")
	}
	d.Type("Find a quick reply", "")
	d.On(d.Page.ByID("filter-folder"), vdom.Change, bridge.Event{Text: "Orders"})
	if rows := d.bodyRows(); len(rows) != 1 {
		t.Errorf("in the folder %q", rows)
	}
	d.hear("", protocol.KindQuickReplySet, &protocol.QuickReplySet{QuickReply: protocol.QuickReply{ID: "01JC000000000000000000QR04", Name: "Returns", Folder: "Orders", Owner: bob, Shared: true}})
	if rows := d.bodyRows(); len(rows) != 2 {
		t.Errorf("a colleague's new one: %q", rows)
	}
}

func TestAQuickReplyIsChangedWithItsFilesAndPreviewed(t *testing.T) {
	t.Parallel()
	d := withReplies(t)
	d.Click("Change Shipping")
	d.Click("Customer’s name")
	d.want("inserted", d.asked("insert"), state.QuickTextID)
	d.Type("Text", "Dear {{contact.name|friend}}, from {{operator.name}}")
	d.want("preview", d.text("b-quickpreview"), "As it will readDear Kira Malova, from AnnWhile the name is unknownDear friend, from Ann")
	d.submit("b-dialog__form")
	want := protocol.QuickReplyChange{QuickReply: "01JC000000000000000000QR02", Name: "Shipping", Text: "Dear {{contact.name|friend}}, from {{operator.name}}",
		Folder: "Orders", Shared: true, Attachments: []protocol.AttachmentID{"01JC000000000000000000F111"}}
	if diff := cmp.Diff(want, decode[protocol.QuickReplyChange](t, d.last(protocol.KindQuickReplyChange))); diff != "" {
		t.Error(diff)
	}
	d.hear(d.last(protocol.KindQuickReplyChange).ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeConflict, Reason: "field=shortcut"})
	if d.alert() == "" || len(d.Page.ByClass("b-dialog")) == 0 {
		t.Error("it is refused in silence")
	}
	d.submit("b-dialog__form")
	d.hear(d.last(protocol.KindQuickReplyChange).ID, protocol.KindAccepted, &protocol.Accepted{Position: 200})
	d.want("focus", d.asked("focus"), state.EditReplyID("01JC000000000000000000QR02"))
}

func TestAQuickReplyIsDeletedAfterAQuestion(t *testing.T) {
	t.Parallel()
	d := withReplies(t)
	d.Click("Delete Shipping")
	if !strings.Contains(d.text("b-dialog__text"), "whole team") {
		t.Error("it does not say whom it concerns")
	}
	d.Click("Delete quick reply")
	d.hear(d.last(protocol.KindQuickReplyDelete).ID, protocol.KindAccepted, &protocol.Accepted{Position: 200})
	d.hear("", protocol.KindQuickReplyDeleted, &protocol.QuickReplyDeleted{QuickReply: "01JC000000000000000000QR02", Name: "Shipping", Shared: true, Owner: bob})
	if rows := d.bodyRows(); len(rows) != 1 {
		t.Errorf("left %q", rows)
	}
	d.want("toast", d.text("b-toast"), "The quick reply Shipping is deleted")
}

func TestWhatTheWholeTeamHasIsChangedWithTheRightOnly(t *testing.T) {
	t.Parallel()
	d := withReplies(t, asOperator(protocol.RightClose))
	if d.Page.Named("Change Shipping") != nil || d.Page.Named("Delete Shipping") != nil || d.Page.Named("Change Hours") == nil {
		t.Error("it offers the wrong ones")
	}
	d.Click("New quick reply")
	if d.Page.Find(func(n *pageNode) bool { return n.Tag == "label" && strings.Contains(n.AllText(), "whole team") }) != nil {
		t.Error("it can be shared")
	}
}
