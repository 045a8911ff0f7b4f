package state

import (
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"testing"

	"beseda/protocol"
)

// server is the list as a server has it, and what it says of each change.
type server struct {
	rows  map[protocol.Number]protocol.Row
	order protocol.Order
}

func (sv *server) sorted() []protocol.Row {
	l := List{InForce: sv.order}
	all := make([]protocol.Row, 0, len(sv.rows))
	for _, row := range sv.rows {
		all = append(all, row)
	}
	slices.SortFunc(all, func(a, b protocol.Row) int { return l.order(&a, &b) })
	return all
}

func (sv *server) numbers() []protocol.Number {
	var all []protocol.Number
	for _, row := range sv.sorted() {
		all = append(all, row.Number)
	}
	return all
}

// page answers what a list asks for.
func (sv *server) page(offset int, below protocol.Number, limit int) *protocol.Inbox {
	all := sv.sorted()
	if i := slices.IndexFunc(all, func(r protocol.Row) bool { return r.Number == below }); below != 0 && i >= 0 {
		offset = i + 1
	}
	offset = min(offset, len(all))
	end := min(offset+limit, len(all))
	return &protocol.Inbox{Lens: 1, Rows: all[offset:end], Offset: offset, More: end < len(all), Total: len(all), Order: sv.order}
}

// serve lets a list have what it asks for until it asks for nothing more.
func serve(t *testing.T, l *List, sv *server, now *int64) {
	t.Helper()
	for range 50 {
		*now += alignEvery
		ask := l.missing(*now)
		if ask == nil {
			return
		}
		l.page(sv.page(ask.Offset, ask.Below, ask.Limit))
	}
	t.Fatal("the list asks for ever")
}

func (sv *server) some(r *rand.Rand) protocol.Row {
	row := protocol.Row{Number: protocol.Number(1 + r.IntN(900)), LastAt: int64(r.IntN(3000))}
	if r.IntN(3) == 0 {
		row.AwaitingSince = 1 + int64(r.IntN(3000))
	}
	return row
}

// TestTheWindowShowsWhatTheServerHas changes a long list, scrolls through it with the pointer on it or off, and compares what is
// drawn with what the server has there.
func TestTheWindowShowsWhatTheServerHas(t *testing.T) {
	t.Parallel()
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 7))
		sv := &server{rows: map[protocol.Number]protocol.Row{}, order: protocol.OrderActivity}
		if seed%2 == 0 {
			sv.order = protocol.OrderProcessing
		}
		for range r.IntN(700) {
			row := sv.some(r)
			sv.rows[row.Number] = row
		}
		now := int64(0)
		l := List{asked: 1}
		l.start(sv.page(0, 0, protocol.InboxPage))
		for range 80 {
			switch r.IntN(8) {
			case 0, 1:
				l.top, l.high = r.IntN(max(len(sv.rows)*RowHeight, 1)), 5000
				serve(t, &l, sv, &now)
			case 2:
				l.still = true
			case 3:
				l.free()
			case 4:
				row := sv.some(r)
				in := &protocol.Inbox{Lens: 1}
				if _, is := sv.rows[row.Number]; is {
					in.Left = []protocol.Number{row.Number}
					if r.IntN(2) == 0 {
						in.Left, in.Gone = nil, in.Left
					}
				}
				delete(sv.rows, row.Number)
				in.Total = len(sv.rows)
				l.change(in)
				if l.Row(row.Number) != nil && len(in.Gone) > 0 {
					t.Fatalf("seed %d: #%d is gone and held", seed, row.Number)
				}
			default:
				row := sv.some(r)
				sv.rows[row.Number] = row
				l.change(&protocol.Inbox{Lens: 1, Rows: []protocol.Row{row}, Total: len(sv.rows)})
			}
			if len(l.held) > maxHeld || len(l.rows) > maxHeld {
				t.Fatalf("seed %d: %d rows and %d places held", seed, len(l.rows), len(l.held))
			}
		}
		l.free()
		serve(t, &l, sv, &now)
		want := sv.numbers()
		first, last := l.Window()
		if l.Total != len(want) {
			t.Fatalf("seed %d: total %d, want %d", seed, l.Total, len(want))
		}
		for i := first; i < last; i++ {
			if l.At(i) != want[i] {
				t.Fatalf("seed %d: place %d of %d shows #%d, want #%d", seed, i, len(want), l.At(i), want[i])
			}
		}
	}
}

func long(n int) *server {
	sv := &server{rows: map[protocol.Number]protocol.Row{}, order: protocol.OrderActivity}
	for i := range n {
		sv.rows[protocol.Number(i+1)] = protocol.Row{Number: protocol.Number(i + 1), LastAt: int64(i + 1)}
	}
	return sv
}

func TestWhatIsInViewStaysWhereItIsWhileRowsComeAbove(t *testing.T) {
	t.Parallel()
	sv := long(1000)
	l := List{asked: 1}
	now := int64(0)
	l.start(sv.page(0, 0, protocol.InboxPage))
	l.top, l.high = 300*RowHeight, 10*RowHeight
	serve(t, &l, sv, &now)
	at := l.At(300)
	before := l.place(at)*RowHeight - l.top
	for _, row := range []protocol.Row{{Number: 1001, LastAt: 2000}, {Number: 5, LastAt: 2001}, {Number: 1002, LastAt: 2002}} {
		sv.rows[row.Number] = row
		l.change(&protocol.Inbox{Lens: 1, Rows: []protocol.Row{row}, Total: len(sv.rows)})
	}
	serve(t, &l, sv, &now)
	if l.place(at) != 303 || l.place(at)*RowHeight-l.top != before {
		t.Errorf("#%d stands at %d, %d from the top; it was %d from it", at, l.place(at), l.place(at)*RowHeight-l.top, before)
	}
}

func TestNothingMovesUnderThePointerAndAllIsMadeUpForAfterwards(t *testing.T) {
	t.Parallel()
	sv := long(30)
	l := List{asked: 1}
	l.start(sv.page(0, 0, protocol.InboxPage))
	l.still = true
	before := slices.Clone(l.held)
	row := protocol.Row{Number: 3, LastAt: 500, LastText: "new"}
	sv.rows[3] = row
	l.change(&protocol.Inbox{Lens: 1, Rows: []protocol.Row{row}, Total: 30})
	if !slices.Equal(l.held, before) || l.Row(3).LastText != "new" {
		t.Fatalf("held %v, and #3 says %q", l.held, l.Row(3).LastText)
	}
	delete(sv.rows, 10)
	l.change(&protocol.Inbox{Lens: 1, Gone: []protocol.Number{10}, Total: 29})
	if l.Row(10) != nil || l.place(11) != slices.Index(before, 11) {
		t.Fatal("#10 is held, or its neighbour moved")
	}
	l.free()
	if want := sv.numbers(); !slices.Equal(l.held, want) || l.Total != 29 {
		t.Fatalf("held %v of %d, want %v", l.held, l.Total, want)
	}
}

// TestRowsAreAsHighAsTheStyleSheetSays: places are counted, not measured.
func TestRowsAreAsHighAsTheStyleSheetSays(t *testing.T) {
	t.Parallel()
	css, err := os.ReadFile("../../../widget/css/operator.css")
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`\.b-list>\.b-row\{block-size:([0-9.]+rem)`).FindSubmatch(css)
	if m == nil || string(m[1]) != Rem(RowHeight) && string(m[1])+"" != fmt.Sprintf("%grem", float64(RowHeight)/100) {
		t.Errorf("the style sheet says %q, the list counts %s", m, Rem(RowHeight))
	}
}

func TestALookAndItsAddressAreOne(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]Look{
		"":                               usual(),
		"activity=active":                usual(),
		"activity=active,completed":      everything(),
		"status=closed&order=activity":   {Filter: protocol.Filter{Statuses: []protocol.Status{protocol.Closed}}, Order: protocol.OrderActivity},
		"order=activity":                 {Filter: usual().Filter, Order: protocol.OrderActivity},
		"activity=completed&status=open": {Filter: protocol.Filter{Activities: []protocol.Activity{protocol.Completed}, Statuses: []protocol.Status{protocol.Open}}},
	} {
		got := parseLook(query)
		if got.query() != want.query() || parseLook(got.query()).query() != got.query() {
			t.Errorf("%q reads as %+v with the address %q, want %+v", query, got, got.query(), want)
		}
	}
}
