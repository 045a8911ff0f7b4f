package desk_test

import (
	"testing"

	"beseda/protocol"
)

// TestTheRightIsAskedForOnceTheConversationIsThere holds the order of guards of state-machine §6.
func TestTheRightIsAskedForAfterWhatTheConversationItselfRefuses(t *testing.T) {
	t.Parallel()
	o := talk(t, "access.read", "assigned") // #1 is Ann's
	o.group("Writers", nil, o.ann, o.bob)
	erased := o.lev.must(o.lev.says("hello")).Conversation
	o.eve.must(o.eve.do(protocol.KindConversationDelete, &protocol.ConversationDelete{Conversation: erased}))
	into := o.mia.must(o.mia.says("first")).Conversation
	o.eve.must(o.eve.closes(into))
	from := o.mia.must(o.mia.says("second")).Conversation
	o.eve.must(o.eve.do(protocol.KindConversationMerge, &protocol.ConversationMerge{Conversation: from, Into: into}))
	for kind, about := range map[protocol.Kind]func(protocol.Number) protocol.Body{
		protocol.KindConversationDelete: func(n protocol.Number) protocol.Body { return &protocol.ConversationDelete{Conversation: n} },
		protocol.KindContactBlock:       func(n protocol.Number) protocol.Body { return &protocol.ContactBlock{Conversation: n} },
		protocol.KindContactUnblock:     func(n protocol.Number) protocol.Body { return &protocol.ContactUnblock{Conversation: n} },
	} {
		right := "right=block"
		if kind == protocol.KindConversationDelete {
			right = "right=delete"
		}
		for name, c := range map[string]struct {
			who  person
			n    protocol.Number
			want *protocol.Refusal
		}{
			"one that is not there": {o.ann, 77, protocol.Refuse(protocol.CodeNotFound, "")},
			"one that was erased":   {o.ann, erased, protocol.Refuse(protocol.CodeNotFound, "erasing")},
			"one that was merged":   {o.ann, from, protocol.Refuse(protocol.CodeConflict, "merged_into="+into.String())},
			"one of somebody else":  {o.bob, 1, protocol.Refuse(protocol.CodeForbidden, right)},
			"one of their own":      {o.ann, 1, protocol.Refuse(protocol.CodeForbidden, right)},
		} {
			_, err := c.who.do(kind, about(c.n))
			if got, ok := err.(*protocol.Refusal); !ok || *got != *c.want {
				t.Errorf("%s of %s: %v, want %v", kind, name, err, c.want)
			}
		}
	}
}
