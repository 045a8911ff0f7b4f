package desk_test

import (
	"testing"

	"beseda/protocol"
	"beseda/server/desk"
	"beseda/store"
)

// TestAVisitorCannotKeepAConversationFromBeingErased by hanging on its messages more than one commit takes.
func TestAVisitorCannotKeepAConversationFromBeingErased(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.kira.must(o.kira.says("xyzzy"))
	at, thread := o.conv(1).LastMessage, o.conv(1).Thread
	faces := func(i int) string {
		return string([]rune{rune(0x1f600 + i%80), rune(0x1f600 + i/80%80), rune(0x1f600 + i/6400)})
	}
	for i := range 9000 {
		o.kira.must(o.kira.do(protocol.KindReactionAdd, &protocol.ReactionAdd{Position: at, Emoji: faces(i)}))
	}
	for i := range 600 {
		o.kira.must(o.kira.says("xyzzy"))
		o.kira.must(o.kira.reacts(0, o.conv(1).LastMessage))
		if i%2 == 0 {
			o.kira.must(o.kira.withdraws(0, o.conv(1).LastMessage))
		}
	}
	o.lev.must(o.lev.says("elsewhere"))
	o.eve.must(o.eve.erases(1))
	for more := true; more; {
		o.decide(func(r store.Reader, _ int64, _ func() string) (out store.Outcome, err error) {
			out, more, err = desk.EraseMore(r, 1)
			if len(out.Overwrites) > 4000 {
				t.Errorf("%d writes at once", len(out.Overwrites))
			}
			return out, err
		})
	}
	left := 0
	o.read(func(r store.Reader) error {
		for range r.Scan(store.Reactions.Under(store.Text(thread))) {
			left++
		}
		return nil
	})
	if left > 0 || o.where("xyzzy") != nil || o.where(faces(7)) != nil {
		t.Errorf("%d reactions are left, the text in %v, the emoji in %v", left, o.where("xyzzy"), o.where(faces(7)))
	}
	checkReplay(t, o)
	checkInvariants(t, o)
}
