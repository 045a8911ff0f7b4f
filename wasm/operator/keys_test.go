//go:build !wasm

package main

import (
	"testing"

	"beseda/wasm/bridge"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
)

// hit presses a key on a row of the list.
func (d *desk) hit(text, code string) {
	d.t.Helper()
	d.On(d.Page.ByID("row-41"), vdom.KeyDown, bridge.Event{Text: text, List: []string{code}})
}

func TestSlashSearchesAlsoWhereTheListHasNoField(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/")
	d.hit("/", "Slash")
	d.want("the field", d.asked("focus"), state.FindID)
	d.hit("x", "KeyX")
	if d.Page.ByID(state.FindID) != nil {
		t.Fatal("nothing is selected")
	}
	d.hit("/", "Slash")
	if d.Page.ByClass("b-palette") == nil {
		t.Error("nothing to search with")
	}
	if d.Page.ByID(state.FindID) != nil {
		t.Error("what was selected is not any more")
	}
}
