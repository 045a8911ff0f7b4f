package desk_test

import (
	"testing"
	"time"

	"beseda/protocol"
	"beseda/store"
)

// Messages of the team that the visitor was not there to get: DLV-05, CLO-05, state-machine §8.

// away is a conversation of Kira's in a channel where messages fail after a minute; she has all that is in it.
func away(t *testing.T) *office {
	t.Helper()
	o := talk(t, "offline_delivery", "fail_after:1m")
	o.kira.must(o.kira.reads(0, o.last(), 0))
	return o
}

// failed are the messages that have failed with visitor_left after a position, in the order of the events.
func (o *office) failed(after protocol.Position) (all []protocol.Position) {
	o.t.Helper()
	for _, ev := range o.events(after) {
		if ev.Kind != protocol.KindMessageFailed {
			continue
		}
		body := decoded[protocol.MessageFailed](o.t, &ev)
		if body.Code == protocol.FailedVisitorLeft {
			if ev.Actor.Kind != protocol.ActorTimer {
				o.t.Errorf("%v failed by %s", body.Messages, ev.Actor.Kind)
			}
			all = append(all, body.Messages...)
		}
	}
	return all
}

func (o *office) reply(n protocol.Number, text string) protocol.Position {
	o.t.Helper()
	o.ann.must(o.ann.replies(n, text))
	return o.conv(n).LastMessage
}

func TestCLO05NotSentAfterAMinute(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.sets("preset", "retail")
	o.kira.must(o.kira.says("m1"))
	o.ann.must(o.ann.replies(1, "m2"))
	o.kira.must(o.kira.reads(0, o.last(), 0))
	o.ann.must(o.ann.closes(1))
	at := o.reply(1, "One more thing")
	o.wants("state", o.now(1), "A/open")
	o.pass(time.Minute - time.Millisecond)
	o.wants("before the minute is over", o.failed(0), []protocol.Position(nil))
	o.pass(time.Millisecond)
	o.wants("after it", o.failed(0), []protocol.Position{at})
	o.wants("armed", o.conv(1).FailAt, int64(0))
	if o.conv(1).Wait != nil {
		t.Error("a reply that failed revives a wait")
	}
	o.pass(time.Hour)
	o.wants("once", o.failed(0), []protocol.Position{at})
}

func TestDLV05AnAcknowledgementJustBeforeTheDeadlineIsInTimeAndAtItIsNot(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		after time.Duration
		fails bool
	}{"before": {time.Minute - time.Millisecond, false}, "at": {time.Minute, true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := away(t)
			at := o.reply(1, "x")
			o.clock.Add(row.after.Milliseconds())
			o.kira.must(o.kira.reads(0, at, 0))
			o.pass(time.Hour)
			o.wants("it fails", len(o.failed(0)) == 1, row.fails)
			o.wants("armed", o.conv(1).FailAt, int64(0))
		})
	}
}

func TestDLV05EachMessageHasItsOwnMinute(t *testing.T) {
	t.Parallel()
	o := away(t)
	first := o.reply(1, "first")
	o.pass(20 * time.Second)
	second := o.reply(1, "second")
	o.pass(20 * time.Second)
	o.robot.must(o.robot.replies(1, "third")) // a bot's fail like anybody's
	third := o.conv(1).LastMessage
	o.pass(20 * time.Second)
	o.wants("after a minute", o.failed(0), []protocol.Position{first})
	o.kira.must(o.kira.reads(0, second, 0)) // an acknowledgement of a later one passes it over
	o.pass(20 * time.Second)
	o.wants("the second arrived", o.failed(0), []protocol.Position{first})
	o.pass(20 * time.Second)
	o.wants("after the third's", o.failed(0), []protocol.Position{first, third})
}

func TestDLV05TheTimerFiresOnceAfterARestart(t *testing.T) {
	t.Parallel()
	o := away(t)
	at := o.reply(1, "x")
	o.clock.Add(time.Hour.Milliseconds())
	o.restart()
	o.flush()
	o.wants("after a restart", o.failed(0), []protocol.Position{at})
	o.restart()
	o.pass(time.Hour)
	o.wants("after another", o.failed(0), []protocol.Position{at})
}

func TestDLV05InAQueueNothingFails(t *testing.T) {
	t.Parallel()
	o := talk(t)
	o.reply(1, "x")
	o.wants("armed", o.conv(1).FailAt, int64(0))
	o.pass(9 * time.Minute)
	o.wants("failed", o.failed(0), []protocol.Position(nil))
}

func TestDLV05SwitchedOffWhenDueItDoesNotFailAndOnAgainItCountsFromTheNextMessage(t *testing.T) {
	t.Parallel()
	o := away(t)
	first := o.reply(1, "first")
	o.pass(30 * time.Second)
	o.sets("offline_delivery", "queue")
	o.pass(31 * time.Second)
	o.sets("offline_delivery", "fail_after:1m")
	o.restart()
	o.pass(5 * time.Minute)
	o.wants("dropped", o.failed(0), []protocol.Position(nil))
	second := o.reply(1, "second")
	o.pass(time.Minute)
	o.wants("with the next", o.failed(0), []protocol.Position{first, second})
}

func TestDLV05ALongerSettingCountsFromTheNextMessage(t *testing.T) {
	t.Parallel()
	o := away(t)
	first := o.reply(1, "first")
	o.pass(30 * time.Second)
	o.sets("offline_delivery", "fail_after:5m")
	second := o.reply(1, "second")
	o.pass(5*time.Minute - 31*time.Second)
	o.wants("not yet", o.failed(0), []protocol.Position(nil))
	o.pass(time.Second)
	o.wants("the first", o.failed(0), []protocol.Position{first})
	o.pass(time.Minute)
	o.wants("then the second", o.failed(0), []protocol.Position{first, second})
}

func TestDLV05ABlockFailsThemAtOnceAndForItsOwnReason(t *testing.T) {
	t.Parallel()
	o := away(t)
	o.reply(1, "x")
	o.ann.must(o.ann.blocks(1))
	o.wants("armed", o.conv(1).FailAt, int64(0))
	o.pass(time.Hour)
	o.wants("because she left", o.failed(0), []protocol.Position(nil))
}

func TestDLV05ASplitAndAMergeLeaveEachMessageItsMinute(t *testing.T) {
	t.Parallel()
	o := away(t)
	o.ann.must(o.ann.completes(1, protocol.Pending))
	o.sets("outbound.completed", "keep")
	first := o.reply(1, "before the split")
	o.pass(10 * time.Second)
	o.kira.must(o.kira.says("back, on another device"))
	o.wants("state", o.now(1), "A/open")
	second := o.reply(1, "behind it")
	o.ann.must(o.ann.splits(1, o.conv(1).Offer.From))
	o.wants("#1 and #2 are due", []int64{o.conv(2).FailAt - o.conv(1).FailAt, o.conv(2).FailAt - o.clock.Load()}, []int64{10_000, 60_000})
	o.pass(50 * time.Second)
	o.wants("of #1", o.failed(0), []protocol.Position{first})
	o.ann.must(o.ann.merges(2, 1))
	o.wants("of both", []int64{o.conv(1).FailAt - o.clock.Load(), o.conv(2).FailAt}, []int64{10_000, 0})
	o.pass(10 * time.Second)
	o.wants("of #2", o.failed(0), []protocol.Position{first, second})
}

func TestDLV05WhatFailsInOneConversationIsNotWhatAnotherHolds(t *testing.T) {
	t.Parallel()
	o := away(t)
	o.sets("offline_delivery", "queue")
	queued := o.reply(1, "waits for ever")
	o.ann.must(o.ann.closes(1))
	o.sets("offline_delivery", "fail_after:1m")
	o.kira.must(o.kira.says("m")) // #2
	first := o.reply(2, "first")
	o.pass(time.Minute)
	o.wants("failed", o.failed(0), []protocol.Position{first})
	o.read(func(r store.Reader) error {
		thread, err := store.Threads.Get(r, store.Text(o.conv(1).Thread))
		for _, f := range thread.Failed {
			if f.First <= queued && queued <= f.Last {
				t.Errorf("the range %d to %d reaches over what waits at %d", f.First, f.Last, queued)
			}
		}
		return err
	})
}

func TestDLV05ADeletedConversationFailsNoMore(t *testing.T) {
	t.Parallel()
	o := away(t)
	o.reply(1, "x")
	o.eve.must(o.eve.erases(1))
	o.pass(time.Hour)
	o.wants("failed", o.failed(0), []protocol.Position(nil))
}
