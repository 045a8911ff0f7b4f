package desk_test

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/store"
	"beseda/store/memory"
)

// brittle is a store that dies at a commit: just before it, so that nothing of it is stored, or just after it, so that
// all of it is and nobody hears of it. Between those two there is nothing: a commit is stored whole or not at all, which
// the contract of stores holds them to.
type brittle struct {
	store.Store
	left  atomic.Int64 // commits until then; below zero it is dead
	after bool
}

func (b *brittle) Commit(batch []store.Write) error {
	left := b.left.Add(-1)
	if left == 0 && b.after {
		if err := b.Store.Commit(batch); err != nil {
			return err
		}
	}
	if left <= 0 {
		return store.ErrBroken
	}
	return b.Store.Commit(batch)
}

// scene is a step of the story that dies in the middle.
type scene func(o *office) (person, protocol.Kind, protocol.Body)

// The story has everything that writes more than one row: starts, claims, timers, splits, merges, assignments, and an
// operator who leaves.
var crashStory = []scene{
	func(o *office) (person, protocol.Kind, protocol.Body) {
		return o.eve, protocol.KindPolicyChange, &protocol.PolicyChange{Values: []protocol.PolicyValue{{Key: "sla.limit", Value: "5m"}, {Key: "sla.warn", Value: "1m"}}}
	},
	says("q1"),
	later(6 * time.Minute), // warned, exceeded
	replies("a1", 1),
	later(11 * time.Minute), // announced, completed
	says("q2"),
	func(o *office) (person, protocol.Kind, protocol.Body) {
		return o.ann, protocol.KindMessagesSplit, &protocol.MessagesSplit{Conversation: 1, From: o.conv(1).Offer.From}
	},
	later(9 * time.Minute),
	func(o *office) (person, protocol.Kind, protocol.Body) {
		return o.ann, protocol.KindCompletionPostpone, &protocol.CompletionPostpone{Conversation: 2}
	},
	func(o *office) (person, protocol.Kind, protocol.Body) {
		return o.kira, protocol.KindReactionAdd, &protocol.ReactionAdd{Position: o.conv(2).LastMessage, Emoji: "👍"}
	},
	func(o *office) (person, protocol.Kind, protocol.Body) {
		return o.ann, protocol.KindConversationMerge, &protocol.ConversationMerge{Conversation: 2, Into: 1}
	},
	func(o *office) (person, protocol.Kind, protocol.Body) {
		return o.eve, protocol.KindConversationAssign, &protocol.ConversationAssign{Conversation: 1, Assignee: o.bob.id()}
	},
	func(o *office) (person, protocol.Kind, protocol.Body) {
		return o.eve, protocol.KindOperatorDeactivate, &protocol.OperatorDeactivate{Operator: o.bob.id()}
	},
	later(time.Hour),
	says("q3"),
	func(o *office) (person, protocol.Kind, protocol.Body) {
		return o.ann, protocol.KindConversationComplete, &protocol.ConversationComplete{Conversation: 1, Status: protocol.Closed}
	},
	says("q4"), // #3
	replies("a4", 3),
	func(o *office) (person, protocol.Kind, protocol.Body) {
		return o.eve, protocol.KindOperatorActivate, &protocol.OperatorActivate{Operator: o.bob.id()}
	},
	func(o *office) (person, protocol.Kind, protocol.Body) {
		return o.bob, protocol.KindNoteAdd, &protocol.NoteAdd{Conversation: 3, Text: "psst"}
	},
	func(o *office) (person, protocol.Kind, protocol.Body) {
		return o.ann, protocol.KindSubjectChange, &protocol.SubjectChange{Conversation: 3, Subject: "Boots"}
	},
	func(o *office) (person, protocol.Kind, protocol.Body) {
		return o.kira, protocol.KindConversationClose, &protocol.ConversationClose{Conversation: 3}
	},
	func(o *office) (person, protocol.Kind, protocol.Body) {
		return o.ann, protocol.KindStatusChange, &protocol.StatusChange{Conversation: 3, Status: protocol.Pending}
	},
	says("q5"), // reactivates it
	func(o *office) (person, protocol.Kind, protocol.Body) {
		return o.ann, protocol.KindReplyWaive, &protocol.ReplyWaive{Conversation: 3}
	},
	func(o *office) (person, protocol.Kind, protocol.Body) {
		return o.kira, protocol.KindReceiptAdvance, &protocol.ReceiptAdvance{Delivered: o.conv(3).LastMessage, Read: o.conv(3).LastMessage}
	},
	func(o *office) (person, protocol.Kind, protocol.Body) {
		return o.eve, protocol.KindConversationMerge, &protocol.ConversationMerge{Conversation: 3, Into: 1}
	},
	func(o *office) (person, protocol.Kind, protocol.Body) {
		return o.eve, protocol.KindConversationComplete, &protocol.ConversationComplete{Conversation: 1, Status: protocol.Pending}
	},
	func(o *office) (person, protocol.Kind, protocol.Body) {
		return o.eve, protocol.KindConversationStart, &protocol.ConversationStart{Thread: o.conv(1).Thread, Text: "About your order"} // #4
	},
	later(time.Hour), // completed
	func(o *office) (person, protocol.Kind, protocol.Body) {
		return o.eve, protocol.KindConversationReopen, &protocol.ConversationReopen{Conversation: 1}
	},
	later(time.Hour),
}

func replies(text string, n protocol.Number) scene {
	return func(o *office) (person, protocol.Kind, protocol.Body) {
		return o.ann, protocol.KindMessageSend, &protocol.MessageSend{Conversation: n, Text: text}
	}
}

func says(text string) scene {
	return func(o *office) (person, protocol.Kind, protocol.Body) {
		return o.kira, protocol.KindMessageSend, &protocol.MessageSend{Text: text}
	}
}

// later lets time pass, and a command that changes nothing be decided after what is due.
func later(d time.Duration) scene {
	return func(o *office) (person, protocol.Kind, protocol.Body) {
		o.clock.Add(d.Milliseconds())
		return o.eve, protocol.KindPolicyChange, &protocol.PolicyChange{}
	}
}

// bed is where a house stands that dies: a store, and the same one opened again.
type bed struct {
	store  store.Store
	reopen func() store.Store
}

// TestACrashAtAnyCommitLosesAndRepeatsNothing plays the story with a death at each of its commits, opens the house again,
// sends what was not answered once more with its id, and goes on: the log is the one of a story without a death, and
// the views are what it makes of an empty store.
func TestACrashAtAnyCommitLosesAndRepeatsNothing(t *testing.T) {
	t.Parallel()
	want, commits := playUntil(t, memoryBed(t), 1<<40, false)
	if commits < len(crashStory) {
		t.Fatalf("%d commits for %d steps", commits, len(crashStory))
	}
	for name, made := range map[string]func(*testing.T) bed{"memory": memoryBed, "badgerdb": badgerBed} {
		for at := 1; at <= commits; at++ {
			for _, after := range []bool{false, true} {
				t.Run(fmt.Sprintf("%s, at commit %d, stored %v", name, at, after), func(t *testing.T) {
					t.Parallel()
					got, _ := playUntil(t, made(t), at, after)
					if diff := cmp.Diff(want, got); diff != "" {
						t.Errorf("the log, without a death - with one +\n%s", diff)
					}
				})
			}
		}
	}
}

func memoryBed(*testing.T) bed {
	s := memory.New()
	return bed{s, func() store.Store { return s }}
}

func badgerBed(t *testing.T) bed {
	dir := t.TempDir()
	db := openBadger(t, dir)
	return bed{db, func() store.Store {
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		return openBadger(t, dir)
	}}
}

// playUntil plays the story over a store that dies at a commit of it, and returns the log and the number of commits.
func playUntil(t *testing.T, base bed, death int, after bool) (log []string, commits int) {
	t.Helper()
	weak := &brittle{Store: base.store, after: after}
	weak.left.Store(1 << 40)
	o := newOffice(t, weak)
	weak.left.Store(int64(death))
	for i, next := range crashStory {
		who, kind, body := next(o)
		id := protocol.CommandID(fmt.Sprintf("01JS%022d", i))
		_, err := who.repeat(id, kind, body)
		if weak.left.Load() <= 0 { // it died, whatever was answered
			o.engine.Close()
			weak.Store = base.reopen()
			weak.left.Store(1 << 40)
			o.open()
			checkInvariants(t, o)
			_, err = who.repeat(id, kind, body)
		}
		if err != nil {
			t.Fatalf("step %d, %s: %v", i, kind, err)
		}
		checkInvariants(t, o)
	}
	for _, ev := range o.events(o.opened) {
		words := o.words(&ev)
		log = append(log, fmt.Sprintf("%d %s", ev.At, words))
	}
	checkReplay(t, o)
	return log, death - int(weak.left.Load())
}
