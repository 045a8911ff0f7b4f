package trial

import (
	"testing"
	"time"
)

const (
	killVisitors  = 6
	killOperators = 2
	// perRound is what each app has to say more with every round: about what it gets done until the kill.
	perRound = 25
	// longestLife of a process, from the moment it listens.
	longestLife = 300 * time.Millisecond
)

// While visitors, operators and a bot talk, the process is killed at random moments, sometimes before it even listens,
// and started again over the same folder.
func TestWhatWasAcknowledgedOutlivesKills(t *testing.T) {
	t.Parallel()
	r := chance(t)
	h := settle(t, folder(t))
	c := gather(t, r, h, killVisitors, killOperators)
	b := newBot(t, h, c.numbers[0])
	s := &strays{house: h}
	midway := 0 // kills that left something unanswered
	for range *rounds {
		c.each(func(a *app) { a.ask(t, func() { a.speech.quota += perRound }) })
		b.more(perRound)
		ends := s.come(t.Context())
		botEnds := b.talk(t.Context())
		await(time.Duration(r.Int64N(int64(longestLife))))
		if r.IntN(6) == 0 { // some rounds end as they should
			h.stop()
		} else {
			h.process.kill()
		}
		ends()
		botEnds()
		left := b.pending()
		c.each(func(a *app) { a.ask(t, func() { left += a.pending() }) })
		if left > 0 {
			midway++
		}
		if r.IntN(5) == 0 { // killed again while it starts
			h.begin()
			await(time.Duration(r.Int64N(int64(longestLife))))
			h.process.kill()
		}
		h.start()
		c.each(func(a *app) { a.sane(t) })
	}
	b.finish(t)
	c.quiet(t)
	h.process.kill()
	h.sound()
	h.start()

	found := h.read()
	found.whole(t)
	c.agree(t, found)
	b.agree(t, found)
	stored, unanswered := s.agree(t, found)
	t.Logf("%d kills, %d of them midway; %d messages; of strays %d stored, of which %d were never acknowledged",
		*rounds, midway, found.messages(), stored, unanswered)
	if midway < *rounds/2 {
		t.Errorf("only %d of %d kills came while something was unanswered: this proved little", midway, *rounds)
	}
}

// await lets a time drawn by lot pass.
func await(d time.Duration) { <-time.After(d) }
