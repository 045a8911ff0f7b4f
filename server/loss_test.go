package server

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/server/session/line"
)

// Every way of losing a conversation, and every path on which it could still be read: state-machine §11.5, ASG-03.

// loss is a way in which Bob loses #1, the closed predecessor of #2.
type loss struct {
	before func(h *house)
	take   func(h *house)
	// next: Bob goes on reading #2.
	next bool
	// all: so does everybody, for #1 is erased.
	all bool
	// ends is how his connection ends with it; empty where it goes on. comes: he may come back.
	ends  protocol.Code
	comes bool
}

// losses are all of them.
func losses() map[string]loss {
	assign := func(n protocol.Number, to func(*house) protocol.OperatorID) func(*house) {
		return func(h *house) { h.asAnn(&protocol.ConversationAssign{Conversation: n, Assignee: to(h)}) }
	}
	ann, bob := func(h *house) protocol.OperatorID { return h.ann }, func(h *house) protocol.OperatorID { return h.bob }
	set := func(key, value string) func(*house) { return func(h *house) { setPolicy(h, key, value) } }
	all := func(steps ...func(*house)) func(*house) {
		return func(h *house) {
			for _, step := range steps {
				step(h)
			}
		}
	}
	role := func(role protocol.Role, group func(*house) protocol.GroupID) func(*house) {
		return func(h *house) {
			h.asAnn(&protocol.RoleChange{Operator: h.bob, Role: role, Group: group(h)})
		}
	}
	readers := func(h *house) protocol.GroupID {
		return protocol.GroupID(h.asAnn(&protocol.GroupCreate{Name: newID(), Rights: []protocol.Right{protocol.RightReadAll, protocol.RightExport}}).Made)
	}
	everybody := func(*house) protocol.GroupID { return protocol.GroupOperators }
	chats := func(*house) protocol.GroupID { return protocol.GroupChatAdmins }
	team := func(of func(*house) []protocol.OperatorID) func(*house) {
		return func(h *house) { h.asAnn(&protocol.TeamChange{Channel: h.channel, Operators: of(h)}) }
	}
	onlyAnn := func(h *house) []protocol.OperatorID { return []protocol.OperatorID{h.ann} }
	both := func(h *house) []protocol.OperatorID { return []protocol.OperatorID{h.ann, h.bob} }
	return map[string]loss{
		"reassigned":                       {before: assign(1, bob), take: assign(1, ann), next: true},
		"access.read assigned":             {before: assign(1, ann), take: set("access.read", "assigned"), next: true},
		"reassign.previous_can_read off":   {before: all(set("reassign.previous_can_read", "true"), assign(1, bob), assign(1, ann)), take: set("reassign.previous_can_read", "false"), next: true},
		"a team is named":                  {take: team(onlyAnn)},
		"out of the team":                  {before: team(both), take: team(onlyAnn)},
		"the group lost the right":         {before: all(team(onlyAnn), func(h *house) { role(protocol.RoleOperator, readers)(h) }), take: loseReading, ends: protocol.CodeGoingAway, comes: true},
		"into another group":               {before: all(team(onlyAnn), role(protocol.RoleOperator, readers)), take: role(protocol.RoleOperator, everybody), ends: protocol.CodeGoingAway, comes: true},
		"chat administrator no more":       {before: all(team(onlyAnn), role(protocol.RoleOperator, chats)), take: role(protocol.RoleOperator, everybody), ends: protocol.CodeGoingAway, comes: true},
		"administrator no more":            {before: all(team(onlyAnn), role(protocol.RoleAdmin, everybody)), take: role(protocol.RoleOperator, everybody), ends: protocol.CodeGoingAway, comes: true},
		"administrator no more, to assign": {before: all(set("access.read", "assigned"), assign(1, ann), role(protocol.RoleAdmin, everybody)), take: role(protocol.RoleOperator, everybody), ends: protocol.CodeGoingAway, comes: true, next: true},
		"deactivated": {take: func(h *house) {
			l, _ := h.operator(h.ann)
			h.ask(l, protocol.KindOperatorDeactivate, &protocol.OperatorDeactivate{Operator: h.bob})
		}, ends: protocol.CodeUnauthorized},
		"erased": {take: func(h *house) { h.asAnn(&protocol.ConversationDelete{Conversation: 1}) }, next: true, all: true},
	}
}

// loseReading leaves to the group that Bob is in the right to export alone.
func loseReading(h *house) {
	_, w := h.operator(h.ann)
	for _, g := range w.Team.Groups {
		if slices.Contains(g.Rights, protocol.RightReadAll) {
			h.asAnn(&protocol.GroupChange{Group: g.ID, Name: g.Name, Rights: []protocol.Right{protocol.RightExport}})
		}
	}
}

func TestASG03WhoLosesAConversationByWhateverWayFindsItNowhere(t *testing.T) {
	t.Parallel()
	for name, way := range losses() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := open(t)
			h.asAnn(&protocol.GroupChange{Group: protocol.GroupOperators,
				Rights: []protocol.Right{protocol.RightClose, protocol.RightBlock, protocol.RightExport}})
			kira, w := h.visitor("")
			file := h.upload(t, h.fromWidget(w.VisitorKey), "boot.png", tinyPNG)
			big := h.upload(t, h.fromWidget(w.VisitorKey), "big.txt", strings.Repeat("all of it is SECRET ", 1<<20))
			at := h.say(kira, 0, "SECRET", file.ID, big.ID).Position
			ann, _ := h.operator(h.ann)
			closes(h, ann, 1)
			h.say(kira, 0, "another matter")
			if way.before != nil {
				way.before(h)
			}
			cookie := h.cookieOf(h.bob)
			bob := h.dial(line.Options{Cookie: cookie})
			if _, err := bob.Hello(h.ctx(), protocol.Hello{}); err != nil {
				t.Fatal(err)
			}
			watch(t, h, bob, 1)
			watch(t, h, bob, 2)
			get := func(path string) *http.Response { return h.request("GET", path, nil, h.fromConsole(cookie)) }
			slow := get("/files/" + string(big.ID))
			if _, err := io.ReadFull(slow.Body, make([]byte, 1000)); err != nil {
				t.Fatal(err)
			}
			h.settle(bob)
			bob.Take()

			way.take(h)
			if way.ends != "" {
				if code := h.goodbye(bob); code != way.ends {
					t.Errorf("the connection ends with %s", code)
				}
			} else {
				h.wait(bob, gone(t, 1))
			}
			if n, err := io.Copy(io.Discard, slow.Body); err == nil || n > 15<<20 {
				t.Errorf("a download that was on its way brought %d bytes more, %v", n, err)
			}
			// What happens afterwards is told to nobody who may not hear it, nor written to a line that is over.
			if !way.all {
				if page := watch(t, h, ann, 1); len(page.Viewers) != 0 {
					t.Errorf("Ann is told that %v look at it", page.Viewers)
				}
				h.ask(ann, protocol.KindNoteAdd, &protocol.NoteAdd{Conversation: 1, Text: "SECRET note"})
				h.ask(ann, protocol.KindSubjectChange, &protocol.SubjectChange{Conversation: 1, Subject: "SECRET subject"})
				react(h, kira, 0, at, "👍")
				h.ask(ann, protocol.KindTypingStart, &protocol.TypingStart{Conversation: 1})
			}
			h.ask(kira, protocol.KindReceiptAdvance, &protocol.ReceiptAdvance{Delivered: at, Read: at})
			if way.ends == "" {
				h.settle(bob)
			}
			for _, f := range bob.Take() {
				if mentions(t, f, 1, "SECRET") && !(way.all && f.Kind == protocol.KindConversationErased) {
					t.Errorf("Bob hears %s", f.Kind)
				}
				if f.Kind == protocol.KindInbox {
					if in := body[protocol.Inbox](t, f); in.All > 1 {
						t.Errorf("he counts %+v", in)
					}
				}
			}
			if !way.comes && way.ends != "" {
				for _, path := range []string{"/files/" + string(file.ID), "/events.csv", "/session"} {
					if res := get(path); res.StatusCode != http.StatusUnauthorized {
						t.Errorf("%s answers %s", path, res.Status)
					}
				}
				back := h.dial(line.Options{Cookie: cookie})
				if _, err := back.Hello(h.ctx(), protocol.Hello{}); codeOf(err) != protocol.CodeUnauthorized {
					t.Errorf("he comes back: %v", err)
				}
				return
			}
			back := h.dial(line.Options{Cookie: cookie})
			welcome, err := back.Hello(h.ctx(), protocol.Hello{})
			if err != nil {
				t.Fatal(err)
			}
			left := 0
			if way.next {
				left = 1
			}
			if in := welcome.Operator.Inbox; in.All != left || in.Active != left || len(in.Rows) != left {
				t.Errorf("he comes back to %+v", in)
			}
			for _, l := range []*line.Line{bob, back} {
				if l == bob && way.ends != "" {
					continue
				}
				findsNothing(t, h, l, at, way)
			}
			want := http.StatusForbidden
			if way.all {
				want = http.StatusNotFound
			}
			if res := get("/files/" + string(file.ID)); res.StatusCode != want {
				t.Errorf("the file answers %s", res.Status)
			}
			for _, row := range table(t, get("/events.csv?type=message.sent&type=note.added&type=subject.set&type=receipt.advanced&type=reaction.added&type=conversation.started")) {
				if row[3] == "1" || strings.Contains(strings.Join(row, " "), "SECRET") {
					t.Errorf("the file of events has %q", row)
				}
			}
		})
	}
}

// findsNothing asks a line for #1 in every way.
func findsNothing(t *testing.T, h *house, l *line.Line, at protocol.Position, way loss) {
	t.Helper()
	for _, c := range []struct {
		kind protocol.Kind
		body protocol.Body
		code protocol.Code
	}{
		{protocol.KindConversationWatch, &protocol.ConversationWatch{Conversation: 1}, protocol.CodeForbidden},
		{protocol.KindHistoryRead, &protocol.HistoryRead{Conversation: 1}, protocol.CodeForbidden},
		{protocol.KindTypingStart, &protocol.TypingStart{Conversation: 1}, protocol.CodeForbidden},
		{protocol.KindReceiptAdvance, &protocol.ReceiptAdvance{Conversation: 1, Read: at}, protocol.CodeForbidden},
		{protocol.KindNoteAdd, &protocol.NoteAdd{Conversation: 1, Text: "x"}, protocol.CodeForbidden},
		{protocol.KindReactionAdd, &protocol.ReactionAdd{Conversation: 1, Position: at, Emoji: "👍"}, protocol.CodeForbidden},
		{protocol.KindMessageSend, &protocol.MessageSend{Conversation: 1, Text: "x"}, protocol.CodeNotAssigned},
		{protocol.KindConversationAssign, &protocol.ConversationAssign{Conversation: 1, Assignee: h.bob}, protocol.CodeForbidden},
		{protocol.KindConversationReopen, &protocol.ConversationReopen{Conversation: 1}, protocol.CodeForbidden},
	} {
		if way.all {
			c.code = protocol.CodeNotFound
		}
		h.refused(l, c.kind, c.body, c.code)
	}
	active := body[protocol.Inbox](t, h.ask(l, protocol.KindInboxRead, &protocol.InboxRead{}))
	for _, in := range []protocol.Inbox{active, inboxOf(t, h, l)} {
		for _, row := range in.Rows {
			if row.Number == 1 || row.Previous == 1 || row.MergeInto == 1 || row.Started > 1 {
				t.Errorf("the list has %+v", row)
			}
		}
		if in.All > 1 {
			t.Errorf("it counts %+v", in)
		}
	}
	for _, ev := range allEvents(t, h, l, protocol.EventsRead{}) {
		if mentions(t, ev, 1, "SECRET") && ev.Kind != protocol.KindConversationErased { // which is all that is left
			t.Errorf("the event list has %s", ev.Kind)
		}
	}
	if load := body[protocol.Workload](t, h.ask(l, protocol.KindWorkloadRead, &protocol.WorkloadRead{})); load.Conversations > 1 {
		t.Errorf("the workload counts %+v", load)
	}
	switch merge := (&protocol.ConversationMerge{Conversation: 2, Into: 1}); {
	case way.all:
		h.refused(l, protocol.KindConversationMerge, merge, protocol.CodeConflict)
	case way.next:
		h.refused(l, protocol.KindConversationMerge, merge, protocol.CodeForbidden)
	}
}
