package conversation

import (
	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/store"
)

// AddNote writes a note for the team. It changes no state, whatever the state is.
func AddNote(r store.Reader, c call.Call, cmd *protocol.NoteAdd) (store.Outcome, error) {
	conv, err := reach(r, c, cmd.Conversation)
	if err != nil {
		return store.Outcome{}, err
	}
	if !conv.mayRead() {
		return store.Outcome{}, protocol.Refuse(protocol.CodeForbidden, "")
	}
	out := store.Outcome{Events: []protocol.Frame{event(c, protocol.KindNoteAdded, conv.Thread, conv.Number,
		&protocol.NoteAdded{Text: cmd.Text})}}
	return out, endDraft(r, c, conv.Number, true, &out)
}

// SetSubject says what a conversation is about; an empty subject restores the default.
func SetSubject(r store.Reader, c call.Call, cmd *protocol.SubjectChange) (store.Outcome, error) {
	conv, err := findToWrite(r, c, cmd.Conversation)
	if err != nil || conv.Subject == cmd.Subject {
		return store.Outcome{}, err
	}
	return store.Outcome{Events: []protocol.Frame{event(c, protocol.KindSubjectSet, conv.Thread, conv.Number,
		&protocol.SubjectSet{Subject: cmd.Subject})}}, nil
}
