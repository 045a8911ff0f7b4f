package session

import (
	"beseda/protocol"
	"beseda/server/desk/contact"
	"beseda/server/desk/team"
	"beseda/server/desk/view"
	"beseda/server/hub"
	"beseda/store"
)

// listPackets makes what was gathered of list and team into frames: what is gone in one of its own and first, since it
// may have come back; then people and views; then rows, some at a time, and the figures with them.
func (s *session) listPackets(t *hub.Taken) (packets []*hub.Packet, err error) {
	if len(t.Gone) > 0 {
		gone := s.Inbox.Figures(s.listener.Viewer, false)
		gone.Gone = t.Gone
		packets = append(packets, s.packet(protocol.KindInbox, "", &gone))
	}
	for _, n := range t.Viewed {
		if others, watched := s.Hub.Viewers(s.listener, n); watched && s.mayRead(n) {
			packets = append(packets, s.packet(protocol.KindViewers, "", &protocol.Viewers{Conversation: n, Operators: others}))
		}
	}
	if len(t.Rows) == 0 && !t.Team && !t.Figures {
		return packets, nil
	}
	at := s.Engine.Position()
	err = s.Engine.Read(func(r store.Reader) error {
		if t.Team {
			team, err := s.team(r)
			if err != nil {
				return err
			}
			packets = append(packets, s.packet(protocol.KindTeam, "", &team))
		}
		changes, err := s.listChanges(r, at, t.Rows)
		packets = append(packets, changes...)
		return err
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
	if !me.Bot {
		if out.Views, err = view.Of(r, me.ID); err != nil {
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
		account, err := team.MemberOf(r, &o)
		if err != nil {
			return out, err
		}
		p.Everywhere = account.Leads()
		if me.Admin || o.ID == me.ID {
			p.Email, p.Group = o.Email, o.Group
		}
		if o.ID == me.ID {
			p.Rights = me.Rights()
		}
		out.Operators = append(out.Operators, p)
	}
	if out.Tags, err = contact.Tags(r); err != nil {
		return out, err
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
