package state

import (
	"cmp"
	"slices"
	"strings"

	"beseda/protocol"
	"beseda/wasm/bridge"
	say "beseda/wasm/words/console"
)

// MaxTagRunes is how long a tag's name may be, in characters.
const MaxTagRunes = 40

// NewTagButtonID is the id of the button that makes a tag, EditTagID and DeleteTagID of those in a tag's row.
const NewTagButtonID = "new-tag"

func EditTagID(id protocol.TagID) string   { return "edit-" + string(id) }
func DeleteTagID(id protocol.TagID) string { return "delete-" + string(id) }

// TagsByName are the workspace's tags in the order of their names.
func (s *State) TagsByName() []protocol.Tag {
	all := slices.Clone(s.Team.Tags)
	slices.SortFunc(all, func(a, b protocol.Tag) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), cmp.Compare(a.ID, b.ID))
	})
	return all
}

// openTag opens the window that makes a tag, or changes the one that Arg names.
func (s *State) openTag(e *bridge.Event, fx *bridge.Effects) {
	d, back := Dialog{Kind: TagDialog, Color: protocol.TagColors[0]}, NewTagButtonID
	for _, tag := range s.Team.Tags {
		if string(tag.ID) == e.Arg {
			d.Tag, d.Name, d.Color, back = tag.ID, tag.Name, tag.Color, EditTagID(tag.ID)
		}
	}
	s.show(d, back, fx)
}

func (s *State) tagColored(e *bridge.Event, _ *bridge.Effects) {
	s.Dialog.Color = protocol.TagColor(e.Arg)
}

func (s *State) saveTag(_ *bridge.Event, fx *bridge.Effects) {
	d := &s.Dialog
	if d.Kind != TagDialog || d.Busy {
		return
	}
	name := s.nameGiven(fx)
	if name == "" {
		return
	}
	if d.Tag == "" {
		s.askSetting(fx, protocol.KindTagCreate, &protocol.TagCreate{Name: name, Color: d.Color}, s.Words.Fill(say.TagMade, name))
		return
	}
	s.askSetting(fx, protocol.KindTagChange, &protocol.TagChange{Tag: d.Tag, Name: name, Color: d.Color}, s.Words.Fill(say.TagSaved, name))
}

func (s *State) askDeleteTag(e *bridge.Event, fx *bridge.Effects) {
	for _, tag := range s.Team.Tags {
		if string(tag.ID) == e.Arg {
			s.show(Dialog{Kind: TagDeleteDialog, Tag: tag.ID, Name: tag.Name}, DeleteTagID(tag.ID), fx)
		}
	}
}

func (s *State) deleteTag(_ *bridge.Event, fx *bridge.Effects) {
	d := &s.Dialog
	if d.Kind != TagDeleteDialog || d.Busy {
		return
	}
	d.next = NewTagButtonID // its own button goes away with its row
	s.askSetting(fx, protocol.KindTagDelete, &protocol.TagDelete{Tag: d.Tag}, s.Words.Fill(say.TagGone, d.Name))
}
