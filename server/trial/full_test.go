package trial

import (
	"encoding/json"
	"errors"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"beseda/protocol"
	"beseda/server/session/line"
)

// The disk fills up to the last byte while people talk: nothing crashes, everything can be read, what would have to be
// stored is refused, and goes on by itself when there is room.
func TestAFullDisk(t *testing.T) {
	t.Parallel()
	d := mount(t, "512m")
	r := chance(t)
	h := settle(t, filepath.Join(d.dir, "data"))
	c := gather(t, r, h, 2, 1)
	c.talk(t, 100)
	c.quiet(t)
	before := h.read()
	file := h.upload(t, http.StatusCreated)

	c.talk(t, 2000) // enough to still talk when it is full
	d.fill()
	h.refused(t, c)
	d.fill() // what was kept for this moment and was given back
	if room := d.room(); room > 1<<20 {
		t.Errorf("%d bytes are left on a disk that should be full", room)
	}
	h.refused(t, c)
	unsaid := 0
	c.each(func(a *app) { a.ask(t, func() { unsaid += a.pending() }) })
	if unsaid == 0 {
		t.Error("all was said before the disk was full: this proves little")
	}
	t.Run("reading works", func(t *testing.T) {
		res := h.ask(http.MethodGet, "/files/"+file, h.ann.cookie, nil, nil)
		if text := body(t, res); res.StatusCode != http.StatusOK || text != content {
			t.Errorf("a file: %s %q", res.Status, text)
		}
		full := h.read()
		if full.messages() < before.messages() {
			t.Errorf("%d messages are read, %d were there before", full.messages(), before.messages())
		}
		var key string
		c.visitors[0].ask(t, func() { key = c.visitors[0].key })
		l := h.dial(line.Options{})
		w, err := l.Hello(bounded(t, 10*time.Second), protocol.Hello{Channel: h.channel, VisitorKey: key})
		if err != nil || len(w.Visitor.History.Items) == 0 {
			t.Errorf("a visitor who comes back: %v", err)
		}
		l = h.dial(line.Options{})
		if _, err := l.Hello(bounded(t, 10*time.Second), protocol.Hello{Channel: h.channel}); err != nil {
			t.Errorf("a visitor who comes for the first time: %v", err)
		}
	})
	t.Run("uploading is refused", func(t *testing.T) { h.upload(t, http.StatusInsufficientStorage) })
	t.Run("signing in works", func(t *testing.T) {
		res, cookie := h.signIn("ann@example.com")
		if cookie == nil {
			t.Fatalf("%s %s", res.Status, body(t, res))
		}
		h.who(cookie)
	})
	t.Run("a backup to elsewhere works", func(t *testing.T) {
		succeed(t, "backup", "--data", h.data, filepath.Join(t.TempDir(), "backup"))
	})

	d.free()
	c.quiet(t)
	c.agree(t, h.read())
	h.upload(t, http.StatusCreated)

	d.fill()
	h.refused(t, c)
	d.fill()
	h.stop() // which writes nothing then
	d.free()
	h.start()
	c.talk(t, 20)
	c.quiet(t)
	d.fill()
	h.process.kill()
	h.start() // with what was kept for this moment
	h.refused(t, c)
	h.read()
	d.fill()
	h.stop() // which writes nothing then
	d.fill()
	h.begin()
	if code, err := h.process.wait(bounded(t, 10*time.Second)); err != nil || code != 1 || !strings.Contains(h.process.log.String(), "too full") {
		t.Errorf("started on the last byte: exit %d, %v, %s", code, err, h.process.log)
	}
	d.free()
	h.start()
	c.talk(t, 20)
	c.quiet(t)
	found := h.read()
	found.whole(t)
	c.agree(t, found)
	h.process.kill()
	h.sound()
}

// refused waits until a message is refused because the disk is full; each that was not is part of the talk.
func (h *house) refused(t testing.TB, c *crowd) {
	t.Helper()
	ctx := bounded(t, 10*time.Second)
	l := h.dial(line.Options{Cookie: h.ann.cookie})
	defer l.Close()
	if _, err := l.Hello(ctx, protocol.Hello{}); err != nil {
		t.Fatal(err)
	}
	for ctx.Err() == nil {
		_, err := l.Do(ctx, protocol.KindMessageSend, &protocol.MessageSend{Conversation: c.numbers[0], Text: "is there room"})
		var refusal *protocol.Refusal
		switch {
		case err == nil: // a short while passes before the server looks again
			await(hogRest)
		case !errors.As(err, &refusal) || refusal.Code != protocol.CodeStorageFull:
			t.Fatalf("on a full disk a message is answered: %v", err)
		default:
			return
		}
	}
	t.Fatalf("the disk is full and messages are taken: %v", ctx.Err())
}

const content = "nothing but a few words"

// upload sends a file and answers its id; status is what has to come.
func (h *house) upload(t testing.TB, status int) (id string) {
	t.Helper()
	res := h.ask(http.MethodPost, "/files", h.ann.cookie, http.Header{"Beseda-Name": {"words.txt"}}, strings.NewReader(content))
	text := body(t, res)
	if res.StatusCode != status {
		t.Errorf("uploading: %s %s", res.Status, text)
		return ""
	}
	if status != http.StatusCreated {
		var refused protocol.Refused
		if err := json.Unmarshal([]byte(text), &refused); err != nil || refused.Code != protocol.CodeStorageFull {
			t.Errorf("uploading is refused with %s", text)
		}
		return ""
	}
	var made protocol.Attachment
	if err := json.Unmarshal([]byte(text), &made); err != nil {
		t.Fatal(err)
	}
	return string(made.ID)
}
