package desk_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
)

// step is one thing that somebody does.
type step func(*office) (protocol.Accepted, error)

// TestDecide is the desk as a table: what was before, who asks for what, and the events or the refusal that follow.
// A receipt is left out of the events where a row does not ask for it with receipts.
func TestDecide(t *testing.T) {
	t.Parallel()
	kiraWrites := func(o *office) (protocol.Accepted, error) { return o.kira.says("hello") }
	annReplies := func(o *office) (protocol.Accepted, error) { return o.ann.replies(1, "how can I help?") }
	eveCloses := func(o *office) (protocol.Accepted, error) { return o.eve.closes(1) }
	eveGives := func(n protocol.Number, to func(*office) person) step {
		return func(o *office) (protocol.Accepted, error) { return o.eve.assigns(n, to(o)) }
	}
	toAnn := func(o *office) person { return o.ann }
	toBob := func(o *office) person { return o.bob }
	toRobot := func(o *office) person { return o.robot }
	toNobody := func(o *office) person { return person{o: o} }
	annLeaves := func(o *office) (protocol.Accepted, error) { return o.eve.deactivates(o.ann) }

	administers := func(who func(*office) person) step {
		return func(o *office) (protocol.Accepted, error) {
			return o.eve.do(protocol.KindRoleChange, &protocol.RoleChange{Operator: who(o).id(), Role: protocol.RoleAdmin})
		}
	}

	for _, tc := range []struct {
		name  string
		given []step
		when  step
		want  []string
		code  string
	}{
		{
			name: "a visitor's first message makes visitor, conversation and message",
			when: kiraWrites,
			want: []string{"visitor.arrived by visitor", "conversation.started #1 by visitor", "message.sent #1 by visitor: hello"},
		}, {
			name:  "a second message is added to the active conversation",
			given: []step{kiraWrites},
			when:  func(o *office) (protocol.Accepted, error) { return o.kira.says("anybody?") },
			want:  []string{"message.sent #1 by visitor: anybody?"},
		}, {
			name:  "a message after closing starts the next conversation",
			given: []step{kiraWrites, eveCloses},
			when:  func(o *office) (protocol.Accepted, error) { return o.kira.says("one more thing") },
			want:  []string{"conversation.started #2 by visitor", "message.sent #2 by visitor: one more thing"},
		}, {
			name:  "a message while an older conversation was reopened is added to that one",
			given: []step{kiraWrites, eveCloses, kiraWrites, func(o *office) (protocol.Accepted, error) { return o.eve.closes(2) }, func(o *office) (protocol.Accepted, error) { return o.eve.reopens(1) }},
			when:  func(o *office) (protocol.Accepted, error) { return o.kira.says("back to this") },
			want:  []string{"message.sent #1 by visitor: back to this"},
		}, {
			name:  "a visitor may name their own conversation and the server chooses all the same",
			given: []step{kiraWrites, eveCloses},
			when:  func(o *office) (protocol.Accepted, error) { return o.kira.replies(1, "hm") },
			want:  []string{"conversation.started #2 by visitor", "message.sent #2 by visitor: hm"},
		}, {
			name:  "a visitor cannot name another's conversation",
			given: []step{kiraWrites, func(o *office) (protocol.Accepted, error) { return o.lev.says("me too") }},
			when:  func(o *office) (protocol.Accepted, error) { return o.lev.replies(1, "peek") },
			code:  "not_found",
		}, {
			name:  "a visitor whom nobody knows cannot name a conversation",
			given: []step{kiraWrites},
			when:  func(o *office) (protocol.Accepted, error) { return o.lev.replies(1, "peek") },
			code:  "not_found",
		}, {
			name: "a visitor on a channel that does not exist is refused",
			when: func(o *office) (protocol.Accepted, error) {
				o.kira.call.Channel = protocol.ChannelID(o.newID())
				return o.kira.says("hello")
			},
			code: "not_found",
		}, {
			name: "a message of nothing is refused, also past Decode",
			when: func(o *office) (protocol.Accepted, error) { return o.kira.run("", &protocol.MessageSend{}) },
			code: "invalid field=text rule=required",
		}, {
			name:  "a message of white space is refused",
			given: []step{kiraWrites},
			when:  func(o *office) (protocol.Accepted, error) { return o.ann.replies(1, " \n\u200b") },
			code:  "invalid field=text rule=required",
		}, {
			name: "a file alone is a message",
			when: func(o *office) (protocol.Accepted, error) {
				return o.kira.says("", o.kira.uploads("boot.png", protocol.AttachmentImage))
			},
			want: []string{"visitor.arrived by visitor", "conversation.started #1 by visitor", "message.sent #1 by visitor:  [boot.png]"},
		}, {
			name: "an upload is used up by its message",
			given: []step{func(o *office) (protocol.Accepted, error) {
				o.file = o.kira.uploads("a.pdf", protocol.AttachmentOther)
				return o.kira.says("see file", o.file)
			}},
			when: func(o *office) (protocol.Accepted, error) { return o.kira.says("again", o.file) },
			code: "not_found field=attachments",
		}, {
			name: "an upload twice in one message is refused",
			when: func(o *office) (protocol.Accepted, error) {
				file := o.kira.uploads("a.pdf", protocol.AttachmentOther)
				return o.kira.run("", &protocol.MessageSend{Attachments: []protocol.AttachmentID{file, file}})
			},
			code: "invalid field=attachments rule=unique",
		}, {
			name: "another's upload looks like none",
			when: func(o *office) (protocol.Accepted, error) {
				return o.kira.says("mine?", o.lev.uploads("passport.png", protocol.AttachmentImage))
			},
			code: "not_found field=attachments",
		}, {
			name: "an upload that never was looks the same",
			when: func(o *office) (protocol.Accepted, error) {
				return o.kira.says("mine?", protocol.AttachmentID(o.newID()))
			},
			code: "not_found field=attachments",
		}, {
			name:  "a reply claims an unassigned conversation and reads it",
			given: []step{kiraWrites},
			when:  annReplies,
			want: []string{"conversation.assigned #1 by Ann:  → Ann, claimed",
				"receipt.advanced #1 by Ann: team has 3, read 3", "message.sent #1 by Ann: how can I help?"},
		}, {
			name:  "a second reply is the message alone",
			given: []step{kiraWrites, annReplies},
			when:  func(o *office) (protocol.Accepted, error) { return o.ann.replies(1, "hello?") },
			want:  []string{"message.sent #1 by Ann: hello?"},
		}, {
			name:  "an administrator's reply claims too",
			given: []step{kiraWrites},
			when:  func(o *office) (protocol.Accepted, error) { return o.eve.replies(1, "hi") },
			want: []string{"conversation.assigned #1 by Eve:  → Eve, claimed",
				"receipt.advanced #1 by Eve: team has 3, read 3", "message.sent #1 by Eve: hi"},
		}, {
			name:  "an administrator's reply never replaces an assignee",
			given: []step{kiraWrites, annReplies},
			when:  func(o *office) (protocol.Accepted, error) { return o.eve.replies(1, "hi") },
			want:  []string{"message.sent #1 by Eve: hi"},
		}, {
			name:  "a bot's reply neither claims nor reads",
			given: []step{kiraWrites},
			when:  func(o *office) (protocol.Accepted, error) { return o.robot.replies(1, "beep") },
			want:  []string{"message.sent #1 by bot: beep"},
		}, {
			name:  "a reply in another's conversation is refused",
			given: []step{kiraWrites, annReplies},
			when:  func(o *office) (protocol.Accepted, error) { return o.bob.replies(1, "psst") },
			code:  "not_assigned",
		}, {
			name:  "a reply in a bot's conversation is refused, as in any other's",
			given: []step{kiraWrites, eveGives(1, toRobot)},
			when:  annReplies,
			code:  "not_assigned",
		}, {
			name: "a reply to a conversation that does not exist",
			when: annReplies,
			code: "not_found",
		}, {
			name:  "the right is asked before the message is looked at",
			given: []step{kiraWrites, annReplies},
			when: func(o *office) (protocol.Accepted, error) {
				return o.bob.replies(1, "", protocol.AttachmentID(o.newID()))
			},
			code: "not_assigned",
		}, {
			name:  "a reply reopens a closed conversation",
			given: []step{kiraWrites, annReplies, eveCloses},
			when:  func(o *office) (protocol.Accepted, error) { return o.ann.replies(1, "one more thing") },
			want:  []string{"conversation.reopened #1 by Ann", "message.sent #1 by Ann: one more thing"},
		}, {
			name:  "a reply that would reopen is refused while another of the thread is active",
			given: []step{kiraWrites, annReplies, eveCloses, kiraWrites},
			when:  func(o *office) (protocol.Accepted, error) { return o.ann.replies(1, "here") },
			code:  "conflict active=2",
		}, {
			name:  "values are asked before the state",
			given: []step{kiraWrites, annReplies, eveCloses, kiraWrites},
			when: func(o *office) (protocol.Accepted, error) {
				return o.ann.replies(1, "", protocol.AttachmentID(o.newID()))
			},
			code: "not_found field=attachments",
		}, {
			name:  "a reply into what a deactivated operator had takes it over as it reopens",
			given: []step{kiraWrites, annReplies, eveCloses, annLeaves},
			when:  func(o *office) (protocol.Accepted, error) { return o.eve.replies(1, "Ann has left") },
			want: []string{"conversation.reopened #1 by Eve", "conversation.assigned #1 by Eve: Ann → Eve, claimed",
				"message.sent #1 by Eve: Ann has left"},
		}, {
			name:  "a bot's reply into it leaves it to nobody",
			given: []step{kiraWrites, annReplies, eveCloses, annLeaves},
			when:  func(o *office) (protocol.Accepted, error) { return o.robot.replies(1, "beep") },
			want: []string{"conversation.reopened #1 by bot", "conversation.assigned #1 by bot: Ann → ",
				"message.sent #1 by bot: beep"},
		}, {
			name:  "closing an active conversation",
			given: []step{kiraWrites, annReplies},
			when:  func(o *office) (protocol.Accepted, error) { return o.ann.closes(1) },
			want:  []string{"conversation.closed #1 by Ann, was active open"},
		}, {
			name:  "closing twice has no second effect",
			given: []step{kiraWrites, eveCloses},
			when:  eveCloses,
			want:  []string{},
		}, {
			name:  "anyone may close while nobody has it",
			given: []step{kiraWrites},
			when:  func(o *office) (protocol.Accepted, error) { return o.bob.closes(1) },
			want:  []string{"conversation.closed #1 by Bob, was active open"},
		}, {
			name:  "nobody else may close an assigned one",
			given: []step{kiraWrites, annReplies},
			when:  func(o *office) (protocol.Accepted, error) { return o.bob.closes(1) },
			code:  "forbidden",
		}, {
			name:  "the right to close is asked before whether there is anything to do",
			given: []step{kiraWrites, annReplies, eveCloses},
			when:  func(o *office) (protocol.Accepted, error) { return o.bob.closes(1) },
			code:  "forbidden",
		}, {
			name: "closing what does not exist",
			when: eveCloses,
			code: "not_found",
		}, {
			name:  "a visitor cannot end a chat with a status, also past Decode",
			given: []step{kiraWrites},
			when: func(o *office) (protocol.Accepted, error) {
				return o.kira.run("", &protocol.ConversationComplete{Conversation: 1, Status: protocol.Open})
			},
			code: "forbidden rule=sender",
		}, {
			name:  "reopening by button",
			given: []step{kiraWrites, eveCloses},
			when:  func(o *office) (protocol.Accepted, error) { return o.ann.reopens(1) },
			want:  []string{"conversation.reopened #1 by Ann"},
		}, {
			name:  "reopening what is active has no effect",
			given: []step{kiraWrites},
			when:  func(o *office) (protocol.Accepted, error) { return o.ann.reopens(1) },
			want:  []string{},
		}, {
			name:  "reopening is refused while another of the thread is active",
			given: []step{kiraWrites, eveCloses, kiraWrites},
			when:  func(o *office) (protocol.Accepted, error) { return o.eve.reopens(1) },
			code:  "conflict active=2",
		}, {
			name:  "another visitor's active conversation does not matter",
			given: []step{kiraWrites, eveCloses, func(o *office) (protocol.Accepted, error) { return o.lev.says("hi") }},
			when:  func(o *office) (protocol.Accepted, error) { return o.eve.reopens(1) },
			want:  []string{"conversation.reopened #1 by Eve"},
		}, {
			name:  "reopening what a deactivated operator had leaves it to nobody",
			given: []step{kiraWrites, annReplies, eveCloses, annLeaves},
			when:  func(o *office) (protocol.Accepted, error) { return o.eve.reopens(1) },
			want:  []string{"conversation.reopened #1 by Eve", "conversation.assigned #1 by Eve: Ann → "},
		}, {
			name:  "an administrator assigns",
			given: []step{kiraWrites, annReplies},
			when:  eveGives(1, toBob),
			want:  []string{"conversation.assigned #1 by Eve: Ann → Bob"},
		}, {
			name:  "the assignee passes it on",
			given: []step{kiraWrites, annReplies},
			when:  func(o *office) (protocol.Accepted, error) { return o.ann.assigns(1, o.bob) },
			want:  []string{"conversation.assigned #1 by Ann: Ann → Bob"},
		}, {
			name:  "the assignee lets go",
			given: []step{kiraWrites, annReplies},
			when:  func(o *office) (protocol.Accepted, error) { return o.ann.assigns(1, toNobody(o)) },
			want:  []string{"conversation.assigned #1 by Ann: Ann → "},
		}, {
			name:  "anyone may give away what nobody has",
			given: []step{kiraWrites},
			when:  func(o *office) (protocol.Accepted, error) { return o.ann.assigns(1, o.bob) },
			want:  []string{"conversation.assigned #1 by Ann:  → Bob"},
		}, {
			name:  "nobody else may take it",
			given: []step{kiraWrites, annReplies},
			when:  func(o *office) (protocol.Accepted, error) { return o.bob.assigns(1, o.bob) },
			code:  "forbidden",
		}, {
			name:  "anyone may take over from a bot",
			given: []step{kiraWrites, eveGives(1, toRobot)},
			when:  func(o *office) (protocol.Accepted, error) { return o.ann.assigns(1, o.ann) },
			want:  []string{"conversation.assigned #1 by Ann: Robot → Ann"},
		}, {
			name:  "nobody may give a bot's to another",
			given: []step{kiraWrites, eveGives(1, toRobot)},
			when:  func(o *office) (protocol.Accepted, error) { return o.ann.assigns(1, o.bob) },
			code:  "forbidden",
		}, {
			name:  "a former assignee may not take over from a bot what they may not read",
			given: []step{kiraWrites, annReplies, eveGives(1, toRobot)},
			when:  func(o *office) (protocol.Accepted, error) { return o.ann.assigns(1, o.ann) },
			code:  "forbidden",
		}, {
			name:  "assigning to the same has no effect",
			given: []step{kiraWrites, annReplies},
			when:  eveGives(1, toAnn),
			want:  []string{},
		}, {
			name:  "assigning to nobody what nobody has has no effect",
			given: []step{kiraWrites},
			when:  eveGives(1, toNobody),
			want:  []string{},
		}, {
			name:  "assigning to somebody who was deactivated",
			given: []step{kiraWrites, annLeaves},
			when:  eveGives(1, toAnn),
			code:  "invalid field=assignee",
		}, {
			name:  "assigning to somebody who never was",
			given: []step{kiraWrites},
			when:  eveGives(1, func(o *office) person { return o.lev }),
			code:  "invalid field=assignee",
		}, {
			name:  "a bot assigns",
			given: []step{kiraWrites, annReplies},
			when:  func(o *office) (protocol.Accepted, error) { return o.robot.assigns(1, o.bob) },
			want:  []string{"conversation.assigned #1 by bot: Ann → Bob"},
		}, {
			name:  "a deactivated operator's commands are refused, whatever their connection believes",
			given: []step{kiraWrites, annReplies, annLeaves},
			when:  func(o *office) (protocol.Accepted, error) { return o.ann.replies(1, "still here") },
			code:  "unauthorized",
		}, {
			name:  "a deactivated bot's commands are refused",
			given: []step{kiraWrites, func(o *office) (protocol.Accepted, error) { return o.eve.deactivates(o.robot) }},
			when:  func(o *office) (protocol.Accepted, error) { return o.robot.replies(1, "beep") },
			code:  "unauthorized",
		}, {
			name:  "somebody without an account is refused",
			given: []step{kiraWrites},
			when: func(o *office) (protocol.Accepted, error) {
				o.ann.call.By.ID = o.newID()
				return o.ann.closes(1)
			},
			code: "unauthorized",
		}, {
			name: "an administrator who no longer is one is refused",
			given: []step{func(o *office) (protocol.Accepted, error) {
				o.eve.must(o.eve.do(protocol.KindRoleChange, &protocol.RoleChange{Operator: o.ann.id(), Role: protocol.RoleAdmin}))
				return o.eve.do(protocol.KindRoleChange, &protocol.RoleChange{Operator: o.eve.id(), Role: protocol.RoleOperator})
			}},
			when: func(o *office) (protocol.Accepted, error) { return o.eve.deactivates(o.bob) },
			code: "forbidden",
		}, {
			name:  "deactivating frees what is not closed and keeps what is",
			given: []step{kiraWrites, annReplies, eveCloses, kiraWrites, eveGives(2, toAnn), func(o *office) (protocol.Accepted, error) { return o.lev.says("hi") }, eveGives(3, toAnn)},
			when:  annLeaves,
			want: []string{"operator.deactivated by Eve", "conversation.assigned #2 by Eve: Ann → ",
				"conversation.assigned #3 by Eve: Ann → "},
		}, {
			name:  "activating gives no conversation back",
			given: []step{kiraWrites, annReplies, annLeaves},
			when:  func(o *office) (protocol.Accepted, error) { return o.eve.activates(o.ann) },
			want:  []string{"operator.activated by Eve"},
		}, {
			name: "the last administrator cannot leave",
			when: func(o *office) (protocol.Accepted, error) { return o.eve.deactivates(o.eve) },
			code: "conflict last_administrator",
		}, {
			name: "the last administrator keeps the role",
			when: func(o *office) (protocol.Accepted, error) {
				return o.eve.do(protocol.KindRoleChange, &protocol.RoleChange{Operator: o.eve.id(), Role: protocol.RoleOperator})
			},
			code: "conflict last_administrator",
		}, {
			name:  "deactivating twice has no second effect",
			given: []step{annLeaves},
			when:  annLeaves,
			want:  []string{},
		}, {
			name: "an invitation",
			when: func(o *office) (protocol.Accepted, error) {
				return o.eve.do(protocol.KindOperatorInvite, &protocol.OperatorInvite{Name: "Dan", Email: "Dan@Example.com", Role: protocol.RoleOperator})
			},
			want: []string{"operator.invited by Eve"},
		}, {
			name: "an address has one account",
			when: func(o *office) (protocol.Accepted, error) {
				return o.eve.do(protocol.KindOperatorInvite, &protocol.OperatorInvite{Name: "Ann", Email: " ANN@example.com", Role: protocol.RoleOperator})
			},
			code: "conflict field=email",
		}, {
			name: "an operator invites nobody, also past Decode",
			when: func(o *office) (protocol.Accepted, error) {
				return o.ann.run("", &protocol.OperatorInvite{Name: "Dan", Email: "dan@example.com", Role: protocol.RoleOperator})
			},
			code: "forbidden",
		}, {
			name: "a new link for a colleague leaves no trace in the log",
			when: func(o *office) (protocol.Accepted, error) { return o.eve.links(o.ann) },
			want: []string{},
		}, {
			name: "a bot has no links",
			when: func(o *office) (protocol.Accepted, error) { return o.eve.links(o.robot) },
			code: "invalid field=operator",
		}, {
			name:  "nor has who was deactivated",
			given: []step{annLeaves},
			when:  func(o *office) (protocol.Accepted, error) { return o.eve.links(o.ann) },
			code:  "conflict deactivated",
		}, {
			name: "nobody makes one for themselves",
			when: func(o *office) (protocol.Accepted, error) { return o.eve.links(o.eve) },
			code: "forbidden self",
		}, {
			name: "an operator gives nobody a link, also past Decode",
			when: func(o *office) (protocol.Accepted, error) {
				return o.ann.run("", &protocol.OperatorLink{Operator: o.bob.id()})
			},
			code: "forbidden",
		}, {
			name: "an operator makes no channel, also past Decode",
			when: func(o *office) (protocol.Accepted, error) {
				return o.ann.run("", &protocol.ChannelCreate{Looks: protocol.Looks{Name: "Mine", Color: "#000000"}})
			},
			code: "forbidden right=settings",
		}, {
			name: "a channel is changed",
			when: func(o *office) (protocol.Accepted, error) {
				return o.eve.do(protocol.KindChannelChange, &protocol.ChannelChange{Channel: o.channel, Looks: protocol.Looks{Name: "New", Color: "#FFFFFF"}})
			},
			want: []string{"channel.set by Eve"},
		}, {
			name: "a channel that does not exist is not changed",
			when: func(o *office) (protocol.Accepted, error) {
				return o.eve.do(protocol.KindChannelChange, &protocol.ChannelChange{Channel: protocol.ChannelID(o.newID()), Looks: protocol.Looks{Name: "New", Color: "#FFFFFF"}})
			},
			code: "not_found",
		}, {
			name: "the same name again has no effect",
			when: func(o *office) (protocol.Accepted, error) {
				return o.ann.do(protocol.KindProfileChange, &protocol.ProfileChange{Name: " Ann "})
			},
			want: []string{},
		}, {
			name: "another name",
			when: func(o *office) (protocol.Accepted, error) {
				return o.ann.do(protocol.KindProfileChange, &protocol.ProfileChange{Name: "Anna"})
			},
			want: []string{"profile.set by Ann"},
		}, {
			name: "a visit of somebody who never wrote is not kept",
			when: func(o *office) (protocol.Accepted, error) {
				return o.kira.do(protocol.KindVisitorVisit, &protocol.VisitorVisit{URL: "https://shop.example/hats"})
			},
			want: []string{},
		}, {
			name:  "a visit to another page",
			given: []step{kiraWrites},
			when: func(o *office) (protocol.Accepted, error) {
				return o.kira.do(protocol.KindVisitorVisit, &protocol.VisitorVisit{URL: "https://shop.example/hats"})
			},
			want: []string{"visitor.visited by visitor"},
		}, {
			name:  "the same page soon after is no visit",
			given: []step{kiraWrites},
			when: func(o *office) (protocol.Accepted, error) {
				return o.kira.do(protocol.KindVisitorVisit, &protocol.VisitorVisit{URL: "https://shop.example/boots"})
			},
			want: []string{},
		}, {
			name:  "the same page half an hour later is one",
			given: []step{kiraWrites, eveCloses}, // so that nothing ends by itself
			when: func(o *office) (protocol.Accepted, error) {
				o.clock.Add(31 * 60 * 1000)
				return o.kira.do(protocol.KindVisitorVisit, &protocol.VisitorVisit{URL: "https://shop.example/boots"})
			},
			want: []string{"visitor.visited by visitor"},
		}, {
			name:  "a bot that administers does not keep the last administrator's place",
			given: []step{administers(func(o *office) person { return o.robot })},
			when:  func(o *office) (protocol.Accepted, error) { return o.eve.deactivates(o.eve) },
			code:  "conflict last_administrator",
		}, {
			name:  "nor does an administrator who was deactivated",
			given: []step{administers(toAnn), annLeaves},
			when:  func(o *office) (protocol.Accepted, error) { return o.eve.deactivates(o.eve) },
			code:  "conflict last_administrator",
		}, {
			name:  "one of two administrators may leave",
			given: []step{administers(toAnn)},
			when:  func(o *office) (protocol.Accepted, error) { return o.eve.deactivates(o.eve) },
			want:  []string{"operator.deactivated by Eve"},
		}, {
			name:  "a visitor's receipt",
			given: []step{kiraWrites, annReplies},
			when:  func(o *office) (protocol.Accepted, error) { return o.kira.reads(0, o.last(), 0) },
			want:  []string{"receipt.advanced by visitor: visitor has 6, read 0"},
		}, {
			name:  "a receipt beyond the newest item is cut",
			given: []step{kiraWrites, annReplies},
			when:  func(o *office) (protocol.Accepted, error) { return o.kira.reads(0, 0, 1<<60) },
			want:  []string{"receipt.advanced by visitor: visitor has 6, read 6"},
		}, {
			name:  "a receipt that is behind has no effect",
			given: []step{kiraWrites, annReplies, func(o *office) (protocol.Accepted, error) { return o.kira.reads(0, o.last(), o.last()) }},
			when:  func(o *office) (protocol.Accepted, error) { return o.kira.reads(0, o.last()-2, 3) },
			want:  []string{},
		}, {
			name:  "a second operator's receipt shows the visitor nothing new and is no event",
			given: []step{kiraWrites, annReplies},
			when:  func(o *office) (protocol.Accepted, error) { return o.bob.reads(1, o.last(), o.last()) },
			want:  []string{},
		}, {
			name:  "a receipt in a conversation that one may not read",
			given: []step{kiraWrites, annReplies, eveGives(1, toBob)},
			when:  func(o *office) (protocol.Accepted, error) { return o.ann.reads(1, 9, 9) },
			code:  "forbidden",
		}, {
			name: "a command that no side has",
			when: func(o *office) (protocol.Accepted, error) { return o.eve.run("", &protocol.Ping{}) },
			code: "forbidden rule=sender",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t, nil)
			for i, do := range tc.given {
				if _, err := do(o); err != nil {
					t.Fatalf("given %d: %v", i+1, err)
				}
			}
			before := o.last()
			a, err := tc.when(o)
			if got := answer(err); got != tc.code {
				t.Fatalf("answered %q, want %q", got, tc.code)
			}
			if err != nil {
				tc.want = []string{}
			}
			got := o.since(before)
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("want - got +:\n%s", diff)
			}
			if err == nil && len(got) > 0 && a.Position != o.last() {
				t.Errorf("answered position %d, want that of the last event, %d", a.Position, o.last())
			}
			checkInvariants(t, o)
		})
	}
}
