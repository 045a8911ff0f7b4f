package team

import (
	"fmt"

	"beseda/protocol"
	"beseda/store"
)

// Apply changes accounts, groups and teams by one event.
func Apply(tx store.Tx, ev *protocol.Frame) error {
	switch ev.Kind {
	case protocol.KindOperatorInvited:
		return applyInvited(tx, ev)
	case protocol.KindOperatorJoined:
		var body protocol.OperatorJoined
		return change(tx, ev, &body, func(o *store.Operator) {
			o.Name, o.State, o.CreatedPos = body.Name, protocol.OperatorActive, ev.Position
		}, func() protocol.OperatorID { return body.Operator })
	case protocol.KindOperatorDeactivated:
		var body protocol.OperatorDeactivated
		return change(tx, ev, &body, func(o *store.Operator) { o.State = protocol.OperatorDeactivatedState },
			func() protocol.OperatorID { return body.Operator })
	case protocol.KindOperatorActivated:
		var body protocol.OperatorActivated
		return change(tx, ev, &body, func(o *store.Operator) { o.State = protocol.OperatorActive },
			func() protocol.OperatorID { return body.Operator })
	case protocol.KindRoleSet:
		var body protocol.RoleSet
		return change(tx, ev, &body, func(o *store.Operator) { o.Role, o.Group = body.Role, body.Group },
			func() protocol.OperatorID { return body.Operator })
	case protocol.KindProfileSet:
		var body protocol.ProfileSet
		return change(tx, ev, &body, func(o *store.Operator) {
			o.Name, o.Picture, o.PictureBlob, o.PictureType = body.Name, body.Picture, body.Blob, body.Type
		}, func() protocol.OperatorID { return body.Operator })
	case protocol.KindGroupSet, protocol.KindGroupDeleted:
		return applyGroup(tx, ev)
	case protocol.KindTeamSet:
		return applyTeam(tx, ev)
	}
	return fmt.Errorf("no view for %s", ev.Kind)
}

func applyInvited(tx store.Tx, ev *protocol.Frame) error {
	var body protocol.OperatorInvited
	if err := protocol.DecodeBody(ev.Body, &body); err != nil {
		return err
	}
	if body.Email != "" {
		if err := store.Emails.Put(tx, store.Reference{ID: string(body.Operator)}, store.Text(body.Email)); err != nil {
			return err
		}
	}
	return store.Operators.Put(tx, store.Operator{
		ID: body.Operator, Name: body.Name, Email: body.Email, Role: body.Role, Bot: body.Bot,
		Group: body.Group, State: protocol.OperatorInvitedState, CreatedAt: ev.At, CreatedPos: ev.Position,
	}, store.Text(body.Operator))
}

// change decodes the event's body and edits the account that it names.
func change(tx store.Tx, ev *protocol.Frame, body protocol.Body, edit func(*store.Operator),
	id func() protocol.OperatorID) error {
	if err := protocol.DecodeBody(ev.Body, body); err != nil {
		return err
	}
	o, err := store.Operators.Get(tx, store.Text(id()))
	if err != nil {
		return err
	}
	edit(&o)
	return store.Operators.Put(tx, o, store.Text(o.ID))
}
