package state

import (
	"slices"
	"strings"

	"beseda/protocol"
	"beseda/wasm/bridge"
)

// Tagging is the search for a tag to put on the contact of the open conversation.
type Tagging struct {
	Open   bool
	Query  string
	Active int
	Color  protocol.TagColor // of a new tag
}

// Ids of the tags' card.
const (
	TagFindID  = "tag-find"
	TagAddID   = "tag-add"
	TagListID  = "tag-list"
	maxOffered = 8
)

// TagOptionID is the id of a tag that is offered.
func TagOptionID(i int) string { return "tag-option-" + itoa(i) }

// MayTag tells whether the contact of a conversation may get and lose tags here.
func (t *Talk) MayTag() bool { return t.Phase == TalkOpen }

// Offered are the tags that the search finds and the contact does not bear; at most a few.
func (s *State) Offered(t *Talk) []protocol.Tag {
	var all []protocol.Tag
	for _, tag := range s.FoundTags(t.Tagging.Query) {
		borne := slices.ContainsFunc(t.Row.Tags, func(c protocol.ContactTag) bool { return c.Tag == tag.ID })
		if !borne && len(all) < maxOffered {
			all = append(all, tag)
		}
	}
	return all
}

// MayMake tells whether what is searched for may become a tag: none is called so.
func (s *State) MayMake(t *Talk) bool {
	name := strings.TrimSpace(t.Tagging.Query)
	return name != "" && len([]rune(name)) <= 40 && len(s.Team.Tags) < protocol.MaxTags &&
		!slices.ContainsFunc(s.Team.Tags, func(tag protocol.Tag) bool { return strings.EqualFold(tag.Name, name) })
}

func (s *State) openTagging(_ *bridge.Event, fx *bridge.Effects) {
	t := s.Current()
	if t == nil || !t.MayTag() {
		return
	}
	if t.Tagging.Open {
		t.Tagging = Tagging{}
		return
	}
	t.Tagging = Tagging{Open: true, Color: protocol.TagColors[len(s.Team.Tags)%len(protocol.TagColors)]}
	fx.Focus(TagFindID)
}

func (s *State) tagFind(e *bridge.Event, fx *bridge.Effects) {
	if t := s.Current(); t != nil {
		t.Tagging.Query, t.Tagging.Active = e.Text, 0
		fx.Announce(s.FoundWords(len(s.Offered(t))))
	}
}

// tagKey moves through what is offered, and takes it.
func (s *State) tagKey(e *bridge.Event, fx *bridge.Effects) {
	t := s.Current()
	if t == nil {
		return
	}
	count := len(s.Offered(t))
	if s.MayMake(t) {
		count++
	}
	switch e.Text {
	case "ArrowDown":
		t.Tagging.Active = (t.Tagging.Active + 1) % max(count, 1)
	case "ArrowUp":
		t.Tagging.Active = (t.Tagging.Active + max(count, 1) - 1) % max(count, 1)
	case "Enter":
		offered := s.Offered(t)
		switch at := t.Tagging.Active; {
		case at < len(offered):
			s.putTag(t, offered[at].ID, false, fx)
		case count > len(offered):
			s.makeTag(e, fx)
		}
	case "Escape":
		t.Tagging = Tagging{}
		fx.Focus(TagAddID)
	default:
		fx.Still()
		return
	}
	fx.Prevent()
}

// addTag puts a tag on; Arg is its id.
func (s *State) addTag(e *bridge.Event, fx *bridge.Effects) {
	if t := s.Current(); t != nil {
		s.putTag(t, protocol.TagID(e.Arg), false, fx)
	}
}

func (s *State) putTag(t *Talk, id protocol.TagID, pinned bool, fx *bridge.Effects) {
	t.Tagging.Query, t.Tagging.Active = "", 0
	if t.Tagging.Open {
		fx.Focus(TagFindID)
	}
	s.ask(fx, protocol.KindContactTagAdd, &protocol.ContactTagAdd{Conversation: t.Number, Tag: id, Pinned: pinned},
		request{what: askStatus, number: t.Number})
}

// pinTag pins a tag of the contact, or lets go of it; Arg is its id.
func (s *State) pinTag(e *bridge.Event, fx *bridge.Effects) {
	t := s.Current()
	if t == nil {
		return
	}
	for _, c := range t.Row.Tags {
		if string(c.Tag) == e.Arg {
			s.ask(fx, protocol.KindContactTagAdd, &protocol.ContactTagAdd{Conversation: t.Number, Tag: c.Tag, Pinned: !c.Pinned},
				request{what: askStatus, number: t.Number})
		}
	}
}

// removeTag takes a tag off; Arg is its id.
func (s *State) removeTag(e *bridge.Event, fx *bridge.Effects) {
	t := s.Current()
	if t == nil {
		return
	}
	fx.Focus(TagAddID)
	s.ask(fx, protocol.KindContactTagRemove, &protocol.ContactTagRemove{Conversation: t.Number, Tag: protocol.TagID(e.Arg)},
		request{what: askStatus, number: t.Number})
}

// tagColor chooses the colour of a new tag; Arg is it.
func (s *State) tagColor(e *bridge.Event, _ *bridge.Effects) {
	if t := s.Current(); t != nil {
		t.Tagging.Color = protocol.TagColor(e.Arg)
	}
}

// makeTag makes a tag of what is searched for; once it is there the contact gets it.
func (s *State) makeTag(_ *bridge.Event, fx *bridge.Effects) {
	t := s.Current()
	if t == nil || !s.MayMake(t) {
		return
	}
	s.ask(fx, protocol.KindTagCreate, &protocol.TagCreate{Name: strings.TrimSpace(t.Tagging.Query), Color: t.Tagging.Color},
		request{what: askTag, number: t.Number})
}

func (s *State) tagMade(r request, f *protocol.Frame, fx *bridge.Effects) {
	var body protocol.Accepted
	t := s.talks[r.number]
	if t != nil && protocol.DecodeBody(f.Body, &body) == nil && body.Made != "" {
		s.putTag(t, protocol.TagID(body.Made), false, fx)
	}
}
