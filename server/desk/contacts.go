package desk

import (
	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/server/desk/contact"
	"beseda/server/desk/conversation"
	"beseda/store"
)

// decideContact is the team's commands about contacts, their tags, and the mark that somebody sets for themselves.
// known is false for any other.
func decideContact(r store.Reader, c call.Call, body any) (out store.Outcome, known bool, err error) {
	switch cmd := body.(type) {
	case *protocol.TagCreate:
		out, err = contact.CreateTag(r, c, cmd)
	case *protocol.TagChange:
		out, err = contact.ChangeTag(r, c, cmd)
	case *protocol.TagDelete:
		out, err = contact.DeleteTag(r, c, cmd)
	case *protocol.ContactTagAdd:
		out, err = conversation.Tag(r, c, cmd)
	case *protocol.ContactTagRemove:
		out, err = conversation.Untag(r, c, cmd)
	case *protocol.ContactChange:
		out, err = conversation.Describe(r, c, cmd)
	case *protocol.ContactBlock:
		out, err = conversation.Block(r, c, cmd)
	case *protocol.ContactUnblock:
		out, err = conversation.Unblock(r, c, cmd)
	case *protocol.UnreadMark:
		out, err = conversation.Mark(r, c, cmd.Conversation, true)
	case *protocol.UnreadClear:
		out, err = conversation.Mark(r, c, cmd.Conversation, false)
	default:
		return out, false, nil
	}
	return out, true, err
}
