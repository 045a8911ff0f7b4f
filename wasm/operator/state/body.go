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
		if b = actOf(f.Kind); b == nil {
			return nil, true
		}
	}
	return b, protocol.DecodeBody(f.Body, b) == nil
}

// actOf is the shape of what is done to the workspace itself.
func actOf(kind protocol.Kind) protocol.Body {
	switch kind {
	case protocol.KindOperatorInvited:
		return new(protocol.OperatorInvited)
	case protocol.KindOperatorJoined:
		return new(protocol.OperatorJoined)
	case protocol.KindOperatorDeactivated, protocol.KindOperatorActivated:
		return new(protocol.OperatorActivated) // both have this shape
	case protocol.KindOperatorLinked:
		return new(protocol.OperatorLinked)
	case protocol.KindPasswordSet:
		return new(protocol.PasswordSet)
	case protocol.KindRoleSet:
		return new(protocol.RoleSet)
	case protocol.KindGroupSet:
		return new(protocol.GroupSet)
	case protocol.KindGroupDeleted:
		return new(protocol.GroupDeleted)
	case protocol.KindTeamSet:
		return new(protocol.TeamSet)
	case protocol.KindChannelCreated, protocol.KindChannelSet:
		return new(protocol.ChannelSet) // both have this shape
	case protocol.KindTagSet:
		return new(protocol.TagSet)
	case protocol.KindTagDeleted:
		return new(protocol.TagDeleted)
	case protocol.KindContactTagged:
		return new(protocol.ContactTagged)
	case protocol.KindContactUntagged:
		return new(protocol.ContactUntagged)
	case protocol.KindViewDeleted:
		return new(protocol.ViewDeleted)
	case protocol.KindViewSet:
		return new(protocol.ViewSet)
	case protocol.KindQuickReplySet:
		return new(protocol.QuickReplySet)
	case protocol.KindQuickReplyDeleted:
		return new(protocol.QuickReplyDeleted)
	case protocol.KindExportMade:
		return new(protocol.ExportMade)
	}
	return nil
}
