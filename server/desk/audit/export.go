package audit

import (
	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/server/desk/team"
	"beseda/store"
)

// Exported is the record that somebody took a list out of the house, which needs the right to.
func Exported(r store.Reader, c call.Call, made *protocol.ExportMade) (store.Outcome, error) {
	c, err := team.Admit(r, c)
	if err != nil {
		return store.Outcome{}, err
	}
	if err := c.Needs(protocol.RightExport); err != nil {
		return store.Outcome{}, err
	}
	return store.Outcome{Events: []protocol.Frame{c.Event(protocol.KindExportMade, protocol.EncodeBody(made))}}, nil
}
