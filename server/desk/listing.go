package desk

import (
	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/server/desk/team"
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

// Exported is the record that somebody took a list out of the house, which needs the right to.
func Exported(r store.Reader, c call.Call, made *protocol.ExportMade) (store.Outcome, error) {
	c, err := team.Admit(r, c)
	if err != nil {
		return store.Outcome{}, err
	}
	if !c.May(protocol.RightExport) {
		return store.Outcome{}, protocol.Refuse(protocol.CodeForbidden, "right="+string(protocol.RightExport))
	}
	return store.Outcome{Events: []protocol.Frame{c.Event(protocol.KindExportMade, protocol.EncodeBody(made))}}, nil
}
