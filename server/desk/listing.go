package desk

import (
	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/server/desk/view"
	"beseda/store"
)

// decideListing is the team's commands about the list of conversations itself. known is false for any other.
func decideListing(r store.Reader, c call.Call, body any) (out store.Outcome, known bool, err error) {
	switch cmd := body.(type) {
	case *protocol.ViewCreate:
		out, err = view.Create(r, c, cmd)
	case *protocol.ViewChange:
		out, err = view.Change(r, c, cmd)
	case *protocol.ViewDelete:
		out, err = view.Delete(r, c, cmd)
	default:
		return out, false, nil
	}
	return out, true, err
}
