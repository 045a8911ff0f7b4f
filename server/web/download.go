package web

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"

	"beseda/protocol"
	"beseda/server/auth"
	"beseda/server/desk/conversation"
	"beseda/server/desk/quickreply"
	"beseda/server/desk/team"
	"beseda/store"
)

// download streams a file out to whoever may read the message it hangs on.
func (s *site) download(w http.ResponseWriter, r *http.Request) {
	p, err := s.who(r)
	if err != nil {
		s.refuse(w, err)
		return
	}
	defer p.release()
	a, held, err := s.findFile(p, r.PathValue("id"))
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
	h.Set("Content-Type", servedAs(a.Type))
	h.Set("Content-Disposition", disposition(a))
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "private, max-age=0, must-revalidate") // the right is asked each time
	h.Set("Vary", "Cookie, Authorization, Beseda-Channel")
	h.Set("ETag", `"`+a.Blob+`"`)
	out := outward(p.ctx, w)
	defer out.done()
	http.ServeContent(out, r, "", time.Time{}, &stillAllowed{content, func() bool {
		return held == 0 || s.Inbox.MayRead(protocol.OperatorID(p.call.By.ID), held)
	}})
}

// findFile looks a file up and asks for the right: a visitor's thread, an operator's access to the conversation that
// holds the message, which is returned so that it can be asked again, or a quick reply's user. What is not attached yet
// is its uploader's alone.
func (s *site) findFile(p *party, id string) (a protocol.Attachment, held protocol.Number, err error) {
	if !protocol.IsID(id) {
		return a, 0, store.ErrNotFound
	}
	err = s.Engine.Read(func(r store.Reader) error {
		row, err := store.Attachments.Get(r, store.Text(protocol.AttachmentID(id)))
		if errors.Is(err, store.ErrNotFound) {
			up, err := store.Uploads.Get(r, store.Text(protocol.AttachmentID(id)))
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
		if row.QuickReply != "" {
			return findPreview(r, p, row.QuickReply)
		}
		if p.isVisitor() && row.Thread != p.thread {
			return store.ErrNotFound
		}
		conv, err := conversation.Holding(r, row.Thread, row.Position) // none, where it is erased
		if err != nil || p.isVisitor() {
			return err
		}
		by, err := team.HeldBy(r, &conv)
		if held = conv.Number; err == nil && !team.MayRead(team.MemberWho(p.call), by) {
			err = protocol.Refuse(protocol.CodeForbidden, "")
		}
		return err
	})
	return a, held, err
}

// findPreview asks for the right to a file of a quick reply: it is for who may use that one.
func findPreview(r store.Reader, p *party, id protocol.QuickReplyID) error {
	if p.isVisitor() {
		return store.ErrNotFound
	}
	_, err := quickreply.Find(r, protocol.OperatorID(p.call.By.ID), id)
	return err
}

// stillAllowed is content that ends when its reader's right does.
type stillAllowed struct {
	io.ReadSeeker
	may func() bool
}

func (c *stillAllowed) Read(p []byte) (int, error) {
	if !c.may() {
		return 0, auth.ErrRevoked
	}
	return c.ReadSeeker.Read(p)
}

// servedAs is the type that a file is served with. What a browser could run is bytes to it, also where somebody makes
// a blob: address of our own origin out of it.
func servedAs(mediaType string) string {
	kind, _, _ := strings.Cut(mediaType, "/")
	if inlineTypes[mediaType] || kind == "audio" || kind == "video" || mediaType == "application/pdf" {
		return mediaType
	}
	return "application/octet-stream"
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
