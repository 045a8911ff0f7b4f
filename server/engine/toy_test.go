package engine_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"beseda/protocol"
	"beseda/server/engine"
	"beseda/store"
	"beseda/store/memory"
)

// The toy domain keeps named cells ('z' name → text) and alarms ('y' kind/subject → when). What goes wrong in a real
// one by mistake goes wrong here on demand.
const (
	kindWritten  protocol.Kind = "cell.written" // ProfileSet: Operator is the name, Name the text
	kindArmed    protocol.Kind = "alarm.armed"  // ReceiptAdvance: Conversation the subject, Read the kind, Delivered when
	kindRang     protocol.Kind = "alarm.rang"   // the same
	kindPoison   protocol.Kind = "poison"       // Apply fails, after it has written
	kindPanic    protocol.Kind = "panic"        // Apply panics, after it has written
	kindStubborn               = 66             // an alarm of this kind stays, and arms itself again for the same time
	kindBroken                 = 77             // an alarm of this kind cannot be fired: its row is not readable
	kindRefused                = 78             // an alarm of this kind is refused
	kindPanicky                = 88             // an alarm of this kind panics
)

type toy struct{}

func cell(name string) []byte { return []byte("z" + name) }

func alarm(kind uint8, subject uint64) []byte { return fmt.Appendf(nil, "y%03d/%06d", kind, subject) }

func (toy) Apply(tx store.Tx, ev *protocol.Frame) error {
	switch ev.Kind {
	case kindWritten:
		var body protocol.ProfileSet
		if err := protocol.DecodeBody(ev.Body, &body); err != nil {
			return err
		}
		return tx.Put(cell(string(body.Operator)), []byte(body.Name))
	case kindArmed, kindRang:
		d, err := deadlineOf(ev)
		if err != nil {
			return err
		}
		if ev.Kind == kindRang && d.Kind != kindStubborn {
			return tx.Delete(alarm(d.Kind, d.Subject))
		}
		return tx.Put(alarm(d.Kind, d.Subject), fmt.Append(nil, d.Due))
	case kindPoison:
		return errors.Join(tx.Put(cell("poison"), []byte("x")), errors.New("poison"))
	case kindPanic:
		if err := tx.Put(cell("panic"), []byte("x")); err != nil {
			return err
		}
		panic("the view is broken")
	case protocol.KindMessageSent:
		return nil
	}
	return fmt.Errorf("no view for %s", ev.Kind)
}

func (toy) Deadlines(_ store.Reader, ev *protocol.Frame) ([]store.Deadline, error) {
	switch ev.Kind {
	case kindArmed:
		d, err := deadlineOf(ev)
		return []store.Deadline{d}, err
	case kindRang:
		d, err := deadlineOf(ev)
		if d.Kind != kindStubborn {
			d.Due = 0
		}
		return []store.Deadline{d}, err
	}
	return nil, nil
}

func (toy) Fire(r store.Reader, d store.Deadline, _ func() string) (store.Outcome, error) {
	switch d.Kind {
	case kindBroken:
		return store.Outcome{}, &store.CorruptError{Key: alarm(d.Kind, d.Subject), Reason: "cannot fire"}
	case kindRefused:
		return store.Outcome{}, protocol.Refuse(protocol.CodeConflict, "")
	case kindPanicky:
		panic("cannot fire")
	}
	due, err := r.Get(alarm(d.Kind, d.Subject))
	if errors.Is(err, store.ErrNotFound) || err == nil && string(due) != fmt.Sprint(d.Due) {
		return store.Outcome{}, nil // stale
	}
	return store.Outcome{Events: []protocol.Frame{alarmEvent(kindRang, d)}}, err
}

func (toy) Armed(r store.Reader, arm func(store.Deadline)) error {
	for e, err := range r.Scan(store.Prefix([]byte("y"))) {
		if err != nil {
			return err
		}
		var d store.Deadline
		if _, err := fmt.Sscanf(string(e.Key), "y%d/%d", &d.Kind, &d.Subject); err != nil {
			return err
		}
		if _, err := fmt.Sscan(string(e.Value), &d.Due); err != nil {
			return err
		}
		arm(d)
	}
	return nil
}

func alarmEvent(kind protocol.Kind, d store.Deadline) protocol.Frame {
	return protocol.Frame{Kind: kind, Body: protocol.EncodeBody(&protocol.ReceiptAdvance{
		Conversation: protocol.Number(d.Subject), Read: protocol.Position(d.Kind), Delivered: protocol.Position(d.Due),
	})}
}

func deadlineOf(ev *protocol.Frame) (store.Deadline, error) {
	var body protocol.ReceiptAdvance
	err := protocol.DecodeBody(ev.Body, &body)
	return store.Deadline{Kind: uint8(body.Read), Subject: uint64(body.Conversation), Due: int64(body.Delivered)}, err
}

func written(name, text string) protocol.Frame {
	return protocol.Frame{Kind: kindWritten, Body: protocol.EncodeBody(&protocol.ProfileSet{
		Operator: protocol.OperatorID(name), Name: text,
	})}
}

// says is a command with these events.
func says(author string, id protocol.CommandID, events ...protocol.Frame) engine.Command {
	return engine.Command{Author: author, ID: id, Decide: func(store.Reader, int64, func() string) (store.Outcome, error) {
		return store.Outcome{Events: slices.Clone(events)}, nil
	}}
}

func refuses(author string, id protocol.CommandID, code protocol.Code) engine.Command {
	return engine.Command{Author: author, ID: id, Decide: func(store.Reader, int64, func() string) (store.Outcome, error) {
		return store.Outcome{}, protocol.Refuse(code, "")
	}}
}

// probe is a store whose commits are counted and may be held up, refused or looked at.
type probe struct {
	store.Store
	commits  atomic.Int64
	onCommit atomic.Pointer[func([]store.Write) error]
	onGet    atomic.Pointer[func(key []byte) error]
}

func (p *probe) View(fn func(store.Reader) error) error {
	return p.Store.View(func(r store.Reader) error { return fn(probed{r, p}) })
}

// probed is a reader of a probe.
type probed struct {
	store.Reader
	*probe
}

func (r probed) Get(key []byte) ([]byte, error) {
	if fn := r.onGet.Load(); fn != nil {
		if err := (*fn)(key); err != nil {
			return nil, err
		}
	}
	return r.Reader.Get(key)
}

func (p *probe) Commit(batch []store.Write) error {
	p.commits.Add(1)
	if fn := p.onCommit.Load(); fn != nil {
		if err := (*fn)(batch); err != nil {
			return err
		}
	}
	return p.Store.Commit(batch)
}

func (p *probe) reading(fn func(key []byte) error) { p.onGet.Store(&fn) }

func (p *probe) before(fn func([]store.Write) error) { p.onCommit.Store(&fn) }

// house is an engine with all that it needs, over a store that outlives it.
type house struct {
	*engine.Engine
	t     *testing.T
	store *probe
	clock atomic.Int64 // unix milliseconds

	mu        sync.Mutex
	published []protocol.Frame
}

// newHouse starts an engine over a store; a nil one is in memory. It is closed with the test.
func newHouse(t *testing.T, base store.Store) *house {
	t.Helper()
	if base == nil {
		base = memory.New()
	}
	h := &house{t: t, store: &probe{Store: base}}
	h.clock.Store(1_000_000)
	h.open(func() time.Time { return time.UnixMilli(h.clock.Load()) })
	return h
}

func (h *house) open(now func() time.Time) {
	h.t.Helper()
	e, err := engine.New(engine.Config{
		Store: h.store, Workspace: store.Main, Domain: toy{}, Now: now, NewID: func() string { return "id" },
		Published: func(frames []protocol.Frame, _ store.Reader) {
			h.mu.Lock()
			defer h.mu.Unlock()
			h.published = append(h.published, frames...)
		},
	})
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(e.Close)
	h.Engine = e
}

// restart ends the engine and begins another over the same store.
func (h *house) restart() {
	h.t.Helper()
	h.Close()
	h.open(func() time.Time { return time.UnixMilli(h.clock.Load()) })
}

func (h *house) do(c engine.Command) (protocol.Accepted, error) {
	h.t.Helper()
	return h.Do(h.t.Context(), c)
}

func (h *house) mustDo(c engine.Command) protocol.Accepted {
	h.t.Helper()
	a, err := h.do(c)
	if err != nil {
		h.t.Fatalf("refused: %v", err)
	}
	return a
}

// heard is what was published so far, in words.
func (h *house) heard() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return inWords(h.published)
}

// log is the stored log in words; it fails the test where positions are not contiguous.
func (h *house) log() []string {
	h.t.Helper()
	var frames []protocol.Frame
	err := h.Read(func(r store.Reader) error {
		for ev, err := range engine.Changes(r, 0) {
			if err != nil {
				return err
			}
			frames = append(frames, ev)
		}
		return nil
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return inWords(frames)
}

// cells are all names with their texts, and alarms.
func (h *house) cells() map[string]string {
	h.t.Helper()
	found := map[string]string{}
	err := h.Read(func(r store.Reader) error {
		for e, err := range r.Scan(store.Range{From: []byte("y")}) {
			if err != nil {
				return err
			}
			found[string(e.Key)] = string(e.Value)
		}
		return nil
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return found
}

func inWords(frames []protocol.Frame) []string {
	out := make([]string, len(frames))
	for i := range frames {
		ev := &frames[i]
		var words []string
		switch ev.Kind {
		case kindWritten:
			var body protocol.ProfileSet
			if err := protocol.DecodeBody(ev.Body, &body); err != nil {
				panic(err)
			}
			words = []string{string(body.Operator), "=", body.Name}
		case kindArmed, kindRang:
			d, err := deadlineOf(ev)
			if err != nil {
				panic(err)
			}
			words = []string{fmt.Sprintf("%s %d/%d due %d", ev.Kind, d.Kind, d.Subject, d.Due)}
		default:
			words = []string{string(ev.Kind)}
		}
		out[i] = fmt.Sprintf("%d at %d: %s", ev.Position, ev.At, strings.Join(words, " "))
	}
	return out
}

func codeOf(err error) protocol.Code {
	var refusal *protocol.Refusal
	if errors.As(err, &refusal) {
		return refusal.Code
	}
	return ""
}

func keysOf(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }
