package trial

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"

	"beseda/protocol"
	"beseda/server/session/line"
)

// said is a message as anybody sees it.
type said struct {
	position protocol.Position
	author   string // the actor's id
	text     string
}

// transcript is what somebody sees of a conversation, oldest first.
type transcript []said

// screen is what an app shows, per conversation; a visitor's single one is 0.
type screen map[protocol.Number]transcript

// add shows a message. The link promises each once and in order.
func (s screen) add(a *app, lane protocol.Number, f *protocol.Frame) {
	m, err := messageOf(f)
	if err != nil {
		a.fault("%v", err)
		return
	}
	if shown := s[lane]; len(shown) > 0 && m.position <= shown[len(shown)-1].position {
		a.fault("at %d came %q after %d", m.position, m.text, shown[len(shown)-1].position)
		return
	}
	s[lane] = append(s[lane], m)
}

// page shows a page of history, which begins the conversation anew where it says so.
func (s screen) page(a *app, lane protocol.Number, h *protocol.History) {
	if h.Reset {
		delete(s, lane)
	}
	for i := range h.Items {
		if h.Items[i].Kind == protocol.KindMessageSent {
			s.add(a, lane, &h.Items[i])
		}
	}
}

func messageOf(f *protocol.Frame) (said, error) {
	var m protocol.MessageSent
	if err := protocol.DecodeBody(f.Body, &m); err != nil {
		return said{}, fmt.Errorf("the message at %d does not read: %w", f.Position, err)
	}
	if f.Actor == nil {
		return said{}, fmt.Errorf("the message at %d has no author", f.Position)
	}
	return said{f.Position, f.Actor.ID, m.Text}, nil
}

// by is the texts of one author, in order.
func (t transcript) by(author string) (texts []string) {
	for _, m := range t {
		if m.author == author {
			texts = append(texts, m.text)
		}
	}
	return texts
}

// until is the part up to a position.
func (t transcript) until(last protocol.Position) transcript {
	n, _ := slices.BinarySearchFunc(t, last+1, func(m said, p protocol.Position) int {
		return int(int64(m.position) - int64(p))
	})
	return t[:n]
}

// differ names the first difference of two lists of what; "" where they are the same.
func differ[T comparable](what string, got, want []T) string {
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			return fmt.Sprintf("%s: number %d of %d is %.40v, it should be %.40v of %d", what, i+1, len(got), got[i], want[i], len(want))
		}
	}
	switch {
	case len(got) > len(want):
		return fmt.Sprintf("%s: %d too many, the first is %.40v", what, len(got)-len(want), got[len(want)])
	case len(got) < len(want):
		return fmt.Sprintf("%s: %d are missing, the first is %.40v", what, len(want)-len(got), want[len(got)])
	}
	return ""
}

// readAll reads a conversation, or with 0 the visitor's own thread, from its beginning.
func readAll(ctx context.Context, l *line.Line, n protocol.Number) (transcript, error) {
	var all transcript
	before := protocol.Position(1<<63 - 1)
	for {
		f, err := l.Do(ctx, protocol.KindHistoryRead, &protocol.HistoryRead{Conversation: n, Before: before, Limit: protocol.MaxHistoryPage})
		if err != nil {
			return nil, fmt.Errorf("read conversation %d before %d: %w", n, before, err)
		}
		var h protocol.History
		if err := protocol.DecodeBody(f.Body, &h); err != nil {
			return nil, fmt.Errorf("read conversation %d: %w", n, err)
		}
		page := make(transcript, 0, len(h.Items))
		for i := range h.Items {
			if h.Items[i].Kind != protocol.KindMessageSent {
				continue
			}
			m, err := messageOf(&h.Items[i])
			if err != nil {
				return nil, err
			}
			page = append(page, m)
		}
		all = append(page, all...)
		if !h.More {
			return all, nil
		}
		before = h.Items[0].Position
	}
}

// records is the whole house as Ann reads it: every conversation by number, and the position of the last event.
type records struct {
	conversations map[protocol.Number]transcript
	last          protocol.Position
}

// read reads the whole house.
func (h *house) read() records {
	h.t.Helper()
	ctx := bounded(h.t, minute)
	l := h.dial(line.Options{Cookie: h.ann.cookie})
	defer l.Close()
	w, err := l.Hello(ctx, protocol.Hello{})
	if err != nil {
		h.t.Fatal(err)
	}
	ask := func(kind protocol.Kind, body protocol.Body) (page protocol.Inbox) {
		h.t.Helper()
		f, err := l.Do(ctx, kind, body)
		if err == nil {
			err = protocol.DecodeBody(f.Body, &page)
		}
		if err != nil {
			h.t.Fatal(err)
		}
		return page
	}
	const lens = 1
	all := records{make(map[protocol.Number]transcript), w.Position}
	page := ask(protocol.KindInboxLook, &protocol.InboxLook{Lens: lens})
	for {
		for _, row := range page.Rows {
			t, err := readAll(ctx, l, row.Number)
			if err != nil {
				h.t.Fatal(err)
			}
			all.conversations[row.Number] = t
		}
		if !page.More {
			return all
		}
		end := page.Offset + len(page.Rows)
		page = ask(protocol.KindInboxRead, &protocol.InboxRead{Lens: lens, Below: page.Rows[len(page.Rows)-1].Number, Offset: end})
	}
}

// whole asserts that the numbers have no gap.
func (r records) whole(t testing.TB) {
	t.Helper()
	numbers := slices.Sorted(maps.Keys(r.conversations))
	want := make([]protocol.Number, len(numbers))
	for i := range want {
		want[i] = protocol.Number(i + 1)
	}
	if d := differ("numbers of conversations", numbers, want); d != "" {
		t.Error(d)
	}
}

// same asserts that two readings agree in every message. What the log says beside them, that something arrived or was
// read, may have come between.
func (r records) same(t testing.TB, want records) {
	t.Helper()
	r.last = max(r.last, want.last)
	r.part(t, want)
}

// part asserts that a reading is another as of this one's last position.
func (r records) part(t testing.TB, whole records) {
	t.Helper()
	for n, all := range whole.conversations {
		if d := differ(fmt.Sprintf("conversation %d", n), r.conversations[n], all.until(r.last)); d != "" {
			t.Error(d)
		}
	}
	for n := range r.conversations {
		if whole.conversations[n] == nil {
			t.Errorf("conversation %d is new", n)
		}
	}
}

// messages counts.
func (r records) messages() (n int) {
	for _, t := range r.conversations {
		n += len(t)
	}
	return n
}
