package server

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/server/session/line"
)

func TestTextIsCountedAsPeopleCount(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	h.say(kira, 0, "first")
	ann, _ := h.operator(h.ann)
	for name, c := range map[string]struct {
		text string
		want error
	}{
		"2000 letters":                               {strings.Repeat("a", 2000), nil},
		"2001 letters":                               {strings.Repeat("a", 2001), protocol.Refuse(protocol.CodeTooLong, "limit=2000")},
		"2000 letters of Cyrillic":                   {strings.Repeat("я", 2000), nil},
		"2001 letters of Cyrillic":                   {strings.Repeat("я", 2001), protocol.Refuse(protocol.CodeTooLong, "limit=2000")},
		"2000 emoji":                                 {strings.Repeat("🛒", 2000), nil},
		"2001 emoji":                                 {strings.Repeat("🛒", 2001), protocol.Refuse(protocol.CodeTooLong, "limit=2000")},
		"2000 after normalising, more before":        {strings.Repeat("e\u0301", 2000), nil},
		"a family of emoji, each of seven codes":     {strings.Repeat("👨‍👩‍👧‍👦", 286), protocol.Refuse(protocol.CodeTooLong, "limit=2000")},
		"nothing":                                    {"", protocol.Refuse(protocol.CodeInvalid, "field=text rule=required")},
		"nothing to be seen":                         {" \u200b\u2060\n", protocol.Refuse(protocol.CodeInvalid, "field=text rule=required")},
		"markup, which is text":                      {"<img src=x onerror=alert(1)>", nil},
		"control characters and the end of a string": {"a\x00b\x1b[31m", nil},
	} {
		for who, l := range map[string]*line.Line{"visitor": kira, "operator": ann} {
			n := protocol.Number(0)
			if l == ann {
				n = 1
			}
			before := position(t, h)
			_, err := l.Do(h.ctx(), protocol.KindMessageSend, &protocol.MessageSend{Conversation: n, Text: c.text})
			if (err == nil) != (c.want == nil) || err != nil && err.Error() != c.want.Error() {
				t.Errorf("%s of a %s: %v, want %v", name, who, err, c.want)
			}
			if stored := position(t, h) > before; stored != (c.want == nil) {
				t.Errorf("%s of a %s: stored %v", name, who, stored)
			}
		}
	}
}

func TestWhatIsNoFrame(t *testing.T) {
	t.Parallel()
	h := open(t)
	hello := protocol.Frame{Kind: protocol.KindHello, ID: line.NewID(), Body: protocol.EncodeBody(&protocol.Hello{Version: 1, Channel: h.channel})}
	message := func(text string) protocol.Frame {
		return protocol.Frame{Kind: protocol.KindMessageSend, ID: line.NewID(), Body: protocol.EncodeBody(&protocol.MessageSend{Text: text})}
	}
	for name, c := range map[string]struct {
		json   bool
		send   func(*socket)
		code   protocol.Code
		status int
	}{
		"a frame over the limit": {send: func(s *socket) { s.message(bytes.Repeat([]byte{0xc1}, protocol.MaxFrameBytes+1)) },
			code: protocol.CodeTooLarge, status: 1008},
		"a frame over the limit in pieces": {send: func(s *socket) {
			_ = s.raw(opBinary, make([]byte, protocol.MaxFrameBytes))
			_ = s.raw(opContinue|fin, make([]byte, 1))
		}, code: protocol.CodeTooLarge, status: 1008},
		"a frame that claims four gigabytes": {send: func(s *socket) {
			_, _ = s.conn.Write([]byte{fin | opBinary, 0x80 | 127, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0})
			_, _ = s.conn.Write(make([]byte, protocol.MaxFrameBytes+1))
		}, code: protocol.CodeTooLarge, status: 1008},
		"garbage":                      {send: func(s *socket) { s.message([]byte("\xc1\xc1\xc1")) }, code: protocol.CodeInvalid, status: 1008},
		"half an object":               {send: func(s *socket) { b := protocol.AppendFrame(nil, &hello); s.message(b[:len(b)-3]) }, code: protocol.CodeInvalid, status: 1008},
		"a text message for msgpack":   {send: func(s *socket) { _ = s.raw(fin|opText, []byte("{}")) }, code: protocol.CodeInvalid, status: 1008},
		"a binary message for JSON":    {json: true, send: func(s *socket) { _ = s.raw(fin|opBinary, []byte("{}")) }, code: protocol.CodeInvalid, status: 1008},
		"JSON that ends in the middle": {json: true, send: func(s *socket) { s.message([]byte(`{"kind":"ping","id":"01`)) }, code: protocol.CodeInvalid, status: 1008},
		"a second hello":               {send: func(s *socket) { s.frames(hello); s.until(isRefused); s.message([]byte{0xc1}) }, code: protocol.CodeInvalid, status: 1008},
		"a frame without a mask":       {send: func(s *socket) { _, _ = s.conn.Write([]byte{fin | opBinary, 1, 0x80}) }},
		"an unknown opcode":            {send: func(s *socket) { _ = s.raw(fin|0x3, []byte{1}) }, status: 1002},
		"reserved bits":                {send: func(s *socket) { _ = s.raw(fin|0x40|opBinary, []byte{1}) }, status: 1002},
		"a continuation of nothing":    {send: func(s *socket) { _ = s.raw(fin|opContinue, []byte{1}) }, status: 1002},
		"a message inside a message":   {send: func(s *socket) { _ = s.raw(opBinary, []byte{0x81}); _ = s.raw(fin|opBinary, []byte{1}) }, status: 1002},
		"a ping in pieces":             {send: func(s *socket) { _ = s.raw(opPing, []byte{1}) }, status: 1002},
		"a ping that is too long":      {send: func(s *socket) { _ = s.raw(fin|opPing, make([]byte, 126)) }, status: 1002},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := h.greeted(t, c.json)
			c.send(s)
			end := s.ended()
			if got := end.code(t); got != c.code || end.status != c.status {
				t.Errorf("it ends with %s %q, status %d; want %q, %d", end.last.Kind, got, end.status, c.code, c.status)
			}
		})
	}
	t.Run("neighbours live on", func(t *testing.T) {
		t.Parallel()
		s := h.greeted(t, false)
		s.frames(message("still here"))
		s.until(func(f protocol.Frame) bool { return f.Kind == protocol.KindAccepted })
	})
}

func isRefused(f protocol.Frame) bool { return f.Kind == protocol.KindRefused }

// greeted is a visitor's socket by hand, with its welcome taken.
func (h *house) greeted(t testing.TB, json bool) *socket {
	t.Helper()
	edit := func(*http.Request) {}
	if json {
		edit = header("Sec-WebSocket-Protocol", "beseda.v1.json")
	}
	s := h.socket(t, edit)
	s.frames(protocol.Frame{Kind: protocol.KindHello, ID: line.NewID(), Body: protocol.EncodeBody(&protocol.Hello{Version: 1, Channel: h.channel})})
	f := s.until(func(f protocol.Frame) bool { return f.Kind == protocol.KindWelcome })
	h.secret(body[protocol.Welcome](t, f).Visitor.VisitorKey)
	return s
}

func TestABadBodyIsRefusedAndTheLineGoesOn(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := string(line.NewID())
	for name, c := range map[string]struct {
		json bool
		body string // a whole frame where json
		want string
	}{
		"text that is no UTF-8":            {body: "\x81\xa4text\xa2\xff\xfe", want: "invalid utf8"},
		"a surrogate in UTF-8":             {body: "\x81\xa4text\xa3\xed\xa0\x80", want: "invalid utf8"},
		"a number for a text":              {body: "\x81\xa4text\x07", want: "invalid malformed"},
		"an array for a body":              {body: "\x91\x07", want: "invalid malformed"},
		"a count that is not there":        {body: "\x81\xabattachments\xdd\x7f\xff\xff\xff", want: ""},
		"JSON that is no UTF-8":            {json: true, body: `{"kind":"message.send","id":"` + id + `","body":{"text":"` + "\xff" + `"}}`, want: "invalid utf8"},
		"a number for a text in JSON":      {json: true, body: `{"kind":"message.send","id":"` + id + `","body":{"text":7}}`, want: "invalid field=text rule=type"},
		"an array for a body in JSON":      {json: true, body: `{"kind":"message.send","id":"` + id + `","body":[7]}`, want: "invalid malformed"},
		"an unknown kind in JSON":          {json: true, body: `{"kind":"nuke","id":"` + id + `","body":{"all":true}}`, want: "invalid field=kind"},
		"an event that a client makes up":  {json: true, body: `{"kind":"message.sent","id":"` + id + `","position":1,"actor":{"kind":"operator","id":"x"},"body":{"text":"x"}}`, want: "invalid field=kind"},
		"a kind that is no text in JSON":   {json: true, body: `{"kind":7,"id":"` + id + `"}`, want: "goodbye"},
		"eleven files":                     {json: true, body: `{"kind":"message.send","id":"` + id + `","body":{"attachments":["` + strings.Repeat(id+`","`, 10) + id + `"]}}`, want: "invalid field=attachments rule=max limit=10"},
		"a file that is no id":             {json: true, body: `{"kind":"message.send","id":"` + id + `","body":{"attachments":["../x"]}}`, want: "invalid field=attachments[0] rule=id"},
		"a file that is another visitor's": {json: true, body: `{"kind":"message.send","id":"` + id + `","body":{"attachments":["OTHER"]}}`, want: "not_found field=attachments"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := h.greeted(t, c.json)
			if c.json {
				text := c.body
				if strings.Contains(text, "OTHER") {
					_, w := h.visitor("")
					text = strings.Replace(text, "OTHER", string(h.upload(t, h.fromWidget(w.VisitorKey), "a.txt", "a").ID), 1)
				}
				s.message([]byte(text))
			} else {
				s.message([]byte("\x83\xa4kind\xacmessage.send\xa2id\xba" + id + "\xa4body" + c.body))
			}
			if c.want == "goodbye" || c.want == "" {
				if end := s.ended(); end.code(t) != protocol.CodeInvalid {
					t.Errorf("it ends with %s", end.last.Kind)
				}
				return
			}
			r := body[protocol.Refused](t, s.until(isRefused))
			if got := strings.TrimSpace(string(r.Code) + " " + r.Reason); got != c.want {
				t.Errorf("refused as %q, want %q", got, c.want)
			}
			s.frames(protocol.Frame{Kind: protocol.KindPing, ID: line.NewID()})
			s.until(func(f protocol.Frame) bool { return f.Kind == protocol.KindPong })
		})
	}
}

func TestAMessageMayComeInPiecesAndHoldManyFrames(t *testing.T) {
	t.Parallel()
	h := open(t)
	s := h.socket(t)
	hello := protocol.Frame{Kind: protocol.KindHello, ID: line.NewID(), Body: protocol.EncodeBody(&protocol.Hello{Version: 7, Channel: h.channel})}
	b := protocol.AppendFrame(nil, &hello) // hello and what follows may be one message
	for _, text := range []string{"one", "two", "three"} {
		f := protocol.Frame{Kind: protocol.KindMessageSend, ID: line.NewID(), Body: protocol.EncodeBody(&protocol.MessageSend{Text: text})}
		b = protocol.AppendFrame(b, &f)
	}
	for i := range b {
		first := byte(opContinue)
		if i == 0 {
			first = opBinary
		}
		if i == len(b)-1 {
			first |= fin
		}
		if err := s.raw(first, b[i:i+1]); err != nil {
			t.Fatal(err)
		}
		if i == len(b)/2 {
			_ = s.raw(fin|opPing, []byte("in between"))
		}
	}
	w := body[protocol.Welcome](t, s.until(func(f protocol.Frame) bool { return f.Kind == protocol.KindWelcome }))
	h.secret(w.Visitor.VisitorKey)
	if w.Version != protocol.Version {
		t.Errorf("a client that speaks up to 7 is answered %d", w.Version)
	}
	var got []string
	for range 3 {
		got = append(got, texts(t, []protocol.Frame{s.until(func(f protocol.Frame) bool { return f.Kind == protocol.KindMessageSent })})...)
	}
	if d := cmp.Diff([]string{"one", "two", "three"}, got); d != "" {
		t.Error(d)
	}
}
