//go:build !wasm

package main

import (
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/operator/state"
)

const httpPassword = 6

// changing is the account page with both fields filled in and the form sent.
func changing(t *testing.T, current, next string) *desk {
	t.Helper()
	d := signedIn(t, "/console/account")
	d.Type("Current password", current)
	d.Type("New password", next)
	d.submit("b-passwords")
	return d
}

// posted is the body of the newest request over HTTP to change the password, "" without one.
func (d *desk) posted() string {
	for _, e := range d.Asked("http") {
		if e.Text == "POST" && e.More == "/password" {
			return strings.Join(e.List, "|")
		}
	}
	return ""
}

func (d *desk) answerPassword(status int64, facts ...string) {
	d.Do(bridge.Event{Kind: bridge.Answered, A: status, B: httpPassword, List: facts})
}

func TestChangingThePasswordSaysSoAndEmptiesTheForm(t *testing.T) {
	t.Parallel()
	d := changing(t, "beseda-demo", "quite another sentence")
	d.want("asked", d.posted(), "current|beseda-demo|new|quite another sentence")
	d.want("the button", d.text("b-button--primary"), "Save | Changing…")
	d.submit("b-passwords")
	if n := len(d.Asked("http")); n != 3 { // the look, the list of sessions, and this one
		t.Errorf("%d requests: a second press asked again", n)
	}
	d.answerPassword(204)
	d.want("the toast", d.Toast.Text, "Password changed. Other devices are signed out.")
	for _, id := range []string{state.CurrentPasswordID, state.NewPasswordID} {
		d.want(id, d.Page.ByID(id).Attrs[".value"], "")
	}
	all := d.Asked("http")
	d.want("the devices are asked for again", all[len(all)-1].More, "/sessions")
	if strings.Contains(d.HTML(), "another sentence") {
		t.Error("the password is still on the page")
	}
}

func TestAPasswordThatCannotBeChangedStandsAtItsField(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		current, next string
		status        int64
		facts         []string
		field, says   string
	}{
		"no current one":      {"", "quite another sentence", -1, nil, state.CurrentPasswordID, "Type your current password."},
		"a short one":         {"beseda-demo", "short", -1, nil, state.NewPasswordID, "At least 10 characters. A sentence is best."},
		"nine letters":        {"beseda-demo", "ёжиковёжи", -1, nil, state.NewPasswordID, "At least 10 characters. A sentence is best."},
		"an endless one":      {"beseda-demo", strings.Repeat("ы", 101), -1, nil, state.NewPasswordID, "This is too long. Choose a shorter one."},
		"a wrong one":         {"mistyped", "quite another sentence", 400, []string{"code", "invalid", "reason", "field=current"}, state.CurrentPasswordID, "This is not your current password."},
		"what the server saw": {"beseda-demo", "quite another sentence", 400, []string{"code", "invalid", "reason", "field=new min=12"}, state.NewPasswordID, "At least 10 characters. A sentence is best."},
		"too many tries":      {"mistyped", "quite another sentence", 429, []string{"code", "rate_limited", "retry_ms", "90000"}, "", "Too many tries. Try again in 2 minutes."},
		"no line":             {"beseda-demo", "quite another sentence", 0, nil, "", "No connection. Check it and try again."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := changing(t, c.current, c.next)
			if asked := d.posted() != ""; asked != (c.status >= 0) {
				t.Fatalf("asked: %v", asked)
			}
			if c.status >= 0 {
				d.answerPassword(c.status, c.facts...)
			}
			d.want("it says", d.alert(), c.says)
			for _, id := range []string{state.CurrentPasswordID, state.NewPasswordID} {
				want := ""
				if id == c.field {
					want = "true"
				}
				d.want(id, d.Page.ByID(id).Attrs["aria-invalid"], want)
			}
			d.want("kept", d.Page.ByID(state.NewPasswordID).Attrs[".value"], c.next)
			if c.field != "" {
				label := map[string]string{state.CurrentPasswordID: "Current password", state.NewPasswordID: "New password"}[c.field]
				d.Type(label, "something else entirely")
				d.want("after typing", d.alert(), "")
			}
			if d.Stage != state.SignedIn {
				t.Error("signed out")
			}
		})
	}
}

func TestASessionThatEndedWhileChangingShowsTheDoor(t *testing.T) {
	t.Parallel()
	d := changing(t, "beseda-demo", "quite another sentence")
	d.answerPassword(401, "code", "unauthorized")
	d.Do(bridge.Event{Kind: bridge.Answered, A: 401, B: 1})
	if d.Stage != state.SignedOut {
		t.Error("the console is still there")
	}
}

func TestTheMeterGrowsWithTheNewPassword(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/account")
	for _, c := range []struct {
		typed string
		bars  int
		hint  string
	}{
		{"", 0, "At least 10 characters. A sentence is best."},
		{"я", 1, "9 more characters."},
		{"девять зн", 1, "1 more character."},
		{"десять зна", 2, "Good. A sentence is best."},
		{"quite another s", 3, "Good. A sentence is best."},
		{"quite another sentence", 4, "Good. A sentence is best."},
	} {
		d.Type("New password", c.typed)
		if n := len(d.Page.ByClass("is-on")); n != c.bars {
			t.Errorf("%q lights %d bars, want %d", c.typed, n, c.bars)
		}
		d.want(c.typed, d.Page.ByID(state.NewPasswordID+"-hint").AllText(), c.hint)
	}
}

func TestLeavingTheAccountForgetsWhatWasTyped(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/account")
	d.Type("New password", "quite another sentence")
	d.Do(bridge.Event{Kind: bridge.Moved, Text: "/console/team"})
	d.Do(bridge.Event{Kind: bridge.Moved, Text: "/console/account"})
	d.want("the field", d.Page.ByID(state.NewPasswordID).Attrs[".value"], "")
}

func TestANewLinkForAColleagueIsShownOnce(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/team")
	d.Click("Actions for Bob")
	d.Click("New one-time link")
	d.want("while it is made", d.text("b-dialog__text"), "Making a link…")
	ask := d.last(protocol.KindOperatorLink)
	if got := decode[protocol.OperatorLink](t, ask); got.Operator != bob {
		t.Errorf("asked for %s", got.Operator)
	}
	d.hear(ask.ID, protocol.KindInvited, &protocol.Invited{Operator: bob, Path: "/setup#SECRET", ExpiresAt: noon + 86_400_000})
	d.want("whose", d.text("b-dialog__title"), "One-time link for Bob")
	d.want("the link", d.text("b-code"), "https://chat.example/setup#SECRET")
	d.want("focus", d.asked("focus"), state.DialogFirstID)
	d.Click("Copy link")
	d.want("copied", d.asked("copy"), "https://chat.example/setup#SECRET")
	d.Click("Done")
	d.want("focus goes back", d.asked("focus"), state.MemberButtonID(bob))
	if strings.Contains(d.HTML(), "SECRET") {
		t.Error("the link is still there")
	}
}

func TestANewLinkThatIsRefusedSaysWhy(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/team")
	d.Click("Actions for Bob")
	d.Click("New one-time link")
	d.hear(d.last(protocol.KindOperatorLink).ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeConflict, Reason: "deactivated"})
	d.want("it says", d.alert(), "It changed meanwhile. Look again")
	d.Click("Cancel")
	if len(d.Page.ByClass("b-dialog")) != 0 {
		t.Error("the window is still open")
	}
}

// A link that was asked for twice is shown as it is now: the first one is dead by then.
func TestOfTwoNewLinksTheLaterOneIsShown(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/team")
	var asks []protocol.CommandID
	for range 2 {
		d.Click("Actions for Bob")
		d.Click("New one-time link")
		asks = append(asks, d.last(protocol.KindOperatorLink).ID)
		if len(asks) == 1 {
			d.Click("Cancel")
		}
	}
	for i, id := range asks {
		d.hear(id, protocol.KindInvited, &protocol.Invited{Operator: bob, Path: []string{"/setup#FIRST", "/setup#SECOND"}[i], ExpiresAt: noon + 1000})
	}
	d.want("the link", d.text("b-code"), "https://chat.example/setup#SECOND")
}

func TestALinkThatNobodyWaitsForIsNotShown(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/team")
	d.Click("Actions for Bob")
	d.Click("New one-time link")
	d.Click("Cancel")
	d.hear(d.last(protocol.KindOperatorLink).ID, protocol.KindInvited, &protocol.Invited{Operator: bob, Path: "/setup#SECRET", ExpiresAt: noon + 1000})
	if strings.Contains(d.HTML(), "SECRET") {
		t.Error("it opened a window by itself")
	}
}

func TestWhoIsOfferedANewLink(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*protocol.Operator)
		want   bool
	}{
		"an operator":          {func(*protocol.Operator) {}, true},
		"an administrator":     {func(o *protocol.Operator) { o.Role = protocol.RoleAdmin }, true},
		"who was invited":      {func(o *protocol.Operator) { o.State = protocol.OperatorInvitedState }, true},
		"not who was let go":   {func(o *protocol.Operator) { o.State = protocol.OperatorDeactivatedState }, false},
		"not a bot":            {func(o *protocol.Operator) { o.Bot = true }, false},
		"not a bot that leads": {func(o *protocol.Operator) { o.Bot, o.Role = true, protocol.RoleAdmin }, false},
	} {
		d := signedIn(t, "/console/team", func(w *protocol.OperatorWelcome) { c.change(&w.Team.Operators[1]) })
		d.Click("Actions for Bob")
		if got := strings.Contains(d.text("b-menu"), "New one-time link"); got != c.want {
			t.Errorf("%s: offered %v", name, got)
		}
	}
}
