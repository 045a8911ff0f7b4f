package desk_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/server/desk/contact"
	"beseda/server/desk/conversation"
	"beseda/store"
)

func TestTagsAreCalledDifferentlyInWhateverCase(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	vip := protocol.TagID(o.bob.must(o.bob.labels("  vip-клиент ", "rose")).Made)
	strasse := protocol.TagID(o.bob.must(o.bob.labels("Straße", "sky")).Made)
	for _, name := range []string{"vip-клиент", "VIP-КЛИЕНТ", "\u202evip-клиент", "STRASSE", "straße"} {
		if got := answer(by(o.bob.labels(name, "sun"))); got != "conflict field=name" {
			t.Errorf("a second %q: %q", name, got)
		}
	}
	change := func(who person, tag protocol.TagID, name string, color protocol.TagColor) string {
		return answer(by(who.do(protocol.KindTagChange, &protocol.TagChange{Tag: tag, Name: name, Color: color})))
	}
	remove := func(who person, tag protocol.TagID) string {
		return answer(by(who.do(protocol.KindTagDelete, &protocol.TagDelete{Tag: tag})))
	}
	o.wants("no name", answer(by(o.bob.labels(" \u200b ", "rose"))), "invalid field=name rule=required")
	o.wants("a colour that is none", answer(by(o.bob.labels("new", "red"))), "invalid field=color rule=oneof allowed=rose|sky|leaf|sun|plum|stone")
	o.wants("a name too long", answer(by(o.bob.labels(strings.Repeat("я", 41), "rose"))), "too_long field=name rule=max limit=40")
	o.wants("changed without the right", change(o.bob, vip, "VIP", "leaf"), "forbidden right=settings")
	o.wants("deleted without the right", remove(o.bob, vip), "forbidden right=settings")
	o.wants("another case of its own name", change(o.eve, vip, "VIP-клиент", "leaf"), "")
	o.wants("the other's name", change(o.eve, vip, "STRASSE", "leaf"), "conflict field=name")
	o.wants("one that is none", change(o.eve, protocol.TagID(o.newID()), "x", "leaf"), "not_found field=tag")
	before := o.last()
	o.wants("as it is", change(o.eve, vip, "VIP-клиент", "leaf"), "")
	if o.last() != before {
		t.Error("changing nothing was written")
	}
	o.wants("deleted", remove(o.eve, strasse), "")
	o.wants("deleted again", remove(o.eve, strasse), "not_found field=tag")
	again := protocol.TagID(o.bob.must(o.bob.labels("STRASSE", "plum")).Made) // its name is free
	if d := cmp.Diff([]protocol.Tag{{ID: vip, Name: "VIP-клиент", Color: "leaf"}, {ID: again, Name: "STRASSE", Color: "plum"}}, o.tags()); d != "" {
		t.Error(d)
	}
}

func (o *office) tags() (all []protocol.Tag) {
	o.t.Helper()
	o.read(func(r store.Reader) (err error) {
		all, err = contact.Tags(r)
		return err
	})
	return all
}

// borne is what the contact of a conversation bears, by name, pinned ones with a mark.
func (o *office) borne(n protocol.Number) (words []string) {
	o.t.Helper()
	names := map[protocol.TagID]string{}
	for _, tag := range o.tags() {
		names[tag.ID] = tag.Name
	}
	person := o.contact(n)
	o.read(func(r store.Reader) error {
		all, err := contact.Borne(r, &person)
		for _, t := range all {
			word := names[t.Tag]
			if t.Pinned {
				word += "!"
			}
			words = append(words, word)
		}
		return err
	})
	return words
}

func TestTagsOfAContact(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.kira.must(o.kira.says("first"))
	o.lev.must(o.lev.says("another contact"))
	var tag [protocol.MaxContactTags + 1]protocol.TagID
	for i := range tag {
		tag[i] = protocol.TagID(o.ann.must(o.ann.labels(fmt.Sprint("t", i), "sky")).Made)
	}
	o.bob.must(o.bob.tags(1, tag[1], false))
	o.bob.must(o.bob.tags(1, tag[0], true))
	before := o.last()
	o.bob.must(o.bob.tags(1, tag[0], true))
	o.bob.must(o.bob.untags(1, tag[2]))
	o.bob.must(o.bob.untags(1, protocol.TagID(o.newID())))
	if o.last() != before {
		t.Error("what is so already was written")
	}
	is := func(want ...string) {
		t.Helper()
		if d := cmp.Diff(want, o.borne(1)); d != "" {
			t.Error(d)
		}
	}
	is("t1", "t0!")
	o.bob.must(o.bob.tags(1, tag[1], true)) // where it stands
	o.bob.must(o.bob.tags(1, tag[0], false))
	is("t1!", "t0")
	o.eve.must(o.eve.do(protocol.KindTagDelete, &protocol.TagDelete{Tag: tag[1]}))
	is("t0")
	o.wants("a deleted one", answer(by(o.bob.tags(1, tag[1], false))), "not_found field=tag")
	for _, id := range tag[2:] {
		o.bob.must(o.bob.tags(1, id, false))
	}
	more := protocol.TagID(o.ann.must(o.ann.labels("more", "sky")).Made)
	o.wants("one more", answer(by(o.bob.tags(1, more, false))), "conflict limit=50")
	o.bob.must(o.bob.tags(1, tag[2], true)) // pinning is no more
	o.bob.must(o.bob.untags(1, tag[2]))
	o.bob.must(o.bob.tags(1, more, false))
	if got := o.borne(2); got != nil {
		t.Errorf("Lev bears %v", got)
	}
	o.sets("access.read", "assigned")
	o.ann.must(o.ann.replies(1, "mine"))
	o.wants("without the right to read", answer(by(o.bob.tags(1, tag[0], true))), "forbidden")
	o.wants("untag without it", answer(by(o.bob.untags(1, tag[0]))), "forbidden")
}

func TestWhoAContactIs(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.kira.must(o.kira.says("first"))
	is := func(who person, name, email, phone string) string {
		return answer(by(who.do(protocol.KindContactChange, &protocol.ContactChange{Conversation: 1, Name: name, Email: email, Phone: phone})))
	}
	o.wants("all of it", is(o.ann, " Kira\u202e\nSmith ", " kira@example.com ", "+44 20 7946 0000"), "")
	if p := o.contact(1); p.Name != "Kira Smith" || p.Email != "kira@example.com" || p.Phone != "+44 20 7946 0000" {
		t.Errorf("%+v", p)
	}
	before := o.last()
	o.wants("again", is(o.ann, "Kira Smith", "kira@example.com", "+44 20 7946 0000"), "")
	if o.last() != before {
		t.Error("what is so already was written")
	}
	o.wants("no address", is(o.ann, "Kira", "kira", ""), "invalid field=email rule=email")
	o.wants("a name too long", is(o.ann, strings.Repeat("я", 81), "", ""), "too_long field=name rule=max limit=80")
	o.ann.must(o.ann.replies(1, "mine"))
	o.wants("without the right to write", is(o.bob, "Bob", "", ""), "forbidden")
	if p := o.contact(1); p.Name != "Kira Smith" {
		t.Errorf("%+v", p)
	}
	o.wants("unknown again", is(o.ann, "", "", ""), "")
}

// TestBLK01And02ABlockIsTheContactsInAllThreads gives Kira a second thread, in another channel.
func TestBLK01And02ABlockIsTheContactsInAllThreads(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.kira.must(o.kira.says("in W")) // #1
	kira := o.contact(1)
	inV := o.visitor("Kira")
	thread := protocol.ThreadID(o.newID())
	o.decide(func(store.Reader, int64, func() string) (out store.Outcome, _ error) {
		by := inV.call.By
		out.Events = []protocol.Frame{{Kind: protocol.KindVisitorArrived, Thread: thread, Actor: &by, Body: protocol.EncodeBody(
			&protocol.VisitorArrived{Visitor: protocol.VisitorID(by.ID), Contact: kira.ID, Channel: o.channel})}}
		return out, nil
	})
	inV.must(inV.says("in V")) // #2
	o.ann.must(o.ann.replies(2, "on no device yet"))
	o.lev.must(o.lev.says("somebody else")) // #3
	at := o.conv(2).LastMessage
	if got := o.contact(1).Threads; len(got) != 2 {
		t.Fatalf("threads %v", got)
	}
	inV.must(inV.says("and?"))
	from, before := look(t, o), o.last()
	o.ann.must(o.ann.blocks(1))
	checkStep(t, from, checkInvariants(t, o), o.events(before))
	if d := cmp.Diff([]string{"message.failed #2 by Ann", "contact.blocked #1 by Ann"}, o.since(before)); d != "" {
		t.Error(d)
	}
	if o.conv(1).Wait != nil || o.conv(2).Wait != nil || o.conv(3).Wait == nil {
		t.Error("waits of Kira go on, or Lev's does not")
	}
	before = o.last()
	for what, got := range map[string]string{
		"Kira in W":          answer(by(o.kira.says("hello?"))),
		"Kira in V":          answer(by(inV.says("hello?"))),
		"with a file":        answer(by(inV.says("", inV.uploads("f", protocol.AttachmentOther)))),
		"a reaction":         answer(by(inV.reacts(0, at))),
		"taking one back":    answer(by(inV.withdraws(0, at))),
		"closing":            answer(by(inV.closes(2))),
		"another page":       answer(by(inV.do(protocol.KindVisitorVisit, &protocol.VisitorVisit{URL: "https://shop.example/hats"}))),
		"Ann in #2":          answer(by(o.ann.replies(2, "x"))),
		"an administrator":   answer(by(o.eve.replies(1, "x"))),
		"a bot":              answer(by(o.robot.replies(1, "x"))),
		"Ann's reaction":     answer(by(o.ann.reacts(2, at))),
		"an empty message":   answer(by(o.ann.run("", &protocol.MessageSend{Conversation: 2}))), // before its values
		"a new conversation": answer(by(o.ann.starts(thread, "x"))),                             // before its state
	} {
		o.wants(what, got, "blocked")
	}
	o.wants("without the right to write", answer(by(o.bob.replies(2, "x"))), "not_assigned") // which is asked first
	o.wants("Lev", answer(by(o.lev.says("hello"))), "")
	if got := o.since(before); len(got) != 1 {
		t.Errorf("written: %v", got)
	}
	before = o.last()
	inV.must(inV.reads(0, o.last(), o.last())) // accepted and shown, though what has failed stays so
	if got := o.since(before); len(got) != 1 {
		t.Errorf("her receipt wrote %v", got)
	}
	o.read(func(r store.Reader) error {
		code, err := conversation.Failure(r, thread, at)
		if code != protocol.CodeBlocked {
			t.Errorf("it failed with %q", code)
		}
		return err
	})
	if got := o.texts(2); slices.Contains(got, "Ann: on no device yet") { // as the visitor sees it
		t.Errorf("Kira is shown %q", got)
	}
	o.bob.must(o.bob.unblocks(1)) // a conversation of the same contact
	o.kira.must(o.kira.says("thank you"))
	inV.must(inV.says("thank you"))
	before = o.last()
	o.ann.must(o.ann.replies(2, "and this fails by itself"))
	o.ann.must(o.ann.blocks(2))
	ev := o.events(before)
	if body := decoded[protocol.MessageFailed](t, &ev[len(ev)-2]); len(body.Messages) != 1 || body.Messages[0] != o.conv(2).LastMessage {
		t.Errorf("the second time %+v fails", body)
	}
	checkInvariants(t, o)
}

// TestABlockFailsAnyNumberOfMessages that nobody has received, which is more than one event should name.
func TestABlockFailsAnyNumberOfMessages(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.kira.must(o.kira.says("first"))
	const total = 4100
	conv, by := o.conv(1), o.robot.call.By
	for range total / 100 {
		o.decide(func(store.Reader, int64, func() string) (out store.Outcome, _ error) {
			for range 100 {
				out.Events = append(out.Events, protocol.Frame{Kind: protocol.KindMessageSent, Thread: conv.Thread, Conversation: 1, Actor: &by,
					Body: protocol.EncodeBody(&protocol.MessageSent{Text: strings.Repeat("ж", 1000)})})
			}
			return out, nil
		})
	}
	before := o.last()
	o.ann.must(o.ann.blocks(1))
	count, last := 0, protocol.Position(0)
	for _, ev := range o.events(before) {
		if ev.Kind != protocol.KindMessageFailed {
			continue
		}
		for _, at := range decoded[protocol.MessageFailed](t, &ev).Messages {
			if at <= last {
				t.Fatalf("%d after %d", at, last)
			}
			count, last = count+1, at
		}
	}
	if count != total || len(o.texts(1)) != 1 {
		t.Errorf("%d fail, the visitor is shown %d", count, len(o.texts(1)))
	}
}

func TestNeitherBlockNorTagReachesThroughATombstoneButAMarkDoes(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	vip := protocol.TagID(o.ann.must(o.ann.labels("vip", "rose")).Made)
	o.kira.must(o.kira.says("first"))
	o.eve.must(o.eve.closes(1))
	o.kira.must(o.kira.says("second"))
	o.ann.must(o.ann.merges(2, 1))
	for what, got := range map[string]string{
		"block":   answer(by(o.ann.blocks(2))),
		"unblock": answer(by(o.ann.unblocks(2))),
		"tag":     answer(by(o.ann.tags(2, vip, false))),
		"untag":   answer(by(o.ann.untags(2, vip))),
		"change":  answer(by(o.ann.do(protocol.KindContactChange, &protocol.ContactChange{Conversation: 2, Name: "Kira"}))),
	} {
		o.wants(what, got, "conflict merged_into=1")
	}
	o.wants("a number that is none", answer(by(o.ann.blocks(7))), "not_found")
	if a := o.ann.must(o.ann.marks(2)); a.Conversation != 1 || !o.marked(o.ann, 1) {
		t.Errorf("answered %+v; the survivor is marked: %v", a, o.marked(o.ann, 1))
	}
	o.ann.must(o.ann.clears(2))
	if o.marked(o.ann, 1) {
		t.Error("the survivor is still marked")
	}
}

func TestAMarkIsUnitedByAMergeAndStaysBehindAtASplit(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.kira.must(o.kira.says("first"))
	o.ann.must(o.ann.completes(1, protocol.Open))
	o.kira.must(o.kira.says("another matter"))
	o.ann.must(o.ann.marks(1))
	o.bob.must(o.bob.marks(1)) // who has read nothing here
	unread := o.unread(o.bob, 1)
	o.ann.must(o.ann.splits(1, o.conv(1).Offer.From)) // → #2
	for _, who := range []person{o.ann, o.bob} {
		if !o.marked(who, 1) || o.marked(who, 2) {
			t.Errorf("%s has marked #1 %v, #2 %v", who.name, o.marked(who, 1), o.marked(who, 2))
		}
	}
	o.ann.must(o.ann.clears(1))
	o.ann.must(o.ann.marks(2))
	o.ann.must(o.ann.merges(2, 1))
	if !o.marked(o.ann, 1) || !o.marked(o.bob, 1) || o.marked(o.eve, 1) {
		t.Errorf("after the merge Ann has marked it %v, Bob %v, Eve %v", o.marked(o.ann, 1), o.marked(o.bob, 1), o.marked(o.eve, 1))
	}
	if got := o.unread(o.bob, 1); got != unread {
		t.Errorf("Bob finds %d unread, before it were %d", got, unread)
	}
	checkInvariants(t, o)
}

// TestC13NoReplyNeededEndsOnesOwnMarkAndNobodyElses also holds that reading on and replying leave a mark.
func TestC13NoReplyNeededEndsOnesOwnMarkAndNobodyElses(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.kira.must(o.kira.says("first"))
	o.ann.must(o.ann.marks(1))
	o.eve.must(o.eve.marks(1))
	o.ann.must(o.ann.reads(1, o.last(), o.last()))
	o.ann.must(o.ann.replies(1, "yes"))
	if !o.marked(o.ann, 1) || o.unread(o.ann, 1) != 0 {
		t.Errorf("after a reply: marked %v, %d unread", o.marked(o.ann, 1), o.unread(o.ann, 1))
	}
	o.kira.must(o.kira.says("second"))
	before := o.last()
	o.ann.must(o.ann.waives(1))
	if o.marked(o.ann, 1) || !o.marked(o.eve, 1) || o.unread(o.ann, 1) != 0 {
		t.Errorf("Ann has marked it %v, Eve %v; %d unread", o.marked(o.ann, 1), o.marked(o.eve, 1), o.unread(o.ann, 1))
	}
	if got := o.since(before); len(got) != 2 { // what the visitor sees as read, and the end of the wait
		t.Errorf("written: %v", got)
	}
	o.bob.must(o.bob.marks(1))
	o.bob.must(o.bob.clears(1))
	o.read(func(r store.Reader) error { // nothing is left of a mark alone
		_, err := store.OperatorReads.Get(r, store.Text(o.bob.id()), store.Num(protocol.Number(1)))
		if err == nil {
			t.Error("a record is left")
		}
		return nil
	})
}

// TestAContactOfAnOlderStoreHasTheThreadAtHand, since which threads are a contact's was not noted at first.
func TestAContactOfAnOlderStoreHasTheThreadAtHand(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.kira.must(o.kira.says("first"))
	o.eve.must(o.eve.closes(1))
	o.kira.must(o.kira.says("second"))
	o.ann.must(o.ann.replies(2, "on no device"))
	o.kira.must(o.kira.says("and?"))
	older := o.contact(1)
	older.Threads = nil
	o.engine.Close()
	value, err := store.Contacts.Encode(older)
	if err == nil {
		err = o.store.Commit([]store.Write{store.ScopeWrite(store.Main, store.Write{Key: store.Contacts.Key(store.Text(older.ID)), Value: value})})
	}
	if err != nil {
		t.Fatal(err)
	}
	o.open()
	before := o.last()
	o.ann.must(o.ann.blocks(1))
	if d := cmp.Diff([]string{"message.failed #2 by Ann", "contact.blocked #1 by Ann"}, o.since(before)); d != "" || o.conv(2).Wait != nil {
		t.Errorf("#2 waits: %v\n%s", o.conv(2).Wait != nil, d)
	}
}
