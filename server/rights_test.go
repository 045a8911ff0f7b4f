package server

import (
	"net/http"
	"slices"
	"testing"

	"beseda/protocol"
	"beseda/server/session/line"
)

// Access that policies take away, while somebody looks.

// TestAPolicyTakesAConversationOffEveryScreen walks each policy that decides who reads, from the moment on which it
// takes Bob's right, and to the one on which it gives it back.
func TestAPolicyTakesAConversationOffEveryScreen(t *testing.T) {
	t.Parallel()
	type change func(h *house)
	set := func(key, value string) change { return func(h *house) { setPolicy(h, key, value) } }
	inChannel := func(key, value string) change {
		return func(h *house) {
			h.asAnn(&protocol.PolicyChange{Channel: h.channel, Values: []protocol.PolicyValue{{Key: key, Value: value}}})
		}
	}
	assign := func(to func(h *house) protocol.OperatorID) change {
		return func(h *house) { h.asAnn(&protocol.ConversationAssign{Conversation: 1, Assignee: to(h)}) }
	}
	ann := func(h *house) protocol.OperatorID { return h.ann }
	bobs := func(h *house) protocol.OperatorID { return h.bob }
	nobody := func(*house) protocol.OperatorID { return "" }
	for name, c := range map[string]struct {
		before     []change
		take, give change
	}{
		"access.read of the workspace":        {[]change{assign(ann)}, set("access.read", "assigned"), set("access.read", "team")},
		"access.read of its channel":          {[]change{assign(ann)}, inChannel("access.read", "assigned"), inChannel("access.read", "team")},
		"access.read, and then nobody has it": {[]change{assign(ann)}, set("access.read", "assigned"), assign(nobody)},
		"access.read, and then Bob has it":    {[]change{assign(ann)}, set("access.read", "assigned"), assign(bobs)},
		"a preset": {[]change{assign(ann)}, func(h *house) { h.asAnn(&protocol.PolicyChange{Preset: protocol.PresetRetail}) },
			func(h *house) { h.asAnn(&protocol.PolicyChange{Preset: protocol.PresetOmni}) }},
		"reassignment": {[]change{assign(bobs)}, assign(ann), set("reassign.previous_can_read", "true")},
		"reassign.previous_can_read": {[]change{set("reassign.previous_can_read", "true"), assign(bobs), assign(ann)},
			set("reassign.previous_can_read", "false"), set("reassign.previous_can_read", "true")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := open(t)
			kira, w := h.visitor("")
			file := h.upload(t, h.fromWidget(w.VisitorKey), "boot.png", tinyPNG)
			at := h.say(kira, 0, "see here", file.ID).Position
			for _, change := range c.before {
				change(h)
			}
			cookie := h.cookieOf(h.bob)
			bob := h.dial(line.Options{Cookie: cookie})
			if _, err := bob.Hello(h.ctx(), protocol.Hello{}); err != nil {
				t.Fatal(err)
			}
			watch(t, h, bob, 1)
			h.settle(bob)
			bob.Take()

			c.take(h)
			in := body[protocol.Inbox](t, h.wait(bob, gone(t, 1)))
			if in.Active != 0 || in.All != 0 || in.Unread != 0 {
				t.Errorf("Bob still counts %+v", in)
			}
			h.settle(bob)
			bob.Take()
			h.say(kira, 0, "SECRET")
			react(h, kira, 0, at, "👍")
			h.ask(kira, protocol.KindTypingStart, &protocol.TypingStart{})
			h.ask(kira, protocol.KindVisitorVisit, &protocol.VisitorVisit{URL: "https://shop.example/SECRET"})
			annLine, _ := h.operator(h.ann)
			inboxOf(t, h, annLine) // of all, since it is closed
			h.ask(annLine, protocol.KindNoteAdd, &protocol.NoteAdd{Conversation: 1, Text: "SECRET"})
			h.ask(annLine, protocol.KindSubjectChange, &protocol.SubjectChange{Conversation: 1, Subject: "SECRET"})
			closes(h, annLine, 1)
			nextRow(t, h, annLine, 1) // lists were told
			h.settle(bob)
			for _, f := range bob.Take() {
				if mentions(t, f, 1, "SECRET") {
					t.Errorf("Bob hears %s", f.Kind)
				}
			}
			h.refused(bob, protocol.KindConversationWatch, &protocol.ConversationWatch{Conversation: 1}, protocol.CodeForbidden)
			h.refused(bob, protocol.KindHistoryRead, &protocol.HistoryRead{Conversation: 1}, protocol.CodeForbidden)
			h.refused(bob, protocol.KindNoteAdd, &protocol.NoteAdd{Conversation: 1, Text: "x"}, protocol.CodeForbidden)
			h.refused(bob, protocol.KindReactionAdd, &protocol.ReactionAdd{Conversation: 1, Position: at, Emoji: "👍"}, protocol.CodeForbidden)
			if in := inboxOf(t, h, bob); len(in.Rows) != 0 || in.All != 0 {
				t.Errorf("Bob's list is %+v", in)
			}
			for _, ev := range allEvents(t, h, bob, protocol.EventsRead{}) {
				if mentions(t, ev, 1, "SECRET") {
					t.Errorf("Bob's event list has %s", ev.Kind)
				}
			}
			if res := h.request("GET", "/files/"+string(file.ID), nil, h.fromConsole(cookie)); res.StatusCode != http.StatusForbidden {
				t.Errorf("Bob gets the file: %s", res.Status)
			}

			c.give(h)
			if row := nextRow(t, h, bob, 1); row.Subject != "SECRET" {
				t.Errorf("given back, the row is %+v", row)
			}
			if page := watch(t, h, bob, 1); len(texts(t, page.Items)) != 2 {
				t.Errorf("given back, the page is %q", texts(t, page.Items))
			}
		})
	}
}

func TestACountDoesNotTellOfConversationsThatOneMayNotRead(t *testing.T) {
	t.Parallel()
	h, _, ann := chain(t)
	if row := rowOf(h, ann, 3); row.Started != 3 {
		t.Errorf("STT-01: Kira's count is %d", row.Started)
	}
	setPolicy(h, "access.read", "assigned")
	h.asAnn(&protocol.ConversationAssign{Conversation: 1, Assignee: h.ann})
	h.asAnn(&protocol.ConversationAssign{Conversation: 2, Assignee: h.ann})
	bob, _ := h.operator(h.bob)
	if row := rowOf(h, bob, 3); row.Started != 1 {
		t.Errorf("Bob may read one and is told of %d", row.Started)
	}
	if row := rowOf(h, ann, 3); row.Started != 3 {
		t.Errorf("Ann may read all and is told of %d", row.Started)
	}
}

// TestASG01EverybodyKnowsWhoMayHaveAConversationOfAnyChannel tells operators what their window of colleagues needs: who
// stands above teams, not what groups there are.
func TestASG01EverybodyKnowsWhoMayHaveAConversationOfAnyChannel(t *testing.T) {
	t.Parallel()
	h := open(t)
	zoe := h.hire("Zoe", "zoe@example.com", protocol.RoleOperator, false)
	carl := h.hire("Carl", "carl@example.com", protocol.RoleOperator, false)
	h.asAnn(&protocol.TeamChange{Channel: h.channel, Operators: []protocol.OperatorID{h.bob}})
	h.asAnn(&protocol.RoleChange{Operator: zoe, Role: protocol.RoleOperator, Group: protocol.GroupChatAdmins})
	everywhere := func(team protocol.Team) (ids []protocol.OperatorID) {
		for _, o := range team.Operators {
			if o.Everywhere {
				ids = append(ids, o.ID)
			}
		}
		slices.Sort(ids)
		return ids
	}
	both := []protocol.OperatorID{h.ann, zoe}
	slices.Sort(both) // by their ids, which the same millisecond may have given
	kira, _ := h.visitor("")
	h.say(kira, 0, "hello")
	bob, w := h.operator(h.bob)
	if got := everywhere(w.Team); !slices.Equal(got, both) || len(w.Team.Groups) != 0 {
		t.Errorf("Bob is told that %v stand above teams, and of %v", got, w.Team.Groups)
	}
	h.refused(bob, protocol.KindConversationAssign, &protocol.ConversationAssign{Conversation: 1, Assignee: carl}, protocol.CodeInvalid)
	h.ask(bob, protocol.KindConversationAssign, &protocol.ConversationAssign{Conversation: 1, Assignee: zoe})
	h.asAnn(&protocol.RoleChange{Operator: zoe, Role: protocol.RoleOperator})
	h.wait(bob, func(f protocol.Frame) bool {
		return f.Kind == protocol.KindTeam && slices.Equal(everywhere(body[protocol.Team](t, f)), []protocol.OperatorID{h.ann})
	})
}
