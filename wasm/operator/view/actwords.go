package view

import (
	"strings"

	"beseda/protocol"
	say "beseda/wasm/words/console"
)

// actChange says whom or what an act upon the workspace was about, and what holds since.
func (p pen) actChange(body protocol.Body) (before, after string) {
	s := p.s
	switch b := body.(type) {
	case *protocol.OperatorInvited:
		return "", b.Name + " · " + p.placeWords(b.Role, b.Group)
	case *protocol.OperatorJoined:
		return "", b.Name
	case *protocol.OperatorActivated:
		return "", p.named(b.Operator, "")
	case *protocol.RoleSet:
		return "", p.named(b.Operator, "") + " · " + p.placeWords(b.Role, b.Group)
	case *protocol.GroupSet:
		name := b.Name
		if name == "" {
			name = s.GroupName(b.Group)
		}
		return "", name + ": " + p.rightsList(b.Rights)
	case *protocol.GroupDeleted:
		return b.Name, ""
	case *protocol.TeamSet:
		return "", p.teamWords(b)
	case *protocol.ChannelSet:
		return "", b.Channel.Looks.Name
	case *protocol.TagSet:
		return "", b.Name + " · " + p.colorWord(b.Color)
	case *protocol.TagDeleted:
		return b.Name, ""
	}
	return p.sharedChange(body)
}

func (p pen) sharedChange(body protocol.Body) (before, after string) {
	switch b := body.(type) {
	case *protocol.ContactTagged:
		return "", b.Name
	case *protocol.ContactUntagged:
		return b.Name, ""
	case *protocol.ViewSet:
		return "", b.View.Name
	case *protocol.QuickReplySet:
		return "", b.QuickReply.Name
	case *protocol.QuickReplyDeleted:
		return b.Name, ""
	case *protocol.ExportMade:
		format := strings.ToUpper(b.Format)
		if b.What == "events" { // nobody counts them beforehand
			return "", p.word(say.EventsPage) + ", " + format
		}
		return "", p.word(say.Conversations) + ", " + format + ", " + p.s.Words.Count(say.ExportRows, b.Rows)
	}
	return "", ""
}

func (p pen) placeWords(role protocol.Role, group protocol.GroupID) string {
	return p.s.PlaceOf(&protocol.Operator{Role: role, Group: group})
}

func (p pen) teamWords(b *protocol.TeamSet) string {
	names := make([]string, 0, len(b.Operators))
	for _, id := range b.Operators {
		names = append(names, p.named(id, ""))
	}
	who := strings.Join(names, ", ")
	if len(names) == 0 {
		who = p.word(say.TeamEverybody)
	}
	if ch := p.s.Channel(b.Channel); ch != nil {
		return ch.Looks.Name + ": " + who
	}
	return who
}
