//go:build !wasm

package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
)

const vip = protocol.TagID("01JC00000000000000000TAG01")

// withTags is a welcome with two tags.
func withTags(w *protocol.OperatorWelcome) {
	w.Team.Tags = []protocol.Tag{{ID: vip[:25] + "2", Name: "wholesale", Color: "stone"}, {ID: vip, Name: "VIP", Color: "rose"}}
}

// bodyRows are the rows of the page's table below its head.
func (d *desk) bodyRows() []string {
	rows := d.tableRows()
	return rows[min(1, len(rows)):]
}

// mark presses the radio or box whose label begins so.
func (d *desk) mark(label string, on int64) {
	d.t.Helper()
	n := d.Page.Find(func(n *pageNode) bool { return n.Tag == "label" && strings.HasPrefix(n.AllText(), label) })
	if n == nil {
		d.t.Fatalf("there is no %s", label)
	}
	d.On(n.Children[0], vdom.Change, bridge.Event{B: on})
}

func TestTAG10ATagIsMadeWithAColourThatHasAName(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/tags", withTags)
	d.want("in the order of names", strings.Join(d.bodyRows(), " / "), "VIP | Rose |  / wholesale | Stone | ")
	d.Click("New tag")
	d.submit("b-form")
	d.want("without a name", d.alert(), "Type a name.")
	d.Type("Name of the tag", "vip")
	d.mark("Leaf", 1)
	d.submit("b-form")
	if diff := cmp.Diff(protocol.TagCreate{Name: "vip", Color: "leaf"}, decode[protocol.TagCreate](t, d.last(protocol.KindTagCreate))); diff != "" {
		t.Error(diff)
	}
	d.hear(d.last(protocol.KindTagCreate).ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeConflict, Reason: "field=name"})
	d.want("taken", d.alert(), "There is a tag of this name already.")
	d.want("kept", d.Page.ByID(state.DialogFirstID).Attrs[".value"], "vip")
	d.Type("Name of the tag", "new")
	d.submit("b-form")
	d.hear(d.last(protocol.KindTagCreate).ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeConflict, Reason: "limit=1000"})
	d.want("too many", d.alert(), "There can be 1000 at most. Delete one that nobody needs.")
	d.submit("b-form")
	d.hear(d.last(protocol.KindTagCreate).ID, protocol.KindAccepted, &protocol.Accepted{Position: 200})
	d.want("toast", d.text("b-toast"), "The tag new is there")
}

func TestATagIsRecolouredAndDeletedAfterAQuestion(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/tags", withTags)
	d.Click("Change VIP")
	d.mark("Plum", 1)
	d.submit("b-form")
	if diff := cmp.Diff(protocol.TagChange{Tag: vip, Name: "VIP", Color: "plum"}, decode[protocol.TagChange](t, d.last(protocol.KindTagChange))); diff != "" {
		t.Error(diff)
	}
	d.hear(d.last(protocol.KindTagChange).ID, protocol.KindAccepted, &protocol.Accepted{Position: 200})
	d.want("focus", d.asked("focus"), state.EditTagID(vip))
	d.Click("Delete VIP")
	d.want("the safe button", d.Page.ByID(state.DialogFirstID).AllText(), "Cancel")
	if d.count(protocol.KindTagDelete) != 0 {
		t.Fatal("it was done without asking")
	}
	d.Click("Delete tag")
	if got := decode[protocol.TagDelete](t, d.last(protocol.KindTagDelete)); got.Tag != vip {
		t.Errorf("deleted %s", got.Tag)
	}
}

// acts is a page of the log, newest first.
func acts(from, to protocol.Position, more bool) *protocol.Audit {
	out := &protocol.Audit{Before: to, More: more}
	for at := from; at >= to; at-- {
		out.Entries = append(out.Entries, protocol.AuditEntry{
			Event: happened(at, protocol.KindGroupSet, &protocol.GroupSet{Group: protocol.GroupOperators, Rights: []protocol.Right{protocol.RightClose}}),
			Seal:  strings.Repeat("ab", 31) + strings.Repeat("0", 2-len(itoa(int64(at)%100))) + itoa(int64(at)%100),
		})
	}
	return out
}

func TestTheLogSaysWhatWasDoneInWordsAndCopiesItsSeals(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/audit")
	if got := decode[protocol.AuditRead](t, d.last(protocol.KindAuditRead)); got.Before != 0 || got.Actor != "" || got.Limit != protocol.EventsPage {
		t.Errorf("asked %+v", got)
	}
	d.hear(d.last(protocol.KindAuditRead).ID, protocol.KindAudit, acts(22, 21, true))
	rows := d.bodyRows()
	if len(rows) != 2 || !strings.Contains(rows[0], "Bob") || !strings.Contains(rows[0], "Rights of a group") || !strings.Contains(rows[0], "Operators: Close") {
		t.Fatalf("%q", rows)
	}
	d.On(d.Page.ByClass("b-seal")[0], vdom.Click, bridge.Event{})
	d.want("copied", d.asked("copy"), strings.Repeat("ab", 31)+"22")
	d.Click("Show older acts")
	if got := decode[protocol.AuditRead](t, d.last(protocol.KindAuditRead)); got.Before != 21 {
		t.Errorf("asked %+v", got)
	}
	d.hear(d.last(protocol.KindAuditRead).ID, protocol.KindAudit, acts(20, 19, false))
	d.want("shown", d.text("b-events__count"), "4 acts shown · That is all")
	if d.Page.Named("Show older acts") != nil {
		t.Error("there are more of nothing")
	}
	d.Click("How to check")
	if text := d.text("b-dialog"); !strings.Contains(text, "beseda check") || !strings.Contains(text, strings.Repeat("ab", 31)+"22") {
		t.Errorf("it explains %q", text)
	}
}

func TestTheLogIsNarrowedToAnAuthorByItsAddress(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/audit")
	first := d.last(protocol.KindAuditRead).ID
	d.On(d.Page.ByID("filter-author"), vdom.Change, bridge.Event{Text: string(bob)})
	d.want("address", d.asked("push"), "/console/audit?author="+string(bob))
	if got := decode[protocol.AuditRead](t, d.last(protocol.KindAuditRead)); got.Actor != string(bob) {
		t.Errorf("asked %+v", got)
	}
	d.hear(first, protocol.KindAudit, acts(30, 21, false)) // everybody's, too late
	if len(d.bodyRows()) != 0 {
		t.Error("another list is shown")
	}
	d.hear(d.last(protocol.KindAuditRead).ID, protocol.KindAudit, &protocol.Audit{Before: 9, More: true}) // none of Bob's so far
	if got := decode[protocol.AuditRead](t, d.last(protocol.KindAuditRead)); got.Before != 9 {
		t.Errorf("it did not go on: %+v", got)
	}
	d.hear(d.last(protocol.KindAuditRead).ID, protocol.KindAudit, &protocol.Audit{Before: 1})
	if !strings.Contains(d.HTML(), "Nothing by this author") {
		t.Error("it does not say that there is nothing")
	}
}

func TestNewActsWaitAboveTheLog(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/audit")
	d.hear(d.last(protocol.KindAuditRead).ID, protocol.KindAudit, acts(22, 21, false))
	d.wait(2000)
	if d.count(protocol.KindAuditRead) != 1 {
		t.Fatal("it looks though nothing happened")
	}
	d.frame(protocol.Frame{Kind: protocol.KindTeam, Body: protocol.EncodeBody(&welcome().Team)}) // all that this console hears of it
	d.wait(2000)
	look := d.last(protocol.KindAuditRead)
	if got := decode[protocol.AuditRead](t, look); d.count(protocol.KindAuditRead) != 2 || got.Before != 0 {
		t.Fatalf("asked %+v", got)
	}
	d.hear(look.ID, protocol.KindAudit, acts(23, 21, false))
	d.want("they wait", d.text("b-newrows"), "1 new act")
	if len(d.bodyRows()) != 2 {
		t.Error("rows were pushed")
	}
	d.Click("1 new act")
	if len(d.bodyRows()) != 3 || d.text("b-newrows") != "" {
		t.Error("they did not come")
	}
	d.wait(15_000)
	if d.count(protocol.KindAuditRead) != 3 {
		t.Error("it does not look for what nobody tells: exports, shared views")
	}
}

func TestWhoIsNoAdministratorAnyMoreKeepsNothingOfTheLog(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/audit")
	d.hear(d.last(protocol.KindAuditRead).ID, protocol.KindAudit, acts(22, 21, false))
	team := welcome().Team
	team.Operators[0].Role = protocol.RoleOperator
	d.hear("", protocol.KindTeam, &team)
	team.Operators[0].Role = protocol.RoleAdmin
	d.hear("", protocol.KindTeam, &team)
	if rows := d.bodyRows(); len(rows) != 0 {
		t.Errorf("it is still held: %q", rows)
	}
	d.hear(d.last(protocol.KindAuditRead).ID, protocol.KindAudit, acts(22, 21, false))
	if len(d.bodyRows()) != 2 {
		t.Error("who is one again sees nothing")
	}
}

func TestAFailedLogOffersToTryAgain(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/audit")
	d.hear(d.last(protocol.KindAuditRead).ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeForbidden})
	d.Click("Try again")
	if d.count(protocol.KindAuditRead) != 2 {
		t.Error("it did not try again")
	}
}

func TestAChannelIsServedByThoseWhoAreTicked(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/channels/"+string(shop))
	d.mark("Only these people", 1)
	d.submit2()
	d.want("nobody", d.alert(), "Tick at least one person, or choose Everybody.")
	if d.count(protocol.KindChannelChange) != 0 {
		t.Fatal("it was saved")
	}
	d.Type("Find a colleague", "bo")
	d.want("found", d.text("b-teambox__list"), "BBob")
	d.mark("BBob", 1)
	d.submit2()
	change, team := d.last(protocol.KindChannelChange), d.last(protocol.KindTeamChange)
	if diff := cmp.Diff(protocol.TeamChange{Channel: shop, Operators: []protocol.OperatorID{bob}}, decode[protocol.TeamChange](t, team)); diff != "" {
		t.Error(diff)
	}
	d.hear(change.ID, protocol.KindAccepted, &protocol.Accepted{Position: 200})
	if d.text("b-toast") != "" {
		t.Error("it says saved too early")
	}
	d.hear(team.ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeForbidden})
	if d.alert() == "" || !strings.Contains(d.text("b-teambox"), "1 person") {
		t.Error("a refusal says nothing, or takes the choice away")
	}
	d.submit2()
	d.hear(d.last(protocol.KindChannelChange).ID, protocol.KindAccepted, &protocol.Accepted{Position: 201})
	d.hear(d.last(protocol.KindTeamChange).ID, protocol.KindAccepted, &protocol.Accepted{Position: 202})
	d.want("toast", d.text("b-toast"), "Saved")
}

func TestANewChannelGetsItsTeamOnceItIsThere(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/channels/new")
	d.Type("Name visitors see", "Second shop")
	d.mark("Only these people", 1)
	d.mark("BBob", 1)
	d.submit2()
	if d.count(protocol.KindTeamChange) != 0 {
		t.Fatal("of which channel?")
	}
	made := shop[:25] + "2"
	d.hear(d.last(protocol.KindChannelCreate).ID, protocol.KindAccepted, &protocol.Accepted{Position: 200, Made: string(made)})
	if got := decode[protocol.TeamChange](t, d.last(protocol.KindTeamChange)); got.Channel != made || len(got.Operators) != 1 {
		t.Errorf("sent %+v", got)
	}
	d.hear(d.last(protocol.KindTeamChange).ID, protocol.KindAccepted, &protocol.Accepted{Position: 201})
	d.want("toast", d.text("b-toast"), "Saved")
}

func TestWhoMayOnlyChangeSettingsIsToldWhoServesAChannel(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/channels/"+string(shop), asOperator(protocol.RightSettings), func(w *protocol.OperatorWelcome) {
		w.Team.Channels[0].Team = []protocol.OperatorID{ann, bob}
	})
	if !strings.Contains(d.HTML(), "Administrators choose who serves a channel. Now: Ann, Bob.") || len(d.Page.ByClass("b-teambox")) != 0 {
		t.Error("it is not said, or can be changed")
	}
	d.Type("Name visitors see", "Mine")
	d.submit2()
	if d.count(protocol.KindChannelChange) != 1 || d.count(protocol.KindTeamChange) != 0 {
		t.Error("something else was asked for")
	}
}

func TestQUO03AChannelSaysWhoMayQuote(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/channels/"+string(shop))
	n := d.Page.Find(func(n *pageNode) bool { return n.Attrs["aria-labelledby"] == "setting-channel-quoting" })
	d.On(n, vdom.Change, bridge.Event{Text: "none"})
	d.submit2()
	if got := decode[protocol.ChannelChange](t, d.last(protocol.KindChannelChange)); got.Quoting != protocol.CapabilityNone {
		t.Errorf("sent %+v", got)
	}
}

func TestAnActSaysWhatWasBeforeIt(t *testing.T) {
	t.Parallel()
	channel := protocol.Channel{ID: shop, Looks: protocol.Looks{Name: "Acme shop", Color: "#0a7d4f"}, Sites: []string{"https://shop.example"}}
	former := channel
	former.Looks.Name, former.Looks.Left, former.Quoting = "Acme", true, protocol.CapabilityNone
	for name, c := range map[string]struct {
		kind protocol.Kind
		body protocol.Body
		want string // what, before, after
	}{
		"a role": {protocol.KindRoleSet, &protocol.RoleSet{Operator: bob, Role: protocol.RoleAdmin, Former: protocol.RoleOperator, FormerGroup: protocol.GroupChatAdmins},
			"Role|Chat administrators|Bob · Administrators"},
		"a role, from when nothing was noted": {protocol.KindRoleSet, &protocol.RoleSet{Operator: bob, Role: protocol.RoleAdmin}, "Role|·nothing|Bob · Administrators"},
		"a group": {protocol.KindGroupSet, &protocol.GroupSet{Group: protocol.GroupOperators, Rights: []protocol.Right{protocol.RightClose},
			Former: &protocol.Group{ID: protocol.GroupOperators, Name: "Agents"}}, "Rights of a group|Agents: no rights|Operators: Close"},
		"a team":          {protocol.KindTeamSet, &protocol.TeamSet{Channel: shop, Operators: []protocol.OperatorID{bob}, Everybody: true}, "Team of a channel|Everybody|Acme shop: Bob"},
		"another team":    {protocol.KindTeamSet, &protocol.TeamSet{Channel: shop, Former: []protocol.OperatorID{bob, eve}}, "Team of a channel|Bob, Eve|Acme shop: Everybody"},
		"a channel":       {protocol.KindChannelSet, &protocol.ChannelSet{Channel: channel, Former: &former}, "Settings of a channel|Name visitors see: Acme; Corner: Left; Who may quote a message: Nobody|Acme shop · Name visitors see: Acme shop; Corner: Right; Who may quote a message: Visitors and team"},
		"a shared view":   {protocol.KindViewDeleted, &protocol.ViewDeleted{Shared: true, Name: "Urgent"}, "Shared view deleted|Urgent|·nothing"},
		"a link":          {protocol.KindOperatorLinked, &protocol.OperatorLinked{Operator: bob}, "New sign-in link|·nothing|Bob"},
		"a password":      {protocol.KindPasswordSet, &protocol.PasswordSet{Operator: bob}, "Password changed|·nothing|Bob"},
		"one by the link": {protocol.KindPasswordSet, &protocol.PasswordSet{Operator: bob, Link: true}, "Password changed|·nothing|Bob · by a one-time link"},
		"a policy of a channel": {protocol.KindPolicySet, &protocol.PolicySet{Channel: shop, Values: []protocol.PolicyValue{{Key: "split.enabled", Value: "false"}},
			Former: []protocol.PolicyValue{{Key: "split.enabled"}}}, "Settings of conversations|Offer to move new messages out: As everywhere|Acme shop · Offer to move new messages out: Off"},
		"one taken back": {protocol.KindPolicySet, &protocol.PolicySet{Channel: shop, Unset: []string{"split.enabled"},
			Former: []protocol.PolicyValue{{Key: "split.enabled", Value: "false"}}}, "Settings of conversations|Offer to move new messages out: Off|Acme shop · Offer to move new messages out: As everywhere"},
		"one of the workspace": {protocol.KindPolicySet, &protocol.PolicySet{Values: []protocol.PolicyValue{{Key: "split.enabled", Value: "false"}},
			Former: []protocol.PolicyValue{{Key: "split.enabled", Value: "true"}}}, "Settings of conversations|Offer to move new messages out: On|Everywhere · Offer to move new messages out: Off"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := signedIn(t, "/console/audit")
			f := happened(22, c.kind, c.body)
			f.Conversation = 0
			d.hear(d.last(protocol.KindAuditRead).ID, protocol.KindAudit, &protocol.Audit{Entries: []protocol.AuditEntry{{Event: f, Seal: strings.Repeat("ab", 32)}}})
			var cells []string
			for _, n := range d.Page.All(func(n *pageNode) bool { return n.Tag == "td" })[2:5] {
				cells = append(cells, n.AllText())
			}
			d.want("row", strings.Join(cells, "|"), c.want)
		})
	}
}
