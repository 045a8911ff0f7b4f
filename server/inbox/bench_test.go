package inbox

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"time"

	"beseda/protocol"
	"beseda/store"
)

// The benchmarks print ratios between two sides that run in turn: absolute figures move with the machine.
// PERFORMANCE.md has the goals.

// crowd is a store of many conversations that are made as they are read: what is measured is the list alone.
type crowd struct {
	store.Reader
	rows map[byte][]store.Entry
	many int
}

const (
	crowdChannels  = 4
	crowdOperators = 200
)

func crowdID[ID ~string](kind byte, n int) ID { return ID(fmt.Sprintf("01J000000000%c%013d", kind, n)) }

func newCrowd(tb testing.TB, many int) *crowd {
	c := &crowd{rows: map[byte][]store.Entry{}, many: many}
	add := func(prefix byte, key, value []byte, err error) {
		if err != nil {
			tb.Fatal(err)
		}
		c.rows[prefix] = append(c.rows[prefix], store.Entry{Key: key, Value: value})
	}
	for n := range crowdOperators {
		o := store.Operator{ID: crowdID[protocol.OperatorID]('A', n), State: protocol.OperatorActive, Role: protocol.RoleOperator}
		value, err := store.Operators.Encode(o)
		add(store.Operators.Prefix, store.Operators.Key(store.Text(o.ID)), value, err)
	}
	for n := range crowdChannels {
		ch := store.Channel{Channel: protocol.Channel{ID: crowdID[protocol.ChannelID]('C', n)}}
		value, err := store.Channels.Encode(ch)
		add(store.Channels.Prefix, store.Channels.Key(store.Text(ch.Channel.ID)), value, err)
	}
	for _, tag := range tags {
		value, err := store.Tags.Encode(store.Tag{Tag: protocol.Tag{ID: tag, Name: string(tag)}})
		add(store.Tags.Prefix, store.Tags.Key(store.Text(tag)), value, err)
	}
	return c
}

func (c *crowd) Get([]byte) ([]byte, error) { return nil, store.ErrNotFound }

func (c *crowd) Scan(r store.Range) iter.Seq2[store.Entry, error] {
	return func(yield func(store.Entry, error) bool) {
		prefix := r.From[0]
		for _, e := range c.rows[prefix] {
			if !yield(e, nil) {
				return
			}
		}
		for n := 1; n <= c.many; n++ {
			var e store.Entry
			var err error
			switch prefix {
			case store.Conversations.Prefix:
				conv := c.conversation(protocol.Number(n))
				e.Key = store.Conversations.Key(store.Num(conv.Number))
				e.Value, err = store.Conversations.Encode(conv)
			case store.Contacts.Prefix:
				person := c.contact(n)
				e.Key = store.Contacts.Key(store.Text(person.ID))
				e.Value, err = store.Contacts.Encode(person)
			default:
				return
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

// conversation is one of them: a twentieth active, a tenth waiting, half assigned, everything spread.
func (c *crowd) conversation(n protocol.Number) store.Conversation {
	rnd := rand.New(rand.NewPCG(uint64(n), 1))
	conv := store.Conversation{
		Number: n, Thread: crowdID[protocol.ThreadID]('T', int(n)), Contact: crowdID[protocol.ContactID]('K', int(n)),
		Channel:  crowdID[protocol.ChannelID]('C', rnd.IntN(crowdChannels)),
		Activity: protocol.Completed, Status: []protocol.Status{protocol.Open, protocol.Pending, protocol.Closed}[rnd.IntN(3)],
		LastAt: 1_700_000_000_000 + int64(n)*1000, LastVisitor: protocol.Position(n * 3), LastPosition: protocol.Position(n * 3),
		Ranges: []store.Span{{First: protocol.Position(n*3 - 2), Last: protocol.Position(n * 3)}},
	}
	if rnd.IntN(20) == 0 {
		conv.Activity, conv.Status = protocol.Active, protocol.Open
	}
	conv.LastActor.Kind = []protocol.ActorKind{protocol.ActorVisitor, protocol.ActorOperator}[rnd.IntN(2)]
	if rnd.IntN(10) == 0 {
		conv.Wait = &store.Wait{Since: conv.LastAt, Last: conv.LastAt}
	}
	if rnd.IntN(2) == 0 {
		conv.Assignee = crowdID[protocol.OperatorID]('A', rnd.IntN(crowdOperators))
	}
	return conv
}

func (c *crowd) contact(n int) store.Contact {
	rnd := rand.New(rand.NewPCG(uint64(n), 2))
	person := store.Contact{ID: crowdID[protocol.ContactID]('K', n)}
	for _, tag := range tags {
		if rnd.IntN(4) == 0 {
			person.Tags = append(person.Tags, protocol.ContactTag{Tag: tag, Pinned: rnd.IntN(2) == 0})
		}
	}
	return person
}

// combined asks about everything at once.
func combined(n int) protocol.Filter {
	return protocol.Filter{
		Channels: []protocol.ChannelID{crowdID[protocol.ChannelID]('C', n%crowdChannels), crowdID[protocol.ChannelID]('C', (n+1)%crowdChannels)},
		Tags:     tags[:1], Statuses: []protocol.Status{protocol.Open, protocol.Pending}, Last: protocol.SideVisitor, Unread: true,
	}
}

const benchRounds = 9

func median(of []float64) float64 {
	slices.Sort(of)
	return of[len(of)/2]
}

func micros(do func()) float64 {
	began := time.Now()
	do()
	return float64(time.Since(began)) / 1000
}

// BenchmarkFirstPage looks at 100 000 conversations under a combined filter: count, tags, first page. Beside it the plain
// way: pick the ones that pass out of all rows, sort them, count their tags.
func BenchmarkFirstPage(b *testing.B) {
	const many = 100_000
	c := newCrowd(b, many)
	in, err := New(c)
	if err != nil {
		b.Fatal(err)
	}
	rows := make([]store.Conversation, many)
	people := make([]store.Contact, many)
	for i := range rows {
		rows[i], people[i] = c.conversation(protocol.Number(i+1)), c.contact(i+1)
	}
	v := in.Open(store.Operator{ID: crowdID[protocol.OperatorID]('A', 1)})
	defer in.Shut(v)
	var ratios, firsts, nexts, plains []float64
	for b.Loop() {
		for round := range benchRounds {
			f := combined(round)
			var page Page
			first := micros(func() {
				in.Look(v, &protocol.InboxLook{Lens: round + 1, Filter: f, Count: true})
				page = in.Page(v, 0, 0, protocol.InboxPage)
			})
			next := micros(func() { page = in.Page(v, page.Numbers[len(page.Numbers)-1], protocol.InboxPage, protocol.InboxPage) })
			if len(page.Numbers) != protocol.InboxPage {
				b.Fatalf("the second page has %d", len(page.Numbers))
			}
			plain := micros(func() { plainPage(rows, people, &f) })
			ratios, firsts, nexts, plains = append(ratios, first/plain), append(firsts, first), append(nexts, next), append(plains, plain)
		}
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median(ratios), "of-plain")
	b.ReportMetric(median(firsts)/1000, "ms/first-page")
	b.ReportMetric(median(nexts), "µs/next-page")
	b.ReportMetric(median(plains)/1000, "ms/plain")
}

func plainPage(rows []store.Conversation, people []store.Contact, f *protocol.Filter) (list []*store.Conversation, counts map[protocol.TagID]int) {
	counts = map[protocol.TagID]int{}
	for i := range rows {
		c := &rows[i]
		if !slices.Contains(f.Channels, c.Channel) || !slices.Contains(f.Statuses, c.Status) || c.LastActor.Side() != f.Last ||
			!slices.ContainsFunc(people[i].Tags, func(t protocol.ContactTag) bool { return t.Tag == f.Tags[0] }) {
			continue
		}
		list = append(list, c)
		for _, t := range people[i].Tags {
			counts[t.Tag]++
		}
	}
	slices.SortFunc(list, func(a, b *store.Conversation) int { return cmp.Compare(b.LastAt, a.LastAt) })
	return list, counts
}

// BenchmarkLiveUpdate changes one of 100 000 conversations while 200 operators look, each at a combined filter of their
// own with its tags counted and three saved views beside. Beside it one of them counting their list anew.
func BenchmarkLiveUpdate(b *testing.B) {
	const many, changes = 100_000, 200
	c := newCrowd(b, many)
	in, err := New(c)
	if err != nil {
		b.Fatal(err)
	}
	for n := range 3 {
		in.SetView(&protocol.View{ID: crowdID[protocol.ViewID]('V', n), Filter: combined(n), Shared: true})
	}
	viewers := make([]*Viewer, crowdOperators)
	for n := range viewers {
		viewers[n] = in.Open(store.Operator{ID: crowdID[protocol.OperatorID]('A', n)})
		in.Look(viewers[n], &protocol.InboxLook{Lens: 1, Filter: combined(n), Count: true})
		in.Figures(viewers[n], true)
	}
	var ratios, updates, rescans []float64
	rnd := rand.New(rand.NewPCG(3, 3))
	at := int64(1_800_000_000_000)
	for b.Loop() {
		for range benchRounds {
			update := micros(func() {
				for range changes {
					conv := c.conversation(protocol.Number(1 + rnd.IntN(many)))
					at++
					conv.LastAt, conv.LastVisitor = at, protocol.Position(at)
					conv.LastActor.Kind = protocol.ActorVisitor
					if _, err := in.Update(c, &conv, protocol.Position(at)); err != nil {
						b.Fatal(err)
					}
				}
			}) / changes
			rescan := micros(func() { in.Look(viewers[0], &protocol.InboxLook{Lens: 1, Filter: combined(0), Count: true}) })
			ratios, updates, rescans = append(ratios, update/(rescan*crowdOperators)), append(updates, update), append(rescans, rescan)
		}
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median(ratios), "of-counting-anew")
	b.ReportMetric(median(updates), "µs/update-for-200")
	b.ReportMetric(median(rescans), "µs/one-counting-anew")
}

// BenchmarkMemory rebuilds the list of a million conversations and weighs it, beside what 64 bytes each would be.
func BenchmarkMemory(b *testing.B) {
	const many = 1_000_000
	c := newCrowd(b, many)
	for b.Loop() {
		before := heap()
		began := time.Now()
		in, err := New(c)
		if err != nil {
			b.Fatal(err)
		}
		took := time.Since(began)
		each := float64(heap()-before) / many
		v := in.Open(store.Operator{ID: crowdID[protocol.OperatorID]('A', 1)})
		filter := combined(1)
		first := micros(func() {
			in.Look(v, &protocol.InboxLook{Lens: 1, Filter: filter, Count: true})
			in.Page(v, 0, 0, protocol.InboxPage)
		})
		if in.Figures(v, true).All == 0 {
			b.Fatal(errors.New("nothing is seen"))
		}
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(each, "B/conversation")
		b.ReportMetric(each/64, "of-64-bytes")
		b.ReportMetric(first/1000, "ms/first-page")
		b.ReportMetric(took.Seconds(), "s/rebuild")
		runtime.KeepAlive(in)
	}
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
