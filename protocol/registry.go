//go:build !tinygo && !js

package protocol

import "iter"

// Entry is a kind's row in the registry: what decoder, rights check, goldens and PROTOCOL.md read. A kind that is given
// up keeps its row, with Retired set, so that its name is never used for anything else.
type Entry struct {
	Kind      Kind
	Direction Direction
	// From may send it; commands only.
	From Sender
	// Named commands are stored, so they are refused without an id: a retry must be known as one.
	Named bool
	// Answer is the kind that answers a command which was not refused; empty where nothing comes.
	Answer Kind
	// To may learn of it; events and notices only.
	To Audience
	// Line says whose timeline shows it as an item; ToNobody where it is none. Only events are items.
	Line Audience
	// Since is the version of the protocol that brought it.
	Since   int
	Retired bool
	// New makes an empty body.
	New func() Body
	// Doc says what it is, in one sentence.
	Doc string
}

// Lookup finds a kind's row; false for a kind that this version does not know, or that is retired.
func Lookup(kind Kind) (Entry, bool) {
	for i := range registry {
		if registry[i].Kind == kind {
			return registry[i], !registry[i].Retired
		}
	}
	return Entry{}, false
}

// Entries walks the registry in its order: connection, commands, events, notices.
func Entries() iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		for _, e := range registry {
			if !yield(e) {
				return
			}
		}
	}
}

// body makes a row's constructor.
func body[T any, P interface {
	*T
	Body
}]() Body {
	return P(new(T))
}

// registry is the table. Nothing is renumbered or reused.
var registry = [...]Entry{
	{Kind: KindHello, Direction: Command, From: FromAnyone, Answer: KindWelcome, Since: 1, New: body[Hello],
		Doc: "The first frame of a connection: who comes, what it speaks and what it has."},
	{Kind: KindWelcome, Direction: Answer, Since: 1, New: body[Welcome],
		Doc: "Answers hello: who you are and what stands at a position; everything after it follows live."},
	{Kind: KindAccepted, Direction: Answer, Since: 1, New: body[Accepted],
		Doc: "The command is stored, or had nothing to change; a repeated id gets the same answer."},
	{Kind: KindRefused, Direction: Answer, Since: 1, New: body[Refused],
		Doc: "The command changed nothing; code and reason say why."},
	{Kind: KindGoodbye, Direction: Notice, To: ToEveryone, Since: 1, New: body[Goodbye],
		Doc: "The last frame before the server closes the connection."},
	{Kind: KindPing, Direction: Command, From: FromAnyone, Answer: KindPong, Since: 1, New: body[Ping],
		Doc: "Asks whether the line is alive."},
	{Kind: KindPong, Direction: Answer, Since: 1, New: body[Pong],
		Doc: "Answers ping."},

	{Kind: KindMessageSend, Direction: Command, From: FromAnyone, Named: true, Answer: KindAccepted, Since: 1, New: body[MessageSend],
		Doc: "Sends a message of text, files, or both."},
	{Kind: KindReceiptAdvance, Direction: Command, From: FromAnyone, Answer: KindAccepted, Since: 1, New: body[ReceiptAdvance],
		Doc: "Acknowledges items up to a position as delivered or read."},
	{Kind: KindTypingStart, Direction: Command, From: FromAnyone, Answer: KindAccepted, Since: 1, New: body[TypingStart],
		Doc: "Says that the author is typing; repeated while it lasts."},
	{Kind: KindTypingStop, Direction: Command, From: FromAnyone, Answer: KindAccepted, Since: 1, New: body[TypingStop],
		Doc: "Says that the author no longer types."},
	{Kind: KindVisitorVisit, Direction: Command, From: FromVisitor, Answer: KindAccepted, Since: 1, New: body[VisitorVisit],
		Doc: "Says which page the visitor is on now."},
	{Kind: KindHistoryRead, Direction: Command, From: FromAnyone, Answer: KindHistory, Since: 1, New: body[HistoryRead],
		Doc: "Asks for older items of a thread or conversation."},
	{Kind: KindInboxRead, Direction: Command, From: FromTeam, Answer: KindInbox, Since: 1, New: body[InboxRead],
		Doc: "Asks for further rows of the list of conversations."},
	{Kind: KindConversationWatch, Direction: Command, From: FromTeam, Answer: KindHistory, Since: 1, New: body[ConversationWatch],
		Doc: "Opens a conversation: its items now, and everything live until it is left."},
	{Kind: KindConversationLeave, Direction: Command, From: FromTeam, Answer: KindAccepted, Since: 1, New: body[ConversationLeave],
		Doc: "Ends watching a conversation."},
	{Kind: KindConversationClose, Direction: Command, From: FromAnyone, Named: true, Answer: KindAccepted, Since: 1, New: body[ConversationClose],
		Doc: "Sets the status closed and completes the conversation."},
	{Kind: KindConversationReopen, Direction: Command, From: FromTeam, Named: true, Answer: KindAccepted, Since: 1, New: body[ConversationReopen],
		Doc: "Makes a completed conversation active and open."},
	{Kind: KindConversationAssign, Direction: Command, From: FromTeam, Named: true, Answer: KindAccepted, Since: 1, New: body[ConversationAssign],
		Doc: "Sets or removes the assignee."},
	{Kind: KindConversationComplete, Direction: Command, From: FromTeam, Named: true, Answer: KindAccepted, Since: 1, New: body[ConversationComplete],
		Doc: "Ends active work and sets the status that is left."},
	{Kind: KindConversationStart, Direction: Command, From: FromOperator | FromAdministrator, Named: true, Answer: KindAccepted, Since: 1, New: body[ConversationStart],
		Doc: "Begins a conversation with a message of the team."},
	{Kind: KindConversationMerge, Direction: Command, From: FromTeam, Named: true, Answer: KindAccepted, Since: 1, New: body[ConversationMerge],
		Doc: "Gives a conversation's messages to its predecessor."},
	{Kind: KindConversationsRead, Direction: Command, From: FromVisitor, Answer: KindConversations, Since: 1, New: body[ConversationsRead],
		Doc: "Asks for the visitor's own conversations."},
	{Kind: KindMessagesSplit, Direction: Command, From: FromTeam, Named: true, Answer: KindAccepted, Since: 1, New: body[MessagesSplit],
		Doc: "Gives the newest messages of a reactivated conversation a number of their own; the answer names it."},
	{Kind: KindStatusChange, Direction: Command, From: FromTeam, Named: true, Answer: KindAccepted, Since: 1, New: body[StatusChange],
		Doc: "Sets the status; closed completes."},
	{Kind: KindCompletionPostpone, Direction: Command, From: FromTeam, Named: true, Answer: KindAccepted, Since: 1, New: body[CompletionPostpone],
		Doc: "Keeps a conversation active for longer while its completion is announced."},
	{Kind: KindReplyWaive, Direction: Command, From: FromTeam, Named: true, Answer: KindAccepted, Since: 1, New: body[ReplyWaive],
		Doc: "Ends a wait without an answer."},
	{Kind: KindSubjectChange, Direction: Command, From: FromTeam, Named: true, Answer: KindAccepted, Since: 1, New: body[SubjectChange],
		Doc: "Says what a conversation is about."},
	{Kind: KindNoteAdd, Direction: Command, From: FromTeam, Named: true, Answer: KindAccepted, Since: 1, New: body[NoteAdd],
		Doc: "Writes a note for the team."},
	{Kind: KindReactionAdd, Direction: Command, From: FromAnyone, Named: true, Answer: KindAccepted, Since: 1, New: body[ReactionAdd],
		Doc: "Puts an emoji on a message."},
	{Kind: KindReactionWithdraw, Direction: Command, From: FromAnyone, Named: true, Answer: KindAccepted, Since: 1, New: body[ReactionWithdraw],
		Doc: "Takes an emoji back."},
	{Kind: KindPolicyChange, Direction: Command, From: FromAdministrator, Named: true, Answer: KindAccepted, Since: 1, New: body[PolicyChange],
		Doc: "Chooses how conversations behave, for the workspace or for one channel."},
	{Kind: KindPoliciesRead, Direction: Command, From: FromTeam, Answer: KindPolicies, Since: 1, New: body[PoliciesRead],
		Doc: "Asks how conversations behave."},
	{Kind: KindEventsRead, Direction: Command, From: FromTeam, Answer: KindEvents, Since: 1, New: body[EventsRead],
		Doc: "Asks for events of the workspace, newest first."},
	{Kind: KindOperatorInvite, Direction: Command, From: FromAdministrator, Named: true, Answer: KindInvited, Since: 1, New: body[OperatorInvite],
		Doc: "Makes an account and a one-time link for a colleague."},
	{Kind: KindOperatorLink, Direction: Command, From: FromAdministrator, Named: true, Answer: KindInvited, Since: 1, New: body[OperatorLink],
		Doc: "Makes a new one-time link for a colleague who lost the first one, or the password."},
	{Kind: KindOperatorDeactivate, Direction: Command, From: FromAdministrator, Named: true, Answer: KindAccepted, Since: 1, New: body[OperatorDeactivate],
		Doc: "Ends an account's access at once."},
	{Kind: KindOperatorActivate, Direction: Command, From: FromAdministrator, Named: true, Answer: KindAccepted, Since: 1, New: body[OperatorActivate],
		Doc: "Gives an account its access back."},
	{Kind: KindRoleChange, Direction: Command, From: FromAdministrator, Named: true, Answer: KindAccepted, Since: 1, New: body[RoleChange],
		Doc: "Gives an operator another role."},
	{Kind: KindProfileChange, Direction: Command, From: FromOperator | FromAdministrator, Named: true, Answer: KindAccepted, Since: 1, New: body[ProfileChange],
		Doc: "Changes one's own name."},
	{Kind: KindChannelCreate, Direction: Command, From: FromAdministrator, Named: true, Answer: KindAccepted, Since: 1, New: body[ChannelCreate],
		Doc: "Makes a channel."},
	{Kind: KindChannelChange, Direction: Command, From: FromAdministrator, Named: true, Answer: KindAccepted, Since: 1, New: body[ChannelChange],
		Doc: "Replaces a channel's settings."},

	{Kind: KindMessageSent, Direction: Event, To: ToEveryone, Line: ToEveryone, Since: 1, New: body[MessageSent],
		Doc: "A message of a visitor, operator or bot is stored."},
	{Kind: KindReceiptAdvanced, Direction: Event, To: ToEveryone, Since: 1, New: body[ReceiptAdvanced],
		Doc: "A side's delivered or read position moved forward."},
	{Kind: KindVisitorArrived, Direction: Event, To: ToTeam, Since: 1, New: body[VisitorArrived],
		Doc: "A browser identity was made, by its first message."},
	{Kind: KindVisitorVisited, Direction: Event, To: ToTeam, Since: 1, New: body[VisitorVisited],
		Doc: "A known visitor came back or went to another page."},
	{Kind: KindConversationStarted, Direction: Event, To: ToTeam, Line: ToTeam, Since: 1, New: body[ConversationStarted],
		Doc: "A conversation was opened for the first time and has its number."},
	{Kind: KindConversationClosed, Direction: Event, To: ToTeam, Line: ToTeam, Since: 1, New: body[ConversationClosed],
		Doc: "The status became closed."},
	{Kind: KindConversationReopened, Direction: Event, To: ToTeam, Line: ToTeam, Since: 1, New: body[ConversationReopened],
		Doc: "A closed conversation is active again."},
	{Kind: KindConversationAssigned, Direction: Event, To: ToTeam, Line: ToTeam, Since: 1, New: body[ConversationAssigned],
		Doc: "The assignee changed."},
	{Kind: KindConversationCompleted, Direction: Event, To: ToTeam, Line: ToTeam, Since: 1, New: body[ConversationCompleted],
		Doc: "Active work ended with the status open or pending."},
	{Kind: KindConversationReactivated, Direction: Event, To: ToTeam, Line: ToTeam, Since: 1, New: body[ConversationReactivated],
		Doc: "A completed conversation that was open or pending is active again."},
	{Kind: KindConversationSplit, Direction: Event, To: ToTeam, Line: ToTeam, Since: 1, New: body[ConversationSplit],
		Doc: "The newest messages have a number of their own now; what was before is completed again."},
	{Kind: KindConversationMerged, Direction: Event, To: ToTeam, Line: ToTeam, Since: 1, New: body[ConversationMerged],
		Doc: "The successor's messages belong to this conversation now."},
	{Kind: KindStatusSet, Direction: Event, To: ToTeam, Line: ToTeam, Since: 1, New: body[StatusSet],
		Doc: "The status changed and the activity did not."},
	{Kind: KindCompletionAnnounced, Direction: Event, To: ToTeam, Since: 1, New: body[CompletionAnnounced],
		Doc: "The conversation completes by itself soon."},
	{Kind: KindCompletionPostponed, Direction: Event, To: ToTeam, Line: ToTeam, Since: 1, New: body[CompletionPostponed],
		Doc: "Somebody held the conversation."},
	{Kind: KindReplyTimeWarned, Direction: Event, To: ToTeam, Since: 1, New: body[ReplyTimeWarned],
		Doc: "A visitor has waited longer than the warning."},
	{Kind: KindReplyTimeExceeded, Direction: Event, To: ToTeam, Since: 1, New: body[ReplyTimeExceeded],
		Doc: "A visitor has waited longer than the limit."},
	{Kind: KindReplyWaived, Direction: Event, To: ToTeam, Line: ToTeam, Since: 1, New: body[ReplyWaived],
		Doc: "A wait was ended without an answer."},
	{Kind: KindSubjectSet, Direction: Event, To: ToTeam, Line: ToTeam, Since: 1, New: body[SubjectSet],
		Doc: "The subject is this now."},
	{Kind: KindNoteAdded, Direction: Event, To: ToTeam, Line: ToTeam, Since: 1, New: body[NoteAdded],
		Doc: "A note was written."},
	{Kind: KindReactionAdded, Direction: Event, To: ToEveryone, Line: ToTeam, Since: 1, New: body[ReactionAdded],
		Doc: "An emoji was put on a message."},
	{Kind: KindReactionWithdrawn, Direction: Event, To: ToEveryone, Line: ToTeam, Since: 1, New: body[ReactionWithdrawn],
		Doc: "An emoji was taken back."},
	{Kind: KindPolicySet, Direction: Event, To: ToTeam, Since: 1, New: body[PolicySet],
		Doc: "Conversations behave otherwise from now on."},
	{Kind: KindOperatorInvited, Direction: Event, To: ToAdministrators, Since: 1, New: body[OperatorInvited],
		Doc: "An account was made and waits for its link to be used."},
	{Kind: KindOperatorJoined, Direction: Event, To: ToAdministrators, Since: 1, New: body[OperatorJoined],
		Doc: "The link was used: the account is active."},
	{Kind: KindOperatorDeactivated, Direction: Event, To: ToAdministrators, Since: 1, New: body[OperatorDeactivated],
		Doc: "An account's access ended."},
	{Kind: KindOperatorActivated, Direction: Event, To: ToAdministrators, Since: 1, New: body[OperatorActivated],
		Doc: "An account has its access back."},
	{Kind: KindRoleSet, Direction: Event, To: ToAdministrators, Since: 1, New: body[RoleSet],
		Doc: "An operator has another role."},
	{Kind: KindProfileSet, Direction: Event, To: ToTeam, Since: 1, New: body[ProfileSet],
		Doc: "An operator has another name or picture."},
	{Kind: KindChannelCreated, Direction: Event, To: ToAdministrators, Since: 1, New: body[ChannelCreated],
		Doc: "A channel was made."},
	{Kind: KindChannelSet, Direction: Event, To: ToAdministrators, Since: 1, New: body[ChannelSet],
		Doc: "A channel's settings are these now."},

	{Kind: KindTypingStarted, Direction: Notice, To: ToEveryone, Since: 1, New: body[TypingStarted],
		Doc: "Somebody is typing."},
	{Kind: KindTypingStopped, Direction: Notice, To: ToEveryone, Since: 1, New: body[TypingStopped],
		Doc: "Somebody no longer types."},
	{Kind: KindPresence, Direction: Notice, To: ToEveryone, Since: 1, New: body[Presence],
		Doc: "Somebody came or went."},
	{Kind: KindHistory, Direction: Answer, Since: 1, New: body[History],
		Doc: "A page of items: answers history.read and conversation.watch."},
	{Kind: KindInbox, Direction: Notice, To: ToTeam, Since: 1, New: body[Inbox],
		Doc: "Rows of the list: answers inbox.read, and is pushed, coalesced, when rows changed."},
	{Kind: KindTeam, Direction: Notice, To: ToTeam, Since: 1, New: body[Team],
		Doc: "The people and channels that an operator may see, when they changed."},
	{Kind: KindInvited, Direction: Answer, Since: 1, New: body[Invited],
		Doc: "Answers operator.invite and operator.link with the link, shown once."},
	{Kind: KindPolicies, Direction: Answer, Since: 1, New: body[Policies],
		Doc: "The table of policies and the values in force: answers policies.read."},
	{Kind: KindEvents, Direction: Answer, Since: 1, New: body[Events],
		Doc: "A page of the event list: answers events.read."},
	{Kind: KindConversations, Direction: Notice, To: ToEveryone, Since: 1, New: body[Conversations],
		Doc: "The visitor's own conversations: answers conversations.read, and is pushed, coalesced, when one of them changed its state."},
}
