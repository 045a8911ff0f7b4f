//go:build !wasm

package main

import (
	"slices"
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/wasm/bridge"
)

// Examples of the requirements that one console shows. The conversation is #41, Kira's.

// TestASG01TheChooserListsBobAndEveAndNotAnn: the channel's team and administrators, with who is here, and nobody who
// has it, was invited only or has left.
func TestASG01TheChooserListsBobAndEveAndNotAnn(t *testing.T) {
	t.Parallel()
	const zoe, lee = protocol.OperatorID("01JC00000000000000000000Z1"), protocol.OperatorID("01JC00000000000000000000L1")
	people := func(w *protocol.OperatorWelcome) {
		w.Me.Role, w.Team.Operators[0].Role, w.Team.Groups = protocol.RoleOperator, protocol.RoleOperator, nil // who knows of no groups
		w.Team.Operators[2].State, w.Team.Operators[2].Everywhere = protocol.OperatorActive, true              // Eve, who is away
		w.Team.Operators = append(w.Team.Operators,
			protocol.Operator{ID: zoe, Name: "Zoe", Role: protocol.RoleOperator, State: protocol.OperatorActive, Online: true},
			protocol.Operator{ID: lee, Name: "Lee", Role: protocol.RoleOperator, State: protocol.OperatorActive, Everywhere: true},
			protocol.Operator{ID: zoe[:25] + "2", Name: "Ida", Role: protocol.RoleOperator, State: protocol.OperatorInvitedState},
			protocol.Operator{ID: zoe[:25] + "3", Name: "Max", Role: protocol.RoleOperator, State: protocol.OperatorDeactivatedState},
		)
		w.Team.Channels[0].Team = []protocol.OperatorID{ann, bob}
	}
	d := opened(t, people)
	d.Click("Assigned to Ann. Reassign")
	listed := func() (names []string) {
		for _, item := range d.Page.ByClass("b-people__item") {
			for _, name := range []string{"Ann", "Bob", "Eve", "Zoe", "Lee", "Ida", "Max", "Nobody"} {
				if strings.Contains(item.AllText(), name) {
					names = append(names, name)
				}
			}
		}
		return names
	}
	if got := listed(); !slices.Equal(got, []string{"Bob", "Eve", "Lee", "Nobody"}) {
		t.Errorf("listed are %q: Zoe does not serve the channel, Eve and Lee stand above teams", got)
	}
	presence := d.text("b-people__item")
	if !strings.Contains(presence, "BobOnline") || !strings.Contains(presence, "EveOffline") {
		t.Errorf("who is here is not said: %q", presence)
	}
	d.Type("Find a colleague", "ev")
	if got := listed(); !slices.Equal(got, []string{"Eve"}) {
		t.Errorf("found are %q", got)
	}
	d.Type("Find a colleague", "")
	team := welcome()
	people(team)
	team.Team.Channels[0].Team = nil
	d.hear("", protocol.KindTeam, &team.Team)
	if got := listed(); !slices.Contains(got, "Zoe") {
		t.Errorf("where everybody serves the channel listed are %q", got)
	}
}

func TestINB01TheRowCountsWhatIsUnreadUntilItIsOpened(t *testing.T) {
	t.Parallel()
	three := row(41)
	three.Unread = 3
	d := signedIn(t, "/console/", func(w *protocol.OperatorWelcome) { w.Inbox.Rows = []protocol.Row{three, row(40)} })
	badges := func() (all []string) {
		for _, n := range d.Page.ByClass("b-badge") {
			all = append(all, strings.TrimSpace(n.AllText()))
		}
		return all
	}
	name := d.Page.ByClass("b-row__name")[0].AllText()
	if got := badges(); !strings.Contains(name, "Kira") || !slices.ContainsFunc(got, func(s string) bool { return strings.HasSuffix(s, "3") }) {
		t.Errorf("%s has %q", name, got)
	}
	d.want("the badge says what it counts", d.text("b-row__marks"), ", unread: 3 | ")
	none := row(41)
	none.Unread = 0
	d.changed(0, none)
	d.want("having read", d.text("b-row__marks"), " | ")
}

func TestINB02ARowShowsTheChannelsIconAndNameAndFollowsItsRenaming(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/")
	icon := d.Page.ByClass("b-row__channel")[0]
	d.want("the icon's words", icon.Attrs["aria-label"], "via Acme shop")
	d.want("the name", d.Page.ByClass("b-row__via")[0].AllText(), "Acme shop")
	team := welcome().Team
	team.Channels[0].Looks.Name = "Acme outlet"
	d.hear("", protocol.KindTeam, &team)
	d.want("renamed, the icon's words", d.Page.ByClass("b-row__channel")[0].Attrs["aria-label"], "via Acme outlet")
	d.want("renamed", d.text("b-row__via"), "Acme outlet | Acme outlet")
}

func TestDRF01WhatWasTypedIsThereOnComingBackFromAnother(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.Type("Reply", "abc")
	d.Do(bridge.Event{Kind: bridge.Moved, Text: "/console/#40"})
	if d.textbox("Reply") != nil && d.reply() == "abc" {
		t.Fatal("#40 has the text of #41")
	}
	d.want("the row of #41", d.Page.ByClass("b-row__last")[0].AllText(), "Draft: abc")
	d.Do(bridge.Event{Kind: bridge.Moved, Text: "/console/#41"})
	d.want("back in #41", d.reply(), "abc")
}
