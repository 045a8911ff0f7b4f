package server

import (
	"fmt"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/server/session/line"
)

// pickAll asks for all numbers of a list.
func pickAll(h *house, l *line.Line, id int) (all []protocol.Pick) {
	h.t.Helper()
	ask := protocol.InboxPick{Lens: id}
	for {
		f := h.ask(l, protocol.KindInboxPick, &ask)
		out := body[protocol.Picks](h.t, f)
		all = append(all, out.Picks...)
		if !out.More {
			return all
		}
		ask.After = all[len(all)-1].Number
	}
}

func bulk(h *house, l *line.Line, cmd protocol.ConversationsChange) protocol.ConversationsChanged {
	h.t.Helper()
	return body[protocol.ConversationsChanged](h.t, h.ask(l, protocol.KindConversationsChange, &cmd))
}

func TestDEL05AllThatMatchArePickedNotOnlyThoseLoaded(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.fill(130)
	for n := range protocol.Number(10) {
		h.asAnn(&protocol.ConversationAssign{Conversation: n + 1, Assignee: h.bob})
	}
	ann, _ := h.operator(h.ann)
	list := h.look(ann, 1, protocol.Filter{Unassigned: true}, func(l *protocol.InboxLook) { l.Limit = 50 })
	if len(list.page.Rows) != 50 || list.page.Total != 120 {
		t.Errorf("%d of %d are loaded", len(list.page.Rows), list.page.Total)
	}
	picks := pickAll(h, ann, 1)
	if len(picks) != 120 || picks[0].Number != 11 || picks[119].Number != 130 || !slices.IsSortedFunc(picks, func(a, b protocol.Pick) int { return int(a.Number) - int(b.Number) }) {
		t.Errorf("%d are picked: %v", len(picks), picks)
	}
	if out := bulk(h, ann, protocol.ConversationsChange{Picks: picks, Act: protocol.ActAssign, Assignee: h.ann}); out.Done != 120 || len(out.Refused) != 0 {
		t.Errorf("the answer is %+v", out)
	}
	for list.page.Total != 0 {
		list.push()
	}
	h.look(ann, 2, protocol.Filter{Assignees: []protocol.OperatorID{h.bob}}).shows(10, 9, 8, 7, 6, 5, 4, 3, 2, 1)
}

func TestSTA04AStatusForManyIsACommandToEach(t *testing.T) {
	t.Parallel()
	h := open(t)
	visitors := talks(h, 5)
	ann, _ := h.operator(h.ann)
	closes(h, ann, 2) // completed already
	h.asAnn(&protocol.ConversationAssign{Conversation: 3, Assignee: h.ann})
	bob, _ := h.operator(h.bob)
	h.look(bob, 1, protocol.Filter{})
	picks := pickAll(h, bob, 1)
	h.say(visitors[3], 0, "wait, one more thing") // #4, after Bob looked
	picks = append(picks, protocol.Pick{Number: 99})
	f := h.ask(bob, protocol.KindConversationsChange, &protocol.ConversationsChange{Picks: picks, Act: protocol.ActStatus, Status: protocol.Pending})
	want := protocol.ConversationsChanged{Done: 3, Refused: []protocol.RefusedPick{
		{Number: 3, Code: protocol.CodeForbidden},
		{Number: 4, Code: protocol.CodeConflict, Reason: "new_message"},
		{Number: 99, Code: protocol.CodeNotFound},
	}}
	if d := gocmp.Diff(want, body[protocol.ConversationsChanged](t, f)); d != "" {
		t.Errorf("the answer (-want +got)\n%s", d)
	}
	for n, want := range map[protocol.Number]string{
		1: "completed/pending", 2: "completed/pending", 3: "active/open", 4: "active/open", 5: "completed/pending",
	} {
		row := rowOf(h, ann, n)
		if got := fmt.Sprint(row.Activity, "/", row.Status); got != want {
			t.Errorf("#%d is %s, want %s", n, got, want)
		}
	}
	h.refused(bob, protocol.KindConversationsChange, &protocol.ConversationsChange{Picks: picks, Act: protocol.ActStatus}, protocol.CodeInvalid)
	h.refused(bob, protocol.KindConversationsChange, &protocol.ConversationsChange{Picks: picks, Act: protocol.ActTag}, protocol.CodeInvalid)
	h.refused(bob, protocol.KindConversationsChange, &protocol.ConversationsChange{Act: protocol.ActMark}, protocol.CodeInvalid)
	h.refused(visitors[0], protocol.KindConversationsChange, &protocol.ConversationsChange{Picks: picks, Act: protocol.ActMark}, protocol.CodeForbidden)
}

func TestABulkSentAgainDoesNothingTwice(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.fill(200)
	ann, _ := h.operator(h.ann)
	h.look(ann, 1, protocol.Filter{})
	cmd := &protocol.ConversationsChange{Picks: pickAll(h, ann, 1), Act: protocol.ActStatus, Status: protocol.Closed}
	id := line.NewID()
	frame := protocol.Frame{Kind: protocol.KindConversationsChange, ID: id, Body: protocol.EncodeBody(cmd)}
	if err := ann.Frame(h.ctx(), frame); err != nil {
		t.Fatal(err)
	}
	ann.Close() // the answer is lost, and perhaps half of it not done
	ann, _ = h.operator(h.ann)
	for range 2 {
		if err := ann.Frame(h.ctx(), frame); err != nil {
			t.Fatal(err)
		}
		f, err := ann.Answer(h.ctx(), id)
		if err != nil {
			t.Fatal(err)
		}
		if out := body[protocol.ConversationsChanged](t, f); out.Done != 200 || len(out.Refused) != 0 {
			t.Fatalf("the answer is %+v", out)
		}
	}
	closed := table(t, h.request("GET", "/events.csv?type=conversation.closed", nil, h.fromConsole(h.cookieOf(h.ann))))
	if len(closed) != 200 {
		t.Errorf("there were %d closings of 200", len(closed))
	}
}

func TestManyAreTaggedMarkedAndDeletedUnderTheRightsInEach(t *testing.T) {
	t.Parallel()
	h := open(t)
	talks(h, 3)
	ann, _ := h.operator(h.ann)
	bob, _ := h.operator(h.bob)
	vip := newTag(h, ann, "vip", "rose")
	bears(h, ann, 2, true, vip)
	picks := []protocol.Pick{{Number: 1}, {Number: 2}, {Number: 3}}
	if out := bulk(h, bob, protocol.ConversationsChange{Picks: picks, Act: protocol.ActTag, Tag: vip}); out.Done != 3 {
		t.Errorf("tagged: %+v", out)
	}
	if row := rowOf(h, ann, 2); !gocmp.Equal(row.Tags, []protocol.ContactTag{{Tag: vip, Pinned: true}}) {
		t.Errorf("what was pinned is %+v", row.Tags)
	}
	if out := bulk(h, bob, protocol.ConversationsChange{Picks: picks[:1], Act: protocol.ActUntag, Tag: vip}); out.Done != 1 {
		t.Errorf("untagged: %+v", out)
	}
	h.look(ann, 1, protocol.Filter{Tags: []protocol.TagID{vip}}).shows(3, 2)
	h.ask(bob, protocol.KindReceiptAdvance, &protocol.ReceiptAdvance{Conversation: 1, Read: position(t, h)})
	if out := bulk(h, bob, protocol.ConversationsChange{Picks: picks, Act: protocol.ActMark}); out.Done != 3 {
		t.Errorf("marked: %+v", out)
	}
	h.look(bob, 1, protocol.Filter{Unread: true}).shows(3, 2, 1)
	if row := rowOf(h, ann, 1); row.Marked {
		t.Error("Ann's row is marked by Bob")
	}
	out := bulk(h, bob, protocol.ConversationsChange{Picks: picks, Act: protocol.ActDelete})
	if out.Done != 0 || len(out.Refused) != 3 || out.Refused[0].Code != protocol.CodeForbidden || out.Refused[0].Reason != "right=delete" {
		t.Errorf("without the right to delete: %+v", out)
	}
	if out := bulk(h, ann, protocol.ConversationsChange{Picks: picks[1:], Act: protocol.ActDelete}); out.Done != 2 {
		t.Errorf("deleted: %+v", out)
	}
	h.look(ann, 2, protocol.Filter{}).shows(1)
}

// TestABulkStarvesNobody has somebody change thousands while others talk: each of their messages is answered long before
// the whole is done, since it stands behind a few of the bulk's commands and not behind all.
func TestABulkStarvesNobody(t *testing.T) {
	t.Parallel()
	h := open(t, onDisk)
	kira := talks(h, 1)[0]
	h.fillFrom(1, 2000)
	ann, _ := h.operator(h.ann)
	h.look(ann, 1, protocol.Filter{})
	picks := pickAll(h, ann, 1)
	var ids []protocol.CommandID
	for part := range slices.Chunk(picks[1:], protocol.MaxPicks) {
		id, err := ann.Send(h.ctx(), protocol.KindConversationsChange, &protocol.ConversationsChange{Picks: part, Act: protocol.ActStatus, Status: protocol.Closed})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	said := 0
	done := make(chan error, 1)
	go func() {
		for _, id := range ids {
			if _, err := ann.Answer(h.ctx(), id); err != nil {
				done <- err
				return
			}
		}
		done <- nil
	}()
	for {
		h.say(kira, 0, "meanwhile")
		said++
		select {
		case err := <-done:
			if err != nil {
				t.Fatal(err)
			}
			if said < 5 {
				t.Errorf("while 2000 were changed, %d messages came through", said)
			}
			return
		default:
		}
	}
}
