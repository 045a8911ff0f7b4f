package inbox

import (
	"math/rand/v2"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/store"
	"beseda/store/memory"
)

// screen is a list as a client holds it, put together from a page and what is pushed.
type screen struct {
	rows  map[protocol.Number]bool
	told  protocol.Inbox // the figures
	tags  map[protocol.TagID]int
	pins  map[protocol.TagID]bool // those that are pinned somewhere
	views map[protocol.ViewID]int
	sorts sorting
}

func (s *screen) hear(in protocol.Inbox, all bool) {
	if s.told = in; all {
		s.views = map[protocol.ViewID]int{}
	}
	if in.Order != "" {
		s.sorts = sorting{in.Order, in.Limits}
	}
	if len(in.Tags) > 0 {
		s.tags, s.pins = map[protocol.TagID]int{}, map[protocol.TagID]bool{}
	}
	for _, t := range in.Tags {
		if t.Pinned {
			s.pins[t.Tag] = true
		}
		if t.Count > 0 {
			s.tags[t.Tag] = t.Count
		}
	}
	for _, v := range in.Views {
		s.views[v.View] = v.Count
	}
}

// desk is the list and who looks at it, beside the world that it has to be like.
type desk struct {
	*testing.T
	rnd     *rand.Rand
	world   *world
	db      store.Store
	in      *Inbox
	viewers []*Viewer
	looks   []protocol.InboxLook
	screens []*screen
	at      protocol.Position
}

func newDesk(t *testing.T, seed uint64) *desk {
	d := &desk{T: t, rnd: rand.New(rand.NewPCG(seed, 7)), db: memory.New(), world: newWorld()}
	for _, o := range people {
		keep(d, store.Operators, o, store.Text(o.ID))
	}
	for _, ch := range d.world.channels {
		keep(d, store.Channels, store.Channel{Channel: protocol.Channel{ID: ch}}, store.Text(ch))
	}
	for _, tag := range tags {
		keep(d, store.Tags, store.Tag{Tag: protocol.Tag{ID: tag, Name: string(tag)}}, store.Text(tag))
	}
	for _, c := range d.world.contacts {
		keep(d, store.Contacts, c, store.Text(c.ID))
	}
	d.restart()
	return d
}

func keep[T any](d *desk, table interface {
	Key(...store.Part) []byte
	Encode(T) ([]byte, error)
}, row T, parts ...store.Part) {
	d.Helper()
	value, err := table.Encode(row)
	if err == nil {
		err = d.db.Commit([]store.Write{store.ScopeWrite(store.Main, store.Write{Key: table.Key(parts...), Value: value})})
	}
	if err != nil {
		d.Fatal(err)
	}
}

func (d *desk) view(do func(store.Reader) error) {
	d.Helper()
	if err := d.db.View(func(r store.Reader) error { return do(store.Scope(store.Main, r)) }); err != nil {
		d.Fatal(err)
	}
}

// restart rebuilds the list; everybody comes back to what they looked at.
func (d *desk) restart() {
	d.Helper()
	d.view(func(r store.Reader) (err error) { d.in, err = New(r); return err })
	d.viewers, d.screens = make([]*Viewer, len(people)), make([]*screen, len(people))
	d.looks = slices.Grow(d.looks, len(people))[:len(people)]
	for i := range people {
		d.comeBack(i)
	}
}

func (d *desk) comeBack(i int) {
	d.Helper()
	if old := d.viewers[i]; old != nil {
		d.in.Shut(old)
	}
	d.viewers[i] = d.in.Open(people[i])
	d.view(func(r store.Reader) error { return d.in.Recall(r, d.viewers[i]) })
	d.look(i)
}

// look has somebody's list be what it shall be, and reads all of it.
func (d *desk) look(i int) {
	v := d.viewers[i]
	d.in.Look(v, &d.looks[i])
	d.screens[i] = &screen{rows: map[protocol.Number]bool{}, tags: map[protocol.TagID]int{}, pins: map[protocol.TagID]bool{}}
	d.screens[i].hear(d.in.Figures(v, true), true)
	for _, n := range d.in.Page(v, 0, 0, 1000).Numbers {
		d.screens[i].rows[n] = true
	}
}

// changed does what the hub and a session do with conversations that look different.
func (d *desk) changed(numbers ...protocol.Number) {
	for i, v := range d.viewers {
		var dirty []protocol.Number
		figures := false
		for _, n := range numbers {
			news := d.in.News(v, n)
			if figures = figures || news.Figures; news.Row {
				dirty = append(dirty, n)
			}
		}
		if len(dirty) == 0 && !figures {
			continue
		}
		d.push(i, dirty)
	}
}

func (d *desk) push(i int, dirty []protocol.Number) {
	sorted := d.in.Sort(d.viewers[i], dirty)
	for _, n := range sorted.Rows {
		d.screens[i].rows[n] = true
	}
	for _, n := range sorted.Left {
		if !d.screens[i].rows[n] {
			d.Errorf("#%d leaves a list that it was not of", n)
		}
		delete(d.screens[i].rows, n)
	}
	d.screens[i].hear(d.in.Figures(d.viewers[i], false), false)
}

// TestTheListIsWhatAskingEveryConversationGives changes everything at random, and compares each list, its order, its
// figures, and what is pushed of it with what asking every conversation gives.
func TestTheListIsWhatAskingEveryConversationGives(t *testing.T) {
	t.Parallel()
	for seed := range uint64(8) {
		d := newDesk(t, seed)
		for step := range 200 {
			d.step()
			for i := range people {
				if !d.compare(i) {
					t.Fatalf("seed %d step %d: %s under %+v", seed, step, people[i].ID, d.looks[i])
				}
			}
		}
	}
}

func (d *desk) compare(i int) bool {
	d.Helper()
	o, look, v, s := people[i], &d.looks[i], d.viewers[i], d.screens[i]
	want := d.world.list(o, look)
	ok := d.same("list", want, d.pages(v))
	var whole []protocol.Number
	d.view(func(r store.Reader) (err error) { whole, err = d.in.List(r, o, &look.Filter, look.Order); return err })
	ok = d.same("whole list", want, whole) && ok
	screen := slices.Sorted(func(yield func(protocol.Number) bool) {
		for n := range s.rows {
			if !yield(n) {
				return
			}
		}
	})
	ok = d.same("screen", slices.Sorted(slices.Values(want)), screen) && ok
	ok = d.same("picks", d.world.picks(want), d.picks(v)) && ok
	unread, active, all := d.world.counts(o)
	figures := protocol.Inbox{Lens: look.Lens, Total: len(want), Unread: unread, Active: active, All: all}
	told := s.told
	told.Tags, told.Views, told.Order, told.Limits = nil, nil, "", false
	ok = d.same("figures told", figures, told) && ok
	if want := d.world.sorting(look); s.sorts != want {
		d.Errorf("it was told that the list is sorted as %+v, want %+v", s.sorts, want)
		ok = false
	}
	if look.Count {
		ok = d.same("tags told", d.world.tagCounts(want, look.Filter.Pinned), s.tags) && ok
		ok = d.same("pinned tags told", d.world.pinned(o, &look.Filter), s.pins) && ok
	}
	return d.same("views told", d.world.viewCounts(o), s.views) && ok
}

func (d *desk) same(what string, want, got any) bool {
	d.Helper()
	if diff := gocmp.Diff(want, got); diff != "" {
		d.Errorf("%s (-want +got)\n%s", what, diff)
		return false
	}
	return true
}

// pages reads a whole list page by page, below the last row or by place.
func (d *desk) pages(v *Viewer) (numbers []protocol.Number) {
	limit, below := 1+d.rnd.IntN(5), d.rnd.IntN(2) == 0
	for {
		var last protocol.Number
		if below && len(numbers) > 0 {
			last = numbers[len(numbers)-1]
		}
		page := d.in.Page(v, last, len(numbers), limit)
		if page.Offset != len(numbers) {
			d.Errorf("a page begins at %d, not %d", page.Offset, len(numbers))
		}
		numbers = append(numbers, page.Numbers...)
		if !page.More {
			return numbers
		}
	}
}

func (d *desk) picks(v *Viewer) (all []protocol.Pick) {
	var last protocol.Number
	for {
		out := d.in.Pick(v, last, 1+d.rnd.IntN(4))
		if all = append(all, out.Picks...); !out.More {
			return all
		}
		last = all[len(all)-1].Number
	}
}
