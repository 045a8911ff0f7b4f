//go:build !wasm

package main

import (
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/vdom"
)

// give lets the person choose files: name, type and size each.
func (d *desk) give(files ...bridge.File) {
	var list []string
	for _, f := range files {
		list = append(list, f.Handle, f.Name, f.Type, f.Preview, itoa(f.Size), "0", "0")
	}
	d.Do(bridge.Event{Kind: bridge.Files, Arg: "files", List: list})
}

func itoa(n int64) string {
	if n == 0 {
		return "0"
	}
	var b []byte
	for ; n > 0; n /= 10 {
		b = append([]byte{byte('0' + n%10)}, b...)
	}
	return string(b)
}

func (d *desk) submit(class string) {
	d.t.Helper()
	d.On(d.Page.ByClass(class)[0], vdom.Submit, bridge.Event{})
}

// alert is what the page cries out.
func (d *desk) alert() string {
	for _, n := range d.Page.All(func(*pageNode) bool { return true }) {
		if n.Attrs["role"] == "alert" {
			return strings.TrimSpace(n.AllText())
		}
	}
	return ""
}

func TestEnterSendsAndTheSettingSwapsIt(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.Type("Reply", "a")
	if d.Key("Reply", "Enter", bridge.Shift) {
		t.Error("Shift Enter was kept from the field")
	}
	if !d.Key("Reply", "Enter", bridge.Ctrl) {
		t.Error("Ctrl Enter did nothing")
	}
	d.want("Ctrl Enter", d.asked("insert"), "reply")
	d.Key("Reply", "Enter", 0)
	if n := d.count(protocol.KindMessageSend); n != 1 {
		t.Fatalf("%d sent", n)
	}
	d.Prefs.EnterBreaks = true
	d.Type("Reply", "b")
	if d.Key("Reply", "Enter", 0) {
		t.Error("Enter was kept from the field")
	}
	d.Key("Reply", "Enter", bridge.Ctrl)
	d.stored(d.last(protocol.KindMessageSend), 13)
	d.want("sent", decode[protocol.MessageSend](t, d.last(protocol.KindMessageSend)).Text, "b")
}

func TestTwoThousandCharactersAreSentAndOneMoreIsNot(t *testing.T) {
	t.Parallel()
	d := opened(t)
	full := strings.Repeat("ы", protocol.MaxMessageRunes-1) + "🙂"
	d.Type("Reply", full+"x")
	d.want("the count", d.text("b-composer__count"), "1 too many")
	if _, off := d.Page.Named("Send").Attrs["disabled"]; !off {
		t.Error("Send can be pressed")
	}
	d.Key("Reply", "Enter", 0)
	if n := d.count(protocol.KindMessageSend); n != 0 {
		t.Fatal("2 001 characters were sent")
	}
	d.Type("Reply", full)
	d.want("the count", d.text("b-composer__count"), "0 left")
	d.Key("Reply", "Enter", 0)
	d.want("sent", decode[protocol.MessageSend](t, d.last(protocol.KindMessageSend)).Text, full)
}

func TestFilesGoUpAtOnceAndWithTheMessage(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.give(bridge.File{Handle: "1", Name: "a.pdf", Type: "application/pdf", Size: 1000}, bridge.File{Handle: "2", Name: "b.png", Type: "image/png", Size: 2000, Preview: "blob:x"})
	if n := len(d.Asked("upload")); n != 2 {
		t.Fatalf("%d uploads", n)
	}
	d.Do(bridge.Event{Kind: bridge.Uploading, Arg: "1", A: 500, B: 1000})
	d.want("progress", d.Page.ByClass("b-upload__bar")[0].Attrs["aria-valuenow"], "50")
	d.Type("Reply", "see file")
	d.Key("Reply", "Enter", 0)
	if n := d.count(protocol.KindMessageSend); n != 0 {
		t.Fatal("it was sent before the files were there")
	}
	first, second := "01JC000000000000000000F111", "01JC000000000000000000F112"
	d.Do(bridge.Event{Kind: bridge.Uploaded, Arg: "1", List: []string{"id", first, "name", "a.pdf", "kind", "other", "size", "1000"}})
	d.Do(bridge.Event{Kind: bridge.Uploaded, Arg: "2", List: []string{"id", second, "name", "b.png", "kind", "image", "type", "image/png", "size", "2000", "width", "40", "height", "30"}})
	got := decode[protocol.MessageSend](t, d.last(protocol.KindMessageSend))
	if got.Text != "see file" || len(got.Attachments) != 2 || string(got.Attachments[0]) != first {
		t.Errorf("sent %+v", got)
	}
	if n := len(d.Asked("forget")); n != 2 {
		t.Errorf("%d files were let go", n)
	}
}

func TestAFileOverItsLimitIsRefusedByNameBeforeItIsSent(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.give(bridge.File{Handle: "1", Name: "room.mov", Type: "video/quicktime", Size: 140 << 20})
	if len(d.Asked("upload")) != 0 {
		t.Error("it was uploaded")
	}
	d.want("it says", d.text("b-upload__problem"), "room.mov is 140 MB, the limit is 100 MB")
	d.Type("Reply", "x")
	if _, off := d.Page.Named("Send").Attrs["disabled"]; !off {
		t.Error("Send can be pressed")
	}
	d.Click("Remove room.mov")
	if _, off := d.Page.Named("Send").Attrs["disabled"]; off {
		t.Error("Send cannot be pressed after the file is gone")
	}
}

func TestADroppedUploadIsTriedAgain(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.give(bridge.File{Handle: "1", Name: "a.pdf", Size: 1000})
	d.Do(bridge.Event{Kind: bridge.UploadFailed, Arg: "1"})
	d.Click("Try again")
	if n := len(d.Asked("upload")); n != 2 {
		t.Errorf("%d uploads", n)
	}
}

func TestEachConversationKeepsItsDraft(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.Type("Reply", "for Kira")
	d.Do(bridge.Event{Kind: bridge.Moved, Text: "/console/#40"})
	if !strings.Contains(d.text("b-row__last"), "Draft: for Kira") {
		t.Errorf("the list says %q", d.text("b-row__last"))
	}
	d.Do(bridge.Event{Kind: bridge.Moved, Text: "/console/#41"})
	d.want("the field", d.Page.ByID("reply").Attrs[".value"], "for Kira")
}

func TestADraftComesBackAfterAReload(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/#41")
	name := ""
	for _, e := range d.Asked("load") {
		if strings.HasPrefix(e.Text, "console.draft.") {
			name = e.Text
		}
	}
	d.want("asked for", name, "console.draft."+string(ann)+".41")
	d.Do(bridge.Event{Kind: bridge.Record, Arg: name, Data: append([]byte("1"), protocol.EncodeBody(&protocol.Draft{Text: "half", At: noon - 1000})...)})
	d.page41()
	d.want("the field", d.Page.ByID("reply").Attrs[".value"], "half")
	d.write("half and more")
	saved := d.Asked("save")
	if last := saved[len(saved)-1]; len(last.Data) != 0 && strings.HasPrefix(last.Text, "console.draft.") {
		t.Errorf("after sending it keeps %q", last.Data)
	}
}

func TestWhatWasNotSentSurvivesAReload(t *testing.T) {
	t.Parallel()
	d := opened(t)
	const all = "console.outbox." + string(ann) + "."
	d.Do(bridge.Event{Kind: bridge.Closed, A: 1006})
	d.write("kept")
	again := opened(t)
	again.want("asked for", again.Asked("load")[1].Text, all)
	for _, e := range d.Asked("save") {
		if strings.HasPrefix(e.Text, all) {
			again.Do(bridge.Event{Kind: bridge.Record, Arg: e.Text, Data: e.Data})
		}
	}
	if n := again.count(protocol.KindMessageSend); n != 0 {
		t.Fatal("it did not wait for all of them")
	}
	again.Do(bridge.Event{Kind: bridge.Record, Arg: all})
	again.want("sent again", decode[protocol.MessageSend](t, again.last(protocol.KindMessageSend)).Text, "kept")
	again.want("shown", again.states(), "Read Sending")
}

func TestTypingIsToldAtMostEveryThreeSecondsAndEnds(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.Type("Reply", "a")
	d.Type("Reply", "ab")
	if n := d.count(protocol.KindTypingStart); n != 1 {
		t.Errorf("told %d times", n)
	}
	d.Fake.Now += 3000
	d.Type("Reply", "abc")
	if n := d.count(protocol.KindTypingStart); n != 2 {
		t.Errorf("told %d times", n)
	}
	d.Type("Reply", "")
	if n := d.count(protocol.KindTypingStop); n != 1 {
		t.Errorf("ended %d times", n)
	}
}

// keptDraft reads a draft as the browser keeps it.
func keptDraft(t *testing.T, data []byte) (d protocol.Draft) {
	t.Helper()
	if len(data) == 0 {
		return d
	}
	if err := protocol.DecodeBody(data[1:], &d); err != nil {
		t.Fatal(err)
	}
	return d
}
