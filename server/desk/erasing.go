package desk

import (
	"beseda/protocol"
	"beseda/server/desk/conversation"
	"beseda/store"
)

// EraseMore takes the content of more items of an erased conversation; more tells that there may be others.
func EraseMore(r store.Reader, n protocol.Number) (out store.Outcome, more bool, err error) {
	return conversation.EraseMore(r, n)
}

// Purged are the events that erased conversations have left the store's files.
func Purged(r store.Reader, now int64, numbers []protocol.Number) (store.Outcome, error) {
	return conversation.Purged(r, now, numbers)
}
