package server

import (
	"math/rand/v2"
	"testing"

	"beseda/protocol"
	"beseda/server/engine"
	"beseda/server/session/line"
	"beseda/store"
)

// ticks is how far the other side is, as an author's screen knows it.
type ticks struct{ delivered, read protocol.Position }

// heard takes the receipts of a side that a line was told of.
func heard(t testing.TB, l *line.Line, side protocol.Side) (all []ticks) {
	t.Helper()
	for _, f := range l.Take() {
		if f.Kind != protocol.KindReceiptAdvanced {
			continue
		}
		if b := body[protocol.ReceiptAdvanced](t, f); b.Side == side {
			all = append(all, ticks{b.Delivered, b.Read})
		}
	}
	return all
}

func advance(delivered, read protocol.Position) *protocol.ReceiptAdvance {
	return &protocol.ReceiptAdvance{Delivered: delivered, Read: read}
}

func TestAMessageIsNoFurtherThanADeviceOfTheOtherSideSays(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	h.say(kira, 0, "hello")
	ann, _ := h.operator(h.ann)
	watch(t, h, ann, 1)
	sent := h.say(ann, 1, "how can I help?")
	h.kind(kira, protocol.KindMessageSent) // it is on her device, and the device has not said so
	h.settle(kira)
	h.settle(ann)
	if got := heard(t, ann, protocol.SideVisitor); len(got) != 0 {
		t.Fatalf("Ann sees %v before Kira's device has said anything", got)
	}
	if state := lastState(t, h, ann); state != protocol.StateSent {
		t.Fatalf("the list says %q", state)
	}
	h.ask(kira, protocol.KindReceiptAdvance, advance(sent.Position, 0))
	h.settle(ann)
	if got := heard(t, ann, protocol.SideVisitor); len(got) != 1 || got[0] != (ticks{sent.Position, 0}) {
		t.Fatalf("Ann sees %v", got)
	}
	if state := lastState(t, h, ann); state != protocol.StateDelivered {
		t.Fatalf("the list says %q", state)
	}
	h.ask(kira, protocol.KindReceiptAdvance, advance(0, sent.Position))
	h.settle(ann)
	if got := heard(t, ann, protocol.SideVisitor); len(got) != 1 || got[0] != (ticks{sent.Position, sent.Position}) {
		t.Fatalf("Ann sees %v", got)
	}
	if state := lastState(t, h, ann); state != protocol.StateRead {
		t.Fatalf("the list says %q", state)
	}
}

// lastState reads the state of the last message in the first row of the list.
func lastState(t testing.TB, h *house, l *line.Line) protocol.DeliveryState {
	t.Helper()
	in := body[protocol.Inbox](t, h.ask(l, protocol.KindInboxRead, &protocol.InboxRead{}))
	if len(in.Rows) == 0 {
		t.Fatal("the list is empty")
	}
	return in.Rows[0].LastState
}

func TestThePushedRowFollowsTheVisitorsReading(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	h.say(kira, 0, "hello")
	ann, _ := h.operator(h.ann) // has the list on screen, and no conversation open
	sent := h.say(ann, 1, "how can I help?")
	h.ask(kira, protocol.KindReceiptAdvance, advance(sent.Position, sent.Position))
	h.wait(ann, func(f protocol.Frame) bool {
		return f.Kind == protocol.KindInbox && f.ID == "" && len(body[protocol.Inbox](t, f).Rows) == 1 &&
			body[protocol.Inbox](t, f).Rows[0].LastState == protocol.StateRead
	})
}

func TestReceiptsInAnyOrderEndAtTheFurthest(t *testing.T) {
	t.Parallel()
	h := open(t)
	phone, welcome := h.visitor("")
	h.say(phone, 0, "hello")
	desktop, _ := h.visitor(h.secret(welcome.VisitorKey))
	ann, _ := h.operator(h.ann)
	watch(t, h, ann, 1)
	var sent []protocol.Position
	for range 8 {
		sent = append(sent, h.say(ann, 1, "one of eight").Position)
	}
	last := sent[len(sent)-1]
	acks := []*protocol.ReceiptAdvance{advance(last+1000, 0), advance(1<<63, 0), advance(0, 0)} // what does not exist yet
	for _, at := range sent {
		acks = append(acks, advance(at, 0), advance(at, 0), advance(at, at), advance(0, at))
	}
	rand.Shuffle(len(acks), func(i, j int) { acks[i], acks[j] = acks[j], acks[i] })
	for i, ack := range acks {
		h.ask([]*line.Line{phone, desktop}[i%2], protocol.KindReceiptAdvance, ack)
	}
	h.settle(ann)
	got := heard(t, ann, protocol.SideVisitor)
	before := ticks{}
	for _, now := range got {
		if now.delivered < before.delivered || now.read < before.read || now.read > now.delivered || now.delivered > last {
			t.Fatalf("receipts went %v → %v", before, now)
		}
		if now == before {
			t.Fatalf("%v was told twice", now)
		}
		before = now
	}
	if before != (ticks{last, last}) {
		t.Fatalf("they ended at %v, want %v", before, last)
	}
}

func TestReceiptsAreThereAfterARestart(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, welcome := h.visitor("")
	asked := h.say(kira, 0, "hello")
	bob, _ := h.operator(h.bob)
	h.ask(bob, protocol.KindReceiptAdvance, &protocol.ReceiptAdvance{Conversation: 1, Delivered: asked.Position, Read: asked.Position})
	sent := h.say(bob, 1, "hi")
	h.ask(kira, protocol.KindReceiptAdvance, advance(sent.Position, sent.Position))
	h.stop()
	h.start()
	ann, _ := h.operator(h.ann)
	page := watch(t, h, ann, 1)
	if page.Row.LastState != protocol.StateRead {
		t.Errorf("Ann's list says %q", page.Row.LastState)
	}
	if page.Row.Unread != 1 {
		t.Errorf("Ann has %d unread: what Bob read is not read by her", page.Row.Unread)
	}
	_, again := h.visitor(welcome.VisitorKey)
	var team ticks
	for _, r := range again.Receipts {
		if r.Side == protocol.SideTeam {
			team = ticks{r.Delivered, r.Read}
		}
		if r.Operator != "" {
			t.Errorf("the visitor was told who has read it: %+v", r)
		}
	}
	if team.read < asked.Position {
		t.Errorf("Kira sees %v, want her message at %d read", team, asked.Position)
	}
	_, again2 := h.operator(h.bob)
	if again2.Inbox.Unread != 0 || again2.Inbox.Rows[0].Unread != 0 {
		t.Errorf("Bob has %+v unread after a restart", again2.Inbox)
	}
}

func TestWhatOneOperatorReadsIsTheirsAlone(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	first := h.say(kira, 0, "hello")
	ann, _ := h.operator(h.ann)
	bobsDesk, _ := h.operator(h.bob)
	bobsPhone, _ := h.operator(h.bob)
	read := func(l *line.Line, at protocol.Position) {
		h.ask(l, protocol.KindReceiptAdvance, &protocol.ReceiptAdvance{Conversation: 1, Delivered: at, Read: at})
	}
	read(bobsDesk, first.Position)
	if row := nextRow(t, h, bobsPhone, 1); row.Unread != 0 {
		row = nextRow(t, h, bobsPhone, 1) // the first may be older than the reading
		if row.Unread != 0 {
			t.Errorf("Bob's other device shows %d unread", row.Unread)
		}
	}
	if in := inboxOf(t, h, ann); in.Unread != 1 || in.Rows[0].Unread != 1 {
		t.Errorf("Ann has %+v: what Bob read is not read by her", in)
	}
	h.settle(kira)
	if got := heard(t, kira, protocol.SideTeam); len(got) != 1 || got[0].read != first.Position {
		t.Fatalf("Kira was told %v", got)
	}
	events := position(t, h)
	read(ann, first.Position)
	h.settle(kira)
	if got := heard(t, kira, protocol.SideTeam); len(got) != 0 {
		t.Errorf("Ann's reading after Bob's is news to Kira: %v", got)
	}
	if now := position(t, h); now != events {
		t.Errorf("a reading that shows the visitor nothing new made %d events", now-events)
	}
	if in := inboxOf(t, h, ann); in.Unread != 0 {
		t.Errorf("Ann has %d unread", in.Unread)
	}
}

// position is that of the newest event.
func position(t testing.TB, h *house) (last protocol.Position) {
	t.Helper()
	if err := h.Engine.Read(func(r store.Reader) (err error) {
		last, err = engine.LastPosition(r)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return last
}
