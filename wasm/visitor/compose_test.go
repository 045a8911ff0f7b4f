//go:build !wasm

package main

import (
	"strconv"
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/vdom"
	"beseda/wasm/visitor/state"
)

func (w *widget) sendable() bool {
	_, disabled := w.Page.Named("Send").Attrs["disabled"]
	return !disabled
}

func (w *widget) give(name, kind string, size int64) string {
	handle := "h" + strconv.Itoa(len(w.app.state.Draft.Files)+1)
	preview := ""
	width := "0"
	if strings.HasPrefix(kind, "image/") {
		preview, width = "blob:preview", "640"
	}
	w.Do(bridge.Event{Kind: bridge.Files, Arg: "files", List: []string{
		handle, name, kind, preview, strconv.FormatInt(size, 10), width, width,
	}})
	return handle
}

func (w *widget) uploaded(handle, id, name, kind string) {
	w.Do(bridge.Event{Kind: bridge.Uploaded, Arg: handle, List: []string{
		"id", id, "name", name, "kind", kind, "type", "x/y", "size", "1000", "width", "640", "height", "480", "blob", "b",
	}})
}

func TestTheLimitIsShownNearItAndHoldsAboveIt(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		length   int
		count    string
		sendable bool
	}{
		"far below it nothing is counted":    {1799, "", true},
		"from 200 left it is counted":        {1800, "200 left", true},
		"at the limit it may still be sent":  {2000, "0 left", true},
		"above it it may not, and says why":  {2001, "1 too many", false},
		"code points count and not bytes":    {2003, "3 too many", false},
		"nothing to read is nothing to send": {0, "", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := live(t)
			w.Type("Message", strings.Repeat("ж", c.length))
			got := ""
			if n := w.Page.ByID("count"); n != nil {
				got = n.AllText()
			}
			if got != c.count || w.sendable() != c.sendable {
				t.Fatalf("count %q, sendable %v", got, w.sendable())
			}
			w.Key("Message", "Enter", 0)
			if sent := len(w.out(protocol.KindMessageSend)); (sent == 1) != c.sendable {
				t.Errorf("sent %d", sent)
			}
		})
	}
}

func TestEnterSendsAndShiftEnterBreaksTheLine(t *testing.T) {
	t.Parallel()
	w := live(t)
	w.Type("Message", "hello")
	if w.Key("Message", "Enter", bridge.Shift) {
		t.Error("the browser was kept from breaking the line")
	}
	if sent := w.out(protocol.KindMessageSend); len(sent) != 0 {
		t.Fatalf("sent %v", sent)
	}
	if !w.Key("Message", "Enter", 0) {
		t.Error("the line breaks too")
	}
	if sent := w.out(protocol.KindMessageSend); len(sent) != 1 || w.app.state.Draft.Text != "" {
		t.Errorf("sent %v, left %q", sent, w.app.state.Draft.Text)
	}
}

func TestEscapeAndTheButtonCloseTheWidget(t *testing.T) {
	t.Parallel()
	for name, act := range map[string]func(w *widget){
		"Escape in the message box": func(w *widget) { w.Key("Message", "Escape", 0) },
		"the button":                func(w *widget) { w.Click("Close chat") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := live(t)
			act(w)
			if _, ok := posted(w.Effects(), "close"); !ok {
				t.Error("the loader was not told")
			}
		})
	}
}

func TestADraftIsKeptAndComesBack(t *testing.T) {
	t.Parallel()
	w := live(t)
	w.Type("Message", "half a thou")
	w.Do(bridge.Event{Kind: bridge.Fired, A: 3})
	e, ok := posted(w.Effects(), "draft")
	if !ok || string(e.Data) != "half a thou" {
		t.Fatalf("kept %v %q", ok, e.Data)
	}
	again := opened(t, "draft", string(e.Data))
	if again.app.state.Draft.Text != "half a thou" || !again.sendable() {
		t.Errorf("came back as %q", again.app.state.Draft.Text)
	}
}

func TestFilesAreRefusedBeforeTheyAreSent(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		kind string
		size int64
		says string
	}{
		"a film above 100 MB":   {"video/mp4", 140 << 20, "room.mov is 140 MB, the limit is 100 MB"},
		"a picture above 25 MB": {"image/png", 25<<20 + 1, "room.mov is 25 MB, the limit is 25 MB"},
		"a film of 100 MB":      {"video/mp4", 100 << 20, ""},
		"anything of 25 MB":     {"application/pdf", 25 << 20, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := live(t)
			w.give("room.mov", c.kind, c.size)
			says := ""
			if n := w.Page.Find(func(n *pageNode) bool { return n.Attrs["role"] == "alert" }); n != nil {
				says = n.AllText()
			}
			if says != c.says {
				t.Fatalf("says %q", says)
			}
			if up := w.Asked("upload"); (len(up) == 1) != (c.says == "") {
				t.Errorf("uploads %v", up)
			}
			if w.sendable() != (c.says == "") {
				t.Errorf("sendable %v", w.sendable())
			}
		})
	}
}

func TestAMessageWaitsForItsFiles(t *testing.T) {
	t.Parallel()
	w := live(t)
	w.Type("Message", "see file")
	pdf, png := w.give("a.pdf", "application/pdf", 1000), w.give("b.png", "image/png", 1000)
	w.Do(bridge.Event{Kind: bridge.Uploading, Arg: pdf, A: 640, B: 1000})
	if bar := w.Page.Named("Sending a.pdf"); bar == nil || bar.Attrs["aria-valuenow"] != "64" {
		t.Fatalf("progress %v", bar)
	}
	w.Key("Message", "Enter", 0)
	w.uploaded(pdf, "01JC000000000000000000000A", "a.pdf", "other")
	if sent := w.out(protocol.KindMessageSend); len(sent) != 0 || !w.app.state.Draft.Waiting {
		t.Fatalf("sent %v too early", sent)
	}
	w.uploaded(png, "01JC000000000000000000000B", "b.png", "image")
	sent := w.out(protocol.KindMessageSend)
	if len(sent) != 1 {
		t.Fatalf("sent %v", sent)
	}
	m := body[protocol.MessageSend](t, sent[0])
	if m.Text != "see file" || len(m.Attachments) != 2 || m.Attachments[1] != "01JC000000000000000000000B" {
		t.Errorf("got %+v", m)
	}
	if img := w.Page.Find(func(n *pageNode) bool { return n.Tag == "img" && n.Attrs["src"] == "blob:preview" }); img == nil {
		t.Errorf("the own picture is not shown at once:\n%s", w.HTML())
	}
}

func TestFilesWaitForTheLine(t *testing.T) {
	t.Parallel()
	w := opened(t)
	w.give("a.pdf", "application/pdf", 1000)
	if up := w.Asked("upload"); len(up) != 0 {
		t.Fatalf("nobody may upload yet: %v", up)
	}
	w.welcome("NEW")
	if up := w.Asked("upload"); len(up) != 1 {
		t.Fatalf("uploads %v", up)
	}
	if a := w.Asked("authorize"); len(a) != 1 || a[0].Text != "NEW" || a[0].More != channel {
		t.Errorf("proof %v", a)
	}
}

func TestAFileCanBeTakenBack(t *testing.T) {
	t.Parallel()
	w := live(t)
	h := w.give("a.pdf", "application/pdf", 1000)
	w.Click("Remove a.pdf")
	if got := w.Asked("forget"); len(got) != 1 || got[0].Text != h || len(w.app.state.Draft.Files) != 0 {
		t.Errorf("forgets %v, keeps %d", got, len(w.app.state.Draft.Files))
	}
}

func TestALostUploadIsTriedAgain(t *testing.T) {
	t.Parallel()
	w := live(t)
	h := w.give("a.pdf", "application/pdf", 1000)
	w.Effects()
	w.Do(bridge.Event{Kind: bridge.UploadFailed, Arg: h})
	if w.sendable() {
		t.Error("a message without its file could be sent")
	}
	w.Click("Try again")
	if up := w.Asked("upload"); len(up) != 1 {
		t.Fatalf("uploads %v", up)
	}
	w.Do(bridge.Event{Kind: bridge.UploadFailed, Arg: h, Text: "too_large", List: []string{"reason", "limit=26214400"}})
	if n := w.Page.Find(func(n *pageNode) bool { return n.Attrs["role"] == "alert" }); n == nil || n.AllText() != "a.pdf is 1000 B, the limit is 25 MB" {
		t.Errorf("says %v", n)
	}
}

func TestMoreThanTenFilesAreTooMany(t *testing.T) {
	t.Parallel()
	w := live(t)
	for range 11 {
		w.give("a.pdf", "application/pdf", 10)
	}
	if w.sendable() || !strings.Contains(w.HTML(), "11 files are too many, a message takes 10") {
		t.Errorf("sendable %v", w.sendable())
	}
}

func TestPicturesAreFetchedWhenTheyComeOnScreen(t *testing.T) {
	t.Parallel()
	f := said(1, ann, "")
	f.Body = protocol.EncodeBody(&protocol.MessageSent{Attachments: []protocol.Attachment{
		{ID: "01JC00000000000000000000PC", Name: "lamp.png", Kind: protocol.AttachmentImage, Type: "image/png", Size: 9, Width: 800, Height: 400},
	}})
	w := live(t, f)
	box := w.Page.Named("Download lamp.png")
	if box == nil || box.Attrs["~aspect-ratio"] != "240/120" || len(w.Asked("fetch")) != 0 {
		t.Fatalf("box %v, fetches %v", box, w.Asked("fetch"))
	}
	w.On(box, vdom.Visible, bridge.Event{})
	w.Do(bridge.Event{Kind: bridge.Kind(vdom.Visible), Handler: state.OnImageSeen, Arg: "01JC00000000000000000000PC"})
	if got := w.Asked("fetch"); len(got) != 1 || got[0].More != "/files/01JC00000000000000000000PC" {
		t.Fatalf("fetches %v", got)
	}
	w.Do(bridge.Event{Kind: bridge.Fetched, Arg: "01JC00000000000000000000PC", Text: "blob:x"})
	if img := w.Page.Find(func(n *pageNode) bool { return n.Tag == "img" && n.Attrs["src"] == "blob:x" }); img == nil {
		t.Fatalf("not shown:\n%s", w.HTML())
	}
	w.Do(bridge.Event{Kind: bridge.FetchFailed, Arg: "01JC00000000000000000000PC", Text: "not_found"})
	if len(w.Page.ByClass("b-file")) != 1 {
		t.Error("a broken picture is no file to download")
	}
}
