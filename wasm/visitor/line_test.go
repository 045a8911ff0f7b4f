//go:build !wasm

package main

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/wasm/bridge"
)

func TestTheFirstFrameSaysWhoComesAndFromWhere(t *testing.T) {
	t.Parallel()
	w := opened(t, "key", "KEEP")
	if all := w.Effects(); len(all) == 0 {
		t.Fatal("nothing happened")
	} else if here, ok := posted(all, "here"); !ok || here.More != "n0nce" {
		t.Errorf("the loader heard %v", here)
	}
	w.Do(bridge.Event{Kind: bridge.Opened})
	hello := w.out(protocol.KindHello)
	if len(hello) != 1 {
		t.Fatalf("%d hellos", len(hello))
	}
	want := protocol.Hello{
		Version: 1, Channel: channel, VisitorKey: "KEEP", Language: "en-GB",
		Visit: &protocol.VisitorVisit{URL: "https://shop.example/lamps", Title: "Lamps", Referrer: "https://search.example/"},
	}
	if diff := cmp.Diff(want, body[protocol.Hello](t, hello[0])); diff != "" {
		t.Error(diff)
	}
}

func TestNothingIsAskedBeforeTheLoaderToldAll(t *testing.T) {
	t.Parallel()
	w := fresh(t, "en")
	w.host("hello", "n\nen")
	w.record("key", "K")
	if got := w.Asked("connect"); len(got) != 0 {
		t.Errorf("connects at once: %v", got)
	}
	w.host("hide", "")
	if got := w.Asked("connect"); len(got) != 1 || got[0].Text != "/ws" {
		t.Errorf("got %v", got)
	}
}

func TestAnotherLanguageOfThePageIsFetched(t *testing.T) {
	t.Parallel()
	w := fresh(t, "en")
	w.host("hello", "n\nru")
	if got := w.Asked("words"); len(got) != 1 || got[0].Text != "ru" {
		t.Errorf("got %v", got)
	}
}

func TestTheKeyIsKeptOnlyOnceTheVisitorActed(t *testing.T) {
	t.Parallel()
	w := opened(t)
	w.welcome("NEW")
	if saved := w.Asked("save"); len(saved) != 0 {
		t.Fatalf("kept before anything was said: %v", saved)
	}
	w.Effects()
	w.write("hello")
	if e, ok := posted(w.Effects(), "key"); !ok || string(e.Data) != "NEW" {
		t.Errorf("not kept: %v %s", ok, e.Data)
	}
}

func TestTheKeyOfAMessageWrittenWithoutALineIsKeptWhenItComes(t *testing.T) {
	t.Parallel()
	shop := newShop()
	w := shop.open(t)
	w.write("hello")
	w.Effects()
	if shop.items["key"] != "" {
		t.Fatal("there is no key yet")
	}
	w.welcome("NEW")
	w.Effects()
	if shop.items["key"] != "NEW" {
		t.Errorf("not kept: %v", shop.items)
	}
	if names := shop.outbox(); len(names) != 1 || !strings.HasPrefix(shop.items[names[0]], "NEW\n") {
		t.Errorf("the message is still nobody's: %q", shop.items)
	}
}

func TestAMissingLineIsToldAfterThreeSeconds(t *testing.T) {
	t.Parallel()
	w := live(t)
	banner := func() bool { return len(w.Page.ByClass("b-banner")) > 0 }
	w.Do(bridge.Event{Kind: bridge.Closed, A: 1006})
	var timer bridge.Effect
	for _, e := range w.Asked("timer") {
		if e.N == 3000 {
			timer = e
		}
	}
	if timer.Name == "" || banner() {
		t.Fatalf("timer %v, banner %v", timer, banner())
	}
	w.Now += 3000
	w.Do(bridge.Event{Kind: bridge.Fired, A: 1})
	if !banner() {
		t.Fatal("the person is not told")
	}
	w.Click("Try now")
	w.welcome("")
	if banner() {
		t.Error("the banner stays")
	}
}

func TestAForgottenKeyIsGivenUpAndTheVisitorStartsAnew(t *testing.T) {
	t.Parallel()
	w := opened(t, "key", "OLD")
	w.Do(bridge.Event{Kind: bridge.Opened})
	w.Effects()
	w.frames(frame(protocol.KindRefused, "", &protocol.Refused{Code: protocol.CodeUnauthorized}))
	all := w.Effects()
	if e, ok := posted(all, "key"); !ok || len(e.Data) != 0 {
		t.Errorf("the key stays: %q", e.Data)
	}
	w.Do(bridge.Event{Kind: bridge.Opened})
	hello := w.out(protocol.KindHello)
	if len(hello) != 1 || body[protocol.Hello](t, hello[0]).VisitorKey != "" {
		t.Fatalf("hellos %v", hello)
	}
	w.welcome("NEW")
	if !w.app.state.Welcomed || w.app.state.Ended() != "" {
		t.Error("not welcome")
	}
}

func TestAServerThatWantsNobodyBackSaysSo(t *testing.T) {
	t.Parallel()
	w := live(t)
	w.frames(frame(protocol.KindGoodbye, "", &protocol.Goodbye{Code: protocol.CodeBlocked}))
	if n := w.Page.ByClass("b-banner"); len(n) != 1 || n[0].Children[1].AllText() != "This chat is closed to you." {
		t.Fatalf("%s", w.HTML())
	}
	w.Effects()
	w.Click("Try now")
	if got := w.Asked("connect"); len(got) != 1 {
		t.Errorf("connects %v", got)
	}
}

func TestTabsShareOneVisitor(t *testing.T) {
	t.Parallel()
	t.Run("one that said nothing takes over the key of one that did", func(t *testing.T) {
		t.Parallel()
		w := live(t)
		w.record("key", "OTHER")
		w.Do(bridge.Event{Kind: bridge.Opened})
		hello := w.out(protocol.KindHello)
		if len(hello) != 1 || body[protocol.Hello](t, hello[0]).VisitorKey != "OTHER" {
			t.Errorf("hellos %v", hello)
		}
	})
	t.Run("one that said something keeps its own", func(t *testing.T) {
		t.Parallel()
		w := live(t)
		w.write("hello")
		w.Effects()
		w.record("key", "OTHER")
		if got := w.Asked("connect"); len(got) != 0 {
			t.Errorf("got %v", got)
		}
	})
	t.Run("what is read in one is read in the other", func(t *testing.T) {
		t.Parallel()
		w := opened(t, "key", "K")
		w.host("hide", "")
		w.welcome("", said(1, ann, "one"), said(2, ann, "two"))
		if e, ok := posted(w.Effects(), "unread"); !ok || e.More != "2" {
			t.Fatalf("got %v", e)
		}
		w.frames(advanced(protocol.SideVisitor, 2, 2))
		if e, ok := posted(w.Effects(), "unread"); !ok || e.More != "0" {
			t.Errorf("got %v", e)
		}
	})
	t.Run("what one has not sent the other sends too, once", func(t *testing.T) {
		t.Parallel()
		shop := newShop("key", "K")
		one, two := shop.open(t), shop.open(t)
		one.write("from one")
		one.Effects()
		two.welcome("")
		two.Effects()
		shop.tell(two)
		shop.tell(two)
		if sends := two.out(protocol.KindMessageSend); len(sends) != 1 || two.texts() != "from one" {
			t.Errorf("sent %d times, shows %q", len(sends), two.texts())
		}
	})
	t.Run("nobody sends what another visitor wrote", func(t *testing.T) {
		t.Parallel()
		shop := newShop("key", "K")
		one := shop.open(t)
		one.write("from one")
		one.Effects()
		shop.items["key"] = "ELSE"
		two := shop.open(t)
		two.welcome("")
		shop.tell(two)
		if sends := two.out(protocol.KindMessageSend); len(sends) != 0 {
			t.Errorf("sent %v", sends)
		}
	})
	t.Run("what closed ones left unsent a new one sends, each one's in its order", func(t *testing.T) {
		t.Parallel()
		shop := newShop("key", "K")
		one, two := shop.open(t), shop.open(t) // neither has a line, and neither hears of the other
		for i, tab := range []*widget{one, two, one, two, two} {
			tab.Now = noon + int64(i)
			tab.write("message " + strconv.Itoa(i))
			tab.Effects()
		}
		three := shop.open(t)
		three.welcome("")
		for i := range 5 {
			text := "message " + strconv.Itoa(i)
			sends := three.out(protocol.KindMessageSend)
			if len(sends) != 1 || body[protocol.MessageSend](t, sends[0]).Text != text {
				t.Fatalf("sends %v instead of %s", sends, text)
			}
			three.stored(sends[0], text)
		}
		three.Effects()
		if left := shop.outbox(); len(left) != 0 {
			t.Errorf("keeps %q", left)
		}
	})
	t.Run("one takes nothing away but what it heard an answer for", func(t *testing.T) {
		t.Parallel()
		shop := newShop("key", "K")
		one, two := shop.open(t), shop.open(t)
		one.write("from one")
		two.write("from two")
		one.Effects()
		two.Effects()
		two.welcome("")
		two.stored(two.out(protocol.KindMessageSend)[0], "from two")
		two.Effects()
		if three := shop.open(t); three.texts() != "from one" {
			t.Errorf("a new one shows %q", three.texts())
		}
	})
	t.Run("one that wrote before it had a key takes over that of one that has", func(t *testing.T) {
		t.Parallel()
		shop := newShop()
		w := shop.open(t)
		w.write("hello")
		w.record("key", "OTHER")
		w.Effects()
		if names := shop.outbox(); len(names) != 1 || !strings.HasPrefix(shop.items[names[0]], "OTHER\n") {
			t.Errorf("the message is kept as %q", shop.items)
		}
		w.Do(bridge.Event{Kind: bridge.Opened})
		if hello := w.out(protocol.KindHello); len(hello) != 1 || body[protocol.Hello](t, hello[0]).VisitorKey != "OTHER" {
			t.Errorf("hellos %v", hello)
		}
	})
}

func TestAPageThatMovesIsToldForKnownVisitors(t *testing.T) {
	t.Parallel()
	w := live(t)
	w.host("page", "https://shop.example/chairs\nChairs\n\nen")
	if got := w.out(protocol.KindVisitorVisit); len(got) != 0 {
		t.Fatalf("told of somebody who never wrote: %v", got)
	}
	w.write("hello")
	w.host("page", "https://shop.example/vases\nVases\n\nen")
	w.host("page", "https://shop.example/vases\nVases\n\nen")
	got := w.out(protocol.KindVisitorVisit)
	if len(got) != 1 || body[protocol.VisitorVisit](t, got[0]).URL != "https://shop.example/vases" {
		t.Errorf("got %v", got)
	}
	before := w.HTML() // of somebody whom the team blocked it is refused: nothing shows that, nothing is told again
	w.frames(frame(protocol.KindRefused, got[0].ID, &protocol.Refused{Code: protocol.CodeBlocked}))
	w.Do(bridge.Event{Kind: bridge.Fired, A: 1})
	if w.HTML() != before {
		t.Error("the screen is another")
	}
	if again := w.out(protocol.KindVisitorVisit); len(again) != 0 {
		t.Errorf("told again: %v", again)
	}
}
