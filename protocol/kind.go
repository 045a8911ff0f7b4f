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
	KindMessageSend        Kind = "message.send"
	KindReceiptAdvance     Kind = "receipt.advance"
	KindTypingStart        Kind = "typing.start"
	KindTypingStop         Kind = "typing.stop"
	KindVisitorVisit       Kind = "visitor.visit"
	KindHistoryRead        Kind = "history.read"
	KindInboxRead          Kind = "inbox.read"
	KindConversationWatch  Kind = "conversation.watch"
	KindConversationLeave  Kind = "conversation.leave"
	KindConversationClose  Kind = "conversation.close"
	KindConversationReopen Kind = "conversation.reopen"
	KindConversationAssign Kind = "conversation.assign"
	KindOperatorInvite     Kind = "operator.invite"
	KindOperatorDeactivate Kind = "operator.deactivate"
	KindOperatorActivate   Kind = "operator.activate"
	KindRoleChange         Kind = "role.change"
	KindProfileChange      Kind = "profile.change"
	KindChannelCreate      Kind = "channel.create"
	KindChannelChange      Kind = "channel.change"
)

// Events: stored in the log, then sent.
const (
	KindMessageSent          Kind = "message.sent"
	KindReceiptAdvanced      Kind = "receipt.advanced"
	KindVisitorArrived       Kind = "visitor.arrived"
	KindVisitorVisited       Kind = "visitor.visited"
	KindConversationStarted  Kind = "conversation.started"
	KindConversationClosed   Kind = "conversation.closed"
	KindConversationReopened Kind = "conversation.reopened"
	KindConversationAssigned Kind = "conversation.assigned"
	KindOperatorInvited      Kind = "operator.invited"
	KindOperatorJoined       Kind = "operator.joined"
	KindOperatorDeactivated  Kind = "operator.deactivated"
	KindOperatorActivated    Kind = "operator.activated"
	KindRoleSet              Kind = "role.set"
	KindProfileSet           Kind = "profile.set"
	KindChannelCreated       Kind = "channel.created"
	KindChannelSet           Kind = "channel.set"
)

// Notices: sent, never stored.
const (
	KindTypingStarted Kind = "typing.started"
	KindTypingStopped Kind = "typing.stopped"
	KindPresence      Kind = "presence"
	KindHistory       Kind = "history" // answer to history.read and conversation.watch
	KindInbox         Kind = "inbox"   // answer to inbox.read; also pushed, coalesced, when rows changed
	KindTeam          Kind = "team"    // the people and channels an operator may see, when they changed
	KindInvited       Kind = "invited" // answer to operator.invite
)
