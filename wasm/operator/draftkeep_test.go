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

// pause lets the time pass after which drafts are kept.
func (d *desk) pause() {
	d.Fake.Now += 1000
	d.Do(bridge.Event{Kind: bridge.Fired, A: 3})
}

// answered is the page of conversation 41 as the server tells it, with what it kept of a draft.
func (d *desk) answered(draft *protocol.Draft, session bool) {
	d.t.Helper()
	r := row(41)
	d.hear(d.last(protocol.KindConversationWatch).ID, protocol.KindHistory, &protocol.History{
		Conversation: 41, Items: items(), Row: &r, Draft: draft, DraftSession: session,
	})
}

func (d *desk) reply() string { return d.textbox("Reply").Attrs[".value"] }

func TestDRF01ADraftIsKeptWithTheServerOnceASecondAndAtOnceOnLeaving(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.Type("Reply", "a")
	d.Type("Reply", "ab")
	if n := d.count(protocol.KindDraftSave); n != 0 {
		t.Fatalf("kept %d times at once", n)
	}
	d.pause()
	first := d.last(protocol.KindDraftSave)
	if got := decode[protocol.DraftSave](t, first); got.Text != "ab" || got.Conversation != 41 {
		t.Errorf("kept %+v", got)
	}
	d.Type("Reply", "abc")
	d.pause()
	if n := d.count(protocol.KindDraftSave); n != 1 {
		t.Fatalf("%d on their way", n)
	}
	d.hear(first.ID, protocol.KindAccepted, &protocol.Accepted{})
	d.On(d.Page.ByID(state.QuoteID(12)), vdom.Click, bridge.Event{})
	d.Click("Note")
	d.Type("Note", "ask Bob")
	d.Do(bridge.Event{Kind: bridge.Moved, Text: "/console/#40"})
	if got := decode[protocol.DraftSave](t, d.last(protocol.KindDraftSave)); got.Text != "abc" || got.Note != "ask Bob" || got.Quote != 12 {
		t.Errorf("kept on leaving %+v", got)
	}
}

func TestDRF04ADraftComesBackOnAnotherDevice(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/#41")
	d.answered(&protocol.Draft{Text: "half", Note: "ask Bob", At: noon - 5000,
		Quote:       &protocol.Quote{Message: 10, Conversation: 41, Text: "Hi!"},
		Attachments: []protocol.Attachment{{ID: "01JC000000000000000000F111", Name: "a.pdf", Size: 5}}}, false)
	d.want("text", d.reply(), "half")
	d.want("quote", d.text("b-quote__text"), "Hi!")
	d.want("file", d.text("b-upload__name"), "a.pdf")
	d.pause()
	if n := d.count(protocol.KindDraftSave); n != 0 {
		t.Error("it was kept once more")
	}
	d.write("half and more")
	cmd := decode[protocol.MessageSend](t, d.last(protocol.KindMessageSend))
	if cmd.Quote != 10 || len(cmd.Attachments) != 1 {
		t.Errorf("sent %+v", cmd)
	}
	d.Click("Note")
	d.want("the note is still there", d.textbox("Note").Attrs[".value"], "ask Bob")
}

func TestOfTwoDraftsTheNewerHolds(t *testing.T) {
	t.Parallel()
	local := func(text string, at int64, unsaved byte) []byte {
		return append([]byte{unsaved}, protocol.EncodeBody(&protocol.Draft{Text: text, At: at})...)
	}
	for _, c := range []struct {
		name, want string
		local      []byte
		theirs     *protocol.Draft
	}{
		{"the browser's is newer", "mine", local("mine", noon-10, '1'), &protocol.Draft{Text: "theirs", At: noon - 20}},
		{"the server's is newer", "theirs", local("mine", noon-20, '0'), &protocol.Draft{Text: "theirs", At: noon - 10}},
		{"neither is lost", "theirs\n\nmine", local("mine", noon-20, '1'), &protocol.Draft{Text: "theirs", At: noon - 10}},
		{"sent on another device", "", local("mine", noon-20, '0'), nil},
		{"never came to the server", "mine", local("mine", noon-20, '1'), nil},
	} {
		d := signedIn(t, "/console/#41")
		d.Do(bridge.Event{Kind: bridge.Record, Arg: "console.draft." + string(ann) + ".41", Data: c.local})
		d.answered(c.theirs, false)
		d.want(c.name, d.reply(), c.want)
	}
}

func TestDRF04SessionKeepsADraftInThePageAlone(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/#41")
	d.answered(nil, true)
	d.Type("Reply", "abc")
	d.pause()
	d.Do(bridge.Event{Kind: bridge.Moved, Text: "/console/#40"})
	if n := d.count(protocol.KindDraftSave); n != 0 {
		t.Errorf("the server got %d", n)
	}
	for _, e := range d.Asked("save") {
		if strings.HasPrefix(e.Text, "console.draft.") && len(e.Data) != 0 {
			t.Errorf("the browser kept %q", e.Data)
		}
	}
	d.Do(bridge.Event{Kind: bridge.Moved, Text: "/console/#41"})
	d.want("in the page", d.reply(), "abc")
}

func TestDRF05SendingEndsADraftAndARefusalKeepsTheText(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.Type("Reply", "abc")
	d.pause()
	d.hear(d.last(protocol.KindDraftSave).ID, protocol.KindAccepted, &protocol.Accepted{})
	d.Key("Reply", "Enter", 0)
	saved := d.Asked("save")
	for i := len(saved) - 1; i >= 0; i-- {
		if strings.HasPrefix(saved[i].Text, "console.draft.") {
			d.want("the browser's copy", string(saved[i].Data), "")
			break
		}
	}
	if n := d.count(protocol.KindDraftSave); n != 1 {
		t.Errorf("%d: the message ends it by itself", n)
	}
	d.hear(d.last(protocol.KindMessageSend).ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeBlocked})
	if got := d.text("b-message__text"); !strings.Contains(got, "abc") {
		t.Errorf("the text is lost: %q", got)
	}
}

// TestADraftIsKeptWhoseQuoteIsGone: what it answered was erased, or may be read no longer; the text is kept without it.
func TestADraftIsKeptWhoseQuoteIsGone(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.On(d.Page.ByID(state.QuoteID(12)), vdom.Click, bridge.Event{})
	d.Type("Reply", "abc")
	d.pause()
	d.hear(d.last(protocol.KindDraftSave).ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeNotFound, Reason: "field=quote"})
	d.pause()
	if got := decode[protocol.DraftSave](t, d.last(protocol.KindDraftSave)); d.count(protocol.KindDraftSave) != 2 || got.Text != "abc" || got.Quote != 0 {
		t.Errorf("%d commands, the last one %+v", d.count(protocol.KindDraftSave), got)
	}
}

// bobsReply is what a colleague says meanwhile.
func (d *desk) bobsReply(at protocol.Position) {
	d.t.Helper()
	d.frame(line(at, d.Fake.Now, &protocol.Actor{Kind: protocol.ActorOperator, ID: string(bob), Name: "Bob"}, protocol.KindMessageSent,
		&protocol.MessageSent{Text: "It is in stock"}))
}

func TestX13AReplyOfAColleagueMeanwhileAsksOnceMore(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.Type("Reply", "I look it up")
	d.bobsReply(13)
	d.want("warned", strings.TrimSuffix(d.text("b-desk__banner"), "Show"), "Bob replied while you were writing. Look before you send.")
	d.Key("Reply", "Enter", 0)
	if d.count(protocol.KindMessageSend) != 0 {
		t.Fatal("it was sent without asking")
	}
	d.want("the button", d.text("b-button--primary"), "Send anyway")
	d.bobsReply(14)
	d.Key("Reply", "Enter", 0)
	if d.count(protocol.KindMessageSend) != 0 {
		t.Fatal("another reply came, and it was not said")
	}
	d.submit("b-desk")
	if got := decode[protocol.MessageSend](t, d.last(protocol.KindMessageSend)); got.Last != 14 || got.Text != "I look it up" {
		t.Errorf("sent %+v", got)
	}
}

func TestX13TheRaceThatTheServerSawKeepsTheText(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.write("I look it up")
	cmd := d.last(protocol.KindMessageSend)
	if got := decode[protocol.MessageSend](t, cmd); got.Last != 12 {
		t.Errorf("it had seen %d", got.Last)
	}
	d.bobsReply(13)
	d.hear(cmd.ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeConflict, Reason: "new_reply"})
	d.want("the field", d.reply(), "I look it up")
	if strings.Contains(d.states(), "Not sent") {
		t.Error("it stands among the messages, too")
	}
	d.Click("Send anyway")
	d.submit("b-desk")
	if got := decode[protocol.MessageSend](t, d.last(protocol.KindMessageSend)); got.Last != 13 {
		t.Errorf("sent again %+v", got)
	}
}

func TestX13WhoElseLooksAndWhoTypes(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.frame(protocol.Frame{Kind: protocol.KindViewers, Conversation: 41, Body: protocol.EncodeBody(&protocol.Viewers{Conversation: 41, Operators: []protocol.OperatorID{bob}})})
	if got := d.text("b-talk__viewers"); !strings.HasSuffix(got, "Bob is viewing") {
		t.Errorf("the head says %q", got)
	}
	d.frame(protocol.Frame{Kind: protocol.KindTypingStarted, Conversation: 41,
		Body: protocol.EncodeBody(&protocol.TypingStarted{Who: protocol.Actor{Kind: protocol.ActorOperator, ID: string(bob), Name: "Bob"}})})
	if got := d.text("b-talk__viewers"); !strings.HasSuffix(got, "Bob is typing") {
		t.Errorf("the head says %q", got)
	}
	d.frame(protocol.Frame{Kind: protocol.KindViewers, Conversation: 41, Body: protocol.EncodeBody(&protocol.Viewers{Conversation: 41})})
	d.wait(7000)
	d.want("nobody", d.text("b-talk__viewers"), "")
}
