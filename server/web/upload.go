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
	"os"
	"strconv"
	"strings"

	"github.com/gabriel-vasile/mimetype"
	_ "golang.org/x/image/webp" // of WebP

	"beseda/protocol"
	"beseda/server/auth"
	"beseda/server/desk/contact"
	"beseda/server/engine"
	"beseda/store"
)

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
	body := paced(w, r)
	made, err := s.receive(p, r, body)
	body.done()
	if err != nil {
		s.refuse(w, cutOff(err))
		return
	}
	s.json(w, http.StatusCreated, made)
}

// cutOff knows the errors of a body that ended too soon: nobody's mistake here, and nobody is left to be told.
func cutOff(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, os.ErrDeadlineExceeded) || errors.Is(err, context.Canceled) {
		return protocol.Refuse(protocol.CodeInvalid, "body rule=whole")
	}
	return err
}

// receive judges what is said of a file, and takes it in within the limits.
func (s *site) receive(p *party, r *http.Request, body io.Reader) (protocol.Attachment, error) {
	var a protocol.Attachment
	if err := s.limitUpload(p, r); err != nil {
		return a, err
	}
	if p.isVisitor() {
		err := s.Engine.Read(func(r store.Reader) error { return contact.VisitorPasses(r, protocol.VisitorID(p.call.By.ID)) })
		if err != nil {
			return a, err
		}
	}
	switch {
	case r.ContentLength <= 0:
		return a, protocol.Refuse(protocol.CodeInvalid, "field=content-length rule=required")
	case r.ContentLength > protocol.MaxVideoBytes: // more than any kind may have
		return a, &store.LimitError{Limit: protocol.MaxVideoBytes}
	}
	name, err := url.PathUnescape(r.Header.Get("Beseda-Name"))
	if err != nil {
		return a, protocol.Refuse(protocol.CodeInvalid, "field=beseda-name")
	}
	a.ID, a.Name = protocol.AttachmentID(s.NewID()), protocol.CleanFileName(name)
	blob, err := s.take(p, r, body, &a)
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

// limitUpload counts a file, whatever becomes of it: a visitor's for the address too, since anybody makes visitors.
func (s *site) limitUpload(p *party, r *http.Request) error {
	limits, who := s.Auth.Limits, p.call.By.ID
	if !p.isVisitor() {
		return limits.Take(auth.LimitUploadOperator, who)
	}
	if err := limits.Take(auth.LimitUploadVisitor, who); err != nil {
		return err
	}
	err := limits.Take(auth.LimitUploadAddress, auth.AddressKey(s.Peer.Address(r)))
	if err != nil {
		limits.GiveBack(auth.LimitUploadVisitor, who)
	}
	return err
}

// megabytes rounds a size up: small files are not for nothing.
func megabytes(size int64) int { return int((size + protocol.MegaByte - 1) / protocol.MegaByte) }

// take stores content and judges what it is by how it begins. What a visitor sends weighs on its address, unless nothing
// of it was kept.
func (s *site) take(p *party, r *http.Request, body io.Reader, a *protocol.Attachment) (store.BlobInfo, error) {
	limits, from, weight := s.Auth.Limits, auth.AddressKey(s.Peer.Address(r)), megabytes(r.ContentLength)
	if p.isVisitor() {
		if err := limits.TakeSome(auth.LimitUploadMegabytes, from, weight); err != nil {
			return store.BlobInfo{}, err
		}
	}
	blob, err := s.Blobs.Put(p.ctx, body, protocol.MaxVideoBytes, func(head []byte) (int64, error) {
		a.Type, a.Kind = kindOf(head)
		most := protocol.MaxBytes(a.Kind)
		if r.ContentLength > most {
			return 0, &store.LimitError{Limit: most} // said before the rest is read
		}
		return most, nil
	})
	if err != nil && p.isVisitor() {
		limits.GiveSomeBack(auth.LimitUploadMegabytes, from, weight)
	}
	return blob, err
}

// inlineTypes are the images that browsers may show in place; everything else is for downloading.
var inlineTypes = map[string]bool{"image/png": true, "image/jpeg": true, "image/gif": true, "image/webp": true}

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
	config, err := measured(io.LimitReader(content, headerBytes))
	return config.Width, config.Height, err
}

// measured reads an image's header, and refuses what would be too large to show.
func measured(r io.Reader) (image.Config, error) {
	config, _, err := image.DecodeConfig(r)
	switch {
	case err != nil || config.Width <= 0 || config.Height <= 0:
		return config, protocol.Refuse(protocol.CodeInvalid, "image rule=readable")
	case config.Width > protocol.MaxImageSide || config.Height > protocol.MaxImageSide ||
		config.Width*config.Height > protocol.MaxImagePixels:
		return config, protocol.Refuse(protocol.CodeTooLarge, "image limit="+strconv.Itoa(protocol.MaxImageSide)+"px")
	}
	return config, nil
}
