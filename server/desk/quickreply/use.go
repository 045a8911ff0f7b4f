package quickreply

import (
	"errors"
	"strings"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/store"
)

// Use counts that a quick reply was inserted, and makes uploads of the caller's own out of its files, to send or to
// drop. Which they are is what the answer says was made, so that asking again by the same id finds the same ones.
func Use(r store.Reader, c call.Call, cmd *protocol.QuickReplyUse) (out store.Outcome, err error) {
	q, err := find(r, c, cmd.QuickReply)
	if err != nil {
		return out, err
	}
	if err := Count(r, &q); err != nil {
		return out, err
	}
	value, err := store.Usages.Encode(store.Usage{Count: q.Used + 1})
	if err != nil {
		return out, err
	}
	out.Private = []store.Write{{Key: store.Usages.Key(store.Text(q.ID)), Value: value}}
	var made []string
	for _, a := range q.Attachments {
		a.ID = protocol.AttachmentID(c.NewID())
		value, err := store.Uploads.Encode(store.Upload{Attachment: a, Uploader: c.Author(), At: c.Now})
		if err != nil {
			return out, err
		}
		out.Private = append(out.Private, store.Write{Key: store.Uploads.Key(store.Text(a.ID)), Value: value})
		made = append(made, string(a.ID))
	}
	out.Made = strings.Join(made, " ")
	return out, nil
}

// Made reads the uploads that Use made; those that were sent since are left out.
func Made(r store.Reader, accepted protocol.Accepted) (found []protocol.Attachment, err error) {
	for id := range strings.FieldsSeq(accepted.Made) {
		up, err := store.Uploads.Get(r, store.Text(id))
		switch {
		case err == nil:
			found = append(found, up.Attachment)
		case !errors.Is(err, store.ErrNotFound):
			return nil, err
		}
	}
	return found, nil
}
