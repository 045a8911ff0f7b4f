package web

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"io"
	"net/http"
	"strconv"
	"time"

	"golang.org/x/image/draw"

	"beseda/protocol"
	"beseda/server/auth"
	"beseda/server/desk/call"
	"beseda/server/desk/team"
	"beseda/store"
)

const (
	pictureSide     = 256
	maxPictureBytes = 5 * protocol.MegaByte
	// maxPicturePixels of a picture that is drawn anew: its pixels are whole in memory meanwhile, up to 8 bytes each.
	maxPicturePixels = 16_000_000
)

// picture shows an operator's picture to anybody: visitors see it beside the answers.
func (s *site) picture(w http.ResponseWriter, r *http.Request) {
	var o store.Operator
	err := s.Engine.Read(func(rd store.Reader) (err error) {
		o, err = store.Operators.Get(rd, store.Text(protocol.OperatorID(r.PathValue("operator"))))
		return err
	})
	if err == nil && o.PictureBlob == "" {
		err = store.ErrNotFound
	}
	if err != nil {
		s.refuse(w, err)
		return
	}
	content, _, err := s.Blobs.Open(o.PictureBlob)
	if err != nil {
		s.refuse(w, err)
		return
	}
	defer content.Close()
	h := w.Header()
	h.Set("Content-Type", o.PictureType)
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("Cache-Control", "public, max-age=86400")
	out := outward(r.Context(), w)
	defer out.done()
	http.ServeContent(out, r, "", time.Time{}, content)
}

// changePicture takes one's own picture in. It is drawn anew, square and small, so that nothing of the file remains
// but what is seen.
func (s *site) changePicture(w http.ResponseWriter, r *http.Request) {
	p, err := s.who(r)
	if err == nil && p.isVisitor() {
		err = protocol.Refuse(protocol.CodeForbidden, "")
	}
	if err != nil {
		s.refuse(w, err)
		return
	}
	defer p.release()
	small, err := s.receivePicture(p, w, r)
	if err != nil {
		s.refuse(w, cutOff(err))
		return
	}
	blob, err := s.Blobs.Put(p.ctx, bytes.NewReader(small), maxPictureBytes, nil)
	if err == nil {
		err = s.operatorCall(p, func(rd store.Reader, c call.Call) (store.Outcome, error) {
			return team.ChangePicture(rd, c, blob.Hash, "image/png")
		})
	}
	if err != nil {
		s.refuse(w, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (s *site) receivePicture(p *party, w http.ResponseWriter, r *http.Request) ([]byte, error) {
	if err := s.Auth.Limits.Take(auth.LimitUploadOperator, p.call.By.ID); err != nil {
		return nil, err
	}
	body := paced(w, r)
	defer body.done()
	raw, err := io.ReadAll(http.MaxBytesReader(w, io.NopCloser(body), maxPictureBytes))
	var tooLong *http.MaxBytesError
	switch {
	case errors.As(err, &tooLong):
		return nil, &store.LimitError{Limit: tooLong.Limit}
	case err != nil:
		return nil, err
	}
	return s.redraw(p.ctx, raw)
}

// redraw makes a picture square and small, when it is its turn: one at a time, since a large one takes much memory.
func (s *site) redraw(ctx context.Context, raw []byte) ([]byte, error) {
	if _, kind := kindOf(raw); kind != protocol.AttachmentImage {
		return nil, protocol.Refuse(protocol.CodeInvalid, "image rule=type")
	}
	config, err := measured(bytes.NewReader(raw))
	switch {
	case err != nil:
		return nil, err
	case config.Width*config.Height > maxPicturePixels:
		return nil, protocol.Refuse(protocol.CodeTooLarge, "image limit="+strconv.Itoa(maxPicturePixels)+"pixels")
	}
	select {
	case s.drawing <- struct{}{}:
		defer func() { <-s.drawing }()
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	full, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return nil, protocol.Refuse(protocol.CodeInvalid, "image rule=readable")
	}
	b := full.Bounds()
	side := min(b.Dx(), b.Dy())
	x, y := b.Min.X+(b.Dx()-side)/2, b.Min.Y+(b.Dy()-side)/2
	small := image.NewRGBA(image.Rect(0, 0, pictureSide, pictureSide))
	draw.CatmullRom.Scale(small, small.Bounds(), full, image.Rect(x, y, x+side, y+side), draw.Src, nil)
	var out bytes.Buffer
	if err := png.Encode(&out, small); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
