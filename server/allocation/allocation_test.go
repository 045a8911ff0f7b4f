package allocation_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/server/allocation"
	"beseda/server/desk"
	"beseda/server/desk/call"
	"beseda/server/desk/team"
	"beseda/server/engine"
	"beseda/server/hub"
	"beseda/server/inbox"
	"beseda/store"
	"beseda/store/memory"
)

// world is the desk with its list and its hub, whose time is moved by hand; the bot looks when it is told to.
type world struct {
	t     *testing.T
	store store.Store
	clock atomic.Int64 // unix milliseconds
	ids   atomic.Int64
	lines map[protocol.OperatorID]*hub.Listener

	engine *engine.Engine
	inbox  *inbox.Inbox
	hub    *hub.Hub
	bot    *allocation.Bot

	channel       protocol.ChannelID
	eve, ann, bob protocol.OperatorID

	mu    sync.Mutex
	later []func()
}

func newWorld(t *testing.T, policies ...string) *world {
	t.Helper()
	w := &world{t: t, store: memory.New()}
	w.clock.Store(1_700_000_000_000)
	w.open()
	t.Cleanup(func() { w.engine.Close() })
	w.eve = w.hire("Eve", protocol.RoleAdmin)
	w.ann = w.hire("Ann", protocol.RoleOperator)
	w.bob = w.hire("Bob", protocol.RoleOperator)
	w.channel = w.newChannel()
	w.sets("", policies...)
	return w
}

// open begins, or begins anew over the same store, as a process does.
func (w *world) open() {
	w.t.Helper()
	if err := w.store.View(func(r store.Reader) (err error) {
		w.inbox, err = inbox.New(store.Scope(store.Main, r))
		return err
	}); err != nil {
		w.t.Fatal(err)
	}
	now := func() time.Time { return time.UnixMilli(w.clock.Load()) }
	log := slog.New(slog.DiscardHandler)
	w.lines = map[protocol.OperatorID]*hub.Listener{}
	w.hub = hub.New(w.inbox, func(protocol.ThreadID) protocol.Number { return 0 }, now,
		func(_ time.Duration, fn func()) {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.later = append(w.later, fn)
		}, log)
	var err error
	w.engine, err = engine.New(engine.Config{Store: w.store, Workspace: store.Main, Domain: desk.Domain{}, Now: now, NewID: w.newID,
		Published: func(frames []protocol.Frame, r store.Reader) { w.hub.Publish(frames, r) }})
	if err != nil {
		w.t.Fatal(err)
	}
	w.bot = allocation.New(w.inbox, w.hub, log)
}

func (w *world) newID() string {
	return fmt.Sprintf("01JD%022d", w.ids.Add(1))
}

func (w *world) do(c call.Call, cmd protocol.Body) protocol.Accepted {
	w.t.Helper()
	a, err := w.engine.Do(w.t.Context(), engine.Command{Decide: func(r store.Reader, now int64, id func() string) (store.Outcome, error) {
		c.Now, c.NewID = now, id
		return desk.Decide(r, c, cmd)
	}})
	if err != nil {
		w.t.Fatal(err)
	}
	return a
}

func (w *world) as(id protocol.OperatorID, cmd protocol.Body) protocol.Accepted {
	w.t.Helper()
	return w.do(call.Call{By: protocol.Actor{Kind: protocol.ActorOperator, ID: string(id)}}, cmd)
}

func (w *world) hire(name string, role protocol.Role) protocol.OperatorID {
	w.t.Helper()
	id := protocol.OperatorID(w.newID())
	_, err := w.engine.Do(w.t.Context(), engine.Command{Decide: func(r store.Reader, now int64, newID func() string) (store.Outcome, error) {
		c := call.Call{By: protocol.Actor{Kind: protocol.ActorAPI}, Admin: true, Now: now, NewID: newID}
		return team.Found(r, c, id, name, strings.ToLower(name)+"@example.com", role, false)
	}})
	if err != nil {
		w.t.Fatal(err)
	}
	return id
}

func (w *world) newChannel() protocol.ChannelID {
	w.t.Helper()
	made := w.as(w.eve, &protocol.ChannelCreate{Looks: protocol.Looks{Name: "Acme shop", Color: "#0a7d4f"}, AnySite: true})
	return protocol.ChannelID(made.Made)
}

func (w *world) sets(channel protocol.ChannelID, pairs ...string) {
	w.t.Helper()
	cmd := &protocol.PolicyChange{Channel: channel}
	for pair := range slices.Chunk(pairs, 2) {
		cmd.Values = append(cmd.Values, protocol.PolicyValue{Key: pair[0], Value: pair[1]})
	}
	w.as(w.eve, cmd)
}

// writes has somebody new write in a channel.
func (w *world) writes(channel protocol.ChannelID) protocol.Number {
	w.t.Helper()
	c := call.Call{By: protocol.Actor{Kind: protocol.ActorVisitor, ID: w.newID()}, Channel: channel}
	return w.do(c, &protocol.MessageSend{Text: "hello"}).Conversation
}

// comes and goes are presence; who is gone is gone after the four seconds for which that is told to nobody.
func (w *world) comes(ids ...protocol.OperatorID) {
	w.t.Helper()
	for _, id := range ids {
		var o store.Operator
		if err := w.engine.Read(func(r store.Reader) (err error) {
			o, err = store.Operators.Get(r, store.Text(id))
			return err
		}); err != nil {
			w.t.Fatal(err)
		}
		w.lines[id] = hub.NewOperator(w.inbox.Open(o), func(bool) {})
		w.hub.Join(w.lines[id])
	}
}

func (w *world) goes(id protocol.OperatorID) {
	w.hub.Leave(w.lines[id])
	w.mu.Lock()
	due := w.later
	w.later = nil
	w.mu.Unlock()
	for _, fn := range due {
		fn()
	}
}

func (w *world) pass(d time.Duration) { w.clock.Add(d.Milliseconds()) }

func (w *world) look() {
	w.t.Helper()
	if err := w.bot.Look(w.t.Context(), w.engine); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) assignee(n protocol.Number) (id protocol.OperatorID) {
	w.t.Helper()
	if err := w.engine.Read(func(r store.Reader) error {
		conv, err := store.Conversations.Get(r, store.Num(n))
		id = conv.Assignee
		return err
	}); err != nil {
		w.t.Fatal(err)
	}
	return id
}

// wants compares who has which conversation.
func (w *world) wants(when string, want map[protocol.Number]protocol.OperatorID) {
	w.t.Helper()
	got := map[protocol.Number]protocol.OperatorID{}
	for n := range want {
		got[n] = w.assignee(n)
	}
	if d := cmp.Diff(want, got); d != "" {
		w.t.Errorf("%s (-want +got)\n%s", when, d)
	}
}

type has = map[protocol.Number]protocol.OperatorID

func TestG08NewOnesGoToTheLeastBusy(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "allocate.new", "least_busy")
	w.comes(w.bob, w.ann)
	for n := range protocol.Number(4) {
		w.writes(w.channel)
		w.look()
		w.wants(fmt.Sprint("after ", n+1), has{n + 1: []protocol.OperatorID{w.ann, w.bob}[n%2]})
	}
	// Bob has fewer now, whoever's turn it was.
	w.as(w.bob, &protocol.ConversationClose{Conversation: 2})
	w.as(w.bob, &protocol.ConversationClose{Conversation: 4})
	five, six := w.writes(w.channel), w.writes(w.channel)
	w.look()
	w.wants("both go to Bob", has{five: w.bob, six: w.bob})
	// Both have two; Ann was given hers longer ago.
	seven := w.writes(w.channel)
	w.look()
	w.wants("then to Ann", has{seven: w.ann})
}

func TestG08WhileNobodyIsThereTheyWaitForWhoeverComes(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "allocate.new", "least_busy")
	w.writes(w.channel)
	w.look()
	w.wants("nobody is there", has{1: ""})
	w.pass(11 * time.Minute) // it completes by itself, and still waits
	w.writes(w.channel)
	w.comes(w.bob)
	w.look()
	w.wants("Bob comes", has{1: w.bob, 2: w.bob})
}

func TestG08SwitchedOffNothingIsGiven(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.comes(w.ann)
	w.writes(w.channel)
	w.look()
	w.wants("at first", has{1: ""})
	w.sets("", "allocate.new", "least_busy")
	w.look()
	w.wants("once it is on", has{1: w.ann})
}

func TestG08EachChannelHasItsTeamAndItsPolicy(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "allocate.new", "least_busy")
	other, third := w.newChannel(), w.newChannel()
	w.as(w.eve, &protocol.TeamChange{Channel: w.channel, Operators: []protocol.OperatorID{w.ann}})
	w.as(w.eve, &protocol.TeamChange{Channel: other, Operators: []protocol.OperatorID{w.bob}})
	w.sets(third, "allocate.new", "off")
	w.comes(w.eve, w.bob) // Eve, an administrator, is of no team
	w.writes(w.channel)
	w.writes(other)
	w.writes(third)
	w.look()
	w.wants("Ann is not there", has{1: "", 2: w.bob, 3: ""})
	w.comes(w.ann)
	w.look()
	w.wants("Ann comes", has{1: w.ann, 2: w.bob, 3: ""})
}

func TestASG06WhatWaitsForSomebodyAbsentGoesToSomebodyFree(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "allocate.absent", "5m")
	w.comes(w.ann, w.bob)
	waits, answered := w.writes(w.channel), w.writes(w.channel)
	for _, n := range []protocol.Number{waits, answered} {
		w.as(w.eve, &protocol.ConversationAssign{Conversation: n, Assignee: w.ann})
	}
	w.as(w.ann, &protocol.MessageSend{Conversation: answered, Text: "done"})
	unassigned := w.writes(w.channel)
	w.goes(w.ann)
	w.pass(5*time.Minute - time.Millisecond)
	w.look()
	w.wants("a moment before", has{waits: w.ann, answered: w.ann, unassigned: ""})
	w.comes(w.ann)
	w.goes(w.ann)
	w.pass(time.Minute)
	w.look()
	w.wants("she was there in between", has{waits: w.ann})
	w.pass(4 * time.Minute)
	w.look()
	w.wants("after five minutes", has{waits: w.bob, answered: w.ann, unassigned: ""})
	// Bob goes too, and Ann is back: she had it before, and may have it again.
	w.goes(w.bob)
	w.comes(w.ann)
	w.pass(5 * time.Minute)
	w.look()
	w.wants("and back", has{waits: w.ann})
}

func TestASG06AfterARestartAbsenceCountsFromTheStart(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "allocate.absent", "5m", "allocate.new", "least_busy")
	w.comes(w.ann)
	w.writes(w.channel)
	w.look()
	w.wants("Ann has it", has{1: w.ann})
	w.goes(w.ann)
	w.pass(4 * time.Minute)
	w.engine.Close()
	w.open()
	w.comes(w.bob)
	w.pass(5*time.Minute - time.Millisecond)
	w.look()
	w.wants("a moment before", has{1: w.ann})
	w.pass(time.Millisecond)
	w.look()
	w.wants("five minutes after the start", has{1: w.bob})
}

// between does something just before the bot's command.
type between struct {
	*engine.Engine
	first func()
}

func (b *between) Do(ctx context.Context, c engine.Command) (protocol.Accepted, error) {
	if first := b.first; first != nil {
		b.first = nil
		first()
	}
	return b.Engine.Do(ctx, c)
}

func TestG08WhoTakesItByAReplyWasFirst(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "allocate.new", "least_busy")
	w.comes(w.ann, w.bob)
	w.writes(w.channel)
	w.writes(w.channel)
	err := w.bot.Look(t.Context(), &between{w.engine, func() {
		w.as(w.bob, &protocol.MessageSend{Conversation: 1, Text: "mine"})
	}})
	if err != nil {
		t.Fatal(err)
	}
	// That Ann was not given the first one counts: she is the one without any.
	w.wants("afterwards", has{1: w.bob, 2: w.ann})
}

func TestG08ManyAreGivenInOneLook(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "allocate.new", "least_busy")
	const all = 250
	for range all {
		w.writes(w.channel)
	}
	w.comes(w.ann, w.bob)
	w.look()
	if busy := w.inbox.Busy(); busy[w.ann] != all/2 || busy[w.bob] != all/2 {
		t.Errorf("they have %v", busy)
	}
}

func TestG08WhatOnePutsBackIsNotForcedUponThem(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "allocate.new", "least_busy")
	w.comes(w.ann)
	w.writes(w.channel)
	w.look()
	w.as(w.ann, &protocol.ConversationAssign{Conversation: 1})
	w.look()
	w.wants("only Ann is there", has{1: ""})
	w.comes(w.bob)
	w.look()
	w.wants("Bob comes", has{1: w.bob})
}
