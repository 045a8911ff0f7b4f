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
	thread := o.conv(1).Thread
	faces := func(i int) string {
		return string([]rune{rune(0x1f600 + i%80), rune(0x1f600 + i/80%80), rune(0x1f600 + i/6400)})
	}
	for i := range 9000 {
		if i%protocol.MaxReactions == 0 {
			o.kira.must(o.kira.says("xyzzy"))
		}
		o.kira.must(o.kira.do(protocol.KindReactionAdd, &protocol.ReactionAdd{Position: o.conv(1).LastMessage, Emoji: faces(i)}))
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

// What one person hangs on a message is bounded, also where it was taken off again; who has it may put it back.
func TestAMessageBearsSoManyEmojiOfOnePerson(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.kira.must(o.kira.says("m1"))
	at := o.conv(1).LastMessage
	one := func(kind string, i int) string {
		emoji := string(rune(0x1f600 + i))
		if kind == "add" {
			return answer(by(o.kira.do(protocol.KindReactionAdd, &protocol.ReactionAdd{Position: at, Emoji: emoji})))
		}
		return answer(by(o.kira.do(protocol.KindReactionWithdraw, &protocol.ReactionWithdraw{Position: at, Emoji: emoji})))
	}
	for i := range protocol.MaxReactions {
		o.wants("an emoji", one("add", i), "")
	}
	o.wants("one more", one("add", protocol.MaxReactions), "conflict limit=50")
	o.wants("taking one back", one("withdraw", 3), "")
	o.wants("another in its place", one("add", protocol.MaxReactions), "conflict limit=50")
	o.wants("the same again", one("add", 3), "")
}
