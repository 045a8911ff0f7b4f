package state

import "beseda/protocol"

// laneOf is the conversation whose commands must not overtake each other, 0 where the order does not matter.
func laneOf(body protocol.Body) protocol.Number {
	switch c := body.(type) {
	case *protocol.ConversationClose:
		return c.Conversation
	case *protocol.ConversationReopen:
		return c.Conversation
	case *protocol.ConversationAssign:
		return c.Conversation
	case *protocol.ConversationComplete:
		return c.Conversation
	case *protocol.ConversationMerge:
		return c.Conversation
	case *protocol.MessagesSplit:
		return c.Conversation
	case *protocol.StatusChange:
		return c.Conversation
	case *protocol.CompletionPostpone:
		return c.Conversation
	case *protocol.ReplyWaive:
		return c.Conversation
	case *protocol.SubjectChange:
		return c.Conversation
	case *protocol.NoteAdd:
		return c.Conversation
	case *protocol.ReactionAdd:
		return c.Conversation
	case *protocol.ReactionWithdraw:
		return c.Conversation
	}
	return 0
}
