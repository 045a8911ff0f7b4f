//go:build !wasm

package main

import (
	"strconv"
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/vdom"
	"beseda/wasm/visitor/state"
)

// quoteAt presses the arrow beside a message.
func (w *widget) quoteAt(p protocol.Position) {
	w.Do(bridge.Event{Kind: bridge.Kind(vdom.Click), Handler: state.OnQuote, Arg: strconv.Itoa(int(p))})
}

// quotes is what is quoted on the page, in order: the text of each quote.
func (w *widget) quotes() string {
	var all []string
	for _, n := range w.Page.ByClass("b-quote") {
		all = append(all, strings.TrimPrefix(n.AllText(), "Quoted message from "))
	}
	return strings.Join(all, "|")
}

func (w *widget) wantQuotes(when, want string) {
	w.t.Helper()
	if got := w.quotes(); got != want {
		w.t.Errorf("%s: quotes %q, want %q", when, got, want)
	}
}

// answering is a message that quotes another.
func answering(f protocol.Frame, q protocol.Quote) protocol.Frame {
	body := protocol.MessageSent{Quote: &q}
	var was protocol.MessageSent
	if err := protocol.DecodeBody(f.Body, &was); err != nil {
		panic(err)
	}
	body.Text, body.Attachments = was.Text, was.Attachments
	f.Body = protocol.EncodeBody(&body)
	return f
}

// welcomeWith is a welcome with a channel's capability.
func (w *widget) welcomeWith(quoting protocol.Capability, history protocol.History) {
	w.t.Helper()
	w.Do(bridge.Event{Kind: bridge.Opened})
	if n := len(history.Items); n > 0 {
		w.last = max(w.last, history.Items[n-1].Position)
	}
	w.frames(frame(protocol.KindWelcome, "", &protocol.Welcome{Version: 1, Position: w.last, Now: w.Now, Visitor: &protocol.VisitorWelcome{
		Visitor: protocol.VisitorID(kira.ID), Thread: thread, Online: true, Quoting: quoting, History: history,
	}}))
}

// again loses the line and has the person come back.
func (w *widget) again() {
	w.Do(bridge.Event{Kind: bridge.Closed, A: 1006})
	w.host("show", "")
}

func TestQUO02AVisitorAnswersOneMessage(t *testing.T) {
	t.Parallel()
	w := live(t, said(1, kira, "hello"), said(2, ann, "It is 30 cm high"), said(3, ann, "Which colour?"))
	w.quoteAt(2)
	w.wantQuotes("chosen", "AnnIt is 30 cm high")
	w.quoteAt(3)
	w.wantQuotes("another chosen", "AnnWhich colour?")
	if e := w.Asked("focus"); len(e) == 0 || e[len(e)-1].Text != state.TextID {
		t.Errorf("the focus goes to %v", e)
	}
	if w.Page.Named("Message").Attrs["aria-describedby"] != " quoting" {
		t.Errorf("the box does not tell what it answers: %v", w.Page.Named("Message").Attrs)
	}
	w.write("The green one")
	w.wantQuotes("on its way", "AnnWhich colour?")
	cmd := w.out(protocol.KindMessageSend)
	if len(cmd) != 1 || body[protocol.MessageSend](t, cmd[0]).Quote != 3 {
		t.Fatalf("sent %v", cmd)
	}
	w.last = 4
	who := ann
	w.frames(w.accepted(cmd[0]), answering(w.event(cmd[0], "The green one"), protocol.Quote{Message: 3, Actor: &who, Text: "Which colour?"}))
	w.wantQuotes("stored", "AnnWhich colour?")
	w.write("Please")
	if next := w.out(protocol.KindMessageSend); len(next) != 1 || body[protocol.MessageSend](t, next[0]).Quote != 0 {
		t.Errorf("the next quotes too: %v", next)
	}
}

func TestQUO02AQuoteIsTakenBackBeforeSending(t *testing.T) {
	t.Parallel()
	for name, take := range map[string]func(w *widget){
		"by its button": func(w *widget) { w.Click("Do not quote") },
		"by Escape":     func(w *widget) { w.Key("Message", "Escape", 0) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := live(t, said(1, ann, "one"))
			w.Type("Message", "yes")
			w.quoteAt(1)
			w.Effects()
			take(w)
			w.wantQuotes("taken back", "")
			all := w.Effects()
			if e, ok := posted(all, "quote"); !ok || len(e.Data) != 0 {
				t.Errorf("it is kept: %v", all)
			}
			if _, closed := posted(all, "close"); closed {
				t.Error("the widget closed")
			}
			w.write("yes")
			if cmd := w.out(protocol.KindMessageSend); len(cmd) != 1 || body[protocol.MessageSend](t, cmd[0]).Quote != 0 {
				t.Errorf("sent %v", cmd)
			}
		})
	}
}

func TestQUO02FilesAreQuotedByTheirSort(t *testing.T) {
	t.Parallel()
	file := said(1, ann, "")
	file.Body = protocol.EncodeBody(&protocol.MessageSent{Attachments: []protocol.Attachment{
		{ID: "01JC000000000000000000000P", Name: "lamp.png", Kind: protocol.AttachmentImage, Width: 6, Height: 4},
	}})
	w := live(t, file, said(2, kira, "mine"))
	w.quoteAt(1)
	w.wantQuotes("a picture", "AnnPicture")
	w.quoteAt(2)
	w.wantQuotes("an own message", "Youmine")
	who := ann
	w.frames(answering(said(3, ann, ""), protocol.Quote{Message: 1, Actor: &who, Attachment: protocol.AttachmentAudio}))
	w.wantQuotes("without a text of its own", "AnnAudio|Youmine")
}

func TestAQuoteOutlivesAReload(t *testing.T) {
	t.Parallel()
	shop := newShop("key", "K")
	w := shop.open(t)
	w.welcome("", said(1, ann, "one"), said(2, ann, "two"))
	w.quoteAt(1)
	w.Effects()
	after := shop.open(t)
	after.wantQuotes("before the line stands", "Message")
	after.welcome("", said(1, ann, "one"), said(2, ann, "two"))
	after.wantQuotes("after", "Annone")
	after.Do(bridge.Event{Kind: bridge.Closed, A: 1006})
	after.write("yes")
	after.Effects()
	if _, kept := shop.items["quote"]; kept {
		t.Error("what was sent is still the draft's")
	}
	third := shop.open(t)
	third.welcome("", said(1, ann, "one"))
	third.wantQuotes("a message on its way, after a reload", "Annone")
	if cmd := third.out(protocol.KindMessageSend); len(cmd) != 1 || body[protocol.MessageSend](t, cmd[0]).Quote != 1 {
		t.Errorf("sent %v", cmd)
	}
}

func TestAQuoteLeadsToItsMessageOfAnOlderPage(t *testing.T) {
	t.Parallel()
	w := opened(t, "key", "K")
	who := ann
	w.welcomeWith("", protocol.History{More: true, Items: []protocol.Frame{
		said(60, ann, "sixty"), answering(said(61, ann, "see above"), protocol.Quote{Message: 7, Actor: &who, Text: "seven"}),
	}})
	w.Effects()
	w.Do(bridge.Event{Kind: bridge.Kind(vdom.Click), Handler: state.OnQuoted, Arg: "7"})
	asked := w.out(protocol.KindHistoryRead)
	if len(asked) != 1 || body[protocol.HistoryRead](t, asked[0]).Before != 60 {
		t.Fatalf("asked %v", asked)
	}
	w.frames(frame(protocol.KindHistory, asked[0].ID, &protocol.History{More: true, Items: []protocol.Frame{said(30, ann, "thirty")}}))
	asked = w.out(protocol.KindHistoryRead)
	if len(asked) != 1 || body[protocol.HistoryRead](t, asked[0]).Before != 30 {
		t.Fatalf("goes on with %v", asked)
	}
	w.frames(frame(protocol.KindHistory, asked[0].ID, &protocol.History{Items: []protocol.Frame{said(7, ann, "seven"), said(8, ann, "eight")}}))
	if e := w.Asked("scrollto"); len(e) != 1 || e[0].Text != state.ItemID(7) || w.Page.ByID(state.ItemID(7)) == nil {
		t.Errorf("goes to %v", e)
	}
}

func TestQUO03WhereAChannelForbidsItNothingQuotes(t *testing.T) {
	t.Parallel()
	for capability, may := range map[protocol.Capability]bool{
		"": true, protocol.CapabilityBoth: true, protocol.CapabilityReceive: true,
		protocol.CapabilitySend: false, protocol.CapabilityNone: false,
	} {
		t.Run("quoting="+string(capability), func(t *testing.T) {
			t.Parallel()
			w := opened(t, "key", "K", "quote", "2")
			who := kira
			w.welcomeWith(capability, protocol.History{Items: []protocol.Frame{
				said(1, kira, "one"), answering(said(2, ann, "two"), protocol.Quote{Message: 1, Actor: &who, Text: "one"}),
			}})
			if got := w.Page.Named("Quote, Ann, 12:00") != nil; got != may {
				t.Errorf("the arrow is there: %v", got)
			}
			if got := w.Page.Named("Quote, You, 12:00") != nil; got != may {
				t.Errorf("the arrow at an own message is there: %v", got)
			}
			if w.Page.Named("React, Ann, 12:00") == nil {
				t.Error("emoji are gone")
			}
			want := "Youone"
			if may {
				want += "|Anntwo"
			}
			w.wantQuotes("with a draft that quotes", want)
			w.write("yes")
			cmd := w.out(protocol.KindMessageSend)
			if got := body[protocol.MessageSend](t, cmd[0]).Quote == 2; got != may {
				t.Errorf("sends it: %v", got)
			}
		})
	}
}

func TestAMessageWhoseQuoteIsRefusedCanBeSentWithoutIt(t *testing.T) {
	t.Parallel()
	for reason, quotes := range map[string]protocol.Position{"field=quote": 0, "capability=quoting": 0, "": 1} {
		w := live(t, said(1, ann, "one"))
		w.quoteAt(1)
		w.write("yes")
		cmd := w.out(protocol.KindMessageSend)[0]
		w.frames(frame(protocol.KindRefused, cmd.ID, &protocol.Refused{Code: protocol.CodeNotFound, Reason: reason}))
		if w.states() != "Not sent" {
			t.Fatalf("%q: %q", reason, w.states())
		}
		w.Click("Try again")
		again := w.out(protocol.KindMessageSend)
		if len(again) != 1 {
			t.Fatalf("%q: sent %v", reason, again)
		}
		if got := body[protocol.MessageSend](t, again[0]); got.Quote != quotes || got.Text != "yes" {
			t.Errorf("%q: sent %+v", reason, got)
		}
	}
}

func TestQUO01TheArrowIsReachedByKeysAndByAFinger(t *testing.T) {
	t.Parallel()
	w := live(t, said(1, ann, "one"), said(2, kira, "mine"))
	w.Key("Message", "ArrowUp", bridge.Alt)
	if e := w.Asked("focus"); e[len(e)-1].Text != state.ToolID(2) {
		t.Errorf("went to %v", e)
	}
	w.Key("Message", "ArrowUp", bridge.Alt)
	reach := w.Page.All(func(n *pageNode) bool {
		return n.Tag == "button" && n.Attrs["tabindex"] != "-1" && strings.Contains(n.Name(), ", Ann, ")
	})
	if len(reach) != 2 || reach[0].Name() != "React, Ann, 12:00" || reach[1].Name() != "Quote, Ann, 12:00" {
		t.Errorf("the Tab key reaches %d", len(reach))
	}
	key := bridge.Event{Kind: bridge.Kind(vdom.KeyDown), Handler: state.OnToolKey, Arg: "1", Text: "й", List: []string{"KeyQ"}}
	if w.Do(key)&bridge.Prevent == 0 { // or the letter stands in the box that gets the focus
		t.Error("the letter is written")
	}
	w.wantQuotes("by Q", "Annone")
	w.Do(bridge.Event{Kind: bridge.Kind(vdom.ContextMenu), Handler: state.OnHeld, Arg: "2", B: 1})
	tools := w.Page.All(func(n *pageNode) bool { _, on := n.Attrs["data-active"]; return on })
	if len(tools) != 1 || len(tools[0].Children) != 1 || tools[0].Children[0].Name() != "Quote, You, 12:00" || w.offered() {
		t.Errorf("a finger that rests shows %d", len(tools))
	}
}
