//go:build !tinygo && !js

package protocol

import (
	"iter"
	"reflect"
	"sync"
)

// Entry is a kind's row in the registry: what decoder, rights check, goldens and PROTOCOL.md read. A kind that is given
// up keeps its row, with Retired set, so that its name is never used for anything else.
type Entry struct {
	Kind      Kind
	Direction Direction
	// From may send it; commands only.
	From Sender
	// Right is needed beside that; empty for none. Rights in a conversation come on top.
	Right Right
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

// EntryOf finds the row of a body's kind; false for a struct that no command, event or notice has as its body. Of kinds
// that share a struct it is the first.
func EntryOf(of Body) (Entry, bool) {
	i, ok := bodies()[reflect.TypeOf(of)]
	if !ok {
		return Entry{}, false
	}
	return registry[i], !registry[i].Retired
}

var bodies = sync.OnceValue(func() map[reflect.Type]int {
	rows := make(map[reflect.Type]int, len(registry))
	for i := len(registry) - 1; i >= 0; i-- {
		rows[reflect.TypeOf(registry[i].New())] = i
	}
	return rows
})

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
	{Kind: KindPolicyChange, Direction: Command, From: FromOperator | FromAdministrator, Right: RightSettings, Named: true, Answer: KindAccepted, Since: 1, New: body[PolicyChange],
		Doc: "Chooses how conversations behave, for the workspace or for one channel."},
	{Kind: KindPoliciesRead, Direction: Command, From: FromTeam, Answer: KindPolicies, Since: 1, New: body[PoliciesRead],
		Doc: "Asks how conversations behave."},
	{Kind: KindEventsRead, Direction: Command, From: FromTeam, Answer: KindEvents, Since: 1, New: body[EventsRead],
		Doc: "Asks for events of the workspace, newest first."},
	{Kind: KindWorkloadRead, Direction: Command, From: FromTeam, Answer: KindWorkload, Since: 1, New: body[WorkloadRead],
		Doc: "Asks how many conversations operators handle."},
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
	{Kind: KindChannelCreate, Direction: Command, From: FromOperator | FromAdministrator, Right: RightSettings, Named: true, Answer: KindAccepted, Since: 1, New: body[ChannelCreate],
		Doc: "Makes a channel."},
	{Kind: KindChannelChange, Direction: Command, From: FromOperator | FromAdministrator, Right: RightSettings, Named: true, Answer: KindAccepted, Since: 1, New: body[ChannelChange],
		Doc: "Replaces a channel's settings."},
	{Kind: KindGroupCreate, Direction: Command, From: FromAdministrator, Named: true, Answer: KindAccepted, Since: 1, New: body[GroupCreate],
		Doc: "Makes a group."},
	{Kind: KindGroupChange, Direction: Command, From: FromAdministrator, Named: true, Answer: KindAccepted, Since: 1, New: body[GroupChange],
		Doc: "Replaces a group's name and rights."},
	{Kind: KindGroupDelete, Direction: Command, From: FromAdministrator, Named: true, Answer: KindAccepted, Since: 1, New: body[GroupDelete],
		Doc: "Removes a group that nobody is in."},
	{Kind: KindTeamChange, Direction: Command, From: FromAdministrator, Named: true, Answer: KindAccepted, Since: 1, New: body[TeamChange],
		Doc: "Says who serves a channel."},
	{Kind: KindAuditRead, Direction: Command, From: FromAdministrator, Answer: KindAudit, Since: 1, New: body[AuditRead],
		Doc: "Asks for what was done to the workspace itself."},
	{Kind: KindTagCreate, Direction: Command, From: FromTeam, Named: true, Answer: KindAccepted, Since: 1, New: body[TagCreate],
		Doc: "Makes a tag."},
	{Kind: KindTagChange, Direction: Command, From: FromTeam, Right: RightSettings, Named: true, Answer: KindAccepted, Since: 1, New: body[TagChange],
		Doc: "Gives a tag another name or colour."},
	{Kind: KindTagDelete, Direction: Command, From: FromTeam, Right: RightSettings, Named: true, Answer: KindAccepted, Since: 1, New: body[TagDelete],
		Doc: "Removes a tag, from all contacts too."},
	{Kind: KindContactTagAdd, Direction: Command, From: FromTeam, Named: true, Answer: KindAccepted, Since: 1, New: body[ContactTagAdd],
		Doc: "Puts a tag on a contact, or pins it there."},
	{Kind: KindContactTagRemove, Direction: Command, From: FromTeam, Named: true, Answer: KindAccepted, Since: 1, New: body[ContactTagRemove],
		Doc: "Takes a tag off a contact."},
	{Kind: KindContactChange, Direction: Command, From: FromTeam, Named: true, Answer: KindAccepted, Since: 1, New: body[ContactChange],
		Doc: "Says who a contact is."},
	{Kind: KindContactBlock, Direction: Command, From: FromTeam, Right: RightBlock, Named: true, Answer: KindAccepted, Since: 1, New: body[ContactBlock],
		Doc: "Lets nothing pass between a contact and the team."},
	{Kind: KindContactUnblock, Direction: Command, From: FromTeam, Right: RightBlock, Named: true, Answer: KindAccepted, Since: 1, New: body[ContactUnblock],
		Doc: "Lifts a block."},
	{Kind: KindInboxLook, Direction: Command, From: FromTeam, Answer: KindInbox, Since: 1, New: body[InboxLook],
		Doc: "Sets what the list shows: filter and order."},
	{Kind: KindInboxPick, Direction: Command, From: FromTeam, Answer: KindPicks, Since: 1, New: body[InboxPick],
		Doc: "Asks for the numbers of all conversations of the list."},
	{Kind: KindViewCreate, Direction: Command, From: FromOperator | FromAdministrator, Named: true, Answer: KindAccepted, Since: 1, New: body[ViewCreate],
		Doc: "Saves a filter under a name."},
	{Kind: KindViewChange, Direction: Command, From: FromOperator | FromAdministrator, Named: true, Answer: KindAccepted, Since: 1, New: body[ViewChange],
		Doc: "Replaces a saved view."},
	{Kind: KindViewDelete, Direction: Command, From: FromOperator | FromAdministrator, Named: true, Answer: KindAccepted, Since: 1, New: body[ViewDelete],
		Doc: "Removes a saved view."},
	{Kind: KindConversationsChange, Direction: Command, From: FromTeam, Named: true, Answer: KindConversationsChanged, Since: 1, New: body[ConversationsChange],
		Doc: "Does one thing to many conversations."},
	{Kind: KindQuickReplyCreate, Direction: Command, From: FromOperator | FromAdministrator, Named: true, Answer: KindAccepted, Since: 1, New: body[QuickReplyCreate],
		Doc: "Saves a text to insert."},
	{Kind: KindQuickReplyChange, Direction: Command, From: FromOperator | FromAdministrator, Named: true, Answer: KindAccepted, Since: 1, New: body[QuickReplyChange],
		Doc: "Replaces a quick reply."},
	{Kind: KindQuickReplyDelete, Direction: Command, From: FromOperator | FromAdministrator, Named: true, Answer: KindAccepted, Since: 1, New: body[QuickReplyDelete],
		Doc: "Removes a quick reply."},
	{Kind: KindQuickReplyUse, Direction: Command, From: FromOperator | FromAdministrator, Named: true, Answer: KindQuickReplyReady, Since: 1, New: body[QuickReplyUse],
		Doc: "Says that a quick reply was inserted, and asks for its files."},
	{Kind: KindQuickRepliesRead, Direction: Command, From: FromTeam, Answer: KindQuickReplies, Since: 1, New: body[QuickRepliesRead],
		Doc: "Asks for the quick replies that one may use."},
	{Kind: KindDraftSave, Direction: Command, From: FromOperator | FromAdministrator, Answer: KindAccepted, Since: 1, New: body[DraftSave],
		Doc: "Keeps what is not sent yet."},
	{Kind: KindUnreadMark, Direction: Command, From: FromTeam, Named: true, Answer: KindAccepted, Since: 1, New: body[UnreadMark],
		Doc: "Marks a conversation as unread, for oneself."},
	{Kind: KindUnreadClear, Direction: Command, From: FromTeam, Answer: KindAccepted, Since: 1, New: body[UnreadClear],
		Doc: "Ends that mark."},
	{Kind: KindConversationDelete, Direction: Command, From: FromTeam, Right: RightDelete, Named: true, Answer: KindAccepted, Since: 1, New: body[ConversationDelete],
		Doc: "Erases a conversation."},

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
	{Kind: KindOperatorLinked, Direction: Event, To: ToAdministrators, Since: 1, New: body[OperatorLinked],
		Doc: "A new one-time link was made for an account."},
	{Kind: KindPasswordSet, Direction: Event, To: ToAdministrators, Since: 1, New: body[PasswordSet],
		Doc: "An operator who had a password chose another."},
	{Kind: KindRoleSet, Direction: Event, To: ToAdministrators, Since: 1, New: body[RoleSet],
		Doc: "An operator has another role."},
	{Kind: KindProfileSet, Direction: Event, To: ToTeam, Since: 1, New: body[ProfileSet],
		Doc: "An operator has another name or picture."},
	{Kind: KindChannelCreated, Direction: Event, To: ToAdministrators, Since: 1, New: body[ChannelCreated],
		Doc: "A channel was made."},
	{Kind: KindChannelSet, Direction: Event, To: ToAdministrators, Since: 1, New: body[ChannelSet],
		Doc: "A channel's settings are these now."},
	{Kind: KindGroupSet, Direction: Event, To: ToAdministrators, Since: 1, New: body[GroupSet],
		Doc: "A group was made, or has other rights."},
	{Kind: KindGroupDeleted, Direction: Event, To: ToAdministrators, Since: 1, New: body[GroupDeleted],
		Doc: "A group is no more."},
	{Kind: KindTeamSet, Direction: Event, To: ToAdministrators, Since: 1, New: body[TeamSet],
		Doc: "A channel is served by others."},
	{Kind: KindTagSet, Direction: Event, To: ToTeam, Since: 1, New: body[TagSet],
		Doc: "A tag was made, or looks otherwise."},
	{Kind: KindTagDeleted, Direction: Event, To: ToTeam, Since: 1, New: body[TagDeleted],
		Doc: "A tag is no more."},
	{Kind: KindContactTagged, Direction: Event, To: ToTeam, Since: 1, New: body[ContactTagged],
		Doc: "A contact bears a tag."},
	{Kind: KindContactUntagged, Direction: Event, To: ToTeam, Since: 1, New: body[ContactUntagged],
		Doc: "A contact bears a tag no longer."},
	{Kind: KindContactSet, Direction: Event, To: ToTeam, Since: 1, New: body[ContactSet],
		Doc: "A contact is called and reached like this."},
	{Kind: KindContactBlocked, Direction: Event, To: ToTeam, Line: ToTeam, Since: 1, New: body[ContactBlocked],
		Doc: "A contact is blocked."},
	{Kind: KindContactUnblocked, Direction: Event, To: ToTeam, Line: ToTeam, Since: 1, New: body[ContactUnblocked],
		Doc: "A contact's block is lifted."},
	{Kind: KindMessageFailed, Direction: Event, To: ToTeam, Since: 1, New: body[MessageFailed],
		Doc: "Messages of the team will not reach the visitor."},
	{Kind: KindViewSet, Direction: Event, To: ToTeam, Since: 1, New: body[ViewSet],
		Doc: "A view was saved."},
	{Kind: KindViewDeleted, Direction: Event, To: ToTeam, Since: 1, New: body[ViewDeleted],
		Doc: "A view is no more."},
	{Kind: KindQuickReplySet, Direction: Event, To: ToTeam, Since: 1, New: body[QuickReplySet],
		Doc: "A quick reply was saved."},
	{Kind: KindQuickReplyDeleted, Direction: Event, To: ToTeam, Since: 1, New: body[QuickReplyDeleted],
		Doc: "A quick reply is no more."},
	{Kind: KindConversationErased, Direction: Event, To: ToEveryone, Since: 1, New: body[ConversationErased],
		Doc: "A conversation is overwritten; a tombstone is left."},
	{Kind: KindConversationPurged, Direction: Event, To: ToTeam, Since: 1, New: body[ConversationPurged],
		Doc: "The bytes of an erased conversation have left the disk."},
	{Kind: KindExportMade, Direction: Event, To: ToAdministrators, Since: 1, New: body[ExportMade],
		Doc: "Somebody took a list out of the house."},

	{Kind: KindTypingStarted, Direction: Notice, To: ToEveryone, Since: 1, New: body[TypingStarted],
		Doc: "Somebody is typing."},
	{Kind: KindTypingStopped, Direction: Notice, To: ToEveryone, Since: 1, New: body[TypingStopped],
		Doc: "Somebody no longer types."},
	{Kind: KindPresence, Direction: Notice, To: ToEveryone, Since: 1, New: body[Presence],
		Doc: "Somebody came or went."},
	{Kind: KindHistory, Direction: Answer, Since: 1, New: body[History],
		Doc: "A page of items: answers history.read and conversation.watch."},
	{Kind: KindInbox, Direction: Notice, To: ToTeam, Since: 1, New: body[Inbox],
		Doc: "Rows of the list: answers inbox.look and inbox.read, and is pushed, coalesced, when rows changed."},
	{Kind: KindTeam, Direction: Notice, To: ToTeam, Since: 1, New: body[Team],
		Doc: "The people and channels that an operator may see, when they changed."},
	{Kind: KindInvited, Direction: Answer, Since: 1, New: body[Invited],
		Doc: "Answers operator.invite and operator.link with the link, shown once."},
	{Kind: KindPolicies, Direction: Answer, Since: 1, New: body[Policies],
		Doc: "The table of policies and the values in force: answers policies.read."},
	{Kind: KindEvents, Direction: Answer, Since: 1, New: body[Events],
		Doc: "A page of the event list: answers events.read."},
	{Kind: KindWorkload, Direction: Answer, Since: 1, New: body[Workload],
		Doc: "How many conversations operators handle: answers workload.read."},
	{Kind: KindConversations, Direction: Notice, To: ToEveryone, Since: 1, New: body[Conversations],
		Doc: "The visitor's own conversations: answers conversations.read, and is pushed, coalesced, when one of them changed its state."},
	{Kind: KindAudit, Direction: Answer, Since: 1, New: body[Audit],
		Doc: "What was done to the workspace: answers audit.read."},
	{Kind: KindPicks, Direction: Answer, Since: 1, New: body[Picks],
		Doc: "Numbers of conversations: answers inbox.pick."},
	{Kind: KindConversationsChanged, Direction: Answer, Since: 1, New: body[ConversationsChanged],
		Doc: "What became of many conversations: answers conversations.change."},
	{Kind: KindQuickReplyReady, Direction: Answer, Since: 1, New: body[QuickReplyReady],
		Doc: "Files of a quick reply, to send: answers quick_reply.use."},
	{Kind: KindQuickReplies, Direction: Answer, Since: 1, New: body[QuickReplies],
		Doc: "Quick replies: answers quick_replies.read."},
	{Kind: KindViewers, Direction: Notice, To: ToTeam, Since: 1, New: body[Viewers],
		Doc: "Who else has a conversation open."},
}
