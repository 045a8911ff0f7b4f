package desk_test

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"runtime/debug"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/server/desk/conversation"
	"beseda/server/desk/team"
	"beseda/server/engine"
	"beseda/store"
)

var sequences = flag.Int("sequences", usualSequences, "how many random sequences the desk and its reference are compared on")

// story is one visitor's thread, told to the desk and to the reference at once.
type story struct {
	o     *office
	rnd   *rand.Rand
	model *reference
	kira  person
	staff []person
	last  position // of the log, before the step
	said  []deed   // for the one who reads a failure
	has   map[string]bool
	moved bool // items may have changed hands, or somebody's position was set
	rows  map[number]row
	own   map[string]bool // policies that the channel has a value of its own for
}

// deed is a step, or several, put into words only where it is read.
type deed struct {
	at        int64
	name, who string
	n         number
	cmd       any
	got       string
}

func (d deed) String() string {
	return fmt.Sprintf("%d %s %s #%d %+v → %s", d.at, d.name, d.who, d.n, d.cmd, d.got)
}

// TestTheDeskDoesWhatTheReferenceSays plays random sequences of commands, hours and restarts, and compares answers,
// events, rows, items and what is unread after each step.
func TestTheDeskDoesWhatTheReferenceSays(t *testing.T) {
	t.Parallel()
	const offices, housefull = 8, 100 // a house that is not too full is quicker
	total := *sequences
	if testing.Short() {
		total /= 10
	}
	before := debug.SetGCPercent(1000) // little lives and much is made
	t.Cleanup(func() { debug.SetGCPercent(before) })
	counts := make([]map[string]int, offices)
	t.Cleanup(func() { checkReach(t, counts) })
	t.Run("offices", func(t *testing.T) {
		for i := range offices {
			counts[i] = map[string]int{}
			t.Run(fmt.Sprint(i), func(t *testing.T) {
				t.Parallel()
				left := total / offices // however quick the others are, so that the same ones are played every time
				for house := 0; left > 0 && !t.Failed(); house++ {
					t.Run(fmt.Sprint(house), func(t *testing.T) { // its own, so that it is cleared away
						o := newOffice(t, nil)
						rules := newChannels(o, rand.New(rand.NewPCG(uint64(i), uint64(house))))
						for n := range housefull {
							if left--; left < 0 || t.Failed() {
								return
							}
							tell(o, rules, uint64(i)<<40|uint64(house)<<20|uint64(n), counts[i])
						}
					})
				}
			})
		}
	})
}

// checkReach holds that the sequences reached what they are about.
func checkReach(t *testing.T, counts []map[string]int) {
	total := map[string]int{}
	for _, c := range counts {
		for what, n := range c {
			total[what] += n
		}
	}
	for _, want := range []string{
		"says ", "replies ", "replies not_assigned", "replies forbidden", "replies conflict active", "starts ", "starts conflict active",
		"completes ", "completes conflict", "completes conflict new_message", "completes invalid", "completes forbidden",
		"setsStatus ", "setsStatus conflict merged_into", "visitorCloses ", "visitorCloses not_found", "reopens ", "reopens conflict active",
		"postpones ", "postpones conflict", "waives ", "waives conflict new_message", "notes ", "names ", "assigns ", "assigns forbidden",
		"assigns invalid", "reacts ", "reacts not_found", "reads ", "splits ", "splits conflict", "splits conflict changed",
		"merges ", "merges conflict", "merges conflict changed", "merges forbidden", "deactivates ", "activates ", "sets ", "unauthorized",
		"event reply_time.warned", "event reply_time.exceeded", "event completion.announced", "event conversation.reactivated",
		"event conversation.reopened", "event conversation.assigned", "restart",
		"blocks ", "blocks forbidden", "unblocks ", "marks ", "marks forbidden", "clears ", "sees ", "erases ", "erases forbidden right=delete", "erases not_found erasing", "says blocked", "replies blocked",
		"starts blocked", "reacts blocked", "visitorCloses blocked", "event contact.blocked", "event contact.unblocked", "event message.failed",
	} {
		if total[want] == 0 && !t.Failed() {
			t.Errorf("never seen: %q", want)
		}
	}
	if testing.Verbose() {
		for _, what := range slices.Sorted(maps.Keys(total)) {
			t.Log(what, total[what])
		}
	}
}

// tell plays one sequence.
func tell(o *office, rules *channels, seed uint64, counts map[string]int) {
	s := newStory(o, rules, seed)
	for range 6 + s.rnd.IntN(18) {
		s.step(counts)
		if o.t.Failed() {
			return
		}
	}
	s.compareItems()
	s.finish()
}

func newStory(o *office, rules *channels, seed uint64) *story {
	s := &story{o: o, rnd: rand.New(rand.NewPCG(seed, 7)), has: map[string]bool{}, rows: map[number]row{}}
	s.staff = []person{o.eve, o.ann, o.bob, o.robot}
	s.kira = o.visitor("Kira")
	var policy refPolicy
	s.kira.call.Channel, policy, s.own = rules.pick(s.rnd)
	s.model = &reference{policy: policy, people: map[operator]*refPerson{}, created: map[operator]position{},
		fired: map[position]*[2]bool{}, resumed: map[string]int64{}, last: o.last(), contact: refContact{failed: map[position]bool{}}}
	o.read(func(r store.Reader) error {
		for op, err := range store.Operators.Scan(r, store.Operators.Under()) {
			if err != nil {
				return err
			}
			m, err := team.MemberOf(r, &op)
			if err != nil {
				return err
			}
			s.model.people[op.ID] = &refPerson{admin: op.Role == protocol.RoleAdmin, bot: op.Bot, blocks: m.May(protocol.RightBlock), deletes: m.May(protocol.RightDelete)}
			s.model.created[op.ID] = op.CreatedPos
		}
		rng := store.Conversations.Under()
		rng.Reverse = true
		for conv, err := range store.Conversations.Scan(r, rng) {
			s.model.next = conv.Number
			return err
		}
		return nil
	})
	s.last = s.model.last
	return s
}

// finish leaves nothing that happens later.
func (s *story) finish() {
	for _, c := range s.model.convs {
		if c.mergedInto == 0 && !c.erased && c.status != protocol.Closed {
			s.o.eve.must(s.o.eve.run("", &protocol.ConversationClose{Conversation: c.number}))
		}
	}
	if s.model.known {
		s.kira.must(s.kira.run("", &protocol.ReceiptAdvance{Delivered: s.o.last()}))
	}
	for _, p := range s.staff[1:] {
		if s.model.people[p.id()].off {
			s.o.eve.must(s.o.eve.run("", &protocol.OperatorActivate{Operator: p.id()}))
		}
	}
	s.o.clock.Add(2000)
}

// step does one thing on both sides.
func (s *story) step(counts map[string]int) {
	hours := []int64{0, 0, 0, 1, 1, 1000, 9_000, 10_000, 31_000, 120_000, 121_000, 300_000, 480_000, 481_000, 599_999, 600_000, 3_600_000}
	now := s.o.clock.Add(hours[s.rnd.IntN(len(hours))])
	if s.rnd.IntN(150) == 0 {
		s.o.restart()
		s.said = append(s.said, deed{at: now, name: "restart"})
		counts["restart"]++
	}
	m := s.model
	m.events = nil
	m.runDue(now)
	m.now = now
	what, got, want := s.act()
	what.at, what.got = now, got
	s.said = append(s.said, what)
	if got != want {
		s.fail("answered %q, want %q", got, want)
		return
	}
	if m.overdue(now) { // what the step itself made due fires at once, whether somebody asks for more or not
		m.runDue(now)
		s.o.flush()
	}
	counts[what.name+" "+code(got)]++
	if code(got) == "unauthorized" {
		counts["unauthorized"]++
	}
	for _, ev := range m.events {
		counts["event "+string(ev.Kind)]++
	}
	s.compare()
	if s.moved && got == "" || s.rnd.IntN(20) == 0 {
		s.compareItems()
	}
}

func (s *story) fail(format string, args ...any) {
	s.o.t.Helper()
	text := ""
	for _, line := range s.said {
		text += "\n\t" + line.String()
	}
	s.o.t.Errorf("%s\npolicies %v\nafter%s", fmt.Sprintf(format, args...), s.model.policy, text)
}

// compare holds the log and the rows of the thread against the reference.
func (s *story) compare() {
	m := s.model
	var events []refEvent
	var got, want []view
	s.o.read(func(r store.Reader) error {
		for ev, err := range engine.Changes(r, s.last) {
			if err != nil {
				return err
			}
			by := ev.Actor.Name
			if ev.Actor.Kind != protocol.ActorOperator {
				by = string(ev.Actor.Kind)
			}
			events = append(events, refEvent{ev.Kind, ev.Conversation, by})
			s.last = ev.Position
		}
		for _, c := range m.convs {
			conv, err := s.row(r, c.number)
			if err != nil {
				return err
			}
			g, w := s.storedView(conv), s.modelView(c)
			if w.WarnAt <= s.o.clock.Load() {
				w.WarnAt = 0
			}
			if w.LimitAt <= s.o.clock.Load() {
				w.LimitAt = 0
			}
			got, want = append(got, g), append(want, w)
		}
		return nil
	})
	if !slices.Equal(m.events, events) || s.last != m.last {
		s.fail("events: want - got +\n%s", cmp.Diff(m.events, events))
	} else if !reflect.DeepEqual(got, want) {
		s.fail("rows: want - got +\n%s", cmp.Diff(want, got))
	}
}

// compareItems holds the ranges against the reference, and what everybody finds unread.
func (s *story) compareItems() {
	m := s.model
	if !m.known || s.o.t.Failed() {
		return
	}
	s.o.read(func(r store.Reader) error {
		for _, c := range m.convs {
			conv, err := store.Conversations.Get(r, store.Num(c.number))
			if err != nil {
				return err
			}
			items, _, err := conversation.Newest(r, conv.Thread, conv.Ranges, 0, 0, 1<<20, conversation.ForTeam())
			if err != nil {
				return err
			}
			var got, want []position
			for i := range items {
				got = append(got, items[i].Position)
				if items[i].Kind == protocol.KindMessageSent {
					body := decoded[protocol.MessageSent](s.o.t, &items[i])
					if failed := body.Failed != ""; failed != m.contact.failed[items[i].Position] {
						s.fail("%d has failed: %v", items[i].Position, failed)
					}
				}
			}
			for _, i := range m.of(c) {
				want = append(want, i.at)
			}
			if !slices.Equal(got, want) {
				s.fail("items of #%d: %v, want %v", c.number, got, want)
			}
			for _, p := range s.staff {
				read := m.created[p.id()]
				own, knows, err := conversation.ReadBy(r, p.id(), c.number)
				if err != nil {
					return err
				}
				if knows {
					read = own.Read
				}
				if want := slices.Contains(c.marked, p.id()); own.Marked != want {
					s.fail("%s has marked #%d: %v", p.name, c.number, own.Marked)
				}
				count := 0
				for i := range items {
					if items[i].Position > read && conversation.Unread(&items[i]) {
						count++
					}
				}
				if want := m.unread(p.id(), c); count != want && c.mergedInto == 0 {
					s.fail("%s finds %d unread in #%d, want %d", p.name, count, c.number, want)
				}
			}
		}
		return nil
	})
}
