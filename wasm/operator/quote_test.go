//go:build !wasm

package main

import (
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
)

func TestQUO01BothIconsAreReachedByKeyboard(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.Key("Reply", "ArrowUp", bridge.Alt)
	d.want("focus", d.asked("focus"), state.ReactID(12))
	first := d.Page.ByID(state.ReactID(12))
	d.On(first, vdom.KeyDown, bridge.Event{Text: "ArrowRight", List: []string{"ArrowRight"}})
	d.want("the arrow", d.asked("focus"), state.QuoteID(12))
	d.On(d.Page.ByID(state.QuoteID(12)), vdom.KeyDown, bridge.Event{Text: "ArrowRight", List: []string{"ArrowRight"}})
	d.want("the lightning", d.asked("focus"), state.BoltID(12))
	d.On(first, vdom.KeyDown, bridge.Event{Text: "й", List: []string{"KeyQ"}})
	d.want("quoted by Q", d.text("b-quote__text"), "Is it in stock?")
	d.On(first, vdom.KeyDown, bridge.Event{Text: "l", List: []string{"KeyL"}})
	if d.Page.ByID(state.QuickTextID) == nil {
		t.Error("L opened nothing")
	}
}

func TestAFingerThatRestsOpensTheMessagesMenuAndAMouseDoesNot(t *testing.T) {
	t.Parallel()
	d := opened(t)
	message := d.Page.ByID(state.ItemID(12))
	if d.On(message, vdom.ContextMenu, bridge.Event{})&bridge.Prevent != 0 {
		t.Error("a mouse lost the browser's own menu")
	}
	if d.On(message, vdom.ContextMenu, bridge.Event{B: 1})&bridge.Prevent == 0 {
		t.Error("the browser's menu came, too")
	}
	d.want("the menu", d.text("b-menu__item"), "Quote | React | Make a quick reply | Copy text")
	d.Click("Copy text")
	d.want("copied", d.asked("copy"), "Is it in stock?")
}

func TestQUO02AReplyAnswersOneMessage(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.On(d.Page.ByID(state.QuoteID(10)), vdom.Click, bridge.Event{})
	d.On(d.Page.ByID(state.QuoteID(12)), vdom.Click, bridge.Event{})
	if n := len(d.Page.ByClass("b-quote")); n != 1 {
		t.Fatalf("%d quotes", n)
	}
	d.Click("Do not quote")
	if n := len(d.Page.ByClass("b-quote")); n != 0 {
		t.Fatal("it is still quoted")
	}
	d.On(d.Page.ByID(state.QuoteID(12)), vdom.Click, bridge.Event{})
	d.write("Yes, twelve of them")
	cmd := decode[protocol.MessageSend](t, d.last(protocol.KindMessageSend))
	if cmd.Quote != 12 || cmd.Text != "Yes, twelve of them" {
		t.Errorf("sent %+v", cmd)
	}
	d.want("on its way", d.text("b-quote__text"), "Is it in stock?")
}

func TestQUO03AChannelWithoutQuotesHasNoArrow(t *testing.T) {
	t.Parallel()
	for quoting, want := range map[protocol.Capability]bool{"": true, "both": true, "send": true, "receive": false, "none": false} {
		d := opened(t, func(w *protocol.OperatorWelcome) { w.Team.Channels[0].Quoting = quoting })
		if got := d.Page.ByID(state.QuoteID(12)) != nil; got != want {
			t.Errorf("%q: an arrow %v", quoting, got)
		}
		if d.Page.ByID(state.BoltID(12)) == nil {
			t.Errorf("%q: no lightning", quoting)
		}
	}
}

func TestAQuoteLeadsToItsMessage(t *testing.T) {
	t.Parallel()
	d := opened(t)
	quoting := func(at, of protocol.Position, in protocol.Number, gone bool) protocol.Frame {
		q := &protocol.Quote{Message: of, Gone: gone}
		if !gone {
			q.Conversation, q.Text = in, "Earlier words"
			q.Actor = &protocol.Actor{Kind: protocol.ActorVisitor, ID: string(kira)}
		}
		return line(at, noon, &protocol.Actor{Kind: protocol.ActorVisitor, ID: string(kira)}, protocol.KindMessageSent,
			&protocol.MessageSent{Text: "See above", Quote: q})
	}
	d.frame(quoting(13, 10, 41, false))
	d.want("shown", d.text("b-quote"), "Quoted message from Kira MalovaEarlier words")
	d.On(d.Page.ByClass("b-quote")[0], vdom.Click, bridge.Event{})
	d.want("scrolled", d.asked("scrollto"), state.ItemID(10))
	d.frame(quoting(14, 3, 40, false))
	d.On(d.Page.ByClass("b-quote")[1], vdom.Click, bridge.Event{})
	if d.Route.Number != 40 {
		t.Errorf("went to #%d", d.Route.Number)
	}
	d.Do(bridge.Event{Kind: bridge.Moved, Text: "/console/#41"})
	d.frame(quoting(15, 2, 0, true))
	if got := d.text("b-quote--gone"); got != "This message is no longer there" || strings.Contains(d.HTML(), "on:click=0") {
		t.Errorf("a quote of nothing reads %q", got)
	}
}

func TestBesideAMessageThatFailedTheArrowsGoToTheButtonsThatAreThere(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.frame(protocol.Frame{Kind: protocol.KindMessageFailed, Position: 13, Conversation: 41, Thread: thread,
		Body: protocol.EncodeBody(&protocol.MessageFailed{Messages: []protocol.Position{11}, Code: protocol.FailedVisitorLeft})})
	if d.Page.ByID(state.QuoteID(11)) != nil {
		t.Fatal("it can be quoted")
	}
	press := func(id, key string) {
		d.On(d.Page.ByID(id), vdom.KeyDown, bridge.Event{Text: key, List: []string{key}})
	}
	press(state.ReactID(11), "ArrowRight")
	d.want("focus", d.asked("focus"), state.BoltID(11))
	press(state.BoltID(11), "ArrowRight")
	d.want("and round", d.asked("focus"), state.ReactID(11))
	press(state.ReactID(11), "ArrowLeft")
	d.want("back", d.asked("focus"), state.BoltID(11))
	d.On(d.Page.ByID(state.ItemID(11)), vdom.ContextMenu, bridge.Event{B: 1})
	d.want("a finger's menu", d.text("b-menu__item"), "React | Make a quick reply | Copy text")
}
