package conversation

import (
	"errors"
	"slices"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/store"
)

// compose makes a message of text and the author's uploads, and lists the uploads it uses up: each hangs on one
// message.
func compose(r store.Reader, c call.Call, text string, files []protocol.AttachmentID) (*protocol.MessageSent, []store.Write, error) {
	body := &protocol.MessageSent{Text: text}
	if text == "" && len(files) == 0 {
		return nil, nil, protocol.Refuse(protocol.CodeInvalid, "field=text rule=required")
	}
	var used []store.Write
	var err error
	body.Attachments, used, err = ownUploads(r, c, files)
	return body, used, err
}

// ownUploads finds uploads of the caller, with the writes that use them up. Another's looks like one that does not exist.
func ownUploads(r store.Reader, c call.Call, files []protocol.AttachmentID) (found []protocol.Attachment, used []store.Write, err error) {
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
		found = append(found, up.Attachment)
		used = append(used, store.Write{Key: store.Uploads.Key(store.Text(id))})
	}
	return found, used, nil
}
