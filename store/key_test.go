package store_test

import (
	"testing"

	"beseda/protocol"
	"beseda/store"
)

// The number is one whose bytes hold zeros, as the end of an identifier does.
func TestAKeyGivesBackWhatItWasMadeOf(t *testing.T) {
	t.Parallel()
	const who, number = "01JC0000000000000000000001", protocol.Number(1 << 16)
	for name, key := range map[string][]byte{
		"an identifier alone":        store.Sightings.Key(store.Text(who)),
		"an identifier, then a text": store.Contacts.Key(store.Text(who), store.Text("and")),
		"an identifier and a number": store.Drafts.Key(store.Text(who), store.Num(number)),
	} {
		if got := store.FirstText[string](key); got != who {
			t.Errorf("%s: begins with %q", name, got)
		}
	}
	if got := store.LastNum[protocol.Number](store.Drafts.Key(store.Text(who), store.Num(number))); got != number {
		t.Errorf("it ends with %d", got)
	}
}
