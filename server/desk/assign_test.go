package desk_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
)

// The examples of assignment that the desk alone can show. Their #41 is #1 here, and Eve is the administrator.

func TestASG02OnlyAnAdministratorOrTheAssigneeReassigns(t *testing.T) {
	t.Parallel()
	o := talk(t)
	before := o.last()
	if _, err := o.bob.assigns(1, o.bob); answer(err) != "forbidden" {
		t.Errorf("Bob reassigns Ann's: %v", err)
	}
	if o.last() != before || o.conv(1).Assignee != o.ann.id() {
		t.Errorf("something changed: %q", o.since(before))
	}
	o.group("Leads", []protocol.Right{protocol.RightReassign}, o.bob)
	o.bob.must(o.bob.assigns(1, o.eve))
	o.eve.must(o.eve.assigns(1, o.robot))
	zoe := o.hire("Zoe", protocol.RoleOperator, false)
	if _, err := zoe.assigns(1, o.bob); answer(err) != "forbidden" {
		t.Errorf("a bot's conversation given to somebody else: %v", err)
	}
	zoe.must(zoe.assigns(1, zoe))
}

func TestASG04AdministratorsKeepIt(t *testing.T) {
	t.Parallel()
	o := talk(t, "access.read", "assigned")
	zoe := o.hire("Zoe", protocol.RoleOperator, false)
	o.joins(zoe, protocol.GroupChatAdmins)
	for _, who := range []person{o.eve, zoe} {
		o.eve.must(o.eve.assigns(1, who))
		who.must(who.assigns(1, o.bob))
		who.must(who.notes(1, "I still read it"))
		who.must(who.replies(1, "and write"))
	}
	if _, err := o.ann.notes(1, "x"); answer(err) != "forbidden" {
		t.Errorf("Ann, who is none: %v", err)
	}
}

func TestASG05ReassigningWhatIsClosedLeavesItClosed(t *testing.T) {
	t.Parallel()
	o := talk(t)
	o.ann.must(o.ann.closes(1))
	o.ann.must(o.ann.assigns(1, o.bob))
	o.wants("state", o.now(1), "C/closed")
	o.wants("assignee", o.conv(1).Assignee, o.bob.id())
	o.wants("Bob's unread", o.unread(o.bob, 1), 0)
	o.eve.must(o.eve.deactivates(o.bob))
	o.wants("who was deactivated keeps what is closed", o.conv(1).Assignee, o.bob.id())
	o.eve.must(o.eve.sets(1, protocol.Open))
	o.wants("until it is opened", o.conv(1).Assignee, protocol.OperatorID(""))
}

func TestASG07AFormerAssigneeCannotWrite(t *testing.T) {
	t.Parallel()
	o := talk(t)
	o.ann.must(o.ann.assigns(1, o.bob))
	if _, err := o.ann.replies(1, "x"); answer(err) != "not_assigned" {
		t.Errorf("Ann: %v", err)
	}
}

func TestASG09SendingNeedsAssignment(t *testing.T) {
	t.Parallel()
	o := talk(t)
	if _, err := o.bob.replies(1, "x"); answer(err) != "not_assigned" {
		t.Errorf("in Ann's: %v", err)
	}
	n := o.lev.must(o.lev.says("hello")).Conversation
	before := o.last()
	o.bob.must(o.bob.replies(n, "hi"))
	o.wants("assigned and sent", o.conv(n).Assignee, o.bob.id())
	if diff := cmp.Diff([]string{"conversation.assigned by Bob", "receipt.advanced by Bob", "message.sent by Bob"}, o.tells(n, before)); diff != "" {
		t.Error(diff)
	}
}
