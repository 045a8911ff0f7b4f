package server

import (
	"testing"

	"beseda/protocol"
)

// Examples of the list's row, through the sockets of two operators and their visitors.

func TestINB01UnreadStandsInTheRowOfEachOperator(t *testing.T) {
	t.Parallel()
	h := open(t)
	ann, bob := h.listing(h.operator(h.ann)), h.listing(h.operator(h.bob))
	kira, _ := h.visitor("")
	for _, text := range []string{"one", "two", "three"} {
		h.say(kira, 0, text)
	}
	h.ask(ann.line, protocol.KindContactChange, &protocol.ContactChange{Conversation: 1, Name: "Kira"})
	three := func(all rowsOf) bool { return all[1].Name == "Kira" && all[1].Unread == 3 }
	ann.until(three)
	bob.until(three)
	at := position(t, h)
	watch(t, h, ann.line, 1)
	h.ask(ann.line, protocol.KindReceiptAdvance, &protocol.ReceiptAdvance{Conversation: 1, Delivered: at, Read: at})
	ann.until(func(all rowsOf) bool { return all[1].Unread == 0 })
	if row := rowOf(h, bob.line, 1); row.Unread != 3 {
		t.Errorf("Bob's row has %d", row.Unread)
	}
	h.say(kira, 0, "four")
	bob.until(func(all rowsOf) bool { return all[1].Unread == 4 })
	ann.until(func(all rowsOf) bool { return all[1].Unread == 1 })
}

func TestINB02RenamingAChannelReachesEveryList(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	h.say(kira, 0, "hello")
	bob, w := h.operator(h.bob)
	if row := w.Inbox.Rows[0]; row.Channel != h.channel || w.Team.Channels[0].ID != h.channel || w.Team.Channels[0].Looks.Name != "Acme shop" {
		t.Errorf("the row is of %s, the channels are %+v", row.Channel, w.Team.Channels)
	}
	h.asAnn(&protocol.ChannelChange{Channel: h.channel, Looks: protocol.Looks{Name: "Acme outlet", Color: "#0a6a78"}, AnySite: true})
	h.wait(bob, func(f protocol.Frame) bool {
		return f.Kind == protocol.KindTeam && body[protocol.Team](t, f).Channels[0].Looks.Name == "Acme outlet"
	})
}

func TestINB04ClosedOnesLeaveTheInboxAndStandInTheGeneralList(t *testing.T) {
	t.Parallel()
	h := open(t)
	talks(h, 2)
	ann, _ := h.operator(h.ann)
	active := h.look(ann, 1, protocol.Filter{Activities: []protocol.Activity{protocol.Active}})
	active.shows(2, 1)
	closes(h, ann, 1)
	active.shows(2)
	h.look(ann, 2, protocol.Filter{}).shows(2, 1)
	if _, w := h.operator(h.bob); len(w.Inbox.Rows) != 1 || w.Inbox.Rows[0].Number != 2 || w.Inbox.All != 2 {
		t.Errorf("Bob's list begins with %+v", w.Inbox)
	}
}
