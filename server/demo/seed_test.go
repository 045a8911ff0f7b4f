package demo_test

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/oklog/ulid/v2"

	"beseda/protocol"
	"beseda/server/auth"
	"beseda/server/demo"
	"beseda/server/desk"
	"beseda/server/engine"
	"beseda/server/inbox"
	"beseda/store"
	"beseda/store/memory"
)

const (
	beseda = "http://127.0.0.1:8080"
	shop   = "http://localhost:8080"
)

// house is a seeded store with what made it.
type house struct {
	demo.Options
	facts demo.Facts
	blobs *memory.Blobs
	store *memory.Store
}

// options make the same house each time.
func options(o demo.Options) demo.Options {
	o.Now = time.Date(2026, 2, 12, 15, 4, 5, 0, time.UTC)
	var last atomic.Uint64
	o.NewID = func() string {
		var id ulid.ULID
		binary.BigEndian.PutUint64(id[8:], last.Add(1))
		return id.String()
	}
	o.Random = rand.NewChaCha8([32]byte{1, 2, 3})
	o.Beseda, o.Shop = beseda, shop
	return o
}

func seed(t *testing.T) house {
	t.Helper()
	h := house{store: memory.New()}
	h.blobs = memory.NewBlobs(func() time.Time { return h.Now })
	h.Options = options(demo.Options{Store: h.store, Blobs: h.blobs})
	var err error
	if h.facts, err = demo.Seed(t.Context(), h.Options); err != nil {
		t.Fatal(err)
	}
	return h
}

func (h house) view(t *testing.T, fn func(store.Reader) error) {
	t.Helper()
	if err := h.store.View(func(r store.Reader) error { return fn(store.Scope(store.Main, r)) }); err != nil {
		t.Fatal(err)
	}
}

// rows are all rows of a table, in key order.
func rows[T any](t *testing.T, h house, scan func(store.Reader) func(func(T, error) bool)) (out []T) {
	t.Helper()
	h.view(t, func(r store.Reader) error {
		for v, err := range scan(r) {
			if err != nil {
				return err
			}
			out = append(out, v)
		}
		return nil
	})
	return out
}

func (h house) conversations(t *testing.T) []store.Conversation {
	return rows(t, h, func(r store.Reader) func(func(store.Conversation, error) bool) {
		return store.Conversations.Scan(r, store.Conversations.Under())
	})
}

func (h house) log(t *testing.T) []protocol.Frame {
	return rows(t, h, func(r store.Reader) func(func(protocol.Frame, error) bool) { return engine.Changes(r, 0) })
}

// Seeding costs two password hashes; who only looks shares one house.
func TestTheHouse(t *testing.T) {
	t.Parallel()
	h := seed(t)
	for name, look := range map[string]func(*testing.T, house){
		"the log goes forward and ends before now": theLogGoesForwardAndEndsBeforeNow,
		"replaying the log makes the same views":   replayingTheLogMakesTheSameViews,
		"conversations keep their invariants":      conversationsKeepTheirInvariants,
		"there is one of everything to look at":    thereIsOneOfEverythingToLookAt,
		"the team has what it works with":          theTeamHasWhatItWorksWith,
		"contacts are known, tagged and blocked":   contactsAreKnownTaggedAndBlocked,
		"each has left something":                  eachHasLeftSomething,
		"one waits too long and one nearly":        oneWaitsTooLongAndOneNearly,
		"something is unread and not everything":   somethingIsUnreadAndNotEverything,
		"widgets may stand on the shop only":       widgetsMayStandOnTheShopOnly,
		"a store in use is left alone":             aStoreInUseIsLeftAlone,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			look(t, h)
		})
	}
}

func theLogGoesForwardAndEndsBeforeNow(t *testing.T, h house) {
	var at int64
	for _, ev := range h.log(t) { // Changes itself finds gaps in the positions
		if ev.At < at {
			t.Errorf("%s at %d happened before what stands ahead of it", ev.Kind, ev.Position)
		}
		at = ev.At
	}
	if now := h.Now.UnixMilli(); at >= now || now-at > time.Hour.Milliseconds() {
		t.Errorf("the newest event is %s old", time.Duration(now-at)*time.Millisecond)
	}
}

func replayingTheLogMakesTheSameViews(t *testing.T, h house) {
	again := memory.New()
	h.view(t, func(r store.Reader) error { return engine.Replay(r, again, store.Main, desk.Domain{}) })
	if diff := cmp.Diff(derived(t, h.store), derived(t, again)); diff != "" {
		t.Error(diff)
	}
}

func TestTheSameClockIDsAndRandomnessMakeTheSameHouse(t *testing.T) {
	t.Parallel()
	one, two := seed(t), seed(t)
	if diff := cmp.Diff(dump(t, one.store), dump(t, two.store)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(one.facts, two.facts); diff != "" {
		t.Error(diff)
	}
}

// dump is everything that a store holds.
func dump(t *testing.T, s store.Store) map[string]string {
	t.Helper()
	all := make(map[string]string)
	err := s.View(func(r store.Reader) error {
		for e, err := range r.Scan(store.Range{}) {
			if err != nil {
				return err
			}
			all[fmt.Sprintf("%q", e.Key)] = fmt.Sprintf("%x", e.Value)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 100 {
		t.Fatalf("the store holds %d records only", len(all))
	}
	return all
}

func derived(t *testing.T, s store.Store) map[string]string {
	t.Helper()
	all := dump(t, s)
	err := s.View(func(r store.Reader) error {
		for e, err := range store.Scope(store.Main, r).Scan(store.Range{}) {
			if err != nil {
				return err
			}
			if !store.Derived(e.Key) {
				delete(all, fmt.Sprintf("%q", store.ScopeWrite(store.Main, store.Write{Key: e.Key}).Key))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestBothOperatorsSignInWithThePassword(t *testing.T) {
	t.Parallel()
	h := seed(t)
	a, err := auth.Open(auth.Options{Store: h.store, Now: func() time.Time { return h.Now }, Random: h.Random})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		email string
		id    protocol.OperatorID
		role  protocol.Role
	}{
		{demo.AnnEmail, h.facts.Ann, protocol.RoleAdmin},
		{demo.BobEmail, h.facts.Bob, protocol.RoleOperator},
	} {
		_, made, err := a.SignIn(t.Context(), auth.Attempt{Email: auth.Hidden(tt.email), Password: demo.Password})
		if err != nil || made.Operator != tt.id {
			t.Errorf("%s signed in as %q: %v", tt.email, made.Operator, err)
		}
		h.view(t, func(r store.Reader) error {
			o, err := store.Operators.Get(r, store.Text(tt.id))
			if err != nil {
				return err
			}
			if o.Role != tt.role || o.State != protocol.OperatorActive {
				t.Errorf("%s is %s and %s", tt.email, o.Role, o.State)
			}
			face, _, err := h.blobs.Open(o.PictureBlob)
			if err != nil {
				return fmt.Errorf("face of %s: %w", tt.email, err)
			}
			return face.Close()
		})
	}
}

func conversationsKeepTheirInvariants(t *testing.T, h house) {
	active := make(map[protocol.ThreadID]int)
	var number protocol.Number
	var started int64
	for _, c := range h.conversations(t) {
		if number++; c.Number != number || c.StartedAt < started {
			t.Errorf("number %d of %d began %d, after %d", c.Number, number, c.StartedAt, started)
		}
		started = c.StartedAt
		if c.Activity == protocol.Active {
			active[c.Thread]++
		}
		if (c.Status == protocol.Closed) != (c.ClosedAt != 0) || c.Status == protocol.Closed && c.Activity != protocol.Completed {
			t.Errorf("%d is %s and %s, closed at %d", c.Number, c.Activity, c.Status, c.ClosedAt)
		}
		if c.Status == protocol.Closed && c.Wait != nil {
			t.Errorf("%d is closed and waits", c.Number)
		}
		if last := c.Ranges[len(c.Ranges)-1].Last; last != c.LastPosition || c.TeamRead > last {
			t.Errorf("%d ends at %d, its newest item is %d, the team read to %d", c.Number, last, c.LastPosition, c.TeamRead)
		}
	}
	for thread, n := range active {
		if n > 1 {
			t.Errorf("thread %s has %d active conversations", thread, n)
		}
	}
}

func thereIsOneOfEverythingToLookAt(t *testing.T, h house) {
	got := make(map[string]bool)
	threads := make(map[protocol.ThreadID]int)
	for _, c := range h.conversations(t) {
		got["conversation "+string(c.Status)] = true
		got["of "+nameOf(h.facts, c.Assignee)] = true
		if c.Assignee == "" && c.Wait != nil {
			got["unassigned, waiting"] = true
		}
		if c.Channel == h.facts.Russian {
			got["of the Russian shop"] = true
		}
		if threads[c.Thread]++; threads[c.Thread] == 2 {
			got["the second of a thread"] = true
		}
	}
	for _, ev := range h.log(t) {
		if ev.Kind != protocol.KindMessageSent {
			continue
		}
		var body protocol.MessageSent
		if err := protocol.DecodeBody(ev.Body, &body); err != nil {
			t.Fatal(err)
		}
		for _, a := range body.Attachments {
			got[a.Type] = true
			if a.Kind == protocol.AttachmentImage && (a.Width != 960 || a.Height != 720) {
				t.Errorf("%s is %d×%d", a.Name, a.Width, a.Height)
			}
			content, info, err := h.blobs.Open(a.Blob)
			if err != nil || info.Size != a.Size {
				t.Fatalf("content of %s is %d bytes of %d: %v", a.Name, info.Size, a.Size, err)
			}
			_ = content.Close()
		}
		if strings.ContainsAny(body.Text, "абвгдежз") {
			got["Russian"] = true
		}
	}
	want := []string{
		"Russian", "application/pdf", "conversation closed", "conversation open", "conversation pending", "image/png", "of Ann", "of Bob",
		"of nobody", "of the Russian shop", "the second of a thread", "unassigned, waiting",
	}
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(got))); diff != "" {
		t.Error(diff)
	}
	if left := rows(t, h, func(r store.Reader) func(func(store.Upload, error) bool) {
		return store.Uploads.Scan(r, store.Uploads.Under())
	}); len(left) != 0 {
		t.Errorf("%d uploads hang on no message", len(left))
	}
}

func nameOf(f demo.Facts, id protocol.OperatorID) string {
	switch id {
	case f.Ann:
		return "Ann"
	case f.Bob:
		return "Bob"
	case "":
		return "nobody"
	}
	return string(id)
}

func somethingIsUnreadAndNotEverything(t *testing.T, h house) {
	h.view(t, func(r store.Reader) error {
		list, err := inbox.New(r)
		if err != nil {
			return err
		}
		for _, id := range []protocol.OperatorID{h.facts.Ann, h.facts.Bob} {
			o, err := store.Operators.Get(r, store.Text(id))
			if err != nil {
				return err
			}
			v := list.Open(o)
			if err := list.Recall(r, v); err != nil {
				return err
			}
			if c := list.Figures(v, false); c.Unread < 2 || c.Unread > c.Active/2 {
				t.Errorf("%s has %d unread of %d active", o.Name, c.Unread, c.Active)
			}
		}
		return nil
	})
}

func widgetsMayStandOnTheShopOnly(t *testing.T, h house) {
	for _, id := range []protocol.ChannelID{h.facts.Channel, h.facts.Russian} {
		h.view(t, func(r store.Reader) error {
			c, err := store.Channels.Get(r, store.Text(id))
			if err == nil && (c.Channel.AnySite || !slices.Equal(c.Channel.Sites, []string{shop})) {
				t.Errorf("%s may stand on %v", c.Channel.Looks.Name, c.Channel.Sites)
			}
			return err
		})
	}
}

func aStoreInUseIsLeftAlone(t *testing.T, h house) {
	before := dump(t, h.store)
	if _, err := demo.Seed(t.Context(), options(h.Options)); err == nil {
		t.Error("it was seeded again")
	}
	if diff := cmp.Diff(before, dump(t, h.store)); diff != "" {
		t.Error(diff)
	}
}

func TestAFullDiskIsSaidAndNotHidden(t *testing.T) {
	t.Parallel()
	s := memory.New()
	s.SetFull(true)
	_, err := demo.Seed(context.Background(), options(demo.Options{Store: s, Blobs: memory.NewBlobs(time.Now)}))
	if !errors.Is(err, store.ErrFull) {
		t.Errorf("got %v, want %v", err, store.ErrFull)
	}
}
