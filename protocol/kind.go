package protocol

// Kind names what a frame is: a command is noun.verb, an event noun.participle. Kinds are never renamed or reused.
type Kind string

// Connection: the first exchange, and answers.
const (
	KindHello    Kind = "hello"    // client → server, first frame
	KindWelcome  Kind = "welcome"  // answer to hello
	KindAccepted Kind = "accepted" // answer: stored, or nothing to do
	KindRefused  Kind = "refused"  // answer: a code, nothing stored
	KindGoodbye  Kind = "goodbye"  // server → client, the last frame before it closes
	KindPing     Kind = "ping"     // client → server, to see whether the line is alive
	KindPong     Kind = "pong"     // answer to ping
)

// Commands.
const (
	KindMessageSend          Kind = "message.send"
	KindReceiptAdvance       Kind = "receipt.advance"
	KindTypingStart          Kind = "typing.start"
	KindTypingStop           Kind = "typing.stop"
	KindVisitorVisit         Kind = "visitor.visit"
	KindHistoryRead          Kind = "history.read"
	KindInboxRead            Kind = "inbox.read"
	KindConversationWatch    Kind = "conversation.watch"
	KindConversationLeave    Kind = "conversation.leave"
	KindConversationClose    Kind = "conversation.close"
	KindConversationReopen   Kind = "conversation.reopen"
	KindConversationAssign   Kind = "conversation.assign"
	KindConversationComplete Kind = "conversation.complete"
	KindConversationStart    Kind = "conversation.start"
	KindConversationMerge    Kind = "conversation.merge"
	KindConversationsRead    Kind = "conversations.read"
	KindMessagesSplit        Kind = "messages.split"
	KindStatusChange         Kind = "status.change"
	KindCompletionPostpone   Kind = "completion.postpone"
	KindReplyWaive           Kind = "reply.waive"
	KindSubjectChange        Kind = "subject.change"
	KindNoteAdd              Kind = "note.add"
	KindReactionAdd          Kind = "reaction.add"
	KindReactionWithdraw     Kind = "reaction.withdraw"
	KindPolicyChange         Kind = "policy.change"
	KindPoliciesRead         Kind = "policies.read"
	KindEventsRead           Kind = "events.read"
	KindWorkloadRead         Kind = "workload.read"
	KindOperatorInvite       Kind = "operator.invite"
	KindOperatorLink         Kind = "operator.link"
	KindOperatorDeactivate   Kind = "operator.deactivate"
	KindOperatorActivate     Kind = "operator.activate"
	KindRoleChange           Kind = "role.change"
	KindProfileChange        Kind = "profile.change"
	KindChannelCreate        Kind = "channel.create"
	KindChannelChange        Kind = "channel.change"
	KindGroupCreate          Kind = "group.create"
	KindGroupChange          Kind = "group.change"
	KindGroupDelete          Kind = "group.delete"
	KindTeamChange           Kind = "team.change"
	KindAuditRead            Kind = "audit.read"
	KindTagCreate            Kind = "tag.create"
	KindTagChange            Kind = "tag.change"
	KindTagDelete            Kind = "tag.delete"
	KindContactTagAdd        Kind = "contact.tag.add"
	KindContactTagRemove     Kind = "contact.tag.remove"
	KindContactChange        Kind = "contact.change"
	KindContactBlock         Kind = "contact.block"
	KindContactUnblock       Kind = "contact.unblock"
	KindInboxLook            Kind = "inbox.look"
	KindInboxPick            Kind = "inbox.pick"
	KindViewCreate           Kind = "view.create"
	KindViewChange           Kind = "view.change"
	KindViewDelete           Kind = "view.delete"
	KindConversationsChange  Kind = "conversations.change"
	KindQuickReplyCreate     Kind = "quick_reply.create"
	KindQuickReplyChange     Kind = "quick_reply.change"
	KindQuickReplyDelete     Kind = "quick_reply.delete"
	KindQuickReplyUse        Kind = "quick_reply.use"
	KindQuickRepliesRead     Kind = "quick_replies.read"
	KindDraftSave            Kind = "draft.save"
	KindUnreadMark           Kind = "unread.mark"
	KindUnreadClear          Kind = "unread.clear"
	KindConversationDelete   Kind = "conversation.delete"
)

// Events: stored in the log, then sent.
const (
	KindMessageSent             Kind = "message.sent"
	KindReceiptAdvanced         Kind = "receipt.advanced"
	KindVisitorArrived          Kind = "visitor.arrived"
	KindVisitorVisited          Kind = "visitor.visited"
	KindConversationStarted     Kind = "conversation.started"
	KindConversationClosed      Kind = "conversation.closed"
	KindConversationReopened    Kind = "conversation.reopened"
	KindConversationAssigned    Kind = "conversation.assigned"
	KindConversationCompleted   Kind = "conversation.completed"
	KindConversationReactivated Kind = "conversation.reactivated"
	KindConversationSplit       Kind = "conversation.split"
	KindConversationMerged      Kind = "conversation.merged"
	KindStatusSet               Kind = "status.set"
	KindCompletionAnnounced     Kind = "completion.announced"
	KindCompletionPostponed     Kind = "completion.postponed"
	KindReplyTimeWarned         Kind = "reply_time.warned"
	KindReplyTimeExceeded       Kind = "reply_time.exceeded"
	KindReplyWaived             Kind = "reply.waived"
	KindSubjectSet              Kind = "subject.set"
	KindNoteAdded               Kind = "note.added"
	KindReactionAdded           Kind = "reaction.added"
	KindReactionWithdrawn       Kind = "reaction.withdrawn"
	KindPolicySet               Kind = "policy.set"
	KindOperatorInvited         Kind = "operator.invited"
	KindOperatorJoined          Kind = "operator.joined"
	KindOperatorDeactivated     Kind = "operator.deactivated"
	KindOperatorActivated       Kind = "operator.activated"
	KindOperatorLinked          Kind = "operator.linked"
	KindPasswordSet             Kind = "password.set"
	KindRoleSet                 Kind = "role.set"
	KindProfileSet              Kind = "profile.set"
	KindChannelCreated          Kind = "channel.created"
	KindChannelSet              Kind = "channel.set"
	KindGroupSet                Kind = "group.set"
	KindGroupDeleted            Kind = "group.deleted"
	KindTeamSet                 Kind = "team.set"
	KindTagSet                  Kind = "tag.set"
	KindTagDeleted              Kind = "tag.deleted"
	KindContactTagged           Kind = "contact.tagged"
	KindContactUntagged         Kind = "contact.untagged"
	KindContactSet              Kind = "contact.set"
	KindContactBlocked          Kind = "contact.blocked"
	KindContactUnblocked        Kind = "contact.unblocked"
	KindMessageFailed           Kind = "message.failed"
	KindViewSet                 Kind = "view.set"
	KindViewDeleted             Kind = "view.deleted"
	KindQuickReplySet           Kind = "quick_reply.set"
	KindQuickReplyDeleted       Kind = "quick_reply.deleted"
	KindConversationErased      Kind = "conversation.erased"
	KindConversationPurged      Kind = "conversation.purged"
	KindExportMade              Kind = "export.made"
)

// Notices: sent, never stored.
const (
	KindTypingStarted        Kind = "typing.started"
	KindTypingStopped        Kind = "typing.stopped"
	KindPresence             Kind = "presence"
	KindHistory              Kind = "history"               // answer to history.read and conversation.watch
	KindInbox                Kind = "inbox"                 // answer to inbox.look and inbox.read; also pushed, coalesced, when rows changed
	KindTeam                 Kind = "team"                  // the people and channels an operator may see, when they changed
	KindInvited              Kind = "invited"               // answer to operator.invite and operator.link
	KindPolicies             Kind = "policies"              // answer to policies.read
	KindEvents               Kind = "events"                // answer to events.read
	KindWorkload             Kind = "workload"              // answer to workload.read
	KindConversations        Kind = "conversations"         // answer to conversations.read, and pushed
	KindAudit                Kind = "audit"                 // answers audit.read
	KindPicks                Kind = "picks"                 // answers inbox.pick
	KindConversationsChanged Kind = "conversations.changed" // answers conversations.change
	KindQuickReplyReady      Kind = "quick_reply.ready"     // answers quick_reply.use
	KindQuickReplies         Kind = "quick_replies"         // answers quick_replies.read
	KindViewers              Kind = "viewers"               // Who else has a conversation open
)
