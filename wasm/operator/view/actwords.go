package view

import (
	"strings"

	"beseda/protocol"
	say "beseda/wasm/words/console"
)

// actChange says whom or what an act upon the workspace was about, and what holds since.
func (p pen) actChange(body protocol.Body) (before, after string) {
	switch b := body.(type) {
	case *protocol.OperatorInvited:
		return "", b.Name + " · " + p.placeWords(b.Role, b.Group)
	case *protocol.OperatorJoined:
		return "", b.Name
	case *protocol.OperatorActivated:
		return "", p.named(b.Operator, "")
	case *protocol.OperatorLinked:
		return "", p.named(b.Operator, "")
	case *protocol.PasswordSet:
		after = p.named(b.Operator, "")
		if b.Link {
			after += " · " + p.word(say.ByLink)
		}
		return "", after
	case *protocol.RoleSet:
		if b.Former != "" {
			before = p.placeWords(b.Former, b.FormerGroup)
		}
		return before, p.named(b.Operator, "") + " · " + p.placeWords(b.Role, b.Group)
	case *protocol.GroupSet:
		if b.Former != nil {
			before = p.groupWords(b.Group, b.Former.Name, b.Former.Rights)
		}
		return before, p.groupWords(b.Group, b.Name, b.Rights)
	case *protocol.GroupDeleted:
		return b.Name, ""
	case *protocol.TeamSet:
		if b.Everybody || len(b.Former) > 0 {
			before = p.peopleWords(b.Former)
		}
		return before, p.teamWords(b)
	case *protocol.ChannelSet:
		return p.channelChange(b)
	case *protocol.TagSet:
		return "", b.Name + " · " + p.colorWord(b.Color)
	case *protocol.TagDeleted:
		return b.Name, ""
	}
	return p.sharedChange(body)
}

func (p pen) groupWords(id protocol.GroupID, name string, rights []protocol.Right) string {
	if name == "" {
		name = p.s.BuiltInName(id)
	}
	return name + ": " + p.rightsList(rights)
}

func (p pen) sharedChange(body protocol.Body) (before, after string) {
	switch b := body.(type) {
	case *protocol.ContactTagged:
		return "", b.Name
	case *protocol.ContactUntagged:
		return b.Name, ""
	case *protocol.ViewSet:
		return "", b.View.Name
	case *protocol.ViewDeleted:
		return b.Name, ""
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
	who := p.peopleWords(b.Operators)
	if ch := p.s.Channel(b.Channel); ch != nil {
		return ch.Looks.Name + ": " + who
	}
	return who
}

// peopleWords are those who serve a channel.
func (p pen) peopleWords(ids []protocol.OperatorID) string {
	if len(ids) == 0 {
		return p.word(say.TeamEverybody)
	}
	names := make([]string, 0, len(ids))
	for _, id := range ids {
		names = append(names, p.named(id, ""))
	}
	return strings.Join(names, ", ")
}
