package session

import (
	"errors"

	"beseda/protocol"
	"beseda/server/auth"
	"beseda/server/hub"
	"beseda/store"
)

// hiddenKey keeps a visitor's key out of logs from here on.
func hiddenKey(hello *protocol.Hello) auth.Hidden { return auth.Hidden(hello.VisitorKey) }

// proof is the handshake's session or token, checked.
func (s *session) proof() (auth.Session, error) {
	switch {
	case s.shake.bearer != "":
		return s.Auth.Bots.Check(s.shake.bearer)
	case s.shake.cookie != "":
		return s.Auth.Sessions.Check(s.shake.cookie)
	}
	return auth.Session{}, protocol.Refuse(protocol.CodeUnauthorized, "")
}

// page reads rows of the list below a row.
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
	counts := s.Inbox.Counts(s.listener.Viewer)
	out := protocol.Inbox{Unread: counts.Unread, Active: counts.Active, All: counts.All}
	mayRead := s.Hub.MayRead(s.listener)
	for _, n := range numbers {
		if !mayRead(n) {
			continue
		}
		row, err := s.Inbox.Row(r, s.listener.Viewer, n, s.Hub.VisitorOnline)
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

// listPackets makes what was gathered of list and team into frames.
func (s *session) listPackets(t *hub.Taken) (packets []*hub.Packet, err error) {
	if !t.List && !t.Team {
		return nil, nil
	}
	err = s.Engine.Read(func(r store.Reader) error {
		if t.Team {
			team, err := s.team(r)
			if err != nil {
				return err
			}
			packets = append(packets, s.packet(protocol.KindTeam, "", &team))
		}
		if t.List {
			rows, err := s.rows(r, t.Rows)
			if err != nil {
				return err
			}
			rows.Gone = t.Gone
			packets = append(packets, s.packet(protocol.KindInbox, "", &rows))
		}
		return nil
	})
	return packets, err
}

// team is the people and channels as this operator may know them: addresses are for administrators, and one's own.
func (s *session) team(r store.Reader) (protocol.Team, error) {
	var out protocol.Team
	for o, err := range store.Operators.Scan(r, store.Operators.Under()) {
		if err != nil {
			return out, err
		}
		p := protocol.Operator{
			ID: o.ID, Name: o.Name, Role: o.Role, State: o.State, Picture: o.Picture, Bot: o.Bot,
			Online: s.Hub.OperatorOnline(o.ID),
		}
		if s.caller.Admin || o.ID == s.operator.ID {
			p.Email = o.Email
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
