//go:build !wasm

package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
)

// asOperator makes Ann an operator with rights.
func asOperator(rights ...protocol.Right) func(*protocol.OperatorWelcome) {
	return func(w *protocol.OperatorWelcome) {
		w.Me.Role, w.Me.Rights = protocol.RoleOperator, rights
		w.Team.Operators[0].Role, w.Team.Operators[0].Rights = protocol.RoleOperator, rights
		w.Team.Groups = nil
	}
}

// leads are the addresses of the console that a page links to.
func (d *desk) leads() []string {
	var all []string
	for _, a := range d.Page.All(func(n *pageNode) bool { return n.Tag == "a" }) {
		if href := a.Attrs["href"]; strings.HasPrefix(href, "/console/") && !slices.Contains(all, href) {
			all = append(all, href)
		}
	}
	return all
}

// TestPagesStandOpenToWhomTheyAreFor holds the ways in the navigation, and what a deep link shows, against each other.
func TestPagesStandOpenToWhomTheyAreFor(t *testing.T) {
	t.Parallel()
	const admins, settings = "Administrators only", "Only with the right to change settings"
	for address, without := range map[string]string{
		"/console/team": admins, "/console/audit": admins, "/console/channels": settings, "/console/conversations": settings,
		"/console/tags": settings, "/console/channels/" + string(shop): settings, "/console/channels/new": settings,
	} {
		for who, change := range map[string]func(*protocol.OperatorWelcome){
			"operator": asOperator(protocol.RightClose), "manager": asOperator(protocol.RightSettings), "administrator": func(*protocol.OperatorWelcome) {},
		} {
			d := signedIn(t, address, change)
			open := who == "administrator" || who == "manager" && without == settings
			if shut := strings.Contains(d.HTML(), without); shut == open {
				t.Errorf("%s for %s: shut %v", address, who, shut)
			}
			if !open && d.Page.Named("Back to inbox") == nil {
				t.Errorf("%s for %s: no way on", address, who)
			}
			if linked := slices.Contains(d.leads(), address); linked && !open || !linked && open && address != "/console/channels/new" {
				t.Errorf("%s for %s: linked %v", address, who, linked)
			}
			if n := d.count(protocol.KindAuditRead); n > 0 && who != "administrator" {
				t.Errorf("%s for %s: asked for the log", address, who)
			}
		}
	}
}

func TestARightThatIsTakenAwayShutsThePageAtOnce(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/tags", asOperator(protocol.RightSettings))
	if strings.Contains(d.HTML(), "Only with the right") {
		t.Fatal("it is shut")
	}
	w := welcome()
	asOperator(protocol.RightClose)(w)
	d.hear("", protocol.KindTeam, &w.Team)
	if !strings.Contains(d.HTML(), "Only with the right") {
		t.Error("it is still open")
	}
}

// box is the box of a group's right.
func (d *desk) box(name string) *pageNode {
	d.t.Helper()
	n := d.Page.Find(func(n *pageNode) bool { return n.Tag == "input" && n.Attrs["aria-label"] == name })
	if n == nil {
		d.t.Fatalf("there is no box %s", name)
	}
	return n
}

func (d *desk) ticked(name string) bool { _, on := d.box(name).Attrs[".checked"]; return on }

func TestABoxGivesARightAtOnceAndSaysSo(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/team")
	if d.ticked("Delete, Operators") || !d.ticked("Close, Operators") {
		t.Fatal("the boxes are wrong from the first")
	}
	d.On(d.box("Delete, Operators"), vdom.Change, bridge.Event{B: 1})
	d.On(d.box("Close, Operators"), vdom.Change, bridge.Event{})
	d.On(d.box("Export, Operators"), vdom.Change, bridge.Event{B: 1})
	want := protocol.GroupChange{Group: protocol.GroupOperators, Rights: []protocol.Right{protocol.RightDelete, protocol.RightBlock, protocol.RightExport}}
	if diff := cmp.Diff(want, decode[protocol.GroupChange](t, d.last(protocol.KindGroupChange))); diff != "" {
		t.Error(diff)
	}
	for _, f := range d.sent {
		if f.Kind == protocol.KindGroupChange {
			d.hear(f.ID, protocol.KindAccepted, &protocol.Accepted{Position: 200})
		}
	}
	d.want("toast", d.text("b-toast"), "Operators may now: Export")
	team := welcome().Team
	team.Groups[0].Rights = want.Rights
	d.hear("", protocol.KindTeam, &team)
	if !d.ticked("Delete, Operators") || d.ticked("Close, Operators") {
		t.Error("the boxes show something else than was given")
	}
	// And a colleague's change is followed.
	team.Groups[0].Rights = nil
	d.hear("", protocol.KindTeam, &team)
	if d.ticked("Delete, Operators") {
		t.Error("a colleague's change is not shown")
	}
}

func TestABoxThatIsRefusedGoesBack(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/team")
	d.On(d.box("Delete, Operators"), vdom.Change, bridge.Event{B: 1})
	if !d.ticked("Delete, Operators") {
		t.Fatal("it waits for the answer")
	}
	d.hear(d.last(protocol.KindGroupChange).ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeForbidden})
	if d.ticked("Delete, Operators") {
		t.Error("it still says so")
	}
	if d.text("b-toast") == "" {
		t.Error("nobody is told")
	}
}

func TestChatAdministratorsHaveWhatComesWithIt(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/team")
	if d.Page.Named("Delete, Chat administrators") != nil {
		t.Error("there is a box that does nothing")
	}
	d.box("Settings, Chat administrators")
	if got := strings.Count(d.text("b-table--rights"), "Included in chat administrator"); got != 6 {
		t.Errorf("%d rights are included", got)
	}
}

func TestAGroupIsMadeNamedAndDeleted(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/team")
	d.Click("New group")
	d.submit("b-form")
	d.want("without a name", d.alert(), "Type a name.")
	d.Type("Name of the group", "Trainees")
	d.submit("b-form")
	ask := d.last(protocol.KindGroupCreate)
	d.hear(ask.ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeConflict, Reason: "field=name"})
	d.want("taken", d.alert(), "There is a group of this name already.")
	d.want("kept", d.Page.ByID(state.DialogFirstID).Attrs[".value"], "Trainees")
	d.submit("b-form")
	made := protocol.GroupID("01JC00000000000000000GR0VP")
	d.hear(d.last(protocol.KindGroupCreate).ID, protocol.KindAccepted, &protocol.Accepted{Position: 200, Made: string(made)})
	d.want("toast", d.text("b-toast"), "The group Trainees is there")

	team := welcome().Team
	team.Groups = append(team.Groups, protocol.Group{ID: made, Name: "Trainees", Members: 2})
	d.hear("", protocol.KindTeam, &team)
	d.Click("Delete Trainees")
	d.want("in the way", d.text("b-dialog__text"), "2 people are in Trainees. Give them other groups first, then delete this one.")
	if d.Page.Named("Delete group") != nil {
		t.Error("it can be deleted with people in it")
	}
	d.Click("Done")
	team.Groups[2].Members = 0
	d.hear("", protocol.KindTeam, &team)
	d.Click("Delete Trainees")
	d.Click("Delete group")
	d.hear(d.last(protocol.KindGroupDelete).ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeConflict, Reason: "members"})
	d.want("somebody came in", d.alert(), "Somebody is in this group. Give them another group first.")
	d.Click("Delete group")
	d.hear(d.last(protocol.KindGroupDelete).ID, protocol.KindAccepted, &protocol.Accepted{Position: 201})
	d.want("focus", d.asked("focus"), "new-group")
	if d.Page.Named("Delete Operators") != nil {
		t.Error("the group of everybody can be deleted")
	}
}

// TestAGroupOfOursKeepsItsNameInEverybodysLanguage: the name that a screen made is not stored as one.
func TestAGroupOfOursKeepsItsNameInEverybodysLanguage(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/team")
	d.Click("Rename Operators")
	d.submit("b-form")
	got := decode[protocol.GroupChange](t, d.last(protocol.KindGroupChange))
	if got.Name != "" || len(got.Rights) != 2 {
		t.Errorf("sent %+v", got)
	}
}

func TestAMemberGetsAnotherGroup(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/team")
	d.Click("Actions for Bob")
	d.Click("Change group…")
	choose := func(value string) {
		t.Helper()
		for _, n := range d.Page.ByClass("b-choices__item") {
			if strings.HasPrefix(n.AllText(), value) {
				d.On(n.Children[0], vdom.Change, bridge.Event{B: 1})
				return
			}
		}
		t.Fatalf("no choice %s", value)
	}
	choose("Chat administrators")
	d.submit("b-form")
	want := protocol.RoleChange{Operator: bob, Role: protocol.RoleOperator, Group: protocol.GroupChatAdmins}
	if diff := cmp.Diff(want, decode[protocol.RoleChange](t, d.last(protocol.KindRoleChange))); diff != "" {
		t.Error(diff)
	}
	d.hear(d.last(protocol.KindRoleChange).ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeConflict, Reason: "last_administrator"})
	if d.alert() == "" {
		t.Error("nothing is said")
	}
	choose("Administrators")
	d.submit("b-form")
	if got := decode[protocol.RoleChange](t, d.last(protocol.KindRoleChange)); got.Role != protocol.RoleAdmin || got.Group != "" {
		t.Errorf("sent %+v", got)
	}
	d.hear(d.last(protocol.KindRoleChange).ID, protocol.KindAccepted, &protocol.Accepted{Position: 200})
	d.want("toast", d.text("b-toast"), "Bob is in Administrators now")
}

func TestAnInvitationNamesTheGroup(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/team")
	d.Click("Invite")
	d.Type("Name", "Mila")
	d.Type("Email", "mila@example.com")
	for _, n := range d.Page.ByClass("b-choices__item") {
		if strings.HasPrefix(n.AllText(), "Chat administrators") {
			d.On(n.Children[0], vdom.Change, bridge.Event{B: 1})
		}
	}
	d.submit("b-form")
	if got := decode[protocol.OperatorInvite](t, d.last(protocol.KindOperatorInvite)); got.Group != protocol.GroupChatAdmins {
		t.Errorf("sent %+v", got)
	}
}

func TestThePaletteLeadsToThePagesThatStandOpen(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		who    func(*protocol.OperatorWelcome)
		leads  []string
		closed []string
	}{
		{func(*protocol.OperatorWelcome) {}, []string{"Quick replies", "Tags", "Members and rights", "Audit"}, nil},
		{asOperator(protocol.RightSettings), []string{"Quick replies", "Tags"}, []string{"Members and rights", "Audit"}},
		{asOperator(protocol.RightClose), []string{"Quick replies"}, []string{"Tags", "Members and rights", "Audit"}},
	} {
		d := signedIn(t, "/console/", tc.who)
		d.On(d.Page.ByClass("b-console")[0], vdom.KeyDown, bridge.Event{Text: "k", A: bridge.Ctrl, List: []string{"KeyK"}})
		text := d.text("b-palette")
		for _, page := range tc.leads {
			if !strings.Contains(text, page) {
				t.Errorf("no way to %s in %q", page, text)
			}
		}
		for _, page := range tc.closed {
			if strings.Contains(text, page) {
				t.Errorf("a way to %s", page)
			}
		}
	}
}

func TestWhoMayOnlyWriteStillSaysThatSomethingPendingIsOpen(t *testing.T) {
	t.Parallel()
	d := opened(t)
	mine := row(41)
	mine.Status, mine.MayEnd = protocol.Pending, false
	d.changed(0, mine)
	d.Click("Conversation 41, menu")
	d.want("menu", d.text("b-menu__item"), "Mark as open | Reassign…A | Mark as unreadU | Copy link")
	d.Click("Mark as open")
	if got := decode[protocol.StatusChange](t, d.last(protocol.KindStatusChange)); got.Status != protocol.Open || got.Conversation != 41 {
		t.Errorf("sent %+v", got)
	}
	mine.Status = protocol.Open
	d.changed(0, mine)
	d.Click("Conversation 41, menu")
	if d.Page.Named("Mark as pending") != nil || d.Page.Named("End chat…") != nil {
		t.Error("they may end it")
	}
}
