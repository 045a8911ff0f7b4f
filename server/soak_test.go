package server

import (
	"math/rand/v2"
	"testing"
	"time"

	"beseda/protocol"
	"beseda/server/session/line"
)

// TestLinesThatBreakAnywhereLeaveNothing breaks connections at every stage of their life. The bubble itself sees that
// no goroutine is left.
func TestLinesThatBreakAnywhereLeaveNothing(t *testing.T) {
	inBubble(t, func(t *testing.T, h *house) {
		kira, welcome := h.visitor("")
		h.say(kira, 0, "hello")
		bot := h.hire("Echo", "", protocol.RoleOperator, true)
		token, err := h.Auth.Bots.Add(bot)
		if err != nil {
			t.Fatal(err)
		}
		h.secret(string(token))
		rnd := rand.New(rand.NewPCG(1, 2))
		hello := func(v protocol.Hello) protocol.Frame {
			v.Version = 1
			return protocol.Frame{Kind: protocol.KindHello, ID: line.NewID(), Body: protocol.EncodeBody(&v)}
		}
		welcomed := func(f protocol.Frame) bool { return f.Kind == protocol.KindWelcome }
		const rounds = 600
		for i := range rounds {
			asBot := rnd.IntN(2) == 0
			edit, first := header("X", "x"), hello(protocol.Hello{Channel: h.channel, VisitorKey: welcome.VisitorKey})
			if asBot {
				edit, first = header("Authorization", "Bearer "+string(token)), hello(protocol.Hello{})
			}
			s := h.socket(t, edit)
			b := protocol.AppendFrame(nil, &first)
			switch stage := rnd.IntN(7); stage {
			case 0: // not a word
			case 1: // half a hello
				_, _ = s.conn.Write([]byte{fin | opBinary, 0x80 | 100, 0, 0, 0, 0, b[0], b[1]})
			case 2: // a hello whose welcome nobody takes
				s.frames(first)
			case 3: // a hello that is not welcome
				s.frames(hello(protocol.Hello{Channel: h.channel, VisitorKey: flip(welcome.VisitorKey, 50)}))
			default:
				s.frames(first)
				s.until(welcomed)
				if asBot {
					s.frames(protocol.Frame{Kind: protocol.KindConversationWatch, ID: line.NewID(),
						Body: protocol.EncodeBody(&protocol.ConversationWatch{Conversation: 1})})
				}
				if stage == 4 { // commands whose answers nobody takes
					for range 5 {
						s.frames(protocol.Frame{Kind: protocol.KindReceiptAdvance, ID: line.NewID(),
							Body: protocol.EncodeBody(&protocol.ReceiptAdvance{Conversation: 1, Read: protocol.Position(i)})})
					}
				}
				if stage == 5 { // a goodbye in order
					_ = s.raw(fin|opClose, []byte{0x03, 0xe8})
				}
			}
			if rnd.IntN(4) > 0 {
				_ = s.conn.Close()
			} // and the others are left to their own patience
			if i%50 == 49 {
				time.Sleep(30 * time.Second)
			}
		}
		time.Sleep(5 * time.Minute)
		kira.Close()
		time.Sleep(time.Minute)
		if n := h.sessions.Connections(); n != 0 {
			t.Errorf("%d connections are left", n)
		}
		if visitors, operators := h.hub.Online(); visitors != 0 || operators != 0 {
			t.Errorf("%d visitors and %d operators are online", visitors, operators)
		}
		if n := h.inbox.Viewers(); n != 0 {
			t.Errorf("%d viewers are left", n)
		}
		h.visitor(welcome.VisitorKey)
	})
}
