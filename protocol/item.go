package protocol

// IsItem tells whether an event of this kind is an item of its thread's timeline: a message, a note, or a line of the ribbon.
// An item is stored whole at (thread, position); its row of the log only refers to it.
func (k Kind) IsItem() bool {
	switch k {
	case KindMessageSent, KindConversationStarted, KindConversationClosed, KindConversationReopened,
		KindConversationAssigned, KindConversationCompleted, KindConversationReactivated, KindConversationSplit,
		KindConversationMerged, KindStatusSet, KindCompletionPostponed, KindReplyWaived, KindSubjectSet, KindNoteAdded,
		KindReactionAdded, KindReactionWithdrawn, KindContactBlocked, KindContactUnblocked:
		return true
	}
	return false
}
