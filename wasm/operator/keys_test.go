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
	if len(d.Page.ByClass("b-palette")) == 0 {
		t.Error("nothing to search with")
	}
	if d.Page.ByID(state.FindID) != nil {
		t.Error("what was selected is not any more")
	}
}

func TestX20ALetterIsTakenByItsPlaceOnTheKeyboardAndNothingElseIs(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/account")
	field := func() *pageNode { return d.Page.Named("Letter: Next conversation") }
	key := func(text, code string) {
		t.Helper()
		d.On(field(), vdom.KeyDown, bridge.Event{Text: text, List: []string{code}, B: 1})
	}
	if field() == nil {
		t.Fatal(d.text("b-letters"))
	}
	key("ы", "KeyS")
	d.want("a Cyrillic keyboard", field().Attrs[".value"], "S")
	key("5", "Digit5")
	d.want("a digit", d.alert()+" "+field().Attrs[".value"]+" "+field().Attrs["aria-invalid"], "Press a letter, A to Z. It stays S. S true")
	key("Backspace", "Backspace")
	d.want("nothing", d.alert(), "Press a letter, A to Z. It stays S.")
	key("Tab", "Tab")
	key("w", "KeyW")
	d.want("a letter after it", field().Attrs[".value"]+d.alert(), "W")

	// A keyboard on a screen tells no keys, but what it wrote.
	typed := func(text string) {
		t.Helper()
		d.On(field(), vdom.InputEvent, bridge.Event{Text: text})
	}
	typed("")
	typed("ж")
	d.want("while it is typed", field().Attrs[".value"]+d.alert(), "жPress a letter, A to Z. It stays W.")
	d.On(field(), vdom.FocusOut, bridge.Event{})
	d.want("then", field().Attrs[".value"]+d.alert(), "WPress a letter, A to Z. It stays W.")
	typed("")
	d.On(field(), vdom.FocusOut, bridge.Event{})
	d.want("an empty one", field().Attrs[".value"]+d.alert(), "WPress a letter, A to Z. It stays W.")
	typed("q")
	d.want("a letter", field().Attrs[".value"]+d.alert(), "Q")
}

func TestX20ThePaletteOpensFromAnyField(t *testing.T) {
	t.Parallel()
	for _, id := range []string{state.FindID, state.ReplyID, "row-41", "log"} {
		d := opened(t)
		d.On(d.Page.ByID(id), vdom.KeyDown, bridge.Event{Text: "л", List: []string{"KeyK"}, A: bridge.Ctrl, B: 1})
		if len(d.Page.ByClass("b-palette")) == 0 {
			t.Errorf("not from %s", id)
		}
	}
}
