//go:build !wasm

package main

import (
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/wasm/bridge"
)

func TestWithoutASessionTheFormAsks(t *testing.T) {
	t.Parallel()
	d := load(t, "/console/", "en")
	d.Do(bridge.Event{Kind: bridge.Answered, A: 401, B: 1})
	d.Type("Email", "ann@example.com")
	d.Type("Password", "beseda-demo")
	d.submit("b-door__card")
	d.want("the button", d.text("b-button--tall"), "Signing in…")
	d.Do(bridge.Event{Kind: bridge.Answered, A: 204, B: 2})
	d.want("socket", d.asked("connect"), "/ws")
	d.connect()
	if d.Page.Named("Conversations") == nil {
		t.Error("the list is not there")
	}
}

func TestAWrongPasswordKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	d := load(t, "/console/", "en")
	d.Do(bridge.Event{Kind: bridge.Answered, A: 401, B: 1})
	d.Type("Email", "ann@example.com")
	d.Type("Password", "wrong")
	d.submit("b-door__card")
	if got := d.Asked("http"); got[len(got)-1].Text != "POST" || strings.Join(got[len(got)-1].List, " ") != "email ann@example.com password wrong" {
		t.Fatalf("asked %v", got)
	}
	d.Do(bridge.Event{Kind: bridge.Answered, A: 401, B: 2, List: []string{"code", "unauthorized"}})
	if alert := d.alert(); !strings.Contains(alert, "do not match") {
		t.Errorf("the alert says %q", alert)
	}
	d.want("the address", d.Page.ByID("email").Attrs[".value"], "ann@example.com")
	d.want("the password", d.Page.ByID("password").Attrs[".value"], "wrong")
}

func TestTooManyTriesSayWhenToComeBack(t *testing.T) {
	t.Parallel()
	d := load(t, "/console/", "en")
	d.Do(bridge.Event{Kind: bridge.Answered, A: 401, B: 1})
	d.Type("Email", "ann@example.com")
	d.Type("Password", "wrong")
	d.submit("b-door__card")
	d.Do(bridge.Event{Kind: bridge.Answered, A: 429, B: 2, List: []string{"code", "rate_limited", "retry_ms", "61000"}})
	d.want("the alert", d.alert(), "Too many tries. Try again in 61 seconds.")
}

func TestAnEmptyFormAsksNothingOfTheServer(t *testing.T) {
	t.Parallel()
	d := load(t, "/console/", "en")
	d.Do(bridge.Event{Kind: bridge.Answered, A: 401, B: 1})
	before := len(d.Asked("http"))
	d.submit("b-door__card")
	if len(d.Asked("http")) != before {
		t.Error("it was sent")
	}
	d.want("focus", d.asked("focus"), "email")
}

func TestPlainHTTPSaysSoBeforeAnybodyTypes(t *testing.T) {
	t.Parallel()
	d := load(t, "/console/", "en")
	d.Gate.Insecure = true
	d.Do(bridge.Event{Kind: bridge.Answered, A: 401, B: 1})
	if !strings.Contains(d.text("b-banner"), "not encrypted") {
		t.Errorf("the page says %q", d.text("b-banner"))
	}
}

func TestASessionEndedElsewhereShowsTheFormAndNothingOfBefore(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.Type("Reply", "half a sentence")
	d.hear("", protocol.KindGoodbye, &protocol.Goodbye{Code: protocol.CodeUnauthorized})
	if d.Page.ByID("email") == nil {
		t.Fatal("there is no form")
	}
	if strings.Contains(d.HTML(), "Kira") {
		t.Error("the visitor's name is still there")
	}
	saved := ""
	for _, e := range d.Asked("save") {
		if strings.HasPrefix(e.Text, "console.draft.") {
			saved = keptDraft(t, e.Data).Text
		}
	}
	d.want("the draft kept", saved, "half a sentence")
}

func TestARefusedSocketAsksWhetherTheSessionStillHolds(t *testing.T) {
	t.Parallel()
	d := opened(t)
	before := len(d.Asked("http"))
	d.Do(bridge.Event{Kind: bridge.Closed, A: 1006})
	if len(d.Asked("http")) != before+1 {
		t.Fatal("it did not ask")
	}
	d.Do(bridge.Event{Kind: bridge.Answered, A: 401, B: 1, List: []string{"code", "unauthorized"}})
	if !strings.Contains(d.text("b-banner"), "signed out") {
		t.Errorf("the page says %q", d.text("b-banner"))
	}
}

func TestAServerThatIsStartingIsAskedAgain(t *testing.T) {
	t.Parallel()
	d := load(t, "/console/", "en")
	d.Do(bridge.Event{Kind: bridge.Answered, A: 0, B: 1})
	if len(d.Asked("timer")) == 0 {
		t.Fatal("no timer")
	}
	d.Do(bridge.Event{Kind: bridge.Fired, A: 1})
	if got := len(d.Asked("http")); got != 2 {
		t.Errorf("asked %d times", got)
	}
}
