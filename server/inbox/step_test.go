package inbox

import (
	"fmt"
	"slices"

	"beseda/protocol"
	"beseda/store"
)

// step does one thing, in the world, in the store and to the list.
func (d *desk) step() {
	d.at++
	i := d.rnd.IntN(len(people))
	n := protocol.Number(1 + d.rnd.IntN(14))
	switch d.rnd.IntN(20) {
	default:
		d.converse(n)
	case 0, 1:
		d.readTo(people[i], n, protocol.Position(d.rnd.IntN(100)))
	case 2:
		d.markUnread(people[i], n, d.rnd.IntN(2) == 0)
	case 3, 4, 5:
		d.tag(&d.world.contacts[d.rnd.IntN(len(d.world.contacts))])
	case 6:
		d.toggleTag(tags[d.rnd.IntN(len(tags))])
	case 7:
		d.policy()
	case 8, 9:
		d.looks[i] = protocol.InboxLook{Lens: d.looks[i].Lens + 1, Filter: d.filter(), Order: d.pickOrder(), Count: d.rnd.IntN(2) == 0}
		d.look(i)
	case 10:
		d.saveView(people[i])
	case 11:
		if d.rnd.IntN(3) == 0 {
			d.restart()
		} else {
			d.comeBack(i)
		}
	case 12:
		d.remove(n)
	}
}

func (d *desk) someone() protocol.OperatorID {
	return people[d.rnd.IntN(len(people))].ID
}

func (d *desk) pickOrder() protocol.Order {
	return []protocol.Order{"", protocol.OrderActivity, protocol.OrderProcessing}[d.rnd.IntN(3)]
}

func (d *desk) filter() (f protocol.Filter) {
	rare := func() bool { return d.rnd.IntN(5) == 0 }
	if rare() {
		f.Assignees = []protocol.OperatorID{d.someone(), d.someone()}
	}
	if f.Unassigned = rare(); rare() {
		f.Bots = []protocol.OperatorID{people[3].ID}
	}
	if rare() {
		f.Channels = d.world.channels[:1]
	}
	if f.Untagged = rare(); !f.Untagged {
		if f.Pinned = rare(); rare() {
			f.Tags = tags[d.rnd.IntN(2) : 2+d.rnd.IntN(2)]
		}
	}
	if rare() {
		f.Activities = [][]protocol.Activity{{protocol.Active}, {protocol.Completed}, {protocol.Active, protocol.Completed}}[d.rnd.IntN(3)]
	}
	if rare() {
		f.Statuses = []protocol.Status{protocol.Closed, protocol.Pending}[:1+d.rnd.IntN(2)]
	}
	if rare() {
		f.Last = []protocol.Side{protocol.SideVisitor, protocol.SideTeam}[d.rnd.IntN(2)]
	}
	if rare() {
		f.Reply = []protocol.Reply{protocol.ReplyOwed, protocol.ReplyGiven}[d.rnd.IntN(2)]
	}
	f.Unread = rare()
	return f
}

func (d *desk) converse(n protocol.Number) {
	c, known := d.world.conversations[n]
	if known && d.rnd.IntN(3) == 0 { // one thing alone
		switch d.rnd.IntN(3) {
		case 0:
			c.Status = protocol.Pending
		case 1:
			c.LastAt, c.LastVisitor, c.LastActor.Kind = c.LastAt+1, c.LastVisitor+1, protocol.ActorVisitor
		case 2:
			c.Wait = nil
		}
		d.update(c)
		return
	}
	c = store.Conversation{Number: n, LastAt: int64(d.rnd.IntN(50)), LastPosition: protocol.Position(d.rnd.IntN(90))}
	c.Thread, c.Contact, c.Channel = d.world.place(n)
	c.Activity, c.LastVisitor = protocol.Active, protocol.Position(d.rnd.IntN(100))
	c.Status = []protocol.Status{protocol.Open, protocol.Pending}[d.rnd.IntN(2)]
	if d.rnd.IntN(3) == 0 {
		c.Activity = protocol.Completed
		c.Status = []protocol.Status{protocol.Open, protocol.Pending, protocol.Closed}[d.rnd.IntN(3)]
	}
	c.LastActor.Kind = []protocol.ActorKind{protocol.ActorVisitor, protocol.ActorOperator}[d.rnd.IntN(2)]
	if d.rnd.IntN(2) == 0 {
		since := int64(1 + d.rnd.IntN(40))
		c.Wait = &store.Wait{Since: since, Last: since + int64(d.rnd.IntN(20))}
	}
	if d.rnd.IntN(2) == 0 {
		c.Former = []protocol.OperatorID{d.someone()}
	}
	if d.rnd.IntN(3) > 0 {
		c.Assignee = d.someone()
	}
	d.update(c)
}

func (d *desk) update(c store.Conversation) {
	before := d.sight()
	d.world.conversations[c.Number] = c
	keep(d, store.Conversations, c, store.Num(c.Number))
	var lost []*Viewer
	d.view(func(r store.Reader) (err error) { lost, err = d.in.Update(r, &c, d.at); return err })
	d.lose(before, map[protocol.Number][]*Viewer{c.Number: lost})
	d.changed(c.Number)
}

// sight is who may read what.
func (d *desk) sight() []map[protocol.Number]bool {
	out := make([]map[protocol.Number]bool, len(people))
	for i, o := range people {
		out[i] = map[protocol.Number]bool{}
		for n, c := range d.world.conversations {
			out[i][n] = d.world.reads1(o, &c)
		}
	}
	return out
}

// lose compares who lost what, and takes it off their screens.
func (d *desk) lose(before []map[protocol.Number]bool, lost map[protocol.Number][]*Viewer) {
	d.Helper()
	after := d.sight()
	for i, v := range d.viewers {
		for n := range before[i] {
			if want := before[i][n] && !after[i][n]; slices.Contains(lost[n], v) != want {
				d.Fatalf("%s lost #%d: %v", people[i].ID, n, !want)
			}
			if !after[i][n] {
				delete(d.screens[i].rows, n)
			}
		}
		if d.in.Stale(v) {
			d.push(i, nil)
		}
	}
}

func (d *desk) remove(n protocol.Number) {
	c, ok := d.world.conversations[n]
	if !ok {
		return
	}
	before := d.sight()
	delete(d.world.conversations, n)
	for _, own := range d.world.reads {
		delete(own, n)
	}
	c.MergedInto = 1
	keep(d, store.Conversations, c, store.Num(n))
	for _, o := range people {
		d.forgetRead(o, n)
	}
	d.lose(before, map[protocol.Number][]*Viewer{n: d.in.Remove(n)})
}

func (d *desk) forgetRead(o store.Operator, n protocol.Number) {
	key := store.OperatorReads.Key(store.Text(o.ID), store.Num(n))
	if err := d.db.Commit([]store.Write{store.ScopeWrite(store.Main, store.Write{Key: key})}); err != nil {
		d.Fatal(err)
	}
}

func (d *desk) receipt(o store.Operator, n protocol.Number, own store.Receipt) {
	d.world.reads[o.ID][n] = own
	keep(d, store.OperatorReads, own, store.Text(o.ID), store.Num(n))
}

func (d *desk) readTo(o store.Operator, n protocol.Number, read protocol.Position) {
	own, known := d.world.reads[o.ID][n]
	if _, exists := d.world.conversations[n]; !exists || known && own.Delivered != 0 && read <= own.Read {
		return
	}
	own.Read, own.Delivered = read, max(read, 1)
	d.receipt(o, n, own)
	d.in.Advance(o.ID, n, read)
	d.changed(n)
}

func (d *desk) markUnread(o store.Operator, n protocol.Number, on bool) {
	if !on { // one that is marked
		for m := range protocol.Number(15) {
			if d.world.reads[o.ID][m].Marked {
				n = m
			}
		}
	}
	own := d.world.reads[o.ID][n]
	if _, exists := d.world.conversations[n]; !exists {
		return
	}
	own.Marked = on
	d.receipt(o, n, own)
	d.in.Mark(o.ID, n, on)
	d.changed(n)
}

func (d *desk) tag(c *store.Contact) {
	c.Tags = nil
	for _, tag := range tags {
		if d.world.tags[tag] && d.rnd.IntN(2) == 0 {
			c.Tags = append(c.Tags, protocol.ContactTag{Tag: tag, Pinned: d.rnd.IntN(3) == 0})
		}
	}
	keep(d, store.Contacts, *c, store.Text(c.ID))
	var numbers []protocol.Number
	d.view(func(r store.Reader) (err error) { numbers, err = d.in.Contact(r, c.ID, c.Threads[0], d.at); return err })
	d.changed(numbers...)
}

func (d *desk) toggleTag(tag protocol.TagID) {
	d.world.tags[tag] = !d.world.tags[tag]
	if d.world.tags[tag] {
		for i := range d.world.contacts { // a tag that is no more leaves no trace for one that is made again
			c := &d.world.contacts[i]
			c.Tags = slices.DeleteFunc(c.Tags, func(t protocol.ContactTag) bool { return t.Tag == tag })
			keep(d, store.Contacts, *c, store.Text(c.ID))
		}
		keep(d, store.Tags, store.Tag{Tag: protocol.Tag{ID: tag, Name: string(tag)}}, store.Text(tag))
	} else if err := d.db.Commit([]store.Write{store.ScopeWrite(store.Main, store.Write{Key: store.Tags.Key(store.Text(tag))})}); err != nil {
		d.Fatal(err)
	}
	var moved map[*Viewer][]protocol.Number
	d.view(func(r store.Reader) (err error) { moved, err = d.in.Tags(r, d.at); return err })
	for i, v := range d.viewers { // the team's own news brings the figures
		d.push(i, moved[v])
	}
}

func (d *desk) policy() {
	before := d.sight()
	w := d.world
	var set store.PolicyScope
	for _, p := range []struct {
		key     string
		into    *bool
		off, on string
	}{
		{"sla.limit", &w.limits, "off", "10m"}, {"sla.clock", &w.newest, "first_unanswered", "last_visitor"},
		{"access.read", &w.assigned, "team", "assigned"}, {"reassign.previous_can_read", &w.former, "false", "true"},
	} {
		value := p.off
		if *p.into = d.rnd.IntN(2) == 0; *p.into {
			value = p.on
		}
		set.Values = append(set.Values, protocol.PolicyValue{Key: p.key, Value: value})
	}
	keep(d, store.Policies, set, store.Text(protocol.ChannelID("")))
	var ruled Ruled
	d.view(func(r store.Reader) (err error) { ruled, err = d.in.Rule(r, d.at); return err })
	lost := map[protocol.Number][]*Viewer{}
	for v, numbers := range ruled.Lost {
		for _, n := range numbers {
			lost[n] = append(lost[n], v)
		}
	}
	d.lose(before, lost)
	for i, v := range d.viewers {
		if len(ruled.Gained[v]) > 0 || d.in.Stale(v) {
			d.push(i, ruled.Gained[v])
		}
	}
}

func (d *desk) saveView(o store.Operator) {
	id := protocol.ViewID(fmt.Sprintf("01J0000000000000000000W1E%d", d.rnd.IntN(4)))
	if old, ok := d.world.views[id]; ok && d.rnd.IntN(3) == 0 {
		delete(d.world.views, id)
		if err := d.db.Commit([]store.Write{store.ScopeWrite(store.Main, store.Write{Key: store.Views.Key(store.Text(id))})}); err != nil {
			d.Fatal(err)
		}
		d.in.DropView(old.ID)
	} else {
		w := protocol.View{ID: id, Name: string(id), Filter: d.filter(), Shared: d.rnd.IntN(2) == 0, Owner: o.ID}
		d.world.views[id] = w
		keep(d, store.Views, store.View{View: w}, store.Text(id))
		d.in.SetView(&w)
	}
	for i := range people { // the team's own news says which views there are
		for id := range d.screens[i].views {
			if w, ok := d.world.views[id]; !slices.Contains(protocol.BuiltInViews[:], id) && (!ok || !w.Shared && w.Owner != people[i].ID) {
				delete(d.screens[i].views, id)
			}
		}
		d.push(i, nil)
	}
}
