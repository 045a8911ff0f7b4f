//go:build unix

package desk_test

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"beseda/protocol"
)

// TestAKillBetweenSplitsMergesAndClosingsLeavesThemWhole lets conversations be completed, reactivated, split, closed and
// merged in a process of its own, kills it in the middle and opens the store again: every invariant holds, the views
// are what the log makes, and each command that was answered is answered the same and happens no second time.
func TestAKillBetweenSplitsMergesAndClosingsLeavesThemWhole(t *testing.T) {
	t.Parallel()
	if dir := os.Getenv(crashDir); dir != "" {
		liveForEver(crashOffice(t, dir))
		return
	}
	dir := t.TempDir()
	answered := untilKilled(t, dir, 300)
	o := crashOffice(t, dir)
	checkInvariants(t, o)
	checkReplay(t, o)
	last := o.last()
	for what, want := range answered {
		var hand, step int
		if _, err := fmt.Sscanf(what, "visitor-%d-%d", &hand, &step); err != nil {
			t.Fatal(err)
		}
		who, body := o.eve, protocol.Body(&protocol.NoteAdd{Conversation: 1, Text: "the id is known, so this is not read"})
		kind := protocol.KindNoteAdd
		if byVisitor(step) {
			who, kind, body = o.client(hand), protocol.KindMessageSend, &protocol.MessageSend{Text: "nor this"}
		}
		a, err := who.repeat(stepID(hand, step), kind, body)
		if got := told(a); err != nil || got != want {
			t.Errorf("%s was answered %q, and after the crash %q, %v", what, want, got, err)
		}
	}
	if o.last() != last {
		t.Errorf("%d events more", o.last()-last)
	}
	started := 0
	for _, ev := range o.events(0) {
		if ev.Kind == protocol.KindConversationSplit || ev.Kind == protocol.KindConversationMerged {
			started++
		}
	}
	if started < 20 {
		t.Errorf("%d splits and merges before the end are too few to be killed in", started)
	}
}

// lifeSteps are one round of a conversation's life.
const lifeSteps = 7

func byVisitor(step int) bool {
	return step%lifeSteps == 0 || step%lifeSteps == 2 || step%lifeSteps == 5
}

func stepID(hand, step int) protocol.CommandID {
	return protocol.CommandID(fmt.Sprintf("01JC%08d%014d", hand, step))
}

func told(a protocol.Accepted) string { return fmt.Sprintf("#%d at %d", a.Conversation, a.Position) }

// client is a visitor who is the same in both processes.
func (o *office) client(hand int) person {
	v := o.visitor("somebody")
	v.call.By.ID = fmt.Sprintf("01JV%022d", hand)
	return v
}

// liveForEver has four hands, each with a visitor of its own, begin round after round and print each answer.
func liveForEver(o *office) {
	var hands sync.WaitGroup
	for hand := range 4 {
		hands.Go(func() {
			v, step := o.client(hand), 0
			do := func(who person, kind protocol.Kind, body protocol.Body) protocol.Accepted {
				a, err := who.repeat(stepID(hand, step), kind, body)
				if err != nil {
					panic(strings.Join([]string{string(kind), err.Error()}, ": "))
				}
				fmt.Printf("visitor-%d-%d %s\n", hand, step, told(a))
				step++
				return a
			}
			says := func(text string) protocol.Accepted {
				return do(v, protocol.KindMessageSend, &protocol.MessageSend{Text: text})
			}
			for {
				n := says("q1").Conversation
				do(o.eve, protocol.KindConversationComplete, &protocol.ConversationComplete{Conversation: n, Status: protocol.Pending})
				from := says("q2").Position
				y := do(o.eve, protocol.KindMessagesSplit, &protocol.MessagesSplit{Conversation: n, From: from}).Conversation
				do(o.eve, protocol.KindConversationClose, &protocol.ConversationClose{Conversation: y})
				z := says("q3").Conversation
				do(o.eve, protocol.KindConversationMerge, &protocol.ConversationMerge{Conversation: z, Into: y})
			}
		})
	}
	hands.Wait()
}
