package session

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"errors"
	"sync"

	"beseda/protocol"
	"beseda/server/desk"
	"beseda/server/engine"
	"beseda/store"
)

// change does one thing to many conversations: a command to each, in turn with everybody else's, at most maxUnderWay of
// them at a time. Each has an id of its own that follows from the whole's, so that who sends it again, having lost the
// answer, does to none of them anything twice.
func (s *session) change(id protocol.CommandID, cmd *protocol.ConversationsChange) error {
	b := &bulk{session: s, id: id, picks: cmd.Picks, errs: make([]error, len(cmd.Picks)), left: len(cmd.Picks)}
	for i, pick := range cmd.Picks {
		if s.over.Load() {
			return nil // nobody is there to be answered
		}
		err := s.hand(s.changeOne(id, cmd, pick), func(_ protocol.Accepted, err error) { b.done(i, err) })
		if err != nil {
			b.done(i, err)
		}
	}
	return nil
}

// changeOne is the command to one of them. What it is follows from how the conversation is when its turn comes.
func (s *session) changeOne(id protocol.CommandID, cmd *protocol.ConversationsChange, pick protocol.Pick) engine.Command {
	caller := s.caller
	return engine.Command{Author: caller.Author(), ID: derived(id, pick.Number), Decide: func(r store.Reader, now int64, newID func() string) (store.Outcome, error) {
		caller.Now, caller.NewID = now, newID
		body, err := act(r, cmd, pick)
		if err != nil {
			return store.Outcome{}, err
		}
		return desk.Decide(r, caller, body)
	}}
}

// act is a bulk's command to one conversation.
func act(r store.Reader, cmd *protocol.ConversationsChange, pick protocol.Pick) (protocol.Body, error) {
	n := pick.Number
	switch cmd.Act {
	case protocol.ActAssign:
		return &protocol.ConversationAssign{Conversation: n, Assignee: cmd.Assignee}, nil
	case protocol.ActUntag:
		return &protocol.ContactTagRemove{Conversation: n, Tag: cmd.Tag}, nil
	case protocol.ActMark:
		return &protocol.UnreadMark{Conversation: n}, nil
	case protocol.ActDelete:
		return &protocol.ConversationDelete{Conversation: n}, nil
	}
	conv, err := store.Conversations.Get(r, store.Num(n))
	if err != nil && !errors.Is(err, store.ErrNotFound) { // the desk says how that one is refused
		return nil, err
	}
	if cmd.Act == protocol.ActTag {
		pinned, err := pinnedTo(r, &conv, cmd.Tag)
		return &protocol.ContactTagAdd{Conversation: n, Tag: cmd.Tag, Pinned: pinned}, err
	}
	if conv.Activity == protocol.Active {
		return &protocol.ConversationComplete{Conversation: n, Status: cmd.Status, Last: pick.Last}, nil
	}
	return &protocol.StatusChange{Conversation: n, Status: cmd.Status, Last: pick.Last}, nil
}

// pinnedTo tells whether a tag is pinned to a conversation's contact already: putting it on many loosens none.
func pinnedTo(r store.Reader, conv *store.Conversation, tag protocol.TagID) (bool, error) {
	c, err := store.Contacts.Get(r, store.Text(conv.Contact))
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	for _, t := range c.Tags {
		if t.Tag == tag {
			return t.Pinned, err
		}
	}
	return false, err
}

// idLetters are Crockford's, as those of every id.
var idLetters = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// idTime is how many characters of an id are its time.
const idTime = 10

// derived is the id of a bulk's command to one conversation: as old as the bulk's, and always the same.
func derived(id protocol.CommandID, n protocol.Number) protocol.CommandID {
	sum := sha256.Sum256(binary.BigEndian.AppendUint64([]byte(id), uint64(n)))
	return id[:idTime] + protocol.CommandID(idLetters.EncodeToString(sum[:10]))
}

// bulk gathers what became of many commands; the last one answers for all.
type bulk struct {
	*session
	id    protocol.CommandID
	picks []protocol.Pick

	mu   sync.Mutex
	errs []error
	left int
}

// done is called by the reader and on the engine's goroutine.
func (b *bulk) done(i int, err error) {
	b.mu.Lock()
	b.errs[i] = err
	b.left--
	last := b.left == 0
	b.mu.Unlock()
	if last {
		out := b.changed()
		b.answer(protocol.KindConversationsChanged, b.id, &out)
	}
}

func (b *bulk) changed() (out protocol.ConversationsChanged) {
	for i, err := range b.errs {
		if err == nil {
			out.Done++
			continue
		}
		r := Refused(err, b.NewID, b.Log)
		out.Refused = append(out.Refused, protocol.RefusedPick{Number: b.picks[i].Number, Code: r.Code, Reason: r.Reason})
	}
	return out
}
