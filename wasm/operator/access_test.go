//go:build !wasm

package main

import (
	"slices"
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
)

func TestASG03WhoLosesAConversationIsToldWhoHasItAndKeepsTheirText(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.Type("Reply", "my half sentence")
	d.hear("", protocol.KindInbox, &protocol.Inbox{Gone: []protocol.Number{41}})
	if html := d.HTML(); strings.Contains(html, "Kira") || strings.Contains(html, "in stock") {
		t.Error("it is still on screen")
	}
	d.hear(d.last(protocol.KindConversationWatch).ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeForbidden, Reason: "assignee=" + string(bob)})
	if got := d.text("b-empty--middle"); !strings.Contains(got, "#41 is with Bob now") || !strings.Contains(got, "Your unsent text is kept.") {
		t.Errorf("it says %q", got)
	}
	d.Click("Copy my text")
	d.want("copied", d.asked("copy"), "my half sentence")
}

// with changes row 41 as the server would tell it.
func (d *desk) with(change func(*protocol.Row)) {
	d.t.Helper()
	r := row(41)
	change(&r)
	d.changed(0, r)
}

func TestBLK03ABlockStandsInPlaceOfTheComposer(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.Type("Reply", "my half sentence")
	d.with(func(r *protocol.Row) { r.Blocked = true })
	if d.textbox("Reply") != nil {
		t.Error("one may still write")
	}
	if got := d.text("b-blocked"); !strings.Contains(got, "Kira Malova is blocked") || !strings.Contains(got, "my half sentence") || strings.Contains(got, "Unblock") {
		t.Errorf("it says %q", got)
	}
	d.with(func(r *protocol.Row) { r.Blocked, r.MayBlock = true, true })
	d.Click("Unblock")
	if got := decode[protocol.ContactUnblock](t, d.last(protocol.KindContactUnblock)); got.Conversation != 41 {
		t.Errorf("sent %+v", got)
	}
	d.with(func(r *protocol.Row) { r.MayBlock = true })
	d.want("the text is back", d.reply(), "my half sentence")
	d.Click("Conversation 41, menu")
	d.Click("Block…")
	if d.count(protocol.KindContactBlock) != 0 {
		t.Fatal("it did not ask")
	}
	d.Click("Block")
	d.hear(d.last(protocol.KindContactBlock).ID, protocol.KindAccepted, &protocol.Accepted{})
	if len(d.Page.ByClass("b-dialog")) != 0 {
		t.Error("the window is still open")
	}
}

func TestBLK02MessagesThatFailSayWhy(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.frame(protocol.Frame{Kind: protocol.KindMessageFailed, Position: 13, Conversation: 41, Thread: thread,
		Body: protocol.EncodeBody(&protocol.MessageFailed{Messages: []protocol.Position{11}, Code: protocol.CodeBlocked})})
	d.want("state", d.states(), "Not sent")
	if got := d.text("b-failed"); !strings.HasPrefix(got, "Not sent: ") {
		t.Errorf("it says %q", got)
	}
}

func TestDLV05AMessageThatNobodyCameForSaysThatTheVisitorLeft(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.frame(protocol.Frame{Kind: protocol.KindMessageFailed, Position: 13, Conversation: 41, Thread: thread,
		Body: protocol.EncodeBody(&protocol.MessageFailed{Messages: []protocol.Position{11}, Code: protocol.FailedVisitorLeft})})
	d.want("state", d.states(), "Not sent")
	d.want("why", d.text("b-failed"), "Not sent: the visitor has left")
}

func TestDEL01AnErasedConversationLeavesNothingOnScreen(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.with(func(r *protocol.Row) { r.MayDelete = true })
	d.Click("Conversation 41, menu")
	d.Click("Delete…")
	d.want("the safe button", d.Page.ByID(state.DialogFirstID).AllText(), "Keep it")
	if got := d.text("b-dialog__text"); !strings.Contains(got, "Backups keep them until they expire") {
		t.Errorf("it says %q", got)
	}
	d.Click("Delete")
	d.hear(d.last(protocol.KindConversationDelete).ID, protocol.KindAccepted, &protocol.Accepted{Position: 13})
	if got := d.text("b-empty--middle"); !strings.Contains(got, "#41 is being erased") || strings.Contains(d.text("b-talk"), "stock") {
		t.Errorf("it says %q", got)
	}
	d.hear("", protocol.KindInbox, &protocol.Inbox{Gone: []protocol.Number{41}})
	d.frame(protocol.Frame{Kind: protocol.KindConversationPurged, Position: 14, Conversation: 41, Body: protocol.EncodeBody(&protocol.ConversationPurged{})})
	if got := d.text("b-empty--middle"); !strings.Contains(got, "#41 is erased") {
		t.Errorf("it says %q", got)
	}
}

func TestDEL01ALinkToAnErasedConversationSaysSo(t *testing.T) {
	t.Parallel()
	for reason, want := range map[string]string{"erasing": "#41 is being erased", "erased": "#41 is erased"} {
		d := signedIn(t, "/console/#41")
		d.hear(d.last(protocol.KindConversationWatch).ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeNotFound, Reason: reason})
		if got := d.text("b-empty--middle"); !strings.Contains(got, want) {
			t.Errorf("%s: it says %q", reason, got)
		}
	}
}

func TestDEL06WithoutTheRightsTheMenuOffersNeither(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.Click("Conversation 41, menu")
	if got := d.text("b-menu__item--danger"); got != "" {
		t.Errorf("it offers %q", got)
	}
}

func TestUNR03TheMarkStaysWhileOneLooksAndEndsOnComingBack(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.On(d.Page.ByClass("b-console")[0], vdom.KeyDown, bridge.Event{Text: "u", List: []string{"KeyU"}})
	if got := decode[protocol.UnreadMark](t, d.last(protocol.KindUnreadMark)); got.Conversation != 41 {
		t.Errorf("sent %+v", got)
	}
	d.with(func(r *protocol.Row) { r.Marked = true })
	d.scroll("end")
	if n := d.count(protocol.KindUnreadClear); n != 0 {
		t.Fatal("looking on ended it")
	}
	d.Do(bridge.Event{Kind: bridge.Moved, Text: "/console/#40"})
	d.Do(bridge.Event{Kind: bridge.Moved, Text: "/console/#41"})
	r := row(41)
	r.Marked = true
	d.hear(d.last(protocol.KindConversationWatch).ID, protocol.KindHistory, &protocol.History{Conversation: 41, Row: &r})
	if n := d.count(protocol.KindUnreadClear); n != 1 {
		t.Errorf("ended %d times", n)
	}
}

func TestAContactIsDescribedInPlaceAndEveryScreenFollows(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.Click("Edit contact")
	d.Type("E-mail", "kira@")
	d.submit("b-person-form")
	cmd := d.last(protocol.KindContactChange)
	d.hear(cmd.ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeInvalid, Reason: "field=email rule=email"})
	if !strings.Contains(d.alert(), "Write the whole address") {
		t.Errorf("it says %q", d.alert())
	}
	d.Type("E-mail", "kira@example.com")
	d.submit("b-person-form")
	cmd = d.last(protocol.KindContactChange)
	if got := decode[protocol.ContactChange](t, cmd); got.Email != "kira@example.com" || got.Name != "Kira Malova" {
		t.Errorf("sent %+v", got)
	}
	d.hear(cmd.ID, protocol.KindAccepted, &protocol.Accepted{Position: 13})
	d.frame(protocol.Frame{Kind: protocol.KindContactSet, Position: 13, Conversation: 41, Thread: thread,
		Body: protocol.EncodeBody(&protocol.ContactSet{Name: "Kira M", Email: "kira@example.com", Phone: "+995 555"})})
	if got := d.text("b-facts"); !strings.Contains(got, "kira@example.com") || !strings.Contains(got, "+995 555") {
		t.Errorf("the panel says %q", got)
	}
	d.want("the name", d.text("b-contact__name"), "Kira M")
}

func TestTAG10TagsAreFoundMadePinnedAndTakenOff(t *testing.T) {
	t.Parallel()
	vip, fresh := protocol.TagID("01JC000000000000000000TAG1"), protocol.TagID("01JC000000000000000000TAG2")
	team := welcome().Team
	team.Tags = []protocol.Tag{{ID: vip, Name: "VIP-клиент", Color: "rose"}}
	d := opened(t, func(w *protocol.OperatorWelcome) { w.Team = team })
	d.Click("Add a tag")
	d.Type("Find a tag", "клиЕ")
	d.Key("Find a tag", "Enter", 0)
	if got := decode[protocol.ContactTagAdd](t, d.last(protocol.KindContactTagAdd)); got.Tag != vip || got.Pinned {
		t.Errorf("sent %+v", got)
	}
	d.Type("Find a tag", "new")
	d.Click("Plum")
	d.Key("Find a tag", "Enter", 0)
	cmd := d.last(protocol.KindTagCreate)
	if got := decode[protocol.TagCreate](t, cmd); got.Name != "new" || got.Color != "plum" {
		t.Errorf("made %+v", got)
	}
	d.hear(cmd.ID, protocol.KindAccepted, &protocol.Accepted{Made: string(fresh)})
	if got := decode[protocol.ContactTagAdd](t, d.last(protocol.KindContactTagAdd)); got.Tag != fresh {
		t.Errorf("then put on %+v", got)
	}
	d.with(func(r *protocol.Row) { r.Tags = []protocol.ContactTag{{Tag: vip}} })
	d.Click("Pin VIP-клиент")
	if got := decode[protocol.ContactTagAdd](t, d.last(protocol.KindContactTagAdd)); got.Tag != vip || !got.Pinned {
		t.Errorf("pinned %+v", got)
	}
	team.Tags = slices.Clone(team.Tags)
	team.Tags[0].Color = "sky"
	d.hear("", protocol.KindTeam, &team)
	if len(d.Page.ByClass("b-tag--sky")) == 0 {
		t.Error("the colour did not follow")
	}
	d.Click("Remove VIP-клиент")
	if got := decode[protocol.ContactTagRemove](t, d.last(protocol.KindContactTagRemove)); got.Tag != vip {
		t.Errorf("took off %+v", got)
	}
}

func TestX20ThePaletteFindsConversationsActionsAndPages(t *testing.T) {
	t.Parallel()
	d := opened(t)
	if !d.Key("Reply", "x", 0) { // a letter is the field's
		d.want("nothing", d.text("b-palette"), "")
	}
	open := func() {
		d.On(d.textbox("Reply"), vdom.KeyDown, bridge.Event{Text: "k", A: bridge.Ctrl, B: 1, List: []string{"KeyK"}})
	}
	open()
	d.want("focus", d.asked("focus"), state.DialogFirstID)
	d.Type("What would you like to do?", "reass")
	d.want("found", d.text("b-menu__item"), "Reassign #41A")
	d.Key("What would you like to do?", "Enter", 0)
	if d.Dialog.Kind != state.AssignDialog {
		t.Fatalf("window %d", d.Dialog.Kind)
	}
	d.Click("Close window")
	open()
	d.Type("What would you like to do?", "40")
	d.Key("What would you like to do?", "Enter", 0)
	if d.Route.Number != 40 {
		t.Errorf("went to #%d", d.Route.Number)
	}
	d.On(d.Page.ByClass("b-console")[0], vdom.KeyDown, bridge.Event{Text: "k", A: bridge.Meta, List: []string{"KeyK"}})
	d.Type("What would you like to do?", "events")
	d.Key("What would you like to do?", "Enter", 0)
	if d.Route.Place != state.AtEvents {
		t.Errorf("went to %+v", d.Route)
	}
}

func TestX20LettersCanBeChangedAndSwitchedOff(t *testing.T) {
	t.Parallel()
	d := opened(t)
	press := func(letter string) bool {
		return d.On(d.Page.ByClass("b-console")[0], vdom.KeyDown, bridge.Event{Text: letter, List: []string{"Key" + letter}})&bridge.Prevent != 0
	}
	press("G")
	press("E")
	if d.Route.Place != state.AtEvents {
		t.Fatalf("G E went to %+v", d.Route)
	}
	press("G")
	d.Fake.Now += 5000
	if press("R") || d.Route.Place != state.AtEvents {
		t.Errorf("a late letter went to %+v", d.Route)
	}
	d.Do(bridge.Event{Kind: bridge.Moved, Text: "/console/account"})
	d.On(d.Page.Named("Letter: Close the conversation"), vdom.KeyDown, bridge.Event{Text: "u", List: []string{"KeyU"}, B: 1})
	d.want("exchanged", d.Page.Named("Letter: Mark as unread").Attrs[".value"], "C")
	d.Do(bridge.Event{Kind: bridge.Moved, Text: "/console/#41"})
	press("C")
	if d.count(protocol.KindUnreadMark) != 1 || d.count(protocol.KindConversationClose) != 0 {
		t.Error("C still closes")
	}
	kept := d.Asked("save")
	again := signedIn(t, "/console/account")
	again.Do(bridge.Event{Kind: bridge.Record, Arg: "console.preferences", Data: kept[slices.IndexFunc(kept, func(e bridge.Effect) bool { return e.Text == "console.preferences" })].Data})
	again.want("after a reload", again.Page.Named("Letter: Mark as unread").Attrs[".value"], "C")
	again.Click("As they were")
	again.want("as they were", again.Page.Named("Letter: Mark as unread").Attrs[".value"], "U")
	d.Prefs.NoKeys = true
	if press("C") {
		t.Error("a letter that is switched off did something")
	}
}

func TestWhatNobodyHasSaysSoWhereOneMayNotWrite(t *testing.T) {
	t.Parallel()
	free := func(r *protocol.Row) { r.Assignee, r.MayWrite = "", false }
	asOperator := func(w *protocol.OperatorWelcome) {
		w.Me.Role, w.Team.Operators[0].Role = protocol.RoleOperator, protocol.RoleOperator
	}
	d := opened(t, asOperator)
	d.with(free)
	d.want("a reply does not take it", d.text("b-locked"),
		"Nobody has #41 yetYou can read it. To answer, take it.You can still leave a note for the team.Take it")
	d.Click("Take it")
	if got := decode[protocol.ConversationAssign](t, d.last(protocol.KindConversationAssign)); got.Assignee != ann {
		t.Errorf("asked %+v", got)
	}
	bobsTeam := func(w *protocol.OperatorWelcome) {
		asOperator(w)
		w.Team.Channels[0].Team = []protocol.OperatorID{bob}
	}
	d = opened(t, bobsTeam)
	d.with(free)
	d.want("outside the team", d.text("b-locked"),
		"Nobody has #41 yetYou can read it. Those who serve its channel answer here.You can still leave a note for the team.")
	d.with(func(r *protocol.Row) { r.Assignee, r.MayWrite = bob, false })
	d.want("another's, outside the team", d.text("b-locked"),
		"#41 is Bob’s nowYou can read it. Those who serve its channel answer here.You can still leave a note for the team.")
}

func TestWhoDoesNotServeAChannelIsOfferedNoWayToTakeWhatNobodyHas(t *testing.T) {
	t.Parallel()
	outside := func(w *protocol.OperatorWelcome) {
		w.Me.Role, w.Team.Operators[0].Role = protocol.RoleOperator, protocol.RoleOperator
		w.Team.Channels[0].Team = []protocol.OperatorID{bob}
	}
	d := opened(t, outside)
	d.with(func(r *protocol.Row) { r.Assignee, r.MayWrite = "", false })
	if d.Page.Named("Take it") != nil {
		t.Error("the head offers to take it")
	}
	d.Click("Conversation 41, menu")
	if got := d.text("b-menu__item"); strings.Contains(got, "Take it") || !strings.Contains(got, "Reassign…") && !strings.Contains(got, "Assign…") {
		t.Errorf("the menu offers %q", got)
	}
	d.Click("Unassigned. Assign")
	d.want("to whom it can be given", d.text("b-people__item"), "BBobOnline · 0 conversations now")
	d.tickIn("b-people", "Bob")
	d.submit("b-form")
	d.hear(d.last(protocol.KindConversationAssign).ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeInvalid, Reason: "field=assignee"})
	d.want("the window says", d.alert(), "This colleague does not serve its channel, or was deactivated")
}

func TestABulkAssignmentSaysWhomItCouldNotBeGivenTo(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/", tagged)
	d.selects(41, 0)
	d.Click("Actions")
	d.Click("Reassign…")
	d.tickIn("b-people", "Bob")
	d.submit("b-form")
	d.hear(d.last(protocol.KindConversationsChange).ID, protocol.KindConversationsChanged, &protocol.ConversationsChanged{
		Refused: []protocol.RefusedPick{{Number: 41, Code: protocol.CodeInvalid, Reason: "field=assignee"}}})
	if got := d.text("b-bulk__refused"); !strings.Contains(got, "This colleague does not serve its channel, or was deactivated") {
		t.Errorf("it says %q", got)
	}
}

func TestBLK03ANoteIsWrittenUnderTheWarningAndTheReplyComesBackAfterIt(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.Type("Reply", "my half sentence")
	d.scroll("")
	d.frame(line(13, noon, &protocol.Actor{Kind: protocol.ActorOperator, ID: string(bob)}, protocol.KindMessageSent, &protocol.MessageSent{Text: "Enough"}))
	d.with(func(r *protocol.Row) { r.Blocked = true })
	d.want("tabs", d.text("b-tabs__tab"), "Note")
	d.On(d.Page.ByClass("b-console")[0], vdom.KeyDown, bridge.Event{Text: "n", List: []string{"KeyN"}})
	d.want("focus", d.asked("focus"), state.ReplyID)
	d.Type("Note", "She threatened Bob")
	if got := d.text("b-blocked"); strings.Contains(got, "threatened") || !strings.Contains(got, "You can still leave a note for the team.") {
		t.Errorf("the warning says %q", got)
	}
	d.Click("1 new")
	d.want("scrolled", d.asked("scrollend"), state.LogID)
	d.submit("b-desk")
	if got := decode[protocol.NoteAdd](t, d.last(protocol.KindNoteAdd)); got.Text != "She threatened Bob" || got.Conversation != 41 {
		t.Errorf("sent %+v", got)
	}
	if d.count(protocol.KindMessageSend) != 0 {
		t.Error("the reply went out")
	}
	d.with(func(*protocol.Row) {})
	d.Click("Reply")
	d.want("the text is back", d.reply(), "my half sentence")
}

// beside41 has conversation 41 open, with a message and a draft that quote #40 of the same visitor.
func beside41(t *testing.T) *desk {
	t.Helper()
	d := opened(t)
	d.frame(line(13, noon, &protocol.Actor{Kind: protocol.ActorOperator, ID: string(ann), Name: "Ann"}, protocol.KindMessageSent,
		&protocol.MessageSent{Text: "As I wrote", Quote: &protocol.Quote{Message: 3, Conversation: 40, Text: "Secret of forty"}}))
	d.Type("Reply", "my half sentence")
	r := row(41)
	d.hear("", protocol.KindHistory, &protocol.History{Conversation: 41, Row: &r,
		Draft: &protocol.Draft{Text: "of another device", At: noon * 2, Quote: &protocol.Quote{Message: 4, Conversation: 40, Text: "Secret of the draft"}}})
	d.pause()
	if !strings.Contains(d.HTML(), "Secret of forty") || !strings.Contains(d.HTML(), "Secret of the draft") || !strings.Contains(d.kept(41), "Secret of the draft") {
		t.Fatalf("the quotes are not there, or not kept: %q", d.kept(41))
	}
	return d
}

// kept is what the browser holds of a draft.
func (d *desk) kept(n protocol.Number) string {
	data := "?"
	for _, e := range d.Asked("save") {
		if e.Text == "console.draft."+string(ann)+"."+n.String() {
			data = string(e.Data)
		}
	}
	return data
}

func TestASG03WhatIsLostIsNotReadInTheQuotesOfAnother(t *testing.T) {
	t.Parallel()
	d := beside41(t)
	d.hear("", protocol.KindInbox, &protocol.Inbox{Gone: []protocol.Number{40}})
	if html := d.HTML(); strings.Contains(html, "Secret") || !strings.Contains(html, "This message is no longer there") {
		t.Error("the excerpts are still on screen")
	}
	if strings.Contains(d.kept(41), "Secret") {
		t.Errorf("the browser keeps %q", d.kept(41))
	}
	if !strings.Contains(d.reply(), "my half sentence") {
		t.Errorf("the text went, too: %q", d.reply())
	}
}

func TestDEL01NoDraftOutlivesWhatIsErased(t *testing.T) {
	t.Parallel()
	d := beside41(t)
	d.frame(protocol.Frame{Kind: protocol.KindConversationErased, Position: 20, Conversation: 40, Thread: thread,
		Body: protocol.EncodeBody(&protocol.ConversationErased{Ranges: []protocol.Range{{First: 1, Last: 8}}})})
	if strings.Contains(d.HTML(), "Secret") || strings.Contains(d.kept(41), "Secret") {
		t.Errorf("an excerpt is left, kept %q", d.kept(41))
	}
	d.want("of one that was not open here", d.kept(40), "")
}

func TestDEL01AQuoteThatTheServerNoLongerKnowsIsNotKept(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.Type("Reply", "as you said")
	d.On(d.Page.ByID(state.QuoteID(12)), vdom.Click, bridge.Event{})
	d.pause()
	d.hear(d.last(protocol.KindDraftSave).ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeNotFound, Reason: "field=quote"})
	d.pause()
	if strings.Contains(d.kept(41), "Is it in stock?") {
		t.Errorf("the browser keeps %q", d.kept(41))
	}
	d = signedIn(t, "/console/#41") // or while the page was closed
	d.Do(bridge.Event{Kind: bridge.Record, Arg: "console.draft." + string(ann) + ".41", Data: append([]byte{'0'},
		protocol.EncodeBody(&protocol.Draft{Text: "half", At: noon, Quote: &protocol.Quote{Message: 4, Conversation: 40, Text: "Secret"}})...)})
	d.answered(&protocol.Draft{Text: "half", At: noon, Quote: &protocol.Quote{Message: 4, Gone: true}}, false)
	if strings.Contains(d.HTML(), "Secret") || strings.Contains(d.kept(41), "Secret") || d.kept(41) == "?" {
		t.Errorf("the browser keeps %q", d.kept(41))
	}
}

func TestASG03WhoGivesAConversationAwayIsWarnedWhereItCloses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		rights       []protocol.Right
		team         []protocol.OperatorID
		bobs, nobody bool
	}{
		"of the team":               {bobs: true},
		"of the channel's team":     {team: []protocol.OperatorID{ann, bob}, bobs: true},
		"outside the team":          {team: []protocol.OperatorID{bob}, bobs: true, nobody: true},
		"a chat administrator":      {rights: []protocol.Right{protocol.RightChatAdmin}, team: []protocol.OperatorID{bob}},
		"one who reads all":         {rights: []protocol.Right{protocol.RightReadAll}, team: []protocol.OperatorID{bob}},
		"one who may give it, only": {rights: []protocol.Right{protocol.RightReassign}, bobs: true},
	} {
		d := opened(t, func(w *protocol.OperatorWelcome) {
			w.Me.Role, w.Team.Operators[0].Role, w.Team.Operators[0].Rights = protocol.RoleOperator, protocol.RoleOperator, c.rights
			w.Team.Channels[0].Team = c.team
		})
		d.hear(d.last(protocol.KindPoliciesRead).ID, protocol.KindPolicies, &protocol.Policies{
			Workspace: []protocol.PolicyValue{{Key: "reassign.previous_can_read", Value: "false"}}})
		d.Click("Assigned to Ann. Reassign")
		warned := func() bool { return strings.Contains(d.HTML(), "you will no longer see the history") }
		if warned() {
			t.Errorf("%s: warned before anything is chosen", name)
		}
		d.tickIn("b-people", "Bob")
		if warned() != c.bobs {
			t.Errorf("%s: to Bob: warned %v", name, warned())
		}
		d.tickIn("b-people", "Nobody")
		if warned() != c.nobody {
			t.Errorf("%s: to nobody: warned %v", name, warned())
		}
	}
}
