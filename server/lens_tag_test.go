package server

import (
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/server/session/line"
)

// bears has the contact of a conversation bear tags, pinned or not.
func bears(h *house, l *line.Line, n protocol.Number, pinned bool, tags ...protocol.TagID) {
	h.t.Helper()
	for _, tag := range tags {
		h.ask(l, protocol.KindContactTagAdd, &protocol.ContactTagAdd{Conversation: n, Tag: tag, Pinned: pinned})
	}
}

// counts waits until the tags of a list are counted so, in this order.
func (l *lens) counts(want ...protocol.TagCount) {
	l.h.t.Helper()
	for !gocmp.Equal(want, append([]protocol.TagCount(nil), l.tags...)) {
		l.push()
	}
}

func TestTAG02And03AllAndNoTags(t *testing.T) {
	t.Parallel()
	h := open(t)
	talks(h, 2) // Kira, who is untagged, and Lev
	ann, w := h.operator(h.ann)
	if w.Inbox.Total != 2 {
		t.Errorf("a new operator sees %d", w.Inbox.Total)
	}
	vip := newTag(h, ann, "vip", "rose")
	bears(h, ann, 2, false, vip)
	none := h.look(ann, 1, protocol.Filter{Untagged: true})
	none.shows(1)
	bears(h, ann, 1, false, vip)
	none.shows()
	h.ask(ann, protocol.KindContactTagRemove, &protocol.ContactTagRemove{Conversation: 2, Tag: vip})
	none.shows(2)
	h.ask(ann, protocol.KindTagDelete, &protocol.TagDelete{Tag: vip})
	none.shows(2, 1)
	h.look(ann, 2, protocol.Filter{Untagged: true}).shows(2, 1)
	h.look(ann, 3, protocol.Filter{}).shows(2, 1)
}

func TestTAG06TagsAreCountedMostFirstAndLive(t *testing.T) {
	t.Parallel()
	h := open(t)
	talks(h, 8)
	ann, _ := h.operator(h.ann)
	fresh, vip, alas := newTag(h, ann, "new", "sky"), newTag(h, ann, "vip", "rose"), newTag(h, ann, "alas", "stone")
	list := h.look(ann, 1, protocol.Filter{}, counting)
	for n := range protocol.Number(5) {
		bears(h, ann, n+1, false, vip)
	}
	bears(h, ann, 6, false, fresh)
	bears(h, ann, 7, false, fresh)
	list.counts(protocol.TagCount{Tag: vip, Count: 5}, protocol.TagCount{Tag: fresh, Count: 2})
	bears(h, ann, 6, false, alas)
	bears(h, ann, 8, false, alas) // ties by name
	list.counts(protocol.TagCount{Tag: vip, Count: 5}, protocol.TagCount{Tag: alas, Count: 2}, protocol.TagCount{Tag: fresh, Count: 2})
	setPolicy(h, "access.read", "assigned")
	h.asAnn(&protocol.ConversationAssign{Conversation: 1, Assignee: h.ann})
	bob, _ := h.operator(h.bob)
	if seen := h.look(bob, 1, protocol.Filter{}, counting); seen.tags[0] != (protocol.TagCount{Tag: vip, Count: 4}) {
		t.Errorf("Bob, who may read four of vip, is told %+v", seen.tags)
	}
	h.ask(ann, protocol.KindTagDelete, &protocol.TagDelete{Tag: vip})
	list.counts(protocol.TagCount{Tag: alas, Count: 2}, protocol.TagCount{Tag: fresh, Count: 2})
}

func TestTAG08PinnedLimitsToPinnedTags(t *testing.T) {
	t.Parallel()
	h := open(t)
	talks(h, 2)
	ann, _ := h.operator(h.ann)
	vip, fresh := newTag(h, ann, "vip", "rose"), newTag(h, ann, "new", "sky")
	bears(h, ann, 1, true, vip)
	bears(h, ann, 1, false, fresh)
	bears(h, ann, 2, false, vip)
	list := h.look(ann, 1, protocol.Filter{Pinned: true}, counting)
	list.shows(1)
	list.counts(protocol.TagCount{Tag: vip, Count: 1, Pinned: true})
	if row := list.rows[1]; !gocmp.Equal(row.Tags, []protocol.ContactTag{{Tag: vip, Pinned: true}, {Tag: fresh}}) {
		t.Errorf("Kira's row has %+v", row.Tags)
	}
	bears(h, ann, 2, true, vip)
	list.shows(2, 1)
}

// TestADeletedTagComesOutOfFilters: of what is looked at, and of what is saved.
func TestADeletedTagComesOutOfFilters(t *testing.T) {
	t.Parallel()
	h := open(t)
	talks(h, 3)
	ann, _ := h.operator(h.ann)
	vip, fresh := newTag(h, ann, "vip", "rose"), newTag(h, ann, "new", "sky")
	bears(h, ann, 1, false, vip, fresh)
	bears(h, ann, 2, false, fresh)
	both := protocol.Filter{Tags: []protocol.TagID{vip, fresh}}
	view := newView(h, ann, protocol.ViewCreate{Name: "Both", Filter: both})
	viewCounts(h, ann, map[protocol.ViewID]int{view: 1})
	list := h.look(ann, 1, both, counting)
	list.shows(1)
	h.ask(ann, protocol.KindTagDelete, &protocol.TagDelete{Tag: vip})
	told := body[protocol.Team](t, h.wait(ann, func(f protocol.Frame) bool {
		return f.Kind == protocol.KindTeam && len(body[protocol.Team](t, f).Tags) == 1
	}))
	if len(told.Views) != 1 || !gocmp.Equal(told.Views[0].Filter.Tags, []protocol.TagID{fresh}) {
		t.Errorf("the saved view asks for %+v", told.Views)
	}
	list.shows(2, 1)
	list.counts(protocol.TagCount{Tag: fresh, Count: 2})
	bob, w := h.operator(h.bob)
	if len(w.Team.Views) != 0 {
		t.Errorf("Bob has %+v", w.Team.Views)
	}
	h.look(bob, 1, both).shows(2, 1) // an old link
	if _, w := h.operator(h.ann); !slices.Contains(w.Inbox.Views, protocol.ViewCount{View: view, Count: 2}) {
		t.Errorf("the views count %+v", w.Inbox.Views)
	}
}

func TestTAG09SeveralTagsAreBorneAtOnce(t *testing.T) {
	t.Parallel()
	h := open(t)
	talks(h, 3) // Kira, Lev, Mia
	ann, _ := h.operator(h.ann)
	vip, fresh, third := newTag(h, ann, "vip", "rose"), newTag(h, ann, "new", "sky"), newTag(h, ann, "third", "sun")
	bears(h, ann, 1, false, vip, fresh, third)
	bears(h, ann, 2, false, vip, third)
	bears(h, ann, 3, false, fresh)
	h.look(ann, 1, protocol.Filter{Tags: []protocol.TagID{vip}}, counting).counts(
		protocol.TagCount{Tag: third, Count: 2}, protocol.TagCount{Tag: vip, Count: 2}, protocol.TagCount{Tag: fresh, Count: 1})
	both := h.look(ann, 2, protocol.Filter{Tags: []protocol.TagID{vip, fresh}}, counting)
	both.shows(1)
	both.counts(protocol.TagCount{Tag: fresh, Count: 1}, protocol.TagCount{Tag: third, Count: 1}, protocol.TagCount{Tag: vip, Count: 1})
	bears(h, ann, 3, false, vip)
	both.shows(3, 1)
}
