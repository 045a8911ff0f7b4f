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

func TestANoteIsWrittenInItsOwnTabAndNeverSentAsAReply(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.Type("Reply", "Half a reply")
	d.Click("Note")
	d.want("kind", d.Page.ByClass("b-desk")[0].Attrs["data-kind"], "note")
	d.Type("Note", "The workshop closes at 16:00")
	if !d.Key("Note", "Enter", 0) {
		t.Fatal("Enter was left to the browser")
	}
	cmd := d.last(protocol.KindNoteAdd)
	if got := decode[protocol.NoteAdd](t, cmd); got.Text != "The workshop closes at 16:00" || got.Conversation != 41 {
		t.Errorf("sent %+v", got)
	}
	if d.count(protocol.KindMessageSend) != 0 {
		t.Error("it went to the visitor")
	}
	d.want("on its way", d.text("b-message--note"), "You, 12:00:You · note, only the team sees itThe workshop closes at 16:0012:00")
	event := line(13, noon, &protocol.Actor{Kind: protocol.ActorOperator, ID: string(ann), Name: "Ann"}, protocol.KindNoteAdded,
		&protocol.NoteAdded{Text: "The workshop closes at 16:00"})
	event.ID = cmd.ID
	d.frame(event)
	d.hear(cmd.ID, protocol.KindAccepted, &protocol.Accepted{Position: 13})
	if n := len(d.Page.ByClass("b-message--note")); n != 1 {
		t.Errorf("it is shown %d times", n)
	}
	d.Click("Reply")
	d.want("the reply is still there", d.textbox("Reply").Attrs[".value"], "Half a reply")
}

func TestARefusedNoteKeepsItsText(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.Click("Note")
	d.Type("Note", "Call them")
	d.submit("b-desk")
	d.hear(d.last(protocol.KindNoteAdd).ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeForbidden})
	if got := d.text("b-message--note"); !strings.Contains(got, "Call them") || !strings.Contains(got, "Not sent") {
		t.Errorf("it says %q", got)
	}
}

func TestWhoMayOnlyReadMayStillLeaveANote(t *testing.T) {
	t.Parallel()
	d := opened(t)
	bobs := row(41)
	bobs.Assignee, bobs.MayWrite = bob, false
	d.changed(0, bobs)
	d.Type("Note", "I know this customer")
	d.submit("b-desk")
	if got := decode[protocol.NoteAdd](t, d.last(protocol.KindNoteAdd)); got.Text != "I know this customer" {
		t.Errorf("sent %+v", got)
	}
	if d.Page.ByID("end-chat") != nil {
		t.Error("a reader may end the chat")
	}
}

func TestSUB01TheSubjectIsEditedInPlace(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.Click("Edit subject")
	d.want("focus", d.asked("selectall"), "subject")
	d.Type("Subject", "  Refund of order 17 ")
	d.Key("Subject", "Enter", 0)
	if got := decode[protocol.SubjectChange](t, d.last(protocol.KindSubjectChange)); got.Subject != "Refund of order 17" {
		t.Errorf("sent %+v", got)
	}
	d.want("head", d.text("b-talk__subject"), "Refund of order 17")
	d.want("list", d.text("b-row__subject"), "Refund of order 17")
	d.want("focus", d.asked("focus"), "edit-subject")
	d.hear(d.last(protocol.KindSubjectChange).ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeForbidden})
	d.want("after a refusal", d.text("b-row__subject"), "")
}

func TestEscapeLeavesTheSubjectAsItWas(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.Click("Edit subject")
	d.Type("Subject", "No")
	d.Key("Subject", "Escape", 0)
	if d.count(protocol.KindSubjectChange) != 0 || d.textbox("Subject") != nil {
		t.Error("it was saved, or is still being edited")
	}
	if d.Route.Number != 41 {
		t.Error("the conversation was left")
	}
}

func TestSUB02AColleaguesSubjectShowsInTheList(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/")
	named := row(41)
	named.Subject = "Lamp before Saturday"
	d.changed(0, named)
	d.want("row", d.text("b-row__subject"), "Lamp before Saturday")
	d.want("whole on hover", d.Page.ByClass("b-row__subject")[0].Attrs["title"], "Lamp before Saturday")
}

func TestReactionsAreToggledShownAndNoted(t *testing.T) {
	t.Parallel()
	d := opened(t)
	react := func() {
		d.On(d.Page.ByID("react-12"), vdom.Click, bridge.Event{})
	}
	react()
	d.want("focus", d.asked("focus"), "emoji-0")
	d.Click("React with 👍")
	if got := decode[protocol.ReactionAdd](t, d.last(protocol.KindReactionAdd)); got.Position != 12 || got.Emoji != "👍" || got.Conversation != 41 {
		t.Errorf("sent %+v", got)
	}
	d.want("focus", d.asked("focus"), "react-12")
	d.hear(d.last(protocol.KindReactionAdd).ID, protocol.KindAccepted, &protocol.Accepted{Position: 13})
	me := &protocol.Actor{Kind: protocol.ActorOperator, ID: string(ann), Name: "Ann"}
	visitor := &protocol.Actor{Kind: protocol.ActorVisitor, ID: string(kira)}
	d.frame(line(13, noon, me, protocol.KindReactionAdded, &protocol.ReactionAdded{Message: 12, Emoji: "👍"}))
	d.frame(line(14, noon, visitor, protocol.KindReactionAdded, &protocol.ReactionAdded{Message: 11, Emoji: "🙏"}))
	d.want("on the messages", d.text("b-reactions__item"), "🙏 | 👍")
	if got := d.text("b-ribbon"); !strings.Contains(got, "Kira Malova reacted with 🙏") {
		t.Errorf("the ribbon says %q", got)
	}
	d.Click("👍, You. Take yours back")
	if got := decode[protocol.ReactionWithdraw](t, d.last(protocol.KindReactionWithdraw)); got.Position != 12 || got.Emoji != "👍" {
		t.Errorf("sent %+v", got)
	}
	d.frame(line(15, noon, me, protocol.KindReactionWithdrawn, &protocol.ReactionWithdrawn{Message: 12, Emoji: "👍"}))
	d.want("taken back", d.text("b-reactions__item"), "🙏")
	d.Click("Show the message")
	d.want("leads there", d.asked("scrollto"), "item-12")
}

func TestAPageThatBeginsAnewTellsItsReactionsAnew(t *testing.T) {
	t.Parallel()
	d := opened(t)
	visitor := protocol.Actor{Kind: protocol.ActorVisitor, ID: string(kira)}
	d.frame(line(14, noon, &visitor, protocol.KindReactionAdded, &protocol.ReactionAdded{Message: 11, Emoji: "🙏"}),
		line(15, noon, &visitor, protocol.KindReactionAdded, &protocol.ReactionAdded{Message: 12, Emoji: "❤️"}))
	d.want("first", d.text("b-reactions__item"), "🙏 | ❤️")
	r := row(41)
	d.hear("", protocol.KindHistory, &protocol.History{Conversation: 41, Items: items(), Row: &r, Reset: true,
		Reactions: []protocol.Reaction{{Message: 12, Emoji: "❤️", Actor: visitor}}})
	d.want("taken back meanwhile", d.text("b-reactions__item"), "❤️")
}

func TestAltAndTheArrowsWalkThroughMessages(t *testing.T) {
	t.Parallel()
	d := opened(t)
	alt := func(key string) {
		d.On(d.textbox("Reply"), vdom.KeyDown, bridge.Event{Text: key, A: bridge.Alt})
	}
	alt("ArrowUp")
	d.want("the newest first", d.asked("focus"), "react-12")
	alt("ArrowUp")
	d.want("then up", d.asked("focus"), "react-11")
	alt("ArrowDown")
	d.want("and down", d.asked("focus"), "react-12")
}

func TestSUB02ARowsLinkIsDescribedByTheWholeSubject(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/")
	long := strings.Repeat("Refund of order 17 ", 10)
	named := row(41)
	named.Subject = strings.TrimSpace(long)
	d.changed(1, named)
	link := d.Page.ByID(state.RowID(41))
	by := d.Page.ByID(link.Attrs["aria-describedby"])
	if by == nil {
		t.Fatal("nothing describes the link")
	}
	d.want("described by", by.AllText(), named.Subject)
	d.want("shown with focus", by.Attrs["title"], named.Subject)
	if other := d.Page.ByID(state.RowID(40)); other.Attrs["aria-describedby"] != "" {
		t.Error("a row without a subject is described by nothing")
	}
}
