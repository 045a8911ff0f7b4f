package browser

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

func TestFilesAndPicturesAreSentAndSeen(t *testing.T) {
	t.Parallel()
	s := play(t)
	ann, kira, widget := s.ann, s.kira, s.widget
	dir := t.TempDir()
	lamp, manual := filepath.Join(dir, "lamp.png"), filepath.Join(dir, "Manual <b>1.txt")
	keep(t, lamp, picture(t))
	keep(t, manual, []byte("Hang it at 1.5 m.\n"))

	widget.choose("Attach files", lamp, manual)
	widget.ask("two files wait", `document.querySelectorAll('.b-upload').length === 2`)
	kira.shot("files-waiting")
	s.asked("see both").opened()
	for who, p := range map[string]*person{"the visitor": widget, "the operator": ann.person} {
		p.ask(who+" sees the picture", `[...document.querySelectorAll('[role=log] img')].some(i => i.complete && i.naturalWidth === 320 && i.naturalHeight === 200)`)
		p.says("Manual <b>1.txt")
	}
	kira.shot("files-widget")
	ann.shot("files-console")
	// The address of another's file is nobody's.
	res, _ := s.get(must[string](ann, `new URL([...document.querySelectorAll('[role=log] img')].pop().src).pathname`))
	if res.StatusCode != 401 {
		t.Errorf("without a proof the picture's address answers %d", res.StatusCode)
	}

	ann.choose("Attach files", lamp)
	ann.reply("and one back")
	widget.says("and one back")
	widget.ask("the answer's picture", `[...document.querySelectorAll('[role=log] img')].filter(i => i.complete && i.naturalWidth === 320).length === 2`)
}

// choose presses a button that opens a file chooser and chooses.
func (p *person) choose(button string, files ...string) {
	p.t.Helper()
	p.see("button", button)
	at := p.middle("button", button)
	p.run(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		if _, err := cdp.Call(ctx, t, page.SetInterceptFileChooserDialog, page.SetInterceptFileChooserDialogParams{Enabled: true}); err != nil {
			return err
		}
		ev, err := chromedp.WaitEvent(page.FileChooserOpened, nil, chromedp.MouseClickXY(at.X, at.Y))(ctx, t)
		if err != nil {
			return err
		}
		_, err = cdp.Call(ctx, t, dom.SetFileInputFiles, dom.SetFileInputFilesParams{Files: files, BackendNodeID: ev.BackendNodeID})
		return err
	}))
}

func keep(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// picture is a small PNG that a person can recognise.
func picture(t *testing.T) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 320, 200))
	for y := range 200 {
		for x := range 320 {
			img.Set(x, y, color.RGBA{uint8(x * 255 / 320), uint8(y), 120, 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
