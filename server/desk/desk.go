package desk

import (
	"fmt"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/server/desk/channel"
	"beseda/server/desk/contact"
	"beseda/server/desk/conversation"
	"beseda/server/desk/team"
	"beseda/store"
)

// Decide is what a command does now, or a *protocol.Refusal. body is the command's validated struct.
func Decide(r store.Reader, c call.Call, body any) (store.Outcome, error) {
	switch cmd := body.(type) {
	case *protocol.MessageSend:
		return conversation.Send(r, c, cmd)
	case *protocol.ReceiptAdvance:
		return conversation.Advance(r, c, cmd)
	case *protocol.ConversationClose:
		return conversation.Close(r, c, cmd.Conversation)
	case *protocol.ConversationReopen:
		return conversation.Reopen(r, c, cmd.Conversation)
	case *protocol.ConversationAssign:
		return conversation.Assign(r, c, cmd)
	case *protocol.VisitorVisit:
		return contact.Visit(r, c, cmd)
	case *protocol.OperatorInvite:
		return team.Invite(r, c, cmd)
	case *protocol.OperatorDeactivate:
		return deactivate(r, c, cmd)
	case *protocol.OperatorActivate:
		return team.Activate(r, c, cmd)
	case *protocol.RoleChange:
		return team.ChangeRole(r, c, cmd)
	case *protocol.ProfileChange:
		return team.ChangeProfile(r, c, cmd)
	case *protocol.ChannelCreate:
		return channel.Create(r, c, cmd)
	case *protocol.ChannelChange:
		return channel.Change(r, c, cmd)
	}
	return store.Outcome{}, protocol.Refuse(protocol.CodeInvalid, "kind")
}

// deactivate ends an operator's access and leaves nobody's conversation behind with them.
func deactivate(r store.Reader, c call.Call, cmd *protocol.OperatorDeactivate) (store.Outcome, error) {
	out, err := team.Deactivate(r, c, cmd)
	if err != nil || len(out.Events) == 0 {
		return out, err
	}
	freed, err := conversation.Unassign(r, c, cmd.Operator)
	out.Events = append(out.Events, freed...)
	return out, err
}

// Domain is the desk as the engine runs it.
type Domain struct{}

// Apply changes the views by one event. It is deterministic.
func (Domain) Apply(tx store.Tx, ev *protocol.Frame) error {
	switch ev.Kind {
	case protocol.KindMessageSent, protocol.KindReceiptAdvanced, protocol.KindConversationStarted,
		protocol.KindConversationClosed, protocol.KindConversationReopened, protocol.KindConversationAssigned:
		return conversation.Apply(tx, ev)
	case protocol.KindVisitorArrived, protocol.KindVisitorVisited:
		return contact.Apply(tx, ev)
	case protocol.KindOperatorInvited, protocol.KindOperatorJoined, protocol.KindOperatorDeactivated,
		protocol.KindOperatorActivated, protocol.KindRoleSet, protocol.KindProfileSet:
		return team.Apply(tx, ev)
	case protocol.KindChannelCreated, protocol.KindChannelSet:
		return channel.Apply(tx, ev)
	}
	return fmt.Errorf("no view for an event of kind %q", ev.Kind)
}

// Deadlines returns what an event armed. Nothing fires by itself yet: automatic completion brings the first timers.
func (Domain) Deadlines(store.Reader, *protocol.Frame) ([]store.Deadline, error) { return nil, nil }

// Fire decides what a due deadline does.
func (Domain) Fire(store.Reader, store.Deadline, func() string) (store.Outcome, error) {
	return store.Outcome{}, nil
}

// Armed yields the stored deadlines.
func (Domain) Armed(store.Reader, func(store.Deadline)) error { return nil }
