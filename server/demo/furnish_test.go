package demo_test

import (
	"iter"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/server/desk/policy"
	"beseda/store"
)

// all are the rows of a table.
func all[T any](t *testing.T, h house, scan func(store.Reader, store.Range) iter.Seq2[T, error], under store.Range) []T {
	t.Helper()
	return rows(t, h, func(r store.Reader) func(func(T, error) bool) { return scan(r, under) })
}

func theTeamHasWhatItWorksWith(t *testing.T, h house) {
	colors := make(map[string]protocol.TagColor)
	for _, tag := range all(t, h, store.Tags.Scan, store.Tags.Under()) {
		colors[tag.Tag.Name] = tag.Tag.Color
	}
	want := map[string]protocol.TagColor{"VIP": "rose", "wholesale": "sky", "опт": "plum", "newsletter": "leaf"}
	if diff := cmp.Diff(want, colors); diff != "" {
		t.Error(diff)
	}
	shortcuts, folders := make(map[string]bool), make(map[string]bool)
	var personal, files int
	for _, q := range all(t, h, store.QuickReplies.Scan, store.QuickReplies.Under()) {
		shortcuts[q.QuickReply.Shortcut], folders[q.QuickReply.Folder] = true, true
		files += len(q.QuickReply.Attachments)
		if !q.QuickReply.Shared {
			personal++
		}
	}
	if diff := cmp.Diff([]string{"delivery", "hours", "mounting", "signed", "доставка", "привет"}, slices.Sorted(maps.Keys(shortcuts))); diff != "" {
		t.Error(diff)
	}
	if personal != 1 || files != 1 || len(folders) < 4 {
		t.Errorf("%d quick replies are somebody's own, %d files hang on them, they lie in %v", personal, files, folders)
	}
	for _, v := range all(t, h, store.Views.Scan, store.Views.Under()) {
		if !v.View.Shared {
			t.Errorf("the view %s is not shared", v.View.Name)
		}
	}
	if n := len(all(t, h, store.Views.Scan, store.Views.Under())); n != 2 {
		t.Errorf("there are %d views", n)
	}
	var members []string
	for _, g := range all(t, h, store.Groups.Scan, store.Groups.Under()) {
		for _, o := range all(t, h, store.Operators.Scan, store.Operators.Under()) {
			if o.Group == g.ID && g.Name == "Trainees" && len(g.Rights) == 0 {
				members = append(members, o.Name)
			}
		}
	}
	if diff := cmp.Diff([]string{"Mia"}, members); diff != "" {
		t.Errorf("Trainees: %s", diff)
	}
}

func contactsAreKnownTaggedAndBlocked(t *testing.T, h house) {
	var known, pinned, tagged, blocked int
	for _, c := range all(t, h, store.Contacts.Scan, store.Contacts.Under()) {
		if c.Name != "" {
			known++
		}
		if c.BlockedAt != 0 {
			blocked++
		}
		if len(c.Tags) > 0 {
			tagged++
		}
		if slices.ContainsFunc(c.Tags, func(tag protocol.ContactTag) bool { return tag.Pinned }) {
			pinned++
		}
	}
	if known < 7 || tagged < 5 || pinned < 3 || pinned == tagged || blocked != 1 {
		t.Errorf("%d contacts are known, %d bear tags, %d pinned ones, %d are blocked", known, tagged, pinned, blocked)
	}
}

func eachHasLeftSomething(t *testing.T, h house) {
	got := make(map[string]int)
	for _, d := range all(t, h, store.Drafts.Scan, store.Drafts.Under()) {
		if d.Text != "" {
			got["draft"]++
		}
	}
	for _, r := range all(t, h, store.OperatorReads.Scan, store.OperatorReads.Under()) {
		if r.Marked {
			got["mark"]++
		}
	}
	for _, ev := range h.log(t) {
		var body protocol.MessageSent
		switch ev.Kind {
		case protocol.KindNoteAdded:
			got["note"]++
		case protocol.KindMessageSent:
			if err := protocol.DecodeBody(ev.Body, &body); err != nil {
				t.Fatal(err)
			}
			if body.Quote != nil {
				got["quote by "+string(ev.Actor.Kind)]++
			}
		}
	}
	want := map[string]int{"draft": 1, "mark": 1, "note": 1, "quote by operator": 1, "quote by visitor": 1}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// oneWaitsTooLongAndOneNearly: and nobody did before, so that the demo begins with what is told of them.
func oneWaitsTooLongAndOneNearly(t *testing.T, h house) {
	var p policy.Policy
	h.view(t, func(r store.Reader) (err error) { p, err = policy.Of(r, ""); return err })
	warn, limit := time.Duration(p.ReplyWarn)*time.Millisecond, time.Duration(p.ReplyLimit)*time.Millisecond
	if warn == 0 || limit == 0 {
		t.Fatalf("the limits are %s and %s", warn, limit)
	}
	var warned, exceeded int
	began := make(map[protocol.ThreadID]int64)
	for _, ev := range h.log(t) {
		switch {
		case ev.Kind != protocol.KindMessageSent:
		case ev.Actor.Kind != protocol.ActorVisitor:
			if at := began[ev.Thread]; at != 0 && time.Duration(ev.At-at)*time.Millisecond >= warn {
				t.Errorf("the answer at %d came after %d min", ev.Position, (ev.At-at)/60_000)
			}
			delete(began, ev.Thread)
		case began[ev.Thread] == 0:
			began[ev.Thread] = ev.At
		}
	}
	for _, c := range h.conversations(t) {
		if c.Wait == nil {
			continue
		}
		switch waited := h.Now.Sub(time.UnixMilli(c.Wait.Since)); {
		case waited > limit:
			exceeded++
		case waited > warn:
			warned++
		}
	}
	if warned != 1 || exceeded != 1 {
		t.Errorf("%d wait nearly too long, %d too long", warned, exceeded)
	}
}
