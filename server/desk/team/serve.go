package team

import (
	"errors"
	"slices"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/store"
)

// ChangeTeam says who serves a channel. Administrators only.
func ChangeTeam(r store.Reader, c call.Call, cmd *protocol.TeamChange) (store.Outcome, error) {
	if !c.Admin {
		return store.Outcome{}, protocol.Refuse(protocol.CodeForbidden, "")
	}
	ch, err := store.Channels.Get(r, store.Text(cmd.Channel))
	if err != nil {
		return store.Outcome{}, notFound(err)
	}
	for _, id := range cmd.Operators {
		if _, err := store.Operators.Get(r, store.Text(id)); errors.Is(err, store.ErrNotFound) {
			return store.Outcome{}, protocol.Refuse(protocol.CodeInvalid, "field=operators")
		} else if err != nil {
			return store.Outcome{}, err
		}
	}
	next := slices.Sorted(slices.Values(cmd.Operators)) // the access rule searches it
	if slices.Equal(next, ch.Channel.Team) {
		return store.Outcome{}, nil
	}
	return store.Outcome{Events: []protocol.Frame{c.Event(protocol.KindTeamSet,
		protocol.EncodeBody(&protocol.TeamSet{
			Channel: cmd.Channel, Operators: next, Former: ch.Channel.Team, Everybody: len(ch.Channel.Team) == 0,
		}))}}, nil
}

func applyTeam(tx store.Tx, ev *protocol.Frame) error {
	var body protocol.TeamSet
	if err := protocol.DecodeBody(ev.Body, &body); err != nil {
		return err
	}
	ch, err := store.Channels.Get(tx, store.Text(body.Channel))
	if err != nil {
		return err
	}
	ch.Channel.Team = body.Operators
	return store.Channels.Put(tx, ch, store.Text(body.Channel))
}
