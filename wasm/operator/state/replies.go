package state

import (
	"cmp"
	"slices"
	"strings"

	"beseda/protocol"
	"beseda/wasm/bridge"
	say "beseda/wasm/words/console"
)

// Replies is the page of quick replies: what it is narrowed to.
type Replies struct {
	Find   string
	Folder string // "" for all
}

// NewReplyButtonID is the id of the button that makes a quick reply, EditReplyID and DeleteReplyID of those in a row.
const NewReplyButtonID = "new-reply"

func EditReplyID(id protocol.QuickReplyID) string   { return "edit-" + string(id) }
func DeleteReplyID(id protocol.QuickReplyID) string { return "delete-" + string(id) }

// openReplies asks again: how often each was used is told with nothing else.
func (s *State) openReplies(fx *bridge.Effects) {
	if s.Quick.all != nil {
		s.ask(fx, protocol.KindQuickRepliesRead, &protocol.QuickRepliesRead{}, request{what: askNothing})
	}
}

// Reply finds a quick reply.
func (s *State) Reply(id protocol.QuickReplyID) (protocol.QuickReply, bool) {
	q, ok := s.Quick.all[id]
	return q, ok
}

// AnyReplies tells whether there are any at all.
func (s *State) AnyReplies() bool { return len(s.Quick.all) > 0 }

// RepliesShown are those of the page, by folder and name.
func (s *State) RepliesShown() []protocol.QuickReply {
	var all []protocol.QuickReply
	query := strings.TrimSpace(s.Replies.Find)
	for _, q := range s.Quick.all {
		if rankQuick(&q, query) < 4 && (s.Replies.Folder == "" || q.Folder == s.Replies.Folder) {
			all = append(all, q)
		}
	}
	slices.SortFunc(all, func(a, b protocol.QuickReply) int {
		return cmp.Or(strings.Compare(strings.ToLower(a.Folder), strings.ToLower(b.Folder)),
			strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), cmp.Compare(a.ID, b.ID))
	})
	return all
}

// MayChangeReply tells whether this operator may change one, or delete it.
func (s *State) MayChangeReply(q *protocol.QuickReply) bool {
	return !q.Shared || s.May(protocol.RightSettings)
}

func (s *State) findReply(e *bridge.Event, _ *bridge.Effects)   { s.Replies.Find = e.Text }
func (s *State) replyFolder(e *bridge.Event, _ *bridge.Effects) { s.Replies.Folder = e.Text }

// makeReply opens the window that makes a quick reply, or changes the one that Arg names.
func (s *State) makeReply(e *bridge.Event, fx *bridge.Effects) {
	q, ok := s.Reply(protocol.QuickReplyID(e.Arg))
	if !ok {
		s.QuickForm = QuickForm{Folder: s.Replies.Folder}
		s.show(Dialog{Kind: QuickDialog}, NewReplyButtonID, fx)
		return
	}
	s.QuickForm = QuickForm{ID: q.ID, Name: q.Name, Shortcut: q.Shortcut, Text: q.Text, Folder: q.Folder, Language: q.Language, Shared: q.Shared}
	for _, a := range q.Attachments {
		s.QuickForm.Files = append(s.QuickForm.Files, fileFrom(a))
	}
	s.show(Dialog{Kind: QuickDialog}, EditReplyID(q.ID), fx)
}

// quickChange is the change that makes a quick reply what the window says.
func (s *State) quickChange(id protocol.QuickReplyID, cmd *protocol.QuickReplyCreate) *protocol.QuickReplyChange {
	return &protocol.QuickReplyChange{
		QuickReply: id, Name: cmd.Name, Shortcut: cmd.Shortcut, Text: cmd.Text, Folder: cmd.Folder, Language: cmd.Language,
		Shared: cmd.Shared, Attachments: cmd.Attachments,
	}
}

// insertVariable puts one at the caret, with a word for where it is unknown.
func (s *State) insertVariable(e *bridge.Event, fx *bridge.Effects) {
	text := e.Arg
	if text == "contact.name" {
		text += "|" + s.Words.Text(say.VariableFallback)
	}
	fx.InsertText(QuickTextID, "{{"+text+"}}")
}

// Sample is how a text of a quick reply reads in a conversation with somebody whose name is known, or is not.
func (s *State) Sample(text string, known bool) string {
	t := &Talk{Number: 41}
	if known {
		t.Row.Name = s.Words.Text(say.SampleContact)
	}
	if all := s.ChannelsByName(); len(all) > 0 {
		t.Row.Channel = all[0].ID
	}
	return s.Fill(t, text)
}

func (s *State) askDeleteReply(e *bridge.Event, fx *bridge.Effects) {
	if q, ok := s.Reply(protocol.QuickReplyID(e.Arg)); ok {
		s.show(Dialog{Kind: QuickDeleteDialog, Reply: q.ID, Name: q.Name, Shared: q.Shared}, DeleteReplyID(q.ID), fx)
	}
}

func (s *State) deleteReply(_ *bridge.Event, fx *bridge.Effects) {
	d := &s.Dialog
	if d.Kind != QuickDeleteDialog || d.Busy {
		return
	}
	d.next = NewReplyButtonID // its own button goes away with its row
	s.askSetting(fx, protocol.KindQuickReplyDelete, &protocol.QuickReplyDelete{QuickReply: d.Reply}, s.Words.Fill(say.ReplyGone, d.Name))
}
