package server

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/server/engine"
	"beseda/server/session/line"
	"beseda/store"
)

// events asks for one page of the event list.
func events(t testing.TB, h *house, l *line.Line, cmd protocol.EventsRead) protocol.Events {
	t.Helper()
	return body[protocol.Events](t, h.ask(l, protocol.KindEventsRead, &cmd))
}

// allEvents pages through the whole list, from the newest.
func allEvents(t testing.TB, h *house, l *line.Line, cmd protocol.EventsRead) (all []protocol.Frame) {
	t.Helper()
	for {
		page := events(t, h, l, cmd)
		all = append(all, page.Events...)
		if !page.More {
			return all
		}
		if cmd.Before != 0 && page.Before >= cmd.Before {
			t.Fatalf("the list does not go on: %d after %d", page.Before, cmd.Before)
		}
		cmd.Before = page.Before
	}
}

// reasonOf is what a refusal says beside its code.
func reasonOf(err error) string {
	var r *protocol.Refusal
	if !errors.As(err, &r) {
		return ""
	}
	return r.Reason
}

// rows says what events are, in words.
func rows(all []protocol.Frame) (out []string) {
	for _, ev := range all {
		by := "nobody"
		if ev.Actor != nil {
			by = string(ev.Actor.Kind) + " " + ev.Actor.Name
		}
		out = append(out, fmt.Sprintf("%s #%d by %s", ev.Kind, ev.Conversation, by))
	}
	return out
}

func TestEVT01And03CreatedAndClosedAppearWithTimeNumberAndAuthor(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	ann, _ := h.operator(h.ann)
	began := h.now().UnixMilli()
	h.say(kira, 0, "hello")
	h.ask(ann, protocol.KindConversationClose, &protocol.ConversationClose{Conversation: 1, Last: position(t, h)})
	h.say(kira, 0, "one more thing")
	h.ask(kira, protocol.KindConversationClose, &protocol.ConversationClose{Conversation: 2})
	got := allEvents(t, h, ann, protocol.EventsRead{Types: []protocol.Kind{protocol.KindConversationStarted, protocol.KindConversationClosed}})
	want := []string{
		"conversation.closed #2 by visitor ", "conversation.started #2 by visitor ",
		"conversation.closed #1 by operator Ann", "conversation.started #1 by visitor ",
	}
	if d := cmp.Diff(want, rows(got)); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
	for _, ev := range got {
		if ev.At < began || ev.At > h.now().UnixMilli() || ev.Position == 0 || ev.Actor.ID == "" {
			t.Errorf("%s at %d, position %d, by %+v", ev.Kind, ev.At, ev.Position, ev.Actor)
		}
	}
}

func TestEVT02TheListIsFilteredByTypeAuthorTimeAndNumber(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, w := h.visitor("")
	ann, _ := h.operator(h.ann)
	for n := protocol.Number(1); n <= 5; n++ {
		h.say(kira, 0, fmt.Sprint("question ", n))
		if n <= 3 {
			h.ask(ann, protocol.KindConversationClose, &protocol.ConversationClose{Conversation: n, Last: position(t, h)})
			continue
		}
		h.ask(ann, protocol.KindConversationComplete, &protocol.ConversationComplete{Conversation: n, Status: protocol.Open, Last: position(t, h)})
		if n == 4 { // so that the next message begins another
			h.asAnn(&protocol.PolicyChange{Values: []protocol.PolicyValue{{Key: "inbound.open", Value: "new"}}})
		}
	}
	middle := h.now().UnixMilli()
	h.advance(48 * 3600e9)
	h.ask(ann, protocol.KindNoteAdd, &protocol.NoteAdd{Conversation: 5, Text: "much later"})
	both := []protocol.Kind{protocol.KindConversationStarted, protocol.KindConversationClosed}
	for name, c := range map[string]struct {
		cmd  protocol.EventsRead
		want int
	}{
		"both types":                {protocol.EventsRead{Types: both}, 8},
		"one":                       {protocol.EventsRead{Types: both[:1]}, 5},
		"the other":                 {protocol.EventsRead{Types: both[1:]}, 3},
		"a kind that nothing has":   {protocol.EventsRead{Types: []protocol.Kind{"conversation.erased"}}, 0},
		"visitors":                  {protocol.EventsRead{Types: both, Actors: []protocol.ActorKind{protocol.ActorVisitor}}, 5},
		"operators":                 {protocol.EventsRead{Types: both, Actors: []protocol.ActorKind{protocol.ActorOperator}}, 3},
		"one of both sorts":         {protocol.EventsRead{Types: both, Actors: []protocol.ActorKind{protocol.ActorOperator, protocol.ActorVisitor}}, 8},
		"Ann herself":               {protocol.EventsRead{Types: both, ActorIDs: []string{string(h.ann)}}, 3},
		"Kira herself":              {protocol.EventsRead{Types: both, ActorIDs: []string{string(w.Visitor)}}, 5},
		"somebody unknown":          {protocol.EventsRead{Types: both, ActorIDs: []string{newID()}}, 0},
		"a conversation":            {protocol.EventsRead{Types: both, Conversation: 2}, 2},
		"one that is not there":     {protocol.EventsRead{Conversation: 77}, 0},
		"until then":                {protocol.EventsRead{Types: both, Until: middle}, 8},
		"since then":                {protocol.EventsRead{Since: middle + 1}, 1},
		"between nothing":           {protocol.EventsRead{Since: middle + 2, Until: middle + 1}, 0},
		"until the beginning":       {protocol.EventsRead{Until: 1}, 0},
		"below the first of all":    {protocol.EventsRead{Before: 1}, 0},
		"below one far away":        {protocol.EventsRead{Types: both, Before: 1 << 60}, 8},
		"notes":                     {protocol.EventsRead{Types: []protocol.Kind{protocol.KindNoteAdd, protocol.KindNoteAdded}}, 1},
		"what only commands are of": {protocol.EventsRead{Types: []protocol.Kind{protocol.KindNoteAdd}}, 0},
	} {
		for _, limit := range []int{0, 1, 3, 200} {
			c.cmd.Limit = limit
			if got := allEvents(t, h, ann, c.cmd); len(got) != c.want {
				t.Errorf("%s, %d at once: %d events, want %d: %v", name, limit, len(got), c.want, rows(got))
			}
		}
	}
}

func TestABadFilterIsRefusedWithItsName(t *testing.T) {
	t.Parallel()
	h := open(t)
	ann, _ := h.operator(h.ann)
	many := func(n int, s string) (all []string) {
		for range n {
			all = append(all, s)
		}
		return all
	}
	kinds := make([]protocol.Kind, 61)
	for i := range kinds {
		kinds[i] = protocol.KindMessageSent
	}
	for want, cmd := range map[string]protocol.EventsRead{
		"field=types rule=max limit=60":                                          {Types: kinds},
		"field=actors[0] rule=oneof allowed=visitor|operator|bot|rule|timer|api": {Actors: []protocol.ActorKind{"martian"}},
		"field=actor_ids[0] rule=id":                                             {ActorIDs: []string{"../../etc"}},
		"field=actor_ids rule=max limit=50":                                      {ActorIDs: many(51, newID())},
		"field=limit rule=max limit=200":                                         {Limit: 201},
		"field=limit rule=min limit=0":                                           {Limit: -1},
	} {
		_, err := ann.Do(h.ctx(), protocol.KindEventsRead, &cmd)
		if codeOf(err) != protocol.CodeInvalid && codeOf(err) != protocol.CodeTooLong {
			t.Errorf("%s: %v", want, err)
		} else if r := reasonOf(err); r != want {
			t.Errorf("refused with %q, want %q", r, want)
		}
	}
}

func TestEventsAreShownOnlyToWhoMaySeeWhatTheyAreAbout(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	h.say(kira, 0, "SECRET of Kira")
	lev, _ := h.visitor("")
	h.say(lev, 0, "of Lev")
	h.asAnn(&protocol.ConversationAssign{Conversation: 1, Assignee: h.ann})
	h.asAnn(&protocol.PolicyChange{Values: []protocol.PolicyValue{{Key: "access.read", Value: "assigned"}}})
	h.asAnn(&protocol.OperatorInvite{Name: "Dora", Email: "dora@example.com", Role: protocol.RoleOperator})
	ann, _ := h.operator(h.ann)
	bob, _ := h.operator(h.bob)
	h.ask(ann, protocol.KindNoteAdd, &protocol.NoteAdd{Conversation: 1, Text: "SECRET note"})
	h.ask(kira, protocol.KindReactionAdd, &protocol.ReactionAdd{Position: firstMessage(t, h, ann, 1), Emoji: "👍"})
	h.ask(kira, protocol.KindVisitorVisit, &protocol.VisitorVisit{URL: "https://shop.example/SECRET"})
	h.ask(ann, protocol.KindReceiptAdvance, &protocol.ReceiptAdvance{Conversation: 1, Read: position(t, h)})
	everything := protocol.EventsRead{Types: []protocol.Kind{protocol.KindReceiptAdvanced, protocol.KindVisitorVisited, protocol.KindVisitorArrived,
		protocol.KindMessageSent, protocol.KindNoteAdded, protocol.KindReactionAdded, protocol.KindConversationStarted,
		protocol.KindConversationAssigned, protocol.KindOperatorInvited, protocol.KindPolicySet, protocol.KindChannelCreated}}
	admins := allEvents(t, h, ann, everything)
	seen := allEvents(t, h, bob, everything)
	if len(admins) <= len(seen) || !slices.ContainsFunc(admins, func(f protocol.Frame) bool { return f.Kind == protocol.KindOperatorInvited }) {
		t.Errorf("Ann sees %v", rows(admins))
	}
	if d := cmp.Diff([]string{"policy.set #0 by operator Ann", "message.sent #2 by visitor ", "conversation.started #2 by visitor ", "visitor.arrived #0 by visitor "},
		rows(seen)); d != "" {
		t.Errorf("Bob sees (-want +got)\n%s", d)
	}
	for _, number := range []protocol.Number{0, 1} {
		for _, ev := range allEvents(t, h, bob, protocol.EventsRead{Conversation: number}) {
			if mentions(t, ev, 1, "SECRET") {
				t.Errorf("Bob hears %s of #1", ev.Kind)
			}
		}
	}
	h.asAnn(&protocol.PolicyChange{Values: []protocol.PolicyValue{{Key: "access.read", Value: "team"}}})
	if got := allEvents(t, h, bob, protocol.EventsRead{Conversation: 1}); len(got) < 4 {
		t.Errorf("once the team may read, Bob sees %v", rows(got))
	}
	_, err := kira.Do(h.ctx(), protocol.KindEventsRead, &protocol.EventsRead{})
	if codeOf(err) != protocol.CodeForbidden {
		t.Errorf("a visitor asks for events: %v", err)
	}
}

// TestEVT04PagingThroughMuchWhileMoreComesLosesAndDoublesNothing pages through 100 000 events of two conversations, of
// which one may be seen by both readers, while visitors write.
func TestEVT04PagingThroughMuchWhileMoreComesLosesAndDoublesNothing(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	theirs := h.say(kira, 0, "hello").Thread
	lev, _ := h.visitor("")
	hidden := h.say(lev, 0, "hello").Thread
	h.asAnn(&protocol.ConversationAssign{Conversation: 2, Assignee: h.ann})
	h.asAnn(&protocol.PolicyChange{Values: []protocol.PolicyValue{{Key: "access.read", Value: "assigned"}}})
	const total, once = 100_000, 500
	note := protocol.EncodeBody(&protocol.NoteAdded{Text: "x"})
	by := &protocol.Actor{Kind: protocol.ActorOperator, ID: string(h.ann), Name: "Ann"}
	for i := 0; i < total; i += once {
		h.must(h.Engine.Do(h.ctx(), engine.Command{Decide: func(store.Reader, int64, func() string) (out store.Outcome, _ error) {
			for k := range once {
				ev := protocol.Frame{Kind: protocol.KindNoteAdded, Thread: theirs, Conversation: 1, Actor: by, Body: note}
				if k%5 == 0 {
					ev.Thread, ev.Conversation = hidden, 2
				}
				out.Events = append(out.Events, ev)
			}
			return out, nil
		}}))
	}
	ann, _ := h.operator(h.ann)
	bob, _ := h.operator(h.bob)
	var readers, writing sync.WaitGroup
	stop := make(chan struct{})
	writing.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
				h.say(kira, 0, fmt.Sprint("meanwhile ", i))
			}
		}
	})
	for _, reader := range []struct {
		who  string
		line *line.Line
		want int
	}{{"Ann", ann, total}, {"Bob", bob, total * 4 / 5}} {
		readers.Go(func() {
			cmd := protocol.EventsRead{Limit: 200}
			var last protocol.Position
			notes, pages := 0, 0
			for {
				page := events(t, h, reader.line, cmd)
				pages++
				for _, ev := range page.Events {
					if last != 0 && ev.Position >= last {
						t.Errorf("%s: %d comes after %d", reader.who, ev.Position, last)
					}
					last = ev.Position
					if ev.Kind == protocol.KindNoteAdded {
						notes++
					}
				}
				if !page.More {
					break
				}
				cmd.Before = page.Before
			}
			if notes != reader.want || pages < reader.want/200 {
				t.Errorf("%s found %d of %d events on %d pages", reader.who, notes, reader.want, pages)
			}
		})
	}
	readers.Wait()
	close(stop)
	writing.Wait()
}

func TestManyEventsThatDoNotPassStillEndInPages(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	thread := h.say(kira, 0, "hello").Thread
	const total, once = 25_000, 500
	by := &protocol.Actor{Kind: protocol.ActorOperator, ID: string(h.ann), Name: "Ann"}
	for i := 0; i < total; i += once {
		h.must(h.Engine.Do(h.ctx(), engine.Command{Decide: func(store.Reader, int64, func() string) (out store.Outcome, _ error) {
			for range once {
				out.Events = append(out.Events, protocol.Frame{Kind: protocol.KindNoteAdded, Thread: thread, Conversation: 1, Actor: by,
					Body: protocol.EncodeBody(&protocol.NoteAdded{Text: "x"})})
			}
			return out, nil
		}}))
	}
	ann, _ := h.operator(h.ann)
	cmd := protocol.EventsRead{Types: []protocol.Kind{protocol.KindConversationStarted}}
	first := events(t, h, ann, cmd)
	if len(first.Events) != 0 || !first.More || first.Before == 0 {
		t.Fatalf("the first look finds %v, more %v, before %d", rows(first.Events), first.More, first.Before)
	}
	if got := allEvents(t, h, ann, cmd); len(got) != 1 {
		t.Errorf("in the end it finds %v", rows(got))
	}
}

// firstMessage is the position of a conversation's first message.
func firstMessage(t testing.TB, h *house, l *line.Line, n protocol.Number) protocol.Position {
	t.Helper()
	for _, item := range body[protocol.History](t, h.ask(l, protocol.KindHistoryRead, &protocol.HistoryRead{Conversation: n})).Items {
		if item.Kind == protocol.KindMessageSent {
			return item.Position
		}
	}
	t.Fatalf("#%d has no message", n)
	return 0
}

func TestARowSaysHowAMessageOrNoteBegins(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, w := h.visitor("")
	file := h.upload(t, h.fromWidget(w.VisitorKey), "boot.png", tinyPNG)
	other := h.upload(t, h.fromWidget(w.VisitorKey), "shoe.png", tinyPNG)
	long := strings.Repeat("ж", 121)
	h.say(kira, 0, long)
	h.say(kira, 0, "", file.ID, other.ID)
	ann, _ := h.operator(h.ann)
	h.ask(ann, protocol.KindNoteAdd, &protocol.NoteAdd{Conversation: 1, Text: strings.Repeat("н", 120)})
	got := allEvents(t, h, ann, protocol.EventsRead{Types: []protocol.Kind{protocol.KindMessageSent, protocol.KindNoteAdded}})
	if len(got) != 3 {
		t.Fatalf("the list is %v", rows(got))
	}
	if note := body[protocol.NoteAdded](t, got[0]); note.Text != strings.Repeat("н", 120) {
		t.Errorf("the note is %q", note.Text)
	}
	if m := body[protocol.MessageSent](t, got[1]); m.Text != "" || len(m.Attachments) != 1 || m.Attachments[0].Name != "boot.png" {
		t.Errorf("the files are %+v", m)
	}
	if m := body[protocol.MessageSent](t, got[2]); m.Text != long[:240]+"…" {
		t.Errorf("the message is %q", m.Text)
	}
	if page := watch(t, h, ann, 1); texts(t, page.Items)[0] != long {
		t.Error("the conversation itself has not the whole text")
	}
}
