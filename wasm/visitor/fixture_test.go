//go:build !wasm

package main

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/vdom/page"
	"beseda/wasm/words/source"
)

const (
	channel = "01JC0000000000000000000001"
	thread  = protocol.ThreadID("01JC0000000000000000000002")
	noon    = int64(1_763_640_000_000) // 20 November 2025, 12:00 UTC
)

var (
	ann  = protocol.Actor{Kind: protocol.ActorOperator, ID: "01JC0000000000000000000ANN", Name: "Ann"}
	kira = protocol.Actor{Kind: protocol.ActorVisitor, ID: "01JC00000000000000000KAREN"}
)

// widget is an app in a fake page, with a loader and a server that tests play.
type widget struct {
	*bridge.Fake
	t    *testing.T
	app  *app
	shop *shop
	// sent is the frames that went out and were not looked at yet.
	sent []protocol.Frame
	last protocol.Position
	// reactions stand beside the items of the next welcome.
	reactions []protocol.Reaction
}

// fresh is a widget that has started and waits for its loader.
func fresh(t *testing.T, language string) *widget {
	t.Helper()
	return start(t, language, strings.Repeat("5eed", 16))
}

func start(t *testing.T, language, seed string) *widget {
	t.Helper()
	texts, err := source.Read("../../widget/languages", "visitor")
	if err != nil {
		t.Fatal(err)
	}
	a := new(app)
	w := &widget{Fake: bridge.NewFake(a), t: t, app: a}
	w.Now = noon
	w.Do(bridge.Event{Kind: bridge.Start, Text: language, A: 1, Data: texts.Compile(language), List: []string{
		"url", "/widget/?channel=" + channel, "zone", "0", "seed", seed, "host", "1",
		"data-channel", channel, "data-name", "Acme shop", "data-color", "#0a6a78", "data-greeting", "Looking for a lamp?",
	}})
	w.Do(bridge.Event{Kind: bridge.State, A: bridge.PageVisible | bridge.PageFocused | bridge.PageOnline})
	return w
}

// opened is a widget that the loader began, shown, and connecting.
func opened(t *testing.T, records ...string) *widget {
	t.Helper()
	w := fresh(t, "en")
	w.host("hello", "n0nce\nen")
	w.host("theme", "light")
	for i := 0; i+1 < len(records); i += 2 {
		w.record(records[i], records[i+1])
	}
	w.host("page", "https://shop.example/lamps\nLamps\nhttps://search.example/\nen-GB")
	w.host("show", "")
	return w
}

// live is one that the server welcomed.
func live(t *testing.T, items ...protocol.Frame) *widget {
	t.Helper()
	w := opened(t)
	w.welcome("KEY1", items...)
	w.Effects()
	w.sent = nil
	return w
}

func (w *widget) host(name, text string) {
	w.Do(bridge.Event{Kind: bridge.Host, Text: name, Arg: text})
}

func (w *widget) record(name, data string) {
	w.Do(bridge.Event{Kind: bridge.Record, Text: "record", Arg: name, Data: []byte(data)})
}

func (w *widget) welcome(key string, items ...protocol.Frame) {
	w.t.Helper()
	w.Do(bridge.Event{Kind: bridge.Opened})
	v := &protocol.VisitorWelcome{
		Visitor: protocol.VisitorID(kira.ID), VisitorKey: key, Online: true,
		Team:    []protocol.Person{{ID: protocol.OperatorID(ann.ID), Name: "Ann"}},
		History: protocol.History{Items: items},
	}
	v.History.Reactions = w.reactions
	if len(items) > 0 {
		v.Thread = thread
		w.last = max(w.last, items[len(items)-1].Position)
	}
	w.frames(frame(protocol.KindWelcome, "", &protocol.Welcome{
		Version: protocol.Version, Position: w.last, Now: w.Now, Visitor: v,
	}))
}

func (w *widget) frames(all ...protocol.Frame) {
	var b []byte
	for i := range all {
		b = protocol.AppendFrame(b, &all[i])
	}
	w.Do(bridge.Event{Kind: bridge.Frames, Data: b})
}

func frame(kind protocol.Kind, id protocol.CommandID, body protocol.Body) protocol.Frame {
	return protocol.Frame{Kind: kind, ID: id, Body: protocol.EncodeBody(body)}
}

// said is a stored message.
func said(position protocol.Position, who protocol.Actor, text string) protocol.Frame {
	f := frame(protocol.KindMessageSent, protocol.CommandID("01JC000000000000000M"+strconv.Itoa(100000+int(position))),
		&protocol.MessageSent{Text: text})
	f.Position, f.At, f.Actor, f.Thread, f.Conversation = position, noon+int64(position)*1000, &who, thread, 1
	return f
}

func advanced(side protocol.Side, delivered, read protocol.Position) protocol.Frame {
	f := frame(protocol.KindReceiptAdvanced, "", &protocol.ReceiptAdvanced{Side: side, Delivered: delivered, Read: read})
	f.Thread = thread
	return f
}

// out is the frames of a kind that went out since the last call.
func (w *widget) out(kind protocol.Kind) []protocol.Frame {
	w.t.Helper()
	for _, e := range w.Effects() {
		if e.Name != "send" {
			continue
		}
		for f, err := range protocol.Frames(e.Data) {
			if err != nil {
				w.t.Fatal(err)
			}
			w.sent = append(w.sent, f)
		}
	}
	var found, rest []protocol.Frame
	for _, f := range w.sent {
		if f.Kind == kind {
			found = append(found, f)
		} else {
			rest = append(rest, f)
		}
	}
	w.sent = rest
	return found
}

// write types a text and sends it.
func (w *widget) write(text string) {
	w.Type("Message", text)
	w.Key("Message", "Enter", 0)
}

// states is the names of the marks on the page, in order.
func (w *widget) states() string {
	var names []string
	for _, n := range w.Page.ByClass("b-state") {
		if n.Attrs["role"] == "img" {
			names = append(names, n.Name())
		}
	}
	return strings.Join(names, " ")
}

// texts is the messages on the page, in order.
func (w *widget) texts() string {
	var all []string
	for _, n := range w.Page.ByClass("b-message__text") {
		all = append(all, n.AllText())
	}
	return strings.Join(all, "|")
}

// shop is what the loaders of one browser's tabs keep for a channel: an item for each name.
type shop struct {
	items map[string]string
	tabs  int
}

// newShop holds names and items in turn.
func newShop(items ...string) *shop {
	s := &shop{items: map[string]string{}}
	for i := 0; i+1 < len(items); i += 2 {
		s.items[items[i]] = items[i+1]
	}
	return s
}

// open is a new tab, shown and connecting. It gets the items in any order, and what it saves is kept.
func (s *shop) open(t *testing.T) *widget {
	t.Helper()
	s.tabs++
	w := start(t, "en", strings.Repeat(strconv.Itoa(s.tabs%10), 32))
	w.shop = s
	w.host("hello", "n0nce\nen")
	for name, data := range s.items {
		w.record(name, data)
	}
	w.host("page", "https://shop.example/lamps\nLamps\n\nen")
	w.host("show", "")
	return w
}

// tell gives a tab all items, as after a change in another.
func (s *shop) tell(w *widget) {
	for name, data := range s.items {
		w.record(name, data)
	}
}

// outbox is the names of the commands that are kept.
func (s *shop) outbox() []string {
	var names []string
	for name := range s.items {
		if strings.HasPrefix(name, "outbox.") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// Effects is what the widget asked for since the last call; what it saved is in the shop then.
func (w *widget) Effects() []bridge.Effect {
	all := w.Fake.Effects()
	for _, e := range all {
		switch {
		case w.shop == nil || e.Name != "save":
		case len(e.Data) == 0:
			delete(w.shop.items, e.Text)
		default:
			w.shop.items[e.Text] = string(e.Data)
		}
	}
	return all
}

// posted is the last that the loader was told under a name; false if nothing since the last call of Effects or out.
func posted(all []bridge.Effect, name string) (bridge.Effect, bool) {
	var last bridge.Effect
	found := false
	for _, e := range all {
		if e.Name == "host" && e.Text == name || e.Name == "save" && e.Text == name {
			last, found = e, true
		}
	}
	return last, found
}

func body[T any, P interface {
	*T
	protocol.Body
}](t *testing.T, f protocol.Frame) T {
	t.Helper()
	var v T
	if err := protocol.DecodeBody(f.Body, P(&v)); err != nil {
		t.Fatal(err)
	}
	return v
}

type pageNode = page.Node
