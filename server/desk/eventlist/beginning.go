package eventlist

import (
	"beseda/protocol"
)

// beginningRunes is how much of a text a row of the list shows, in code points.
const beginningRunes = 120

// shorten leaves of a message, note or quick reply what a row shows: how its text begins, and of files the first. Whoever sees the
// event may read the whole, but a page of the list must not weigh as much as the conversations themselves.
func shorten(ev *protocol.Frame) error {
	switch ev.Kind {
	case protocol.KindMessageSent:
		var body protocol.MessageSent
		if err := protocol.DecodeBody(ev.Body, &body); err != nil {
			return err
		}
		body.Text = beginning(body.Text)
		body.Attachments = body.Attachments[:min(1, len(body.Attachments))]
		ev.Body = protocol.EncodeBody(&body)
	case protocol.KindQuickReplySet:
		var body protocol.QuickReplySet
		if err := protocol.DecodeBody(ev.Body, &body); err != nil {
			return err
		}
		body.QuickReply.Text = beginning(body.QuickReply.Text)
		body.QuickReply.Attachments = body.QuickReply.Attachments[:min(1, len(body.QuickReply.Attachments))]
		ev.Body = protocol.EncodeBody(&body)
	case protocol.KindNoteAdded:
		var body protocol.NoteAdded
		if err := protocol.DecodeBody(ev.Body, &body); err != nil {
			return err
		}
		body.Text = beginning(body.Text)
		ev.Body = protocol.EncodeBody(&body)
	}
	return nil
}

// beginning is how a text begins; what is cut off is told by an ellipsis.
func beginning(text string) string {
	n := 0
	for i := range text {
		if n++; n > beginningRunes {
			return text[:i] + "…"
		}
	}
	return text
}
