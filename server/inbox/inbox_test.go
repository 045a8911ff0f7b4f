package inbox

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/server/desk/team"
	"beseda/store"
	"beseda/store/memory"
)

var people = []store.Operator{
	{ID: "01J0000000000000000000ANN0", Role: protocol.RoleAdmin, State: protocol.OperatorActive, CreatedPos: 1},
	{ID: "01J0000000000000000000B0B0", Role: protocol.RoleOperator, State: protocol.OperatorActive, CreatedPos: 40},
	{ID: "01J000000000000000000CAR10", Role: protocol.RoleOperator, State: protocol.OperatorActive, CreatedPos: 2},
	{ID: "01J0000000000000000000B0T0", Role: protocol.RoleOperator, Bot: true, State: protocol.OperatorActive, CreatedPos: 3},
}

// world is the same list kept in the plainest way: all conversations, asked one by one.
type world struct {
	conversations map[protocol.Number]store.Conversation
	reads         map[protocol.OperatorID]map[protocol.Number]protocol.Position
}

func (w *world) page(o store.Operator, all bool) (numbers []protocol.Number) {
	var list []store.Conversation
	for _, c := range w.conversations {
		m := team.Member{ID: o.ID, Admin: o.Role == protocol.RoleAdmin, Bot: o.Bot}
		if (all || c.Activity == protocol.Active) && team.MayRead(m, team.Held{Assignee: c.Assignee, Former: c.Former}) {
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(a, b store.Conversation) int {
		return cmp.Or(cmp.Compare(b.LastAt, a.LastAt), cmp.Compare(b.Number, a.Number))
	})
	for _, c := range list {
		numbers = append(numbers, c.Number)
	}
	return numbers
}

func (w *world) counts(o store.Operator) (c Counts) {
	c.All, c.Active = len(w.page(o, true)), len(w.page(o, false))
	for _, n := range w.page(o, false) {
		read, ok := w.reads[o.ID][n]
		if !ok {
			read = o.CreatedPos
		}
		if w.conversations[n].LastVisitor > read {
			c.Unread++
		}
	}
	return c
}

// TestTheListIsWhatAskingEveryConversationGives changes conversations and positions at random, and compares.
func TestTheListIsWhatAskingEveryConversationGives(t *testing.T) {
	t.Parallel()
	for seed := range uint64(8) {
		rnd := rand.New(rand.NewPCG(seed, 7))
		db := memory.New()
		w := &world{map[protocol.Number]store.Conversation{}, map[protocol.OperatorID]map[protocol.Number]protocol.Position{}}
		for _, o := range people {
			w.reads[o.ID] = map[protocol.Number]protocol.Position{}
		}
		put := func(key []byte, value []byte, err error) {
			if err == nil {
				err = db.Commit([]store.Write{store.ScopeWrite(store.Main, store.Write{Key: key, Value: value})})
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		for _, o := range people {
			value, err := store.Operators.Encode(o)
			put(store.Operators.Key(store.Text(o.ID)), value, err)
		}
		in := opened(t, db)
		viewers := make([]*Viewer, len(people))
		for i, o := range people {
			viewers[i] = in.Open(o)
		}
		for step := range 250 {
			o := people[rnd.IntN(len(people))]
			switch n := protocol.Number(1 + rnd.IntN(12)); rnd.IntN(10) {
			default:
				c := w.conversations[n]
				c.Number, c.LastAt = n, int64(rnd.IntN(50))
				c.Activity, c.LastVisitor = protocol.Active, protocol.Position(rnd.IntN(100))
				if rnd.IntN(3) == 0 {
					c.Activity = protocol.Completed
				}
				before := map[protocol.OperatorID]bool{}
				for _, p := range people {
					before[p.ID] = slices.Contains(w.page(p, true), n)
				}
				if c.Former = nil; rnd.IntN(2) == 0 {
					c.Former = []protocol.OperatorID{people[rnd.IntN(len(people))].ID}
				}
				if c.Assignee = ""; rnd.IntN(3) > 0 {
					c.Assignee = people[rnd.IntN(len(people))].ID
				}
				w.conversations[n] = c
				value, err := store.Conversations.Encode(c)
				put(store.Conversations.Key(store.Num(n)), value, err)
				lost := in.Update(&c, protocol.Position(step))
				for i, p := range people {
					if want := before[p.ID] && !slices.Contains(w.page(p, true), n); slices.Contains(lost, viewers[i]) != want {
						t.Fatalf("seed %d step %d: %s lost #%d: %v", seed, step, p.ID, n, !want)
					}
				}
			case 0, 1:
				read := protocol.Position(rnd.IntN(100))
				if old, ok := w.reads[o.ID][n]; ok && read <= old {
					continue
				}
				w.reads[o.ID][n] = read
				value, err := store.OperatorReads.Encode(store.Receipt{Delivered: read, Read: read})
				put(store.OperatorReads.Key(store.Text(o.ID), store.Num(n)), value, err)
				in.Advance(o.ID, n, read)
			case 2: // a restart, or somebody who comes back
				if rnd.IntN(2) == 0 {
					in = opened(t, db)
				} else {
					for _, v := range viewers {
						in.Shut(v)
					}
				}
				for i, p := range people {
					viewers[i] = in.Open(p)
					view(t, db, func(r store.Reader) error { return in.Recall(r, viewers[i]) })
				}
			}
			for i, p := range people {
				for _, all := range []bool{false, true} {
					if d := gocmp.Diff(w.page(p, all), pages(in, viewers[i], all, 1+rnd.IntN(5))); d != "" {
						t.Fatalf("seed %d step %d: list of %s, all %v (-want +got)\n%s", seed, step, p.ID, all, d)
					}
				}
				if d := gocmp.Diff(w.counts(p), in.Counts(viewers[i])); d != "" {
					t.Fatalf("seed %d step %d: figures of %s (-want +got)\n%s", seed, step, p.ID, d)
				}
			}
		}
	}
}

func opened(t *testing.T, db store.Store) (in *Inbox) {
	t.Helper()
	view(t, db, func(r store.Reader) (err error) { in, err = New(r); return err })
	return in
}

func view(t *testing.T, db store.Store, do func(store.Reader) error) {
	t.Helper()
	if err := db.View(func(r store.Reader) error { return do(store.Scope(store.Main, r)) }); err != nil {
		t.Fatal(err)
	}
}

// pages reads a whole list page by page.
func pages(in *Inbox, v *Viewer, all bool, limit int) (numbers []protocol.Number) {
	var at int64
	var before protocol.Number
	for {
		page, more := in.Page(v, all, at, before, limit)
		numbers = append(numbers, page...)
		if !more {
			return numbers
		}
		before = page[len(page)-1]
		at = in.entries[before].lastAt
	}
}
