package server

import (
	"fmt"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/server/session/line"
)

func newView(h *house, l *line.Line, cmd protocol.ViewCreate) protocol.ViewID {
	h.t.Helper()
	return protocol.ViewID(body[protocol.Accepted](h.t, h.ask(l, protocol.KindViewCreate, &cmd)).Made)
}

// viewNames waits until somebody was told that the saved views are these.
func viewNames(h *house, l *line.Line, want ...string) {
	h.t.Helper()
	var last []string
	if _, err := l.Wait(h.ctx(), func(f protocol.Frame) bool {
		if f.Kind != protocol.KindTeam {
			return false
		}
		last = nil
		for _, v := range body[protocol.Team](h.t, f).Views {
			last = append(last, v.Name)
		}
		return gocmp.Equal(want, last)
	}); err != nil {
		h.t.Fatalf("%v; last %q", err, last)
	}
}

// viewCounts waits until somebody was told that views count so many.
func viewCounts(h *house, l *line.Line, want map[protocol.ViewID]int) {
	h.t.Helper()
	told := map[protocol.ViewID]int{}
	if _, err := l.Wait(h.ctx(), func(f protocol.Frame) bool {
		if f.Kind != protocol.KindInbox {
			return false
		}
		for _, v := range body[protocol.Inbox](h.t, f).Views {
			if _, asked := want[v.View]; asked {
				told[v.View] = v.Count
			}
		}
		return gocmp.Equal(want, told)
	}); err != nil {
		h.t.Fatalf("%v; (-want +got)\n%s", err, gocmp.Diff(want, told))
	}
}

func TestX37ViewsAreSavedForOneselfOrForAll(t *testing.T) {
	t.Parallel()
	h := open(t)
	talks(h, 3)
	ann, _ := h.operator(h.ann)
	bob, _ := h.operator(h.bob)
	mine := protocol.Filter{Assignees: []protocol.OperatorID{h.bob}}
	own := newView(h, bob, protocol.ViewCreate{Name: " Bob's own ", Filter: mine})
	viewNames(h, bob, "Bob's own")
	viewCounts(h, bob, map[protocol.ViewID]int{own: 0})
	h.asAnn(&protocol.ConversationAssign{Conversation: 2, Assignee: h.bob})
	viewCounts(h, bob, map[protocol.ViewID]int{own: 1, protocol.ViewMine: 1, protocol.ViewUnassigned: 2})

	h.refused(bob, protocol.KindViewCreate, &protocol.ViewCreate{Name: "Everybody's", Shared: true}, protocol.CodeForbidden)
	shared := newView(h, ann, protocol.ViewCreate{Name: "Everybody's", Shared: true, Filter: mine})
	viewNames(h, bob, "Bob's own", "Everybody's")
	viewCounts(h, bob, map[protocol.ViewID]int{shared: 1})
	viewNames(h, ann, "Everybody's")

	h.refused(bob, protocol.KindViewCreate, &protocol.ViewCreate{Name: "BOB'S OWN"}, protocol.CodeConflict)
	newView(h, bob, protocol.ViewCreate{Name: "everybody's"}) // is his alone: another set of names
	h.refused(ann, protocol.KindViewChange, &protocol.ViewChange{View: own, Name: "taken"}, protocol.CodeNotFound)
	h.refused(ann, protocol.KindViewDelete, &protocol.ViewDelete{View: own}, protocol.CodeNotFound)
	h.refused(bob, protocol.KindViewDelete, &protocol.ViewDelete{View: shared}, protocol.CodeForbidden)
	h.refused(bob, protocol.KindViewChange, &protocol.ViewChange{View: shared, Name: "Mine now"}, protocol.CodeForbidden)
	h.refused(bob, protocol.KindViewChange, &protocol.ViewChange{View: own, Name: "For all", Shared: true}, protocol.CodeForbidden)
	h.refused(bob, protocol.KindViewCreate, &protocol.ViewCreate{Name: "none", Filter: protocol.Filter{Untagged: true, Pinned: true}}, protocol.CodeInvalid)

	h.ask(ann, protocol.KindViewChange, &protocol.ViewChange{View: shared, Name: "Ann's", Filter: mine})
	viewNames(h, ann, "Ann's")
	viewNames(h, bob, "Bob's own", "everybody's")
	h.ask(bob, protocol.KindViewDelete, &protocol.ViewDelete{View: own})
	viewNames(h, bob, "everybody's")

	h.stop()
	h.start()
	_, w := h.operator(h.ann)
	if len(w.Team.Views) != 1 || w.Team.Views[0].Name != "Ann's" {
		t.Errorf("after a restart Ann has %+v", w.Team.Views)
	}
	counts := map[protocol.ViewID]int{}
	for _, v := range w.Inbox.Views {
		counts[v.View] = v.Count
	}
	if d := gocmp.Diff(map[protocol.ViewID]int{shared: 1, protocol.ViewMine: 0, protocol.ViewWaiting: 3, protocol.ViewUnassigned: 2}, counts); d != "" {
		t.Errorf("a welcome counts (-want +got)\n%s", d)
	}
}

func TestX37ViewsAreLimited(t *testing.T) {
	t.Parallel()
	h := open(t)
	bob, _ := h.operator(h.bob)
	for n := range protocol.MaxViews {
		newView(h, bob, protocol.ViewCreate{Name: fmt.Sprint("view ", n)})
	}
	_, err := bob.Do(h.ctx(), protocol.KindViewCreate, &protocol.ViewCreate{Name: "one more"})
	if codeOf(err) != protocol.CodeConflict || err.Error() != fmt.Sprintf("conflict limit=%d", protocol.MaxViews) {
		t.Errorf("one more: %v", err)
	}
	ann, _ := h.operator(h.ann)
	newView(h, ann, protocol.ViewCreate{Name: "one more"})
}
