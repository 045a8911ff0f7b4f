package server

import (
	"strings"
	"testing"
	"time"

	"beseda/protocol"
	"beseda/server/session/line"
	"beseda/store"
)

// unsent is what an operator finds of a draft on opening a conversation.
func unsent(t testing.TB, h *house, l *line.Line, n protocol.Number) *protocol.Draft {
	t.Helper()
	return watch(t, h, l, n).Draft
}

// rowIn reads a row of somebody's list as it is now.
func rowIn(t testing.TB, h *house, l *line.Line, n protocol.Number) protocol.Row {
	t.Helper()
	for _, row := range inboxOf(t, h, l).Rows {
		if row.Number == n {
			return row
		}
	}
	t.Fatalf("#%d is not in the list", n)
	return protocol.Row{}
}

func write(h *house, l *line.Line, d protocol.DraftSave) {
	h.t.Helper()
	h.ask(l, protocol.KindDraftSave, &d)
}

func TestDRF01AnUnsentReplyIsKeptWithQuoteAndFiles(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	first := h.say(kira, 0, "Do you have it in red?")
	lev, _ := h.visitor("")
	h.say(lev, 0, "hello")
	bob, _ := h.operator(h.bob)
	file := h.upload(t, h.fromConsole(h.cookieOf(h.bob)), "red.png", tinyPNG)
	write(h, bob, protocol.DraftSave{Conversation: 1, Text: "abc", Note: "ask Eve", Quote: first.Position,
		Attachments: []protocol.AttachmentID{file.ID}})
	if d := unsent(t, h, bob, 2); d != nil {
		t.Errorf("#2 has %+v", d)
	}
	d := unsent(t, h, bob, 1)
	if d == nil || d.Text != "abc" || d.Note != "ask Eve" || d.Quote == nil || d.Quote.Text != "Do you have it in red?" ||
		len(d.Attachments) != 1 || d.Attachments[0] != file || d.At == 0 {
		t.Errorf("#1 has %+v", d)
	}
	for _, none := range []protocol.DraftSave{
		{Conversation: 1, Text: "x", Attachments: []protocol.AttachmentID{protocol.AttachmentID(newID())}},
		{Conversation: 9, Text: "x"},
	} {
		h.refused(bob, protocol.KindDraftSave, &none, protocol.CodeNotFound)
	}
	long := make([]byte, protocol.MaxDraftRunes+1)
	for i := range long {
		long[i] = 'x'
	}
	h.refused(bob, protocol.KindDraftSave, &protocol.DraftSave{Conversation: 1, Text: string(long)}, protocol.CodeTooLong)
	if d := unsent(t, h, bob, 1); d == nil || d.Text != "abc" {
		t.Errorf("after a refusal it is %+v", d)
	}
	write(h, bob, protocol.DraftSave{Conversation: 1, Text: string(long[:protocol.MaxDraftRunes])}) // more than a message takes
	if d := unsent(t, h, bob, 1); d == nil || len(d.Text) != protocol.MaxDraftRunes {
		t.Errorf("a long one is %+v", d)
	}
	robot, _ := h.bot("Robot")
	h.refused(robot, protocol.KindDraftSave, &protocol.DraftSave{Conversation: 1, Text: "x"}, protocol.CodeForbidden)
}

func TestDRF02AndINB07ADraftIsTheLastLineForItsAuthorAlone(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	h.say(kira, 0, "hello")
	lev, _ := h.visitor("")
	h.say(lev, 0, "newer")
	bob, _ := h.operator(h.bob)
	other, _ := h.operator(h.bob) // his second device
	ann, _ := h.operator(h.ann)
	write(h, bob, protocol.DraftSave{Conversation: 1, Text: "unsent words"})
	for name, l := range map[string]*line.Line{"this": bob, "the other": other} {
		if row := nextRow(t, h, l, 1); row.Draft != "unsent words" || row.LastText != "hello" {
			t.Errorf("on %s device the row is %+v", name, row)
		}
	}
	if rows := inboxOf(t, h, bob).Rows; len(rows) != 2 || rows[0].Number != 2 {
		t.Errorf("the order is another: %+v", rows)
	}
	h.settle(ann)
	if row := rowIn(t, h, ann, 1); row.Draft != "" || row.DraftFiles != 0 || row.LastText != "hello" {
		t.Errorf("Ann's row is %+v", row)
	}
	for _, f := range ann.Take() {
		if mentions(t, f, 1, "unsent words") {
			t.Errorf("Ann heard %s of it", f.Kind)
		}
	}
	if d := unsent(t, h, ann, 1); d != nil {
		t.Errorf("Ann opens %+v", d)
	}
	events := h.ask(ann, protocol.KindEventsRead, &protocol.EventsRead{})
	if strings.Contains(string(events.Body), "unsent words") {
		t.Error("the event list has it")
	}
}

func TestDRF03AndDRF04ADraftOutlivesPageAndProcess(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	h.say(kira, 0, "hello")
	bob, _ := h.operator(h.bob)
	write(h, bob, protocol.DraftSave{Conversation: 1, Text: "abc"})
	bob.Close()
	h.stop()
	h.start()
	bob, w := h.operator(h.bob)
	if len(w.Inbox.Rows) != 1 || w.Inbox.Rows[0].Draft != "abc" {
		t.Errorf("Bob comes back to %+v", w.Inbox.Rows)
	}
	if d := unsent(t, h, bob, 1); d == nil || d.Text != "abc" {
		t.Errorf("and opens %+v", d)
	}

	// Where drafts last only as long as the page, none is kept, and what was kept is not shown and dropped.
	ann, _ := h.operator(h.ann)
	policies := func(value string) {
		h.ask(ann, protocol.KindPolicyChange, &protocol.PolicyChange{Values: []protocol.PolicyValue{{Key: "draft.persistence", Value: value}}})
	}
	h.ask(bob, protocol.KindConversationLeave, &protocol.ConversationLeave{Conversation: 1}) // the list is told all the same
	bob.Take()
	policies("session")
	if row := nextRow(t, h, bob, 1); row.Draft != "" {
		t.Errorf("the row still says %q", row.Draft)
	}
	page := watch(t, h, bob, 1)
	if page.Draft != nil || !page.DraftSession {
		t.Errorf("the page has %+v, session %v", page.Draft, page.DraftSession)
	}
	_, err := bob.Do(h.ctx(), protocol.KindDraftSave, &protocol.DraftSave{Conversation: 1, Text: "x"})
	if err == nil || err.Error() != "forbidden policy=draft.persistence" {
		t.Errorf("saving: %v", err)
	}
	if err := h.Sweep(h.ctx()); err != nil {
		t.Fatal(err)
	}
	policies("durable")
	if page := watch(t, h, bob, 1); page.Draft != nil || page.DraftSession || page.Row.Draft != "" {
		t.Errorf("dropped, and yet there is %+v", page)
	}
}

func TestDRF05ADraftEndsWhenItIsSentOrEmptied(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	first := h.say(kira, 0, "hello")
	bob, _ := h.operator(h.bob)
	write(h, bob, protocol.DraftSave{Conversation: 1, Text: "abc", Note: "for us", Quote: first.Position})
	nextRow(t, h, bob, 1)
	h.say(bob, 1, "abc")
	bob.Close() // what the client would save now is lost with the line
	bob, w := h.operator(h.bob)
	if row := w.Inbox.Rows[0]; row.Draft != "for us" || row.LastText != "abc" {
		t.Errorf("the row shows %+v", row)
	}
	if d := unsent(t, h, bob, 1); d == nil || d.Text != "" || d.Quote != nil || d.Note != "for us" {
		t.Errorf("sent, the draft is %+v", d)
	}
	h.ask(bob, protocol.KindNoteAdd, &protocol.NoteAdd{Conversation: 1, Text: "for us"})
	if page := watch(t, h, bob, 1); page.Draft != nil || page.Row.Draft != "" {
		t.Errorf("noted, the draft is %+v", page.Draft)
	}
	write(h, bob, protocol.DraftSave{Conversation: 1, Text: "more"})
	write(h, bob, protocol.DraftSave{Conversation: 1, Text: " \n "})
	if page := watch(t, h, bob, 1); page.Draft != nil || page.Row.Draft != "" {
		t.Errorf("emptied, the draft is %+v", page.Draft)
	}
	if n := drafts(t, h); n != 0 {
		t.Errorf("%d drafts are stored", n)
	}
	// A refused message ends nothing.
	write(h, bob, protocol.DraftSave{Conversation: 1, Text: "kept"})
	h.refused(bob, protocol.KindMessageSend, send(1, "kept", 1<<40), protocol.CodeNotFound)
	if d := unsent(t, h, bob, 1); d == nil || d.Text != "kept" {
		t.Errorf("refused, the draft is %+v", d)
	}
}

func drafts(t testing.TB, h *house) (n int) {
	t.Helper()
	if err := h.Engine.Read(func(r store.Reader) error {
		for _, err := range store.Drafts.Scan(r, store.Drafts.Under()) {
			if err != nil {
				return err
			}
			n++
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestADraftGoesAlongWithASplitAndIsJoinedByAMerge(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	h.say(kira, 0, "first matter")
	ann, _ := h.operator(h.ann)
	bob, _ := h.operator(h.bob)
	h.asAnn(&protocol.ConversationComplete{Conversation: 1, Status: protocol.Open})
	reactivating := h.say(kira, 0, "second matter")
	write(h, ann, protocol.DraftSave{Conversation: 1, Text: "Ann's", Quote: reactivating.Position})
	write(h, bob, protocol.DraftSave{Conversation: 1, Text: "Bob's", Note: "hm"})
	h.asAnn(&protocol.MessagesSplit{Conversation: 1, From: reactivating.Position})
	if d := unsent(t, h, ann, 1); d != nil {
		t.Errorf("#1 still has %+v", d)
	}
	if page := watch(t, h, ann, 2); page.Draft == nil || page.Draft.Text != "Ann's" || page.Draft.Quote.Gone ||
		page.Draft.Quote.Conversation != 2 || page.Row.Draft != "Ann's" {
		t.Errorf("#2 has %+v", page.Draft)
	}
	if row := rowIn(t, h, bob, 2); row.Draft != "Bob's" {
		t.Errorf("Bob's row is %+v", row)
	}
	write(h, bob, protocol.DraftSave{Conversation: 1, Text: "earlier"})
	h.asAnn(&protocol.ConversationMerge{Conversation: 2, Into: 1})
	if d := unsent(t, h, bob, 1); d == nil || d.Text != "earlier\n\nBob's" || d.Note != "hm" {
		t.Errorf("Bob's are joined as %+v", d)
	}
	if d := unsent(t, h, ann, 2); d == nil || d.Text != "Ann's" { // the number leads on
		t.Errorf("Ann's is %+v", d)
	}
	if n := drafts(t, h); n != 2 {
		t.Errorf("%d drafts are stored", n)
	}
}

func TestAFileOfADraftWaitsForIt(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	h.say(kira, 0, "hello")
	bob, _ := h.operator(h.bob)
	console := h.fromConsole(h.cookieOf(h.bob))
	held := h.upload(t, console, "held.txt", "held by a draft")
	loose := h.upload(t, console, "loose.txt", "held by nobody")
	write(h, bob, protocol.DraftSave{Conversation: 1, Attachments: []protocol.AttachmentID{held.ID}})
	if row := rowIn(t, h, bob, 1); row.DraftFiles != 1 {
		t.Errorf("the row counts %d files", row.DraftFiles)
	}
	h.advance(uploadLife + 2*time.Hour)
	if err := h.Sweep(h.ctx()); err != nil {
		t.Fatal(err)
	}
	h.refused(bob, protocol.KindMessageSend, &protocol.MessageSend{Conversation: 1, Attachments: []protocol.AttachmentID{loose.ID}}, protocol.CodeNotFound)
	h.say(bob, 1, "", held.ID)
	if _, _, err := h.blobs.Open(held.Blob); err != nil {
		t.Errorf("its content is gone: %v", err)
	}
	other := h.upload(t, console, "other.txt", "held for a while")
	write(h, bob, protocol.DraftSave{Conversation: 1, Attachments: []protocol.AttachmentID{other.ID}})
	write(h, bob, protocol.DraftSave{Conversation: 1})
	h.advance(uploadLife + 2*time.Hour)
	if err := h.Sweep(h.ctx()); err != nil {
		t.Fatal(err)
	}
	if _, _, err := h.blobs.Open(other.Blob); err == nil {
		t.Error("what no draft holds any more is still kept")
	}
}

func TestADraftIsOutOfReachWithItsConversation(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	h.say(kira, 0, "hello")
	bob, _ := h.operator(h.bob)
	write(h, bob, protocol.DraftSave{Conversation: 1, Text: "abc"})
	h.asAnn(&protocol.PolicyChange{Values: []protocol.PolicyValue{{Key: "access.read", Value: "assigned"}}})
	h.asAnn(&protocol.ConversationAssign{Conversation: 1, Assignee: h.ann})
	h.wait(bob, gone(t, 1))
	h.refused(bob, protocol.KindDraftSave, &protocol.DraftSave{Conversation: 1, Text: "more"}, protocol.CodeForbidden)
	h.refused(bob, protocol.KindConversationWatch, &protocol.ConversationWatch{Conversation: 1}, protocol.CodeForbidden)
	h.asAnn(&protocol.ConversationAssign{Conversation: 1, Assignee: h.bob})
	if row := nextRow(t, h, bob, 1); row.Draft != "abc" {
		t.Errorf("given back, the row is %+v", row)
	}
}
