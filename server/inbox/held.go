package inbox

import (
	"strings"

	"beseda/protocol"
	"beseda/server/desk/team"
)

// held is what the access rule asks of a conversation that somebody has, and others had, and what else its channel says.
type held struct {
	team.Held
	channel protocol.ChannelID
	newest  bool // the wait counts from its newest message
}

// holder is what conversations that are held alike have in common.
type holder struct {
	assignee protocol.OperatorID
	former   string
	channel  protocol.ChannelID
}

// maxShared bounds how many there are of what entries share, before those that nobody bears any more are forgotten: with
// the others, which are made again for who comes.
const maxShared = 10_000

// hold is the one copy of what a conversation's row says about who may read it. The mutex is held, here and below.
func (in *Inbox) hold(who protocol.OperatorID, former []protocol.OperatorID, channel protocol.ChannelID) *held {
	key := holder{assignee: who, channel: channel}
	for _, id := range former {
		key.former += string(id) + " "
	}
	one, ok := in.held[key]
	if !ok {
		if len(in.held) >= maxShared {
			clear(in.held)
		}
		one = in.rules.held(who, former, channel)
		in.held[key] = one
	}
	return one
}

// share is the one copy of tags that many contacts bear; nil for none.
func (in *Inbox) share(tags []protocol.ContactTag) *marks {
	if len(tags) == 0 {
		return nil
	}
	var key strings.Builder
	for _, t := range tags {
		key.WriteString(string(t.Tag))
		key.WriteByte(" *"[one(t.Pinned)])
	}
	m, ok := in.borne[key.String()]
	if !ok {
		if len(in.borne) >= maxShared {
			clear(in.borne)
		}
		m = &marks{tags}
		in.borne[key.String()] = m
	}
	return m
}
