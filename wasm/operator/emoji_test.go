//go:build !wasm

package main

import (
	"slices"
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
)

// inserted is what the newest effect put at a caret.
func (d *desk) inserted() string {
	all := d.Asked("insert")
	if len(all) == 0 || all[len(all)-1].Text != state.ReplyID {
		return ""
	}
	return all[len(all)-1].More
}

func (d *desk) keyAt(id, key string) {
	d.t.Helper()
	n := d.Page.ByID(id)
	if n == nil {
		d.t.Fatalf("no %s", id)
	}
	d.On(n, vdom.KeyDown, bridge.Event{Text: key, List: []string{key}})
}

func TestCMS04AnEmojiIsFoundByItsNameAndPutAtTheCaretByKeys(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.Type("Reply", "ab")
	d.Click("Insert emoji")
	d.want("focus", d.asked("focus"), state.EmojiFindID)
	d.Type("Find an emoji", "thumbs UP")
	d.want("found", d.text("b-emoji__item"), "👍")
	d.want("said", d.asked("announce"), "1 found")
	d.keyAt(state.EmojiFindID, "ArrowDown")
	d.want("focus", d.asked("focus"), state.GlyphID(0))
	d.want("its name", d.Page.ByID(state.GlyphID(0)).Name(), "thumbs up")
	d.On(d.Page.ByID(state.GlyphID(0)), vdom.Click, bridge.Event{})
	d.want("put at the caret", d.inserted(), "👍")
	if d.Page.ByID(state.EmojiFindID) != nil {
		t.Error("the choice is still open")
	}
	d.Click("Insert emoji")
	d.Type("Find an emoji", "hello")
	d.keyAt(state.EmojiFindID, "Enter")
	d.want("the first by Enter", d.inserted(), "👋")
	if d.count(protocol.KindMessageSend) != 0 {
		t.Error("Enter sent the reply")
	}
	d.Click("Insert emoji")
	d.Type("Find an emoji", "nothing like it")
	d.keyAt(state.EmojiFindID, "Enter")
	d.want("none", d.text("b-quick__none"), "No emoji is called so")
	d.keyAt(state.EmojiFindID, "Escape")
	d.want("focus", d.asked("focus"), state.EmojiButtonID)
	if len(d.Page.ByClass("b-emoji")) != 0 {
		t.Error("Escape left it open")
	}
}

func TestCMS04TheKeysWalkThroughTheEmojiAndTheirGroups(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.Click("Note")
	d.Click("Insert emoji")
	for _, step := range []struct{ from, key, to string }{
		{state.EmojiFindID, "ArrowDown", state.GlyphID(0)},
		{state.GlyphID(0), "ArrowRight", state.GlyphID(1)},
		{state.GlyphID(1), "ArrowDown", state.GlyphID(9)},
		{state.GlyphID(9), "End", state.GlyphID(31)},
		{state.GlyphID(31), "ArrowRight", state.GlyphID(31)},
		{state.GlyphID(31), "ArrowUp", state.GlyphID(23)},
		{state.GlyphID(23), "Home", state.GlyphID(0)},
		{state.GlyphID(0), "ArrowLeft", state.GlyphID(0)},
		{state.GlyphID(0), "ArrowUp", state.EmojiFindID},
		{state.EmojiGroupID(0), "ArrowLeft", state.EmojiGroupID(4)},
		{state.EmojiGroupID(4), "ArrowRight", state.EmojiGroupID(0)},
		{state.EmojiGroupID(0), "End", state.EmojiGroupID(4)},
	} {
		d.keyAt(step.from, step.key)
		d.want(step.from+" "+step.key, d.asked("focus"), step.to)
	}
	d.want("the last group", d.text("b-emoji__title"), "Nature, food, travel")
	d.Click("Hands and hearts")
	d.want("the group", d.text("b-emoji__title"), "Hands and hearts")
	d.On(d.Page.ByClass("b-emoji")[0], vdom.Click, bridge.Event{})
	d.Click("thumbs up")
	d.want("put into the note", d.inserted(), "👍")
	d.Click("Insert emoji")
	d.want("the group is kept", d.text("b-emoji__title"), "Hands and hearts")
	d.On(d.Page.ByClass("b-console")[0], vdom.Click, bridge.Event{})
	if len(d.Page.ByClass("b-emoji")) != 0 {
		t.Error("a click elsewhere left it open")
	}
}

func TestEveryEmojiHasItsNameInBothLanguages(t *testing.T) {
	t.Parallel()
	var first []string
	for _, language := range []string{"en", "ru"} {
		d := load(t, "/console/", language)
		var all []string
		for group := range state.EmojiGroups {
			names := map[string]bool{}
			for _, g := range d.Glyphs(group) {
				all = append(all, g.Text)
				if g.Text == "" || strings.TrimSpace(g.Name) == "" || names[g.Name] {
					t.Errorf("%s: %q is called %q", language, g.Text, g.Name)
				}
				names[g.Name] = true
			}
			if len(names) != 32 {
				t.Errorf("%s: %d in group %d", language, len(names), group)
			}
		}
		if first == nil {
			first = slices.Clone(all)
		}
		if !slices.Equal(all, first) {
			t.Errorf("%s has others", language)
		}
		slices.Sort(all)
		if n := len(slices.Compact(all)); n != 160 {
			t.Errorf("%s: %d different ones", language, n)
		}
	}
}
