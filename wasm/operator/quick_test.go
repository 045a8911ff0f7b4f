//go:build !wasm

package main

import (
	"strings"
	"testing"
	"unicode/utf16"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
)

// withQuick is a console with conversation 41 open and three quick replies.
func withQuick(t *testing.T) *desk {
	t.Helper()
	d := opened(t)
	d.hear(d.last(protocol.KindQuickRepliesRead).ID, protocol.KindQuickReplies, &protocol.QuickReplies{QuickReplies: []protocol.QuickReply{
		{ID: "01JC000000000000000000QR01", Name: "Hours", Shortcut: "open", Text: "Hello {{contact.name|there}}, we are open until 20:00. {{operator.name}}, #{{conversation.number}}", Owner: ann},
		{ID: "01JC000000000000000000QR02", Name: "Shipping", Text: "It ships to {{channel.name}} in 2 days", Folder: "Orders", Owner: bob, Shared: true},
		{ID: "01JC000000000000000000QR03", Name: "Price list", Text: "Here it is", Owner: ann,
			Attachments: []protocol.Attachment{{ID: "01JC000000000000000000F111", Name: "prices.pdf", Size: 10}}},
	}})
	return d
}

func TestQRP02FoundByAStrokeInsertedAtTheCaretAndSentByTheNextEnter(t *testing.T) {
	t.Parallel()
	d := withQuick(t)
	d.Type("Reply", "Dear Kira, /")
	if n := len(d.Page.ByClass("b-quick__item")); n != 3 {
		t.Fatalf("%d offered", n)
	}
	d.Type("Reply", "Dear Kira, /ho")
	d.want("found", d.text("b-quick__name"), "Hours")
	d.want("said", d.asked("announce"), "1 found")
	d.want("the active one", d.textbox("Reply").Attrs["aria-activedescendant"], state.QuickOptionID(0))
	if !d.Key("Reply", "Enter", 0) {
		t.Fatal("Enter was left to the field")
	}
	want := "Dear Kira, Hello Kira Malova, we are open until 20:00. Ann, #41"
	d.want("the field", d.textbox("Reply").Attrs[".value"], want)
	if d.count(protocol.KindMessageSend) != 0 {
		t.Fatal("it was sent")
	}
	if got := decode[protocol.QuickReplyUse](t, d.last(protocol.KindQuickReplyUse)); got.QuickReply != "01JC000000000000000000QR01" {
		t.Errorf("counted %+v", got)
	}
	d.Key("Reply", "Enter", 0)
	d.want("sent", decode[protocol.MessageSend](t, d.last(protocol.KindMessageSend)).Text, want)
}

func TestAStrokeInsideAWordOpensNothing(t *testing.T) {
	t.Parallel()
	d := withQuick(t)
	for _, text := range []string{"and/or", "https://", "/ho now", "a//"} {
		d.Type("Reply", text)
		if len(d.Page.ByClass("b-quick")) != 0 {
			t.Errorf("%q opened the list", text)
		}
	}
	d.Type("Reply", "/")
	d.Key("Reply", "Escape", 0)
	if len(d.Page.ByClass("b-quick")) != 0 {
		t.Error("Escape left it open")
	}
	d.Type("Reply", "/h")
	if len(d.Page.ByClass("b-quick")) != 0 {
		t.Error("it came back while the same word was typed")
	}
	d.Type("Reply", "")
	d.Click("Quick replies")
	d.want("the button's stroke", d.asked("insert"), state.ReplyID)
	d.Type("Reply", "/")
	d.Key("Reply", "Escape", 0)
	d.want("taken back", d.reply(), "")
	d.Type("Reply", "/h")
	d.want("and a person's own opens it", d.text("b-quick__name"), "Hours | Shipping | Price list")
}

func TestAnUnknownNameHasItsFallback(t *testing.T) {
	t.Parallel()
	d := withQuick(t)
	unknown := row(41)
	unknown.Name = ""
	d.changed(0, unknown)
	d.Type("Reply", "/open")
	d.Key("Reply", "Enter", 0)
	if got := d.textbox("Reply").Attrs[".value"]; !strings.HasPrefix(got, "Hello there, ") {
		t.Errorf("inserted %q", got)
	}
}

func TestInsertAndSendWaitsForTheFiles(t *testing.T) {
	t.Parallel()
	d := withQuick(t)
	d.Type("Reply", "/price")
	d.Key("Reply", "Enter", bridge.Ctrl)
	if d.count(protocol.KindMessageSend) != 0 {
		t.Fatal("it was sent without its file")
	}
	d.hear(d.last(protocol.KindQuickReplyUse).ID, protocol.KindQuickReplyReady, &protocol.QuickReplyReady{
		QuickReply: "01JC000000000000000000QR03", Attachments: []protocol.Attachment{{ID: "01JC000000000000000000F999", Name: "prices.pdf", Size: 10}},
	})
	cmd := decode[protocol.MessageSend](t, d.last(protocol.KindMessageSend))
	if cmd.Text != "Here it is" || len(cmd.Attachments) != 1 || cmd.Attachments[0] != "01JC000000000000000000F999" {
		t.Errorf("sent %+v", cmd)
	}
}

func TestFilesOfAQuickReplyCanBeTakenOut(t *testing.T) {
	t.Parallel()
	d := withQuick(t)
	d.Type("Reply", "/price")
	d.Key("Reply", "Enter", 0)
	d.hear(d.last(protocol.KindQuickReplyUse).ID, protocol.KindQuickReplyReady, &protocol.QuickReplyReady{
		QuickReply: "01JC000000000000000000QR03", Attachments: []protocol.Attachment{{ID: "01JC000000000000000000F999", Name: "prices.pdf", Size: 10}},
	})
	d.Click("Remove prices.pdf")
	d.Key("Reply", "Enter", 0)
	if cmd := decode[protocol.MessageSend](t, d.last(protocol.KindMessageSend)); len(cmd.Attachments) != 0 {
		t.Errorf("sent %+v", cmd)
	}
}

func TestQRP01AQuickReplyIsMadeOfAMessage(t *testing.T) {
	t.Parallel()
	d := withQuick(t)
	d.On(d.Page.ByID(state.BoltID(12)), vdom.Click, bridge.Event{})
	d.want("its text", d.Page.ByID(state.QuickTextID).Attrs[".value"], "Is it in stock?")
	d.Type("Name", "Stock")
	d.Type("Shortcut", "stock")
	d.submit("b-dialog__form")
	cmd := d.last(protocol.KindQuickReplyCreate)
	if got := decode[protocol.QuickReplyCreate](t, cmd); got.Name != "Stock" || got.Shortcut != "stock" || got.Text != "Is it in stock?" || got.Shared {
		t.Errorf("sent %+v", got)
	}
	d.hear(cmd.ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeConflict, Reason: "field=shortcut"})
	if !strings.Contains(d.alert(), "Another quick reply has this shortcut") {
		t.Errorf("it says %q", d.alert())
	}
	d.Type("Shortcut", "in")
	d.submit("b-dialog__form")
	cmd = d.last(protocol.KindQuickReplyCreate)
	d.hear("", protocol.KindQuickReplySet, &protocol.QuickReplySet{QuickReply: protocol.QuickReply{
		ID: "01JC000000000000000000QR04", Name: "Stock", Shortcut: "in", Text: "Is it in stock?", Owner: ann}})
	d.hear(cmd.ID, protocol.KindAccepted, &protocol.Accepted{Made: "01JC000000000000000000QR04"})
	if d.Page.ByID(state.QuickTextID) != nil {
		t.Error("the window is still open")
	}
	d.Type("Reply", "/stock")
	d.want("found at once", d.text("b-quick__name"), "Stock")
	d.hear("", protocol.KindQuickReplyDeleted, &protocol.QuickReplyDeleted{QuickReply: "01JC000000000000000000QR04", Owner: ann})
	if got := d.text("b-quick__name"); got != "" {
		t.Errorf("deleted, and still found: %q", got)
	}
}

func TestQRP02TheButtonsStrokeStandsAtTheCaretPartedFromAWord(t *testing.T) {
	t.Parallel()
	type at struct{ before, after string }
	for name, c := range map[string]struct{ write, field, left, picked at }{
		"behind a word": {at{"Hello", " there "}, at{"Hello /", " there "}, at{"Hello", " there "}, at{"Hello It ships to Acme shop in 2 days", " there "}},
		"behind a space": {at{"Hello ", "there"}, at{"Hello /", "there"}, at{"Hello ", "there"},
			at{"Hello It ships to Acme shop in 2 days", "there"}},
		"at the beginning": {at{"", "there"}, at{"/", "there"}, at{"", "there"}, at{"It ships to Acme shop in 2 days", "there"}},
		"behind an emoji":  {at{"👋", ""}, at{"👋 /", ""}, at{"👋", ""}, at{"👋 It ships to Acme shop in 2 days", ""}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := withQuick(t)
			write := func(before, after string) {
				d.On(d.textbox("Reply"), vdom.InputEvent, bridge.Event{Text: before + after, A: int64(len(utf16.Encode([]rune(before))))})
			}
			caret := func() int64 { all := d.Asked("caret"); return all[len(all)-1].N }
			open := func() {
				write(c.write.before, c.write.after)
				d.Click("Quick replies")
				all := d.Asked("insert")
				d.want("put at the caret", all[len(all)-1].More, "/")
				write(c.write.before+"/", c.write.after)
				d.want("the field", d.reply(), c.field.before+c.field.after)
				if len(d.Page.ByClass("b-quick__item")) != 3 {
					t.Fatalf("offered %q", d.text("b-quick__name"))
				}
			}
			open()
			d.Key("Reply", "Escape", 0)
			d.want("taken back", d.reply(), c.left.before+c.left.after)
			if want := int64(len(utf16.Encode([]rune(c.left.before)))); caret() != want {
				t.Errorf("the caret stands at %d, want %d", caret(), want)
			}
			open()
			write(c.field.before+"shi", c.field.after)
			d.Key("Reply", "Enter", 0)
			d.want("inserted", d.reply(), c.picked.before+c.picked.after)
			if want := int64(len(utf16.Encode([]rune(c.picked.before)))); caret() != want {
				t.Errorf("the caret stands at %d, want %d", caret(), want)
			}
		})
	}
}

func TestQRP02FromThePaletteItIsPutAtTheCaretAsOftenAsItIsChosen(t *testing.T) {
	t.Parallel()
	d := withQuick(t)
	d.Type("Reply", "Here it is.  Anything else?")
	for n := range 2 {
		d.On(d.textbox("Reply"), vdom.KeyDown, bridge.Event{Text: "k", A: bridge.Ctrl, B: 1, List: []string{"KeyK"}})
		d.Type("What would you like to do?", "price list")
		d.Key("What would you like to do?", "Enter", 0)
		all := d.Asked("insert")
		if len(all) != n+1 || all[n].Text != state.ReplyID || all[n].More != "Here it is" {
			t.Fatalf("the field was given %+v", all)
		}
		d.want("what was written stays till then", d.reply(), "Here it is.  Anything else?")
		if got := d.count(protocol.KindQuickReplyUse); got != n+1 {
			t.Errorf("counted %d times", got)
		}
	}
	d.want("its files are on their way", d.text("b-upload__name"), "prices.pdf | prices.pdf")
}

func TestX17TheVisitorsLanguageIsOfferedFirstAndTheWindowSetsIt(t *testing.T) {
	t.Parallel()
	d := opened(t) // the visitor reads en-GB
	d.hear(d.last(protocol.KindQuickRepliesRead).ID, protocol.KindQuickReplies, &protocol.QuickReplies{QuickReplies: []protocol.QuickReply{
		{ID: "01JC000000000000000000QR01", Name: "Часы", Shortcut: "hours", Text: "с 10 до 18", Language: "ru", Owner: ann, Used: 99},
		{ID: "01JC000000000000000000QR02", Name: "Thanks", Shortcut: "hours", Text: "🙏", Owner: ann, Used: 50},
		{ID: "01JC000000000000000000QR03", Name: "Hours", Shortcut: "hours", Text: "10 to 18", Language: "en", Owner: ann},
	}})
	d.Type("Reply", "/")
	d.want("all", d.text("b-quick__name"), "Hours | Thanks | Часы")
	d.Type("Reply", "/hours")
	d.want("of one shortcut", d.text("b-quick__name"), "Hours | Thanks | Часы")
	d.want("it says so", d.text("b-quick__where"), "English/hours | /hours | Russian/hours")
	d.Key("Reply", "Enter", 0)
	d.want("Enter takes the visitor's", d.reply(), "10 to 18")

	d.Do(bridge.Event{Kind: bridge.Moved, Text: "/console/quick-replies"})
	if got := d.text("b-reply__name"); !strings.Contains(got, "Hours/hoursEnglish") {
		t.Errorf("the page says %q", got)
	}
	d.On(d.Page.ByID(state.EditReplyID("01JC000000000000000000QR03")), vdom.Click, bridge.Event{})
	d.On(d.Page.ByID(state.QuickLanguageID), vdom.Change, bridge.Event{Text: "de"})
	d.submit("b-dialog__form")
	cmd := d.last(protocol.KindQuickReplyChange)
	if got := decode[protocol.QuickReplyChange](t, cmd); got.Language != "de" || got.Name != "Hours" || got.Text != "10 to 18" {
		t.Errorf("sent %+v", got)
	}
	d.hear(cmd.ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeInvalid, Reason: "field=language rule=bcp47_language_tag"})
	if got := d.text("b-field__error"); got == "" {
		t.Error("the refusal does not stand at its field")
	}
}
