package server

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"beseda/protocol"
	"beseda/server/engine"
	"beseda/store"
	"beseda/store/badgerdb"
)

// durable puts a house over a store on disk, in a folder of the test's own.
func durable(dir string) func(*house) {
	return func(h *house) {
		db := openStore(h.t, dir, h.now)
		h.store, h.blobs = db, db.Blobs()
	}
}

func openStore(t testing.TB, dir string, now func() time.Time) *badgerdb.DB {
	t.Helper()
	db, err := badgerdb.Open(dir, badgerdb.Options{Ballast: -1, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// marker is a text that nothing else has and no compression shortens.
func marker() string {
	raw := make([]byte, 25)
	_, _ = rand.Read(raw)
	return base32.StdEncoding.EncodeToString(raw)
}

// found lists in which files under a folder any of the words stands.
func found(t testing.TB, dir string, words []string) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) { // a table that was merged meanwhile
			return nil
		}
		for i, word := range words {
			if strings.Contains(string(data), word) {
				out[filepath.Base(path)] = append(out[filepath.Base(path)], []string{
					"text", "answer", "note", "draft", "subject", "file name", "file", "upload name", "upload"}[i])
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// secretTalk has a conversation full of secrets, and one that says nothing; it returns the secrets.
func secretTalk(t testing.TB, h *house) []string {
	t.Helper()
	words := make([]string, 9)
	for i := range words {
		words[i] = marker()
	}
	kira, welcome := h.visitor("")
	file := h.upload(t, h.fromWidget(welcome.VisitorKey), words[5]+".txt", words[6])
	h.say(kira, 0, words[0], file.ID)
	for range 2 * 120 { // more than one step of overwriting
		h.say(kira, 0, "and "+words[0])
	}
	ann, _ := h.operator(h.ann)
	h.say(ann, 1, words[1])
	h.ask(ann, protocol.KindNoteAdd, &protocol.NoteAdd{Conversation: 1, Text: words[2]})
	h.ask(ann, protocol.KindSubjectChange, &protocol.SubjectChange{Conversation: 1, Subject: words[4]})
	up := h.upload(t, h.fromConsole(h.cookieOf(h.ann)), words[7]+".txt", words[8])
	h.ask(ann, protocol.KindDraftSave, &protocol.DraftSave{Conversation: 1, Text: words[3], Attachments: []protocol.AttachmentID{up.ID}})
	lev, _ := h.visitor("")
	h.say(lev, 0, "nothing of note")
	return words
}

// TestDEL01TenMinutesLaterNoFileHoldsTextOrBlob, while others write, and sockets stay.
func TestDEL01TenMinutesLaterNoFileHoldsTextOrBlob(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	h := open(t, durable(dir))
	words := secretTalk(t, h)
	before := found(t, dir, words)
	seen := map[string]bool{}
	for _, what := range before {
		for _, w := range what {
			seen[w] = true
		}
	}
	if len(seen) != len(words) {
		t.Fatalf("the files hold only %v", before)
	}
	ann, _ := h.operator(h.ann)
	erases(h, ann, 1)

	stop, busy := make(chan struct{}), sync.WaitGroup{}
	mia, _ := h.visitor("")
	busy.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
			}
			if _, err := mia.Do(h.ctx(), protocol.KindMessageSend, &protocol.MessageSend{Text: "meanwhile"}); err != nil {
				t.Error(err)
				return
			}
		}
	})
	h.advance(purgeGrace) // too early: erasures are gathered
	if err := h.Erase(h.ctx()); err != nil {
		t.Fatal(err)
	}
	if len(found(t, dir, words)) == 0 {
		t.Error("the bytes are gone already: a purge for every erasure costs too much")
	}
	began := time.Now()
	h.purge()
	t.Logf("purged in %v", time.Since(began))
	close(stop)
	busy.Wait()
	if left := found(t, dir, words); len(left) > 0 {
		t.Errorf("the files hold %v", left)
	}
	h.kind(ann, protocol.KindConversationPurged)
	h.settle(mia)
	checkStore(t, h.store.(*badgerdb.DB))
}

func checkStore(t testing.TB, db *badgerdb.DB) {
	t.Helper()
	if _, err := db.Check(t.Context(), func(p store.Problem) { t.Errorf("%s", p) }); err != nil {
		t.Error(err)
	}
}

// flashlight takes a picture of a folder after each step of what a house does to it: what is left there if the process
// is killed then. The steps wait for each other, and for the picture.
type flashlight struct {
	*badgerdb.DB
	t    *testing.T
	dir  string
	mu   sync.Mutex
	on   bool
	took []string
}

func (f *flashlight) step(do func() error) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	err := do()
	if f.on {
		f.took = append(f.took, f.picture())
	}
	return err
}

func (f *flashlight) shine(on bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.on = on
}

func (f *flashlight) picture() string {
	to := f.t.TempDir()
	for {
		err := os.CopyFS(to, os.DirFS(f.dir))
		if err == nil {
			return to
		}
		if !errors.Is(err, fs.ErrNotExist) { // a table that was merged meanwhile
			f.t.Fatal(err)
		}
		if err := os.RemoveAll(to); err != nil {
			f.t.Fatal(err)
		}
	}
}

func (f *flashlight) Commit(batch []store.Write) error {
	return f.step(func() error { return f.DB.Commit(batch) })
}

func (f *flashlight) Purge(ctx context.Context) error {
	return f.step(func() error { return f.DB.Purge(ctx) })
}

// flashBlobs has the content's steps pictured, too.
type flashBlobs struct {
	store.Blobs
	light *flashlight
}

func (b flashBlobs) Sweep(ctx context.Context, nowMs, ageMs int64, keep func(string) bool) (n int, err error) {
	err = b.light.step(func() (err error) {
		n, err = b.Blobs.Sweep(ctx, nowMs, ageMs, keep)
		return err
	})
	return n, err
}

func (b flashBlobs) Purge(ctx context.Context) error {
	return b.light.step(func() error { return b.Blobs.Purge(ctx) })
}

// TestErasingSurvivesAKillBetweenAnyTwoSteps: from each of them on, the house opens again, shows nothing of what was
// erased, and finishes the work.
func TestErasingSurvivesAKillBetweenAnyTwoSteps(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	light := &flashlight{t: t, dir: dir}
	var words []string
	t.Run("erased", func(t *testing.T) {
		h := open(t, func(h *house) {
			light.DB = openStore(t, dir, h.now)
			h.store, h.blobs = light, flashBlobs{light.DB.Blobs(), light}
		})
		words = secretTalk(t, h)
		light.shine(true)
		h.asAnn(&protocol.ConversationDelete{Conversation: 1})
		h.purge()
		light.shine(false)
	})
	if len(light.took) < 7 { // the event, two steps, the sweep, two purges, the last event
		t.Fatalf("only %d steps", len(light.took))
	}
	for i, dir := range light.took {
		t.Run(string(rune('a'+i)), func(t *testing.T) {
			t.Parallel()
			h := &house{t: t}
			h.advance(purgeAfter) // which the clock of the other house had been moved by
			durable(dir)(h)
			h.start()
			t.Cleanup(func() { h.stop() })
			err := h.Engine.Read(func(r store.Reader) error {
				conv, err := store.Conversations.Get(r, store.Num(protocol.Number(1)))
				if conv.ErasedAt == 0 || conv.LastText != "" {
					t.Errorf("it is %+v", conv)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			h.purge()
			if left := found(t, dir, words); len(left) > 0 {
				t.Errorf("the files hold %v", left)
			}
			purged := 0
			err = h.Engine.Read(func(r store.Reader) error {
				for ev, err := range engine.Changes(r, 0) {
					if err != nil {
						return err
					}
					if ev.Kind == protocol.KindConversationPurged {
						purged++
					}
				}
				return nil
			})
			if err != nil || purged != 1 {
				t.Errorf("purged %d times, %v", purged, err)
			}
			checkStore(t, h.store.(*badgerdb.DB))
		})
	}
}
