package desk

import (
	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/server/desk/conversation"
	"beseda/server/desk/quickreply"
	"beseda/store"
)

// decideComposing is the team's commands about what is being written: drafts and quick replies. known is false for any
// other.
func decideComposing(r store.Reader, c call.Call, body any) (out store.Outcome, known bool, err error) {
	switch cmd := body.(type) {
	case *protocol.DraftSave:
		out, err = conversation.SaveDraft(r, c, cmd)
	case *protocol.QuickReplyCreate:
		out, err = quickreply.Create(r, c, cmd)
	case *protocol.QuickReplyChange:
		out, err = quickreply.Change(r, c, cmd)
	case *protocol.QuickReplyDelete:
		out, err = quickreply.Delete(r, c, cmd)
	case *protocol.QuickReplyUse:
		out, err = quickreply.Use(r, c, cmd)
	default:
		return out, false, nil
	}
	return out, true, err
}

// DropDrafts ends drafts, so many at once, that are kept no longer: their channel's policy is another by now.
func DropDrafts(r store.Reader, now int64, atOnce int) (store.Outcome, error) {
	return conversation.DropDrafts(r, now, atOnce)
}
