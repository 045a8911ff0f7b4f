package server

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/server/session/line"
)

// quoted waits for a message with a text and returns what it quotes.
func quoted(t testing.TB, h *house, l *line.Line, text string) (q *protocol.Quote) {
	t.Helper()
	h.wait(l, func(f protocol.Frame) bool {
		if f.Kind != protocol.KindMessageSent {
			return false
		}
		sent := body[protocol.MessageSent](t, f)
		q = sent.Quote
		return sent.Text == text
	})
	return q
}

// quoteIn finds what a message of a page quotes.
func quoteIn(t testing.TB, items []protocol.Frame, text string) *protocol.Quote {
	t.Helper()
	for _, f := range items {
		if f.Kind != protocol.KindMessageSent {
			continue
		}
		if sent := body[protocol.MessageSent](t, f); sent.Text == text {
			return sent.Quote
		}
	}
	t.Fatalf("no message %q among %q", text, texts(t, items))
	return nil
}

func send(n protocol.Number, text string, quote protocol.Position) *protocol.MessageSend {
	return &protocol.MessageSend{Conversation: n, Text: text, Quote: quote}
}

func TestQUO02AQuoteShowsItsMessageToBothSidesOnEveryWay(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, welcome := h.visitor("")
	long := strings.Repeat("ё", 200)
	first := h.say(kira, 0, "Do you have it in red? "+long)
	ann, _ := h.operator(h.ann)
	robot, _ := h.bot("Robot")
	watch(t, h, ann, 1)
	watch(t, h, robot, 1)
	h.ask(ann, protocol.KindMessageSend, send(1, "we do", first.Position))

	excerpt := string([]rune("Do you have it in red? " + long)[:protocol.MaxExcerptRunes])
	for who, l := range map[string]*line.Line{"Kira": kira, "Ann": ann, "Robot": robot} {
		q := quoted(t, h, l, "we do")
		want := protocol.Number(1)
		if who == "Kira" {
			want = 0 // a visitor hears of no numbers
		}
		if q == nil || q.Message != first.Position || q.Text != excerpt || q.Gone || q.Conversation != want ||
			q.Actor == nil || q.Actor.ID != string(welcome.Visitor) {
			t.Errorf("%s sees %+v", who, q)
		}
	}
	_, back := h.visitor(welcome.VisitorKey)
	older := body[protocol.History](t, h.ask(kira, protocol.KindHistoryRead, &protocol.HistoryRead{Before: 1 << 40}))
	again := watch(t, h, ann, 1)
	page := body[protocol.History](t, h.ask(robot, protocol.KindHistoryRead, &protocol.HistoryRead{Conversation: 1, Before: 1 << 40}))
	for way, items := range map[string][]protocol.Frame{
		"welcome": back.History.Items, "her history": older.Items, "watching": again.Items, "a bot's page": page.Items,
	} {
		if q := quoteIn(t, items, "we do"); q == nil || q.Text != excerpt || q.Gone {
			t.Errorf("%s: %+v", way, q)
		}
	}

	// Kira quotes Ann's file, of which she sees who sent it.
	file := h.upload(t, h.fromConsole(h.cookieOf(h.ann)), "red.png", tinyPNG)
	picture := h.say(ann, 1, "", file.ID)
	h.ask(kira, protocol.KindMessageSend, send(0, "this one", picture.Position))
	for _, l := range []*line.Line{kira, ann} {
		q := quoted(t, h, l, "this one")
		if q == nil || q.Attachment != protocol.AttachmentImage || q.Text != "" || q.Actor == nil || q.Actor.Name != "Ann" {
			t.Errorf("what Kira quotes is %+v", q)
		}
	}
}

func TestQUO02OnlyAMessageOfTheThreadThatOneMayReadIsQuoted(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	h.say(kira, 0, "mine")
	lev, _ := h.visitor("")
	others := h.say(lev, 0, "another's")
	ann, _ := h.operator(h.ann)
	note := body[protocol.Accepted](t, h.ask(ann, protocol.KindNoteAdd, &protocol.NoteAdd{Conversation: 1, Text: "for us"}))
	for name, at := range map[string]protocol.Position{"a note": note.Position, "another thread's": others.Position, "nothing": 1 << 40} {
		t.Run(name, func(t *testing.T) {
			h.refused(ann, protocol.KindMessageSend, send(1, "x", at), protocol.CodeNotFound)
			h.refused(kira, protocol.KindMessageSend, send(0, "x", at), protocol.CodeNotFound)
			h.refused(ann, protocol.KindDraftSave, &protocol.DraftSave{Conversation: 1, Text: "x", Quote: at}, protocol.CodeNotFound)
		})
	}
	newcomer, _ := h.visitor("")
	h.refused(newcomer, protocol.KindMessageSend, send(0, "x", others.Position), protocol.CodeNotFound)
}

func TestQUO03TheChannelSaysWhoMayQuote(t *testing.T) {
	t.Parallel()
	h := open(t)
	looks := protocol.Looks{Name: "Acme shop", Color: "#0a6a78"}
	ann, _ := h.operator(h.ann)
	kira, welcome := h.visitor("")
	if welcome.Quoting != "" {
		t.Errorf("at first Kira may quote %q", welcome.Quoting)
	}
	first := h.say(kira, 0, "hello")
	for _, c := range []struct {
		of            protocol.Capability
		team, visitor bool
	}{
		{protocol.CapabilityNone, false, false}, {protocol.CapabilityReceive, false, true},
		{protocol.CapabilitySend, true, false}, {protocol.CapabilityBoth, true, true}, {"", true, true},
	} {
		h.asAnn(&protocol.ChannelChange{Channel: h.channel, Looks: looks, AnySite: true, Quoting: c.of})
		if _, w := h.visitor(welcome.VisitorKey); w.Quoting != c.of {
			t.Errorf("Kira is told %q of %q", w.Quoting, c.of)
		}
		for _, side := range []struct {
			l   *line.Line
			n   protocol.Number
			may bool
		}{{ann, 1, c.team}, {kira, 0, c.visitor}} {
			_, err := side.l.Do(h.ctx(), protocol.KindMessageSend, send(side.n, "about that", first.Position))
			if want := map[bool]protocol.Code{false: protocol.CodeForbidden}[side.may]; codeOf(err) != want {
				t.Errorf("quoting %q, conversation %d: %v", c.of, side.n, err)
			}
		}
	}
	h.refused(ann, protocol.KindChannelChange, &protocol.ChannelChange{Channel: h.channel, Looks: looks, Quoting: "sometimes"}, protocol.CodeInvalid)
}

// twoOfOneThread makes #1, which Ann has and has closed, and #2 of the same thread, which Bob has. What Ann said in #1
// holds a secret that Bob may not read.
func twoOfOneThread(t *testing.T, h *house) (kira, ann, bob *line.Line, secret protocol.Position) {
	t.Helper()
	h.asAnn(&protocol.PolicyChange{Values: []protocol.PolicyValue{{Key: "access.read", Value: "assigned"}}})
	kira, _ = h.visitor("")
	ann, _ = h.operator(h.ann)
	bob, _ = h.operator(h.bob)
	h.say(kira, 0, "first matter")
	secret = h.say(ann, 1, "SECRET of the first").Position
	h.asAnn(&protocol.ConversationClose{Conversation: 1})
	h.say(kira, 0, "second matter")
	h.asAnn(&protocol.ConversationAssign{Conversation: 2, Assignee: h.bob})
	return kira, ann, bob, secret
}

func TestAQuoteShowsNothingOfAConversationThatItsReaderMayNotRead(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, ann, bob, secret := twoOfOneThread(t, h)
	watch(t, h, ann, 2)
	watch(t, h, bob, 2)
	h.ask(ann, protocol.KindMessageSend, send(2, "as I said", secret))
	if q := quoted(t, h, ann, "as I said"); q == nil || q.Text != "SECRET of the first" || q.Conversation != 1 {
		t.Errorf("Ann sees %+v", q)
	}
	if q := quoted(t, h, kira, "as I said"); q == nil || q.Text != "SECRET of the first" || q.Conversation != 0 || q.Actor.Name != "Ann" {
		t.Errorf("Kira sees %+v", q)
	}
	if q := quoted(t, h, bob, "as I said"); q == nil || !q.Gone || q.Message != secret || q.Text != "" || q.Actor != nil || q.Conversation != 0 {
		t.Errorf("Bob sees %+v", q)
	}
	h.refused(bob, protocol.KindMessageSend, send(2, "x", secret), protocol.CodeNotFound)
	for _, f := range append(bob.Take(), h.ask(bob, protocol.KindConversationWatch, &protocol.ConversationWatch{Conversation: 2}),
		h.ask(bob, protocol.KindHistoryRead, &protocol.HistoryRead{Conversation: 2, Before: 1 << 40}),
		h.ask(bob, protocol.KindEventsRead, &protocol.EventsRead{})) {
		if strings.Contains(string(f.Body), "SECRET") {
			t.Errorf("Bob gets it by %s", f.Kind)
		}
	}
	h.asAnn(&protocol.ConversationAssign{Conversation: 1, Assignee: h.bob})
	if q := quoteIn(t, watch(t, h, bob, 2).Items, "as I said"); q == nil || q.Gone || q.Text != "SECRET of the first" || q.Conversation != 1 {
		t.Errorf("who may read it sees %+v", q)
	}
}

// A quote that waits in somebody's outbox is shown by the right of the moment in which it is written.
func TestAQuoteThatWaitsLosesItsTextWithTheAccess(t *testing.T) {
	t.Parallel()
	h := open(t)
	_, ann, bob, secret := twoOfOneThread(t, h)
	rnd := rand.New(rand.NewPCG(7, 7))
	for round := range 25 {
		h.asAnn(&protocol.ConversationAssign{Conversation: 1, Assignee: h.bob})
		if _, err := bob.Send(h.ctx(), protocol.KindConversationWatch, &protocol.ConversationWatch{Conversation: 2}); err != nil {
			t.Fatal(err)
		}
		for i := range 4 {
			if _, err := ann.Send(h.ctx(), protocol.KindMessageSend, send(2, fmt.Sprint("reply ", round, " ", i), secret)); err != nil {
				t.Fatal(err)
			}
			if rnd.IntN(2) == 0 {
				if _, err := bob.Send(h.ctx(), protocol.KindHistoryRead, &protocol.HistoryRead{Conversation: 2, Before: 1 << 40}); err != nil {
					t.Fatal(err)
				}
			}
		}
		h.asAnn(&protocol.ConversationAssign{Conversation: 1, Assignee: h.ann})
		h.wait(bob, gone(t, 1))
		h.settle(bob)
		h.settle(ann)
		h.ask(bob, protocol.KindConversationWatch, &protocol.ConversationWatch{Conversation: 2})
		bob.Take()
		h.ask(ann, protocol.KindMessageSend, send(2, fmt.Sprint("AFTERWARDS ", round), secret))
		quoted(t, h, bob, fmt.Sprint("AFTERWARDS ", round))
		page := h.ask(bob, protocol.KindHistoryRead, &protocol.HistoryRead{Conversation: 2, Before: 1 << 40})
		for _, f := range append(bob.Take(), page) {
			if strings.Contains(string(f.Body), "SECRET") {
				t.Fatalf("round %d: Bob got it by %s", round, f.Kind)
			}
		}
	}
}

func TestX13AReplyAfterAColleaguesIsRefusedUntilItIsSeen(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	h.say(kira, 0, "hello")
	ann, _ := h.operator(h.ann)
	eve, _ := h.operator(h.hire("Eve", "eve@example.com", protocol.RoleAdmin, false))
	page := watch(t, h, ann, 1)
	seen := page.Items[len(page.Items)-1].Position
	mine := h.say(ann, 1, "one moment") // one's own is no surprise, nor is the visitor's
	h.say(kira, 0, "I wait")
	reply := func(last protocol.Position) *protocol.MessageSend {
		return &protocol.MessageSend{Conversation: 1, Text: "it is 5 €", Last: last}
	}
	h.ask(ann, protocol.KindMessageSend, reply(seen))
	eves := h.say(eve, 1, "it is 4 €")
	id := line.NewID()
	for _, last := range []protocol.Position{seen, mine.Position} {
		if err := ann.Frame(h.ctx(), protocol.Frame{Kind: protocol.KindMessageSend, ID: id, Body: protocol.EncodeBody(reply(last))}); err != nil {
			t.Fatal(err)
		}
		_, err := ann.Answer(h.ctx(), id)
		if err == nil || err.Error() != "conflict new_reply" {
			t.Errorf("after Eve's reply Ann's is answered %v", err)
		}
	}
	h.say(ann, 1, "nothing waits for it") // what comes next is not held back
	if err := ann.Frame(h.ctx(), protocol.Frame{Kind: protocol.KindMessageSend, ID: id, Body: protocol.EncodeBody(reply(eves.Position))}); err != nil {
		t.Fatal(err)
	}
	if _, err := ann.Answer(h.ctx(), id); err != nil {
		t.Errorf("once she has seen it: %v", err)
	}
	h.say(eve, 1, "sorry")
	h.ask(ann, protocol.KindMessageSend, reply(0)) // all the same
	robot, _ := h.bot("Robot")
	last := h.say(ann, 1, "hm")
	h.say(robot, 1, "beep")
	_, err := ann.Do(h.ctx(), protocol.KindMessageSend, reply(last.Position))
	if codeOf(err) != protocol.CodeConflict {
		t.Errorf("after a bot's reply Ann's is answered %v", err)
	}
}
