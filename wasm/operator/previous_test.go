//go:build !wasm

package main

import (
	"strings"
	"testing"

	"beseda/wasm/bridge"
)

func TestPRV01TheLinkStandsOnlyWhereThereIsAPreviousConversation(t *testing.T) {
	t.Parallel()
	d := opened(t)
	if d.Page.Named("Show previous conversation #38") != nil || len(d.Page.ByClass("b-fold")) != 0 {
		t.Error("there is a link, and no previous conversation")
	}
	d.changed(0, chained())
	if d.Page.Named("Show previous conversation #38") == nil {
		t.Error("there is no link")
	}
}

func TestPRV03TheLinkTogglesToHide(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.changed(0, chained())
	d.want("hidden", d.Page.ByID("previous").Attrs["aria-expanded"], "false")
	d.shown(false)
	if d.Page.Named("Hide previous conversation") == nil {
		t.Error("the link does not say that it hides")
	}
	d.want("shown", d.Page.ByID("previous").Attrs["aria-expanded"], "true")
	d.Click("Hide previous conversation")
	d.want("hidden again", d.Page.ByID("previous").Attrs["aria-expanded"], "false")
	if log := d.text("b-log"); strings.Contains(log, "Which bulb fits?") || !strings.Contains(log, "Is it in stock?") {
		t.Errorf("the log says %q", log)
	}
}

func TestCHN02TheLinkLeadsThereAndTheBrowserBack(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.changed(0, chained())
	d.Click("Next conversation #47")
	d.want("address", d.asked("push"), "/console/#47")
	if d.State.Route.Number != 47 {
		t.Errorf("#%d is displayed", d.State.Route.Number)
	}
	d.Do(bridge.Event{Kind: bridge.Moved, Text: "/console/#41"})
	if d.State.Route.Number != 41 || !strings.Contains(d.text("b-log"), "Is it in stock?") {
		t.Errorf("back is #%d, %q", d.State.Route.Number, d.text("b-log"))
	}
}
