package desk_test

import (
	"testing"
	"time"

	"beseda/protocol"
)

func TestCLO07AndSTA03AfterEachWayOfClosingTheNextMessageStartsAfresh(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*office){
		"ended as closed":      func(o *office) { o.ann.must(o.ann.completes(1, protocol.Closed)) },
		"closed by hand":       func(o *office) { o.ann.must(o.ann.closes(1)) },
		"the status set":       func(o *office) { o.ann.must(o.ann.sets(1, protocol.Closed)) },
		"closed by a bot":      func(o *office) { o.robot.must(o.robot.sets(1, protocol.Closed)) },
		"closed by the timer":  func(o *office) { o.sets("autocomplete.status", "closed"); o.pass(10 * time.Minute) },
		"closed by her":        func(o *office) { o.kira.must(o.kira.closes(1)) },
		"first open, then not": func(o *office) { o.puts(1, "C/open"); o.ann.must(o.ann.sets(1, protocol.Closed)) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := talk(t, "preset", "omni")
			end(o)
			before := o.conv(1)
			o.kira.must(o.kira.says("m3"))
			o.wants("#1", o.conv(1), before)
			o.wants("#1", o.now(1), "C/closed")
			o.wants("#2", o.texts(2), []string{"visitor: m3"})
		})
	}
}

func TestAUT02WroteLastIsWhoIsWaitedFor(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		do   func(*office)
		want string
	}{
		"she asked":          {func(*office) {}, "C/open"},
		"no reply is needed": {func(o *office) { o.ann.must(o.ann.waives(1)) }, "C/pending"},
		"set to pending":     {func(o *office) { o.ann.must(o.ann.sets(1, protocol.Pending)) }, "C/pending"},
		"a note":             {func(o *office) { o.ann.must(o.ann.notes(1, "psst")) }, "C/open"},
		"answered, and she reacts": {func(o *office) {
			o.ann.must(o.ann.replies(1, "m4"))
			o.kira.must(o.kira.reacts(0, o.conv(1).LastMessage))
		}, "C/pending"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := talk(t)
			o.kira.must(o.kira.says("m3"))
			tc.do(o)
			o.pass(10 * time.Minute)
			o.wants("state", o.now(1), tc.want)
		})
	}
}

func TestSLA01ItIsOffUntilItIsSwitchedOn(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.kira.must(o.kira.says("hello"))
	o.pass(24 * time.Hour)
	o.wants("exceeded", o.exceeded(), []string(nil))
}

func TestMRG04ThePredecessorThatWasSeenMustStillBeIt(t *testing.T) {
	t.Parallel()
	o := talk(t, "inbound.open", "new")
	for n := range protocol.Number(2) {
		o.eve.must(o.eve.completes(n+1, protocol.Open))
		o.kira.must(o.kira.says("another question"))
	}
	o.eve.must(o.eve.merges(2, 1)) // while Ann looks at #3, whose predecessor is #2
	before := o.last()
	if got := answer(by(o.ann.merges(3, 2))); got != "conflict changed" {
		t.Errorf("answered %q", got)
	}
	o.wants("stored", o.since(before), []string{})
	o.ann.must(o.ann.merges(3, 1))
	o.wants("#1", len(o.texts(1)), 4)
}

func TestMRG04NotWithoutTheRightToReadThePrevious(t *testing.T) {
	t.Parallel()
	o := talk(t)
	o.eve.must(o.eve.assigns(1, o.bob)) // Ann is a former assignee
	o.bob.must(o.bob.closes(1))
	o.kira.must(o.kira.says("m3"))
	o.ann.must(o.ann.replies(2, "m4")) // and has the next one
	before := o.last()
	if got := answer(by(o.ann.merges(2, 1))); got != "forbidden" {
		t.Errorf("answered %q", got)
	}
	o.wants("stored", o.since(before), []string{})
	o.wants("#2", o.now(2), "A/open")
}

func TestMRG04AnotherChannelHasNoPredecessor(t *testing.T) {
	t.Parallel()
	o := talk(t)
	o.ann.must(o.ann.closes(1))
	made := o.eve.must(o.eve.run("", &protocol.ChannelCreate{Looks: protocol.Looks{Name: "Second", Color: "#112233"}}))
	there := o.visitor("Kira") // a browser is somebody else in each channel
	there.call.Channel = protocol.ChannelID(made.Made)
	o.wants("her conversation there", there.must(there.says("m3")).Conversation, protocol.Number(2))
	if got := answer(by(o.eve.merges(2, 1))); got != "conflict" {
		t.Errorf("answered %q", got)
	}
	o.wants("#2", o.texts(2), []string{"visitor: m3"})
}
