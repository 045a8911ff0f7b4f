package quickreply

import (
	"errors"
	"slices"
	"strconv"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/store"
)

var errMany = protocol.Refuse(protocol.CodeConflict, "limit="+strconv.Itoa(protocol.MaxQuickReplies))

// Create saves a quick reply. A shared one needs the right to settings.
func Create(r store.Reader, c call.Call, cmd *protocol.QuickReplyCreate) (out store.Outcome, err error) {
	next := protocol.QuickReply{
		Name: cmd.Name, Shortcut: cmd.Shortcut, Text: cmd.Text, Folder: cmd.Folder, Language: cmd.Language, Shared: cmd.Shared,
		Owner: c.Operator(),
	}
	if err := c.Saves(next.Shared); err != nil {
		return out, err
	}
	if err := room(r, &next, c.Operator()); err != nil {
		return out, err
	}
	next.ID = protocol.QuickReplyID(c.NewID())
	if next.Attachments, err = files(r, c, cmd.Attachments, nil, &out); err != nil {
		return out, err
	}
	out.Made = string(next.ID)
	out.Events = []protocol.Frame{set(c, &next)}
	return out, nil
}

// Change replaces a quick reply; its owner stays. One that is no longer shared is deleted for everybody first, and is
// its owner's alone from then on.
func Change(r store.Reader, c call.Call, cmd *protocol.QuickReplyChange) (out store.Outcome, err error) {
	old, err := find(r, c, cmd.QuickReply)
	if err != nil {
		return out, err
	}
	if err := c.Saves(old.Shared || cmd.Shared); err != nil {
		return out, err
	}
	next := protocol.QuickReply{
		ID: old.ID, Owner: old.Owner,
		Name: cmd.Name, Shortcut: cmd.Shortcut, Text: cmd.Text, Folder: cmd.Folder, Language: cmd.Language, Shared: cmd.Shared,
	}
	viewer := c.Operator()
	if !next.Shared {
		viewer = next.Owner
	}
	if err := room(r, &next, viewer); err != nil {
		return out, err
	}
	if next.Attachments, err = files(r, c, cmd.Attachments, old.Attachments, &out); err != nil {
		return out, err
	}
	if same(&old, &next) {
		return store.Outcome{}, nil
	}
	if old.Shared && !next.Shared {
		out.Events = append(out.Events, deleted(c, &old))
	}
	out.Events = append(out.Events, set(c, &next))
	return out, nil
}

// Delete removes a quick reply.
func Delete(r store.Reader, c call.Call, cmd *protocol.QuickReplyDelete) (out store.Outcome, err error) {
	old, err := find(r, c, cmd.QuickReply)
	if err != nil {
		return out, err
	}
	if err := c.Saves(old.Shared); err != nil {
		return out, err
	}
	out.Events = []protocol.Frame{deleted(c, &old)}
	out.Private = []store.Write{{Key: store.Usages.Key(store.Text(old.ID))}}
	return out, nil
}

func find(r store.Reader, c call.Call, id protocol.QuickReplyID) (protocol.QuickReply, error) {
	q, err := Find(r, c.Operator(), id)
	if errors.Is(err, store.ErrNotFound) {
		err = protocol.Refuse(protocol.CodeNotFound, "")
	}
	return q, err
}

func set(c call.Call, q *protocol.QuickReply) protocol.Frame {
	return c.Event(protocol.KindQuickReplySet, protocol.EncodeBody(&protocol.QuickReplySet{QuickReply: *q}))
}

func deleted(c call.Call, q *protocol.QuickReply) protocol.Frame {
	return c.Event(protocol.KindQuickReplyDeleted, protocol.EncodeBody(&protocol.QuickReplyDeleted{
		QuickReply: q.ID, Name: q.Name, Shared: q.Shared, Owner: q.Owner,
	}))
}

func same(a, b *protocol.QuickReply) bool {
	return a.Name == b.Name && a.Shortcut == b.Shortcut && a.Text == b.Text && a.Folder == b.Folder &&
		a.Language == b.Language && a.Shared == b.Shared &&
		slices.EqualFunc(a.Attachments, b.Attachments, func(x, y protocol.Attachment) bool { return x.ID == y.ID })
}
