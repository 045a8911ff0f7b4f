package eventlist

import (
	"errors"

	"beseda/protocol"
	"beseda/server/desk/conversation"
	"beseda/server/desk/team"
	"beseda/store"
)

// rights answers, within one reading, what a member may see; what it looked up it knows until then.
type rights struct {
	r       store.Reader
	member  team.Member
	threads map[protocol.ThreadID]store.Thread
	rows    map[protocol.Number]store.Conversation
	may     map[protocol.Number]bool
}

func newRights(r store.Reader, m team.Member) *rights {
	return &rights{
		r: r, member: m, threads: map[protocol.ThreadID]store.Thread{},
		rows: map[protocol.Number]store.Conversation{}, may: map[protocol.Number]bool{},
	}
}

// see tells whether the member may see an event: an item by the right to the conversation that holds it now, anything
// else of a conversation by where its number leads, what is a visitor's by their newest conversation. What belongs to
// the whole workspace is for everybody whom its kind reaches, but what somebody saved for themselves is theirs alone.
// holder is the conversation that it is of, 0 for none.
func (s *rights) see(ev *protocol.Frame) (holder protocol.Number, may bool, err error) {
	switch {
	case ev.Thread == "":
		saved, is, err := store.SavedIn(ev)
		return 0, !is || saved.For(s.member.ID), err
	case ev.Kind.IsItem():
		holder, err = s.holding(ev.Thread, ev.Position)
		if errors.Is(err, store.ErrNotFound) { // it was erased
			return 0, false, nil
		}
	case ev.Conversation != 0:
		holder, err = s.live(ev.Conversation)
	default:
		thread, err := s.thread(ev.Thread)
		if err != nil || thread.Latest == 0 {
			return 0, err == nil && s.member.Admin, err
		}
		newest, err := s.live(thread.Latest)
		if err != nil {
			return 0, false, err
		}
		may, err = s.read(newest)
		return 0, may, err
	}
	if err != nil {
		return 0, false, err
	}
	if conv, err := s.row(holder); err != nil || conv.ErasedAt != 0 && !tellsOfErasing(ev.Kind) {
		return 0, false, err
	}
	may, err = s.read(holder)
	return holder, may, err
}

// tellsOfErasing tells whether an event is what remains of an erased conversation in the list.
func tellsOfErasing(kind protocol.Kind) bool {
	return kind == protocol.KindConversationErased || kind == protocol.KindConversationPurged
}

func (s *rights) thread(id protocol.ThreadID) (store.Thread, error) {
	if t, ok := s.threads[id]; ok {
		return t, nil
	}
	t, err := store.Threads.Get(s.r, store.Text(id))
	if err == nil {
		s.threads[id] = t
	}
	return t, err
}

func (s *rights) row(n protocol.Number) (store.Conversation, error) {
	if conv, ok := s.rows[n]; ok {
		return conv, nil
	}
	conv, err := store.Conversations.Get(s.r, store.Num(n))
	if err == nil {
		s.rows[n] = conv
	}
	return conv, err
}

// holding is the conversation whose ranges hold a position.
func (s *rights) holding(id protocol.ThreadID, at protocol.Position) (protocol.Number, error) {
	thread, err := s.thread(id)
	if err != nil {
		return 0, err
	}
	for _, n := range thread.Numbers {
		conv, err := s.row(n)
		if err != nil {
			return 0, err
		}
		if store.Within(conv.Ranges, at) {
			return n, nil
		}
	}
	return 0, store.ErrNotFound
}

func (s *rights) live(n protocol.Number) (protocol.Number, error) {
	conv, err := conversation.End(s.r, n)
	return conv.Number, err
}

func (s *rights) read(n protocol.Number) (bool, error) {
	if may, ok := s.may[n]; ok {
		return may, nil
	}
	conv, err := s.row(n)
	if err != nil {
		return false, err
	}
	held, err := team.HeldBy(s.r, &conv)
	if err != nil {
		return false, err
	}
	s.may[n] = team.MayRead(s.member, held)
	return s.may[n], nil
}
