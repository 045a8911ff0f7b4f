package engine

import (
	"container/heap"
	"slices"
	"time"

	"beseda/store"
)

// timers is the writer's index of stored deadlines, one per kind and subject, first due first. It is no source of
// truth: it is rebuilt at start, and follows the log: what a batch changed is final with its commit, or restored.
type timers struct {
	heap  deadlines
	armed map[timerKey]*armedDeadline
	undo  []store.Deadline // what was armed before each change that is not final; Due 0: nothing
}

type timerKey struct {
	kind    uint8
	subject uint64
}

type armedDeadline struct {
	store.Deadline
	at    int64         // when it fires: Due, or once it has rested
	rest  time.Duration // how long it last had to, since it could not fire; 0 where it never tried in vain
	place int           // in the heap
}

// arm sets when a kind and subject are due, instead of any time before; Due 0 disarms them.
func (t *timers) arm(d store.Deadline) {
	before := d
	before.Due = t.set(d)
	if before.Due != d.Due {
		t.undo = append(t.undo, before)
	}
}

// due is the time at which a kind and subject are due; 0 where they are not armed.
func (t *timers) due(kind uint8, subject uint64) int64 {
	if a := t.armed[timerKey{kind, subject}]; a != nil {
		return a.Due
	}
	return 0
}

// first is the deadline that fires before all others.
func (t *timers) first() (armedDeadline, bool) {
	if len(t.heap) == 0 {
		return armedDeadline{}, false
	}
	return *t.heap[0], true
}

// retry arms what could not fire at a time for later, and each time for later still, until lookAgain.
func (t *timers) retry(d armedDeadline, now int64) {
	t.arm(d.Deadline)
	a := t.armed[timerKey{d.Kind, d.Subject}]
	a.rest = min(lookAgain, max(retryAfter, 2*d.rest))
	a.at = now + a.rest.Milliseconds()
	heap.Fix(&t.heap, a.place)
}

// mark is how many changes there are, for keep.
func (t *timers) mark() int { return len(t.undo) }

// keep makes the changes up to a mark final: what they followed is durable.
func (t *timers) keep(mark int) { t.undo = append(t.undo[:0], t.undo[mark:]...) }

// restore takes back all that are not final, after a commit that failed.
func (t *timers) restore() {
	for _, d := range slices.Backward(t.undo) {
		t.set(d)
	}
	t.undo = t.undo[:0]
}

// set returns the time that was armed before; 0 for none.
func (t *timers) set(d store.Deadline) (before int64) {
	key := timerKey{d.Kind, d.Subject}
	a := t.armed[key]
	switch {
	case a == nil && d.Due == 0:
	case a == nil:
		if t.armed == nil {
			t.armed = make(map[timerKey]*armedDeadline)
		}
		a = &armedDeadline{Deadline: d, at: d.Due}
		t.armed[key] = a
		heap.Push(&t.heap, a)
	case d.Due == 0:
		before = a.Due
		heap.Remove(&t.heap, a.place)
		delete(t.armed, key)
	default:
		before = a.Due
		a.Due, a.at, a.rest = d.Due, d.Due, 0
		heap.Fix(&t.heap, a.place)
	}
	return before
}

// deadlines is a heap ordered by the time at which they fire, then kind, then subject.
type deadlines []*armedDeadline

func (h deadlines) Len() int { return len(h) }

func (h deadlines) Less(i, j int) bool {
	a, b := h[i], h[j]
	switch {
	case a.at != b.at:
		return a.at < b.at
	case a.Kind != b.Kind:
		return a.Kind < b.Kind
	}
	return a.Subject < b.Subject
}

func (h deadlines) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].place, h[j].place = i, j
}

func (h *deadlines) Push(x any) {
	a := x.(*armedDeadline)
	a.place = len(*h)
	*h = append(*h, a)
}

func (h *deadlines) Pop() any {
	old := *h
	last := old[len(old)-1]
	old[len(old)-1] = nil
	*h = old[:len(old)-1]
	return last
}
