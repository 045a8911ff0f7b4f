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
	bare          []protocol.Frame // rows of the log whose items were erased
	contacts      map[protocol.ContactID]store.Contact
}

func look(t *testing.T, o *office) *world {
	t.Helper()
	w := &world{
		threads: map[protocol.ThreadID]store.Thread{}, conversations: map[protocol.Number]store.Conversation{},
		items: map[protocol.ThreadID][]protocol.Frame{}, seen: map[protocol.ThreadID]store.Receipt{},
		own: map[string]store.Receipt{}, operators: map[protocol.OperatorID]store.Operator{},
		contacts: map[protocol.ContactID]store.Contact{},
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
				if store.Within(thread.Erased, item.Position) {
					continue // it is in no view, and about to be overwritten
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
		for person, err := range store.Contacts.Scan(r, store.Contacts.Under()) {
			if err != nil {
				return err
			}
			w.contacts[person.ID] = person
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
		for row, err := range store.Log.Scan(r, store.Log.Under()) {
			if err != nil {
				return err
			}
			if store.IsErased(&row) {
				w.bare = append(w.bare, row)
			}
		}
		for e, err := range r.Scan(store.Held.Under()) {
			if err != nil {
				return err
			}
			who := string(e.Key[1 : len(e.Key)-9])
			w.held = append(w.held, fmt.Sprint(who, " ", store.LastNum[protocol.Number](e.Key)))
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
		if newest := w.newest(w.conversations[n].Thread); own.Read > own.Delivered || own.Delivered > newest {
			t.Errorf("I8: an operator's receipt in #%d is %+v, the newest item %d", n, own, newest)
		}
	}
	return w
}

// checkNumbers is I3: from 1, without gaps, later ones started later.
func (w *world) checkNumbers(t *testing.T) {
	t.Helper()
	began := map[protocol.Number]protocol.Position{}
	for _, items := range w.items {
		for _, item := range items {
			if item.Kind == protocol.KindConversationStarted {
				began[item.Conversation] = item.Position
			}
		}
	}
	for _, row := range w.bare {
		if row.Kind == protocol.KindConversationStarted {
			began[row.Conversation] = row.Position
		}
	}
	last := protocol.Position(0)
	for n := protocol.Number(1); n <= protocol.Number(len(w.conversations)); n++ {
		if _, ok := w.conversations[n]; !ok || began[n] <= last {
			t.Errorf("I3: #%d of %d began at %d, after %d", n, len(w.conversations), began[n], last)
		}
		last = began[n]
	}
}

// owner is the conversation whose ranges hold a position; 0 unless it is exactly one.
func (w *world) owner(thread *store.Thread, at protocol.Position) (owner protocol.Number) {
	count := 0
	for _, n := range thread.Numbers {
		for _, span := range w.conversations[n].Ranges {
			if span.First <= at && at <= span.Last {
				owner = n
				count++
			}
		}
	}
	if count != 1 {
		return 0
	}
	return owner
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
	if len(items) == 0 {
		items = append(items, protocol.Frame{}) // of nobody
	}
	merged := 0
	for _, n := range thread.Numbers {
		if w.conversations[n].MergedInto != 0 {
			merged++
		}
	}
	if merged != thread.Merged {
		t.Errorf("%d tombstones, the thread counts %d", merged, thread.Merged)
	}
	for _, item := range items {
		if item.Position != 0 && w.owner(&thread, item.Position) == 0 {
			t.Errorf("I2: item %d lies in the ranges of none or of several", item.Position)
		}
	}
	if last := w.owner(&thread, items[len(items)-1].Position); thread.Latest != last {
		t.Errorf("the thread's newest item is of #%d, not #%d", last, thread.Latest)
	}
	if seen := w.seen[thread.ID]; seen.Read > seen.Delivered || seen.Delivered > w.newest(thread.ID) {
		t.Errorf("I8: the visitor's receipt is %+v, the newest item %d", seen, w.newest(thread.ID))
	}
}

// checkConversation is I4 to I6, and that the row says what its items say.
func (w *world) checkConversation(t *testing.T, conv *store.Conversation) {
	t.Helper()
	thread := w.threads[conv.Thread]
	if conv.Status == protocol.Closed && conv.Activity != protocol.Completed {
		t.Errorf("I4: #%d is closed and %s", conv.Number, conv.Activity)
	}
	if !slices.Contains(thread.Numbers, conv.Number) {
		t.Errorf("#%d is in no thread", conv.Number)
	}
	if conv.Tombstone() {
		w.checkTombstone(t, conv)
		return
	}
	end := protocol.Position(0)
	for _, span := range conv.Ranges {
		if span.First <= end || span.Last < span.First {
			t.Errorf("I2: ranges of #%d: %v", conv.Number, conv.Ranges)
		}
		end = span.Last
	}
	var want store.Conversation // what follows from the items alone
	messages := map[protocol.Position]bool{}
	for _, item := range w.items[conv.Thread] {
		if w.owner(&thread, item.Position) != conv.Number {
			continue
		}
		want.LastPosition = item.Position
		if item.Kind == protocol.KindMessageSent {
			messages[item.Position] = item.Actor.Side() == protocol.SideVisitor
			want.LastMessage, want.LastAt = item.Position, item.At
			if item.Actor.Side() == protocol.SideVisitor {
				want.LastInbound = item.Position
			}
		}
		if conversation.Unread(&item) {
			want.LastVisitor, want.LastAt = item.Position, item.At
		}
	}
	if end != want.LastPosition {
		t.Errorf("#%d ends at %d, its newest item is %d", conv.Number, end, want.LastPosition)
	}
	got := store.Conversation{LastPosition: conv.LastPosition, LastMessage: conv.LastMessage, LastAt: conv.LastAt,
		LastVisitor: conv.LastVisitor, LastInbound: conv.LastInbound}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("#%d, by its items - by its row +:\n%s", conv.Number, diff)
	}
	w.checkTimes(t, conv, messages)
	if conv.TeamRead > conv.TeamDelivered || conv.TeamDelivered > w.newest(conv.Thread) {
		t.Errorf("I8: the team of #%d has %d, read %d, the newest item is %d", conv.Number, conv.TeamDelivered, conv.TeamRead, w.newest(conv.Thread))
	}
	if o, ok := w.operators[conv.Assignee]; conv.Assignee != "" && (!ok || conv.Status != protocol.Closed && o.State != protocol.OperatorActive) {
		t.Errorf("#%d is %s and assigned to %q, who is %s", conv.Number, conv.Status, conv.Assignee, o.State)
	}
	if slices.Contains(conv.Former, conv.Assignee) {
		t.Errorf("#%d: the assignee is a former one too", conv.Number)
	}
}

func (w *world) newest(thread protocol.ThreadID) protocol.Position {
	newest := protocol.Position(0)
	if items := w.items[thread]; len(items) > 0 {
		newest = items[len(items)-1].Position
	}
	for _, span := range w.threads[thread].Erased {
		newest = max(newest, span.Last)
	}
	return newest
}

// checkTimes is I5, and that a wait begins with a visitor's message and timers run where they may. messages are the
// conversation's, true for a visitor's.
func (w *world) checkTimes(t *testing.T, conv *store.Conversation, messages map[protocol.Position]bool) {
	t.Helper()
	if o := conv.Offer; o != nil {
		earlier, later := false, false
		for at := range messages {
			earlier = earlier || at < o.From
		}
		for n, other := range w.conversations {
			later = later || other.Thread == conv.Thread && !tombstone(other) && n > conv.Number
		}
		if !messages[o.From] || !earlier || later || conv.Activity != protocol.Active {
			t.Errorf("I5: #%d is %s and offers a split at %d; earlier message %v, later conversation %v", conv.Number, conv.Activity, o.From, earlier, later)
		}
	}
	if conv.Wait != nil && !messages[conv.Wait.From] {
		t.Errorf("#%d waits since %d, which is no message of a visitor", conv.Number, conv.Wait.From)
	}
	if conv.Wait == nil && conv.WarnAt+conv.LimitAt != 0 {
		t.Errorf("#%d has reply times and no wait", conv.Number)
	}
	if conv.Activity != protocol.Active && conv.Deadline+conv.AnnounceAt+conv.HeldUntil != 0 || conv.Announced && conv.Deadline == 0 {
		t.Errorf("#%d is %s, completes at %d, announced %v", conv.Number, conv.Activity, conv.Deadline, conv.Announced)
	}
}

// checkTombstone is I6.
func (w *world) checkTombstone(t *testing.T, conv *store.Conversation) {
	t.Helper()
	if conv.ErasedAt != 0 {
		w.checkErased(t, conv)
		return
	}
	if conv.MergedInto >= conv.Number {
		t.Errorf("I6: #%d is merged into #%d", conv.Number, conv.MergedInto)
	}
	if len(conv.Ranges) > 0 || conv.Deadline+conv.AnnounceAt+conv.WarnAt+conv.LimitAt+conv.FailAt != 0 || conv.Offer != nil || conv.Wait != nil || conv.Assignee != "" {
		t.Errorf("I6: the tombstone of #%d holds something: %+v", conv.Number, conv)
	}
	end := *conv
	for end.MergedInto != 0 {
		next, ok := w.conversations[end.MergedInto]
		if !ok || next.Number >= end.Number {
			t.Errorf("I6: the chain of #%d breaks at #%d", conv.Number, end.MergedInto)
			return
		}
		end = next
	}
	for key := range w.own {
		if n := protocol.Number(binary.BigEndian.Uint64([]byte(key[len(key)-8:]))); n == conv.Number {
			t.Errorf("I6: somebody has read the tombstone of #%d", n)
		}
	}
}

// checkStep compares the world before and after one command: I3, I8 and I10.
func checkStep(t *testing.T, before, after *world, events []protocol.Frame) {
	t.Helper()
	checkStateEvents(t, before, after, events)
	checkBlocked(t, before, after, events)
	merged := map[protocol.Number]bool{}
	for _, ev := range events {
		if ev.Kind == protocol.KindConversationMerged {
			merged[ev.Conversation] = true
			merged[decoded[protocol.ConversationMerged](t, &ev).From] = true
		}
		if ev.Kind == protocol.KindConversationErased {
			merged[ev.Conversation] = true
		}
	}
	for n, conv := range after.conversations {
		old := before.conversations[n]
		if !merged[n] && (conv.TeamDelivered < old.TeamDelivered || conv.TeamRead < old.TeamRead) {
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
		n := protocol.Number(binary.BigEndian.Uint64([]byte(key[len(key)-8:])))
		if now := after.own[key]; !merged[n] && (now.Delivered < old.Delivered || now.Read < old.Read) {
			t.Errorf("I8: an operator's receipt went from %+v to %+v", old, now)
		}
	}
}

// checkBlocked is I9: while a contact is blocked nothing is added in either direction, and nobody waits.
func checkBlocked(t *testing.T, before, after *world, events []protocol.Frame) {
	t.Helper()
	blocked := map[protocol.ContactID]bool{}
	for id, person := range before.contacts {
		blocked[id] = person.BlockedAt != 0
	}
	for _, ev := range events {
		who := after.threads[ev.Thread].Contact
		switch ev.Kind {
		case protocol.KindContactBlocked, protocol.KindContactUnblocked:
			if on := ev.Kind == protocol.KindContactBlocked; blocked[who] == on {
				t.Errorf("I9: %s of who is so already", ev.Kind)
			} else {
				blocked[who] = on
			}
		case protocol.KindMessageSent, protocol.KindReactionAdded, protocol.KindReactionWithdrawn:
			if blocked[who] {
				t.Errorf("I9: %s in #%d of somebody blocked", ev.Kind, ev.Conversation)
			}
		}
	}
	for id, person := range after.contacts {
		if on := person.BlockedAt != 0; on != blocked[id] {
			t.Errorf("I9: blocked %v, by the events %v", on, blocked[id])
		}
	}
	for n, conv := range after.conversations {
		if after.contacts[conv.Contact].BlockedAt != 0 && (conv.Wait != nil || conv.Offer != nil && conv.Offer.Wait != nil) {
			t.Errorf("I9: somebody blocked waits in #%d", n)
		}
	}
}

// axes are what I10 is about.
type axes struct {
	activity protocol.Activity
	status   protocol.Status
	merged   protocol.Number
	erased   bool
}

// checkStateEvents is I10: every change of an axis or mark is told by one event with an author, which says what was
// before; told one after another, the events lead from the world before to the one after.
func checkStateEvents(t *testing.T, before, after *world, events []protocol.Frame) {
	t.Helper()
	now := map[protocol.Number]axes{}
	for n, conv := range before.conversations {
		now[n] = axes{conv.Activity, conv.Status, conv.MergedInto, conv.ErasedAt != 0}
	}
	type turn struct {
		n  protocol.Number
		id protocol.CommandID
	}
	told := map[turn]bool{}
	for i := range events {
		ev := &events[i]
		changes := changesOf(t, ev, now)
		if len(changes) > 0 && (ev.Actor == nil || ev.Actor.Kind == "") {
			t.Errorf("I10: %s of #%d has no author", ev.Kind, ev.Conversation)
		}
		for n, to := range changes {
			if now[n] == to {
				t.Errorf("I10: %s of #%d changes nothing", ev.Kind, n)
			}
			if ev.ID != "" && told[turn{n, ev.ID}] {
				t.Errorf("I10: a second state event of #%d in one transaction: %s", n, ev.Kind)
			}
			told[turn{n, ev.ID}] = true
			now[n] = to
		}
	}
	for n, conv := range after.conversations {
		if got := (axes{conv.Activity, conv.Status, conv.MergedInto, conv.ErasedAt != 0}); got != now[n] {
			t.Errorf("I10: #%d is %v, its events lead to %v", n, got, now[n])
		}
	}
}

// changesOf is what a state event says that it changes; nothing for other events.
func changesOf(t *testing.T, ev *protocol.Frame, now map[protocol.Number]axes) map[protocol.Number]axes {
	t.Helper()
	was := now[ev.Conversation]
	from := func(activity protocol.Activity, status protocol.Status) {
		t.Helper()
		if was != (axes{activity: activity, status: status}) {
			t.Errorf("I10: %s of #%d says it was %s %s; it was %v", ev.Kind, ev.Conversation, activity, status, was)
		}
	}
	to := func(activity protocol.Activity, status protocol.Status) map[protocol.Number]axes {
		return map[protocol.Number]axes{ev.Conversation: {activity: activity, status: status}}
	}
	switch ev.Kind {
	case protocol.KindConversationStarted:
		from("", "")
		return to(protocol.Active, protocol.Open)
	case protocol.KindConversationCompleted:
		body := decoded[protocol.ConversationCompleted](t, ev)
		from(protocol.Active, body.Former)
		return to(protocol.Completed, body.Status)
	case protocol.KindConversationClosed:
		body := decoded[protocol.ConversationClosed](t, ev)
		from(body.Activity, body.Status)
		return to(protocol.Completed, protocol.Closed)
	case protocol.KindConversationReactivated:
		from(protocol.Completed, decoded[protocol.ConversationReactivated](t, ev).Status)
		return to(protocol.Active, protocol.Open)
	case protocol.KindConversationReopened:
		from(protocol.Completed, protocol.Closed)
		return to(protocol.Active, protocol.Open)
	case protocol.KindStatusSet:
		body := decoded[protocol.StatusSet](t, ev)
		from(was.activity, body.Former)
		return to(was.activity, body.Status)
	case protocol.KindConversationErased:
		return map[protocol.Number]axes{ev.Conversation: {protocol.Completed, protocol.Closed, 0, true}}
	case protocol.KindConversationSplit:
		return to(protocol.Completed, decoded[protocol.ConversationSplit](t, ev).Status)
	case protocol.KindConversationMerged:
		body := decoded[protocol.ConversationMerged](t, ev)
		changes := map[protocol.Number]axes{body.From: {protocol.Completed, protocol.Closed, ev.Conversation, false}}
		if next := (axes{activity: body.Activity, status: body.Status}); next != was {
			changes[ev.Conversation] = next
		}
		return changes
	}
	return nil
}
