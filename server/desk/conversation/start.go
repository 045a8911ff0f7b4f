package conversation

import (
	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/server/desk/contact"
	"beseda/server/desk/team"
	"beseda/store"
)

// Start begins a conversation of a thread with a message of an operator of its channel's team, who has it from then on.
func Start(r store.Reader, c call.Call, cmd *protocol.ConversationStart) (out store.Outcome, err error) {
	thread, err := store.Threads.Get(r, store.Text(cmd.Thread))
	if err != nil {
		return out, notFound(err)
	}
	member := team.MemberWho(c)
	access, err := team.AccessIn(r, thread.Channel)
	if err != nil {
		return out, err
	}
	if member.Bot || !team.MayHave(member, access) {
		return out, protocol.Refuse(protocol.CodeForbidden, "")
	}
	if err := contact.Passable(r, thread.Contact); err != nil {
		return out, err
	}
	body, used, err := compose(r, c, cmd.Text, cmd.Attachments)
	if err != nil {
		return out, err
	}
	out.Private = used
	if err := aloneActive(r, thread.ID); err != nil {
		return out, err
	}
	return out, begin(r, c, thread, member.ID, body, &out)
}
