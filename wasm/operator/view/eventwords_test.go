//go:build !wasm

package view

import (
	"slices"
	"testing"

	"beseda/protocol"
	"beseda/wasm/operator/state"
)

func TestEVT02TheListIsNarrowedToEveryKindThatHasAName(t *testing.T) {
	t.Parallel()
	named := 0
	for entry := range protocol.Entries() {
		kind := entry.Kind
		if eventNames(kind) == 0 {
			continue
		}
		named++
		if !slices.Contains(state.EventKinds[:], kind) {
			t.Errorf("%s has a name and no filter", kind)
		}
	}
	if named < len(state.EventKinds) {
		t.Errorf("%d kinds have a name, %d are in the filter", named, len(state.EventKinds))
	}
}
