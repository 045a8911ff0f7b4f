//go:build !wasm

package main

import (
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/vdom"
)

const (
	mila = protocol.OperatorID("01J0000000000000000000M1LA")
	echo = protocol.OperatorID("01J0000000000000000000ECH0")
)

// withBots adds two bots to the team, of which one is connected; mine is the operator's role.
func withBots(mine protocol.Role) func(*protocol.OperatorWelcome) {
	return func(w *protocol.OperatorWelcome) {
		w.Me.Role, w.Team.Operators[0].Role = mine, mine
		w.Team.Operators = append(w.Team.Operators,
			protocol.Operator{ID: mila, Name: "Mila", Role: protocol.RoleOperator, State: protocol.OperatorActive, Bot: true, Online: true},
			protocol.Operator{ID: echo, Name: "Echo", Role: protocol.RoleOperator, State: protocol.OperatorDeactivatedState, Bot: true})
	}
}

// heldByMila is conversation 41 while a bot has it, for an operator.
func heldByMila() protocol.Row {
	r := row(41)
	r.Assignee, r.MayWrite, r.MayAssign = mila, false, false
	return r
}

func TestASG01BotsStandBelowPeopleInTheAssignWindow(t *testing.T) {
	t.Parallel()
	d := opened(t, withBots(protocol.RoleAdmin))
	d.Click("Assigned to Ann. Reassign")
	d.want("people", d.text("b-people__item"), "BBobOnline · 0 conversations now | Mila, botOnline · 0 conversations now | NobodyWhoever answers first takes it.")
	d.On(d.Page.ByClass("b-radio")[1], vdom.Change, bridge.Event{B: 1})
	d.submit("b-form")
	if got := decode[protocol.ConversationAssign](t, d.last(protocol.KindConversationAssign)); got.Assignee != mila {
		t.Errorf("assigned %+v", got)
	}
}

func TestASG02WhatABotHasIsTakenOverByWhoeverReadsIt(t *testing.T) {
	t.Parallel()
	d := opened(t, withBots(protocol.RoleOperator))
	d.changed(0, heldByMila())
	d.want("the row says", d.text("b-pill--bot"), "Mila")
	if got := d.text("b-locked"); !strings.Contains(got, "A bot is answering #41: Mila") || !strings.Contains(got, "take it from the bot") {
		t.Errorf("the place says %q", got)
	}
	d.Click("Assigned to Mila. Reassign")
	d.want("only oneself", d.text("b-people__item"), "AAnn (you)Online · 1 conversation now")
	d.Click("Close window")
	d.Click("Take it")
	if got := decode[protocol.ConversationAssign](t, d.last(protocol.KindConversationAssign)); got.Assignee != ann || got.Conversation != 41 {
		t.Errorf("assigned %+v", got)
	}
}
