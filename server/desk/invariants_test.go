package desk_test

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/server/desk/conversation"
	"beseda/store"
)

// world is all views of a workspace, as they are stored.
type world struct {
	threads       map[protocol.ThreadID]store.Thread
	conversations map[protocol.Number]store.Conversation
	items         map[protocol.ThreadID][]protocol.Frame
	seen          map[protocol.ThreadID]store.Receipt
	own           map[string]store.Receipt // operators' positions, by key
	held          []string                 // "operator number"
	operators     map[protocol.OperatorID]store.Operator
}

func look(t *testing.T, o *office) *world {
	t.Helper()
	w := &world{
		threads: map[protocol.ThreadID]store.Thread{}, conversations: map[protocol.Number]store.Conversation{},
		items: map[protocol.ThreadID][]protocol.Frame{}, seen: map[protocol.ThreadID]store.Receipt{},
		own: map[string]store.Receipt{}, operators: map[protocol.OperatorID]store.Operator{},
	}
	o.read(func(r store.Reader) error {
		for thread, err := range store.Threads.Scan(r, store.Threads.Under()) {
			if err != nil {
				return err
			}
			w.threads[thread.ID] = thread
			seen, err := store.VisitorReads.Get(r, store.Text(thread.ID))
			if err != nil && !errors.Is(err, store.ErrNotFound) {
				return err
			}
			w.seen[thread.ID] = seen
			for item, err := range store.Items.Scan(r, store.Items.Under(store.Text(thread.ID))) {
				if err != nil {
					return err
				}
				w.items[thread.ID] = append(w.items[thread.ID], item)
			}
		}
		for conv, err := range store.Conversations.Scan(r, store.Conversations.Under()) {
			if err != nil {
				return err
			}
			w.conversations[conv.Number] = conv
		}
		for op, err := range store.Operators.Scan(r, store.Operators.Under()) {
			if err != nil {
				return err
			}
			w.operators[op.ID] = op
		}
		for e, err := range r.Scan(store.OperatorReads.Under()) {
			if err != nil {
				return err
			}
			own, err := store.OperatorReads.Decode(e.Key, e.Value)
			if err != nil {
				return err
			}
			w.own[string(e.Key)] = own
		}
		for e, err := range r.Scan(store.Held.Under()) {
			if err != nil {
				return err
			}
			who := string(e.Key[1 : len(e.Key)-9])
			w.held = append(w.held, fmt.Sprint(who, " ", conversation.NumberOf(e.Key)))
		}
		return nil
	})
	return w
}

// checkInvariants is state-machine §2, as far as this much of it is built, and what the views promise on top.
func checkInvariants(t *testing.T, o *office) *world {
	t.Helper()
	w := look(t, o)
	w.checkNumbers(t)
	for _, thread := range w.threads {
		w.checkThread(t, thread)
	}
	var held []string
	for n, conv := range w.conversations {
		w.checkConversation(t, &conv)
		if conv.Assignee != "" && conv.Status != protocol.Closed {
			held = append(held, fmt.Sprint(conv.Assignee, " ", n))
		}
	}
	slices.Sort(held)
	slices.Sort(w.held)
	if diff := cmp.Diff(held, w.held); diff != "" {
		t.Errorf("who holds what, by conversations - by table +:\n%s", diff)
	}
	for key, own := range w.own {
		n := protocol.Number(binary.BigEndian.Uint64([]byte(key[len(key)-8:])))
		if own.Read > own.Delivered || own.Delivered > w.conversations[n].LastPosition {
			t.Errorf("I8: an operator's receipt in #%d is %+v, the newest item %d", n, own, w.conversations[n].LastPosition)
		}
	}
	return w
}

// checkNumbers is I3: from 1, without gaps, later ones started later.
func (w *world) checkNumbers(t *testing.T) {
	t.Helper()
	started := protocol.Position(0)
	for n := protocol.Number(1); n <= protocol.Number(len(w.conversations)); n++ {
		conv, ok := w.conversations[n]
		if !ok {
			t.Errorf("I3: #%d is missing of %d", n, len(w.conversations))
			continue
		}
		if first := conv.Ranges[0].First; first <= started {
			t.Errorf("I3: #%d began at %d, not after #%d at %d", n, first, n-1, started)
		} else {
			started = first
		}
	}
}

// checkThread is I1 and I2.
func (w *world) checkThread(t *testing.T, thread store.Thread) {
	t.Helper()
	active, which := 0, protocol.Number(0)
	for _, n := range thread.Numbers {
		conv := w.conversations[n]
		if conv.Thread != thread.ID {
			t.Errorf("#%d is of thread %s, listed in %s", n, conv.Thread, thread.ID)
		}
		if conv.Activity == protocol.Active {
			active++
			which = n
		}
	}
	if thread.Active != which {
		t.Errorf("#%d is active, the thread says #%d", which, thread.Active)
	}
	if active > 1 {
		t.Errorf("I1: %d active conversations in a thread", active)
	}
	if !slices.IsSorted(thread.Numbers) || len(thread.Numbers) == 0 {
		t.Errorf("numbers of a thread: %v", thread.Numbers)
	}
	items := w.items[thread.ID]
	for _, item := range items {
		var owners []protocol.Number
		for _, n := range thread.Numbers {
			for _, span := range w.conversations[n].Ranges {
				if span.First <= item.Position && item.Position <= span.Last {
					owners = append(owners, n)
				}
			}
		}
		if len(owners) != 1 || owners[0] != item.Conversation {
			t.Errorf("I2: item %d of #%d lies in the ranges of %v", item.Position, item.Conversation, owners)
		}
	}
	if last := items[len(items)-1]; thread.Latest != last.Conversation {
		t.Errorf("the thread's newest item is of #%d, not #%d", last.Conversation, thread.Latest)
	}
	if seen := w.seen[thread.ID]; seen.Read > seen.Delivered || seen.Delivered > items[len(items)-1].Position {
		t.Errorf("I8: the visitor's receipt is %+v, the newest item %d", seen, items[len(items)-1].Position)
	}
}

// checkConversation is I4, and that the row says what its items say.
func (w *world) checkConversation(t *testing.T, conv *store.Conversation) {
	t.Helper()
	if conv.Status == protocol.Closed && conv.Activity != protocol.Completed {
		t.Errorf("I4: #%d is closed and %s", conv.Number, conv.Activity)
	}
	if !slices.Contains(w.threads[conv.Thread].Numbers, conv.Number) {
		t.Errorf("#%d is in no thread", conv.Number)
	}
	end := protocol.Position(0)
	for _, span := range conv.Ranges {
		if span.First <= end || span.Last < span.First {
			t.Errorf("I2: ranges of #%d: %v", conv.Number, conv.Ranges)
		}
		end = span.Last
	}
	var want store.Conversation // what follows from the items alone
	for _, item := range w.items[conv.Thread] {
		if item.Conversation != conv.Number {
			continue
		}
		want.LastPosition = item.Position
		switch {
		case item.Kind == protocol.KindConversationClosed:
			want.Wait = nil
		case item.Kind == protocol.KindMessageSent:
			want.LastMessage, want.LastAt = item.Position, item.At
			switch item.Actor.Kind {
			case protocol.ActorVisitor:
				want.LastVisitor = item.Position
				if want.Wait == nil {
					want.Wait = &store.Wait{From: item.Position, Since: item.At}
				}
				want.Wait.Last = item.At
			case protocol.ActorOperator:
				want.Wait = nil
			}
		}
	}
	if end != want.LastPosition {
		t.Errorf("#%d ends at %d, its newest item is %d", conv.Number, end, want.LastPosition)
	}
	got := store.Conversation{LastPosition: conv.LastPosition, LastMessage: conv.LastMessage, LastAt: conv.LastAt,
		LastVisitor: conv.LastVisitor, Wait: conv.Wait}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("#%d, by its items - by its row +:\n%s", conv.Number, diff)
	}
	if conv.TeamRead > conv.TeamDelivered || conv.TeamDelivered > conv.LastPosition {
		t.Errorf("I8: the team of #%d has %d, read %d, the newest item is %d", conv.Number, conv.TeamDelivered, conv.TeamRead, conv.LastPosition)
	}
	if o, ok := w.operators[conv.Assignee]; conv.Assignee != "" && (!ok || conv.Status != protocol.Closed && o.State != protocol.OperatorActive) {
		t.Errorf("#%d is %s and assigned to %q, who is %s", conv.Number, conv.Status, conv.Assignee, o.State)
	}
	if slices.Contains(conv.Former, conv.Assignee) {
		t.Errorf("#%d: the assignee is a former one too", conv.Number)
	}
}

// checkStep compares the world before and after one command: I3, I8 and I10.
func checkStep(t *testing.T, before, after *world, events []protocol.Frame) {
	t.Helper()
	for n, conv := range after.conversations {
		old, had := before.conversations[n]
		changed := !had || old.Activity != conv.Activity || old.Status != conv.Status
		states := 0
		for _, ev := range events {
			if ev.Conversation != n {
				continue
			}
			switch ev.Kind {
			case protocol.KindConversationStarted, protocol.KindConversationClosed, protocol.KindConversationReopened:
				states++
				if ev.Actor == nil || ev.Actor.Kind == "" {
					t.Errorf("I10: %s of #%d has no author", ev.Kind, n)
				}
			}
		}
		if changed && states != 1 || !changed && states != 0 {
			t.Errorf("I10: #%d went from %s %s to %s %s with %d state events", n,
				old.Activity, old.Status, conv.Activity, conv.Status, states)
		}
		if conv.TeamDelivered < old.TeamDelivered || conv.TeamRead < old.TeamRead {
			t.Errorf("I8: the team's receipt of #%d went back", n)
		}
	}
	for n := range before.conversations {
		if _, ok := after.conversations[n]; !ok {
			t.Errorf("I3: #%d is gone", n)
		}
	}
	for id, old := range before.seen {
		if now := after.seen[id]; now.Delivered < old.Delivered || now.Read < old.Read {
			t.Errorf("I8: a visitor's receipt went from %+v to %+v", old, now)
		}
	}
	for key, old := range before.own {
		if now := after.own[key]; now.Delivered < old.Delivered || now.Read < old.Read {
			t.Errorf("I8: an operator's receipt went from %+v to %+v", old, now)
		}
	}
}
