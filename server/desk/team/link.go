package team

import (
	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/store"
)

// Link notes that an account gets a new one-time link, where it may: one that a person signs in to, or will. The link
// itself is a secret, and no event. Nobody makes one for themselves: it would stand in for the current password.
func Link(r store.Reader, c call.Call, cmd *protocol.OperatorLink) (store.Outcome, error) {
	o, err := administer(r, c, cmd.Operator)
	switch {
	case err != nil:
		return store.Outcome{}, err
	case o.Bot:
		return store.Outcome{}, protocol.Refuse(protocol.CodeInvalid, "field=operator")
	case string(o.ID) == c.By.ID:
		return store.Outcome{}, protocol.Refuse(protocol.CodeForbidden, "self")
	case o.State == protocol.OperatorDeactivatedState:
		return store.Outcome{}, protocol.Refuse(protocol.CodeConflict, "deactivated")
	}
	return store.Outcome{Made: string(o.ID), Events: []protocol.Frame{
		c.Event(protocol.KindOperatorLinked, protocol.EncodeBody(&protocol.OperatorLinked{Operator: o.ID})),
	}}, nil
}

// SetPassword notes that somebody signed in chose another password.
func SetPassword(r store.Reader, c call.Call) (store.Outcome, error) {
	o, err := find(r, c.Operator())
	if err != nil {
		return store.Outcome{}, err
	}
	return passwordSet(c, o.ID, false), nil
}

func passwordSet(c call.Call, id protocol.OperatorID, link bool) store.Outcome {
	return store.Outcome{Events: []protocol.Frame{
		c.Event(protocol.KindPasswordSet, protocol.EncodeBody(&protocol.PasswordSet{Operator: id, Link: link})),
	}}
}
