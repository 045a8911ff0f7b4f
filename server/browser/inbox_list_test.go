package browser

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"beseda/protocol"
	"beseda/store"
	"beseda/store/badgerdb"
)

// look clicks a choice of the filter window by its words.
func (o *operator) look(words string) {
	o.t.Helper()
	o.ask("choice "+words, `[...document.querySelectorAll('.b-filter label')].some(l => l.innerText.trim().startsWith(`+quoted(words)+`) && !l.querySelector('input').disabled && (l.querySelector('input').click(), true))`)
}

// lists waits for a text in the list, lacks for its absence.
func (o *operator) lists(text string) {
	o.t.Helper()
	o.ask("the list says "+text, `document.querySelector('.b-list')?.innerText.includes(`+quoted(text)+`)`)
}

func (o *operator) lacks(text string) {
	o.t.Helper()
	o.ask("the list without "+text, `!document.querySelector('.b-inbox [aria-busy]') && !(document.querySelector('.b-list')?.innerText || '').includes(`+quoted(text)+`)`)
}

func (o *operator) address(query string) {
	o.t.Helper()
	o.ask("address "+query, `location.search === `+quoted(query))
}

func (o *operator) selects(text string) {
	o.t.Helper()
	o.ask("select "+text, `[...document.querySelectorAll('.b-row')].some(r => r.innerText.includes(`+quoted(text)+`) && (r.querySelector('.b-row__check').click(), true))`)
}

func TestFIL01FIL11FIL13TheListIsNarrowedLiveAndByItsAddress(t *testing.T) {
	t.Parallel()
	s := play(t, withBob).asked("alpha lamp").others("beta lamp")
	ann, bob := s.ann, s.bob
	ann.lists("alpha lamp")
	ann.lists("beta lamp")
	ann.press("button", "Filter and sort")
	ann.look("Customer wrote last")
	ann.ask("it counts", `/^Show \d+$/.test(document.querySelector('dialog .b-button--primary').innerText.trim())`)
	ann.accessible("filter window")
	ann.shot("inbox-filter")
	ann.press("button", must[string](ann, `document.querySelector('dialog .b-button--primary').innerText.trim()`))
	ann.ask("focus is back", `document.activeElement.id === 'filter'`)
	ann.address("?activity=active&last=visitor")
	ann.see("button", "Filter and sort, something is set")
	ann.lists("alpha lamp")

	// Bob answers one: it leaves Ann's list live.
	bob.opens("alpha lamp")
	bob.reply("We have it")
	bob.within("We have it")
	ann.lacks("alpha lamp")
	ann.lists("beta lamp")

	// A step back, a step on, and a reload.
	must[int](ann, `(history.back(), 1)`)
	ann.address("")
	ann.lists("We have it")
	must[int](ann, `(history.forward(), 1)`)
	ann.address("?activity=active&last=visitor")
	ann.lacks("We have it")
	ann.open(s.console + "?activity=active&last=visitor")
	ann.see("list", "Conversations")
	ann.lists("beta lamp")
	ann.lacks("We have it")

	// The view is saved, and counts.
	ann.press("button", "Save this list as a view")
	ann.ask("its name", `document.activeElement.tagName === 'INPUT'`)
	ann.typed("To answer")
	ann.press("button", "Save view")
	ann.ask("the chip", `[...document.querySelectorAll('.b-views__item[aria-pressed=true]')].some(e => /^To answer \d+$/.test(e.innerText.replace(/\s+/g, ' ').trim()))`)
	ann.shot("inbox-view")
	bob.ask("it is Ann's alone", `![...document.querySelectorAll('.b-views__item')].some(e => e.innerText.includes('To answer'))`)
	ann.press("button", "Change the view To answer")
	ann.press("button", "Delete view")
	ann.ask("it is gone", `![...document.querySelectorAll('.b-views__item')].some(e => e.innerText.includes('To answer'))`)
}

func TestDEL02DEL07ManyAreDoneAtOnce(t *testing.T) {
	t.Parallel()
	s := play(t).asked("one of many").others("two of many")
	ann := s.ann
	ann.lists("one of many")
	ann.lists("two of many")
	ann.selects("one of many")
	ann.ask("one is selected", `document.querySelector('.b-selectbar').innerText.startsWith('1 of')`)
	ann.selects("two of many")
	ann.accessible("selection")
	ann.shot("inbox-select")
	ann.press("button", "Actions")
	ann.shot("inbox-actions")
	ann.press("menuitem", "Set status…")
	ann.choice("Closed")
	ann.submit()
	ann.says("2 conversations changed")
	ann.lacks("one of many")
	ann.lacks("two of many")
	ann.open(s.console + "?status=closed")
	ann.lists("two of many")
	ann.selects("one of many")
	ann.selects("two of many")
	ann.press("button", "Actions")
	ann.press("menuitem", "Delete…")
	ann.says("Delete 2 conversations?")
	ann.ask("the safe button has focus", `document.activeElement.innerText.trim() === 'Keep them'`)
	ann.accessible("delete window")
	ann.shot("inbox-delete")
	ann.press("button", "Delete 2")
	ann.says("2 conversations changed")
	ann.ask("they are gone, or are being erased", `![...document.querySelectorAll('.b-row__last')].some(e => /of many/.test(e.innerText))`)
}

// TestSTT02TheListLeavesTheHouseAsAFile takes both files as a person does, and then is refused.
func TestSTT02TheListLeavesTheHouseAsAFile(t *testing.T) {
	t.Parallel()
	ann := play(t, withoutKira).ann
	must[int](ann, `(HTMLAnchorElement.prototype.click = function() { fetch(this.href).then(r => r.blob()).then(b => (self.saved = self.saved || {})[this.download.split('.').pop()] = b.size) }, 1)`)
	for format, item := range map[string]string{"csv": "As CSV", "xlsx": "As XLSX"} {
		ann.press("button", "Export the list")
		ann.press("menuitem", item)
		ann.ask("a file", `self.saved && saved.`+format+` > 50`)
		ann.says("The file is being made")
	}
	must[int](ann, `(self.through = fetch, self.fetch = (path, o) => through(String(path).startsWith('/console/export') ? path + '&colour=red' : path, o), 1)`)
	ann.press("button", "Export the list")
	ann.press("menuitem", "As CSV")
	ann.says("This cannot be sent")
	ann.shot("inbox-export-refused")
}

const seeded = 100_000

// seed puts many conversations into a store that nobody has open.
func seed(t *testing.T, dir string) {
	t.Helper()
	db, err := badgerdb.Open(dir, badgerdb.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}()
	var channel protocol.ChannelID
	if err := db.View(func(r store.Reader) error {
		r = store.Scope(store.Main, r)
		for ch, err := range store.Channels.Scan(r, store.Channels.Under()) {
			if err != nil {
				return err
			}
			channel = ch.Channel.ID
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	const second = 1000
	now := int64(1_700_000_000_000)
	var batch []store.Write
	for i := range seeded {
		n := protocol.Number(1000 + i)
		id := fmt.Sprintf("01J%023d", i)
		conv := store.Conversation{
			Number: n, Thread: protocol.ThreadID(id), Channel: channel, Visitor: protocol.VisitorID(id), Contact: protocol.ContactID(id),
			Activity: protocol.Active, Status: protocol.Open, StartedAt: now + int64(i)*second, StatusSince: now, LastAt: now + int64(i)*second,
			LastPosition: 1, LastMessage: 1, Ranges: []store.Span{{First: 1, Last: 1}},
			LastActor: protocol.Actor{Kind: protocol.ActorVisitor, ID: id}, LastText: fmt.Sprintf("message %d", i), Title: fmt.Sprintf("message %d", i),
		}
		contact := store.Contact{ID: protocol.ContactID(id), Name: fmt.Sprintf("Person %d", i), Threads: []protocol.ThreadID{protocol.ThreadID(id)}}
		value, err := store.Conversations.Encode(conv)
		if err != nil {
			t.Fatal(err)
		}
		person, err := store.Contacts.Encode(contact)
		if err != nil {
			t.Fatal(err)
		}
		batch = append(batch, store.ScopeWrite(store.Main, store.Write{Key: store.Conversations.Key(store.Num(n)), Value: value}),
			store.ScopeWrite(store.Main, store.Write{Key: store.Contacts.Key(store.Text(contact.ID)), Value: person}))
		if len(batch) >= 1000 || i == seeded-1 {
			if err := db.Commit(batch); err != nil {
				t.Fatal(err)
			}
			batch = batch[:0]
		}
	}
}

// TestAHundredThousandConversationsScroll goes through a very long list by wheel, by scrollbar and by keys: what is drawn stays few,
// what is in view is there, and nothing jumps while others write.
func TestAHundredThousandConversationsScroll(t *testing.T) {
	t.Parallel()
	h := empty(t)
	ann := &operator{somebody(t, looks{width: 1440, height: 900})}
	site := ann.setUp(t, h)
	h.kill()
	seed(t, h.args[len(h.args)-3])
	h.again()
	ann.open(h.console)
	ann.ask("all are counted", `[...document.querySelectorAll('.b-views__item')].some(e => /^Active 1000\d\d$/.test(e.innerText.replace(/\s+/g, ' ').trim()))`)
	const list = `document.querySelector('.b-list')`
	const inView = `[...` + list + `.querySelectorAll('.b-row')].filter(r => { const b = r.getBoundingClientRect(), l = ` + list + `.getBoundingClientRect(); return b.bottom > l.top + 2 && b.top < l.bottom - 2 })`
	filled := `(() => { const v = ` + inView + `; return v.length > 4 && v.every(r => r.querySelector('.b-row__name')) })()`
	ann.ask("the top", filled)
	ann.shot("inbox-many-top")
	type run struct {
		Rows, Worst, Holes int
		Frames             float64
	}
	wheel := must[run](ann, `new Promise(done => { const l = `+list+`, out = {Rows: 0, Worst: 0, Holes: 0, Frames: 0}; let i = 0, was = performance.now();
		const step = () => { const now = performance.now(); if (i) { out.Worst = Math.max(out.Worst, Math.round(now - was)); out.Frames += now - was } was = now;
			out.Rows = Math.max(out.Rows, l.querySelectorAll('.b-row').length);
			if (l.querySelectorAll('.b-row').length < 6) out.Holes++;
			if (++i > 150) { out.Frames /= 150; done(out) } else { l.scrollTop += 240; requestAnimationFrame(step) } };
		requestAnimationFrame(step) })`)
	t.Logf("scrolling by 240 px a frame: %.1f ms a frame, worst %d ms, at most %d rows drawn, %d frames with holes", wheel.Frames, wheel.Worst, wheel.Rows, wheel.Holes)
	if wheel.Rows > 60 || wheel.Holes > 0 {
		t.Errorf("%d rows drawn, %d holes", wheel.Rows, wheel.Holes)
	}
	ann.ask("where it stopped", filled)
	for _, part := range []string{"0.5", "0.9", "0.1", "1", "0.33"} {
		must[int](ann, `(`+list+`.scrollTop = `+list+`.scrollHeight * `+part+`, 1)`)
		ann.ask("at "+part, filled)
		ann.ask("at "+part+" the place is said", `(() => { const r = `+inView+`[2], at = +r.getAttribute('aria-posinset'), of = +r.getAttribute('aria-setsize');
			return of >= 100000 && Math.abs(at / of - Math.min(`+part+`, 1)) < 0.01 })()`)
	}
	if n := must[int](ann, `document.querySelectorAll('*').length`); n > 5000 {
		t.Errorf("%d elements on the page", n)
	}
	ann.shot("inbox-many-deep")

	// Somebody new writes while Ann reads deep in the list, her pointer elsewhere: what she reads stays where it is.
	type spot struct {
		ID  string
		Top float64
	}
	where := `(() => { const r = ` + inView + `[1]; return {ID: r.querySelector('a').id, Top: r.getBoundingClientRect().top} })()`
	before := must[spot](ann, where)
	widget := somebody(t, looks{}).visit(site)
	widget.write("a new one")
	widget.state("a new one", "Sent")
	ann.ask("one more is counted", `[...document.querySelectorAll('.b-views__item')].some(e => /^Active 100001$/.test(e.innerText.replace(/\s+/g, ' ').trim()))`)
	if after := must[spot](ann, where); after.ID != before.ID || math.Abs(after.Top-before.Top) > 1.5 {
		t.Errorf("%+v was at the top of what is read, and then %+v", before, after)
	}

	// Keys reach both ends, and what is opened is found again.
	must[int](ann, `(`+inView+`[1].querySelector('a').focus(), 1)`)
	ann.typed(kb.End)
	ann.ask("the last has focus", `document.activeElement.closest('.b-row').getAttribute('aria-posinset') === document.activeElement.closest('.b-row').getAttribute('aria-setsize')`)
	ann.typed("k")
	ann.typed("k")
	ann.ask("two up", `+document.activeElement.closest('.b-row').getAttribute('aria-posinset') === +document.activeElement.closest('.b-row').getAttribute('aria-setsize') - 2`)
	at := must[string](ann, `document.activeElement.id`)
	must[int](ann, `(document.activeElement.click(), 1)`)
	ann.ask("it is open", `location.hash === '#' + `+quoted(strings.TrimPrefix(at, "row-")))
	must[int](ann, `(`+find("link", "Team")+`.click(), 1)`)
	ann.ask("another page", `location.pathname.endsWith('/team')`)
	must[int](ann, `(history.back(), 1)`)
	ann.ask("back where it was", `(() => { const r = document.getElementById(`+quoted(at)+`), l = `+list+`; if (!r) return false;
		const b = r.getBoundingClientRect(), c = l.getBoundingClientRect(); return b.bottom > c.top && b.top < c.bottom })()`)
}
