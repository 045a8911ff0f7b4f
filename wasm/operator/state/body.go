package state

import "beseda/protocol"

// bodyOf reads what an event says beyond its kind; nil where nothing is shown of it. It is false for bytes that do not
// read. One switch and not the registry: that would bring every command's decoder into the program.
func bodyOf(f *protocol.Frame) (protocol.Body, bool) {
	var b protocol.Body
	switch f.Kind {
	case protocol.KindMessageSent:
		b = new(protocol.MessageSent)
	case protocol.KindNoteAdded:
		b = new(protocol.NoteAdded)
	case protocol.KindConversationStarted:
		b = new(protocol.ConversationStarted)
	case protocol.KindConversationClosed:
		b = new(protocol.ConversationClosed)
	case protocol.KindConversationReopened:
		b = new(protocol.ConversationReopened)
	case protocol.KindConversationAssigned:
		b = new(protocol.ConversationAssigned)
	case protocol.KindConversationCompleted:
		b = new(protocol.ConversationCompleted)
	case protocol.KindConversationReactivated:
		b = new(protocol.ConversationReactivated)
	case protocol.KindConversationSplit:
		b = new(protocol.ConversationSplit)
	case protocol.KindConversationMerged:
		b = new(protocol.ConversationMerged)
	case protocol.KindStatusSet:
		b = new(protocol.StatusSet)
	case protocol.KindCompletionAnnounced:
		b = new(protocol.CompletionAnnounced)
	case protocol.KindCompletionPostponed:
		b = new(protocol.CompletionPostponed)
	case protocol.KindReplyTimeWarned:
		b = new(protocol.ReplyTimeWarned)
	case protocol.KindReplyTimeExceeded:
		b = new(protocol.ReplyTimeExceeded)
	case protocol.KindSubjectSet:
		b = new(protocol.SubjectSet)
	case protocol.KindReactionAdded:
		b = new(protocol.ReactionAdded)
	case protocol.KindReactionWithdrawn:
		b = new(protocol.ReactionWithdrawn)
	case protocol.KindPolicySet:
		b = new(protocol.PolicySet)
	default:
		return nil, true
	}
	return b, protocol.DecodeBody(f.Body, b) == nil
}
