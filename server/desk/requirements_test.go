package desk_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/store"
)

// The examples ("A:") of spec/requirements.md that the desk alone can show, each under its id. Their #41 is #1 here.

func TestNUM01ANumberIsAssignedOnContactFromOutside(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil) // the team is there already, and has used no number
	if a := o.kira.must(o.kira.says("hello")); a.Conversation != 1 {
		t.Errorf("#%d, want #1", a.Conversation)
	}
}

func TestNUM02OneSequenceForTheWholeWorkspace(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	other := o.eve.must(o.eve.do(protocol.KindChannelCreate, &protocol.ChannelCreate{
		Looks: protocol.Looks{Name: "Second", Color: "#112233"},
	}))
	o.lev.call.Channel = protocol.ChannelID(other.Made) // several channels share the sequence
	first := o.kira.must(o.kira.says("hello")).Conversation
	second := o.lev.must(o.lev.says("hello")).Conversation
	o.eve.must(o.eve.closes(first))
	third := o.kira.must(o.kira.says("again")).Conversation
	if got := []protocol.Number{first, second, third}; !cmp.Equal(got, []protocol.Number{1, 2, 3}) {
		t.Errorf("Kira, Lev, Kira got %v", got)
	}
	if ch := o.conv(2).Channel; ch != o.lev.call.Channel {
		t.Errorf("Lev's is of channel %s", ch)
	}
}

func TestNUM04ReopeningKeepsTheNumberAndANewConversationGetsANewOne(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.kira.must(o.kira.says("hello"))
	o.eve.must(o.eve.closes(1))
	o.restart() // the next number is the last and one more, without a jump
	if a := o.eve.must(o.eve.reopens(1)); a.Conversation != 1 {
		t.Errorf("reopened as #%d", a.Conversation)
	}
	o.eve.must(o.eve.closes(1))
	if a := o.kira.must(o.kira.says("again")); a.Conversation != 2 {
		t.Errorf("the next is #%d", a.Conversation)
	}
}

func TestCRE21AFirstMessageOfOneImageMakesOneContactAndOneConversation(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	image := o.kira.uploads("boot.png", protocol.AttachmentImage)
	a := o.kira.must(o.kira.says("", image))
	o.read(func(r store.Reader) error {
		contacts := 0
		for _, err := range store.Contacts.Scan(r, store.Contacts.Under()) {
			if err != nil {
				return err
			}
			contacts++
		}
		if contacts != 1 {
			t.Errorf("%d contacts", contacts)
		}
		file, err := store.Attachments.Get(r, store.Text(image))
		if file.Position != a.Position || file.Thread != a.Thread {
			t.Errorf("the image hangs at %s %d, the message is at %s %d", file.Thread, file.Position, a.Thread, a.Position)
		}
		return err
	})
	if w := checkInvariants(t, o); len(w.conversations) != 1 || w.conversations[1].LastAttachment != protocol.AttachmentImage {
		t.Errorf("%+v", w.conversations)
	}
}

func TestCLO01ClosingIsOneEventThatNamesWhoDidIt(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.kira.must(o.kira.says("hello"))
	o.ann.must(o.ann.replies(1, "hi"))
	before := o.last()
	o.clock.Add(5000)
	o.ann.must(o.ann.closes(1))
	o.ann.must(o.ann.closes(1))
	if diff := cmp.Diff([]string{"conversation.closed #1 by Ann, was active open"}, o.since(before)); diff != "" {
		t.Error(diff)
	}
	conv := o.conv(1)
	if conv.Activity != protocol.Completed || conv.Status != protocol.Closed || conv.ClosedAt != o.clock.Load() ||
		conv.StatusSince != o.clock.Load() || conv.Wait != nil || conv.Assignee != o.ann.id() {
		t.Errorf("%+v", conv)
	}
}

func TestCLO03ThoseWhoMayWriteMayClose(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name     string
		who      func(*office) person
		assigned bool
		code     string
	}{
		{"the assignee", func(o *office) person { return o.ann }, true, ""},
		{"an administrator", func(o *office) person { return o.eve }, true, ""},
		{"a bot", func(o *office) person { return o.robot }, true, ""},
		{"somebody else", func(o *office) person { return o.bob }, true, "forbidden"},
		{"the team while it is unassigned", func(o *office) person { return o.bob }, false, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t, nil)
			o.kira.must(o.kira.says("hello"))
			if tc.assigned {
				o.eve.must(o.eve.assigns(1, o.ann))
			}
			_, err := tc.who(o).closes(1)
			if got := answer(err); got != tc.code {
				t.Errorf("answered %q, want %q", got, tc.code)
			}
			if got := o.conv(1).Status; (got == protocol.Closed) != (tc.code == "") {
				t.Errorf("status %s", got)
			}
		})
	}
}

func TestCLO06AFormerAssigneeCannotWriteAndNothingReachesTheVisitor(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.kira.must(o.kira.says("hello"))
	o.ann.must(o.ann.replies(1, "hi"))
	o.eve.must(o.eve.assigns(1, o.robot))
	before := o.last()
	if _, err := o.ann.replies(1, "draft"); answer(err) != "not_assigned" {
		t.Errorf("answered %v", err)
	}
	if got := o.since(before); len(got) > 0 {
		t.Errorf("stored %q", got)
	}
	o.bob.must(o.bob.assigns(1, o.bob)) // who may read it takes it over
	o.bob.must(o.bob.replies(1, "Bob here"))
	if diff := cmp.Diff([]string{"visitor: hello", "Ann: hi", "Bob: Bob here"}, o.texts(1)); diff != "" {
		t.Error(diff)
	}
}

func TestCLO07ClosedMeansTheNextMessageStartsAfresh(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.kira.must(o.kira.says("hello"))
	o.eve.must(o.eve.closes(1))
	before := o.conv(1)
	o.kira.must(o.kira.says("again"))
	if diff := cmp.Diff(before, o.conv(1)); diff != "" {
		t.Error("the closed one was touched:", diff)
	}
	if diff := cmp.Diff([]string{"visitor: again"}, o.texts(2)); diff != "" {
		t.Error(diff)
	}
}

func TestASG02OnlyAnAdministratorOrTheAssigneeMayReassign(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.kira.must(o.kira.says("hello"))
	o.ann.must(o.ann.replies(1, "hi"))
	before, row := o.last(), o.conv(1)
	if _, err := o.bob.assigns(1, o.bob); answer(err) != "forbidden" {
		t.Errorf("answered %v", err)
	}
	if diff := cmp.Diff(row, o.conv(1)); diff != "" || o.last() != before {
		t.Error("something changed:", diff)
	}
}

func TestASG05ReassigningAClosedConversationLeavesItClosed(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.kira.must(o.kira.says("one"))
	o.ann.must(o.ann.replies(1, "hi"))
	o.ann.must(o.ann.closes(1))
	evesBefore := o.unread(o.eve, 1)
	o.eve.must(o.eve.assigns(1, o.bob))
	conv := o.conv(1)
	if conv.Activity != protocol.Completed || conv.Status != protocol.Closed || conv.Assignee != o.bob.id() {
		t.Errorf("%s %s, assigned to %s", conv.Activity, conv.Status, conv.Assignee)
	}
	if diff := cmp.Diff([]protocol.OperatorID{o.ann.id()}, conv.Former); diff != "" {
		t.Error("former:", diff)
	}
	if got := o.unread(o.eve, 1); got != evesBefore {
		t.Errorf("Eve's unread went from %d to %d", evesBefore, got)
	}
	if got := o.unread(o.bob, 1); got != 0 {
		t.Errorf("Bob finds %d unread where nothing waits", got)
	}
}

func TestASG05ANewAssigneeFindsUnreadOnlyWhatWaits(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.kira.must(o.kira.says("one"))
	o.ann.must(o.ann.replies(1, "hi")) // ends the wait of "one"
	o.kira.must(o.kira.says("two"))
	o.robot.must(o.robot.replies(1, "please hold")) // a bot's reply does not
	o.kira.must(o.kira.says("three"))
	if got := o.unread(o.bob, 1); got != 3 {
		t.Fatalf("Bob, who never read, has %d unread", got)
	}
	o.eve.must(o.eve.assigns(1, o.bob))
	if got := o.unread(o.bob, 1); got != 2 {
		t.Errorf("Bob finds %d unread, want two and three", got)
	}
	o.eve.must(o.eve.assigns(1, o.ann)) // Ann has a position of her own, and keeps it
	if got := o.unread(o.ann, 1); got != 2 {
		t.Errorf("Ann finds %d unread, want 2", got)
	}
	if conv := o.conv(1); conv.TeamRead >= conv.LastVisitor {
		t.Error("being assigned counts as having read")
	}
}

func TestASG05MoreConversationsThanACommitTakesAreFreedOneStepAtATime(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	const many = 350
	for i := range many {
		v := o.visitor(fmt.Sprint("v", i))
		v.must(v.says("hello"))
		o.ann.must(o.ann.replies(protocol.Number(i+1), "hi"))
	}
	o.ann.must(o.ann.closes(7))
	o.eve.must(o.eve.deactivates(o.ann))
	held := func() (n int) { return len(look(t, o).held) }
	if got := held(); got != many-1-100 {
		t.Fatalf("%d are left after the command itself", got)
	}
	o.clock.Add(1)
	o.engine.Wake()
	o.bob.must(o.bob.assigns(7+1, o.bob)) // a command waits for what is due, and no longer
	if got := held(); got != many-1-200+1 {
		t.Errorf("%d are left after the first timer", got)
	}
	o.restart() // cut short: the next start goes on
	for range 5 {
		o.clock.Add(1)
		o.engine.Wake()
		o.bob.must(o.bob.assigns(8, o.bob))
	}
	w := checkInvariants(t, o)
	if got := len(w.held); got != 1 {
		t.Errorf("%d are still held, want Bob's one", got)
	}
	if closed := o.conv(7); closed.Assignee != o.ann.id() {
		t.Errorf("the closed one is assigned to %q", closed.Assignee)
	}
}

func TestASG05AnOperatorWhoIsBackKeepsWhatWasNotYetFreed(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	for i := range 150 {
		v := o.visitor(fmt.Sprint("v", i))
		v.must(v.says("hello"))
		o.ann.must(o.ann.replies(protocol.Number(i+1), "hi"))
	}
	o.eve.must(o.eve.deactivates(o.ann))
	o.eve.must(o.eve.activates(o.ann))
	o.clock.Add(1000)
	o.engine.Wake()
	o.bob.must(o.bob.reads(1, 0, 0)) // a command waits for what is due
	if got := len(checkInvariants(t, o).held); got != 50 {
		t.Errorf("Ann holds %d, want the 50 that were not freed before she was back", got)
	}
}

func TestASG09SendingRequiresAssignmentAndAFirstReplyTakesIt(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.kira.must(o.kira.says("hello"))
	o.lev.must(o.lev.says("hello"))
	o.ann.must(o.ann.replies(1, "hi"))
	if _, err := o.bob.replies(1, "me too"); answer(err) != "not_assigned" {
		t.Errorf("in Ann's: %v", err)
	}
	o.bob.must(o.bob.replies(2, "hi"))
	if got := o.conv(2).Assignee; got != o.bob.id() {
		t.Errorf("#2 is assigned to %q", got)
	}
	if diff := cmp.Diff([]string{"visitor: hello", "Bob: hi"}, o.texts(2)); diff != "" {
		t.Error(diff)
	}
}

func TestRIB01EachMessageKeepsItsAuthor(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.kira.must(o.kira.says("hello"))
	o.ann.must(o.ann.replies(1, "first"))
	o.eve.must(o.eve.assigns(1, o.bob))
	o.bob.must(o.bob.replies(1, "second"))
	o.ann.must(o.ann.do(protocol.KindProfileChange, &protocol.ProfileChange{Name: "Anna"}))
	o.eve.must(o.eve.deactivates(o.ann))
	if diff := cmp.Diff([]string{"visitor: hello", "Ann: first", "Bob: second"}, o.texts(1)); diff != "" {
		t.Error(diff)
	}
}

func TestCMS05TextAndFilesAreOneMessage(t *testing.T) {
	t.Parallel()
	for _, who := range []string{"operator", "bot"} {
		t.Run("of a "+who, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t, nil)
			o.kira.must(o.kira.says("hello"))
			author := o.ann
			if who == "bot" {
				author = o.robot
			}
			a, b := author.uploads("a.pdf", protocol.AttachmentOther), author.uploads("b.png", protocol.AttachmentImage)
			before := o.last()
			author.must(author.replies(1, "see file", a, b))
			got := o.since(before)
			if line := got[len(got)-1]; !strings.HasSuffix(line, ": see file [a.pdf] [b.png]") {
				t.Errorf("%q", line)
			}
			o.read(func(r store.Reader) error {
				for e, err := range r.Scan(store.Uploads.Under()) {
					t.Errorf("%q still waits to be sent (%v)", e.Key, err)
				}
				return nil
			})
		})
	}
}

func TestLIM01TwoThousandCodePointsAndNotOneMore(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	fits := strings.Repeat("я", 999) + strings.Repeat("e\u0301", 1000) + "👢" // 2000 after normalisation
	a := o.kira.must(o.kira.says(fits))
	o.ann.must(o.ann.replies(a.Conversation, fits))
	before := o.last()
	for name, send := range map[string]func() (protocol.Accepted, error){
		"a visitor who wrote before": func() (protocol.Accepted, error) { return o.kira.says(fits + "x") },
		"a visitor's first message":  func() (protocol.Accepted, error) { return o.lev.says(fits + "x") },
		"an operator":                func() (protocol.Accepted, error) { return o.ann.replies(1, fits+"x") },
	} {
		if _, err := send(); answer(err) != "too_long limit=2000" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if o.last() != before {
		t.Errorf("stored: %q", o.since(before))
	}
	if a := o.lev.must(o.lev.says("short")); a.Conversation != 2 {
		t.Errorf("a refused message consumed a number: #%d", a.Conversation)
	}
}

func TestDLV07ShuffledAcknowledgementsEndAtTheirMaximum(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		o := newOffice(t, nil)
		o.kira.must(o.kira.says("hello"))
		for i := range 5 {
			o.ann.must(o.ann.replies(1, fmt.Sprint("answer ", i)))
			o.kira.must(o.kira.says(fmt.Sprint("question ", i)))
		}
		newest := o.last()
		type ack struct{ delivered, read protocol.Position }
		var acks []ack
		for p := o.opened; p <= newest; p++ {
			acks = append(acks, ack{p, 0}, ack{p, p}, ack{0, p}, ack{p, p})
		}
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(acks), func(i, j int) { acks[i], acks[j] = acks[j], acks[i] })
		world := look(t, o)
		for _, a := range acks {
			before := o.last()
			o.kira.must(o.kira.reads(0, a.delivered, a.read)) // several tabs, late and doubled
			o.bob.must(o.bob.reads(1, a.delivered, a.read))
			next := look(t, o)
			checkStep(t, world, next, o.events(before))
			world = next
		}
		checkInvariants(t, o)
		for _, seen := range world.seen {
			if seen.Delivered != newest || seen.Read != newest {
				t.Errorf("seed %d: the visitor ends at %+v of %d", seed, seen, newest)
			}
		}
		if conv := o.conv(1); conv.TeamDelivered != newest || conv.TeamRead != newest {
			t.Errorf("seed %d: the team ends at %d, %d of %d", seed, conv.TeamDelivered, conv.TeamRead, newest)
		}
	}
}

func TestDLV08ReceiptsSurviveARestartAndSayWhen(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	sent := o.kira.must(o.kira.says("hello"))
	o.clock.Add(1000)
	o.ann.must(o.ann.reads(1, sent.Position, 0))
	o.clock.Add(1000)
	o.ann.must(o.ann.reads(1, 0, sent.Position))
	reply := o.ann.must(o.ann.replies(1, "hi"))
	o.clock.Add(1000)
	o.kira.must(o.kira.reads(0, reply.Position, reply.Position))
	before := look(t, o)
	o.restart()
	after := look(t, o)
	if diff := cmp.Diff(before, after, cmp.AllowUnexported(world{})); diff != "" {
		t.Error(diff)
	}
	opened := int64(1_700_000_000_000)
	for _, seen := range after.seen {
		want := store.Receipt{Delivered: reply.Position, DeliveredAt: opened + 3000, Read: reply.Position, ReadAt: opened + 3000}
		if diff := cmp.Diff(want, seen); diff != "" {
			t.Error(diff)
		}
	}
	o.read(func(r store.Reader) error {
		own, err := store.OperatorReads.Get(r, store.Text(o.ann.id()), store.Num(protocol.Number(1)))
		want := store.Receipt{Delivered: sent.Position, DeliveredAt: opened + 1000, Read: sent.Position, ReadAt: opened + 2000}
		if diff := cmp.Diff(want, own); diff != "" {
			t.Error(diff)
		}
		return err
	})
}

func TestINB01UnreadIsPerOperator(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	var last protocol.Accepted
	for i := range 3 {
		last = o.kira.must(o.kira.says(fmt.Sprint(i)))
	}
	if a, b := o.unread(o.ann, 1), o.unread(o.bob, 1); a != 3 || b != 3 {
		t.Fatalf("Ann %d, Bob %d", a, b)
	}
	o.ann.must(o.ann.reads(1, last.Position, last.Position))
	if a, b := o.unread(o.ann, 1), o.unread(o.bob, 1); a != 0 || b != 3 {
		t.Errorf("after Ann opened it: Ann %d, Bob %d", a, b)
	}
	late := o.hire("Dan", protocol.RoleOperator, false)
	if got := o.unread(late, 1); got != 0 {
		t.Errorf("a new operator begins with %d unread", got)
	}
}

func TestINB03TheHeaderCountsConversationsWithSomethingUnread(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	for _, text := range []string{"one", "two", "three"} {
		o.kira.must(o.kira.says(text))
	}
	o.lev.must(o.lev.says("one"))
	count := func(p person) (n int) {
		for number := range look(t, o).conversations {
			if o.unread(p, number) > 0 {
				n++
			}
		}
		return n
	}
	if got := count(o.ann); got != 2 {
		t.Errorf("%d, want 2", got)
	}
	o.ann.must(o.ann.replies(2, "hi")) // who answers has read
	if a, b := count(o.ann), count(o.bob); a != 1 || b != 2 {
		t.Errorf("after Ann's reply: Ann %d, Bob %d", a, b)
	}
}

func TestINB04ClosedOnesLeaveTheActiveListAndComeBackWhenReopened(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.kira.must(o.kira.says("hello"))
	for _, step := range []struct {
		do   func(protocol.Number) (protocol.Accepted, error)
		want protocol.Activity
	}{{o.eve.closes, protocol.Completed}, {o.eve.reopens, protocol.Active}, {o.eve.closes, protocol.Completed}} {
		o.eve.must(step.do(1))
		if got := o.conv(1).Activity; got != step.want {
			t.Errorf("%s, want %s", got, step.want)
		}
	}
}

func TestDLV02AndDLV03AMessageIsSentThenDeliveredThenRead(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	asked := o.kira.must(o.kira.says("hello")).Position
	answered := o.ann.must(o.ann.replies(1, "hi")).Position
	// The operator's message, as the visitor's device acknowledges it.
	state := func() protocol.DeliveryState {
		for _, seen := range look(t, o).seen {
			return protocol.StateAt(answered, seen.Delivered, seen.Read)
		}
		return ""
	}
	if got := state(); got != protocol.StateSent {
		t.Errorf("stored: %s", got)
	}
	o.kira.must(o.kira.reads(0, asked, 0)) // what is older says nothing of it
	if got := state(); got != protocol.StateSent {
		t.Errorf("an older one arrived: %s", got)
	}
	o.kira.must(o.kira.reads(0, answered, 0))
	if got := state(); got != protocol.StateDelivered {
		t.Errorf("arrived: %s", got)
	}
	o.kira.must(o.kira.reads(0, 0, answered))
	if got := state(); got != protocol.StateRead {
		t.Errorf("in view: %s", got)
	}
	// The visitor's message: the best that anybody of the team gave it, also when that one loses the conversation.
	next := o.kira.must(o.kira.says("thanks")).Position
	team := func() protocol.DeliveryState {
		conv := o.conv(1)
		return protocol.StateAt(next, conv.TeamDelivered, conv.TeamRead)
	}
	if got := team(); got != protocol.StateSent {
		t.Errorf("stored: %s", got)
	}
	o.bob.must(o.bob.reads(1, next, 0))
	if got := team(); got != protocol.StateDelivered {
		t.Errorf("on Bob's device: %s", got)
	}
	o.ann.must(o.ann.reads(1, next, next))
	o.eve.must(o.eve.assigns(1, o.bob))
	if got := team(); got != protocol.StateRead {
		t.Errorf("read by Ann, who then lost it: %s", got)
	}
}
