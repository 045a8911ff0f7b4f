package timeline

import "beseda/protocol"

// GroupWithin is how long after a message the next of the same author still stands with it, in milliseconds.
const GroupWithin = 5 * 60 * 1000

// Together tells whether a message stands with the one before it: one author, little time between, and the day, as the
// reader's clock counts it, has not changed.
func Together(before, after *protocol.Actor, beforeAt, afterAt int64, sameDay bool) bool {
	if before == nil || after == nil || before.Kind != after.Kind || before.ID != after.ID {
		return false
	}
	return sameDay && afterAt-beforeAt < GroupWithin
}

// NearLimit is from how many code points before the limit on the count is shown.
const NearLimit = 200

// Left is how many code points a text may still grow; negative is the excess (LIM-01).
func Left(text string) int {
	n := protocol.MaxMessageRunes
	for range text {
		n--
	}
	return n
}

// Blank tells whether there is nothing to read in a text.
func Blank(text string) bool {
	for _, r := range text {
		switch {
		case r <= ' ', r == 0x85, r == 0xa0, r >= 0x2000 && r <= 0x200f, r == 0x2028, r == 0x2029, r == 0x202f,
			r == 0x205f, r == 0x2060, r == 0x3000, r == 0xfeff:
		default:
			return false
		}
	}
	return true
}
