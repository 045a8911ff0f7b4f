package state

import (
	"slices"
	"strconv"
	"strings"

	"beseda/protocol"
	"beseda/wasm/face"
	say "beseda/wasm/words/console"
)

// Operator finds a colleague; nil where this console knows none of that id.
func (s *State) Operator(id protocol.OperatorID) *protocol.Operator {
	for i := range s.Team.Operators {
		if s.Team.Operators[i].ID == id {
			return &s.Team.Operators[i]
		}
	}
	return nil
}

// Channel finds a channel; nil where there is none of that id.
func (s *State) Channel(id protocol.ChannelID) *protocol.Channel {
	for i := range s.Team.Channels {
		if s.Team.Channels[i].ID == id {
			return &s.Team.Channels[i]
		}
	}
	return nil
}

// Admin tells whether the operator administers the workspace.
func (s *State) Admin() bool { return s.Me.Role == protocol.RoleAdmin }

// VisitorName is the name of a row's visitor. One without a name has a bird's and a number, always the same: easier to
// keep apart, and to say to a colleague, than letters of an id.
func (s *State) VisitorName(name string, id protocol.VisitorID) string {
	if name != "" {
		return name
	}
	return s.Words.Fill(say.VisitorCalled, s.alias(id))
}

// VisitorFace is what a visitor's initials are taken from.
func (s *State) VisitorFace(name string, id protocol.VisitorID) string {
	if name != "" {
		return name
	}
	return s.bird(id)
}

func (s *State) alias(id protocol.VisitorID) string {
	return s.bird(id) + " " + strconv.Itoa(10+face.Pick(string(id)+"#", 90))
}

func (s *State) bird(id protocol.VisitorID) string {
	birds := strings.Fields(s.Words.Text(say.Birds))
	if len(birds) == 0 {
		return ""
	}
	return birds[face.Pick(string(id), len(birds))]
}

// ActorName is how an author is called in conversation t: "You", a colleague's name, the visitor's.
func (s *State) ActorName(a *protocol.Actor, t *Talk) string {
	switch a.Kind {
	case protocol.ActorVisitor:
		return s.VisitorName(t.Row.Name, t.Row.Visitor)
	case protocol.ActorOperator:
		if a.ID == string(s.Me.ID) {
			return s.Words.Text(say.You)
		}
	case protocol.ActorTimer:
		return s.Words.Text(say.Automatic)
	case protocol.ActorAPI:
		if a.Name == "" && s.Operator(protocol.OperatorID(a.ID)) == nil {
			return s.Words.Text(say.ByApi)
		}
	}
	return s.OperatorName(a)
}

// OperatorName is a colleague's name as it is now, or as it was when they wrote.
func (s *State) OperatorName(a *protocol.Actor) string {
	if a.ID == protocol.Allocator {
		return s.Words.Text(say.Allocator)
	}
	if o := s.Operator(protocol.OperatorID(a.ID)); o != nil {
		return o.Name
	}
	if a.Name != "" {
		return a.Name
	}
	return s.Words.Text(say.FormerColleague)
}

// Picture is the address of an operator's picture, "" without one.
func Picture(o *protocol.Operator) string {
	if o == nil || o.Picture == "" {
		return ""
	}
	return "/pictures/" + string(o.ID) + "?v=" + o.Picture
}

// Presence moves the online mark of somebody.
func (s *State) presence(p *protocol.Presence) {
	if o := s.Operator(p.Operator); p.Operator != "" && o != nil {
		o.Online = p.Online
	}
	if p.Visitor == "" {
		return
	}
	s.List.each(func(row *protocol.Row) {
		if row.Visitor == p.Visitor {
			row.Online = p.Online
		}
	})
	for _, t := range s.talks {
		if t.Row.Visitor != p.Visitor {
			continue
		}
		t.Row.Online = p.Online
		if t.Visitor != nil {
			t.Visitor.Online = p.Online
			t.Visitor.LastSeen = s.Now + s.Skew
		}
	}
}

// Assignable are those a conversation can be given to, without the one who has it: active people who serve its channel or
// stand above teams, those who are here first, and below them bots.
func (s *State) Assignable(t *Talk, query string) []*protocol.Operator {
	but := t.Row.Assignee
	alone := s.OnlyTakes(t)
	var here, away, bots []*protocol.Operator
	query = strings.ToLower(strings.TrimSpace(query))
	for i := range s.Team.Operators {
		o := &s.Team.Operators[i]
		if o.State != protocol.OperatorActive || o.ID == but || alone && o.ID != s.Me.ID || !s.serves(t.Row.Channel, o) || !strings.Contains(strings.ToLower(o.Name), query) {
			continue
		}
		switch {
		case o.Bot:
			bots = append(bots, o)
		case o.Online || o.ID == s.Me.ID:
			here = append(here, o)
		default:
			away = append(away, o)
		}
	}
	return slices.Concat(here, away, bots)
}

// serves tells whether somebody may have a channel's conversations.
func (s *State) serves(channel protocol.ChannelID, o *protocol.Operator) bool {
	ch := s.Channel(channel)
	return ch == nil || len(ch.Team) == 0 || o.Bot || o.Everywhere || slices.Contains(ch.Team, o.ID)
}

// Workload counts the active conversations that somebody has; false where this list does not hold all of them.
func (s *State) Workload(id protocol.OperatorID) (n int, all bool) {
	l := &s.List
	for _, row := range l.rows {
		if row.Assignee == id && row.Activity == protocol.Active {
			n++
		}
	}
	return n, l.loaded && l.Filter.Address("") == usual().Filter.Address("") && len(l.rows) >= l.Active
}

// Earlier are the other conversations of a thread that this console holds rows of, newest first.
func (s *State) Earlier(t *Talk) []*protocol.Row {
	var all []*protocol.Row
	s.List.each(func(row *protocol.Row) {
		if row.Thread == t.Row.Thread && row.Number != t.Number && t.Row.Thread != "" {
			all = append(all, row)
		}
	})
	slices.SortFunc(all, func(a, b *protocol.Row) int {
		if a.Number > b.Number {
			return -1
		}
		return 1
	})
	return all
}

// LanguageTags are those that the console has names for, each name once, and one more where that is none of them.
func (s *State) LanguageTags(one string) []string {
	var all []string
	named := map[string]bool{}
	for pair := range strings.FieldsSeq(s.Words.Text(say.Languages)) {
		if code, name, _ := strings.Cut(pair, ":"); !named[name] {
			named[name], all = true, append(all, code)
		}
	}
	if one != "" && !slices.Contains(all, one) {
		all = append(all, one)
	}
	return all
}

// LanguageName is a language in words, or its tag where the console has none for it.
func (s *State) LanguageName(tag string) string {
	short, _, _ := strings.Cut(strings.ToLower(tag), "-")
	for pair := range strings.FieldsSeq(s.Words.Text(say.Languages)) {
		if code, name, _ := strings.Cut(pair, ":"); code == short {
			return strings.ReplaceAll(name, "_", " ")
		}
	}
	return tag
}
