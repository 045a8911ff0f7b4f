package server

import (
	"fmt"
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/server/engine"
	"beseda/server/session/line"
	"beseda/store"
)

// The matrix of rights: every command of the registry, for everybody, in conversations of all kinds. A command without a
// row fails the test.

// cell is one asking: who asks, and for which conversation.
type cell struct {
	h    *house
	n    protocol.Number
	last protocol.Position // its visitor's message
	in   protocol.ThreadID
	to   protocol.OperatorID // a colleague of the team
	// spare is an operator whom nobody minds losing, group a group without members, tag a tag.
	spare protocol.OperatorID
	group protocol.GroupID
	tag   protocol.TagID
}

// right is a row. Each column has a letter per conversation: one's own, a colleague's, nobody's; a single letter where
// the command is about no conversation.
//
//   - nothing is amiss with the right: it is accepted, or refused for another reason
//   - forbidden      a  not_assigned      0  not_found      .  there is no such case
type right struct {
	kind protocol.Kind
	body func(c *cell) protocol.Body
	// May: administrator, chat administrator, one with all single rights, an operator as they are at first, one without
	// any right, one outside the channel's team, a bot, a visitor.
	may string
}

// adm chat all op  none out bot visitor
const (
	readers = "+++ +++ +++ +++ +++ +-- +++ ..." // whoever reads it
	writers = "+++ +++ +-+ +-+ +-+ +-- +++ ..." // whoever may reply there
	enders  = "+++ +++ +-+ +-+ --- +-- +++ ..." // of them, who has the right to close
	admins  = "+   -   -   -   -   -   -   -  "
	setters = "+   -   +   -   -   -   -   -  " // who has the right to settings, people only
	all     = "+   +   +   +   +   +   +   -  " // the team
	persons = "+   +   +   +   +   +   -   -  "
)

var matrix = []right{
	{protocol.KindMessageSend, func(c *cell) protocol.Body { return &protocol.MessageSend{Conversation: c.n, Text: "x"} },
		"+++ +++ +a+ +a+ +a+ +aa +++ +0."},
	{protocol.KindReceiptAdvance, func(c *cell) protocol.Body {
		return &protocol.ReceiptAdvance{Conversation: c.n, Delivered: c.last, Read: c.last}
	}, "+++ +++ +++ +++ +++ +-- +++ ++."},
	{protocol.KindTypingStart, func(c *cell) protocol.Body { return &protocol.TypingStart{Conversation: c.n} },
		"+++ +++ +-+ +-+ +-+ +-- +++ ++."},
	{protocol.KindTypingStop, func(c *cell) protocol.Body { return &protocol.TypingStop{Conversation: c.n} },
		"+++ +++ +-+ +-+ +-+ +-- +++ ++."},
	{protocol.KindVisitorVisit, func(*cell) protocol.Body { return &protocol.VisitorVisit{URL: "https://shop.example/"} },
		"-   -   -   -   -   -   -   +  "},
	{protocol.KindHistoryRead, func(c *cell) protocol.Body { return &protocol.HistoryRead{Conversation: c.n} },
		"+++ +++ +++ +++ +++ +-- +++ ++."},
	{protocol.KindConversationWatch, func(c *cell) protocol.Body { return &protocol.ConversationWatch{Conversation: c.n} },
		ofTeam(readers)},
	{protocol.KindConversationLeave, func(c *cell) protocol.Body { return &protocol.ConversationLeave{Conversation: c.n} },
		"+++ +++ +++ +++ +++ +++ +++ --."},
	{protocol.KindConversationClose, func(c *cell) protocol.Body { return &protocol.ConversationClose{Conversation: c.n} },
		"+++ +++ +-+ +-+ --- +-- +++ +0."},
	{protocol.KindConversationComplete, func(c *cell) protocol.Body {
		return &protocol.ConversationComplete{Conversation: c.n, Status: protocol.Pending}
	}, ofTeam(enders)},
	{protocol.KindConversationReopen, func(c *cell) protocol.Body { return &protocol.ConversationReopen{Conversation: c.n} }, ofTeam(enders)},
	{protocol.KindStatusChange, func(c *cell) protocol.Body {
		return &protocol.StatusChange{Conversation: c.n, Status: protocol.Pending}
	}, ofTeam(enders)},
	{protocol.KindConversationAssign, func(c *cell) protocol.Body {
		return &protocol.ConversationAssign{Conversation: c.n, Assignee: c.to}
	}, "+++ +++ +++ +-+ +-+ +-- +++ --."},
	{protocol.KindConversationStart, func(c *cell) protocol.Body { return &protocol.ConversationStart{Thread: c.in, Text: "x"} },
		"+++ +++ +++ +++ +++ --- --- --."},
	{protocol.KindConversationMerge, func(c *cell) protocol.Body {
		return &protocol.ConversationMerge{Conversation: c.n, Into: c.n - 1}
	}, "+++ +++ +-+ +-+ +-+ --- +++ --."}, // who writes here and reads there
	{protocol.KindMessagesSplit, func(c *cell) protocol.Body {
		return &protocol.MessagesSplit{Conversation: c.n, From: c.last}
	}, ofTeam(writers)},
	{protocol.KindCompletionPostpone, func(c *cell) protocol.Body { return &protocol.CompletionPostpone{Conversation: c.n} }, ofTeam(writers)},
	{protocol.KindReplyWaive, func(c *cell) protocol.Body { return &protocol.ReplyWaive{Conversation: c.n, Last: c.last} }, ofTeam(writers)},
	{protocol.KindSubjectChange, func(c *cell) protocol.Body {
		return &protocol.SubjectChange{Conversation: c.n, Subject: "x"}
	}, ofTeam(writers)},
	{protocol.KindNoteAdd, func(c *cell) protocol.Body { return &protocol.NoteAdd{Conversation: c.n, Text: "x"} }, ofTeam(readers)},
	{protocol.KindReactionAdd, func(c *cell) protocol.Body {
		return &protocol.ReactionAdd{Conversation: c.n, Position: c.last, Emoji: "👍"}
	}, "+++ +++ +-+ +-+ +-+ +-- +++ +0."},
	{protocol.KindReactionWithdraw, func(c *cell) protocol.Body {
		return &protocol.ReactionWithdraw{Conversation: c.n, Position: c.last, Emoji: "👍"}
	}, "+++ +++ +-+ +-+ +-+ +-- +++ +0."},
	{protocol.KindContactTagAdd, func(c *cell) protocol.Body { return &protocol.ContactTagAdd{Conversation: c.n, Tag: c.tag} }, ofTeam(readers)},
	{protocol.KindContactTagRemove, func(c *cell) protocol.Body {
		return &protocol.ContactTagRemove{Conversation: c.n, Tag: c.tag}
	}, ofTeam(readers)},
	{protocol.KindContactChange, func(c *cell) protocol.Body {
		return &protocol.ContactChange{Conversation: c.n, Name: "Kira"}
	}, ofTeam(writers)},
	{protocol.KindContactBlock, func(c *cell) protocol.Body { return &protocol.ContactBlock{Conversation: c.n} },
		"+++ +++ +++ +++ --- +-- +++ --."},
	{protocol.KindContactUnblock, func(c *cell) protocol.Body { return &protocol.ContactUnblock{Conversation: c.n} },
		"+++ +++ +++ +++ --- +-- +++ --."},
	{protocol.KindUnreadMark, func(c *cell) protocol.Body { return &protocol.UnreadMark{Conversation: c.n} }, ofTeam(readers)},
	{protocol.KindUnreadClear, func(c *cell) protocol.Body { return &protocol.UnreadClear{Conversation: c.n} }, ofTeam(readers)},
	{protocol.KindDraftSave, func(c *cell) protocol.Body { return &protocol.DraftSave{Conversation: c.n, Text: "x"} },
		"+++ +++ +++ +++ +++ +-- --- --."},
	{protocol.KindConversationDelete, func(c *cell) protocol.Body { return &protocol.ConversationDelete{Conversation: c.n} },
		"+++ +++ +++ --- --- --- --- --."},

	{protocol.KindPing, func(*cell) protocol.Body { return &protocol.Ping{} }, "+   +   +   +   +   +   +   +  "},
	{protocol.KindConversationsRead, func(*cell) protocol.Body { return &protocol.ConversationsRead{} },
		"-   -   -   -   -   -   -   +  "},
	{protocol.KindInboxRead, func(*cell) protocol.Body { return &protocol.InboxRead{} }, all},
	{protocol.KindInboxLook, func(*cell) protocol.Body { return &protocol.InboxLook{Lens: 1} }, all},
	{protocol.KindInboxPick, func(*cell) protocol.Body { return &protocol.InboxPick{} }, all},
	{protocol.KindEventsRead, func(*cell) protocol.Body { return &protocol.EventsRead{} }, all},
	{protocol.KindPoliciesRead, func(*cell) protocol.Body { return &protocol.PoliciesRead{} }, all},
	{protocol.KindWorkloadRead, func(*cell) protocol.Body { return &protocol.WorkloadRead{} }, all},
	{protocol.KindQuickRepliesRead, func(*cell) protocol.Body { return &protocol.QuickRepliesRead{} }, all},
	{protocol.KindConversationsChange, func(c *cell) protocol.Body { // refused or not for each pick, never as a whole
		return &protocol.ConversationsChange{Picks: []protocol.Pick{{Number: c.n}}, Act: protocol.ActMark}
	}, all},
	{protocol.KindProfileChange, func(*cell) protocol.Body { return &protocol.ProfileChange{Name: "Somebody"} }, persons},
	{protocol.KindPolicyChange, func(*cell) protocol.Body {
		return &protocol.PolicyChange{Values: []protocol.PolicyValue{{Key: "split.enabled", Value: "false"}}}
	}, setters},
	{protocol.KindChannelCreate, func(*cell) protocol.Body {
		return &protocol.ChannelCreate{Looks: protocol.Looks{Name: "x", Color: "#112233"}}
	}, setters},
	{protocol.KindChannelChange, func(c *cell) protocol.Body {
		return &protocol.ChannelChange{Channel: c.h.channel, Looks: protocol.Looks{Name: "Acme shop", Color: "#0a6a78"}, AnySite: true}
	}, setters},
	{protocol.KindTagCreate, func(*cell) protocol.Body { return &protocol.TagCreate{Name: newID(), Color: "rose"} }, all},
	{protocol.KindTagChange, func(c *cell) protocol.Body { return &protocol.TagChange{Tag: c.tag, Name: newID(), Color: "sky"} },
		"+   -   +   -   -   -   -   -  "},
	{protocol.KindTagDelete, func(c *cell) protocol.Body { return &protocol.TagDelete{Tag: protocol.TagID(newID())} },
		"0   -   0   -   -   -   -   -  "},
	{protocol.KindViewCreate, func(*cell) protocol.Body { return &protocol.ViewCreate{Name: newID(), Shared: true} }, setters},
	{protocol.KindViewChange, func(*cell) protocol.Body {
		return &protocol.ViewChange{View: protocol.ViewID(newID()), Name: "x"}
	}, "0   0   0   0   0   0   -   -  "},
	{protocol.KindViewDelete, func(*cell) protocol.Body { return &protocol.ViewDelete{View: protocol.ViewID(newID())} },
		"0   0   0   0   0   0   -   -  "},
	{protocol.KindQuickReplyCreate, func(*cell) protocol.Body {
		return &protocol.QuickReplyCreate{Name: newID(), Text: "x", Shared: true}
	}, setters},
	{protocol.KindQuickReplyChange, func(*cell) protocol.Body {
		return &protocol.QuickReplyChange{QuickReply: protocol.QuickReplyID(newID()), Name: "x", Text: "x"}
	}, "0   0   0   0   0   0   -   -  "},
	{protocol.KindQuickReplyDelete, func(*cell) protocol.Body {
		return &protocol.QuickReplyDelete{QuickReply: protocol.QuickReplyID(newID())}
	}, "0   0   0   0   0   0   -   -  "},
	{protocol.KindQuickReplyUse, func(*cell) protocol.Body {
		return &protocol.QuickReplyUse{QuickReply: protocol.QuickReplyID(newID())}
	}, "0   0   0   0   0   0   -   -  "},
	{protocol.KindOperatorInvite, func(*cell) protocol.Body {
		return &protocol.OperatorInvite{Name: "x", Email: strings.ToLower(newID()) + "@example.com", Role: protocol.RoleOperator}
	}, admins},
	{protocol.KindOperatorLink, func(c *cell) protocol.Body { return &protocol.OperatorLink{Operator: c.spare} }, admins},
	{protocol.KindOperatorDeactivate, func(c *cell) protocol.Body { return &protocol.OperatorDeactivate{Operator: c.spare} }, admins},
	{protocol.KindOperatorActivate, func(c *cell) protocol.Body { return &protocol.OperatorActivate{Operator: c.spare} }, admins},
	{protocol.KindRoleChange, func(c *cell) protocol.Body {
		return &protocol.RoleChange{Operator: c.spare, Role: protocol.RoleOperator, Group: c.group}
	}, admins},
	{protocol.KindGroupCreate, func(*cell) protocol.Body { return &protocol.GroupCreate{Name: newID()} }, admins},
	{protocol.KindGroupChange, func(c *cell) protocol.Body { return &protocol.GroupChange{Group: c.group, Name: newID()} }, admins},
	{protocol.KindGroupDelete, func(*cell) protocol.Body { return &protocol.GroupDelete{Group: protocol.GroupID(newID())} },
		"0   -   -   -   -   -   -   -  "},
	{protocol.KindTeamChange, func(*cell) protocol.Body { return &protocol.TeamChange{Channel: protocol.ChannelID(newID())} },
		"0   -   -   -   -   -   -   -  "},
	{protocol.KindAuditRead, func(*cell) protocol.Body { return &protocol.AuditRead{} }, admins},
}

// ofTeam completes a row that is nothing to visitors.
func ofTeam(may string) string { return strings.TrimSuffix(may, "...") + "--." }

// asker is somebody of a column; own is their account, empty for a visitor.
type asker struct {
	name string
	line *line.Line
	own  protocol.OperatorID
}

func TestEveryCommandAsksForItsRight(t *testing.T) {
	t.Parallel()
	listed := map[protocol.Kind]bool{protocol.KindHello: true} // which makes a connection: see TestWhoIsNobodyAsksNothing
	for _, row := range matrix {
		if listed[row.kind] {
			t.Errorf("%s has two rows", row.kind)
		}
		listed[row.kind] = true
	}
	for e := range protocol.Entries() {
		if e.Direction == protocol.Command && !listed[e.Kind] {
			t.Errorf("%s has no row in the matrix of rights", e.Kind)
		}
	}
	h := open(t)
	chat := h.hire("Zoe", "zoe@example.com", protocol.RoleOperator, false)
	every := h.hire("Rita", "rita@example.com", protocol.RoleOperator, false)
	none := h.hire("Nick", "nick@example.com", protocol.RoleOperator, false)
	out := h.hire("Carl", "carl@example.com", protocol.RoleOperator, false)
	dan := h.hire("Dan", "dan@example.com", protocol.RoleOperator, false)
	spare := h.hire("Sam", "sam@example.com", protocol.RoleOperator, false)
	group := func(name string, rights ...protocol.Right) protocol.GroupID {
		return protocol.GroupID(h.asAnn(&protocol.GroupCreate{Name: name, Rights: rights}).Made)
	}
	single := group("Every single one", protocol.Rights[1:]...)
	empty := group("None")
	unused := group("Unused")
	for who, g := range map[protocol.OperatorID]protocol.GroupID{chat: protocol.GroupChatAdmins, every: single, none: empty} {
		h.asAnn(&protocol.RoleChange{Operator: who, Role: protocol.RoleOperator, Group: g})
	}
	h.asAnn(&protocol.TeamChange{Channel: h.channel, Operators: []protocol.OperatorID{h.bob, every, none, dan, spare}})
	tag := protocol.TagID(h.asAnn(&protocol.TagCreate{Name: "vip", Color: "rose"}).Made)

	kira, _ := h.visitor("")
	askers := []asker{}
	for _, who := range []struct {
		name string
		id   protocol.OperatorID
	}{{"an administrator", h.ann}, {"a chat administrator", chat}, {"one with every single right", every}, {"an operator", h.bob},
		{"one without any right", none}, {"one outside the team", out}} {
		l, _ := h.operator(who.id)
		askers = append(askers, asker{who.name, l, who.id})
	}
	robot, id := h.bot("Robot")
	askers = append(askers, asker{"a bot", robot, id}, asker{name: "a visitor", line: kira})

	for _, row := range matrix {
		columns := strings.Fields(row.may)
		if len(columns) != len(askers) {
			t.Fatalf("%s has %d columns", row.kind, len(columns))
		}
		got := make([]string, len(columns))
		for i, want := range columns {
			for k, letter := range want {
				if letter == '.' {
					got[i] += "."
					continue
				}
				c := h.conversationFor(kira, askers[i], k, dan)
				c.to, c.spare, c.group, c.tag = spare, spare, unused, tag
				got[i] += verdict(h, askers[i].line, row.kind, row.body(c))
				if row.kind == protocol.KindConversationWatch && askers[i].own != "" { // nobody has too many open
					h.ask(askers[i].line, protocol.KindConversationLeave, &protocol.ConversationLeave{Conversation: c.n})
				}
			}
		}
		for i := range columns {
			if got[i] != columns[i] {
				t.Errorf("%s by %s: %s, want %s", row.kind, askers[i].name, got[i], columns[i])
			}
		}
	}
}

// conversationFor makes a conversation that is somebody's own (0), a colleague's (1) or nobody's (2). A visitor's own is
// nobody's, and so is another visitor's.
func (h *house) conversationFor(kira *line.Line, who asker, k int, colleague protocol.OperatorID) *cell {
	h.t.Helper()
	l := kira
	if who.own != "" || k > 0 {
		l, _ = h.visitor("")
		defer l.Close()
	}
	first := h.say(l, 0, "first")
	h.asAnn(&protocol.ConversationClose{Conversation: first.Conversation})
	said := h.say(l, 0, "hello")
	c := &cell{h: h, n: said.Conversation, last: said.Position, in: said.Thread}
	to := who.own
	if k == 1 {
		to = colleague
	}
	if to != "" && k < 2 && who.own != "" {
		// By hand, for one who is outside the team has it only from before.
		h.must(h.Engine.Do(h.ctx(), engine.Command{Decide: func(store.Reader, int64, func() string) (out store.Outcome, _ error) {
			out.Events = []protocol.Frame{{Kind: protocol.KindConversationAssigned, Thread: c.in, Conversation: c.n,
				Actor: &protocol.Actor{Kind: protocol.ActorOperator, ID: string(h.ann), Name: "Ann"},
				Body:  protocol.EncodeBody(&protocol.ConversationAssigned{Assignee: to, AssigneeName: "x"})}}
			return out, nil
		}}))
	}
	return c
}

// verdict is the letter of an answer.
func verdict(h *house, l *line.Line, kind protocol.Kind, b protocol.Body) string {
	h.t.Helper()
	_, err := l.Do(h.ctx(), kind, b)
	switch code := codeOf(err); code {
	case "":
		if err != nil {
			return "(" + err.Error() + ")"
		}
		return "+"
	case protocol.CodeForbidden:
		return "-"
	case protocol.CodeNotAssigned:
		return "a"
	case protocol.CodeNotFound:
		return "0"
	case protocol.CodeInvalid, protocol.CodeConflict:
		return "+"
	default:
		return "(" + fmt.Sprint(err) + ")"
	}
}
