package eventlist

import (
	"slices"

	"beseda/protocol"
	"beseda/server/desk/team"
	"beseda/store"
)

// maxLooked is how many events are looked at for one page: a filter that hardly anything passes must not hold a reader
// for long.
const maxLooked = 10_000

// Read is a page of the events that a member may see and that pass a filter.
func Read(r store.Reader, m team.Member, cmd *protocol.EventsRead) (protocol.Events, error) {
	limit := cmd.Limit
	if limit == 0 {
		limit = protocol.EventsPage
	}
	l := &list{r: r, member: m, filter: cmd, rights: newRights(r, m)}
	before, err := l.start()
	if err != nil {
		return protocol.Events{}, err
	}
	rng := store.Log.Under()
	rng.Reverse = true
	if before != 0 {
		rng.To = store.Log.Key(store.Num(before))
	}
	var out protocol.Events
	looked := 0
	for row, err := range store.Log.Scan(r, rng) {
		if err != nil {
			return out, err
		}
		if looked == maxLooked || len(out.Events) == limit {
			out.More = true
			return out, nil
		}
		looked++
		out.Before = row.Position
		ev, shown, over, err := l.look(&row)
		if err != nil {
			return out, err
		}
		if over {
			return out, nil
		}
		if shown {
			out.Events = append(out.Events, ev)
		}
	}
	return out, nil
}

// list is one reading.
type list struct {
	r      store.Reader
	member team.Member
	filter *protocol.EventsRead
	rights *rights
}

// quiet are the kinds that fill a log and are shown only to who asks for them.
var quiet = [...]protocol.Kind{protocol.KindReceiptAdvanced, protocol.KindVisitorVisited}

// look reads an event whole and judges it. over: it and all before it are too old.
func (l *list) look(row *protocol.Frame) (ev protocol.Frame, shown, over bool, err error) {
	entry, known := protocol.Lookup(row.Kind)
	sender := protocol.FromOperator
	if l.member.Admin {
		sender |= protocol.FromAdministrator
	}
	switch {
	case !known, !entry.To.Reaches(sender):
		return ev, false, false, nil
	case len(l.filter.Types) > 0 && !slices.Contains(l.filter.Types, row.Kind),
		len(l.filter.Types) == 0 && slices.Contains(quiet[:], row.Kind):
		return ev, false, false, nil
	}
	if ev, err = store.Whole(l.r, row); err != nil {
		return ev, false, false, err
	}
	if l.filter.Since != 0 && ev.At < l.filter.Since {
		return ev, false, ev.At < l.filter.Since-skew, nil
	}
	if l.filter.Until != 0 && ev.At > l.filter.Until || !l.by(ev.Actor) {
		return ev, false, false, nil
	}
	holder, may, err := l.rights.see(&ev)
	if err != nil || !may || !l.about(&ev, holder) {
		return ev, false, false, err
	}
	if err := shorten(&ev); err != nil {
		return ev, false, false, err
	}
	return ev, true, false, l.name(&ev)
}

// by tells whether an author is one of those asked for.
func (l *list) by(actor *protocol.Actor) bool {
	if actor == nil {
		actor = &protocol.Actor{}
	}
	return (len(l.filter.Actors) == 0 || slices.Contains(l.filter.Actors, actor.Kind)) &&
		(len(l.filter.ActorIDs) == 0 || slices.Contains(l.filter.ActorIDs, actor.ID))
}

// about tells whether an event is one of the conversation asked for: by the number it was written under, by the one
// that holds it now, or as the other side of a split or merge.
func (l *list) about(ev *protocol.Frame, holder protocol.Number) bool {
	n := l.filter.Conversation
	if n == 0 || ev.Conversation == n || holder == n {
		return true
	}
	switch ev.Kind {
	case protocol.KindConversationSplit:
		var body protocol.ConversationSplit
		return protocol.DecodeBody(ev.Body, &body) == nil && body.Into == n
	case protocol.KindConversationMerged:
		var body protocol.ConversationMerged
		return protocol.DecodeBody(ev.Body, &body) == nil && body.From == n
	}
	return false
}

// name gives a visitor their contact's name, where there is one: the log has none.
func (l *list) name(ev *protocol.Frame) error {
	if ev.Actor == nil || ev.Actor.Kind != protocol.ActorVisitor || ev.Thread == "" {
		return nil
	}
	thread, err := l.rights.thread(ev.Thread)
	if err != nil {
		return err
	}
	contact, err := store.Contacts.Get(l.r, store.Text(thread.Contact))
	if err != nil {
		return err
	}
	actor := *ev.Actor
	actor.Name = contact.Name
	ev.Actor = &actor
	return nil
}
