//go:build !wasm

package main

import (
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/wasm/bridge"
)

// news is conversation 40 with something the visitor just wrote.
func news(text string) protocol.Row {
	r := row(40)
	r.LastActor, r.LastText, r.LastPosition, r.Unread, r.LastAt = row(41).LastActor, text, 20, 1, noon
	r.LastState = ""
	return r
}

func TestANewMessageNotifiesInPlainText(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.changed(2, news("<b>hi</b>"))
	notes := d.Asked("notify")
	if len(notes) != 1 || notes[0].More != "<b>hi</b>" || !strings.HasPrefix(notes[0].Text, "Visitor ") {
		t.Fatalf("notified %+v", notes)
	}
	if len(d.Asked("chime")) != 1 {
		t.Error("it was silent")
	}
	d.changed(2, news("<b>hi</b>"))
	if len(d.Asked("notify")) != 1 {
		t.Error("the same message notified twice")
	}
	read := news("<b>hi</b>")
	read.Unread = 0
	d.changed(1, read)
	if len(d.Asked("closenotification")) == 0 {
		t.Error("reading it elsewhere did not take the notification away")
	}
}

func TestNRN03NobodysNotificationStaysWhereNobodyHasToAnswer(t *testing.T) {
	t.Parallel()
	d := opened(t)
	waiting := news("hi")
	waiting.AwaitingSince = noon
	d.changed(2, waiting)
	if len(d.Asked("notify")) != 1 {
		t.Fatal("it did not notify")
	}
	still := waiting
	still.Online = !still.Online
	d.changed(2, still)
	if len(d.Asked("closenotification")) != 0 {
		t.Error("it went although the visitor waits")
	}
	waived := waiting // by a colleague, so it is still unread here
	waived.AwaitingSince = 0
	d.changed(2, waived)
	if len(d.Asked("closenotification")) != 1 {
		t.Error("it stays although nobody has to answer")
	}
}

func TestWhatIsNoNewsDoesNotNotify(t *testing.T) {
	t.Parallel()
	colleague := news("x")
	colleague.Assignee = bob
	own := news("x")
	own.LastActor = row(40).LastActor
	inSight := row(41)
	inSight.LastPosition, inSight.LastText = 20, "x"
	for name, r := range map[string]protocol.Row{
		"the conversation is a colleague's": colleague,
		"the team wrote it":                 own,
		"the person looks at it":            inSight,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := opened(t)
			d.changed(2, r)
			if n := len(d.Asked("notify")) + len(d.Asked("chime")); n != 0 {
				t.Error("it notified")
			}
		})
	}
}

func TestTheOpenConversationNotifiesWhenThePageIsAway(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.focus(bridge.PageOnline)
	inSight := row(41)
	inSight.LastPosition, inSight.LastText = 20, "Still there?"
	d.changed(1, inSight)
	if n := len(d.Asked("notify")); n != 1 {
		t.Errorf("%d notifications", n)
	}
}

func TestTheFirstListIsNoNews(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/")
	if n := len(d.Asked("notify")) + len(d.Asked("chime")); n != 0 {
		t.Error("the first list notified")
	}
}

func TestALongMessageIsCutAndAFileSaysItsKind(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.changed(2, news(strings.Repeat("ы", 200)))
	if got := []rune(d.Asked("notify")[0].More); len(got) != 141 {
		t.Errorf("%d characters", len(got))
	}
	file := news("")
	file.LastAttachment, file.LastPosition = protocol.AttachmentVideo, 21
	d.changed(2, file)
	d.want("the kind", d.Asked("notify")[1].More, "Video")
}

func TestClickingANotificationOpensItsConversation(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.changed(2, news("hi"))
	d.Do(bridge.Event{Kind: bridge.Notified, Arg: "conversation-40"})
	d.want("address", d.asked("push"), "/console/#40")
}

func TestPermissionIsAskedByAButtonOnly(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/")
	if len(d.Asked("asknotify")) != 0 {
		t.Error("it asked by itself")
	}
	d.Do(bridge.Event{Kind: bridge.Permission, Text: "default"})
	d.Click("Allow notifications")
	if len(d.Asked("asknotify")) != 1 {
		t.Error("the button did not ask")
	}
}

func TestWhatCallsMeNotifiesWhateverListILookAt(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/?status=closed")
	ask := d.last(protocol.KindInboxLook)
	d.hear(ask.ID, protocol.KindInbox, &protocol.Inbox{Lens: 1, Active: 2, All: 3})
	d.hear("", protocol.KindInbox, &protocol.Inbox{Lens: 1, Beside: []protocol.Row{news("are you there")}, Unread: 1, Active: 2, All: 3})
	if n := len(d.Asked("notify")); n != 1 {
		t.Errorf("%d notifications", n)
	}
	if n := len(d.Page.ByClass("b-row__name")); n != 0 {
		t.Errorf("%d rows in a list that it is not of", n)
	}
}

func TestWhatIsCompletedLeavesTheFirstListToo(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/")
	done := row(41)
	done.Activity, done.Status = protocol.Completed, protocol.Closed
	d.hear("", protocol.KindInbox, &protocol.Inbox{Beside: []protocol.Row{done}, Left: []protocol.Number{41}, Total: 1, Active: 1, All: 3})
	if d.Page.ByID("row-41") != nil {
		t.Error("it stays")
	}
	if d.Page.ByID("row-40") == nil {
		t.Error("the other one left with it")
	}
}
