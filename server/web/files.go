package web

import (
	"context"
	"errors"
	"image"
	_ "image/gif"  // dimensions of GIF
	_ "image/jpeg" // of JPEG
	_ "image/png"  // of PNG
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/gabriel-vasile/mimetype"
	_ "golang.org/x/image/webp" // of WebP

	"beseda/protocol"
	"beseda/server/auth"
	"beseda/server/desk/call"
	"beseda/server/desk/conversation"
	"beseda/server/desk/team"
	"beseda/server/engine"
	"beseda/store"
)

// inlineTypes are the images that browsers may show in place; everything else is for downloading.
var inlineTypes = map[string]bool{"image/png": true, "image/jpeg": true, "image/gif": true, "image/webp": true}

// headerBytes is how far into an image its dimensions are looked for.
const headerBytes = 1 << 20

// upload streams a file in and keeps it for its author's next message.
func (s *site) upload(w http.ResponseWriter, r *http.Request) {
	p, err := s.who(r)
	if err != nil {
		s.refuse(w, err)
		return
	}
	defer p.release()
	made, err := s.receive(p, r)
	if err != nil {
		s.refuse(w, err)
		return
	}
	s.json(w, http.StatusCreated, made)
}

func (s *site) receive(p *party, r *http.Request) (protocol.Attachment, error) {
	var a protocol.Attachment
	limit := auth.LimitUploadOperator
	if p.isVisitor() {
		limit = auth.LimitUploadVisitor
	}
	if err := s.Auth.Limits.Take(limit, p.call.By.ID); err != nil {
		return a, err
	}
	if r.ContentLength <= 0 {
		return a, protocol.Refuse(protocol.CodeInvalid, "field=content-length rule=required")
	}
	name, err := url.PathUnescape(r.Header.Get("Beseda-Name"))
	if err != nil {
		return a, protocol.Refuse(protocol.CodeInvalid, "field=name")
	}
	a.ID, a.Name = protocol.AttachmentID(s.NewID()), protocol.CleanFileName(name)
	blob, err := s.Blobs.Put(p.ctx, r.Body, protocol.MaxVideoBytes, func(head []byte) (int64, error) {
		a.Type, a.Kind = kindOf(head)
		most := protocol.MaxBytes(a.Kind)
		if r.ContentLength > most {
			return 0, &store.LimitError{Limit: most} // said before the rest is read
		}
		return most, nil
	})
	if err != nil {
		return a, err
	}
	if blob.Size != r.ContentLength {
		return a, protocol.Refuse(protocol.CodeInvalid, "field=content-length")
	}
	a.Size, a.Blob = blob.Size, blob.Hash
	if a.Kind == protocol.AttachmentImage {
		if a.Width, a.Height, err = s.dimensions(blob.Hash); err != nil {
			return a, err
		}
	}
	_, err = s.Engine.Do(p.ctx, engine.Command{Decide: func(_ store.Reader, now int64, _ func() string) (store.Outcome, error) {
		value, err := store.Uploads.Encode(store.Upload{Attachment: a, Uploader: p.call.Author(), At: now})
		return store.Outcome{Private: []store.Write{{Key: store.Uploads.Key(store.Text(a.ID)), Value: value}}}, err
	}})
	return a, err
}

// kindOf judges content by its first bytes, never by its name.
func kindOf(head []byte) (string, protocol.AttachmentKind) {
	found := mimetype.Detect(head)
	name, _, _ := mime.ParseMediaType(found.String())
	switch {
	case inlineTypes[name]:
		return name, protocol.AttachmentImage
	case strings.HasPrefix(name, "audio/"):
		return name, protocol.AttachmentAudio
	case strings.HasPrefix(name, "video/"):
		return name, protocol.AttachmentVideo
	}
	return name, protocol.AttachmentOther
}

// dimensions reads an image's size from its header, before anybody decodes it: a small file can be a huge picture.
func (s *site) dimensions(hash string) (width, height int, err error) {
	content, _, err := s.Blobs.Open(hash)
	if err != nil {
		return 0, 0, err
	}
	defer content.Close()
	config, _, err := image.DecodeConfig(io.LimitReader(content, headerBytes))
	switch {
	case err != nil:
		return 0, 0, protocol.Refuse(protocol.CodeInvalid, "image rule=readable")
	case config.Width > protocol.MaxImageSide || config.Height > protocol.MaxImageSide ||
		config.Width*config.Height > protocol.MaxImagePixels:
		return 0, 0, protocol.Refuse(protocol.CodeTooLarge, "image limit="+strconv.Itoa(protocol.MaxImageSide)+"px")
	}
	return config.Width, config.Height, nil
}

// download streams a file out to whoever may read the message it hangs on.
func (s *site) download(w http.ResponseWriter, r *http.Request) {
	p, err := s.who(r)
	if err != nil {
		s.refuse(w, err)
		return
	}
	defer p.release()
	a, err := s.find(p, protocol.AttachmentID(r.PathValue("id")))
	if err != nil {
		s.refuse(w, err)
		return
	}
	content, _, err := s.Blobs.Open(a.Blob)
	if err != nil {
		s.refuse(w, err)
		return
	}
	defer content.Close()
	h := w.Header()
	h.Set("Content-Type", a.Type)
	h.Set("Content-Disposition", disposition(a))
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "private, max-age=0, must-revalidate") // the right is asked each time
	h.Set("Vary", "Cookie, Authorization, Beseda-Channel")
	h.Set("ETag", `"`+a.Blob+`"`)
	http.ServeContent(w, r, "", time.Time{}, bound{content, p.ctx})
}

// find looks a file up and asks for the right: a visitor's thread, an operator's access to the conversation that holds
// the message. What is not attached yet is its uploader's alone.
func (s *site) find(p *party, id protocol.AttachmentID) (protocol.Attachment, error) {
	var a protocol.Attachment
	err := s.Engine.Read(func(r store.Reader) error {
		row, err := store.Attachments.Get(r, store.Text(id))
		if errors.Is(err, store.ErrNotFound) {
			up, err := store.Uploads.Get(r, store.Text(id))
			if err == nil && up.Uploader != p.call.Author() {
				err = store.ErrNotFound
			}
			a = up.Attachment
			return err
		}
		if err != nil {
			return err
		}
		a = row.Attachment
		if p.isVisitor() {
			if row.Thread != p.thread {
				return store.ErrNotFound
			}
			return nil
		}
		conv, err := conversation.Holding(r, row.Thread, row.Position)
		if err != nil {
			return err
		}
		if !team.MayRead(p.member, team.HeldBy(&conv)) {
			return protocol.Refuse(protocol.CodeForbidden, "")
		}
		return nil
	})
	return a, err
}

// disposition keeps a file from being shown as a page of ours.
func disposition(a protocol.Attachment) string {
	kind := "attachment"
	if inlineTypes[a.Type] {
		kind = "inline"
	}
	if value := mime.FormatMediaType(kind, map[string]string{"filename": a.Name}); value != "" {
		return value
	}
	return kind
}

// bound is content that ends when its reader's right does.
type bound struct {
	io.ReadSeeker
	ctx context.Context
}

func (b bound) Read(p []byte) (int, error) {
	if err := context.Cause(b.ctx); err != nil {
		return 0, err
	}
	return b.ReadSeeker.Read(p)
}

// operatorCall is a command by somebody of the team over HTTP.
func (s *site) operatorCall(p *party, decide func(store.Reader, call.Call) (store.Outcome, error)) error {
	_, err := s.Engine.Do(p.ctx, engine.Command{Decide: func(r store.Reader, now int64, newID func() string) (store.Outcome, error) {
		c := p.call
		c.Now, c.NewID = now, newID
		return decide(r, c)
	}})
	return err
}
