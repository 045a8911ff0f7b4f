package desk_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"beseda/protocol"
)

// states are the columns of state-machine §6.
var states = [...]string{"A/open", "A/pending", "C/open", "C/pending", "C/closed"}

// transition is a row of §6: what happens in each state. A cell is the state that follows, "same" (and the event is
// written), "no-op" (accepted, nothing is written), "–" (refused with conflict) or another refusal. Rows of later parts
// have no cells; a row stays later until its command exists.
type transition struct {
	event string
	part  string
	// command is the kind that brings the event about; empty where nobody asks for it.
	command protocol.Kind
	later   bool
	// writes is the event that a cell "same" writes.
	writes protocol.Kind
	cells  [len(states)]string
	// prepare comes before the conversation is brought into its state, do is the event itself; #2 is the conversation,
	// #1 its closed predecessor.
	prepare func(*office)
	do      func(*office) error
}

func by[T any](_ T, err error) error { return err }

var transitions = []transition{
	{event: "Complete(open)", part: "lifecycle", command: protocol.KindConversationComplete,
		cells: [...]string{"C/open", "C/open", "–", "–", "–"},
		do:    func(o *office) error { return by(o.ann.completes(2, protocol.Open)) }},
	{event: "Complete(pending)", part: "lifecycle", command: protocol.KindConversationComplete,
		cells: [...]string{"C/pending", "C/pending", "–", "–", "–"},
		do:    func(o *office) error { return by(o.ann.completes(2, protocol.Pending)) }},
	{event: "Complete(closed)", part: "lifecycle", command: protocol.KindConversationComplete,
		cells: [...]string{"C/closed", "C/closed", "–", "–", "–"},
		do:    func(o *office) error { return by(o.ann.completes(2, protocol.Closed)) }},
	{event: "Complete(open) where only closed is offered", part: "lifecycle", command: protocol.KindConversationComplete,
		cells: [...]string{"invalid field=status", "invalid field=status", "–", "–", "–"}, // its state is asked before its values
		do: func(o *office) error {
			o.sets("complete.statuses", "closed", "autocomplete.status", "closed")
			return by(o.ann.completes(2, protocol.Open))
		}},
	{event: "Complete(closed) without the right", part: "lifecycle", command: protocol.KindConversationComplete,
		cells: [...]string{"forbidden", "forbidden", "forbidden", "forbidden", "forbidden"},
		do:    func(o *office) error { return by(o.bob.completes(2, protocol.Closed)) }},
	{event: "SetStatus(open)", part: "lifecycle", command: protocol.KindStatusChange,
		cells: [...]string{"no-op", "A/open", "no-op", "C/open", "C/open"},
		do:    func(o *office) error { return by(o.ann.sets(2, protocol.Open)) }},
	{event: "SetStatus(open) where only closed is offered", part: "lifecycle", command: protocol.KindStatusChange,
		cells: [...]string{"no-op", "A/open", "no-op", "invalid field=status", "invalid field=status"},
		do: func(o *office) error {
			o.sets("complete.statuses", "closed", "autocomplete.status", "closed")
			return by(o.ann.sets(2, protocol.Open))
		}},
	{event: "SetStatus(pending)", part: "lifecycle", command: protocol.KindStatusChange,
		cells: [...]string{"A/pending", "no-op", "C/pending", "no-op", "C/pending"},
		do:    func(o *office) error { return by(o.ann.sets(2, protocol.Pending)) }},
	{event: "SetStatus(pending) where only closed is offered", part: "lifecycle", command: protocol.KindStatusChange,
		cells: [...]string{"invalid field=status", "no-op", "invalid field=status", "no-op", "invalid field=status"},
		do: func(o *office) error {
			o.sets("complete.statuses", "closed", "autocomplete.status", "closed")
			return by(o.ann.sets(2, protocol.Pending))
		}},
	{event: "SetStatus(closed)", part: "lifecycle", command: protocol.KindStatusChange,
		cells: [...]string{"C/closed", "C/closed", "C/closed", "C/closed", "no-op"},
		do:    func(o *office) error { return by(o.ann.sets(2, protocol.Closed)) }},
	{event: "SetStatus(closed) by closing", part: "lifecycle", command: protocol.KindConversationClose,
		cells: [...]string{"C/closed", "C/closed", "C/closed", "C/closed", "no-op"},
		do:    func(o *office) error { return by(o.ann.closes(2)) }},
	{event: "SetStatus(closed) by a bot", part: "lifecycle", command: protocol.KindStatusChange,
		cells: [...]string{"C/closed", "C/closed", "C/closed", "C/closed", "no-op"},
		do:    func(o *office) error { return by(o.robot.sets(2, protocol.Closed)) }},
	{event: "SetStatus(closed) without the right", part: "lifecycle", command: protocol.KindStatusChange,
		cells: [...]string{"forbidden", "forbidden", "forbidden", "forbidden", "forbidden"},
		do:    func(o *office) error { return by(o.bob.sets(2, protocol.Closed)) }},
	{event: "CloseByVisitor", part: "lifecycle", command: protocol.KindConversationClose,
		cells: [...]string{"C/closed", "C/closed", "C/closed", "C/closed", "no-op"},
		do:    func(o *office) error { return by(o.kira.closes(2)) }},
	{event: "CloseByVisitor of another's", part: "lifecycle", command: protocol.KindConversationClose,
		cells: [...]string{"not_found", "not_found", "not_found", "not_found", "not_found"},
		do:    func(o *office) error { return by(o.lev.closes(2)) }},
	{event: "CloseFromCard", part: "records", command: "card.close", later: true},
	{event: "Reopen", part: "lifecycle", command: protocol.KindConversationReopen,
		cells: [...]string{"no-op", "no-op", "A/open", "A/open", "A/open"},
		do:    func(o *office) error { return by(o.ann.reopens(2)) }},
	{event: "Reopen while another is active", part: "lifecycle", command: protocol.KindConversationReopen,
		cells: [...]string{"no-op", "no-op", "conflict active=3", "conflict active=3", "conflict active=3"},
		do: func(o *office) error {
			if o.conv(2).Activity == protocol.Completed {
				o.ann.must(o.ann.starts(o.conv(2).Thread, "something else"))
			}
			return by(o.ann.reopens(2))
		}},
	{event: "Reopen without the right", part: "lifecycle", command: protocol.KindConversationReopen,
		cells: [...]string{"forbidden", "forbidden", "forbidden", "forbidden", "forbidden"},
		do:    func(o *office) error { return by(o.bob.reopens(2)) }},
	{event: "InactivityTimeout, a reply is owed", part: "lifecycle",
		cells: [...]string{"C/open", "C/open", "nothing", "nothing", "nothing"},
		do: func(o *office) error {
			if o.conv(2).Activity == protocol.Active {
				o.kira.must(o.kira.says("anybody?")) // which opens a pending one
			}
			o.pass(10 * time.Minute)
			return nil
		}},
	{event: "InactivityTimeout, none is owed", part: "lifecycle",
		cells: [...]string{"C/pending", "C/pending", "nothing", "nothing", "nothing"},
		do:    func(o *office) error { o.pass(10 * time.Minute); return nil }},
	{event: "InactivityTimeout with a fixed status", part: "lifecycle",
		cells: [...]string{"C/closed", "C/closed", "nothing", "nothing", "nothing"},
		do:    func(o *office) error { o.sets("autocomplete.status", "closed"); o.pass(10 * time.Minute); return nil }},
	{event: "Hold, announced", part: "lifecycle", command: protocol.KindCompletionPostpone, writes: protocol.KindCompletionPostponed,
		cells: [...]string{"same", "same", "–", "–", "–"},
		do:    func(o *office) error { o.pass(9 * time.Minute); return by(o.ann.holds(2)) }},
	{event: "Hold, not announced", part: "lifecycle", command: protocol.KindCompletionPostpone,
		cells: [...]string{"–", "–", "–", "–", "–"},
		do:    func(o *office) error { o.pass(7 * time.Minute); return by(o.ann.holds(2)) }},
	{event: "Hold without the right", part: "lifecycle", command: protocol.KindCompletionPostpone,
		cells: [...]string{"forbidden", "forbidden", "forbidden", "forbidden", "forbidden"},
		do:    func(o *office) error { o.pass(9 * time.Minute); return by(o.bob.holds(2)) }},
	{event: "Assign(x)", part: "assignment", command: protocol.KindConversationAssign, writes: protocol.KindConversationAssigned,
		cells: [...]string{"same", "same", "same", "same", "same"},
		do:    func(o *office) error { return by(o.ann.assigns(2, o.bob)) }},
	{event: "Assign(the same)", part: "assignment", command: protocol.KindConversationAssign,
		cells: [...]string{"no-op", "no-op", "no-op", "no-op", "no-op"},
		do:    func(o *office) error { return by(o.ann.assigns(2, o.ann)) }},
	{event: "Assign(x) by another", part: "assignment", command: protocol.KindConversationAssign,
		cells: [...]string{"forbidden", "forbidden", "forbidden", "forbidden", "forbidden"},
		do:    func(o *office) error { return by(o.bob.assigns(2, o.bob)) }},
	{event: "Deactivate", part: "assignment", command: protocol.KindOperatorDeactivate, writes: protocol.KindConversationAssigned,
		cells: [...]string{"same", "same", "same", "same", "nothing"}, // a closed one keeps its assignee
		do:    func(o *office) error { return by(o.eve.deactivates(o.ann)) }},
	{event: "Note", part: "lifecycle", command: protocol.KindNoteAdd, writes: protocol.KindNoteAdded,
		cells: [...]string{"same", "same", "same", "same", "same"},
		do:    func(o *office) error { return by(o.bob.notes(2, "psst")) }},
	{event: "Reaction", part: "lifecycle", command: protocol.KindReactionAdd, writes: protocol.KindReactionAdded,
		cells: [...]string{"same", "same", "same", "same", "same"},
		do:    func(o *office) error { return by(o.kira.reacts(0, o.conv(2).LastMessage)) }},
	{event: "NoReplyNeeded, a reply is owed", part: "lifecycle", command: protocol.KindReplyWaive, writes: protocol.KindReplyWaived,
		cells:   [...]string{"same", "reads", "same", "reads", "reads"}, // pending and closed have ended the wait
		prepare: func(o *office) { o.kira.must(o.kira.says("anybody?")) },
		do:      func(o *office) error { return by(o.ann.waives(2)) }},
	{event: "NoReplyNeeded, none is owed", part: "lifecycle", command: protocol.KindReplyWaive,
		cells: [...]string{"reads", "reads", "reads", "reads", "reads"},
		do:    func(o *office) error { return by(o.ann.waives(2)) }},
	{event: "NoReplyNeeded without the right", part: "lifecycle", command: protocol.KindReplyWaive,
		cells: [...]string{"forbidden", "forbidden", "forbidden", "forbidden", "forbidden"},
		do:    func(o *office) error { return by(o.bob.waives(2)) }},
	{event: "Subject", part: "lifecycle", command: protocol.KindSubjectChange, writes: protocol.KindSubjectSet,
		cells: [...]string{"same", "same", "same", "same", "same"},
		do:    func(o *office) error { return by(o.ann.names(2, "Refund")) }},
	{event: "MarkUnread", part: "lifecycle", command: protocol.KindUnreadMark,
		cells: [...]string{"marks", "marks", "marks", "marks", "marks"},
		do:    func(o *office) error { return by(o.bob.marks(2)) }},
	{event: "MarkUnread what is marked", part: "lifecycle", command: protocol.KindUnreadMark,
		cells:   [...]string{"no-op", "no-op", "no-op", "no-op", "no-op"},
		prepare: func(o *office) { o.bob.must(o.bob.marks(2)) },
		do:      func(o *office) error { return by(o.bob.marks(2)) }},
	{event: "MarkUnread without the right", part: "lifecycle", command: protocol.KindUnreadMark,
		cells:   [...]string{"forbidden", "forbidden", "forbidden", "forbidden", "forbidden"},
		prepare: func(o *office) { o.sets("access.read", "assigned") },
		do:      func(o *office) error { return by(o.bob.marks(2)) }},
	{event: "Split(from), not offered", part: "lifecycle", command: protocol.KindMessagesSplit,
		cells: [...]string{"–", "–", "–", "–", "–"},
		do:    func(o *office) error { return by(o.ann.splits(2, o.conv(2).LastMessage)) }},
	{event: "Split(from), offered", part: "lifecycle", command: protocol.KindMessagesSplit,
		cells: [...]string{"C/pending", "C/pending", "–", "–", "–"}, // any completion takes the offer back
		prepare: func(o *office) {
			o.ann.must(o.ann.completes(2, protocol.Pending))
			o.kira.must(o.kira.says("one more thing"))
		},
		do: func(o *office) error {
			from := o.conv(2).LastMessage
			if offer := o.conv(2).Offer; offer != nil {
				from = offer.From
			}
			return by(o.ann.splits(2, from))
		}},
	{event: "Split(from), another than is offered", part: "lifecycle", command: protocol.KindMessagesSplit,
		cells: [...]string{"conflict changed", "conflict changed", "–", "–", "–"},
		prepare: func(o *office) {
			o.ann.must(o.ann.completes(2, protocol.Pending))
			o.kira.must(o.kira.says("one more thing"))
		},
		do: func(o *office) error { return by(o.ann.splits(2, 1)) }},
	{event: "MergeIntoPrevious(into)", part: "lifecycle", command: protocol.KindConversationMerge,
		cells: [...]string{"merged into #1", "merged into #1", "merged into #1", "merged into #1", "–"},
		do:    func(o *office) error { return by(o.ann.merges(2, 1)) }},
	{event: "MergeIntoPrevious(another)", part: "lifecycle", command: protocol.KindConversationMerge,
		cells: [...]string{"conflict changed", "conflict changed", "conflict changed", "conflict changed", "–"},
		do:    func(o *office) error { return by(o.ann.merges(2, 7)) }},
	{event: "MergeIntoPrevious(into) that one may not read", part: "lifecycle", command: protocol.KindConversationMerge,
		cells: [...]string{"forbidden", "forbidden", "forbidden", "forbidden", "–"},
		prepare: func(o *office) {
			o.eve.must(o.eve.assigns(1, o.ann))
			o.eve.must(o.eve.assigns(1, o.bob)) // so that Ann is a former one
		},
		do: func(o *office) error { return by(o.ann.merges(2, 1)) }},
	{event: "Block", part: "blocking", command: protocol.KindContactBlock, writes: protocol.KindContactBlocked,
		cells:   [...]string{"same", "same", "same", "same", "same"},
		prepare: func(o *office) { o.kira.must(o.kira.says("anybody?")) },
		do:      func(o *office) error { return by(o.eve.blocks(2)) }},
	{event: "Block what is blocked", part: "blocking", command: protocol.KindContactBlock,
		cells:   [...]string{"no-op", "no-op", "no-op", "no-op", "no-op"},
		prepare: func(o *office) { o.eve.must(o.eve.blocks(1)) },
		do:      func(o *office) error { return by(o.eve.blocks(2)) }},
	{event: "Block without the right", part: "blocking", command: protocol.KindContactBlock,
		cells: [...]string{"forbidden right=block", "forbidden right=block", "forbidden right=block", "forbidden right=block", "forbidden right=block"},
		do: func(o *office) error {
			o.eve.must(o.eve.do(protocol.KindGroupChange, &protocol.GroupChange{Group: protocol.GroupOperators}))
			return by(o.ann.blocks(2))
		}},
	{event: "Unblock", part: "blocking", command: protocol.KindContactUnblock, writes: protocol.KindContactUnblocked,
		cells: [...]string{"same", "same", "same", "same", "same"},
		do:    func(o *office) error { o.eve.must(o.eve.blocks(1)); return by(o.eve.unblocks(2)) }},
	{event: "Unblock what is not blocked", part: "blocking", command: protocol.KindContactUnblock,
		cells: [...]string{"no-op", "no-op", "no-op", "no-op", "no-op"},
		do:    func(o *office) error { return by(o.eve.unblocks(2)) }},
	{event: "CloseByVisitor of the blocked", part: "blocking", command: protocol.KindConversationClose,
		cells: [...]string{"blocked", "blocked", "blocked", "blocked", "blocked"},
		do:    func(o *office) error { o.eve.must(o.eve.blocks(1)); return by(o.kira.closes(2)) }},
	{event: "Reaction of the blocked", part: "blocking", command: protocol.KindReactionAdd,
		cells: [...]string{"blocked", "blocked", "blocked", "blocked", "blocked"},
		do:    func(o *office) error { o.eve.must(o.eve.blocks(1)); return by(o.kira.reacts(0, o.conv(2).LastMessage)) }},
	{event: "Reaction to the blocked", part: "blocking", command: protocol.KindReactionAdd,
		cells: [...]string{"blocked", "blocked", "blocked", "blocked", "blocked"},
		do:    func(o *office) error { o.eve.must(o.eve.blocks(1)); return by(o.ann.reacts(2, o.conv(2).LastMessage)) }},
	{event: "InactivityTimeout of the blocked", part: "blocking",
		cells:   [...]string{"C/pending", "C/pending", "nothing", "nothing", "nothing"}, // nothing is owed any more
		prepare: func(o *office) { o.kira.must(o.kira.says("anybody?")); o.eve.must(o.eve.blocks(2)) },
		do:      func(o *office) error { o.pass(10 * time.Minute); return nil }},
	{event: "Unpin", part: "records", command: "contact.unpin", later: true},
	{event: "Pin(contact)", part: "records", command: "contact.pin", later: true},
	{event: "Join(K2 → K1)", part: "records", command: "contact.join", later: true},
	{event: "LinkRecord(r)", part: "records", command: "record.link", later: true},
	{event: "UnsortedLink(r)", part: "records", command: "unsorted.link", later: true},
	{event: "UnsortedAccept(stage, responsible)", part: "records", command: "unsorted.accept", later: true},
	{event: "UnsortedDecline", part: "records", command: "unsorted.decline", later: true},
	{event: "RecordDeleted", part: "records", command: "record.delete", later: true},
	{event: "Delete", part: "erasure", command: protocol.KindConversationDelete,
		cells: [...]string{"erased", "erased", "erased", "erased", "erased"},
		do:    func(o *office) error { return by(o.eve.erases(2)) }},
	{event: "Delete again", part: "erasure", command: protocol.KindConversationDelete,
		cells: [...]string{"not_found erasing", "not_found erasing", "not_found erasing", "not_found erasing", "not_found erasing"},
		do: func(o *office) error {
			o.eve.must(o.eve.erases(2))
			return by(o.eve.erases(2))
		}},
	{event: "Delete without the right", part: "erasure", command: protocol.KindConversationDelete,
		cells: [...]string{"forbidden right=delete", "forbidden right=delete", "forbidden right=delete", "forbidden right=delete",
			"forbidden right=delete"},
		do: func(o *office) error { return by(o.ann.erases(2)) }},
	{event: "RatingAnswered", part: "ratings", command: "rating.answer", later: true},
	{event: "Complete(s) by a macro", part: "rules", command: "macro.apply", later: true},
	{event: "Complete(s) by a rule", part: "rules", command: "rule.change", later: true},
}

// TestTransitions is §6, cell by cell. #1 is closed, #2 is the one: Kira wrote, Ann has answered and has it.
func TestTransitions(t *testing.T) {
	t.Parallel()
	for _, row := range transitions {
		if row.later {
			continue
		}
		for i, state := range states {
			t.Run(row.event+" in "+state, func(t *testing.T) {
				t.Parallel()
				o := newOffice(t, nil)
				o.kira.must(o.kira.says("first"))
				o.eve.must(o.eve.closes(1))
				o.kira.must(o.kira.says("second"))
				o.ann.must(o.ann.replies(2, "yes?"))
				if row.prepare != nil {
					row.prepare(o)
				}
				o.puts(2, state)
				before, from := o.last(), look(t, o)
				err := row.do(o)
				checkCell(t, o, &row, state, row.cells[i], before, err)
				checkStep(t, from, checkInvariants(t, o), o.events(before))
			})
		}
	}
}

// checkCell compares what a step did with its cell.
func checkCell(t *testing.T, o *office, row *transition, state, cell string, before protocol.Position, err error) {
	t.Helper()
	var written []protocol.Kind
	for _, ev := range o.events(before) {
		if ev.Conversation == 2 {
			written = append(written, ev.Kind)
		}
	}
	code := answer(err)
	want := ""
	switch cell {
	case "–":
		want = "conflict"
	case "same", "no-op", "nothing", "reads", "marks":
	default:
		if !strings.Contains(cell, "/") && !strings.HasPrefix(cell, "merged") && cell != "erased" {
			want = cell
		}
	}
	if code != want {
		t.Fatalf("answered %q, want %q", code, want)
	}
	if strings.HasSuffix(want, "erasing") { // what it became is what the step before has made of it
		return
	}
	now := state
	if strings.Contains(cell, "/") || strings.HasPrefix(cell, "merged") || cell == "erased" {
		now = cell
	}
	if got := o.now(2); got != now {
		t.Errorf("is %s, want %s", got, now)
	}
	switch cell {
	case "same":
		if !slices.Contains(written, row.writes) {
			t.Errorf("wrote %v, not %s", written, row.writes)
		}
	case "no-op", "nothing":
		if len(written) > 0 {
			t.Errorf("wrote %v", written)
		}
	case "marks":
		if len(written) > 0 || !o.marked(o.bob, 2) || o.marked(o.ann, 2) {
			t.Errorf("wrote %v; marked for Bob %v, for Ann %v", written, o.marked(o.bob, 2), o.marked(o.ann, 2))
		}
	case "reads":
		if slices.Contains(written, protocol.KindReplyWaived) || o.unread(o.ann, 2) != 0 {
			t.Errorf("wrote %v, %d unread", written, o.unread(o.ann, 2))
		}
	}
}

// A row of a later part fails here when its command comes and the row is still later, and a row that is not later when
// nothing can bring it about.
func TestLaterRowsAreThoseWithoutACommand(t *testing.T) {
	t.Parallel()
	parts := map[string]bool{}
	for _, row := range transitions {
		_, known := protocol.Lookup(row.command)
		if row.command != "" && known == row.later {
			t.Errorf("%s: later %v, and %s is in the registry: %v", row.event, row.later, row.command, known)
		}
		if row.later {
			parts[row.part] = true
		}
	}
	for _, part := range []string{"records", "ratings", "rules"} {
		if !parts[part] {
			t.Errorf("no row of %s is later: has it come whole?", part)
		}
	}
}
