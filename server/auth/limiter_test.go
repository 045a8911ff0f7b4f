package auth

import (
	"errors"
	"fmt"
	"net/netip"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"beseda/protocol"
)

func limits(on bool) (*Limits, *clock) {
	c := &clock{at: time.Date(2026, 1, 5, 12, 0, 0, 0, time.UTC)}
	return newLimits(c.now, on), c
}

func TestEveryLimitIsWellFormed(t *testing.T) {
	t.Parallel()
	names := map[string]bool{}
	for i, l := range Limitations {
		if l.Name == "" || names[l.Name] || LimitName(i).String() != l.Name {
			t.Errorf("row %d has the name %q", i, l.Name)
		}
		names[l.Name] = true
		if l.Burst < 1 || (l.Every > 0) == (l.Within > 0) {
			t.Errorf("%s: burst %d, every %v, within %v", l.Name, l.Burst, l.Every, l.Within)
		}
	}
	if LimitName(200).String() == "" {
		t.Error("an unknown limit has no name")
	}
}

func TestBucketLetsItsBurstThroughAndThenItsPace(t *testing.T) {
	t.Parallel()
	l, c := limits(true)
	burst, every := Limitations[LimitMessageVisitor].Burst, Limitations[LimitMessageVisitor].Every
	for i := range burst {
		if err := l.Take(LimitMessageVisitor, "kira"); err != nil {
			t.Fatalf("message %d: %v", i+1, err)
		}
	}
	for range 3 { // asking again costs nothing
		var e *LimitedError
		if err := l.Take(LimitMessageVisitor, "kira"); !errors.As(err, &e) || e.RetryAfter != every || e.Limit != LimitMessageVisitor {
			t.Fatalf("one over the burst: %v", err)
		}
	}
	if err := l.Take(LimitMessageVisitor, "lena"); err != nil {
		t.Errorf("her neighbour waits too: %v", err)
	}
	if err := l.Take(LimitMessageOperator, "kira"); err != nil {
		t.Errorf("another limit of hers is used up too: %v", err)
	}
	c.move(every - 1)
	if err := l.Take(LimitMessageVisitor, "kira"); err == nil {
		t.Error("let through a moment early")
	}
	c.move(1)
	if err := l.Take(LimitMessageVisitor, "kira"); err != nil {
		t.Errorf("when told to come back: %v", err)
	}
	c.move(time.Hour)
	n := 0
	for l.Take(LimitMessageVisitor, "kira") == nil {
		n++
	}
	if n != burst {
		t.Errorf("after an hour %d pass at once, want %d", n, burst)
	}
}

func TestStrictLimitHoldsInAnySpan(t *testing.T) {
	t.Parallel()
	l, c := limits(true)
	var passed []time.Time
	for range 40 * 60 { // a try a second for forty minutes
		if l.Take(LimitSignInEmail, "ann@example.com") == nil {
			passed = append(passed, c.now())
		}
		c.move(time.Second)
	}
	if len(passed) != 40 {
		t.Errorf("%d passed, want 5 in each of 8 spans", len(passed))
	}
	for i := 5; i < len(passed); i++ {
		if span := passed[i].Sub(passed[i-5]); span < 5*time.Minute {
			t.Errorf("6 passed within %v", span)
		}
	}
}

func TestStrictLimitTellsWhenToComeBack(t *testing.T) {
	t.Parallel()
	l, c := limits(true)
	for range 5 {
		if err := l.Take(LimitSignInEmail, "ann@example.com"); err != nil {
			t.Fatal(err)
		}
		c.move(time.Minute)
	}
	c.move(-time.Second) // 4 min 59 s after the first
	err := l.Take(LimitSignInEmail, "ann@example.com")
	var e *LimitedError
	if !errors.As(err, &e) || e.RetryAfter != time.Second || e.RetryMs() != 1000 || code(err) != protocol.CodeRateLimited {
		t.Fatalf("answered %v", err)
	}
	c.move(e.RetryAfter)
	if err := l.Take(LimitSignInEmail, "ann@example.com"); err != nil {
		t.Errorf("when told to come back: %v", err)
	}
}

func TestClockThatGoesBackLocksNobodyOutForLong(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		limit   LimitName
		longest time.Duration
	}{
		{LimitMessageVisitor, time.Second},
		{LimitSignInEmail, 5 * time.Minute},
	} {
		l, c := limits(true)
		for l.Take(row.limit, "k") == nil {
		}
		c.move(-365 * day)
		var e *LimitedError
		if err := l.Take(row.limit, "k"); !errors.As(err, &e) || e.RetryAfter > row.longest {
			t.Errorf("%s: told to wait %v", row.limit, err)
		}
		c.move(row.longest)
		if err := l.Take(row.limit, "k"); err != nil {
			t.Errorf("%s: after waiting: %v", row.limit, err)
		}
	}
}

func TestGivenBackCountsNot(t *testing.T) {
	t.Parallel()
	for _, name := range []LimitName{LimitSignInAddress, LimitMessageVisitor} {
		l, _ := limits(true)
		for i := range 100 {
			if err := l.Take(name, "office"); err != nil {
				t.Fatalf("%s, try %d: %v", name, i+1, err)
			}
			l.GiveBack(name, "office")
		}
		l.GiveBack(name, "office") // more than was taken
		l.GiveBack(name, "stranger")
	}
}

func TestWhatWeighsMoreCountsForMore(t *testing.T) {
	t.Parallel()
	l, c := limits(true)
	whole, every := Limitations[LimitUploadMegabytes].Burst, Limitations[LimitUploadMegabytes].Every
	take := func(n int) error { return l.TakeSome(LimitUploadMegabytes, "house", n) }
	if err := take(whole - 10); err != nil {
		t.Fatal(err)
	}
	var e *LimitedError
	if err := take(11); !errors.As(err, &e) || e.RetryAfter != every {
		t.Errorf("one over the burst: %v", err)
	}
	if err := take(10); err != nil {
		t.Errorf("what was refused is counted: %v", err)
	}
	l.GiveSomeBack(LimitUploadMegabytes, "house", 10)
	if err := take(10); err != nil {
		t.Errorf("after ten came back: %v", err)
	}
	c.move(4 * every)
	if err := take(5); !errors.As(err, &e) || e.RetryAfter != every {
		t.Errorf("five where four grew back: %v", err)
	}
	if err := take(4); err != nil {
		t.Errorf("the four that grew back: %v", err)
	}
	if err := take(0); err == nil {
		t.Error("what weighs nothing is let through without end")
	}
}

func TestLimitsForgetTheLeastRecentlySeenFirst(t *testing.T) {
	t.Parallel()
	l, _ := limits(true)
	most := Limitations[LimitMessageOperator].Keys
	for l.Take(LimitMessageOperator, "busy") == nil {
	}
	for i := range 3 * most {
		_ = l.Take(LimitMessageOperator, fmt.Sprint(i))
		if i%100 == 0 && l.Take(LimitMessageOperator, "busy") == nil {
			t.Fatalf("forgot one who keeps trying, after %d others", i)
		}
	}
	s := &l.shelves[LimitMessageOperator]
	if s.recent.Len() > most || len(s.byKey) != s.recent.Len() {
		t.Errorf("remembers %d and %d keys, want at most %d", s.recent.Len(), len(s.byKey), most)
	}
	if _, there := s.byKey["0"]; there {
		t.Error("remembers one that was not seen for long")
	}
}

func TestLimitsSwitchedOffLetEverythingThrough(t *testing.T) {
	t.Parallel()
	l, _ := limits(false)
	b := l.Bucket(LimitFrames)
	for range 10_000 {
		if err := errors.Join(l.Take(LimitSignInEmail, "ann"), b.Take()); err != nil {
			t.Fatal(err)
		}
		l.GiveBack(LimitSignInEmail, "ann")
	}
}

func TestBucketOfAConnectionIsItsOwn(t *testing.T) {
	t.Parallel()
	l, c := limits(true)
	one, two := l.Bucket(LimitPings), l.Bucket(LimitPings)
	for one.Take() == nil {
	}
	if err := two.Take(); err != nil {
		t.Errorf("another connection's: %v", err)
	}
	c.move(100 * time.Millisecond)
	if err := one.Take(); err != nil {
		t.Errorf("after its pace: %v", err)
	}
	var zero Bucket
	if zero.Take() == nil {
		t.Error("a bucket nobody made lets things through")
	}
}

func TestLimitsHoldUnderManyAtOnce(t *testing.T) {
	t.Parallel()
	l, _ := limits(true)
	var passed atomic.Int32
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			for range 100 {
				if l.Take(LimitSignInAddress, "one") == nil {
					passed.Add(1)
				}
			}
		})
	}
	wg.Wait()
	if n := passed.Load(); n != 5 {
		t.Errorf("%d passed, want 5", n)
	}
}

func TestAddressKey(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"192.0.2.1":                "192.0.2.1",
		"::ffff:192.0.2.1":         "192.0.2.1",
		"2001:db8:1:2:3:4:5:6":     "2001:db8:1:2::/64",
		"2001:db8:1:2:ffff::1":     "2001:db8:1:2::/64",
		"2001:db8:1:3::1":          "2001:db8:1:3::/64",
		"fe80::1%eth0":             "fe80::/64",
		"::1":                      "::/64",
		"::ffff:0:192.0.2.1":       "::/64",
		"2001:db8:1:2:3:4:5:6%zon": "2001:db8:1:2::/64",
	} {
		if got := AddressKey(netip.MustParseAddr(in)); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
	if AddressKey(netip.Addr{}) == "" {
		t.Error("no address has no key")
	}
}

func BenchmarkLimitTake(b *testing.B) {
	l := newLimits(time.Now, true)
	for b.Loop() {
		_ = l.Take(LimitMessageVisitor, "01J00000000000000000000000")
	}
}
