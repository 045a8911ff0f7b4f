package state

import (
	"slices"
	"strings"

	"beseda/protocol"
	"beseda/wasm/bridge"
	say "beseda/wasm/words/console"
)

// Ids of the part of a channel's form that says who serves it.
const (
	TeamFindID  = "team-find"
	TeamChoseID = "team-people"
)

// teamFind narrows the list of people; that changes nothing which could be saved.
func (s *State) teamFind(e *bridge.Event, _ *bridge.Effects) { s.Form.TeamFind = e.Text }

// teamTicked takes somebody into the team, or out of it.
func (s *State) teamTicked(e *bridge.Event, _ *bridge.Effects) {
	f, id := &s.Form, protocol.OperatorID(e.Arg)
	at := slices.Index(f.Team, id)
	switch {
	case e.B == 1 && at < 0:
		f.Team = append(slices.Clone(f.Team), id)
	case e.B != 1 && at >= 0:
		f.Team = slices.Delete(slices.Clone(f.Team), at, at+1)
	}
	f.Changed, f.TeamProblem = true, ""
}

// TeamChoices are the people of whom a channel's team is chosen, by name: all who may answer, and whoever is ticked
// already. Bots answer where they are told to.
func (s *State) TeamChoices() []*protocol.Operator {
	f := &s.Form
	query := strings.ToLower(strings.TrimSpace(f.TeamFind))
	var all []*protocol.Operator
	for i := range s.Team.Operators {
		o := &s.Team.Operators[i]
		if o.Bot || o.State == protocol.OperatorDeactivatedState && !slices.Contains(f.Team, o.ID) || !strings.Contains(strings.ToLower(o.Name), query) {
			continue
		}
		all = append(all, o)
	}
	slices.SortStableFunc(all, func(a, b *protocol.Operator) int {
		return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
	return all
}

// TeamNames are those who serve a channel, for whom may not choose them.
func (s *State) TeamNames(f *Form) string {
	if !f.Some {
		return s.Words.Text(say.TeamEverybody)
	}
	names := make([]string, 0, len(f.Team))
	for _, id := range f.Team {
		names = append(names, s.OperatorName(&protocol.Actor{ID: string(id)}))
	}
	return strings.Join(names, ", ")
}

// followTeam takes who serves a channel as it is saved.
func (f *Form) followTeam(ch *protocol.Channel) {
	f.Some, f.Team = len(ch.Team) > 0, slices.Clone(ch.Team)
	if f.Quoting = ch.Quoting; f.Quoting == "" {
		f.Quoting = protocol.CapabilityBoth
	}
}

// teamCommand is what makes the channel's team the one in the form; nil where it is already, or is not this operator's
// to choose.
func (s *State) teamCommand(id protocol.ChannelID) *protocol.TeamChange {
	f := &s.Form
	next := []protocol.OperatorID(nil)
	if f.Some {
		next = slices.Sorted(slices.Values(f.Team))
	}
	was := []protocol.OperatorID(nil)
	if ch := s.Channel(id); ch != nil {
		was = slices.Sorted(slices.Values(ch.Team))
	}
	if !s.Admin() || slices.Equal(next, was) {
		return nil
	}
	return &protocol.TeamChange{Channel: id, Operators: next}
}

// saveTeam asks for it, as a further step of saving the form.
func (s *State) saveTeam(id protocol.ChannelID, fx *bridge.Effects) {
	if cmd := s.teamCommand(id); cmd != nil {
		s.Form.steps++
		s.ask(fx, protocol.KindTeamChange, cmd, request{what: askTeam})
	}
}

// channelStep takes the yes to one step. The form is saved with the last one, if none was refused.
func (s *State) channelStep(fx *bridge.Effects) {
	f := &s.Form
	if f.steps--; f.steps > 0 {
		return
	}
	f.Busy = false
	if f.TeamProblem != "" || f.NameProblem != "" || f.ColorProblem != "" || f.SiteProblem != "" || f.Problem.Is() {
		return
	}
	f.Changed = false
	s.toast(Toast{Text: s.Words.Text(say.Saved)}, fx)
	f.follow(s)
}

func (s *State) teamRefused(p Problem) {
	f := &s.Form
	f.steps--
	f.Busy = f.steps > 0
	if p.Field() == "operators" {
		f.TeamProblem = s.Explain(p)
		return
	}
	f.Problem = p
}
