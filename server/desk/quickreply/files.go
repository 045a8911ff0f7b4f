package quickreply

import (
	"errors"
	"slices"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/server/desk/conversation"
	"beseda/server/desk/team"
	"beseda/store"
)

// files finds what a quick reply shall hold: its own, uploads of the caller, which it uses up, and files of messages that
// the caller may read, of which it gets copies. The content is shared, never copied.
func files(r store.Reader, c call.Call, ids []protocol.AttachmentID, own []protocol.Attachment, out *store.Outcome) (found []protocol.Attachment, err error) {
	for _, id := range ids {
		if i := slices.IndexFunc(own, func(a protocol.Attachment) bool { return a.ID == id }); i >= 0 {
			found = append(found, own[i])
			continue
		}
		up, err := store.Uploads.Get(r, store.Text(id))
		switch {
		case err == nil && up.Uploader == c.Author():
			found = append(found, up.Attachment)
			out.Private = append(out.Private, store.Write{Key: store.Uploads.Key(store.Text(id))})
			continue
		case err != nil && !errors.Is(err, store.ErrNotFound):
			return nil, err
		}
		a, err := ofMessage(r, c, id)
		if err != nil {
			return nil, err
		}
		a.ID = protocol.AttachmentID(c.NewID())
		found = append(found, a)
	}
	return found, nil
}

var errNoFile = protocol.Refuse(protocol.CodeNotFound, "field=attachments")

// ofMessage finds a file of a message that the caller may read; any other looks like one that does not exist.
func ofMessage(r store.Reader, c call.Call, id protocol.AttachmentID) (protocol.Attachment, error) {
	row, err := store.Attachments.Get(r, store.Text(id))
	if errors.Is(err, store.ErrNotFound) || err == nil && row.QuickReply != "" {
		return row.Attachment, errNoFile
	}
	if err != nil {
		return row.Attachment, err
	}
	conv, err := conversation.Holding(r, row.Thread, row.Position)
	if errors.Is(err, store.ErrNotFound) { // or erased
		return row.Attachment, errNoFile
	}
	if err != nil {
		return row.Attachment, err
	}
	held, err := team.HeldBy(r, &conv)
	if err == nil && !team.MayRead(team.MemberWho(c), held) {
		err = errNoFile
	}
	return row.Attachment, err
}
