package view

import (
	"slices"
	"strings"

	"beseda/protocol"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	"beseda/wasm/words"
	say "beseda/wasm/words/console"
)

// filterWindow sets order and filter of the list. Each choice holds at once; the button at its foot says how many
// conversations that leaves, and goes to them.
func (p pen) filterWindow(d *state.Dialog) {
	s := p.s
	f := &s.List.Filter
	p.windowHead(p.word(say.FilterAndSort))
	p.Open(vdom.Div, "filter")
	p.Class("b-filter b-filter--box")
	p.orderFilter()
	p.group("latest", say.LookLatest, func() {
		p.radio("last", "", say.LastAny, f.Last == "", false)
		p.radio("last", string(protocol.SideVisitor), say.LastVisitor, f.Last == protocol.SideVisitor, false)
		p.radio("last", string(protocol.SideTeam), say.LastTeam, f.Last == protocol.SideTeam, false)
	})
	p.group("assignee", say.LookAssignee, func() {
		p.tick("unassigned", "", p.word(say.Unassigned), f.Unassigned)
		for _, o := range s.FilterPeople() {
			name := o.Name
			switch {
			case o.ID == s.Me.ID:
				name = s.Words.Fill(say.NameYou, o.Name)
			case o.State == protocol.OperatorDeactivatedState:
				name = s.Words.Fill(say.LookLeft, o.Name)
			}
			p.tick("assignee", string(o.ID), name, slices.Contains(f.Assignees, o.ID))
		}
	})
	p.group("reply", say.LookReply, func() {
		p.radio("reply", "", say.ReplyAny, f.Reply == "", false)
		p.radio("reply", string(protocol.ReplyOwed), say.ReplyOwed, f.Reply == protocol.ReplyOwed, false)
		p.radio("reply", string(protocol.ReplyGiven), say.ReplyGiven, f.Reply == protocol.ReplyGiven, false)
		p.tick("unread", "", p.word(say.UnreadOnly), f.Unread)
	})
	p.group("activity", say.LookActivity, func() {
		p.tick("activity", string(protocol.Active), p.word(say.ViewActive), slices.Contains(f.Activities, protocol.Active))
		p.tick("activity", string(protocol.Completed), p.word(say.ActivityCompleted), slices.Contains(f.Activities, protocol.Completed))
	})
	p.group("status", say.LookStatus, func() {
		for _, status := range [...]protocol.Status{protocol.Open, protocol.Pending, protocol.Closed} {
			p.tick("status", string(status), s.StatusWord(status), slices.Contains(f.Statuses, status))
		}
	})
	p.group("channel", say.LookChannel, func() {
		for _, ch := range s.ChannelsByName() {
			p.tick("channel", string(ch.ID), ch.Looks.Name, slices.Contains(f.Channels, ch.ID))
		}
	})
	p.botFilter(f)
	p.tagFilter(d, f)
	p.Close()
	p.Open(vdom.Div, "foot")
	p.Class("b-dialog__foot")
	p.button("reset", "b-button b-button--quiet b-dialog__aside", state.ResetLook, "")
	p.Text(p.word(say.ResetLook))
	p.Close()
	p.button("view", "b-button", state.OpenView, "")
	p.Text(p.word(say.SaveAsView))
	p.Close()
	p.button("show", "b-button b-button--primary b-num", state.CloseDialog, "")
	p.Text(s.Words.Count(say.ShowN, s.List.Total))
	p.Close()
	p.Close()
}

// group is a set of choices with a title.
func (p pen) group(key string, title words.Key, draw func()) {
	p.Open(vdom.Fieldset, key)
	p.Class("b-filter__group")
	p.Leaf(vdom.Legend, "b-filter__title", p.word(title))
	draw()
	p.Close()
}

func (p pen) orderFilter() {
	l := &p.s.List
	p.group("order", say.LookOrder, func() {
		p.radio("order", string(protocol.OrderProcessing), say.OrderProcessing, l.InForce == protocol.OrderProcessing, !l.Limits)
		p.radio("order", string(protocol.OrderActivity), say.OrderActivity, l.InForce != protocol.OrderProcessing, false)
		if !l.Limits {
			p.reason("order", say.OrderNoLimits)
		}
	})
}

func (p pen) botFilter(f *protocol.Filter) {
	s := p.s
	p.group("bots", say.LookBots, func() {
		bots := s.FilterBots()
		for _, o := range bots {
			p.tick("bot", string(o.ID), o.Name, slices.Contains(f.Bots, o.ID))
		}
		if len(bots) == 0 {
			p.reason("bots", say.LookNoBots)
		}
	})
}

// reason says why a choice cannot be made.
func (p pen) reason(key string, why words.Key) {
	p.Open(vdom.P, "reason")
	p.Class("b-field__hint")
	p.Attr(vdom.ID, "look-"+key+"-reason")
	p.Text(p.word(why))
	p.Close()
}

func (p pen) radio(kind, value string, name words.Key, on, disabled bool) {
	p.Open(vdom.Label, kind+value)
	p.Class("b-check")
	p.Open(vdom.Input, "")
	p.Attr(vdom.Type, "radio")
	p.Attr(vdom.NameOf, "look-"+kind)
	if kind == "order" && on {
		p.Attr(vdom.ID, state.DialogFirstID)
	}
	if disabled {
		p.Flag(vdom.Disabled, true)
		p.Attr(vdom.AriaDescribedBy, "look-"+kind+"-reason")
	}
	p.Flag(vdom.Checked, on)
	p.On(vdom.Change, state.SetLook, kind+" "+value)
	p.Close()
	p.Leaf(vdom.Span, "", p.word(name))
	p.Close()
}

func (p pen) tick(kind, value, name string, on bool) {
	p.Open(vdom.Label, kind+value)
	p.Class("b-check")
	p.ticked(kind, value, on, false)
	p.Leaf(vdom.BDI, "", name)
	p.Close()
}

func (p pen) ticked(kind, value string, on, disabled bool) {
	p.Open(vdom.Input, "")
	p.Attr(vdom.Type, "checkbox")
	p.Flag(vdom.Checked, on)
	p.Flag(vdom.Disabled, disabled)
	p.On(vdom.Change, state.SetLook, kind+" "+value)
	p.Close()
}

// tagFilter has three states: all, none, and some of the list, which choosing one switches to.
func (p pen) tagFilter(d *state.Dialog, f *protocol.Filter) {
	s := p.s
	mode := s.TagMode()
	noTags := len(s.Team.Tags) == 0
	locked := noTags || mode == "none"
	p.Open(vdom.Fieldset, "tags")
	p.Class("b-filter__group b-filter__group--wide")
	p.Leaf(vdom.Legend, "b-filter__title", p.word(say.LookTags))
	p.Open(vdom.Div, "mode")
	p.Class("b-filter__modes")
	for _, m := range [...]struct {
		value string
		name  words.Key
	}{{"all", say.TagsAll}, {"none", say.TagsNone}, {"list", say.TagsList}} {
		p.radio("tags", m.value, m.name, mode == m.value, noTags)
	}
	p.Close()
	if noTags {
		p.reason("tags", say.NoTags)
		p.Close()
		return
	}
	p.search(search{key: "find", value: d.Query, name: say.FindTag, disabled: locked, on: state.TagQuery})
	p.Open(vdom.Div, "list")
	p.Class("b-taglist")
	p.Attr(vdom.Role, "group")
	p.Attr(vdom.AriaLabel, p.word(say.LookTags))
	choices := s.TagChoices()
	for i := range choices {
		c := &choices[i]
		p.Open(vdom.Label, string(c.ID))
		p.Class("b-check")
		p.ticked("tag", string(c.ID), c.Chosen, locked)
		p.tag(&c.Tag)
		p.Leaf(vdom.Span, "b-num", itoa(c.Count))
		p.Close()
	}
	if len(choices) == 0 && strings.TrimSpace(d.Query) != "" {
		p.Leaf(vdom.P, "b-field__hint", s.Words.Fill(say.NoTagFound, d.Query))
	}
	p.Close()
	p.Open(vdom.Label, "pinned")
	p.Class("b-switchline")
	p.Open(vdom.Input, "")
	p.Class("b-switch")
	p.Attr(vdom.Type, "checkbox")
	p.Attr(vdom.Role, "switch")
	p.Flag(vdom.Checked, f.Pinned)
	p.Flag(vdom.Disabled, locked)
	p.On(vdom.Change, state.SetLook, "pinned ")
	p.Close()
	p.Leaf(vdom.Span, "", p.word(say.PinnedOnly))
	p.Close()
	p.Close()
}
