package desk_test

import (
	"testing"

	"beseda/protocol"
)

func TestDecideMessage(t *testing.T) {
	t.Parallel()
	decides(t, []decision{
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
		},
	})
}

func TestDecideReply(t *testing.T) {
	t.Parallel()
	decides(t, []decision{
		{
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
		},
	})
}
