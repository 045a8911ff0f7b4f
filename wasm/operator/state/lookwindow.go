package state

import (
	"slices"
	"strings"

	"beseda/protocol"
	"beseda/wasm/bridge"
)

// FilterButtonID is the id of the button that opens the filter window.
const FilterButtonID = "filter"

// Narrowed tells whether the list is another than the usual one.
func (s *State) Narrowed() bool { return Look{Filter: s.List.Filter}.query() != "" }

// LookSet tells whether the filter window has something set: a filter, or an order that is not the default.
func (s *State) LookSet() bool {
	return s.Narrowed() || s.List.Limits && s.List.InForce == protocol.OrderActivity
}

// openFilter opens the window; the list behind it follows each choice at once.
func (s *State) openFilter(_ *bridge.Event, fx *bridge.Effects) {
	s.show(Dialog{Kind: FilterDialog}, FilterButtonID, fx)
	if !s.Report.asked && s.Admin() {
		s.askReport(fx) // who has conversations, of those who work here no more
	}
	s.askLook(countTags, fx)
}

// setLook changes one thing of order or filter; Arg is a kind and a value, B whether it is on.
func (s *State) setLook(e *bridge.Event, fx *bridge.Effects) {
	kind, value, _ := strings.Cut(e.Arg, " ")
	on := e.B == 1
	l := s.List.Look
	f := &l.Filter
	switch kind {
	case "order":
		s.sortBy(protocol.Order(value), fx)
		return
	case "assignee":
		f.Assignees = chosen(f.Assignees, protocol.OperatorID(value), on)
	case "unassigned":
		f.Unassigned = on
	case "bot":
		f.Bots = chosen(f.Bots, protocol.OperatorID(value), on)
	case "channel":
		f.Channels = chosen(f.Channels, protocol.ChannelID(value), on)
	case "activity":
		f.Activities = chosen(f.Activities, protocol.Activity(value), on)
		if len(f.Activities) == 0 { // there are but two: without the one it is the other
			f.Activities = []protocol.Activity{otherActivity(protocol.Activity(value))}
		}
	case "status":
		f.Statuses = chosen(f.Statuses, protocol.Status(value), on)
		switch closed := value == string(protocol.Closed); {
		case closed && on && slices.Equal(f.Activities, usual().Filter.Activities):
			f.Activities = nil // closed ones are never active: the two together would show nothing, ever
		case closed && !on && f.Activities == nil:
			f.Activities = usual().Filter.Activities
		}
	case "last":
		f.Last = protocol.Side(value)
	case "reply":
		f.Reply = protocol.Reply(value)
	case "unread":
		f.Unread = on
	case "tag":
		f.Tags, f.Untagged = chosen(f.Tags, protocol.TagID(value), on), false
		s.Dialog.FromList = false
	case "pinned":
		f.Pinned = on
	case "tags":
		f.Tags, f.Untagged = nil, value == "none"
		f.Pinned = f.Pinned && value == "list"
		s.Dialog.FromList = value == "list"
	}
	s.lookAt(l, fx)
}

func otherActivity(a protocol.Activity) protocol.Activity {
	if a == protocol.Active {
		return protocol.Completed
	}
	return protocol.Active
}

// sortBy sorts this list, and those without an order of their own. It is no step to go back from: the list of before would
// be sorted so, too.
func (s *State) sortBy(o protocol.Order, fx *bridge.Effects) {
	s.preferOrder(o, fx)
	l := s.List.Look
	l.Order = o
	s.Route = s.lookRoute(l)
	fx.ReplaceURL(s.Route.Address())
	s.syncLens(fx)
}

// chosen puts a value into a choice, or takes it out.
func chosen[T ~string](all []T, value T, on bool) []T {
	next := make([]T, 0, len(all)+1)
	for _, v := range all {
		if v != value {
			next = append(next, v)
		}
	}
	if on {
		next = append(next, value)
	}
	if len(next) == 0 {
		return nil
	}
	return next
}

func (s *State) resetLook(_ *bridge.Event, fx *bridge.Effects) {
	s.Dialog.FromList, s.Dialog.Query = false, ""
	again := s.Prefs.Order != "" && s.List.query() == ""
	s.preferOrder("", fx)
	s.lookAt(usual(), fx)
	if again { // the address says nothing of the order
		s.lookAgain(fx)
	}
}

func (s *State) tagQuery(e *bridge.Event, _ *bridge.Effects) { s.Dialog.Query = e.Text }

// TagMode is which of the three states of the tag filter is on: all, none, list.
func (s *State) TagMode() string {
	f := &s.List.Filter
	switch {
	case f.Untagged:
		return "none"
	case len(f.Tags) > 0 || f.Pinned || s.Dialog.FromList:
		return "list"
	}
	return "all"
}

// TagChoice is a tag to choose, and how many conversations of the list bear it.
type TagChoice struct {
	protocol.Tag
	Count  int
	Chosen bool
}

// TagChoices are the tags that a search finds: the chosen ones first, then by count, ties by name. With only pinned ones
// wanted, those that are pinned of nobody, in this list or another, are left out.
func (s *State) TagChoices() []TagChoice {
	f := &s.List.Filter
	counts := make(map[protocol.TagID]protocol.TagCount, len(s.List.Tags))
	for _, c := range s.List.Tags {
		counts[c.Tag] = c
	}
	var all []TagChoice
	for _, tag := range s.Team.Tags {
		c := TagChoice{tag, counts[tag.ID].Count, slices.Contains(f.Tags, tag.ID)}
		if contains(tag.Name, s.Dialog.Query) && (c.Chosen || !f.Pinned || counts[tag.ID].Pinned) {
			all = append(all, c)
		}
	}
	slices.SortStableFunc(all, func(a, b TagChoice) int {
		switch {
		case a.Chosen != b.Chosen:
			return less(a.Chosen)
		case a.Count != b.Count:
			return less(a.Count > b.Count)
		}
		return strings.Compare(folded(a.Name), folded(b.Name))
	})
	return all
}

// contains tells whether a search finds a text: any part of it, in whatever case.
func contains(text, query string) bool {
	return strings.Contains(folded(text), folded(strings.TrimSpace(query)))
}

// folded is a text without differences of case: up first, since several small letters share a capital.
func folded(text string) string { return strings.ToLower(strings.ToUpper(text)) }

// Tag finds a tag; nil where there is none of that id.
func (s *State) Tag(id protocol.TagID) *protocol.Tag {
	for i := range s.Team.Tags {
		if s.Team.Tags[i].ID == id {
			return &s.Team.Tags[i]
		}
	}
	return nil
}

// FilterPeople are those whose conversations can be asked for: who works here, oneself first, then who no longer does and
// has conversations still. FilterBots are the bots.
func (s *State) FilterPeople() []*protocol.Operator {
	var me, here, left []*protocol.Operator
	has := make(map[protocol.OperatorID]bool)
	for _, w := range s.Report.Workload.Operators {
		has[w.Operator] = w.Conversations > 0
	}
	for i := range s.Team.Operators {
		o := &s.Team.Operators[i]
		switch {
		case o.Bot:
		case o.ID == s.Me.ID:
			me = append(me, o)
		case o.State == protocol.OperatorActive:
			here = append(here, o)
		case has[o.ID] || slices.Contains(s.List.Filter.Assignees, o.ID) || !s.Admin() && o.State == protocol.OperatorDeactivatedState:
			left = append(left, o)
		}
	}
	return slices.Concat(me, here, left)
}

// FilterBots are the bots there are, and those that are chosen.
func (s *State) FilterBots() []*protocol.Operator {
	var all []*protocol.Operator
	for i := range s.Team.Operators {
		if o := &s.Team.Operators[i]; o.Bot && (o.State == protocol.OperatorActive || slices.Contains(s.List.Filter.Bots, o.ID)) {
			all = append(all, o)
		}
	}
	return all
}
