package conversation

import (
	"errors"
	"slices"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/store"
)

// compose makes a message of text and the author's uploads, and lists the uploads it uses up: each hangs on one
// message. Another's upload looks like one that does not exist.
func compose(r store.Reader, c call.Call, text string, files []protocol.AttachmentID) (*protocol.MessageSent, []store.Write, error) {
	body := &protocol.MessageSent{Text: text}
	switch {
	case text == "" && len(files) == 0:
		return nil, nil, protocol.Refuse(protocol.CodeInvalid, "field=text rule=required")
	case len(files) == 0:
		return body, nil, nil
	}
	used := make([]store.Write, 0, len(files))
	body.Attachments = make([]protocol.Attachment, 0, len(files))
	for i, id := range files {
		if slices.Contains(files[:i], id) {
			return nil, nil, protocol.Refuse(protocol.CodeInvalid, "field=attachments rule=unique")
		}
		up, err := store.Uploads.Get(r, store.Text(id))
		switch {
		case errors.Is(err, store.ErrNotFound), err == nil && up.Uploader != c.Author():
			return nil, nil, protocol.Refuse(protocol.CodeNotFound, "field=attachments")
		case err != nil:
			return nil, nil, err
		}
		body.Attachments = append(body.Attachments, up.Attachment)
		used = append(used, store.Write{Key: store.Uploads.Key(store.Text(id))})
	}
	return body, used, nil
}
