package trial

import (
	"strings"
	"testing"
)

// eachWay is how many messages go either way.
const eachWay = 2000

// A visitor and an operator talk through a network that cuts their lines in the middle of frames, delays and
// fragments what they send.
func TestEveryMessageArrivesOnceThroughABadNetwork(t *testing.T) {
	t.Parallel()
	r := chance(t)
	h := settle(t, folder(t))
	n := spoil(t, r, strings.TrimPrefix(h.url(), "http://"))
	visitor := newApp(t, r, "visitor", h.channel, func() door { return door{base: n.url()} })
	visitor.ask(t, func() { visitor.speech.quota = 1 })
	visitor.until(t, minute, "the first word is stored", func() bool { return visitor.silent() && visitor.number != 0 })
	operator := newApp(t, r, "operator", "", func() door { return door{n.url(), h.ann.cookie} })
	c := &crowd{visitors: []*app{visitor}, operators: []*app{operator}}
	visitor.ask(t, func() { c.numbers = append(c.numbers, visitor.number) })
	operator.watch(t, c.numbers...)

	visitor.ask(t, func() { visitor.speech.quota = eachWay - 1 })
	operator.ask(t, func() { operator.speech.quota = eachWay })
	c.quiet(t)

	found := h.read()
	c.agree(t, found)
	if got := found.messages(); got != 2*eachWay {
		t.Errorf("%d messages are stored, %d were sent", got, 2*eachWay)
	}
	t.Logf("%d lines: %d cut, %d of them with a reset, %d in the middle of what was sent; %d delays",
		n.lines.Load(), n.cuts.Load(), n.resets.Load(), n.truncated.Load(), n.delayed.Load())
	if n.cuts.Load() < 50 || n.truncated.Load() == 0 || n.delayed.Load() == 0 {
		t.Error("the weather was too good: this proved little")
	}
}
