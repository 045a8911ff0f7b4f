//go:build !wasm

package main

import (
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/vdom"
)

// changed pushes rows of the list.
func (d *desk) changed(unread int, rows ...protocol.Row) {
	d.t.Helper()
	d.hear("", protocol.KindInbox, &protocol.Inbox{Rows: rows, Unread: unread, Active: 2, All: 3})
}

func TestTheHeaderCountsConversationsAndTheTitleSaysSo(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/")
	d.want("title", d.asked("title"), "(1) Beseda")
	d.changed(2)
	d.want("title", d.asked("title"), "(2) Beseda")
	d.changed(0)
	d.want("title", d.asked("title"), "Beseda")
}

func TestARowSaysWhoWroteLast(t *testing.T) {
	t.Parallel()
	own := row(40)
	own.LastActor.ID, own.LastActor.Name = string(ann), "Ann"
	picture := row(40)
	picture.LastActor, picture.LastText, picture.LastAttachment = row(41).LastActor, "", protocol.AttachmentImage
	for name, c := range map[string]struct {
		row  protocol.Row
		want string
	}{
		"the visitor's words stand alone":   {row(41), "Is it in stock?"},
		"a colleague's have their name":     {row(40), "Bob: Of course"},
		"one's own have You":                {own, "You: Of course"},
		"a file without text says its kind": {picture, "Picture"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := signedIn(t, "/console/", func(w *protocol.OperatorWelcome) { w.Inbox.Rows = []protocol.Row{c.row} })
			d.want("last", d.text("b-row__last"), c.want)
		})
	}
}

func TestAVisitorWithoutANameIsCalledTheSameEveryTime(t *testing.T) {
	t.Parallel()
	first, second := signedIn(t, "/console/").text("b-row__name"), signedIn(t, "/console/").text("b-row__name")
	if first != second || !strings.Contains(first, "Visitor ") {
		t.Errorf("%q and %q", first, second)
	}
}

func TestUnreadAboveNinetyNineIsCapped(t *testing.T) {
	t.Parallel()
	many := row(41)
	many.Unread = protocol.UnreadCap
	d := signedIn(t, "/console/", func(w *protocol.OperatorWelcome) { w.Inbox.Rows = []protocol.Row{many} })
	if !strings.Contains(d.text("b-row__marks"), "99+") {
		t.Errorf("the row says %q", d.text("b-row__marks"))
	}
}

func TestTheNewestStandsOnTopUnlessThePointerIsThere(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/")
	newer := row(40)
	newer.LastAt = noon + 1
	list := d.Page.ByClass("b-list")[0]
	d.On(list, vdom.PointerEnter, bridge.Event{})
	d.changed(1, newer)
	if first := d.Page.ByClass("b-row")[0]; !strings.Contains(first.AllText(), "Kira") {
		t.Error("the row under the pointer moved")
	}
	d.On(d.Page.ByClass("b-list")[0], vdom.PointerLeave, bridge.Event{})
	if first := d.Page.ByClass("b-row")[0]; strings.Contains(first.AllText(), "Kira") {
		t.Error("the list did not sort afterwards")
	}
}

func TestWhatIsGoneLeavesEvenUnderThePointer(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.On(d.Page.ByClass("b-list")[0], vdom.PointerEnter, bridge.Event{})
	d.hear("", protocol.KindInbox, &protocol.Inbox{Gone: []protocol.Number{41}, Active: 1, All: 2})
	if html := d.HTML(); strings.Contains(html, "Kira") || strings.Contains(html, "in stock") {
		t.Error("something of the conversation is still on screen")
	}
	if !strings.Contains(d.HTML(), "#41 is no longer open to you") {
		t.Error("nothing says why")
	}
}

func TestOlderRowsComeOnScrollingAndOnlyOnce(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/", func(w *protocol.OperatorWelcome) { w.Inbox.More = true })
	end := bridge.Event{Text: "end"}
	d.On(d.Page.ByClass("b-list")[0], vdom.Scroll, end)
	d.On(d.Page.ByClass("b-list")[0], vdom.Scroll, end)
	if n := d.count(protocol.KindInboxRead); n != 1 {
		t.Fatalf("asked %d times", n)
	}
	ask := d.last(protocol.KindInboxRead)
	if got := decode[protocol.InboxRead](t, ask); got.BeforeNumber != 40 || got.Before != row(40).LastAt || got.Completed {
		t.Errorf("asked for %+v", got)
	}
	older := row(39)
	older.LastAt = noon - 9_000_000
	d.hear(ask.ID, protocol.KindInbox, &protocol.Inbox{Rows: []protocol.Row{older}, Unread: 1, Active: 3, All: 4})
	if n := len(d.Page.ByClass("b-row__name")); n != 3 {
		t.Errorf("%d rows", n)
	}
}

func TestARowFarBelowDoesNotLeaveAHole(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/", func(w *protocol.OperatorWelcome) { w.Inbox.More = true })
	deep := row(12)
	deep.LastAt = noon - 90_000_000
	d.changed(1, deep)
	if n := len(d.Page.ByClass("b-row__name")); n != 2 {
		t.Errorf("%d rows: the one below is not next to those above", n)
	}
}

func TestTheGeneralListIsAskedForWhenItIsLookedAt(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/")
	d.Click("All 3")
	ask := d.last(protocol.KindInboxRead)
	if !decode[protocol.InboxRead](t, ask).Completed {
		t.Error("it asked for the active ones")
	}
	done := row(39)
	done.Activity, done.Status, done.LastAt = protocol.Completed, protocol.Closed, noon-9_000_000
	d.hear(ask.ID, protocol.KindInbox, &protocol.Inbox{Rows: []protocol.Row{row(41), row(40), done}, Unread: 1, Active: 2, All: 3})
	if !strings.Contains(d.text("b-row__tags"), "Closed") {
		t.Error("the closed one is not marked")
	}
	d.Click("Active 2")
	if n := len(d.Page.ByClass("b-row__name")); n != 2 {
		t.Errorf("%d active rows", n)
	}
}

func TestArrowsRoveThroughTheList(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/")
	stops := func() (at string) {
		for _, n := range d.Page.ByClass("b-row__name") {
			if n.Attrs["tabindex"] == "0" {
				at += n.Attrs["id"] + " "
			}
		}
		return at
	}
	d.want("Tab reaches", stops(), "row-41 ")
	d.On(d.Page.ByID("row-41"), vdom.FocusIn, bridge.Event{})
	d.On(d.Page.ByID("row-41"), vdom.KeyDown, bridge.Event{Text: "ArrowDown", List: []string{"ArrowDown"}})
	d.want("focus", d.asked("focus"), "row-40")
	d.want("Tab reaches", stops(), "row-40 ")
	d.On(d.Page.ByID("row-40"), vdom.KeyDown, bridge.Event{Text: "к", List: []string{"KeyK"}})
	d.want("focus after K on a Cyrillic keyboard", d.asked("focus"), "row-41")
}

func TestTypingShowsInTheRowAndEnds(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/")
	who := protocol.Actor{Kind: protocol.ActorVisitor, ID: string(kira)}
	d.frame(protocol.Frame{Kind: protocol.KindTypingStarted, Thread: thread, Conversation: 41, Body: protocol.EncodeBody(&protocol.TypingStarted{Who: who})})
	d.want("typing", d.text("b-row__typing"), "Kira Malova is typing…")
	d.wait(protocol.TypingTTL.Milliseconds() + 1)
	d.want("typing, later", d.text("b-row__typing"), "")
}

func TestPresenceMovesTheDotInListHeadAndPanel(t *testing.T) {
	t.Parallel()
	d := opened(t)
	if !strings.Contains(d.text("b-contact__seen"), "Online now") {
		t.Fatal("Kira is not online")
	}
	d.hear("", protocol.KindPresence, &protocol.Presence{Visitor: kira})
	d.want("head", d.text("b-presence"), "Kira MalovaOffline")
	d.want("panel", d.text("b-contact__seen"), "Last seen just now")
}
