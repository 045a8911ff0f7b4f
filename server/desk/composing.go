package desk

import (
	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/server/desk/conversation"
	"beseda/store"
)

// decideComposing is the team's commands about what is being written: drafts. known is false for any other.
func decideComposing(r store.Reader, c call.Call, body any) (out store.Outcome, known bool, err error) {
	switch cmd := body.(type) {
	case *protocol.DraftSave:
		out, err = conversation.SaveDraft(r, c, cmd)
	default:
		return out, false, nil
	}
	return out, true, err
}

// DropDrafts ends drafts, so many at once, that are kept no longer: their channel's policy is another by now.
func DropDrafts(r store.Reader, now int64, atOnce int) (store.Outcome, error) {
	return conversation.DropDrafts(r, now, atOnce)
}
