package auth

import (
	"container/list"
	"sync"
	"time"
)

// Limits count. They live in memory, bounded, and start empty.
type Limits struct {
	now     func() time.Time
	on      bool
	shelves [limitCount]shelf
}

// shelf counts one limit for its most recently seen keys.
type shelf struct {
	mu     sync.Mutex
	byKey  map[string]*list.Element
	recent list.List // of *tally, the most recent in front
}

// tally is what one key has used up. Times keep their monotonic part, so that setting the clock changes nothing.
type tally struct {
	key string
	// empty is when a bucket will have grown back whole.
	empty time.Time
	// tries are the times of a strict limit, oldest first, never more than its burst.
	tries []time.Time
}

func newLimits(now func() time.Time, on bool) *Limits {
	l := &Limits{now: now, on: on}
	for i := range l.shelves {
		l.shelves[i].byKey = map[string]*list.Element{}
	}
	return l
}

// Take counts one more for key, or answers a *LimitedError that says when to come back; nothing is counted then.
func (l *Limits) Take(name LimitName, key string) error { return l.TakeSome(name, key, 1) }

// TakeSome counts as many at once, at least one; more than the burst never pass. A strict limit counts them as one.
func (l *Limits) TakeSome(name LimitName, key string, n int) error {
	if !l.on {
		return nil
	}
	s, limit := &l.shelves[name], &Limitations[name]
	s.mu.Lock()
	defer s.mu.Unlock()
	return limited(name, s.tally(key, limit.Keys).take(limit, n, l.now()))
}

// GiveBack undoes one Take: what was counted turned out to be harmless.
func (l *Limits) GiveBack(name LimitName, key string) { l.GiveSomeBack(name, key, 1) }

// GiveSomeBack undoes one TakeSome of the same number.
func (l *Limits) GiveSomeBack(name LimitName, key string, n int) {
	if !l.on {
		return
	}
	s := &l.shelves[name]
	s.mu.Lock()
	defer s.mu.Unlock()
	if e, ok := s.byKey[key]; ok {
		e.Value.(*tally).giveBack(&Limitations[name], n)
	}
}

// Bucket counts a limit for one connection. It belongs to one goroutine.
func (l *Limits) Bucket(name LimitName) Bucket { return Bucket{limits: l, name: name} }

// Bucket is a limit of one holder, without a key. The zero value lets nothing through: make it with Limits.Bucket.
type Bucket struct {
	limits *Limits
	name   LimitName
	tally  tally
}

// Take counts one more, or answers a *LimitedError.
func (b *Bucket) Take() error {
	if b.limits == nil {
		return limited(b.name, time.Second)
	}
	if !b.limits.on {
		return nil
	}
	return limited(b.name, b.tally.take(&Limitations[b.name], 1, b.limits.now()))
}

func limited(name LimitName, wait time.Duration) error {
	if wait <= 0 {
		return nil
	}
	return &LimitedError{Limit: name, RetryAfter: wait}
}

// tally finds or makes a key's tally and puts it in front; the least recent goes where there would be too many.
func (s *shelf) tally(key string, most int) *tally {
	if e, ok := s.byKey[key]; ok {
		s.recent.MoveToFront(e)
		return e.Value.(*tally)
	}
	for s.recent.Len() >= max(most, 1) {
		oldest := s.recent.Back()
		delete(s.byKey, oldest.Value.(*tally).key)
		s.recent.Remove(oldest)
	}
	t := &tally{key: key}
	s.byKey[key] = s.recent.PushFront(t)
	return t
}

// take counts n more and answers zero, or counts nothing and answers how long to wait.
func (t *tally) take(limit *Limitation, n int, now time.Time) time.Duration {
	if limit.Within > 0 {
		return t.takeStrict(limit, now)
	}
	whole := time.Duration(limit.Burst) * limit.Every
	if t.empty.Before(now) {
		t.empty = now
	}
	if t.empty.Sub(now) > whole { // the clock went back: never more than used up
		t.empty = now.Add(whole)
	}
	full := t.empty.Add(time.Duration(max(n, 1)) * limit.Every)
	if wait := full.Sub(now) - whole; wait > 0 {
		return wait
	}
	t.empty = full
	return 0
}

func (t *tally) takeStrict(limit *Limitation, now time.Time) time.Duration {
	kept := t.tries[:0]
	for _, at := range t.tries {
		if at.After(now) { // the clock went back: it counts as of now
			at = now
		}
		if now.Sub(at) < limit.Within {
			kept = append(kept, at)
		}
	}
	t.tries = kept
	if len(t.tries) >= limit.Burst {
		return limit.Within - now.Sub(t.tries[0])
	}
	t.tries = append(t.tries, now)
	return 0
}

func (t *tally) giveBack(limit *Limitation, n int) {
	if limit.Within > 0 {
		if n := len(t.tries); n > 0 {
			t.tries = t.tries[:n-1]
		}
		return
	}
	t.empty = t.empty.Add(-time.Duration(max(n, 1)) * limit.Every)
}
