package view

import (
	"slices"
	"strings"

	"beseda/protocol"
	"beseda/wasm/operator/state"
	"beseda/wasm/words"
	say "beseda/wasm/words/console"
)

// eventNames are the kinds of events in words; one that a newer server knows is shown as it is.
func eventNames(kind protocol.Kind) words.Key {
	switch kind {
	case protocol.KindConversationStarted:
		return say.EventStarted
	case protocol.KindConversationClosed:
		return say.EventClosed
	case protocol.KindConversationCompleted:
		return say.EventCompleted
	case protocol.KindConversationReopened:
		return say.EventReopened
	case protocol.KindConversationReactivated:
		return say.EventReactivated
	case protocol.KindStatusSet:
		return say.EventStatus
	case protocol.KindConversationAssigned:
		return say.EventAssigned
	case protocol.KindConversationSplit:
		return say.EventSplit
	case protocol.KindConversationMerged:
		return say.EventMerged
	case protocol.KindReplyWaived:
		return say.EventWaived
	case protocol.KindReplyTimeWarned:
		return say.EventWarned
	case protocol.KindReplyTimeExceeded:
		return say.EventExceeded
	case protocol.KindCompletionAnnounced:
		return say.EventAnnounced
	case protocol.KindCompletionPostponed:
		return say.EventPostponed
	case protocol.KindSubjectSet:
		return say.EventSubject
	case protocol.KindMessageSent:
		return say.EventMessage
	case protocol.KindNoteAdded:
		return say.EventNote
	case protocol.KindReactionAdded:
		return say.EventReaction
	case protocol.KindReactionWithdrawn:
		return say.EventUnreaction
	case protocol.KindVisitorArrived:
		return say.EventArrived
	}
	return workspaceEvent(kind)
}

func workspaceEvent(kind protocol.Kind) words.Key {
	switch kind {
	case protocol.KindPolicySet:
		return say.EventPolicy
	case protocol.KindProfileSet:
		return say.EventProfile
	case protocol.KindChannelCreated:
		return say.EventChannelMade
	case protocol.KindChannelSet:
		return say.EventChannel
	case protocol.KindOperatorInvited:
		return say.EventInvited
	case protocol.KindOperatorJoined:
		return say.EventJoined
	case protocol.KindOperatorDeactivated:
		return say.EventDeactivated
	case protocol.KindOperatorActivated:
		return say.EventActivated
	case protocol.KindOperatorLinked:
		return say.EventLinked
	case protocol.KindPasswordSet:
		return say.EventPassword
	case protocol.KindRoleSet:
		return say.EventRole
	case protocol.KindGroupSet:
		return say.EventGroup
	case protocol.KindGroupDeleted:
		return say.EventGroupGone
	case protocol.KindTeamSet:
		return say.EventTeam
	}
	return sharedEvent(kind)
}

func sharedEvent(kind protocol.Kind) words.Key {
	switch kind {
	case protocol.KindTagSet:
		return say.EventTag
	case protocol.KindTagDeleted:
		return say.EventTagGone
	case protocol.KindContactTagged:
		return say.EventTagged
	case protocol.KindContactUntagged:
		return say.EventUntagged
	case protocol.KindContactSet:
		return say.EventContact
	case protocol.KindContactBlocked:
		return say.EventBlocked
	case protocol.KindContactUnblocked:
		return say.EventUnblocked
	case protocol.KindMessageFailed:
		return say.EventFailed
	case protocol.KindViewSet:
		return say.EventView
	case protocol.KindViewDeleted:
		return say.EventViewGone
	case protocol.KindQuickReplySet:
		return say.EventReply
	case protocol.KindQuickReplyDeleted:
		return say.EventReplyGone
	case protocol.KindConversationErased:
		return say.EventErased
	case protocol.KindConversationPurged:
		return say.EventPurged
	case protocol.KindExportMade:
		return say.EventExport
	}
	return 0
}

func (p pen) eventName(kind protocol.Kind) string {
	if k := eventNames(kind); k != 0 {
		return p.word(k)
	}
	return string(kind)
}

// eventChange is what was before an event and what is after it, as far as it says so.
func (p pen) eventChange(row *state.EventRow) (before, after string) {
	s := p.s
	switch b := row.Body.(type) {
	case *protocol.ConversationStarted:
		if b.Split != 0 {
			before = s.Words.Fill(say.SplitFromWord, b.Split.String())
		}
		return before, p.named(b.Assignee, b.AssigneeName)
	case *protocol.ConversationClosed:
		return p.both(b.Activity, b.Status), s.StatusWord(protocol.Closed)
	case *protocol.ConversationCompleted:
		return p.both(protocol.Active, b.Former), p.both(protocol.Completed, b.Status)
	case *protocol.ConversationReopened:
		return p.both(protocol.Completed, b.Status), p.both(protocol.Active, protocol.Open)
	case *protocol.ConversationReactivated:
		return p.both(protocol.Completed, b.Status), p.both(protocol.Active, protocol.Open)
	case *protocol.StatusSet:
		return s.StatusWord(b.Former), s.StatusWord(b.Status)
	case *protocol.ConversationAssigned:
		before, after = p.named(b.Former, b.FormerName), p.named(b.Assignee, b.AssigneeName)
		if after == "" {
			after = p.word(say.Nobody)
		}
		if before == "" {
			before = p.word(say.Nobody)
		}
		return before, after
	case *protocol.ConversationSplit:
		return "#" + row.Conversation.String(), "#" + b.Into.String()
	case *protocol.ConversationMerged:
		return "#" + b.From.String(), "#" + row.Conversation.String()
	case *protocol.MessageSent:
		if b.Text == "" && len(b.Attachments) > 0 {
			return "", b.Attachments[0].Name
		}
		return "", b.Text
	case *protocol.NoteAdded:
		return "", b.Text
	case *protocol.SubjectSet:
		return "", b.Subject
	case *protocol.CompletionAnnounced:
		return "", s.Words.Clock(b.Deadline)
	case *protocol.CompletionPostponed:
		return "", s.Words.Clock(b.Deadline)
	case *protocol.ReplyTimeWarned:
		return "", s.Span(row.At - b.Since)
	case *protocol.ReplyTimeExceeded:
		return "", s.Span(row.At - b.Since)
	case *protocol.ReactionAdded:
		return "", b.Emoji
	case *protocol.ReactionWithdrawn:
		return b.Emoji, ""
	case *protocol.PolicySet:
		return p.policyChange(b)
	}
	return p.actChange(row.Body)
}

func (p pen) named(id protocol.OperatorID, then string) string {
	if id == "" {
		return ""
	}
	return p.s.OperatorName(&protocol.Actor{ID: string(id), Name: then})
}

// both says where a conversation stood on both axes.
func (p pen) both(activity protocol.Activity, status protocol.Status) string {
	word := p.s.StatusWord(status)
	if status == protocol.Closed {
		return word
	}
	name := p.word(say.StatusCompleted)
	if activity == protocol.Active {
		name = p.word(say.ActiveWord)
	}
	return p.s.Words.Fill(say.BothWords, name, strings.ToLower(word))
}

// policyChange is what was set, and where, after what was set there before.
func (p pen) policyChange(b *protocol.PolicySet) (before, after string) {
	scope := p.word(say.RulesWorkspace)
	if b.Channel != "" {
		scope = ""
		if ch := p.s.Channel(b.Channel); ch != nil {
			scope = ch.Looks.Name
		}
	}
	next := slices.Clone(b.Values)
	for _, key := range b.Unset {
		next = append(next, protocol.PolicyValue{Key: key})
	}
	after = p.policyValues(next, b.Channel)
	if scope != "" {
		after = scope + " · " + after
	}
	return p.policyValues(b.Former, b.Channel), after
}

// policyValues are values in the words and the order of their page. A channel without one has the workspace's, the
// workspace the one that everybody begins with.
func (p pen) policyValues(values []protocol.PolicyValue, channel protocol.ChannelID) string {
	var all []string
	for _, g := range ruleGroups() {
		for i := range g.rows {
			row := &g.rows[i]
			for _, v := range values {
				if v.Key != row.key {
					continue
				}
				word := p.word(say.SetInherit)
				if v.Value == "" && channel == "" {
					v.Value = p.s.PolicyDefault(v.Key)
				}
				if v.Value != "" {
					word = p.valueWords(row, v.Value)
				}
				all = append(all, p.word(row.name)+": "+word)
			}
		}
	}
	return strings.Join(all, "; ")
}
