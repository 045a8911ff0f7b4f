package server

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/server/session/line"
)

// library is all quick replies that somebody may use, read page by page.
func library(t testing.TB, h *house, l *line.Line) (all []protocol.QuickReply) {
	t.Helper()
	ask := protocol.QuickRepliesRead{}
	for {
		page := body[protocol.QuickReplies](t, h.ask(l, protocol.KindQuickRepliesRead, &ask))
		all = append(all, page.QuickReplies...)
		if !page.More {
			return all
		}
		ask.After = all[len(all)-1].ID
	}
}

func names(all []protocol.QuickReply) (out []string) {
	for _, q := range all {
		out = append(out, q.Name)
	}
	slices.Sort(out) // ids of one millisecond are in any order
	return out
}

// saved makes a quick reply and returns its id.
func saved(h *house, l *line.Line, q protocol.QuickReplyCreate) protocol.QuickReplyID {
	h.t.Helper()
	return protocol.QuickReplyID(body[protocol.Accepted](h.t, h.ask(l, protocol.KindQuickReplyCreate, &q)).Made)
}

// told waits for the news of a quick reply.
func told(t testing.TB, h *house, l *line.Line, id protocol.QuickReplyID, kind protocol.Kind) protocol.QuickReply {
	t.Helper()
	var got protocol.QuickReply
	h.wait(l, func(f protocol.Frame) bool {
		switch {
		case f.Kind != kind:
			return false
		case kind == protocol.KindQuickReplyDeleted:
			got.ID = body[protocol.QuickReplyDeleted](t, f).QuickReply
		default:
			got = body[protocol.QuickReplySet](t, f).QuickReply
		}
		return got.ID == id
	})
	return got
}

// hears fails where a line was told anything with a word in it.
func hearsNo(t testing.TB, h *house, l *line.Line, words ...string) {
	t.Helper()
	h.settle(l)
	for _, f := range l.Take() {
		for _, w := range words {
			if strings.Contains(string(f.Body), w) {
				t.Errorf("%q is told by %s", w, f.Kind)
			}
		}
	}
}

func TestQRP01OneIsMadeFromAMessageWithItsFiles(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, welcome := h.visitor("")
	sent := h.upload(t, h.fromWidget(welcome.VisitorKey), "hours.png", tinyPNG)
	h.say(kira, 0, "open 10-18?", sent.ID)
	bob, _ := h.operator(h.bob)
	own := h.upload(t, h.fromConsole(h.cookieOf(h.bob)), "map.txt", "turn left")
	id := saved(h, bob, protocol.QuickReplyCreate{Name: " Hours ", Text: "open 10-18?", Shortcut: "/часы", Folder: "Shop",
		Attachments: []protocol.AttachmentID{sent.ID, own.ID}})
	live := told(t, h, bob, id, protocol.KindQuickReplySet)
	all := library(t, h, bob)
	if len(all) != 1 || !cmp.Equal(all[0], live) {
		t.Fatalf("found are %+v, told was %+v", all, live)
	}
	q := all[0]
	if q.Name != "Hours" || q.Shortcut != "часы" || q.Folder != "Shop" || q.Owner != h.bob || q.Shared || len(q.Attachments) != 2 {
		t.Errorf("it is %+v", q)
	}
	if a := q.Attachments[0]; a.ID == sent.ID || a.Blob != sent.Blob || a.Name != "hours.png" || a.Width != 2 {
		t.Errorf("its first file is %+v", a)
	}
	// The upload is used up; the message keeps its file.
	h.refused(bob, protocol.KindMessageSend, &protocol.MessageSend{Conversation: 1, Attachments: []protocol.AttachmentID{own.ID}}, protocol.CodeNotFound)
	if res := h.request("GET", "/files/"+string(sent.ID), nil, h.fromConsole(h.cookieOf(h.bob))); res.StatusCode != http.StatusOK {
		t.Errorf("the message's file: %s", res.Status)
	}
	for name, bad := range map[string]protocol.QuickReplyCreate{
		"no name": {Text: "x"}, "nothing to say": {Name: "x"}, "a shortcut of two words": {Name: "x", Text: "x", Shortcut: "two words"},
		"a file twice": {Name: "x", Attachments: []protocol.AttachmentID{sent.ID, sent.ID}},
	} {
		_, err := bob.Do(h.ctx(), protocol.KindQuickReplyCreate, &bad)
		if codeOf(err) != protocol.CodeInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	ann, _ := h.operator(h.ann)
	robot, _ := h.bot("Robot")
	h.refused(ann, protocol.KindQuickReplyCreate, &protocol.QuickReplyCreate{Name: "x", Attachments: []protocol.AttachmentID{q.Attachments[1].ID}}, protocol.CodeNotFound)
	h.refused(robot, protocol.KindQuickReplyCreate, &protocol.QuickReplyCreate{Name: "x", Text: "x"}, protocol.CodeForbidden)
}

func TestQRP02OneIsUsedTwiceBySameIDOnce(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	h.say(kira, 0, "hello")
	bob, _ := h.operator(h.bob)
	own := h.upload(t, h.fromConsole(h.cookieOf(h.bob)), "map.txt", "turn left")
	id := saved(h, bob, protocol.QuickReplyCreate{Name: "Way", Text: "Turn left", Attachments: []protocol.AttachmentID{own.ID}})
	use := protocol.Frame{Kind: protocol.KindQuickReplyUse, ID: line.NewID(), Body: protocol.EncodeBody(&protocol.QuickReplyUse{QuickReply: id})}
	ready := func() protocol.QuickReplyReady {
		if err := bob.Frame(h.ctx(), use); err != nil {
			t.Fatal(err)
		}
		f, err := bob.Answer(h.ctx(), use.ID)
		if err != nil || f.Kind != protocol.KindQuickReplyReady {
			t.Fatalf("%s: %v", f.Kind, err)
		}
		return body[protocol.QuickReplyReady](t, f)
	}
	first, again := ready(), ready()
	if len(first.Attachments) != 1 || !cmp.Equal(first, again) || first.Attachments[0].ID == own.ID || first.Attachments[0].Blob != own.Blob {
		t.Errorf("used: %+v, again: %+v", first, again)
	}
	if all := library(t, h, bob); all[0].Used != 1 {
		t.Errorf("it was used %d times", all[0].Used)
	}
	h.say(bob, 1, "Turn left", first.Attachments[0].ID)
	if after := ready(); len(after.Attachments) != 0 {
		t.Errorf("sent, it is ready once more: %+v", after)
	}
	use.ID = line.NewID()
	if second := ready(); len(second.Attachments) != 1 || second.Attachments[0].ID == first.Attachments[0].ID {
		t.Errorf("another time it is %+v", second)
	}
	if all := library(t, h, bob); all[0].Used != 2 {
		t.Errorf("it was used %d times", all[0].Used)
	}
	// Changed, it goes on counting; told live, too.
	h.ask(bob, protocol.KindQuickReplyChange, &protocol.QuickReplyChange{QuickReply: id, Name: "Way", Text: "Turn right"})
	if q := told(t, h, bob, id, protocol.KindQuickReplySet); q.Used != 0 { // the first news, of its making
		t.Errorf("made, it was used %d times", q.Used)
	}
	if q := told(t, h, bob, id, protocol.KindQuickReplySet); q.Used != 2 || q.Text != "Turn right" {
		t.Errorf("changed, it is %+v", q)
	}
}

func TestQRP03SharedOnesAreEverybodysAndOthersTheirOwners(t *testing.T) {
	t.Parallel()
	h := open(t)
	ann, _ := h.operator(h.ann)
	bob, _ := h.operator(h.bob)
	hours := saved(h, ann, protocol.QuickReplyCreate{Name: "Hours", Text: "10-18", Shared: true, Shortcut: "hours"})
	told(t, h, bob, hours, protocol.KindQuickReplySet)
	secret := saved(h, ann, protocol.QuickReplyCreate{Name: "SECRET", Text: "SECRET", Shortcut: "secret"})
	hearsNo(t, h, bob, "SECRET")
	h.stop()
	h.start()
	ann, _ = h.operator(h.ann)
	bob, _ = h.operator(h.bob)
	if got := names(library(t, h, bob)); !slices.Equal(got, []string{"Hours"}) {
		t.Errorf("Bob finds %q", got)
	}
	if got := names(library(t, h, ann)); !slices.Equal(got, []string{"Hours", "SECRET"}) {
		t.Errorf("Ann finds %q", got)
	}

	// Bob needs a right to touch what is shared, and does not find what is Ann's.
	shared := protocol.QuickReplyChange{QuickReply: hours, Name: "Hours", Text: "11-18", Shared: true}
	_, err := bob.Do(h.ctx(), protocol.KindQuickReplyCreate, &protocol.QuickReplyCreate{Name: "x", Text: "x", Shared: true})
	if err == nil || err.Error() != "forbidden right=settings" {
		t.Errorf("sharing one: %v", err)
	}
	h.refused(bob, protocol.KindQuickReplyChange, &shared, protocol.CodeForbidden)
	h.refused(bob, protocol.KindQuickReplyDelete, &protocol.QuickReplyDelete{QuickReply: hours}, protocol.CodeForbidden)
	h.refused(bob, protocol.KindQuickReplyUse, &protocol.QuickReplyUse{QuickReply: secret}, protocol.CodeNotFound)
	h.refused(bob, protocol.KindQuickReplyChange, &protocol.QuickReplyChange{QuickReply: secret, Name: "x", Text: "x"}, protocol.CodeNotFound)
	h.refused(bob, protocol.KindQuickReplyDelete, &protocol.QuickReplyDelete{QuickReply: secret}, protocol.CodeNotFound)
	mine := saved(h, bob, protocol.QuickReplyCreate{Name: "BOBS", Text: "hi"})
	h.refused(bob, protocol.KindQuickReplyChange, &protocol.QuickReplyChange{QuickReply: mine, Name: "BOBS", Text: "hi", Shared: true}, protocol.CodeForbidden)
	hearsNo(t, h, ann, "BOBS")

	// No log tells colleagues either, administrators included.
	for who, l := range map[string]*line.Line{"SECRET": bob, "BOBS": ann} {
		if f := h.ask(l, protocol.KindEventsRead, &protocol.EventsRead{}); strings.Contains(string(f.Body), who) {
			t.Errorf("the event list tells of %s", who)
		} else if !strings.Contains(string(f.Body), "Hours") {
			t.Error("the event list does not tell of what is shared")
		}
	}
}

func TestAQuickReplyIsTakenBackFromWhoMayNoLongerUseIt(t *testing.T) {
	t.Parallel()
	h := open(t)
	ann, _ := h.operator(h.ann)
	bob, _ := h.operator(h.bob)
	file := h.upload(t, h.fromConsole(h.cookieOf(h.ann)), "map.txt", "turn left")
	id := saved(h, ann, protocol.QuickReplyCreate{Name: "Way", Text: "left", Shared: true, Attachments: []protocol.AttachmentID{file.ID}})
	told(t, h, ann, id, protocol.KindQuickReplySet)
	told(t, h, bob, id, protocol.KindQuickReplySet)
	preview := func(who protocol.OperatorID) int {
		return h.request("GET", "/files/"+string(file.ID), nil, h.fromConsole(h.cookieOf(who))).StatusCode
	}
	if got := preview(h.bob); got != http.StatusOK {
		t.Errorf("Bob's preview: %d", got)
	}
	kira, welcome := h.visitor("")
	h.say(kira, 0, "hello")
	_, stranger := h.visitor("")
	for _, key := range []string{welcome.VisitorKey, stranger.VisitorKey} {
		if res := h.request("GET", "/files/"+string(file.ID), nil, h.fromWidget(key)); res.StatusCode != http.StatusNotFound {
			t.Errorf("a visitor's preview: %s", res.Status)
		}
	}
	change := protocol.QuickReplyChange{QuickReply: id, Name: "HIDDEN", Text: "left", Attachments: []protocol.AttachmentID{file.ID}}
	h.ask(ann, protocol.KindQuickReplyChange, &change)
	told(t, h, bob, id, protocol.KindQuickReplyDeleted)
	hearsNo(t, h, bob, "HIDDEN")
	told(t, h, ann, id, protocol.KindQuickReplyDeleted)
	if q := told(t, h, ann, id, protocol.KindQuickReplySet); q.Name != "HIDDEN" || q.Shared {
		t.Errorf("Ann has %+v", q)
	}
	if all := library(t, h, bob); len(all) != 0 || preview(h.bob) != http.StatusNotFound || preview(h.ann) != http.StatusOK {
		t.Errorf("Bob still has %+v, preview %d, Ann's %d", all, preview(h.bob), preview(h.ann))
	}
	change.Shared = true
	h.ask(ann, protocol.KindQuickReplyChange, &change)
	told(t, h, bob, id, protocol.KindQuickReplySet)
	if all := library(t, h, ann); len(all) != 1 {
		t.Errorf("shared again, Ann has %q", names(all))
	}
	h.ask(ann, protocol.KindQuickReplyDelete, &protocol.QuickReplyDelete{QuickReply: id})
	told(t, h, bob, id, protocol.KindQuickReplyDeleted)
	if all := library(t, h, ann); len(all) != 0 || preview(h.ann) != http.StatusNotFound {
		t.Errorf("deleted, there is %+v, preview %d", all, preview(h.ann))
	}
}

func TestAShortcutIsUniqueAmongWhatOnePersonSees(t *testing.T) {
	t.Parallel()
	h := open(t)
	ann, _ := h.operator(h.ann)
	bob, _ := h.operator(h.bob)
	saved(h, ann, protocol.QuickReplyCreate{Name: "Hours", Text: "x", Shared: true, Shortcut: "Часы"})
	conflict := func(l *line.Line, kind protocol.Kind, b protocol.Body) {
		t.Helper()
		if _, err := l.Do(h.ctx(), kind, b); err == nil || err.Error() != "conflict field=shortcut" {
			t.Errorf("%s: %v", kind, err)
		}
	}
	conflict(bob, protocol.KindQuickReplyCreate, &protocol.QuickReplyCreate{Name: "x", Text: "x", Shortcut: "часы"})
	mine := saved(h, bob, protocol.QuickReplyCreate{Name: "Way", Text: "x", Shortcut: "way"})
	saved(h, ann, protocol.QuickReplyCreate{Name: "Way", Text: "x", Shortcut: "way"}) // hers alone
	conflict(bob, protocol.KindQuickReplyCreate, &protocol.QuickReplyCreate{Name: "x", Text: "x", Shortcut: "WAY"})
	h.ask(bob, protocol.KindQuickReplyChange, &protocol.QuickReplyChange{QuickReply: mine, Name: "Way", Text: "y", Shortcut: "Way"})
	saved(h, bob, protocol.QuickReplyCreate{Name: "none", Text: "x"})
	saved(h, bob, protocol.QuickReplyCreate{Name: "none", Text: "y"}) // without a shortcut there is nothing to mix up
}

func TestContentOfAQuickReplyIsKeptAsLongAsItIsThere(t *testing.T) {
	t.Parallel()
	h := open(t)
	ann, _ := h.operator(h.ann)
	file := h.upload(t, h.fromConsole(h.cookieOf(h.ann)), "map.txt", "turn left")
	id := saved(h, ann, protocol.QuickReplyCreate{Name: "Way", Attachments: []protocol.AttachmentID{file.ID}})
	sweep := func() {
		t.Helper()
		h.advance(uploadLife + 2*time.Hour)
		if err := h.Sweep(h.ctx()); err != nil {
			t.Fatal(err)
		}
	}
	sweep()
	if _, _, err := h.blobs.Open(file.Blob); err != nil {
		t.Fatalf("swept: %v", err)
	}
	ready := body[protocol.QuickReplyReady](t, h.ask(ann, protocol.KindQuickReplyUse, &protocol.QuickReplyUse{QuickReply: id}))
	h.ask(ann, protocol.KindQuickReplyChange, &protocol.QuickReplyChange{QuickReply: id, Name: "Way", Text: "left"})
	kira, _ := h.visitor("")
	h.say(kira, 0, "hello")
	h.say(ann, 1, "", ready.Attachments[0].ID) // what was taken out of it before is whole
	sweep()
	if _, _, err := h.blobs.Open(file.Blob); err != nil {
		t.Errorf("the message's content: %v", err)
	}
	other := h.upload(t, h.fromConsole(h.cookieOf(h.ann)), "other.txt", "turn round")
	gone := saved(h, ann, protocol.QuickReplyCreate{Name: "Other", Attachments: []protocol.AttachmentID{other.ID}})
	h.ask(ann, protocol.KindQuickReplyDelete, &protocol.QuickReplyDelete{QuickReply: gone})
	sweep()
	if _, _, err := h.blobs.Open(other.Blob); err == nil {
		t.Error("content of a deleted one is still kept")
	}
}

func TestThereAreOnlySoManyQuickReplies(t *testing.T) {
	t.Parallel()
	h := open(t)
	bob, _ := h.operator(h.bob)
	for i := range protocol.MaxQuickReplies {
		if _, err := bob.Send(h.ctx(), protocol.KindQuickReplyCreate, &protocol.QuickReplyCreate{Name: fmt.Sprint(i), Text: strings.Repeat("я", 100)}); err != nil {
			t.Fatal(err)
		}
	}
	_, err := bob.Do(h.ctx(), protocol.KindQuickReplyCreate, &protocol.QuickReplyCreate{Name: "one more", Text: "x"})
	if err == nil || err.Error() != "conflict limit=1000" {
		t.Errorf("one more: %v", err)
	}
	all := library(t, h, bob)
	if len(all) != protocol.MaxQuickReplies || !slices.IsSortedFunc(all, func(a, b protocol.QuickReply) int { return strings.Compare(string(a.ID), string(b.ID)) }) {
		t.Errorf("%d are found", len(all))
	}
	h.asAnn(&protocol.QuickReplyCreate{Name: "shared", Text: "x", Shared: true}) // counted apart
}

func TestX17OneIsWrittenInALanguageAndTwoShareAShortcut(t *testing.T) {
	t.Parallel()
	h := open(t)
	bob, _ := h.operator(h.bob)
	for _, bad := range []string{"english please", "x", "zz-not-a-tag-at-all", strings.Repeat("en-", 20)} {
		_, err := bob.Do(h.ctx(), protocol.KindQuickReplyCreate, &protocol.QuickReplyCreate{Name: "x", Text: "x", Language: bad})
		if codeOf(err) != protocol.CodeInvalid && codeOf(err) != protocol.CodeTooLong || err == nil || !strings.Contains(err.Error(), "field=language") {
			t.Errorf("%q: %v", bad, err)
		}
	}
	english := saved(h, bob, protocol.QuickReplyCreate{Name: "Hours", Text: "10-18", Shortcut: "hours", Language: "en-GB"})
	saved(h, bob, protocol.QuickReplyCreate{Name: "Часы", Text: "с 10 до 18", Shortcut: "HOURS", Language: "ru"})
	for _, language := range []string{"", "EN-gb"} {
		_, err := bob.Do(h.ctx(), protocol.KindQuickReplyCreate, &protocol.QuickReplyCreate{Name: "x", Text: "x", Shortcut: "hours", Language: language})
		if codeOf(err) != protocol.CodeConflict || !strings.Contains(err.Error(), "field=shortcut") {
			t.Errorf("a third in %q: %v", language, err)
		}
	}
	_, err := bob.Do(h.ctx(), protocol.KindQuickReplyChange, &protocol.QuickReplyChange{QuickReply: english, Name: "Hours", Text: "10-18", Shortcut: "hours"})
	if codeOf(err) != protocol.CodeConflict {
		t.Errorf("for every visitor it is told apart: %v", err)
	}
	h.ask(bob, protocol.KindQuickReplyChange, &protocol.QuickReplyChange{QuickReply: english, Name: "Hours", Text: "10-18", Shortcut: "hours", Language: "de"})
	var got []string
	for _, q := range library(t, h, bob) {
		got = append(got, q.Language)
	}
	slices.Sort(got)
	if !slices.Equal(got, []string{"de", "ru"}) {
		t.Errorf("they are in %q", got)
	}
}
