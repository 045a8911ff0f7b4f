package desk_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"beseda/protocol"
	"beseda/server/desk"
	"beseda/server/engine"
	"beseda/store"
	"beseda/store/memory"
)

// chaos is a random list of commands by everybody, sensible ones and others.
type chaos struct {
	o     *office
	rnd   *rand.Rand
	sent  []sent // commands that may come again
	count map[string]int
}

type sent struct {
	who    person
	id     protocol.CommandID
	kind   protocol.Kind
	body   protocol.Body
	answer protocol.Accepted
	failed bool
}

func newChaos(o *office, seed uint64) *chaos {
	return &chaos{o: o, rnd: rand.New(rand.NewPCG(seed, 42)), count: map[string]int{}}
}

func pick[T any](c *chaos, from ...T) T { return from[c.rnd.IntN(len(from))] }

// step does one thing and fails the test where the answer itself is wrong.
func (c *chaos) step() {
	c.o.t.Helper()
	c.o.clock.Add(int64(c.rnd.IntN(3)) * 700)
	if c.rnd.IntN(25) == 0 { // and then nobody says anything for a while
		c.o.clock.Add(pick[int64](c, 120_000, 481_000, 600_000, 3_600_000))
	}
	c.o.flush() // so that what is chosen from does not depend on when timers fire
	if len(c.sent) > 0 && c.rnd.IntN(10) == 0 {
		c.again(pick(c, c.sent...))
		return
	}
	who, kind, body := c.command()
	s := sent{who: who, id: protocol.CommandID(c.o.newID()), kind: kind, body: body}
	var err error
	s.answer, err = who.repeat(s.id, kind, body)
	s.failed = err != nil
	if err != nil && !errors.As(err, new(*protocol.Refusal)) {
		c.o.t.Fatalf("%s by %s: %v", kind, who.name, err)
	}
	c.count[fmt.Sprint(kind, " ", answer(err))]++
	c.sent = append(c.sent, s)
}

// again repeats a command: an accepted one changes nothing, whatever happened since, and gets the same answer.
func (c *chaos) again(s sent) {
	c.o.t.Helper()
	c.o.flush()
	before := c.o.last()
	got, err := s.who.repeat(s.id, s.kind, s.body)
	if s.failed {
		return // it may succeed now
	}
	if err != nil || got != s.answer || c.o.last() != before {
		c.o.t.Fatalf("%s again: %+v, %v; at first %+v; %d events", s.kind, got, err, s.answer, c.o.last()-before)
	}
	c.count["again"]++
}

func (c *chaos) command() (person, protocol.Kind, protocol.Body) {
	o := c.o
	visitor := pick(c, o.kira, o.lev, o.mia)
	operator := pick(c, o.eve, o.ann, o.bob, o.robot)
	number := protocol.Number(c.rnd.IntN(8))
	at := func() protocol.Position { return protocol.Position(c.rnd.IntN(int(o.last()) + 3)) }
	switch c.rnd.IntN(28) {
	case 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27:
		return c.lifecycle(visitor, operator, number)
	case 0, 1, 2:
		return visitor, protocol.KindMessageSend, c.message(visitor, 0)
	case 3, 4, 5:
		return operator, protocol.KindMessageSend, c.message(operator, number)
	case 6:
		return visitor, protocol.KindReceiptAdvance, &protocol.ReceiptAdvance{Delivered: at(), Read: at()}
	case 7:
		return operator, protocol.KindReceiptAdvance, &protocol.ReceiptAdvance{Conversation: number, Delivered: at(), Read: at()}
	case 8, 9:
		return operator, protocol.KindConversationClose, &protocol.ConversationClose{Conversation: number}
	case 10:
		return operator, protocol.KindConversationReopen, &protocol.ConversationReopen{Conversation: number}
	case 11:
		to := pick(c, o.eve.id(), o.ann.id(), o.bob.id(), o.robot.id(), "")
		return operator, protocol.KindConversationAssign, &protocol.ConversationAssign{Conversation: number, Assignee: to}
	case 12:
		whom := pick(c, o.ann, o.bob, o.robot).id()
		if c.rnd.IntN(3) == 0 {
			return o.eve, protocol.KindOperatorDeactivate, &protocol.OperatorDeactivate{Operator: whom}
		}
		return o.eve, protocol.KindOperatorActivate, &protocol.OperatorActivate{Operator: whom}
	default:
		return visitor, protocol.KindVisitorVisit, &protocol.VisitorVisit{URL: fmt.Sprint("https://shop.example/", c.rnd.IntN(3))}
	}
}

// lifecycle is what ends, moves and annotates conversations. Splits and merges mostly name what is there.
func (c *chaos) lifecycle(visitor, operator person, number protocol.Number) (person, protocol.Kind, protocol.Body) {
	o := c.o
	status := pick(c, protocol.Open, protocol.Pending, protocol.Closed)
	at := protocol.Position(1 + c.rnd.IntN(int(o.last())))
	switch c.rnd.IntN(17) {
	case 16:
		if c.rnd.IntN(6) == 0 {
			return operator, protocol.KindConversationDelete, &protocol.ConversationDelete{Conversation: max(1, number)}
		}
	case 13:
		return operator, protocol.KindUnreadMark, &protocol.UnreadMark{Conversation: max(1, number)}
	case 14:
		return operator, protocol.KindUnreadClear, &protocol.UnreadClear{Conversation: max(1, number)}
	case 15:
		if c.rnd.IntN(4) == 0 {
			return operator, protocol.KindContactBlock, &protocol.ContactBlock{Conversation: max(1, number)}
		}
		return operator, protocol.KindContactUnblock, &protocol.ContactUnblock{Conversation: max(1, number)}
	case 0:
		return operator, protocol.KindConversationComplete, &protocol.ConversationComplete{Conversation: max(1, number), Status: status, Last: at}
	case 1:
		return operator, protocol.KindStatusChange, &protocol.StatusChange{Conversation: max(1, number), Status: status}
	case 2:
		return visitor, protocol.KindConversationClose, &protocol.ConversationClose{Conversation: max(1, number)}
	case 3:
		return operator, protocol.KindCompletionPostpone, &protocol.CompletionPostpone{Conversation: max(1, number)}
	case 4:
		return operator, protocol.KindReplyWaive, &protocol.ReplyWaive{Conversation: max(1, number)}
	case 5:
		return operator, protocol.KindNoteAdd, &protocol.NoteAdd{Conversation: max(1, number), Text: "psst"}
	case 6:
		return operator, protocol.KindSubjectChange, &protocol.SubjectChange{Conversation: max(1, number), Subject: pick(c, "", "Refund")}
	case 7:
		return visitor, protocol.KindReactionAdd, &protocol.ReactionAdd{Position: at, Emoji: "👍"}
	case 8:
		return visitor, protocol.KindReactionWithdraw, &protocol.ReactionWithdraw{Position: at, Emoji: "👍"}
	case 9:
		return operator, protocol.KindReactionAdd, &protocol.ReactionAdd{Conversation: number, Position: at, Emoji: "❤️"}
	case 10, 11:
		from := at
		rows := c.rows()
		for _, n := range slices.Sorted(maps.Keys(rows)) { // the dice fall the same in every run
			if rows[n].Offer != nil && c.rnd.IntN(4) > 0 {
				number, from = n, rows[n].Offer.From
			}
		}
		return operator, protocol.KindMessagesSplit, &protocol.MessagesSplit{Conversation: max(1, number), From: from}
	case 12:
		return operator, protocol.KindConversationMerge, c.merge(number)
	}
	key, value := "sla.limit", pick(c, "off", "2m", "10m")
	if c.rnd.IntN(2) == 0 {
		key, value = "autocomplete.after", pick(c, "off", "5m", "10m")
	}
	if c.rnd.IntN(3) == 0 {
		key, value = "offline_delivery", pick(c, "queue", "fail_after:1m", "fail_after:5m")
	}
	return o.eve, protocol.KindPolicyChange, &protocol.PolicyChange{Values: []protocol.PolicyValue{{Key: key, Value: value}}}
}

// merge mostly names the true predecessor.
func (c *chaos) merge(number protocol.Number) *protocol.ConversationMerge {
	cmd := &protocol.ConversationMerge{Conversation: max(1, number), Into: max(1, number-1)}
	rows := c.rows()
	if c.rnd.IntN(4) == 0 || rows[number].Number == 0 {
		return cmd
	}
	for n := number - 1; n > 0; n-- {
		if rows[n].Thread == rows[number].Thread && !tombstone(rows[n]) {
			cmd.Into = n
			return cmd
		}
	}
	return cmd
}

// rows are the conversations of small numbers, by number.
func (c *chaos) rows() map[protocol.Number]store.Conversation {
	out := map[protocol.Number]store.Conversation{}
	c.o.read(func(r store.Reader) error {
		for conv, err := range store.Conversations.Scan(r, store.Conversations.Under()) {
			if err != nil {
				return err
			}
			out[conv.Number] = conv
		}
		return nil
	})
	return out
}

func (c *chaos) message(who person, n protocol.Number) *protocol.MessageSend {
	m := &protocol.MessageSend{Conversation: n, Text: fmt.Sprint("text ", c.rnd.IntN(100))}
	if c.rnd.IntN(6) == 0 {
		m.Attachments = append(m.Attachments, who.uploads("file", protocol.AttachmentOther))
	}
	if c.rnd.IntN(20) == 0 {
		m.Attachments = append(m.Attachments, protocol.AttachmentID(c.o.newID())) // never was
	}
	return m
}

func TestNoListOfCommandsBreaksAnInvariant(t *testing.T) {
	t.Parallel()
	const seeds = 24
	total := map[string]int{}
	t.Cleanup(func() { // the list must have reached what it is about
		for _, want := range []string{
			"message.send ", "message.send not_assigned", "message.send unauthorized", "message.send not_found",
			"conversation.close ", "conversation.close forbidden", "conversation.reopen ", "conversation.assign ",
			"conversation.assign invalid field=assignee", "receipt.advance ", "operator.deactivate ", "again",
			"conversation.complete ", "status.change ", "reply.waive ", "note.add ", "subject.change ", "reaction.add ",
			"reaction.withdraw ", "messages.split ", "conversation.delete ", "conversation.delete forbidden right=delete", "conversation.merge ", "policy.change ",
		} {
			if total[want] == 0 {
				t.Errorf("never seen: %q", want)
			}
		}
		if testing.Verbose() {
			t.Log(total)
		}
	})
	results := make(chan map[string]int, seeds)
	t.Run("seeds", func(t *testing.T) {
		for seed := range uint64(seeds) {
			t.Run(fmt.Sprint(seed), func(t *testing.T) {
				t.Parallel()
				o := newOffice(t, nil)
				c := newChaos(o, seed)
				defer func() { results <- c.count }()
				before := look(t, o)
				for range 300 {
					at := o.last()
					c.step()
					after := checkInvariants(t, o)
					checkStep(t, before, after, o.events(at))
					before = after
					if t.Failed() {
						t.Fatalf("after %s", fmt.Sprint(o.since(at)))
					}
					if c.rnd.IntN(60) == 0 {
						o.restart()
					}
				}
			})
		}
	})
	close(results)
	for counts := range results {
		for k, n := range counts {
			total[k] += n
		}
	}
}

// fingerprint is a hash over all records that are derived from the log, or over all there are.
func fingerprint(t *testing.T, s store.Store, all bool) string {
	t.Helper()
	sum := sha256.New()
	err := s.View(func(r store.Reader) error {
		for e, err := range store.Scope(store.Main, r).Scan(store.Range{}) {
			if err != nil {
				return err
			}
			if all || store.Derived(e.Key) {
				fmt.Fprintf(sum, "%d %q %d %q\n", len(e.Key), e.Key, len(e.Value), e.Value)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x", sum.Sum(nil))
}

// checkReplay holds that the views are what the log makes of an empty store.
func checkReplay(t *testing.T, o *office) {
	t.Helper()
	replayed := memory.New()
	o.read(func(r store.Reader) error { return engine.Replay(r, replayed, store.Main, desk.Domain{}) })
	if fingerprint(t, o.store, false) != fingerprint(t, replayed, false) {
		t.Error("the log makes other views than those that are stored")
	}
}

func TestALogReplayedIntoAnEmptyStoreMakesTheSameViews(t *testing.T) {
	t.Parallel()
	for seed := range uint64(10) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			o := newOffice(t, nil)
			c := newChaos(o, seed)
			for range 400 {
				c.step()
			}
			want := fingerprint(t, o.store, false)
			for name, into := range map[string]store.Store{
				"a store like the first":    memory.New(),
				"one that takes little":     memory.NewLimited(store.Limits{MaxKeys: 40, MaxBytes: 1 << 20, MaxKey: 200, MaxValue: 1 << 18}),
				"one that takes few bytes ": memory.NewLimited(store.Limits{MaxKeys: 4000, MaxBytes: 20_000, MaxKey: 200, MaxValue: 1 << 14}),
			} {
				o.read(func(r store.Reader) error { return engine.Replay(r, into, store.Main, desk.Domain{}) })
				if got := fingerprint(t, into, false); got != want {
					t.Errorf("%s: the views differ", name)
				}
			}
			empty := fingerprint(t, memory.New(), false)
			if want == empty {
				t.Error("nothing was compared")
			}
		})
	}
}

func TestTheSameCommandsMakeTheSameBytes(t *testing.T) {
	t.Parallel()
	run := func() string {
		o := newOffice(t, nil)
		c := newChaos(o, 5)
		for range 400 {
			c.step()
		}
		return fingerprint(t, o.store, true)
	}
	if first, second := run(), run(); first != second {
		t.Error("two runs of one list differ in what they stored")
	}
}
