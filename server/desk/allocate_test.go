package desk_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/server/desk/conversation"
	"beseda/store"
)

// allocates does what the allocation bot decided: from nobody where from has no name.
func (o *office) allocates(n protocol.Number, from, to person) {
	o.t.Helper()
	o.decide(func(r store.Reader, now int64, newID func() string) (store.Outcome, error) {
		by := protocol.Actor{Kind: protocol.ActorBot, ID: protocol.Allocator, Name: "Allocation"}
		return conversation.Allocate(r, call.Call{By: by, Now: now, NewID: newID},
			conversation.Allocation{Number: n, From: from.id(), To: to.id()})
	})
}

// absent is #1 of Ann, who went away while it waits, in a channel that gives such to others.
func absent(t *testing.T, policies ...string) *office {
	t.Helper()
	o := talk(t, append([]string{"allocate.new", "least_busy", "allocate.absent", "5m"}, policies...)...)
	o.kira.must(o.kira.says("are you there?"))
	return o
}

func TestASG06TheBotGivesWhatWaitsForSomebodyAbsent(t *testing.T) {
	t.Parallel()
	o := absent(t, "access.read", "assigned")
	before := o.last()
	o.allocates(1, o.ann, o.bob)
	o.wants("assignee", o.conv(1).Assignee, o.bob.id())
	o.wants("former", o.conv(1).Former, []protocol.OperatorID{o.ann.id()})
	o.wants("state", o.now(1), "A/open")
	o.wants("Bob's unread is what waits", o.unread(o.bob, 1), 1)
	if diff := cmp.Diff([]string{"conversation.assigned by bot"}, o.tells(1, before)); diff != "" {
		t.Error(diff)
	}
	if ev := o.events(before)[0]; ev.Actor.ID != protocol.Allocator || ev.Actor.Name != "Allocation" {
		t.Errorf("by %+v", ev.Actor)
	}
	// ASG-03: who had it has lost it.
	if _, err := o.ann.notes(1, "x"); answer(err) != "forbidden" {
		t.Errorf("Ann: %v", err)
	}
	o.bob.must(o.bob.replies(1, "I am"))
}

func TestASG06OneThatCompletedByItselfAndWaitsIsGivenAndStaysCompleted(t *testing.T) {
	t.Parallel()
	o := absent(t)
	o.pass(11 * time.Minute)
	o.wants("state", o.now(1), "C/open")
	o.allocates(1, o.ann, o.bob)
	o.wants("state", o.now(1), "C/open")
	o.wants("assignee", o.conv(1).Assignee, o.bob.id())
}

func TestASG06WhatChangedMeanwhileIsLeftAlone(t *testing.T) {
	t.Parallel()
	nobody := person{}
	fresh := func(o *office) protocol.Number { return o.lev.must(o.lev.says("hello")).Conversation }
	for name, change := range map[string]func(o *office) (n protocol.Number, from, to person){
		"a colleague was given it": func(o *office) (protocol.Number, person, person) {
			o.eve.must(o.eve.assigns(1, o.eve))
			return 1, o.ann, o.bob
		},
		"it was answered": func(o *office) (protocol.Number, person, person) {
			o.eve.must(o.eve.replies(1, "here"))
			return 1, o.ann, o.bob
		},
		"it was closed": func(o *office) (protocol.Number, person, person) {
			o.ann.must(o.ann.closes(1))
			return 1, o.ann, o.bob
		},
		"somebody took it by a reply": func(o *office) (protocol.Number, person, person) {
			n := fresh(o)
			o.ann.must(o.ann.replies(n, "hi"))
			return n, nobody, o.bob
		},
		"who it is meant for was deactivated": func(o *office) (protocol.Number, person, person) {
			o.eve.must(o.eve.deactivates(o.bob))
			return fresh(o), nobody, o.bob
		},
		"they left the team": func(o *office) (protocol.Number, person, person) {
			o.eve.must(o.eve.serves(o.ann))
			return fresh(o), nobody, o.bob
		},
		"an administrator is not of the team": func(o *office) (protocol.Number, person, person) {
			o.eve.must(o.eve.serves(o.ann, o.bob))
			return fresh(o), nobody, o.eve
		},
		"new ones are not given out any more": func(o *office) (protocol.Number, person, person) {
			n := fresh(o)
			o.sets("allocate.new", "off")
			return n, nobody, o.bob
		},
		"those of absent ones are not": func(o *office) (protocol.Number, person, person) {
			o.sets("allocate.absent", "off")
			return 1, o.ann, o.bob
		},
		"a bot is nobody who answers": func(o *office) (protocol.Number, person, person) {
			return fresh(o), nobody, o.robot
		},
		"they put it back": func(o *office) (protocol.Number, person, person) {
			n := fresh(o)
			o.eve.must(o.eve.assigns(n, o.bob))
			o.bob.must(o.bob.assigns(n, nobody))
			return n, nobody, o.bob
		},
		"it is not there": func(o *office) (protocol.Number, person, person) { return 77, nobody, o.bob },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := absent(t)
			n, from, to := change(o)
			before := o.last()
			o.allocates(n, from, to)
			o.wants("events", len(o.events(before)), 0)
		})
	}
}
