package link_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/wasm/link"
)

func history(id protocol.CommandID, reset bool, items ...protocol.Frame) protocol.Frame {
	return frame(protocol.KindHistory, id, &protocol.History{Conversation: 7, Items: items, Reset: reset})
}

func positions(t *testing.T, frames []protocol.Frame) []protocol.Position {
	t.Helper()
	var all []protocol.Position
	for _, f := range frames {
		switch f.Kind {
		case protocol.KindHistory:
			var h protocol.History
			if err := protocol.DecodeBody(f.Body, &h); err != nil {
				t.Fatal(err)
			}
			for _, item := range h.Items {
				all = append(all, item.Position)
			}
		case protocol.KindMessageSent:
			all = append(all, f.Position)
		}
	}
	return all
}

func TestAWatchedConversationIsResumedFromWhatIsHeld(t *testing.T) {
	t.Parallel()
	l := operator()
	r := live(t, l, operatorWelcome())
	asked := l.Watch(30, r, 7, 0)
	got := positions(t, l.Frames(40, r, bytes(history(asked, true, sent(3, "a"), sent(5, "b")), sent(5, "b"), sent(6, "c"))))
	if diff := cmp.Diff([]protocol.Position{3, 5, 6}, got); diff != "" {
		t.Fatal(diff)
	}
	l.Closed(50, r)
	l.Fired(l.RetryAt(), r, line)
	l.Opened(1000, r)
	r.sent = nil
	l.Frames(1001, r, bytes(operatorWelcome()))
	f := r.frames(t)
	var w protocol.ConversationWatch
	if len(f) != 1 || protocol.DecodeBody(f[0].Body, &w) != nil || w.Conversation != 7 || w.After != 6 {
		t.Fatalf("asked %v %+v", f, w)
	}
	got = positions(t, l.Frames(1002, r, bytes(history(f[0].ID, false, sent(5, "b"), sent(6, "c"), sent(8, "d")), sent(8, "d"), sent(9, "e"))))
	if diff := cmp.Diff([]protocol.Position{8, 9}, got); diff != "" {
		t.Error(diff)
	}
	if held, on := l.Watching(7); !on || held != 9 {
		t.Errorf("held %d, %v", held, on)
	}
}

func TestAConversationThatMayNotBeWatchedIsGivenUp(t *testing.T) {
	t.Parallel()
	tests := map[string]func(*link.Link, *record, protocol.CommandID) protocol.Frame{
		"refused": func(_ *link.Link, _ *record, asked protocol.CommandID) protocol.Frame {
			return frame(protocol.KindRefused, asked, &protocol.Refused{Code: protocol.CodeForbidden})
		},
		"lost": func(*link.Link, *record, protocol.CommandID) protocol.Frame {
			return frame(protocol.KindInbox, "", &protocol.Inbox{Gone: []protocol.Number{7}})
		},
	}
	for name, say := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := operator()
			r := live(t, l, operatorWelcome())
			asked := l.Watch(30, r, 7, 0)
			if got := l.Frames(40, r, bytes(say(l, r, asked))); len(got) != 1 {
				t.Errorf("the app saw %v", got)
			}
			if _, on := l.Watching(7); on {
				t.Error("still watched")
			}
		})
	}
}

func TestAConversationThatIsLeftIsNotWatchedAgain(t *testing.T) {
	t.Parallel()
	l := operator()
	r := live(t, l, operatorWelcome())
	l.Watch(30, r, 7, 0)
	l.Leave(31, r, 7)
	if diff := cmp.Diff([]string{"conversation.watch", "conversation.leave"}, r.heard()); diff != "" {
		t.Error(diff)
	}
	l.Closed(50, r)
	l.Fired(l.RetryAt(), r, line)
	l.Opened(1000, r)
	r.heard()
	l.Frames(1001, r, bytes(operatorWelcome()))
	if got := r.heard(); got != nil {
		t.Errorf("asked %v", got)
	}
}

func TestAConversationThatIsOpenedBeforeTheLineIsAskedForOnce(t *testing.T) {
	t.Parallel()
	l, r := operator(), &record{}
	l.Open(0, r)
	asked := l.Watch(5, r, 7, 0)
	l.Opened(10, r)
	r.frames(t)
	l.Frames(20, r, bytes(operatorWelcome()))
	f := r.frames(t)
	if len(f) != 1 || f[0].Kind != protocol.KindConversationWatch || f[0].ID != asked {
		t.Fatalf("sent %v", f)
	}
	got := positions(t, l.Frames(30, r, bytes(history(asked, false, sent(3, "a")), sent(3, "a"), sent(4, "b"))))
	if diff := cmp.Diff([]protocol.Position{3, 4}, got); diff != "" {
		t.Error(diff)
	}
}

func TestAnOlderPageIsHandedOverAsItIs(t *testing.T) {
	t.Parallel()
	l := operator()
	r := live(t, l, operatorWelcome())
	asked := l.Watch(30, r, 7, 0)
	l.Frames(40, r, bytes(history(asked, true, sent(30, "a"))))
	older := l.Ask(50, r, protocol.KindHistoryRead, &protocol.HistoryRead{Conversation: 7, Before: 30})
	got := positions(t, l.Frames(60, r, bytes(history(older, false, sent(3, "x"), sent(5, "y")))))
	if diff := cmp.Diff([]protocol.Position{3, 5}, got); diff != "" {
		t.Error(diff)
	}
	if l.Find(older) != nil {
		t.Error("the question waits for ever")
	}
}
