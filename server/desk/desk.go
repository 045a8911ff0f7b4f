package desk

import (
	"cmp"
	"fmt"

	"beseda/protocol"
	"beseda/server/desk/audit"
	"beseda/server/desk/call"
	"beseda/server/desk/channel"
	"beseda/server/desk/contact"
	"beseda/server/desk/conversation"
	"beseda/server/desk/policy"
	"beseda/server/desk/quickreply"
	"beseda/server/desk/team"
	"beseda/server/desk/view"
	"beseda/store"
)

// Decide is what a command does now, or a *protocol.Refusal. body is the command's validated struct. Each side has a
// table of its own, so that a command which a side has no row for cannot be reached from there.
func Decide(r store.Reader, c call.Call, body protocol.Body) (store.Outcome, error) {
	if c.IsVisitor() {
		return decideVisitor(r, c, body)
	}
	c, err := team.Admit(r, c)
	if err != nil {
		return store.Outcome{}, err
	}
	if e, ok := protocol.EntryOf(body); ok {
		if err := c.Needs(e.Right); err != nil {
			return store.Outcome{}, without(r, c, body, err)
		}
	}
	return decideTeam(r, c, body)
}

// without is how somebody is refused who has not got the right that a command needs: where it is about a conversation,
// whether that is there comes first, as in state-machine §6.
func without(r store.Reader, c call.Call, body any, missing error) error {
	var n protocol.Number
	switch cmd := body.(type) {
	case *protocol.ConversationDelete:
		n = cmd.Conversation
	case *protocol.ContactBlock:
		n = cmd.Conversation
	case *protocol.ContactUnblock:
		n = cmd.Conversation
	}
	if n == 0 {
		return missing
	}
	return cmp.Or(conversation.There(r, c, n), missing)
}

func decideVisitor(r store.Reader, c call.Call, body any) (store.Outcome, error) {
	switch cmd := body.(type) {
	case *protocol.MessageSend:
		return conversation.Send(r, c, cmd)
	case *protocol.ReceiptAdvance:
		return conversation.Advance(r, c, cmd)
	case *protocol.VisitorVisit:
		return contact.Visit(r, c, cmd)
	case *protocol.ConversationClose:
		return conversation.Close(r, c, cmd)
	case *protocol.ReactionAdd:
		return conversation.React(r, c, 0, cmd.Position, cmd.Emoji, true)
	case *protocol.ReactionWithdraw:
		return conversation.React(r, c, 0, cmd.Position, cmd.Emoji, false)
	}
	return store.Outcome{}, protocol.Refuse(protocol.CodeForbidden, "rule=sender")
}

func decideTeam(r store.Reader, c call.Call, body any) (store.Outcome, error) {
	if out, known, err := decideContact(r, c, body); known {
		return out, err
	}
	switch cmd := body.(type) {
	case *protocol.MessageSend:
		return conversation.Send(r, c, cmd)
	case *protocol.ReceiptAdvance:
		return conversation.Advance(r, c, cmd)
	case *protocol.ConversationStart:
		return conversation.Start(r, c, cmd)
	case *protocol.ConversationComplete:
		return conversation.Complete(r, c, cmd)
	case *protocol.ConversationClose:
		return conversation.Close(r, c, cmd)
	case *protocol.ConversationReopen:
		return conversation.Reopen(r, c, cmd)
	case *protocol.StatusChange:
		return conversation.SetStatus(r, c, cmd)
	case *protocol.CompletionPostpone:
		return conversation.Postpone(r, c, cmd)
	case *protocol.ReplyWaive:
		return conversation.Waive(r, c, cmd)
	case *protocol.MessagesSplit:
		return conversation.Split(r, c, cmd)
	case *protocol.ConversationMerge:
		return conversation.Merge(r, c, cmd)
	case *protocol.ConversationDelete:
		return conversation.Erase(r, c, cmd)
	case *protocol.SubjectChange:
		return conversation.SetSubject(r, c, cmd)
	case *protocol.NoteAdd:
		return conversation.AddNote(r, c, cmd)
	case *protocol.ReactionAdd:
		return conversation.React(r, c, cmd.Conversation, cmd.Position, cmd.Emoji, true)
	case *protocol.ReactionWithdraw:
		return conversation.React(r, c, cmd.Conversation, cmd.Position, cmd.Emoji, false)
	case *protocol.ConversationAssign:
		return conversation.Assign(r, c, cmd)
	case *protocol.OperatorInvite:
		return team.Invite(r, c, cmd)
	case *protocol.OperatorLink:
		return team.Link(r, c, cmd)
	case *protocol.OperatorDeactivate:
		return deactivate(r, c, cmd)
	case *protocol.OperatorActivate:
		return team.Activate(r, c, cmd)
	case *protocol.RoleChange:
		return team.ChangeRole(r, c, cmd)
	case *protocol.ProfileChange:
		return team.ChangeProfile(r, c, cmd)
	case *protocol.GroupCreate:
		return team.CreateGroup(r, c, cmd)
	case *protocol.GroupChange:
		return team.ChangeGroup(r, c, cmd)
	case *protocol.GroupDelete:
		return team.DeleteGroup(r, c, cmd)
	case *protocol.TeamChange:
		return team.ChangeTeam(r, c, cmd)
	case *protocol.PolicyChange:
		return policy.Change(r, c, cmd)
	case *protocol.ChannelCreate:
		return channel.Create(r, c, cmd)
	case *protocol.ChannelChange:
		return channel.Change(r, c, cmd)
	}
	if out, known, err := decideComposing(r, c, body); known {
		return out, err
	}
	if out, known, err := decideListing(r, c, body); known {
		return out, err
	}
	return store.Outcome{}, protocol.Refuse(protocol.CodeForbidden, "rule=sender")
}

// Domain is the desk as the engine runs it.
type Domain struct{}

// Apply changes the views by one event, and seals it where it is administrative. It is deterministic.
func (Domain) Apply(tx store.Tx, ev *protocol.Frame) error {
	if err := audit.Apply(tx, ev); err != nil {
		return err
	}
	switch ev.Kind {
	case protocol.KindTagSet, protocol.KindTagDeleted, protocol.KindContactTagged, protocol.KindContactUntagged,
		protocol.KindContactSet: // what a contact is, whichever conversation somebody said it in
		return contact.Apply(tx, ev)
	}
	if ev.Conversation != 0 {
		return conversation.Apply(tx, ev)
	}
	switch ev.Kind {
	case protocol.KindReceiptAdvanced: // a visitor's, which is the thread's
		return conversation.Apply(tx, ev)
	case protocol.KindPolicySet:
		return policy.Apply(tx, ev)
	case protocol.KindVisitorArrived, protocol.KindVisitorVisited:
		return contact.Apply(tx, ev)
	case protocol.KindOperatorInvited, protocol.KindOperatorJoined, protocol.KindOperatorDeactivated,
		protocol.KindOperatorActivated, protocol.KindRoleSet, protocol.KindProfileSet,
		protocol.KindGroupSet, protocol.KindGroupDeleted, protocol.KindTeamSet:
		return team.Apply(tx, ev)
	case protocol.KindChannelCreated, protocol.KindChannelSet:
		return channel.Apply(tx, ev)
	case protocol.KindExportMade, protocol.KindOperatorLinked, protocol.KindPasswordSet: // they change no view: the log has them
		return nil
	case protocol.KindQuickReplySet, protocol.KindQuickReplyDeleted:
		return quickreply.Apply(tx, ev)
	case protocol.KindViewSet, protocol.KindViewDeleted:
		return view.Apply(tx, ev)
	}
	return fmt.Errorf("no view for an event of kind %q", ev.Kind)
}

// Deadlines returns what an event armed.
func (Domain) Deadlines(r store.Reader, ev *protocol.Frame) (armed []store.Deadline, err error) {
	if ev.Conversation != 0 || ev.Kind == protocol.KindReceiptAdvanced { // a visitor's receipt is of no single one
		if armed, err = conversation.Deadlines(r, ev); err != nil {
			return nil, err
		}
	}
	more, err := releases(r, ev)
	return append(armed, more...), err
}

// Fire decides what a due deadline does.
func (Domain) Fire(r store.Reader, d store.Deadline, _ func() string) (store.Outcome, error) {
	switch {
	case d.Kind < conversation.Timers:
		return conversation.Fire(r, d)
	case d.Kind == timerRelease:
		return fireRelease(r, d)
	}
	return store.Outcome{}, fmt.Errorf("no timer of kind %d", d.Kind)
}

// Armed yields the stored deadlines.
func (Domain) Armed(r store.Reader, arm func(store.Deadline)) error {
	if err := conversation.Armed(r, arm); err != nil {
		return err
	}
	return armReleases(r, arm)
}
