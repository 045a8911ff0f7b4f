package trial

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"beseda/protocol"
)

// crowd is visitors and operators who talk with each other: each operator answers every visitor.
type crowd struct {
	visitors, operators []*app
	numbers             []protocol.Number // of the visitors' conversations
}

// gather lets visitors arrive, who say a first word each, and operators who open all their conversations. All operators
// are administrators, so that everybody may write everywhere.
func gather(t testing.TB, r *rand.Rand, h *house, visitors, operators int) *crowd {
	t.Helper()
	c := &crowd{}
	for i := range visitors {
		a := newApp(t, r, fmt.Sprintf("visitor %d", i+1), h.channel, func() door { return door{base: h.url()} })
		a.ask(t, func() { a.speech.quota = 1 })
		a.until(t, minute, "the first word is stored", func() bool { return a.silent() && a.number != 0 })
		c.visitors = append(c.visitors, a)
		a.ask(t, func() { c.numbers = append(c.numbers, a.number) })
	}
	for i := range operators {
		name := fmt.Sprintf("operator %d", i+1)
		p := h.hire(name, fmt.Sprintf("operator%d@example.com", i+1), "administrator")
		a := newApp(t, r, name, "", func() door { return door{h.url(), p.cookie} })
		a.watch(t, c.numbers...)
		c.operators = append(c.operators, a)
	}
	return c
}

func (c *crowd) each(do func(*app)) {
	for _, a := range slices.Concat(c.visitors, c.operators) {
		do(a)
	}
}

// talk gives everybody so much more to say.
func (c *crowd) talk(t testing.TB, quota int) {
	t.Helper()
	c.each(func(a *app) { a.ask(t, func() { a.speech.quota += quota }) })
}

// quiet waits until all have said what they had to say and everybody has heard it.
func (c *crowd) quiet(t testing.TB) {
	t.Helper()
	c.each(func(a *app) { a.until(t, minute, "all is said", a.silent) })
	want := make(map[protocol.Number]protocol.Position)
	c.each(func(a *app) {
		a.ask(t, func() {
			for lane, shown := range a.screen {
				if lane == 0 {
					lane = a.number
				}
				want[lane] = max(want[lane], shown[len(shown)-1].position)
			}
		})
	})
	c.each(func(a *app) {
		a.until(t, minute, "all is heard", func() bool {
			for lane, shown := range a.screen {
				number := lane
				if lane == 0 {
					number = a.number
				}
				if shown[len(shown)-1].position < want[number] {
					return false
				}
			}
			return true
		})
	})
}

// agree asserts that what was said stands in the records once and in order, that visitors read the same records, and
// that every screen shows their end.
func (c *crowd) agree(t testing.TB, found records) {
	t.Helper()
	for i, v := range c.visitors {
		n := c.numbers[i]
		v.sane(t)
		v.ask(t, func() {
			if d := differ(v.name, found.conversations[n].by(v.actor), v.speech.said[0]); d != "" {
				t.Error(d)
			}
			shows(t, v.name, v.screen[0], found.conversations[n])
		})
		for _, o := range c.operators {
			o.ask(t, func() {
				if d := differ(o.name+" to "+v.name, found.conversations[n].by(o.actor), o.speech.said[n]); d != "" {
					t.Error(d)
				}
				shows(t, fmt.Sprintf("%s, conversation %d", o.name, n), o.screen[n], found.conversations[n])
			})
		}
	}
}

// shows asserts that a screen is the end of a transcript, and not nothing.
func shows(t testing.TB, who string, shown, all transcript) {
	t.Helper()
	if len(shown) == 0 || len(shown) > len(all) {
		t.Errorf("%s shows %d of %d messages", who, len(shown), len(all))
		return
	}
	if d := differ(who+" shows", shown, all[len(all)-len(shown):]); d != "" {
		t.Error(d)
	}
}
