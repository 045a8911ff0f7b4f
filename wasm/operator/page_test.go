//go:build !wasm

package main

import (
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	"beseda/wasm/vdom/page"
)

type pageNode = page.Node

func TestInvitingShowsTheLinkOnce(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/team")
	d.Click("Invite")
	d.Type("Name", "Mila")
	d.Type("Email", "mila")
	d.submit("b-form")
	if !strings.Contains(d.alert(), "whole address") {
		t.Errorf("it says %q", d.alert())
	}
	d.Type("Email", "mila@example.com")
	d.submit("b-form")
	ask := d.last(protocol.KindOperatorInvite)
	if got := decode[protocol.OperatorInvite](t, ask); got.Name != "Mila" || got.Role != protocol.RoleOperator {
		t.Errorf("invited %+v", got)
	}
	d.hear(ask.ID, protocol.KindInvited, &protocol.Invited{Operator: eve, Path: "/setup#SECRET", ExpiresAt: noon + 86_400_000})
	d.want("the link", d.text("b-code"), "https://chat.example/setup#SECRET")
	d.Click("Copy link")
	d.want("copied", d.asked("copy"), "https://chat.example/setup#SECRET")
	d.Click("Done")
	if strings.Contains(d.HTML(), "SECRET") {
		t.Error("the link is still there")
	}
}

func TestAnAddressThatIsTakenStandsAtItsField(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/team")
	d.Click("Invite")
	d.Type("Name", "Ann")
	d.Type("Email", "bob@example.com")
	d.submit("b-form")
	d.hear(d.last(protocol.KindOperatorInvite).ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeConflict, Reason: "field=email"})
	d.want("the field", d.Page.ByID("invite-email").Attrs["aria-invalid"], "true")
	d.want("it says", d.alert(), "Somebody with this address is in the team already.")
	d.want("kept", d.Page.ByID("invite-email").Attrs[".value"], "bob@example.com")
}

func TestDeactivatingAsksFirstAndTheSafeButtonHasFocus(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/team")
	d.Click("Actions for Bob")
	d.Click("Deactivate…")
	d.want("focus", d.asked("focus"), state.DialogFirstID)
	d.want("the safe button", d.Page.ByID(state.DialogFirstID).AllText(), "Cancel")
	if n := d.count(protocol.KindOperatorDeactivate); n != 0 {
		t.Fatal("it was done without asking")
	}
	d.Click("Deactivate")
	if got := decode[protocol.OperatorDeactivate](t, d.last(protocol.KindOperatorDeactivate)); got.Operator != bob {
		t.Errorf("deactivated %s", got.Operator)
	}
	d.hear(d.last(protocol.KindOperatorDeactivate).ID, protocol.KindAccepted, &protocol.Accepted{Position: 200})
	if len(d.Page.ByClass("b-dialog")) != 0 {
		t.Error("the window is still open")
	}
}

func TestNobodyChangesTheirOwnAccountInTheTeam(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/team")
	if d.Page.Named("Actions for Ann") != nil {
		t.Error("one can lock oneself out")
	}
}

func TestAChannelsFormNamesTheBadSite(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"shop .example":            "“shop .example” has a space in it. Remove the space.",
		"https://a.example\nshop":  "“shop” has no ending. Add it, for example .com",
		"ftp://a.example":          "“ftp://a.example” begins with something else than https. Write https:// or leave it out.",
		"a.example, b.example":     "“a.example, b.example” has a space in it. Remove the space.",
		"a.example,b.example":      "“a.example,b.example” has a character that no address has. One site a line, nothing between.",
		"a.*.example":              "In “a.*.example” the star has to stand in front, as in *.shop.example.",
		"a..example":               "“a..example” has a dot too many. Remove it.",
		"https://shop.example/":    "",
		"*.shop.example":           "",
		"http://localhost:8080":    "",
		"магазин.рф\n\nb.example ": "",
	} {
		d := signedIn(t, "/console/channels/"+string(shop))
		d.Type("Sites that may show it", typed)
		d.On(d.Page.ByID(state.ChannelSitesID), vdom.FocusOut, bridge.Event{})
		d.want(typed, d.alert(), want)
	}
}

func TestSavingAChannelSendsAllOfItAndSaysSo(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/channels/"+string(shop))
	d.Type("Name visitors see", "New name")
	d.Click("Left")
	d.submit2()
	ask := d.last(protocol.KindChannelChange)
	got := decode[protocol.ChannelChange](t, ask)
	if got.Looks.Name != "New name" || !got.Looks.Left || got.Looks.Color != "#0a6a78" || len(got.Sites) != 1 || got.Channel != shop {
		t.Errorf("sent %+v", got)
	}
	d.hear(ask.ID, protocol.KindAccepted, &protocol.Accepted{Position: 200})
	d.want("toast", d.text("b-toast"), "Saved")
}

func TestWhatTheServerRefusesStandsAtTheField(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/channels/"+string(shop))
	d.Type("Name visitors see", "x")
	d.submit2()
	d.hear(d.last(protocol.KindChannelChange).ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeInvalid, Reason: "field=sites"})
	d.want("sites", d.Page.ByID(state.ChannelSitesID).Attrs["aria-invalid"], "true")
	d.want("kept", d.Page.ByID(state.ChannelNameID).Attrs[".value"], "x")
}

// submit2 presses the form of a page.
func (d *desk) submit2() {
	d.t.Helper()
	forms := d.Page.All(func(n *pageNode) bool { return n.Tag == "form" })
	d.On(forms[len(forms)-1], vdom.Submit, bridge.Event{})
}

func TestANewChannelLeadsToItsOwnPage(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/channels/new")
	d.submit2()
	d.want("without a name", d.alert(), "Type a name.")
	d.Type("Name visitors see", "Second shop")
	d.submit2()
	made := shop[:25] + "2"
	d.hear(d.last(protocol.KindChannelCreate).ID, protocol.KindAccepted, &protocol.Accepted{Position: 200, Made: string(made)})
	d.want("address", d.asked("replace"), "/console/channels/"+string(made))
	team := welcome().Team
	team.Channels = append(team.Channels, protocol.Channel{ID: made, Looks: protocol.Looks{Name: "Second shop", Color: "#0a6a78"}})
	d.hear("", protocol.KindTeam, &team)
	d.want("tag", d.text("b-code"), `<script async src="https://chat.example/widget.js?channel=`+string(made)+`"></script>Copy`)
}

func TestLeavingAChangedFormAsks(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/channels/"+string(shop))
	d.Type("Name visitors see", "x")
	d.Click("Inbox, unread: 1")
	if !strings.Contains(d.text("b-dialog"), "Leave without saving?") {
		t.Fatal("it did not ask")
	}
	d.Click("Leave")
	d.want("address", d.asked("push"), "/console/")
}

func TestTheFormFollowsAColleaguesChangeUnlessOneIsInTheMiddle(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/channels/"+string(shop))
	team := welcome().Team
	team.Channels[0].Looks.Name = "By Bob"
	d.hear("", protocol.KindTeam, &team)
	d.want("followed", d.Page.ByID(state.ChannelNameID).Attrs[".value"], "By Bob")
	d.Type("Name visitors see", "Mine")
	team.Channels[0].Looks.Name = "By Bob again"
	d.hear("", protocol.KindTeam, &team)
	d.want("kept", d.Page.ByID(state.ChannelNameID).Attrs[".value"], "Mine")
}

func TestSeenIsToldLive(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/channels")
	d.want("seen", d.text("b-channel__seen"), "Seen on shop.example 5 s ago")
	d.wait(2000)
	d.want("seen", d.text("b-channel__seen"), "Seen on shop.example 7 s ago")
}

func TestContrastIsToldWithTheColour(t *testing.T) {
	t.Parallel()
	for hex, want := range map[string]string{"#0a6a78": "White text, 6.3 : 1", "#ffcf33": "Black text, 14.2 : 1", "fff": "Black text, 21.0 : 1"} {
		d := signedIn(t, "/console/channels/"+string(shop))
		d.Type("Brand colour as hex", hex)
		if got := d.text("b-swatches"); !strings.Contains(got, want) {
			t.Errorf("%s: %q", hex, got)
		}
	}
}

func TestOwnSessionsAreListedAndEnded(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/account")
	d.Do(bridge.Event{Kind: bridge.Answered, A: 200, B: 4, List: []string{
		"0.id", "aa", "0.created_at", itoa(noon - 86_400_000), "0.last_at", itoa(noon), "0.device", "Firefox · Linux", "0.address", "192.0.2.1", "0.current", "true",
		"1.id", "bb", "1.created_at", itoa(noon), "1.last_at", itoa(noon), "1.device", "Chrome · Android", "1.address", "192.0.2.2", "1.current", "false", "length", "2",
	}})
	d.Click("Sign out on Chrome · Android")
	asked := d.Asked("http")
	if last := asked[len(asked)-1]; last.Text != "DELETE" || last.More != "/sessions/bb" {
		t.Errorf("asked %+v", last)
	}
}

func TestTheThemeAndTheLanguageAreKeptHere(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/account")
	d.Click("Dark")
	d.want("root", d.asked("root"), "data-theme")
	saved := d.Asked("save")
	d.want("kept", string(saved[len(saved)-1].Data), "theme=dark\n")
	d.Do(bridge.Event{Kind: bridge.Words, Text: "ru", Data: texts(t, "ru")})
	if d.Page.Named("Выйти") == nil {
		t.Error("it does not speak Russian")
	}
}

func TestSingleLettersCanBeSwitchedOff(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/")
	press := func() {
		d.On(d.Page.ByClass("b-console")[0], vdom.KeyDown, bridge.Event{Text: "?", A: bridge.Shift, List: []string{"Slash"}})
	}
	d.Prefs.NoKeys = true
	press()
	if len(d.Page.ByClass("b-dialog")) != 0 {
		t.Error("it opened")
	}
	d.Prefs.NoKeys = false
	press()
	if len(d.Page.ByClass("b-keys")) != 1 {
		t.Error("it did not open")
	}
}

func TestRoutesAreReadAndWrittenAlike(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]state.Route{
		"/console/":                         {},
		"/console":                          {},
		"/console/#41":                      {Number: 41},
		"/console/#x":                       {},
		"/console/nowhere":                  {},
		"/console/team":                     {Place: state.AtTeam},
		"/console/channels":                 {Place: state.AtChannels},
		"/console/channels/new":             {Place: state.AtChannels, New: true},
		"/console/channels/" + string(shop): {Place: state.AtChannels, Channel: shop},
		"/console/channels/../x":            {Place: state.AtChannels},
		"/console/account?x=1":              {Place: state.AtAccount},
	} {
		got := state.ParseRoute(address)
		if got != want {
			t.Errorf("%s: %+v", address, got)
		}
		if again := state.ParseRoute(got.Address()); again != got {
			t.Errorf("%s is written as %s", address, got.Address())
		}
	}
}
