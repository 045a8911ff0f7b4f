package state

import (
	"strings"

	"beseda/protocol"
	"beseda/wasm/bridge"
	say "beseda/wasm/words/console"
)

// Bulk is one thing that is being done to many conversations.
type Bulk struct {
	Act protocol.Act
	// Total is how many are to be done, Done how many the server answered for, the refused ones among them.
	Total, Done int
	Refused     []protocol.RefusedPick
	// Over: all of them were tried.
	Over bool

	cmd  protocol.ConversationsChange // but for its picks
	left []protocol.Pick
}

// bulkStep is how many go in one command: few enough to see it move.
const bulkStep = 100

// ActionsButtonID is the id of the button that stands in place of the search field.
const ActionsButtonID = "actions"

func (s *State) openActions(_ *bridge.Event, fx *bridge.Effects) {
	if s.Menu == ActionsMenu {
		s.closeMenu(fx)
		return
	}
	s.Menu = ActionsMenu
	fx.Focus(MenuFirstID)
}

// openBulk opens the window of an action, or does at once what asks for nothing more; Arg is the act.
func (s *State) openBulk(e *bridge.Event, fx *bridge.Effects) {
	act := protocol.Act(e.Arg)
	if s.Selection.Count() == 0 || act == protocol.ActDelete && !s.May(protocol.RightDelete) {
		return
	}
	s.show(Dialog{Kind: BulkDialog, Status: protocol.Open, Bulk: Bulk{Act: act, Total: s.Selection.Count()}}, ActionsButtonID, fx)
	if act == protocol.ActMark {
		s.runBulk(e, fx)
	}
}

// bulkChosen takes what to do it with; Arg is a colleague's id or NobodyChoice, or a tag's.
func (s *State) bulkChosen(e *bridge.Event, _ *bridge.Effects) {
	s.Dialog.Choice, s.Dialog.Problem = protocol.OperatorID(e.Arg), Problem{}
}

// Ready tells whether the window of an action has all it needs.
func (d *Dialog) Ready() bool {
	switch d.Bulk.Act {
	case protocol.ActAssign, protocol.ActTag, protocol.ActUntag:
		return d.Choice != ""
	}
	return true
}

func (s *State) runBulk(_ *bridge.Event, fx *bridge.Effects) {
	d := &s.Dialog
	if d.Kind != BulkDialog || d.Busy || d.Bulk.Over || !d.Ready() {
		return
	}
	b := &d.Bulk
	b.left = s.Selection.Picks()
	b.Total, b.Done, b.Refused = len(b.left), 0, nil
	b.cmd = protocol.ConversationsChange{Act: b.Act}
	switch b.Act {
	case protocol.ActStatus:
		b.cmd.Status = d.Status
	case protocol.ActAssign:
		if d.Choice != NobodyChoice {
			b.cmd.Assignee = d.Choice
		}
	case protocol.ActTag, protocol.ActUntag:
		b.cmd.Tag = protocol.TagID(d.Choice)
	}
	d.Busy, d.Problem = true, Problem{}
	s.nextBulk(fx)
}

func (s *State) nextBulk(fx *bridge.Effects) {
	b := &s.Dialog.Bulk
	cmd := b.cmd
	n := min(len(b.left), bulkStep)
	cmd.Picks, b.left = b.left[:n], b.left[n:]
	s.ask(fx, protocol.KindConversationsChange, &cmd, request{what: askBulk, lens: n})
}

func (s *State) bulkCame(f *protocol.Frame, fx *bridge.Effects) {
	r := s.request(f.ID)
	var in protocol.ConversationsChanged
	d := &s.Dialog
	if d.Kind != BulkDialog || !d.Busy || protocol.DecodeBody(f.Body, &in) != nil {
		return
	}
	b := &d.Bulk
	b.Done += r.lens
	b.Refused = append(b.Refused, in.Refused...)
	if len(b.left) > 0 {
		s.nextBulk(fx)
		return
	}
	s.bulkDone(fx)
}

// bulkDone lets go of what was done. What was refused stays selected, and the window says why.
func (s *State) bulkDone(fx *bridge.Effects) {
	d := &s.Dialog
	b := &d.Bulk
	refused := make(map[protocol.Number]protocol.Position)
	for _, r := range b.Refused {
		last := s.Selection.picks[r.Number]
		if row := s.List.Row(r.Number); row != nil {
			last = row.LastPosition
		}
		refused[r.Number] = last
	}
	s.Selection = Selection{picks: refused}
	d.Busy, b.Over = false, true
	if done := b.Total - len(b.Refused); len(b.Refused) == 0 {
		s.closeDialog(nil, fx)
		fx.Focus(FindID)
		s.toast(Toast{Text: s.Words.Count(say.BulkDone, done)}, fx)
		return
	}
	fx.Focus(DialogFirstID)
}

func (s *State) bulkRefused(p Problem, fx *bridge.Effects) {
	d := &s.Dialog
	if d.Kind != BulkDialog {
		s.toast(Toast{Text: s.Explain(p), Bad: true}, fx)
		return
	}
	d.Busy, d.Problem = false, p
}

// RefusedName is how a conversation that was refused is called, and why it was.
func (s *State) RefusedName(r *protocol.RefusedPick) (name, why string) {
	name = "#" + r.Number.String()
	if row := s.List.Row(r.Number); row != nil {
		name += " " + s.VisitorName(row.Name, row.Visitor)
	}
	if strings.HasPrefix(r.Reason, "new_message") {
		return name, s.Words.Text(say.WhyNewMessage)
	}
	return name, s.Explain(Problem{Code: r.Code, Reason: r.Reason})
}

// SelectedWords says how many conversations are selected, of how many.
func (s *State) SelectedWords() string {
	n := s.Selection.Count()
	return s.Words.Count(say.SelectedOf, n, itoa(max(s.Shown(), n)))
}

// Everybody are the colleagues and bots that many conversations can be given to, as a search finds them.
func (s *State) Everybody(query string) []*protocol.Operator {
	var people, bots []*protocol.Operator
	for i := range s.Team.Operators {
		o := &s.Team.Operators[i]
		switch {
		case o.State != protocol.OperatorActive || !contains(o.Name, query):
		case o.Bot:
			bots = append(bots, o)
		default:
			people = append(people, o)
		}
	}
	return append(people, bots...)
}

// FoundTags are the tags that a search finds, by name.
func (s *State) FoundTags(query string) []protocol.Tag {
	var all []protocol.Tag
	for _, tag := range s.Team.Tags {
		if contains(tag.Name, query) {
			all = append(all, tag)
		}
	}
	return all
}
