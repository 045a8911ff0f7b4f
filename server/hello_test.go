package server

import (
	"net/http"
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/server/session/line"
)

func TestWhoMayOpenASocket(t *testing.T) {
	t.Parallel()
	h := open(t)
	cookie := h.cookieOf(h.bob)
	with := func(origin string, more ...func(*http.Request)) func(*http.Request) {
		return func(r *http.Request) {
			r.Header.Del("Origin")
			if origin != "" {
				r.Header.Set("Origin", origin)
			}
			for _, m := range more {
				m(r)
			}
		}
	}
	withCookie := func(r *http.Request) { r.AddCookie(cookie) }
	for name, c := range map[string]struct {
		edit func(*http.Request)
		want int
		code protocol.Code
	}{
		"our own page":                         {with(h.base), 101, ""},
		"our own page with a cookie":           {with(h.base, withCookie), 101, ""},
		"no browser":                           {with(""), 101, ""},
		"no Origin but a cookie":               {with("", withCookie), 403, protocol.CodeForbidden},
		"a foreign page":                       {with("https://evil.example"), 403, protocol.CodeForbidden},
		"a foreign page with a cookie":         {with("https://evil.example", withCookie), 403, protocol.CodeForbidden},
		"a page without an origin":             {with("null"), 403, protocol.CodeForbidden},
		"a page without an origin, and cookie": {with("null", withCookie), 403, protocol.CodeForbidden},
		"an origin that begins like ours":      {with(h.base + ".evil.example"), 403, protocol.CodeForbidden},
		"our host by another scheme":           {with(strings.Replace(h.base, "http", "https", 1)), 403, protocol.CodeForbidden},
		"our host on another port":             {with("http://127.0.0.1:1"), 403, protocol.CodeForbidden},
		"two origins":                          {with(h.base, func(r *http.Request) { r.Header.Add("Origin", h.base) }), 403, protocol.CodeForbidden},
		"no subprotocol": {with(h.base, func(r *http.Request) { r.Header.Del("Sec-WebSocket-Protocol") }),
			400, protocol.CodeInvalid},
		"an unknown subprotocol": {with(h.base, header("Sec-WebSocket-Protocol", "beseda.v2.msgpack")), 400, protocol.CodeInvalid},
		"ours among others":      {with(h.base, header("Sec-WebSocket-Protocol", "chat, beseda.v1.json")), 101, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			res := h.handshake(t, c.edit)
			if res.StatusCode != c.want {
				t.Fatalf("answers %s, want %d", res.Status, c.want)
			}
			if c.code != "" {
				if got := refusal(t, res).Code; got != c.code {
					t.Errorf("refused as %s, want %s", got, c.code)
				}
			}
		})
	}
	t.Run("a plain request", func(t *testing.T) {
		t.Parallel()
		if res := h.request("GET", "/ws", nil); res.StatusCode != http.StatusBadRequest && res.StatusCode != http.StatusUpgradeRequired {
			t.Errorf("answers %s", res.Status)
		}
	})
}

func TestAHelloThatIsNotWelcome(t *testing.T) {
	t.Parallel()
	h := open(t)
	_, w := h.visitor("")
	key := w.VisitorKey
	other := h.newChannel(protocol.ChannelCreate{Looks: protocol.Looks{Name: "Other shop", Color: "#112233"}, AnySite: true})
	forged := flip(key, len(key)-1)
	ended := h.cookieOf(h.bob)
	if res := h.request("DELETE", "/session", nil, h.fromConsole(ended)); res.StatusCode != http.StatusNoContent {
		t.Fatal(res.Status)
	}
	visitor := func(v protocol.Hello) protocol.Frame {
		if v.Version == 0 {
			v.Version = 1
		}
		return protocol.Frame{Kind: protocol.KindHello, Body: protocol.EncodeBody(&v)}
	}
	for name, c := range map[string]struct {
		options line.Options
		first   protocol.Frame
		want    protocol.Code
	}{
		"a forged key":            {first: visitor(protocol.Hello{Channel: h.channel, VisitorKey: forged}), want: protocol.CodeUnauthorized},
		"another visitor's id":    {first: visitor(protocol.Hello{Channel: h.channel, VisitorKey: flip(key, 3)}), want: protocol.CodeUnauthorized},
		"a key of another shop":   {first: visitor(protocol.Hello{Channel: other, VisitorKey: key}), want: protocol.CodeUnauthorized},
		"a key that was cut":      {first: visitor(protocol.Hello{Channel: h.channel, VisitorKey: key[:len(key)-1]}), want: protocol.CodeUnauthorized},
		"a key and something":     {first: visitor(protocol.Hello{Channel: h.channel, VisitorKey: key + "A"}), want: protocol.CodeUnauthorized},
		"a key that is too long":  {first: visitor(protocol.Hello{Channel: h.channel, VisitorKey: strings.Repeat("A", 201)}), want: protocol.CodeTooLong},
		"an unknown channel":      {first: visitor(protocol.Hello{Channel: protocol.ChannelID(newID())}), want: protocol.CodeNotFound},
		"a channel that is no id": {first: visitor(protocol.Hello{Channel: "x"}), want: protocol.CodeInvalid},
		"nobody":                  {first: visitor(protocol.Hello{}), want: protocol.CodeUnauthorized},
		"a key without a channel": {first: visitor(protocol.Hello{VisitorKey: key}), want: protocol.CodeUnauthorized},
		"version 0":               {first: visitor(protocol.Hello{Version: -1, Channel: h.channel}), want: protocol.CodeInvalid},
		"no hello":                {first: protocol.Frame{Kind: protocol.KindPing}, want: protocol.CodeInvalid},
		"a message first": {first: protocol.Frame{Kind: protocol.KindMessageSend,
			Body: protocol.EncodeBody(&protocol.MessageSend{Text: "x"})}, want: protocol.CodeInvalid},
		"a session that has ended":   {options: line.Options{Cookie: ended}, first: visitor(protocol.Hello{}), want: protocol.CodeUnauthorized},
		"a cookie of rubbish":        {options: line.Options{Cookie: &http.Cookie{Name: "beseda", Value: "rubbish"}}, first: visitor(protocol.Hello{}), want: protocol.CodeUnauthorized},
		"a token of rubbish":         {options: line.Options{Bearer: "besb_rubbish"}, first: visitor(protocol.Hello{}), want: protocol.CodeUnauthorized},
		"a session's token as a bot": {options: line.Options{Bearer: h.cookieOf(h.bob).Value}, first: visitor(protocol.Hello{}), want: protocol.CodeUnauthorized},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := h.dial(c.options)
			c.first.ID = line.NewID()
			if err := l.Frame(h.ctx(), c.first); err != nil {
				t.Fatal(err)
			}
			if _, err := l.Answer(h.ctx(), c.first.ID); codeOf(err) != c.want {
				t.Errorf("answered %v, want %s", err, c.want)
			}
			if err := l.End(h.ctx()); err == nil {
				t.Error("the line goes on")
			}
		})
	}
}

// flip changes one character of a key into another that is valid.
func flip(key string, at int) string {
	b := []byte(key)
	if b[at]++; b[at] == 'z'+1 || b[at] == 'Z'+1 || b[at] == '9'+1 {
		b[at] = 'B'
	}
	return string(b)
}

func TestHelloComesOnce(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	h.refused(kira, protocol.KindHello, &protocol.Hello{Version: 1, Channel: h.channel}, protocol.CodeInvalid)
	h.settle(kira)
}

func TestNothingIsKeptOfWhoNeverWrites(t *testing.T) {
	t.Parallel()
	h := open(t)
	before := position(t, h)
	l := h.dial(line.Options{})
	w, err := l.Hello(h.ctx(), protocol.Hello{Channel: h.channel, Language: "ru", Visit: &protocol.VisitorVisit{URL: "https://shop.example/", Title: "Lamps"}})
	if err != nil {
		t.Fatal(err)
	}
	h.secret(w.Visitor.VisitorKey)
	h.ask(l, protocol.KindVisitorVisit, &protocol.VisitorVisit{URL: "https://shop.example/lamps"})
	if f := h.ask(l, protocol.KindHistoryRead, &protocol.HistoryRead{}); len(body[protocol.History](t, f).Items) != 0 {
		t.Error("there is a history")
	}
	h.ask(l, protocol.KindTypingStart, &protocol.TypingStart{})
	if now := position(t, h); now != before {
		t.Fatalf("%d events are stored", now-before)
	}
	h.say(l, 0, "now I am somebody")
	ann, _ := h.operator(h.ann)
	page := watch(t, h, ann, 1)
	if v := page.Visitor; v.Current.URL != "https://shop.example/lamps" || v.Language != "ru" || !v.Online {
		t.Errorf("the panel shows %+v", v)
	}
}

func TestOneVisitorNeverHearsAnother(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	lev, _ := h.visitor("")
	h.say(lev, 0, "mine")
	h.say(kira, 0, "PRIVATE")
	ann, _ := h.operator(h.ann)
	h.say(ann, 2, "PRIVATE too")
	h.ask(ann, protocol.KindTypingStart, &protocol.TypingStart{Conversation: 2})
	h.settle(lev)
	for _, f := range lev.Take() {
		if f.Conversation == 2 || strings.Contains(string(f.Body), "PRIVATE") {
			t.Errorf("Lev heard %s of Kira's", f.Kind)
		}
	}
	// Nor the ribbon of one's own: who has it and when it was closed stays inside.
	h.ask(ann, protocol.KindConversationClose, &protocol.ConversationClose{Conversation: 2})
	h.settle(kira)
	for _, f := range kira.Take() {
		switch f.Kind {
		case protocol.KindConversationAssigned, protocol.KindConversationClosed, protocol.KindConversationStarted:
			t.Errorf("Kira heard %s", f.Kind)
		}
	}
	for _, item := range body[protocol.History](t, h.ask(kira, protocol.KindHistoryRead, &protocol.HistoryRead{})).Items {
		if item.Kind != protocol.KindMessageSent {
			t.Errorf("Kira's history holds %s", item.Kind)
		}
	}
	h.refused(kira, protocol.KindMessageSend, &protocol.MessageSend{Conversation: 1, Text: "into Lev's"}, protocol.CodeNotFound)
}
