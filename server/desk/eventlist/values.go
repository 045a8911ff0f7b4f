package eventlist

import (
	"slices"
	"strconv"
	"strings"

	"beseda/protocol"
)

// Values are what was before an event and what is after it, in the words of the protocol; empty where the event is not
// about a value. A deadline is what moment makes of its unix milliseconds, a wait is in whole seconds.
func Values(ev *protocol.Frame, moment func(ms int64) string) (before, after string) {
	switch ev.Kind {
	case protocol.KindConversationStarted:
		body := decoded[protocol.ConversationStarted](ev)
		if body.Split != 0 {
			before = "#" + body.Split.String()
		}
		return before, body.AssigneeName
	case protocol.KindConversationCompleted:
		body := decoded[protocol.ConversationCompleted](ev)
		return "active " + string(body.Former), "completed " + string(body.Status)
	case protocol.KindConversationClosed:
		body := decoded[protocol.ConversationClosed](ev)
		return string(body.Activity) + " " + string(body.Status), "completed closed"
	case protocol.KindConversationReactivated:
		return "completed " + string(decoded[protocol.ConversationReactivated](ev).Status), "active open"
	case protocol.KindConversationReopened:
		return "completed " + string(decoded[protocol.ConversationReopened](ev).Status), "active open"
	case protocol.KindStatusSet:
		body := decoded[protocol.StatusSet](ev)
		return string(body.Former), string(body.Status)
	case protocol.KindConversationAssigned:
		body := decoded[protocol.ConversationAssigned](ev)
		return body.FormerName, body.AssigneeName
	case protocol.KindConversationSplit:
		return "", "#" + decoded[protocol.ConversationSplit](ev).Into.String()
	case protocol.KindConversationMerged:
		return "#" + decoded[protocol.ConversationMerged](ev).From.String(), "#" + ev.Conversation.String()
	case protocol.KindMessageSent:
		body := decoded[protocol.MessageSent](ev)
		if body.Text == "" && len(body.Attachments) > 0 {
			return "", body.Attachments[0].Name
		}
		return "", body.Text
	case protocol.KindNoteAdded:
		return "", decoded[protocol.NoteAdded](ev).Text
	case protocol.KindSubjectSet:
		return "", decoded[protocol.SubjectSet](ev).Subject
	case protocol.KindReactionAdded:
		return "", decoded[protocol.ReactionAdded](ev).Emoji
	case protocol.KindReactionWithdrawn:
		return decoded[protocol.ReactionWithdrawn](ev).Emoji, ""
	case protocol.KindCompletionAnnounced:
		return "", moment(decoded[protocol.CompletionAnnounced](ev).Deadline)
	case protocol.KindCompletionPostponed:
		return "", moment(decoded[protocol.CompletionPostponed](ev).Deadline)
	case protocol.KindReplyTimeWarned:
		return "", seconds(ev.At - decoded[protocol.ReplyTimeWarned](ev).Since)
	case protocol.KindReplyTimeExceeded:
		return "", seconds(ev.At - decoded[protocol.ReplyTimeExceeded](ev).Since)
	case protocol.KindContactTagged:
		return "", decoded[protocol.ContactTagged](ev).Name
	case protocol.KindContactUntagged:
		return decoded[protocol.ContactUntagged](ev).Name, ""
	case protocol.KindContactSet:
		body := decoded[protocol.ContactSet](ev)
		return "", strings.Join(slices.DeleteFunc([]string{body.Name, body.Email, body.Phone}, func(s string) bool { return s == "" }), ", ")
	case protocol.KindMessageFailed:
		return "", string(decoded[protocol.MessageFailed](ev).Code)
	}
	return acts(ev)
}

// seconds is a span in whole seconds.
func seconds(ms int64) string { return strconv.FormatInt(ms/1000, 10) }

// decoded is an event's body; what cannot be read has no values.
func decoded[T any, P interface {
	*T
	protocol.Body
}](ev *protocol.Frame) (body T) {
	_ = protocol.DecodeBody(ev.Body, P(&body))
	return body
}
