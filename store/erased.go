package store

import (
	"errors"

	"beseda/protocol"
)

// An item stands in two places: whole among the items, and in the log as a row that says no more than where it is. When
// it is erased the item goes, and its row says what happened, by whom and when, without what was said; so the log can
// still be replayed.
//
//	kept     log: kind, position, thread     item: all of it
//	erased   log: all but its content        item: none

// IsErased tells whether a row of the log is an item's whose content was erased.
func IsErased(row *protocol.Frame) bool { return row.Kind.IsItem() && row.Conversation != 0 }

// Whole is the event of a row of the log: items are read from their own rows, erased ones stand in the log without
// their content.
func Whole(r Reader, row *protocol.Frame) (protocol.Frame, error) {
	if !row.Kind.IsItem() || IsErased(row) {
		return *row, nil
	}
	return Items.Get(r, Text(row.Thread), Num(row.Position))
}

// ItemAt is the item at a position, erased or not; ErrNotFound.
func ItemAt(r Reader, thread protocol.ThreadID, at protocol.Position) (protocol.Frame, error) {
	item, err := Items.Get(r, Text(thread), Num(at))
	if !errors.Is(err, ErrNotFound) {
		return item, err
	}
	row, err := Log.Get(r, Num(at))
	if err != nil {
		return row, err
	}
	if row.Thread != thread || !IsErased(&row) {
		return protocol.Frame{}, ErrNotFound
	}
	return row, nil
}

// EraseItem is what erases an item: bare is the item without its content. Its changes are for Outcome.Overwrites.
func EraseItem(bare protocol.Frame) ([]Write, error) {
	row, err := Log.Encode(bare)
	return []Write{
		{Key: Items.Key(Text(bare.Thread), Num(bare.Position))},
		{Key: Log.Key(Num(bare.Position)), Value: row},
	}, err
}

// Overwritable tells whether a key (without workspace) is of a table whose content is erased.
func Overwritable(key []byte) bool {
	if len(key) == 0 {
		return false
	}
	switch key[0] {
	case Log.Prefix, Items.Prefix, Attachments.Prefix, Reactions.Prefix:
		return true
	}
	return false
}

// Within tells whether a position lies in spans.
func Within(spans []Span, at protocol.Position) bool {
	for _, span := range spans {
		if span.First <= at && at <= span.Last {
			return true
		}
	}
	return false
}
