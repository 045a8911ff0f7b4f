package server

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/server/session/line"
	"beseda/store"
)

func erases(h *house, l *line.Line, n protocol.Number) protocol.Accepted {
	h.t.Helper()
	return body[protocol.Accepted](h.t, h.ask(l, protocol.KindConversationDelete, &protocol.ConversationDelete{Conversation: n}))
}

// purge lets the time go by after which what was erased is purged, and has it done.
func (h *house) purge() {
	h.t.Helper()
	h.advance(purgeAfter + time.Second)
	if err := h.Erase(h.ctx()); err != nil {
		h.t.Fatal(err)
	}
}

// TestDEL01AnErasedConversationLeavesAllScreensAtOnce: two consoles, the visitor's widget, the list, files and exports.
func TestDEL01AnErasedConversationLeavesAllScreensAtOnce(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, welcome := h.visitor("")
	file := h.upload(t, h.fromWidget(welcome.VisitorKey), "plan.txt", "the plan")
	first := h.say(kira, 0, "a secret", file.ID)
	ann, _ := h.operator(h.ann)
	bob, _ := h.operator(h.bob)
	h.say(bob, 1, "an answer")
	closes(h, ann, 1)
	h.say(kira, 0, "something else") // #2
	page := watch(t, h, bob, 1)
	watch(t, h, ann, 2)
	last := page.Items[len(page.Items)-1].Position
	for _, l := range []*line.Line{ann, bob, kira} {
		h.settle(l)
		l.Take()
	}
	erases(h, ann, 1)

	ranges := []protocol.Range{{First: first.Position - 1, Last: last}}
	told := func(l *line.Line, number protocol.Number, author string) {
		t.Helper()
		f := h.kind(l, protocol.KindConversationErased)
		if d := cmp.Diff(ranges, body[protocol.ConversationErased](t, f).Ranges); d != "" || f.Conversation != number {
			t.Errorf("of #%d: (-want +got)\n%s", f.Conversation, d)
		}
		if f.Actor == nil && author != "" || f.Actor != nil && f.Actor.Name != author {
			t.Errorf("by %+v, want %q", f.Actor, author)
		}
	}
	told(bob, 1, "Ann") // who has it on the screen
	told(ann, 0, "")    // who has another of the thread there, which may quote it
	told(kira, 0, "")
	h.wait(bob, gone(t, 1))
	h.wait(ann, gone(t, 1))
	own := body[protocol.Conversations](t, h.kind(kira, protocol.KindConversations))
	if len(own.Conversations) != 1 || own.Conversations[0].Number != 2 {
		t.Errorf("the visitor's own are %+v", own.Conversations)
	}

	for n, l := range map[string]*line.Line{"Ann": ann, "Bob": bob} {
		for kind, b := range map[protocol.Kind]protocol.Body{
			protocol.KindConversationWatch: &protocol.ConversationWatch{Conversation: 1},
			protocol.KindHistoryRead:       &protocol.HistoryRead{Conversation: 1, Before: last + 1},
			protocol.KindMessageSend:       &protocol.MessageSend{Conversation: 1, Text: "x"},
		} {
			if _, err := l.Do(h.ctx(), kind, b); reasonOf(err) != "erasing" || codeOf(err) != protocol.CodeNotFound {
				t.Errorf("%s: %s is answered %v", n, kind, err)
			}
		}
		list := inboxOf(t, h, l)
		if len(list.Rows) != 1 || list.Rows[0].Number != 2 || list.All != 1 || list.Active != 1 || list.Rows[0].Previous != 0 || list.Rows[0].Started != 1 {
			t.Errorf("%s: the list is %+v", n, list)
		}
	}
	for name, who := range map[string]func(*http.Request){
		"the visitor": h.fromWidget(welcome.VisitorKey), "Ann": h.fromConsole(h.cookieOf(h.ann)), "Bob": h.fromConsole(h.cookieOf(h.bob)),
	} {
		if res := h.request("GET", "/files/"+string(file.ID), nil, who); res.StatusCode != http.StatusNotFound {
			t.Errorf("%s is answered %s for the file", name, res.Status)
		}
	}
	all := rows(allEvents(t, h, ann, protocol.EventsRead{Conversation: 1}))
	if len(all) != 1 || !strings.Contains(all[0], "conversation.erased") {
		t.Errorf("the event list has %q", all)
	}
	res := h.request("GET", "/events.csv?conversation=1", nil, h.fromConsole(h.cookieOf(h.ann)))
	table, err := io.ReadAll(res.Body)
	if text := string(table); err != nil || strings.Contains(text, "secret") || strings.Count(text, "conversation.erased") != 1 {
		t.Errorf("the export says %q", text)
	}
	history := body[protocol.History](t, h.ask(kira, protocol.KindHistoryRead, &protocol.HistoryRead{Before: 1 << 60}))
	if got := texts(t, history.Items); !slices.Equal(got, []string{"something else"}) {
		t.Errorf("the visitor's history is %q", got)
	}

	h.purge()
	if f := h.kind(bob, protocol.KindConversationPurged); f.Conversation != 1 {
		t.Errorf("purged is #%d", f.Conversation)
	}
	if _, err := bob.Do(h.ctx(), protocol.KindConversationWatch, &protocol.ConversationWatch{Conversation: 1}); reasonOf(err) != "erased" {
		t.Errorf("at last it is answered %v", err)
	}
	for range h.blobs.All() {
		t.Error("content is left")
	}
	for _, f := range kira.Take() {
		if f.Kind == protocol.KindConversationPurged {
			t.Error("the visitor hears of the purge")
		}
	}
}

// TestDEL03SeveralAreGoneAtOnce and their bytes leave with one purge.
func TestDEL03SeveralAreGoneAtOnce(t *testing.T) {
	t.Parallel()
	h := open(t)
	ann, _ := h.operator(h.ann)
	for range 4 {
		kira, _ := h.visitor("")
		h.say(kira, 0, "hello")
	}
	for _, n := range []protocol.Number{1, 2, 4} {
		erases(h, ann, n)
	}
	list := body[protocol.Inbox](t, h.ask(ann, protocol.KindInboxRead, &protocol.InboxRead{}))
	if len(list.Rows) != 1 || list.Rows[0].Number != 3 || list.All != 1 {
		t.Errorf("the list is %+v", list.Rows)
	}
	h.purge()
	var purged []protocol.Number
	for range 3 {
		purged = append(purged, h.kind(ann, protocol.KindConversationPurged).Conversation)
	}
	if !slices.Equal(purged, []protocol.Number{1, 2, 4}) {
		t.Errorf("purged are %v", purged)
	}
}

// TestDEL06WithoutTheRightNothingIsErased, whoever asks.
func TestDEL06WithoutTheRightNothingIsErased(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	h.say(kira, 0, "hello")
	bob, _ := h.operator(h.bob)
	cmd := &protocol.ConversationDelete{Conversation: 1}
	if _, err := bob.Do(h.ctx(), protocol.KindConversationDelete, cmd); codeOf(err) != protocol.CodeForbidden || reasonOf(err) != "right=delete" {
		t.Errorf("Bob is answered %v", err)
	}
	h.refused(kira, protocol.KindConversationDelete, cmd, protocol.CodeForbidden)
	ann, _ := h.operator(h.ann)
	h.refused(ann, protocol.KindConversationDelete, &protocol.ConversationDelete{Conversation: 9}, protocol.CodeNotFound)
	if _, err := ann.Do(h.ctx(), protocol.KindConversationDelete, &protocol.ConversationDelete{}); codeOf(err) != protocol.CodeInvalid || !strings.HasPrefix(reasonOf(err), "field=conversation") {
		t.Errorf("no number is answered %v", err)
	}
	if err := ann.Frame(h.ctx(), protocol.Frame{Kind: protocol.KindConversationDelete, Body: protocol.EncodeBody(cmd)}); err != nil {
		t.Fatal(err)
	}
	if f := h.kind(ann, protocol.KindRefused); body[protocol.Refused](t, f).Code != protocol.CodeInvalid {
		t.Errorf("without an id: %+v", f)
	}
	if page := watch(t, h, bob, 1); len(texts(t, page.Items)) != 1 {
		t.Errorf("it has %d items", len(page.Items))
	}
}

// TestDEL07KiraReloadsAndItIsNotInHerHistory, also where she was away as it was erased: what her browser has of it goes.
func TestDEL07KiraReloadsAndItIsNotInHerHistory(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, welcome := h.visitor("")
	first := h.say(kira, 0, "first")
	ann, _ := h.operator(h.ann)
	closes(h, ann, 1)
	second := h.say(kira, 0, "second")
	h.say(ann, 2, "answer")
	kira.Close()
	erases(h, ann, 1)
	_, back := h.visitor(welcome.VisitorKey, protocol.Resume{Thread: first.Thread, Position: second.Position})
	if got := texts(t, back.History.Items); !slices.Equal(got, []string{"second", "answer"}) || !back.History.Reset {
		t.Errorf("she comes back to %q, reset %v", got, back.History.Reset)
	}
	_, fresh := h.visitor(welcome.VisitorKey)
	if got := texts(t, fresh.History.Items); !slices.Equal(got, []string{"second", "answer"}) || fresh.History.Reset {
		t.Errorf("elsewhere she finds %q, reset %v", got, fresh.History.Reset)
	}
	again, later := h.visitor(welcome.VisitorKey, protocol.Resume{Thread: first.Thread, Position: position(t, h)})
	if len(later.History.Items) != 0 || later.History.Reset {
		t.Errorf("who knows of it is sent %+v", later.History)
	}
	erases(h, ann, 2)
	if a := h.say(again, 0, "third"); a.Conversation != 3 {
		t.Errorf("what she writes next is in #%d", a.Conversation)
	}
}

// TestDeletingIsDoneOnce: the same command again has the same answer, another one finds nothing.
func TestDeletingIsDoneOnce(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	h.say(kira, 0, "hello")
	ann, _ := h.operator(h.ann)
	id := line.NewID()
	f := protocol.Frame{Kind: protocol.KindConversationDelete, ID: id, Body: protocol.EncodeBody(&protocol.ConversationDelete{Conversation: 1})}
	var answers []protocol.Accepted
	for range 2 {
		if err := ann.Frame(h.ctx(), f); err != nil {
			t.Fatal(err)
		}
		got, err := ann.Answer(h.ctx(), id)
		if err != nil {
			t.Fatal(err)
		}
		answers = append(answers, body[protocol.Accepted](t, got))
	}
	if answers[0] != answers[1] || answers[0].Conversation != 1 {
		t.Errorf("answered %+v", answers)
	}
	h.refused(ann, protocol.KindConversationDelete, &protocol.ConversationDelete{Conversation: 1}, protocol.CodeNotFound)
}

// TestDeletingWhileMessagesArrive: whatever is answered is either erased or in a conversation that is there, and nobody
// is shown a message of what is gone.
func TestDeletingWhileMessagesArrive(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, welcome := h.visitor("")
	h.say(kira, 0, "0")
	ann, _ := h.operator(h.ann)
	const messages = 60
	var busy sync.WaitGroup
	busy.Go(func() {
		for i := range messages {
			if _, err := kira.Do(h.ctx(), protocol.KindMessageSend, &protocol.MessageSend{Text: fmt.Sprint(i + 1)}); err != nil {
				t.Error(err)
			}
		}
	})
	erased := map[protocol.Number]bool{}
	for i := 0; i < 5; i++ {
		list := body[protocol.Inbox](t, h.ask(ann, protocol.KindInboxRead, &protocol.InboxRead{}))
		for _, row := range list.Rows {
			erases(h, ann, row.Number)
			erased[row.Number] = true
		}
	}
	busy.Wait()
	_, back := h.visitor(welcome.VisitorKey)
	shown := texts(t, back.History.Items)
	var kept []string
	err := h.Engine.Read(func(r store.Reader) error {
		for item, err := range store.Items.Scan(r, store.Items.Under()) {
			if err != nil {
				return err
			}
			if item.Kind == protocol.KindMessageSent && !erased[item.Conversation] {
				kept = append(kept, body[protocol.MessageSent](t, item).Text)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(kept); n > protocol.HistoryPage {
		kept = kept[n-protocol.HistoryPage:]
	}
	if d := cmp.Diff(kept, shown); d != "" && len(kept)+len(shown) > 0 || len(erased) == 0 {
		t.Errorf("%d erased (-kept +shown)\n%s", len(erased), d)
	}
}
