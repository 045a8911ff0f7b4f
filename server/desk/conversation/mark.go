package conversation

import (
	"bytes"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/store"
)

// An unread mark is one operator's own: it stands beside their position and moves neither that nor anything that others
// see. Reading on and replying leave it; entering the conversation again, and saying that no reply is needed, end it.

// Mark sets whether the caller has a conversation marked as unread. What is so already has no effect.
func Mark(r store.Reader, c call.Call, number protocol.Number, on bool) (out store.Outcome, err error) {
	conv, err := reach(r, c, number)
	if err != nil {
		return out, err
	}
	if !conv.mayRead() {
		return out, protocol.Refuse(protocol.CodeForbidden, "")
	}
	return out, mark(r, c, &conv.Conversation, on, &out)
}

// mark adds the mark, or its end, to what is written, and a notice for the operator's other devices: the command itself,
// which goes no further than the hub.
func mark(r store.Reader, c call.Call, conv *store.Conversation, on bool, out *store.Outcome) error {
	id := c.Operator()
	own, _, err := ReadBy(r, id, conv.Number)
	if err != nil || own.Marked == on {
		return err
	}
	key := store.OperatorReads.Key(store.Text(id), store.Num(conv.Number))
	for _, w := range out.Private { // the same command may have moved the position
		if !bytes.Equal(w.Key, key) {
			continue
		}
		if own, err = store.OperatorReads.Decode(w.Key, w.Value); err != nil {
			return err
		}
	}
	own.Marked = on
	if err := keepRead(out, id, conv.Number, own); err != nil {
		return err
	}
	ev := event(c, protocol.KindUnreadClear, conv.Thread, conv.Number, &protocol.UnreadClear{Conversation: conv.Number})
	if on {
		ev.Kind = protocol.KindUnreadMark
	}
	out.Notices = append(out.Notices, ev)
	return nil
}
