package server

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/server/session/line"
)

// Tags, blocks and unread marks through the socket, with two operators and a visitor.

type rowsOf = map[protocol.Number]protocol.Row

func block(h *house, l *line.Line, n protocol.Number) {
	h.t.Helper()
	h.ask(l, protocol.KindContactBlock, &protocol.ContactBlock{Conversation: n})
}

func unblock(h *house, l *line.Line, n protocol.Number) {
	h.t.Helper()
	h.ask(l, protocol.KindContactUnblock, &protocol.ContactUnblock{Conversation: n})
}

func newTag(h *house, l *line.Line, name string, color protocol.TagColor) protocol.TagID {
	h.t.Helper()
	f := h.ask(l, protocol.KindTagCreate, &protocol.TagCreate{Name: name, Color: color})
	return protocol.TagID(body[protocol.Accepted](h.t, f).Made)
}

// teamTags waits until somebody was told that the tags are these.
func teamTags(h *house, l *line.Line, want ...protocol.Tag) {
	h.t.Helper()
	h.wait(l, func(f protocol.Frame) bool {
		return f.Kind == protocol.KindTeam && cmp.Equal(want, body[protocol.Team](h.t, f).Tags)
	})
}

func TestTAG01And10ATagAndItsColourShowLive(t *testing.T) {
	t.Parallel()
	h := open(t)
	ann, w := h.operator(h.ann)
	bob, _ := h.operator(h.bob)
	if len(w.Team.Tags) != 0 {
		t.Errorf("at first there are %v", w.Team.Tags)
	}
	vip := newTag(h, bob, "vip", "rose")
	teamTags(h, ann, protocol.Tag{ID: vip, Name: "vip", Color: "rose"})
	h.refused(bob, protocol.KindTagChange, &protocol.TagChange{Tag: vip, Name: "vip", Color: "sky"}, protocol.CodeForbidden)
	h.ask(ann, protocol.KindTagChange, &protocol.TagChange{Tag: vip, Name: "VIP", Color: "sky"})
	teamTags(h, bob, protocol.Tag{ID: vip, Name: "VIP", Color: "sky"})
	if _, again := h.operator(h.bob); !cmp.Equal(again.Team.Tags, []protocol.Tag{{ID: vip, Name: "VIP", Color: "sky"}}) {
		t.Errorf("a new console has %v", again.Team.Tags)
	}
	h.ask(ann, protocol.KindTagDelete, &protocol.TagDelete{Tag: vip})
	teamTags(h, bob)
}

func TestTAG08AndINB06PinningIsOfOneContactAndOneTag(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	h.say(kira, 0, "first of Kira's")
	ann, _ := h.operator(h.ann)
	closes(h, ann, 1)
	h.say(kira, 0, "second of Kira's") // #2
	lev, _ := h.visitor("")
	h.say(lev, 0, "Lev's") // #3
	bob := h.listing(h.operator(h.bob))
	vip, old := newTag(h, ann, "vip", "rose"), newTag(h, ann, "old", "stone")
	tag := func(n protocol.Number, id protocol.TagID, pinned bool) {
		h.ask(ann, protocol.KindContactTagAdd, &protocol.ContactTagAdd{Conversation: n, Tag: id, Pinned: pinned})
	}
	tag(2, vip, true)
	tag(2, old, false)
	tag(3, vip, false)
	kiras, levs := []protocol.ContactTag{{Tag: vip, Pinned: true}, {Tag: old}}, []protocol.ContactTag{{Tag: vip}}
	bob.until(func(all rowsOf) bool { return cmp.Equal(all[2].Tags, kiras) && cmp.Equal(all[3].Tags, levs) })
	if row := rowOf(h, ann, 1); !cmp.Equal(row.Tags, kiras) {
		t.Errorf("her other conversation bears %v", row.Tags)
	}
	h.ask(bob.line, protocol.KindContactTagRemove, &protocol.ContactTagRemove{Conversation: 2, Tag: old})
	bob.until(func(all rowsOf) bool { return cmp.Equal(all[2].Tags, kiras[:1]) })
	h.ask(ann, protocol.KindTagDelete, &protocol.TagDelete{Tag: vip})
	for _, n := range []protocol.Number{1, 2, 3} {
		if row := rowOf(h, ann, n); row.Tags != nil {
			t.Errorf("#%d still bears %v", n, row.Tags)
		}
	}
}

func TestAContactsNameShowsLiveInEveryRowAndOnEveryScreen(t *testing.T) {
	t.Parallel()
	h, _, ann := chain(t)
	bob := h.listing(h.operator(h.bob))
	watch(t, h, bob.line, 1) // an older one
	h.ask(ann, protocol.KindContactChange, &protocol.ContactChange{Conversation: 3, Name: "Kira", Email: "kira@example.com", Phone: "123"})
	set := h.kind(bob.line, protocol.KindContactSet)
	if b := body[protocol.ContactSet](t, set); set.Conversation != 1 || b.Name != "Kira" || b.Email != "kira@example.com" || b.Phone != "123" {
		t.Errorf("Bob is told in #%d %+v", set.Conversation, b)
	}
	bob.until(func(all rowsOf) bool { return all[3].Name == "Kira" })
	if v := watch(t, h, bob.line, 2).Visitor; v.Name != "Kira" || v.Email != "kira@example.com" || v.Phone != "123" {
		t.Errorf("the panel has %+v", v)
	}
}

func TestBLK01To04NothingPassesAndEverybodyWhoTypesIsTold(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, w := h.visitor("")
	h.say(kira, 0, "m1")
	ann, _ := h.operator(h.ann)
	at := h.say(ann, 1, "m2").Position
	h.ask(kira, protocol.KindReceiptAdvance, &protocol.ReceiptAdvance{Delivered: at, Read: at})
	closes(h, ann, 1)
	file := h.upload(t, h.fromWidget(w.VisitorKey), "before.png", tinyPNG)
	h.say(kira, 0, "m3") // #2
	bob := h.listing(h.operator(h.bob))
	watch(t, h, bob.line, 2)
	kira.Close()
	failed := h.say(ann, 2, "on no device").Position
	bob.until(func(all rowsOf) bool { return all[2].LastState == protocol.StateSent })

	block(h, ann, 1)
	bob.until(func(all rowsOf) bool {
		return all[2].Blocked && all[2].LastState == protocol.StateFailed && all[2].AwaitingSince == 0 && all[2].MayBlock
	})
	if !rowOf(h, ann, 1).Blocked {
		t.Error("BLK-01: #1 is not blocked")
	}
	items := watch(t, h, bob.line, 2).Items
	i := slices.IndexFunc(items, func(f protocol.Frame) bool { return f.Position == failed })
	if b := body[protocol.MessageSent](t, items[i]); b.Failed != protocol.CodeBlocked {
		t.Errorf("Bob's screen says of it %+v", b)
	}

	kira, again := h.visitor(w.VisitorKey)
	for _, item := range again.History.Items {
		if item.Position == failed || body[protocol.MessageSent](t, item).Failed != "" {
			t.Errorf("Kira is shown %+v", item)
		}
	}
	before := position(t, h)
	h.refused(kira, protocol.KindMessageSend, &protocol.MessageSend{Text: "hello?"}, protocol.CodeBlocked)
	h.refused(kira, protocol.KindMessageSend, &protocol.MessageSend{Attachments: []protocol.AttachmentID{file.ID}}, protocol.CodeBlocked)
	h.refused(kira, protocol.KindReactionAdd, &protocol.ReactionAdd{Position: at, Emoji: "👍"}, protocol.CodeBlocked)
	h.refused(kira, protocol.KindConversationClose, &protocol.ConversationClose{Conversation: 2}, protocol.CodeBlocked)
	h.refused(kira, protocol.KindTypingStart, &protocol.TypingStart{}, protocol.CodeBlocked)
	h.refused(ann, protocol.KindMessageSend, &protocol.MessageSend{Conversation: 2, Text: "x"}, protocol.CodeBlocked)
	h.refused(ann, protocol.KindReactionAdd, &protocol.ReactionAdd{Conversation: 1, Position: at, Emoji: "👍"}, protocol.CodeBlocked)
	h.refused(ann, protocol.KindTypingStart, &protocol.TypingStart{Conversation: 2}, protocol.CodeBlocked)
	h.refused(ann, protocol.KindConversationStart, &protocol.ConversationStart{Thread: items[0].Thread, Text: "x"}, protocol.CodeBlocked)
	robot, _ := h.bot("Robot")
	h.refused(robot, protocol.KindMessageSend, &protocol.MessageSend{Conversation: 2, Text: "x"}, protocol.CodeBlocked)
	res := h.request("POST", "/files", strings.NewReader(tinyPNG), h.fromWidget(w.VisitorKey), named("after.png"))
	if got := refusal(t, res); res.StatusCode != http.StatusForbidden || got.Code != protocol.CodeBlocked {
		t.Errorf("an upload: %s %+v", res.Status, got)
	}
	h.hire("Carl", "carl@example.com", protocol.RoleOperator, false)
	if got := position(t, h); got != before+4 { // Robot and Carl came
		t.Errorf("BLK-02: %d events are stored", got-before)
	}
	h.ask(kira, protocol.KindReceiptAdvance, &protocol.ReceiptAdvance{Delivered: position(t, h), Read: position(t, h)})
	if row := rowOf(h, ann, 2); row.LastState != protocol.StateFailed {
		t.Errorf("after her receipt the last message is %s", row.LastState)
	}

	unblock(h, bob.line, 2)
	bob.until(func(all rowsOf) bool { return !all[2].Blocked })
	m := h.say(kira, 0, "thank you")
	if m.Conversation != 2 {
		t.Errorf("BLK-04: it went to #%d", m.Conversation)
	}
	bob.until(func(all rowsOf) bool { return all[2].LastText == "thank you" })
	if got := texts(t, watch(t, h, bob.line, 2).Items); !slices.Equal(got, []string{"m3", "on no device", "thank you"}) {
		t.Errorf("BLK-04: #2 has %q", got)
	}
}

func TestUNR01To03AMarkIsOnesOwnOnAllDevicesUntilOneComesBack(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	h.say(kira, 0, "m1")
	laptop := h.listing(h.operator(h.ann))
	phone := h.listing(h.operator(h.ann))
	bob := h.listing(h.operator(h.bob))
	at := position(t, h)
	for _, l := range []*line.Line{laptop.line, bob.line} {
		watch(t, h, l, 1)
		h.ask(l, protocol.KindReceiptAdvance, &protocol.ReceiptAdvance{Conversation: 1, Delivered: at, Read: at})
	}
	read := func(all rowsOf) bool { return all[1].Unread == 0 && !all[1].Marked }
	phone.until(read)
	bob.until(read)
	h.settle(kira)
	kira.Take()

	h.ask(laptop.line, protocol.KindUnreadMark, &protocol.UnreadMark{Conversation: 1})
	marked := func(all rowsOf) bool { return all[1].Marked && all[1].Unread == 0 }
	laptop.until(marked)
	phone.until(marked)
	if in := inboxOf(t, h, phone.line); in.Unread != 1 {
		t.Errorf("UNR-01: the header counts %d", in.Unread)
	}
	if in := inboxOf(t, h, bob.line); in.Unread != 0 || in.Rows[0].Marked {
		t.Errorf("UNR-02: Bob's counts %d, his row is %+v", in.Unread, in.Rows[0])
	}
	// Staying, reading on and replying leave it.
	h.ask(laptop.line, protocol.KindReceiptAdvance, &protocol.ReceiptAdvance{Conversation: 1, Delivered: position(t, h), Read: position(t, h)})
	h.say(laptop.line, 1, "an answer")
	phone.until(func(all rowsOf) bool { return all[1].LastText == "an answer" })
	if !phone.rows[1].Marked {
		t.Error("UNR-03: staying has cleared it")
	}
	if _, w := h.operator(h.ann); w.Inbox.Unread != 1 || !w.Inbox.Rows[0].Marked {
		t.Errorf("a new device counts %d", w.Inbox.Unread)
	}
	h.ask(phone.line, protocol.KindUnreadClear, &protocol.UnreadClear{Conversation: 1})
	laptop.until(read)
	if in := inboxOf(t, h, laptop.line); in.Unread != 0 {
		t.Errorf("UNR-03: the header counts %d", in.Unread)
	}
	for _, f := range kira.Take() {
		if f.Kind == protocol.KindReceiptAdvanced {
			if r := body[protocol.ReceiptAdvanced](t, f); r.Read < at {
				t.Errorf("UNR-03: Kira's ticks go back: %+v", r)
			}
		}
		if f.Kind == protocol.KindUnreadMark || f.Kind == protocol.KindUnreadClear {
			t.Errorf("Kira hears %s", f.Kind)
		}
	}
}
