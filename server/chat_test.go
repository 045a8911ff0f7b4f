package server

import (
	"testing"

	"beseda/protocol"
	"beseda/server/session/line"
)

func TestAVisitorAndAnOperatorTalk(t *testing.T) {
	t.Parallel()
	h := open(t)
	ann, annWelcome := h.operator(h.ann)
	if got := annWelcome.Me.Role; got != protocol.RoleAdmin {
		t.Fatalf("Ann is %q", got)
	}
	kira, kiraWelcome := h.visitor("")
	if kiraWelcome.VisitorKey == "" || !kiraWelcome.Online {
		t.Fatalf("a new visitor got %+v", kiraWelcome)
	}
	asked := h.say(kira, 0, "Is this the shade with the linen cord?")
	if asked.Conversation != 1 {
		t.Fatalf("the first conversation is #%d", asked.Conversation)
	}
	row := nextRow(t, h, ann, 1)
	if row.Unread != 1 || row.LastText != "Is this the shade with the linen cord?" || !row.MayWrite {
		t.Fatalf("row is %+v", row)
	}
	page := watch(t, h, ann, 1)
	if got := texts(t, page.Items); len(got) != 1 {
		t.Fatalf("page holds %q", got)
	}
	if _, err := ann.Do(h.ctx(), protocol.KindReceiptAdvance, &protocol.ReceiptAdvance{
		Conversation: 1, Delivered: asked.Position, Read: asked.Position,
	}); err != nil {
		t.Fatal(err)
	}
	seen, err := kira.Wait(h.ctx(), func(f protocol.Frame) bool { return f.Kind == protocol.KindReceiptAdvanced })
	if err != nil {
		t.Fatal(err)
	}
	if got := body[protocol.ReceiptAdvanced](t, seen); got.Read != asked.Position || got.Operator != "" || seen.Actor != nil {
		t.Fatalf("the visitor was told %+v by %+v", got, seen.Actor)
	}
	answered := h.say(ann, 1, "It is.")
	heard, err := kira.Wait(h.ctx(), func(f protocol.Frame) bool {
		return f.Kind == protocol.KindMessageSent && f.Position == answered.Position
	})
	if err != nil {
		t.Fatal(err)
	}
	if heard.Actor.Name != "Ann" || heard.Actor.Kind != protocol.ActorOperator {
		t.Fatalf("the answer is by %+v", heard.Actor)
	}
	if _, err := kira.Do(h.ctx(), protocol.KindReceiptAdvance, &protocol.ReceiptAdvance{Delivered: answered.Position, Read: answered.Position}); err != nil {
		t.Fatal(err)
	}
	if _, err := ann.Wait(h.ctx(), func(f protocol.Frame) bool {
		return f.Kind == protocol.KindReceiptAdvanced && body[protocol.ReceiptAdvanced](t, f).Side == protocol.SideVisitor
	}); err != nil {
		t.Fatal(err)
	}
}

func TestEverythingIsThereAfterARestart(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, welcome := h.visitor("")
	h.say(kira, 0, "one")
	ann, _ := h.operator(h.ann)
	h.say(ann, 1, "two")
	h.stop()
	h.start()
	kira, again := h.visitor(welcome.VisitorKey)
	if got := texts(t, again.History.Items); len(got) != 2 || got[0] != "one" || got[1] != "two" {
		t.Fatalf("history is %q", got)
	}
	if next := h.say(kira, 0, "three"); next.Conversation != 1 {
		t.Fatalf("the message went to #%d", next.Conversation)
	}
	ann, operator := h.operator(h.ann)
	if len(operator.Inbox.Rows) != 1 || operator.Inbox.Rows[0].Assignee != h.ann {
		t.Fatalf("inbox is %+v", operator.Inbox)
	}
	ann.Close()
}

func TestTwoTabsOfAVisitorHearTheSame(t *testing.T) {
	t.Parallel()
	h := open(t)
	first, welcome := h.visitor("")
	second, _ := h.visitor(welcome.VisitorKey)
	sent := h.say(first, 0, "hello")
	heard, err := second.Kind(h.ctx(), protocol.KindMessageSent)
	if err != nil || heard.Position != sent.Position {
		t.Fatalf("the other tab heard %+v, %v", heard, err)
	}
}

func TestTheJSONEdgeSpeaksTheSame(t *testing.T) {
	t.Parallel()
	h := open(t)
	bot, _ := h.bot("Echo")
	kira, _ := h.visitor("")
	h.say(kira, 0, "hi")
	nextRow(t, h, bot, 1)
	h.say(bot, 1, "hi yourself")
	heard, err := kira.Wait(h.ctx(), func(f protocol.Frame) bool {
		return f.Kind == protocol.KindMessageSent && f.Actor.Kind == protocol.ActorBot
	})
	if err != nil || heard.Actor.Name != "Echo" {
		t.Fatalf("heard %+v, %v", heard, err)
	}
}

// nextRow waits for a pushed row of a conversation.
func nextRow(t testing.TB, h *house, l *line.Line, n protocol.Number) protocol.Row {
	t.Helper()
	var found protocol.Row
	if _, err := l.Wait(h.ctx(), func(f protocol.Frame) bool {
		if f.Kind != protocol.KindInbox || f.ID != "" {
			return false
		}
		for _, row := range body[protocol.Inbox](t, f).Rows {
			if row.Number == n {
				found = row
				return true
			}
		}
		return false
	}); err != nil {
		t.Fatal(err)
	}
	return found
}

func watch(t testing.TB, h *house, l *line.Line, n protocol.Number) protocol.History {
	t.Helper()
	f, err := l.Do(h.ctx(), protocol.KindConversationWatch, &protocol.ConversationWatch{Conversation: n})
	if err != nil {
		t.Fatal(err)
	}
	return body[protocol.History](t, f)
}

func texts(t testing.TB, items []protocol.Frame) (out []string) {
	t.Helper()
	for _, f := range items {
		if f.Kind == protocol.KindMessageSent {
			out = append(out, body[protocol.MessageSent](t, f).Text)
		}
	}
	return out
}
