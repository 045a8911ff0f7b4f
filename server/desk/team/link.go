package team

import (
	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/store"
)

// Link tells whether an account may get a new one-time link: one that a person signs in to, or will. It has no events,
// because secrets are none. Nobody makes one for themselves: it would stand in for the current password.
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
	return store.Outcome{Made: string(o.ID)}, nil
}
