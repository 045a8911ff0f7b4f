package session

import (
	"errors"
	"slices"

	"beseda/protocol"
	"beseda/server/desk/conversation"
	"beseda/server/desk/team"
	"beseda/server/engine"
	"beseda/store"
)

// maxWatched is how many conversations one connection may have open.
const maxWatched = 20

// history answers with older items: a visitor's of the whole thread, an operator's of one conversation.
func (s *session) history(id protocol.CommandID, cmd *protocol.HistoryRead) error {
	limit := cmd.Limit
	if limit == 0 {
		limit = protocol.HistoryPage
	}
	page := protocol.History{Conversation: cmd.Conversation}
	err := s.Engine.Read(func(r store.Reader) (err error) {
		if s.sender == protocol.FromVisitor {
			page.Conversation = 0
			visitor, err := store.Visitors.Get(r, store.Text(s.caller.By.ID))
			if errors.Is(err, store.ErrNotFound) {
				return nil // who never wrote has no history
			}
			if err != nil {
				return err
			}
			page.Items, page.More, err = conversation.Newest(r, visitor.Thread, conversation.Whole(), 0, cmd.Before, limit, conversation.ForVisitor())
			if err != nil {
				return err
			}
			page.Reactions, err = conversation.Reactions(r, visitor.Thread, conversation.Whole(), page.Items, 0)
			return err
		}
		conv, err := s.readable(r, cmd.Conversation)
		if err != nil {
			return err
		}
		return s.items(r, &conv, &page, 0, cmd.Before, limit)
	})
	if err == nil {
		s.listener.Answer(s.packet(protocol.KindHistory, id, &page).Quoting(), page.Conversation)
	}
	return err
}

// items reads a page of a conversation and what hangs on its messages. Items bear the number that holds them now, which
// may be another than the one they were written under.
func (s *session) items(r store.Reader, conv *store.Conversation, page *protocol.History, after, before protocol.Position, limit int) (err error) {
	m, err := s.member(r)
	if err != nil {
		return err
	}
	page.Conversation = conv.Number
	page.Items, page.More, err = conversation.Newest(r, conv.Thread, conv.Ranges, after, before, limit, conversation.ForMember(m))
	if err != nil {
		return err
	}
	for i := range page.Items {
		page.Items[i].Conversation = conv.Number
	}
	page.Reactions, err = conversation.Reactions(r, conv.Thread, conv.Ranges, page.Items, after)
	return err
}

// readable finds the conversation that a number leads to, where the operator may read it.
func (s *session) readable(r store.Reader, n protocol.Number) (store.Conversation, error) {
	conv, err := conversation.Live(r, n)
	if err != nil {
		return conv, err
	}
	may, err := s.asks(r, &conv, team.MayRead)
	if err == nil && !may {
		err = protocol.Refuse(protocol.CodeForbidden, "")
	}
	return conv, err
}

// asks the access rule about a conversation, for this operator with the rights of this moment.
func (s *session) asks(r store.Reader, conv *store.Conversation, rule func(team.Member, team.Held) bool) (bool, error) {
	m, err := s.member(r)
	if err != nil {
		return false, err
	}
	held, err := team.HeldBy(r, conv)
	return err == nil && rule(m, held), err
}

// member is this operator, who may have been deactivated since.
func (s *session) member(r store.Reader) (team.Member, error) {
	return team.Working(r, protocol.OperatorID(s.caller.By.ID))
}

// watch opens a conversation on this screen: its newest page, or what came after what the screen has; then live.
func (s *session) watch(id protocol.CommandID, cmd *protocol.ConversationWatch) error {
	var n protocol.Number // where the number leads
	var thread protocol.ThreadID
	err := s.Engine.Read(func(r store.Reader) error {
		conv, err := s.readable(r, cmd.Conversation)
		n, thread = conv.Number, conv.Thread
		return s.taken(r, &conv, err)
	})
	if err != nil {
		return err
	}
	if !s.Hub.Watch(s.listener, n, thread, maxWatched) {
		return protocol.Refuse(protocol.CodeConflict, limitReason(maxWatched))
	}
	page := protocol.History{Conversation: cmd.Conversation}
	var position protocol.Position
	err = s.Engine.Read(func(r store.Reader) (err error) {
		if position, err = engine.LastPosition(r); err != nil {
			return err
		}
		return s.fill(r, position, &page, cmd.After)
	})
	if err != nil {
		s.Hub.Unwatch(s.listener, n)
		return err
	}
	if page.Conversation != n { // it was merged in between
		s.Hub.Unwatch(s.listener, n)
		return s.watch(id, cmd)
	}
	if !s.Hub.Follow(s.listener, n, s.packet(protocol.KindHistory, id, &page).Quoting(), position) {
		return s.lost(n)
	}
	return nil
}

// unwatch closes a conversation on this screen.
func (s *session) unwatch(id protocol.CommandID, cmd *protocol.ConversationLeave) error {
	s.Hub.Unwatch(s.listener, cmd.Conversation)
	s.accept(id, protocol.Accepted{})
	return nil
}

// taken tells who has a conversation now to an operator who may not read it and who has read in it before: it was taken
// from them, or given away. Anybody else hears no more than that they may not.
func (s *session) taken(r store.Reader, conv *store.Conversation, err error) error {
	var no *protocol.Refusal
	if !errors.As(err, &no) || no.Code != protocol.CodeForbidden || conv.Assignee == "" {
		return err
	}
	_, had, reading := conversation.ReadBy(r, protocol.OperatorID(s.caller.By.ID), conv.Number)
	if reading != nil || !had {
		return err
	}
	return protocol.Refuse(protocol.CodeForbidden, "assignee="+string(conv.Assignee))
}

// lost is why a conversation that could be read a moment ago no longer can: it was erased, or is somebody else's.
func (s *session) lost(n protocol.Number) error {
	err := s.Engine.Read(func(r store.Reader) error {
		_, err := s.readable(r, n)
		return err
	})
	if err == nil { // and is again
		err = protocol.Refuse(protocol.CodeForbidden, "")
	}
	return err
}

// regroups tells whether an item says that others before it went to another conversation, or came from one.
func regroups(item protocol.Frame) bool {
	return item.Kind == protocol.KindConversationSplit || item.Kind == protocol.KindConversationMerged
}

// fill reads everything a screen needs of a conversation.
func (s *session) fill(r store.Reader, at protocol.Position, page *protocol.History, after protocol.Position) error {
	conv, err := s.readable(r, page.Conversation)
	if err != nil {
		return err
	}
	if page.Conversation != conv.Number {
		asked, err := store.Conversations.Get(r, store.Num(page.Conversation))
		if err != nil {
			return err
		}
		page.First = asked.MergedAt
	}
	if err := s.items(r, &conv, page, after, 0, protocol.HistoryPage); err != nil {
		return err
	}
	page.Reset = page.More && after != 0
	if after != 0 && slices.ContainsFunc(page.Items, regroups) { // what the screen has is not what there is
		page.Reset = true
		if err := s.items(r, &conv, page, 0, 0, protocol.HistoryPage); err != nil {
			return err
		}
	}
	if page.Receipts, err = conversation.Receipts(r, conv.Thread); err != nil {
		return err
	}
	row, err := s.Inbox.Row(r, at, s.listener.Viewer, conv.Number, s.Hub.VisitorOnline)
	if err != nil {
		return err
	}
	page.Row = &row
	if err := s.unsent(r, &conv, page); err != nil {
		return err
	}
	v, err := store.Visitors.Get(r, store.Text(conv.Visitor))
	if err != nil {
		return err
	}
	person, err := store.Contacts.Get(r, store.Text(conv.Contact))
	if err != nil {
		return err
	}
	page.Visitor = &protocol.Visitor{
		ID: v.ID, Contact: v.Contact, Name: row.Name, Channel: v.Channel, Language: v.Language, Device: v.Device,
		First: v.First, Current: v.Current, FirstSeen: v.FirstSeen, LastSeen: v.LastSeen, Online: row.Online,
		Email: person.Email, Phone: person.Phone,
	}
	return nil
}
