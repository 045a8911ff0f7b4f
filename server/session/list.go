package session

import (
	"errors"

	"beseda/protocol"
	"beseda/server/desk/team"
	"beseda/server/engine"
	"beseda/server/hub"
	"beseda/store"
)

// inboxRead answers with rows of the list below a row. They are read when they are written: what waits in an outbox
// must not show what was taken away meanwhile.
func (s *session) inboxRead(id protocol.CommandID, cmd *protocol.InboxRead) {
	s.listener.AnswerLater(func() *hub.Packet {
		var out protocol.Inbox
		err := s.Engine.Read(func(r store.Reader) (err error) {
			out, err = s.page(r, cmd)
			return err
		})
		if err != nil {
			r := Refused(err, s.NewID, s.Log)
			return s.packet(protocol.KindRefused, id, &r)
		}
		return s.packet(protocol.KindInbox, id, &out)
	})
}

func (s *session) page(r store.Reader, cmd *protocol.InboxRead) (protocol.Inbox, error) {
	limit := cmd.Limit
	if limit == 0 {
		limit = protocol.InboxPage
	}
	numbers, more := s.Inbox.Page(s.listener.Viewer, cmd.Completed, cmd.Before, cmd.BeforeNumber, limit)
	out, err := s.rows(r, numbers)
	out.More = more
	return out, err
}

// rows reads rows and the figures above them. A conversation that went away between is left out, and so is one that
// began after r was taken: the list in memory knows it already, and its row comes with the next news.
func (s *session) rows(r store.Reader, numbers []protocol.Number) (protocol.Inbox, error) {
	out := s.counted()
	at, err := engine.LastPosition(r)
	if err != nil {
		return out, err
	}
	for _, n := range numbers {
		if !s.mayRead(n) {
			continue
		}
		row, err := s.Inbox.Row(r, at, s.listener.Viewer, n, s.Hub.VisitorOnline)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return out, err
		}
		out.Rows = append(out.Rows, row)
	}
	return out, nil
}

func (s *session) counted() protocol.Inbox {
	counts := s.Inbox.Counts(s.listener.Viewer)
	return protocol.Inbox{Unread: counts.Unread, Active: counts.Active, All: counts.All}
}

// listPackets makes what was gathered of list and team into frames: what is gone in one of its own and first, since it
// may have come back; then rows, some at a time.
func (s *session) listPackets(t *hub.Taken) (packets []*hub.Packet, err error) {
	if len(t.Gone) > 0 {
		gone := s.counted()
		gone.Gone = t.Gone
		packets = append(packets, s.packet(protocol.KindInbox, "", &gone))
	}
	if len(t.Rows) == 0 && !t.Team {
		return packets, nil
	}
	err = s.Engine.Read(func(r store.Reader) error {
		if t.Team {
			team, err := s.team(r)
			if err != nil {
				return err
			}
			packets = append(packets, s.packet(protocol.KindTeam, "", &team))
		}
		for numbers := t.Rows; len(numbers) > 0; {
			n := min(len(numbers), protocol.InboxPage)
			rows, err := s.rows(r, numbers[:n])
			if err != nil {
				return err
			}
			packets = append(packets, s.packet(protocol.KindInbox, "", &rows))
			numbers = numbers[n:]
		}
		return nil
	})
	return packets, err
}

// team is the people and channels as this operator may know them: addresses and groups are for administrators, and
// one's own.
func (s *session) team(r store.Reader) (protocol.Team, error) {
	var out protocol.Team
	me, err := s.member(r)
	if err != nil {
		return out, err
	}
	if me.Admin {
		if out.Groups, err = team.Groups(r); err != nil {
			return out, err
		}
	}
	for o, err := range store.Operators.Scan(r, store.Operators.Under()) {
		if err != nil {
			return out, err
		}
		p := protocol.Operator{
			ID: o.ID, Name: o.Name, Role: o.Role, State: o.State, Picture: o.Picture, Bot: o.Bot,
			Online: s.Hub.OperatorOnline(o.ID),
		}
		if me.Admin || o.ID == me.ID {
			p.Email, p.Group = o.Email, o.Group
		}
		if o.ID == me.ID {
			p.Rights = me.Rights()
		}
		out.Operators = append(out.Operators, p)
	}
	for ch, err := range store.Channels.Scan(r, store.Channels.Under()) {
		if err != nil {
			return out, err
		}
		seen := s.Seen(ch.Channel.ID)
		ch.Channel.SeenAt, ch.Channel.SeenOn = seen.At, seen.On
		out.Channels = append(out.Channels, ch.Channel)
	}
	return out, nil
}
