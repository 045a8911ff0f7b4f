package engine

import (
	"container/heap"
	"time"

	"beseda/store"
)

// timers is the writer's index of stored deadlines: a heap with lazy deletion. It is no source of truth, it is
// rebuilt at start.
type timers struct {
	heap  deadlineHeap
	armed map[timerKey]int64
}

type timerKey struct {
	kind    uint8
	subject uint64
}

func (t *timers) arm(d store.Deadline) {
	if t.armed == nil {
		t.armed = make(map[timerKey]int64)
	}
	key := timerKey{d.Kind, d.Subject}
	if d.Due == 0 {
		delete(t.armed, key)
		return
	}
	if t.armed[key] == d.Due {
		return
	}
	t.armed[key] = d.Due
	heap.Push(&t.heap, d)
}

// next takes the first deadline that is due by now.
func (t *timers) next(now int64) (store.Deadline, bool) {
	for len(t.heap) > 0 && t.heap[0].Due <= now {
		d := heap.Pop(&t.heap).(store.Deadline)
		if key := (timerKey{d.Kind, d.Subject}); t.armed[key] == d.Due {
			delete(t.armed, key)
			return d, true
		}
	}
	return store.Deadline{}, false
}

// wait returns a channel that is ready when the first deadline is due; nil where there is none.
func (t *timers) wait(now time.Time) (*time.Timer, <-chan time.Time) {
	for len(t.heap) > 0 {
		d := t.heap[0]
		if t.armed[timerKey{d.Kind, d.Subject}] != d.Due {
			heap.Pop(&t.heap)
			continue
		}
		timer := time.NewTimer(time.UnixMilli(d.Due).Sub(now))
		return timer, timer.C
	}
	return nil, nil
}

type deadlineHeap []store.Deadline

func (h deadlineHeap) Len() int { return len(h) }

func (h deadlineHeap) Less(i, j int) bool {
	a, b := h[i], h[j]
	switch {
	case a.Due != b.Due:
		return a.Due < b.Due
	case a.Kind != b.Kind:
		return a.Kind < b.Kind
	}
	return a.Subject < b.Subject
}

func (h deadlineHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }

func (h *deadlineHeap) Push(x any) { *h = append(*h, x.(store.Deadline)) }

func (h *deadlineHeap) Pop() any {
	old := *h
	last := old[len(old)-1]
	*h = old[:len(old)-1]
	return last
}
