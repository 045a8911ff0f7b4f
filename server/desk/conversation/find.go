package conversation

import (
	"errors"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/server/desk/contact"
	"beseda/server/desk/policy"
	"beseda/server/desk/team"
	"beseda/store"
)

// addressed is a conversation that somebody of the team addressed, with what judging them needs.
type addressed struct {
	store.Conversation
	policy policy.Policy
	member team.Member
	held   team.Held
}

func (a *addressed) mayRead() bool  { return team.MayRead(a.member, a.held) }
func (a *addressed) mayWrite() bool { return team.MayWrite(a.member, a.held) }
func (a *addressed) mayEnd() bool   { return a.mayWrite() && a.member.May(protocol.RightClose) }

// Live follows a number to the conversation that it leads to: itself, or the end of the chain of merges; not_found where
// there is none, or it was erased.
func Live(r store.Reader, number protocol.Number) (store.Conversation, error) {
	conv, err := End(r, number)
	switch {
	case err != nil:
		return conv, notFound(err)
	case conv.ErasedAt != 0:
		return conv, gone(&conv)
	}
	return conv, nil
}

// End is Live that ends at an erased conversation, too; store.ErrNotFound.
func End(r store.Reader, number protocol.Number) (conv store.Conversation, err error) {
	for {
		conv, err = store.Conversations.Get(r, store.Num(number))
		if err != nil || conv.MergedInto == 0 {
			return conv, err
		}
		number = conv.MergedInto
	}
}

// reach finds the live end of what was addressed: for a reply, a note, what was read, and no-reply-needed.
func reach(r store.Reader, c call.Call, number protocol.Number) (a addressed, err error) {
	if a.Conversation, err = Live(r, number); err != nil {
		return a, err
	}
	a.member = team.MemberWho(c)
	if a.policy, err = policy.Of(r, a.Channel); err != nil {
		return a, err
	}
	a.held, err = team.HeldUnder(r, &a.Conversation, &a.policy)
	return a, err
}

// find finds what was addressed by its own number: a merged one is refused with the number that it leads to, if the
// caller may know that one.
func find(r store.Reader, c call.Call, number protocol.Number) (addressed, error) {
	a, err := reach(r, c, number)
	switch {
	case err != nil || a.Number == number:
		return a, err
	case !a.mayRead():
		return a, protocol.Refuse(protocol.CodeForbidden, "")
	}
	return a, protocol.Refuse(protocol.CodeConflict, "merged_into="+a.Number.String())
}

// findToRead is find for those who may read it.
func findToRead(r store.Reader, c call.Call, number protocol.Number) (addressed, error) {
	a, err := find(r, c, number)
	if err == nil && !a.mayRead() {
		err = protocol.Refuse(protocol.CodeForbidden, "")
	}
	return a, err
}

// There refuses who addresses a conversation that is not there, or no longer under its number.
func There(r store.Reader, c call.Call, number protocol.Number) error {
	_, err := find(r, c, number)
	return err
}

// passes refuses what would pass between the team and a blocked contact. A thread and its conversations have one
// contact: nothing parts them yet.
func passes(r store.Reader, conv *store.Conversation) error { return contact.Passable(r, conv.Contact) }

// findToWrite is find for those who may change it.
func findToWrite(r store.Reader, c call.Call, number protocol.Number) (addressed, error) {
	a, err := find(r, c, number)
	if err == nil && !a.mayWrite() {
		err = protocol.Refuse(protocol.CodeForbidden, "")
	}
	return a, err
}

// findToEnd is findToWrite for those who may also complete, close and reopen.
func findToEnd(r store.Reader, c call.Call, number protocol.Number) (addressed, error) {
	a, err := findToWrite(r, c, number)
	if err == nil && !a.mayEnd() {
		err = protocol.Refuse(protocol.CodeForbidden, "right="+string(protocol.RightClose))
	}
	return a, err
}

// own finds one of the visitor's conversations; another's, or one that is gone, is not_found.
func own(r store.Reader, c call.Call, number protocol.Number) (conv store.Conversation, err error) {
	thread, known, err := threadOf(r, c)
	if err != nil {
		return conv, err
	}
	if conv, err = store.Conversations.Get(r, store.Num(number)); err != nil {
		return conv, notFound(err)
	}
	if !known || conv.Thread != thread.ID {
		return conv, protocol.Refuse(protocol.CodeNotFound, "")
	}
	if conv.Tombstone() {
		end, err := End(r, number)
		if err != nil {
			return end, err
		}
		if end.ErasedAt != 0 {
			return end, protocol.Refuse(protocol.CodeNotFound, "")
		}
		return end, protocol.Refuse(protocol.CodeConflict, "merged_into="+end.Number.String())
	}
	return conv, nil
}

// threadOf finds the visitor's thread; not known is one who writes for the first time, on a channel that exists.
func threadOf(r store.Reader, c call.Call) (thread store.Thread, known bool, err error) {
	visitor, err := store.Visitors.Get(r, store.Text(c.By.ID))
	if errors.Is(err, store.ErrNotFound) {
		_, err = store.Channels.Get(r, store.Text(c.Channel))
		return thread, false, notFound(err)
	}
	if err != nil {
		return thread, false, err
	}
	thread, err = store.Threads.Get(r, store.Text(visitor.Thread))
	return thread, true, err
}

// unseen refuses what a person decided before a visitor's message came that they have not seen: last is the newest item
// that they saw, 0 from those who look at nothing.
func unseen(c call.Call, conv *store.Conversation, last protocol.Position) error {
	if last != 0 && c.By.Kind == protocol.ActorOperator && conv.LastInbound > last {
		return protocol.Refuse(protocol.CodeConflict, "new_message")
	}
	return nil
}

func notFound(err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return protocol.Refuse(protocol.CodeNotFound, "")
	}
	return err
}

func policyOf(r store.Reader, conv *store.Conversation) (policy.Policy, error) {
	return policy.Of(r, conv.Channel)
}
