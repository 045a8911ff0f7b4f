package desk_test

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"beseda/protocol"
)

// What two people, or somebody and a timer, do in the same moment: each order is right, and nothing else is. The tests
// hold that both orders came about, so that they are no test of one of them.

// meeting lets things happen at once, again and again, and counts what came of it.
type meeting struct {
	*office
	rounds   int
	rnd      *rand.Rand
	outcomes map[string]int
}

// meet runs a test over every store, with many rounds where that is quick.
func meet(t *testing.T, want []string, run func(m *meeting)) {
	t.Helper()
	onEachStore(t, func(t *testing.T, o *office, rounds int) {
		m := &meeting{office: o, rounds: rounds, rnd: rand.New(rand.NewPCG(1, uint64(rounds))), outcomes: map[string]int{}}
		run(m)
		t.Log(m.outcomes)
		checkInvariants(t, o)
		for _, outcome := range want {
			if m.outcomes[outcome] == 0 {
				t.Errorf("never came about: %q; but %v", outcome, m.outcomes)
			}
		}
		if len(m.outcomes) != len(want) {
			t.Errorf("came about: %v; want %q", m.outcomes, want)
		}
	})
}

// atOnce begins all of them together, in an order that the dice choose as far as they can; now and then one after
// another, so that each order comes about on a machine that is busy too.
func (m *meeting) atOnce(do ...func()) {
	m.rnd.Shuffle(len(do), func(i, j int) { do[i], do[j] = do[j], do[i] })
	if m.rnd.IntN(8) == 0 {
		for _, f := range do {
			f()
		}
		return
	}
	gate := make(chan struct{})
	var all sync.WaitGroup
	for _, f := range do {
		all.Go(func() { <-gate; f() })
	}
	close(gate)
	all.Wait()
}

// asked is a conversation of somebody new, which Ann answered, and its number.
func (m *meeting) asked(i int) (person, protocol.Number) {
	v := m.visitor(fmt.Sprint("v", i))
	n := v.must(v.says("m1")).Conversation
	m.ann.must(m.ann.replies(n, "m2"))
	return v, n
}

// active are the conversations of a thread that are.
func (m *meeting) active(n protocol.Number) (active []protocol.Number) {
	for _, of := range m.thread(n).Numbers {
		if m.conv(of).Activity == protocol.Active {
			active = append(active, of)
		}
	}
	return active
}

// Whoever wins, the message is in exactly one conversation, which is active.
func TestAUT06AMessageAndTheTimeoutAtTheSameInstant(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ status, lost string }{
		{"closed", "completed, and the message began another"},
		{"by_last_author", "completed, and the message reactivated it"},
	} {
		t.Run(tc.status, func(t *testing.T) {
			t.Parallel()
			meet(t, []string{"the message reset the timer", tc.lost}, func(m *meeting) {
				m.sets("autocomplete.status", tc.status)
				for i := range m.rounds {
					v, n := m.asked(i)
					deadline := m.conv(n).Deadline
					m.clock.Store(deadline - 1)
					var a protocol.Accepted
					m.atOnce(
						func() { m.clock.Store(deadline); m.engine.Wake() },
						func() { a, _ = v.says("m3") },
					)
					m.flush()
					at := m.conv(a.Conversation)
					switch {
					case a.Conversation != n && m.now(n) == "C/closed":
						m.outcomes["completed, and the message began another"]++
						m.wants("the one before", m.texts(n), []string{"visitor: m1", "Ann: m2"})
						m.wants("the new one", m.texts(a.Conversation), []string{"visitor: m3"})
					case at.Offer != nil:
						m.outcomes["completed, and the message reactivated it"]++
					case m.conv(n).LastAt >= deadline:
						m.outcomes["it came at the deadline, and the timer did not come first"]++
					default:
						m.outcomes["the message reset the timer"]++
					}
					if a.Conversation == n {
						m.wants("the conversation", m.texts(n), []string{"visitor: m1", "Ann: m2", "visitor: m3"})
					}
					m.wants("active", m.active(n), []protocol.Number{a.Conversation})
					m.eve.must(m.eve.closes(a.Conversation)) // so that nothing comes due in later rounds
				}
			})
		})
	}
}

func TestAUT05AHoldAtTheLastSecondWinsOrLosesAsAWhole(t *testing.T) {
	t.Parallel()
	meet(t, []string{"it holds", "it came too late"}, func(m *meeting) {
		for i := range m.rounds {
			_, n := m.asked(i)
			deadline := m.conv(n).Deadline
			m.clock.Store(deadline - 1)
			m.flush() // announced
			var err error
			m.atOnce(
				func() { m.clock.Store(deadline); m.engine.Wake() },
				func() { _, err = m.ann.holds(n) },
			)
			m.flush()
			switch got := fmt.Sprint(answer(err), " ", m.now(n), " ", m.conv(n).Deadline > deadline); got {
			case " A/open true":
				m.outcomes["it holds"]++
			case "conflict C/pending false":
				m.outcomes["it came too late"]++
			default:
				m.outcomes[got]++
			}
			m.eve.must(m.eve.closes(n))
		}
	})
}

// A message that comes while its conversation is merged ends up in the survivor, in whichever order.
func TestMRG04AMessageDuringAMergeEndsUpInTheSurvivor(t *testing.T) {
	t.Parallel()
	meet(t, []string{"message first", "merge first"}, func(m *meeting) {
		for i := range m.rounds {
			v, p := m.asked(i)
			m.ann.must(m.ann.closes(p))
			x := v.must(v.says("m3")).Conversation
			var sent, merged protocol.Accepted
			var errs [2]error
			m.atOnce(
				func() { sent, errs[0] = v.says("m4") },
				func() { merged, errs[1] = m.eve.merges(x, p) },
			)
			m.wants("refusals", errs, [2]error{})
			m.wants("the survivor", m.texts(p), []string{"visitor: m1", "Ann: m2", "visitor: m3", "visitor: m4"})
			m.wants("states", m.now(p)+", "+m.now(x), "A/open, merged into #"+p.String())
			if sent.Position < merged.Position {
				m.outcomes["message first"]++
			} else {
				m.outcomes["merge first"]++
			}
		}
	})
}

func TestMRG04OfTwoMergesAtOnceOneIsAConflict(t *testing.T) {
	t.Parallel()
	meet(t, []string{"one"}, func(m *meeting) {
		for i := range m.rounds {
			v, p := m.asked(i)
			m.ann.must(m.ann.closes(p))
			x := v.must(v.says("m3")).Conversation
			answers := map[string]int{}
			got := make([]string, 2)
			m.atOnce(
				func() { got[0] = answer(by(m.eve.merges(x, p))) },
				func() { got[1] = answer(by(m.bob.merges(x, p))) },
			)
			answers[got[0]]++
			answers[got[1]]++
			m.wants("answers", answers, map[string]int{"": 1, "conflict merged_into=" + p.String(): 1})
			m.wants("the survivor", m.texts(p), []string{"visitor: m1", "Ann: m2", "visitor: m3"})
			m.outcomes["one"]++
		}
	})
}

func TestSPL07OfTwoSplitsAtOnceOneIsAConflict(t *testing.T) {
	t.Parallel()
	meet(t, []string{"Ann's", "Eve's"}, func(m *meeting) {
		for i := range m.rounds {
			v, n := m.asked(i)
			m.ann.must(m.ann.completes(n, protocol.Pending))
			m3 := v.must(v.says("m3")).Position
			var got [2]string
			m.atOnce(
				func() { got[0] = answer(by(m.ann.splits(n, m3))) },
				func() { got[1] = answer(by(m.eve.splits(n, m3))) },
			)
			switch got {
			case [2]string{"", "conflict"}:
				m.outcomes["Ann's"]++
			case [2]string{"conflict", ""}:
				m.outcomes["Eve's"]++
			default:
				m.outcomes[fmt.Sprintf("%q", got)]++
			}
			m.wants("numbers of the thread", len(m.thread(n).Numbers), 2)
			m.wants("states", m.now(n)+", "+m.now(n+1), "C/pending, A/open")
		}
	})
}

func TestSPL07AMessageDuringASplitIsInTheNewOne(t *testing.T) {
	t.Parallel()
	meet(t, []string{"message first", "split first"}, func(m *meeting) {
		for i := range m.rounds {
			v, n := m.asked(i)
			m.ann.must(m.ann.completes(n, protocol.Pending))
			m3 := v.must(v.says("m3")).Position
			var sent, split protocol.Accepted
			var errs [2]error
			m.atOnce(
				func() { sent, errs[0] = v.says("m4") },
				func() { split, errs[1] = m.ann.splits(n, m3) },
			)
			m.wants("refusals", errs, [2]error{})
			m.wants("the old one", m.texts(n), []string{"visitor: m1", "Ann: m2"})
			m.wants("the new one", m.texts(split.Conversation), []string{"visitor: m3", "visitor: m4"})
			if sent.Conversation == n {
				m.outcomes["message first"]++
			} else {
				m.outcomes["split first"]++
			}
		}
	})
}

func TestCMP04AMessageWhileTheChatIsEnded(t *testing.T) {
	t.Parallel()
	meet(t, []string{"ended, then reactivated", "conflict new_message"}, func(m *meeting) {
		for i := range m.rounds {
			v, n := m.asked(i)
			seen := m.conv(n).LastPosition
			var got string
			m.atOnce(
				func() { v.must(v.says("m3")) },
				func() {
					got = answer(by(m.ann.do(protocol.KindConversationComplete,
						&protocol.ConversationComplete{Conversation: n, Status: protocol.Pending, Last: seen})))
				},
			)
			if got == "" && m.conv(n).Offer != nil {
				got = "ended, then reactivated"
			}
			m.outcomes[got]++
			m.wants("state", m.now(n), "A/open")
			m.wants("the conversation", m.texts(n), []string{"visitor: m1", "Ann: m2", "visitor: m3"})
		}
	})
}

func TestCLO01ClosedByTwoAtOnceItIsOneClosing(t *testing.T) {
	t.Parallel()
	meet(t, []string{"by Ann", "by visitor"}, func(m *meeting) {
		for i := range m.rounds {
			v, n := m.asked(i)
			before := m.last()
			var errs [2]error
			m.atOnce(
				func() { errs[0] = by(m.ann.closes(n)) },
				func() { errs[1] = by(v.closes(n)) },
			)
			m.wants("refusals", errs, [2]error{})
			events := m.tells(n, before)
			if len(events) != 1 || len(events[0]) < len("conversation.closed ") {
				m.t.Fatalf("told %q", events)
			}
			m.outcomes[events[0][len("conversation.closed "):]]++
			m.wants("state", m.now(n), "C/closed")
		}
	})
}

func TestASG09OfTwoFirstRepliesOneTakesTheConversation(t *testing.T) {
	t.Parallel()
	meet(t, []string{"Ann", "Bob"}, func(m *meeting) {
		for i := range m.rounds {
			v := m.visitor(fmt.Sprint("v", i))
			n := v.must(v.says("m1")).Conversation
			var got [2]string
			m.atOnce(
				func() { got[0] = answer(by(m.ann.replies(n, "hi"))) },
				func() { got[1] = answer(by(m.bob.replies(n, "hi"))) },
			)
			won, who := "Ann", m.ann
			if got[0] != "" {
				won, who = "Bob", m.bob
				got[0], got[1] = got[1], got[0]
			}
			m.wants("answers", got, [2]string{"", "not_assigned"})
			m.wants("assignee", m.conv(n).Assignee, who.id())
			m.wants("texts", m.texts(n), []string{"visitor: m1", won + ": hi"})
			m.outcomes[won]++
		}
	})
}

// I1 under everything that can make a conversation active.
func TestOfAllThatBeginAtOnceOneConversationIsActive(t *testing.T) {
	t.Parallel()
	for _, state := range []protocol.Status{protocol.Open, protocol.Pending, protocol.Closed} {
		t.Run(string(state), func(t *testing.T) {
			t.Parallel()
			onEachStore(t, func(t *testing.T, o *office, rounds int) {
				m := &meeting{office: o, rnd: rand.New(rand.NewPCG(2, 2))}
				for i := range rounds {
					v, n := m.asked(i)
					m.ann.must(m.ann.completes(n, state))
					thread := m.conv(n).Thread
					got := make([]string, 5)
					m.atOnce(
						func() { got[0] = answer(by(v.says("m3"))) },
						func() { got[1] = answer(by(m.ann.replies(n, "m4"))) },
						func() { got[2] = answer(by(m.ann.starts(thread, "m5"))) },
						func() { got[3] = answer(by(m.eve.starts(thread, "m6"))) },
						func() { got[4] = answer(by(m.eve.reopens(n))) },
					)
					active := m.active(n)
					if len(active) != 1 {
						t.Fatalf("round %d: active are %v", i, active)
					}
					sent := 0
					for j, refused := range got {
						if refused != "" && (j == 0 || refused != "conflict active="+active[0].String()) {
							t.Fatalf("round %d: answered %q, active is #%d", i, got, active[0])
						}
						if refused == "" && j < 4 {
							sent++
						}
					}
					texts := -2 // of before
					for _, of := range m.thread(n).Numbers {
						texts += len(m.texts(of))
					}
					m.wants("messages", texts, sent)
				}
				checkInvariants(t, o)
			})
		})
	}
}
