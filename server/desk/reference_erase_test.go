package desk_test

import (
	"slices"

	"beseda/protocol"
)

// erases is §6.3: nothing of it is left but the number.
func (m *reference) erases(who operator, n number) string {
	c, refused := m.foundWith(who, n, m.people[who].deletes, "delete")
	if c == nil {
		return refused
	}
	m.emit(protocol.KindConversationErased, c)
	m.items = slices.DeleteFunc(m.items, func(i *refItem) bool { return i.conv == c.number })
	*c = refConv{number: c.number, status: protocol.Closed, erased: true}
	return ""
}
