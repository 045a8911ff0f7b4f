package server

import (
	"testing"

	"beseda/protocol"
	"beseda/server/session/line"
)

// TestWhoMaySendWhatIsWhatTheRegistrySays sends every kind from everybody: what is not listed is refused as the
// registry has it, and what is listed gets past it, whatever is wrong with the rest.
func TestWhoMaySendWhatIsWhatTheRegistrySays(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	bob, _ := h.operator(h.bob)
	ann, _ := h.operator(h.ann)
	echo, _ := h.bot("Echo")
	senders := []struct {
		name string
		line *line.Line
		as   protocol.Sender
	}{
		{"a visitor", kira, protocol.FromVisitor},
		{"an operator", bob, protocol.FromOperator},
		{"an administrator", ann, protocol.FromOperator | protocol.FromAdministrator},
		{"a bot", echo, protocol.FromBot},
	}
	kinds := 0
	for entry := range protocol.Entries() {
		kinds++
		for _, s := range senders {
			f := protocol.Frame{Kind: entry.Kind, ID: line.NewID()}
			if err := s.line.Frame(h.ctx(), f); err != nil {
				t.Fatal(err)
			}
			answer, err := s.line.Answer(h.ctx(), f.ID)
			switch {
			case entry.Direction != protocol.Command || entry.Retired:
				if err == nil || err.Error() != "invalid field=kind" {
					t.Errorf("%s sends %s, which is no command: %v", s.name, entry.Kind, err)
				}
			case entry.From&s.as == 0:
				if err == nil || err.Error() != "forbidden rule=sender" {
					t.Errorf("%s may not send %s: %v", s.name, entry.Kind, err)
				}
			case err == nil && answer.Kind != entry.Answer:
				t.Errorf("%s sends %s and is answered %s, want %s", s.name, entry.Kind, answer.Kind, entry.Answer)
			case err != nil && err.Error() == "forbidden rule=sender":
				t.Errorf("%s may send %s and is refused", s.name, entry.Kind)
			}
		}
	}
	if kinds < 40 {
		t.Errorf("the registry has %d kinds", kinds)
	}
	if at := position(t, h); at > 10 { // the house's own beginning
		t.Errorf("empty commands made events: the log is at %d", at)
	}
}

func TestACommandThatIsStoredNeedsAnID(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	for _, id := range []protocol.CommandID{"", "short", "01j0000000000000000000ann0", "../../../etc/passwd1234567"} {
		f := protocol.Frame{Kind: protocol.KindMessageSend, ID: id, Body: protocol.EncodeBody(&protocol.MessageSend{Text: "x"})}
		if err := kira.Frame(h.ctx(), f); err != nil {
			t.Fatal(err)
		}
		if _, err := kira.Answer(h.ctx(), id); codeOf(err) != protocol.CodeInvalid {
			t.Errorf("id %q: %v", id, err)
		}
	}
}

func TestACommandWithoutAnIDIsAnsweredOnlyWhereItIsRefused(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	asked := h.say(kira, 0, "hello")
	send := func(ack *protocol.ReceiptAdvance) {
		f := protocol.Frame{Kind: protocol.KindReceiptAdvance, Body: protocol.EncodeBody(ack)}
		ann, _ := h.operator(h.ann)
		if err := ann.Frame(h.ctx(), f); err != nil {
			t.Fatal(err)
		}
		h.settle(ann)
		for _, f := range ann.Take() {
			if f.Kind == protocol.KindAccepted {
				t.Errorf("%+v was answered", ack)
			}
			if f.Kind == protocol.KindRefused && ack.Conversation == 1 {
				t.Errorf("%+v was refused", ack)
			}
		}
	}
	send(&protocol.ReceiptAdvance{Conversation: 1, Read: asked.Position})
	ann, _ := h.operator(h.ann)
	if err := ann.Frame(h.ctx(), protocol.Frame{Kind: protocol.KindReceiptAdvance,
		Body: protocol.EncodeBody(&protocol.ReceiptAdvance{Conversation: 99, Read: 1})}); err != nil {
		t.Fatal(err)
	}
	if r := body[protocol.Refused](t, h.kind(ann, protocol.KindRefused)); r.Code != protocol.CodeNotFound {
		t.Errorf("refused as %v", r)
	}
}

func TestAnEventComesBeforeTheAnswerToItsCommand(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	for range 50 {
		id, err := kira.Send(h.ctx(), protocol.KindMessageSend, &protocol.MessageSend{Text: "x"})
		if err != nil {
			t.Fatal(err)
		}
		f := h.wait(kira, func(f protocol.Frame) bool {
			return f.ID == id && (f.Kind == protocol.KindMessageSent || f.Kind == protocol.KindAccepted)
		})
		if f.Kind != protocol.KindMessageSent {
			t.Fatal("the answer came first")
		}
		h.wait(kira, func(f protocol.Frame) bool { return f.ID == id && f.Kind == protocol.KindAccepted })
	}
}
