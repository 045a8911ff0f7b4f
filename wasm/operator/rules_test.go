//go:build !wasm

package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/operator/view"
	"beseda/wasm/vdom"
)

// table is the keys that these tests need, as the server would send them.
func table() *protocol.Policies {
	keys := []protocol.PolicyKey{
		{Key: "inbound.closed", Form: protocol.FormChoice, Allowed: []string{"new", "reopen", "reopen_within:"}},
		{Key: "complete.statuses", Form: protocol.FormSet, Allowed: []string{"open", "pending", "closed"}},
		{Key: "autocomplete.after", Form: protocol.FormDuration, Allowed: []string{"off"}},
		{Key: "autocomplete.status", Form: protocol.FormChoice, Allowed: []string{"by_last_author", "open", "pending", "closed"}},
		{Key: "autocomplete.unassigned_after", Form: protocol.FormDuration, Allowed: []string{"same", "off"}},
		{Key: "autocomplete.warn_before", Form: protocol.FormDuration},
		{Key: "autocomplete.hold_for", Form: protocol.FormDuration},
		{Key: "split.enabled", Form: protocol.FormSwitch},
		{Key: "sla.warn", Form: protocol.FormTenth, Allowed: []string{"off"}},
		{Key: "sla.limit", Form: protocol.FormTenth, Allowed: []string{"off"}},
		{Key: "allocate.new", Form: protocol.FormChoice, Allowed: []string{"off", "least_busy"}},
		{Key: "allocate.absent", Form: protocol.FormDuration, Allowed: []string{"off"}},
		{Key: "offline_delivery", Form: protocol.FormAfterward, Allowed: []string{"queue", "fail_after:"}},
	}
	values := func(all ...string) (list []protocol.PolicyValue) {
		for i, v := range all {
			list = append(list, protocol.PolicyValue{Key: keys[i].Key, Value: v})
		}
		return list
	}
	omni := values("new", "open,pending,closed", "10m", "by_last_author", "same", "2m", "5m", "true", "off", "off", "off", "off", "queue")
	return &protocol.Policies{Keys: keys, Workspace: omni, Presets: []protocol.PresetValues{
		{Preset: protocol.PresetAmo, Values: values("reopen", "closed", "off", "closed", "same", "0s", "0s", "false", "off", "10m", "off", "off", "queue")},
		{Preset: protocol.PresetOmni, Values: omni},
		{Preset: protocol.PresetRetail, Values: values("reopen", "closed", "24h", "closed", "720h", "0s", "0s", "false", "5m", "10m", "off", "off", "fail_after:1m")},
	}}
}

// settings is the page of how conversations behave, in the workspace or one channel.
func settings(t *testing.T, path string, change ...func(*protocol.Policies)) *desk {
	t.Helper()
	d := signedIn(t, "/console/conversations"+path)
	p := table()
	for _, f := range change {
		f(p)
	}
	d.hear(d.last(protocol.KindPoliciesRead).ID, protocol.KindPolicies, p)
	return d
}

// set gives a control of a key a value.
func (d *desk) set(id string, event vdom.Event, e bridge.Event) {
	d.t.Helper()
	d.On(d.Page.ByID(id), event, e)
}

func TestEveryPolicyHasItsPlaceOnThePageOnce(t *testing.T) {
	t.Parallel()
	want := strings.Fields(`inbound.closed inbound.open inbound.pending outbound.completed outbound.closed complete.statuses record.rule
		record.preference autocomplete.after autocomplete.status autocomplete.unassigned_after autocomplete.warn_before autocomplete.hold_for
		split.enabled access.read reassign.previous_can_read claim_on_reply bot.ends_wait sla.clock sla.warn sla.limit nps nps.every nps.scale
		draft.persistence offline_delivery reaction.restarts_timer allocate.new allocate.absent`) // state-machine §3, ASG-06
	got := view.RuleKeys()
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAPresetShowsWhatItChangesBeforeItIsSaved(t *testing.T) {
	t.Parallel()
	d := settings(t, "")
	d.want("nothing yet", d.text("b-unsaved"), "")
	d.set("rule-inbound-closed", vdom.Change, bridge.Event{Text: "new"})
	d.On(d.Page.Find(func(n *pageNode) bool { return n.Attrs["aria-labelledby"] == "preset-amo" }), vdom.Change, bridge.Event{B: 1})
	changes := d.text("b-changes")
	for _, part := range []string{"This preset changes 8 settings:", "After closing, a new message: Starts a new conversation → Opens the old one again",
		"Complete when nobody writes for: 10 minutes → Never"} {
		if !strings.Contains(changes, part) {
			t.Errorf("%q is not in %q", part, changes)
		}
	}
	d.want("pill", d.text("b-unsaved"), "8 changes not saved")
	d.want("preview", d.text("b-sentences"), "A message after closing opens the same conversation again.A conversation stays active until somebody ends it.")
	if d.count(protocol.KindPolicyChange) != 0 {
		t.Fatal("it was saved already")
	}
	d.submit2()
	if got := decode[protocol.PolicyChange](t, d.last(protocol.KindPolicyChange)); got.Preset != protocol.PresetAmo || len(got.Values) != 0 || len(got.Unset) != 0 {
		t.Errorf("sent %+v", got)
	}
	d.hear(d.last(protocol.KindPolicyChange).ID, protocol.KindAccepted, &protocol.Accepted{Position: 9})
	d.want("saved", d.text("b-unsaved"), "")
	if !strings.Contains(d.text("b-toast"), "Saved") {
		t.Error("nothing says that it was saved")
	}
}

func TestAPresetForAChannelListsOnlyWhatBecomesAnotherThere(t *testing.T) {
	t.Parallel()
	d := settings(t, "/"+string(shop), func(p *protocol.Policies) {
		p.Channels = []protocol.ChannelPolicies{{Channel: shop, Values: []protocol.PolicyValue{{Key: "split.enabled", Value: "false"}}}}
	})
	choose := func(preset string) {
		d.On(d.Page.Find(func(n *pageNode) bool { return n.Attrs["aria-labelledby"] == "preset-"+preset }), vdom.Change, bridge.Event{B: 1})
	}
	choose("omni") // whose values the workspace has
	changes := d.text("b-changes")
	if !strings.Contains(changes, "This preset changes 1 setting:") || strings.Contains(changes, "10 minutes → 10 minutes") {
		t.Errorf("it says %q", changes)
	}
	if n := strings.Count(changes, "→"); n != 1 {
		t.Errorf("%d changes are listed: %q", n, changes)
	}
	choose("amo")
	if changes := d.text("b-changes"); !strings.Contains(changes, "This preset changes 7 settings:") || strings.Count(changes, "→") != 7 {
		t.Errorf("then it says %q", changes)
	}
	d.submit2()
	if got := decode[protocol.PolicyChange](t, d.last(protocol.KindPolicyChange)); got.Preset != protocol.PresetAmo || got.Channel != shop || len(got.Unset) != 0 {
		t.Errorf("sent %+v", got)
	}
}

func TestAPresetThatAChannelHasInForceAlreadySaysSo(t *testing.T) {
	t.Parallel()
	d := settings(t, "/"+string(shop))
	d.On(d.Page.Find(func(n *pageNode) bool { return n.Attrs["aria-labelledby"] == "preset-omni" }), vdom.Change, bridge.Event{B: 1})
	d.want("changes", d.text("b-changes"), "Everything is as in this preset already.")
}

func TestDLV05HowLongAMessageWaitsForSomebodyWhoLeftIsChosen(t *testing.T) {
	t.Parallel()
	d := settings(t, "")
	d.set("rule-offline-delivery", vdom.Change, bridge.Event{Text: "fail_after:"})
	if got := d.text("b-sentences"); !strings.Contains(got, "has not reached the visitor after 1 minute is not sent") {
		t.Errorf("the preview says %q", got)
	}
	d.set("rule-offline-delivery-time", vdom.InputEvent, bridge.Event{Text: "3"})
	d.submit2()
	want := []protocol.PolicyValue{{Key: "offline_delivery", Value: "fail_after:3m"}}
	if diff := cmp.Diff(want, decode[protocol.PolicyChange](t, d.last(protocol.KindPolicyChange)).Values); diff != "" {
		t.Error(diff)
	}
}

func TestAPresetWithAKeyOfOnesOwnSendsBoth(t *testing.T) {
	t.Parallel()
	d := settings(t, "")
	d.On(d.Page.Find(func(n *pageNode) bool { return n.Attrs["aria-labelledby"] == "preset-retail" }), vdom.Change, bridge.Event{B: 1})
	d.set("rule-autocomplete-after-time", vdom.InputEvent, bridge.Event{Text: "48"})
	d.submit2()
	want := protocol.PolicyChange{Preset: protocol.PresetRetail, Values: []protocol.PolicyValue{{Key: "autocomplete.after", Value: "48h"}}}
	if diff := cmp.Diff(want, decode[protocol.PolicyChange](t, d.last(protocol.KindPolicyChange))); diff != "" {
		t.Error(diff)
	}
}

func TestATimeIsANumberAndAUnit(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		number, unit, want string
	}{
		"minutes stay minutes":       {"30", "m", "30m"},
		"ninety minutes are written": {"90", "m", "1h30m"},
		"hours":                      {"2", "h", "2h"},
		"seconds":                    {"600", "s", ""}, // ten minutes: nothing changed
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := settings(t, "", func(p *protocol.Policies) { p.Workspace[5].Value, p.Workspace[6].Value = "0s", "0s" })
			d.set("rule-autocomplete-after-time", vdom.InputEvent, bridge.Event{Text: c.number})
			d.On(d.Page.Named("Unit: Complete when nobody writes for"), vdom.Change, bridge.Event{Text: c.unit})
			if c.want == "" {
				d.want("unsaved", d.text("b-unsaved"), "")
				return
			}
			d.want("as typed", d.Page.ByID("rule-autocomplete-after-time").Attrs[".value"], c.number)
			d.submit2()
			got := decode[protocol.PolicyChange](t, d.last(protocol.KindPolicyChange))
			if len(got.Values) != 1 || got.Values[0].Value != c.want {
				t.Errorf("sent %+v", got)
			}
		})
	}
}

func TestABrokenRuleIsNamedAtItsFieldAndNothingIsSent(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		do   func(*desk)
		key  string
		says string
	}{
		"no number": {func(d *desk) {
			d.set("rule-autocomplete-after-time", vdom.InputEvent, bridge.Event{Text: "soon"})
		}, "autocomplete-after", "Write a whole number above 0."},
		"a warning longer than the time": {func(d *desk) {
			d.set("rule-autocomplete-warn-before-time", vdom.InputEvent, bridge.Event{Text: "10"})
		}, "autocomplete-warn-before", "Has to be shorter than the time to completion."},
		"hold without a warning": {func(d *desk) {
			d.set("rule-autocomplete-warn-before", vdom.Change, bridge.Event{Text: "0s"})
		}, "autocomplete-hold-for", "Holding needs a warning before it."},
		"a status that nobody may leave": {func(d *desk) {
			d.On(d.Page.ByClass("b-checkbox")[1], vdom.Change, bridge.Event{})
		}, "autocomplete-status", "This needs Open and Pending"},
		"yellow without red": {func(d *desk) {
			d.set("rule-sla-warn", vdom.Change, bridge.Event{Text: "after"})
		}, "sla-warn", "Needs a time for red"},
		"no step of ten seconds": {func(d *desk) {
			d.set("rule-sla-limit", vdom.Change, bridge.Event{Text: "after"})
			d.set("rule-sla-limit-time", vdom.InputEvent, bridge.Event{Text: "7"})
			d.On(d.Page.Named("Unit: Red after"), vdom.Change, bridge.Event{Text: "s"})
		}, "sla-limit", "Write it in steps of 10 seconds."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := settings(t, "")
			c.do(d)
			d.submit2()
			if d.count(protocol.KindPolicyChange) != 0 {
				t.Error("it was sent")
			}
			problem := d.Page.ByID("rule-" + c.key + "-problem")
			if problem == nil {
				t.Fatalf("the page says %q", d.alert())
			}
			if !strings.Contains(problem.AllText(), c.says) {
				t.Errorf("it says %q", problem.AllText())
			}
			d.want("focus", d.asked("focus"), "rule-"+c.key)
		})
	}
}

func TestAChannelThatWouldBreakIsNamed(t *testing.T) {
	t.Parallel()
	d := settings(t, "", func(p *protocol.Policies) {
		p.Channels = []protocol.ChannelPolicies{{Channel: shop, Values: []protocol.PolicyValue{{Key: "autocomplete.warn_before", Value: "5m"}}}}
	})
	d.set("rule-autocomplete-after-time", vdom.InputEvent, bridge.Event{Text: "4"})
	d.submit2()
	if got := d.alert(); !strings.Contains(got, "In Acme shop this would not go with what is set there") {
		t.Errorf("the page says %q", got)
	}
}

func TestTheServersRefusalNamesTheFieldToo(t *testing.T) {
	t.Parallel()
	d := settings(t, "")
	d.set("rule-inbound-closed", vdom.Change, bridge.Event{Text: "reopen"})
	d.submit2()
	d.hear(d.last(protocol.KindPolicyChange).ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeInvalid, Reason: "field=sla.warn channel=" + string(shop)})
	if d.Page.ByID("rule-sla-warn-problem") == nil || !strings.Contains(d.alert(), "Acme shop") {
		t.Errorf("the page says %q", d.alert())
	}
	d.want("still unsaved", d.text("b-unsaved"), "1 change not saved")
}

func TestAChannelInheritsUntilItHasAValueOfItsOwn(t *testing.T) {
	t.Parallel()
	d := settings(t, "/"+string(shop))
	if d.Page.ByID("rule-inbound-closed") != nil {
		t.Fatal("an inherited value can be changed at once")
	}
	d.Click("Set here: After closing, a new message")
	d.want("focus", d.asked("focus"), "rule-inbound-closed")
	d.set("rule-inbound-closed", vdom.Change, bridge.Event{Text: "reopen_within:"})
	d.want("a time stands beside it", d.Page.ByID("rule-inbound-closed-time").Attrs[".value"], "24")
	d.submit2()
	want := protocol.PolicyChange{Channel: shop, Values: []protocol.PolicyValue{{Key: "inbound.closed", Value: "reopen_within:24h"}}}
	if diff := cmp.Diff(want, decode[protocol.PolicyChange](t, d.last(protocol.KindPolicyChange))); diff != "" {
		t.Error(diff)
	}
	saved := table()
	saved.Channels = []protocol.ChannelPolicies{{Channel: shop, Values: want.Values}}
	d.hear(d.last(protocol.KindPolicyChange).ID, protocol.KindAccepted, &protocol.Accepted{})
	d.hear(d.last(protocol.KindPoliciesRead).ID, protocol.KindPolicies, saved)
	d.Click("As everywhere: After closing, a new message")
	d.submit2()
	if got := decode[protocol.PolicyChange](t, d.last(protocol.KindPolicyChange)); len(got.Values) != 0 || !slices.Equal(got.Unset, []string{"inbound.closed"}) {
		t.Errorf("sent %+v", got)
	}
}

func TestUnsavedRulesAreNotLostByLeaving(t *testing.T) {
	t.Parallel()
	d := settings(t, "")
	d.set("rule-split-enabled", vdom.Change, bridge.Event{B: 0})
	d.Click("Inbox")
	d.want("asked", d.text("b-dialog__title"), "Leave without saving?")
	d.Click("Cancel")
	d.want("still here", d.text("b-unsaved"), "1 change not saved")
	d.Click("Discard")
	d.want("undone", d.text("b-unsaved"), "")
}

func TestOperatorsDoNotSeeTheRules(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/conversations", func(w *protocol.OperatorWelcome) {
		w.Me.Role = protocol.RoleOperator
		w.Team.Operators[0].Role = protocol.RoleOperator
	})
	d.want("page", d.text("b-empty__title"), "Only with the right to change settings")
}

func TestASG06WhoGetsWhatWaitsIsSaidAndSaved(t *testing.T) {
	t.Parallel()
	d := settings(t, "")
	for _, word := range []string{"by itself to the operator", "has been offline"} {
		if strings.Contains(d.text("b-sentences"), word) {
			t.Errorf("switched off it says %q", d.text("b-sentences"))
		}
	}
	d.set("rule-allocate-new", vdom.Change, bridge.Event{Text: "least_busy"})
	d.set("rule-allocate-absent", vdom.Change, bridge.Event{Text: "after"})
	d.want("a likely time", d.Page.ByID("rule-allocate-absent-time").Attrs[".value"], "5")
	d.set("rule-allocate-absent-time", vdom.InputEvent, bridge.Event{Text: "15"})
	for _, sentence := range []string{"A new conversation goes by itself to the operator who is online and has the fewest active ones.",
		"If the visitor waits and the operator has been offline for 15 minutes, somebody else who is online gets the conversation."} {
		if !strings.Contains(d.text("b-sentences"), sentence) {
			t.Errorf("it says %q", d.text("b-sentences"))
		}
	}
	d.submit2()
	want := protocol.PolicyChange{Values: []protocol.PolicyValue{{Key: "allocate.new", Value: "least_busy"}, {Key: "allocate.absent", Value: "15m"}}}
	if diff := cmp.Diff(want, decode[protocol.PolicyChange](t, d.last(protocol.KindPolicyChange))); diff != "" {
		t.Error(diff)
	}
}
