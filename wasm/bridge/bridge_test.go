package bridge_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/wasm/bridge"
	"beseda/wasm/vdom"
)

// counter is the smallest app.
type counter struct {
	n    int
	text string
}

const (
	add vdom.Handler = 1 + iota
	write
	key
	outer
)

func (c *counter) Update(e *bridge.Event, fx *bridge.Effects) {
	switch e.Handler {
	case add:
		c.n++
		fx.Timer(3, 1500)
		fx.Focus("text")
	case write:
		c.text = e.Text
	case key:
		if e.Text == "Enter" {
			fx.Prevent()
		} else {
			fx.PassOn()
		}
		fx.Still()
	case outer:
		c.text = "outer " + e.Text
	}
}

func (c *counter) View(b *vdom.Builder) {
	b.Open(vdom.Main, "")
	b.On(vdom.KeyDown, outer, "")
	b.Open(vdom.Button, "")
	b.On(vdom.Click, add, "x")
	b.Int(vdom.TabIndex, c.n)
	b.Text("Add")
	b.Close()
	b.Open(vdom.Input, "")
	b.Attr(vdom.AriaLabel, "Text")
	b.Attr(vdom.Value, c.text)
	b.On(vdom.InputEvent, write, "")
	b.On(vdom.KeyDown, key, "")
	b.Close()
	b.Close()
}

func TestTheFakeShowsAndRecords(t *testing.T) {
	t.Parallel()
	f := bridge.NewFake(&counter{})
	f.Do(bridge.Event{Kind: bridge.Start})
	f.Click("Add")
	f.Click("Add")
	f.Type("Text", "привет")
	want := `<main on:keydown=4>
  <button tabindex="2" on:click=1(x)>Add</button>
  <input .value="привет" aria-label="Text" on:input=2 on:keydown=3>
</main>
`
	if diff := cmp.Diff(want, f.HTML()); diff != "" {
		t.Error(diff)
	}
	one := []bridge.Effect{{Name: "timer", N: 1500, List: []string{"3"}}, {Name: "focus", Text: "text"}}
	if diff := cmp.Diff(append(one, one...), f.Effects()); diff != "" {
		t.Error(diff)
	}
	if got := f.Effects(); got != nil {
		t.Errorf("told twice: %v", got)
	}
}

func TestAKeyGoesOutwardsOnlyWhereItIsPassedOn(t *testing.T) {
	t.Parallel()
	c := &counter{}
	f := bridge.NewFake(c)
	f.Do(bridge.Event{Kind: bridge.Start})
	if !f.Key("Text", "Enter", 0) || c.text != "" {
		t.Errorf("Enter was not kept: %q", c.text)
	}
	if f.Key("Text", "Escape", 0) || c.text != "outer Escape" {
		t.Errorf("Escape did not reach the outer element: %q", c.text)
	}
}

func TestTheFakePanicsOnWhatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	tests := map[string]func(*bridge.Fake){
		"a name that is not there":        func(f *bridge.Fake) { f.Click("Remove") },
		"an element that does not hear":   func(f *bridge.Fake) { f.On(f.Page.Named("Add"), vdom.Paste, bridge.Event{}) },
		"an unknown event":                func(f *bridge.Fake) { f.Do(bridge.Event{Kind: 250}) },
		"an effect that does not exist":   func(f *bridge.Fake) { f.Asked("explode") },
		"effect bytes that do not read":   func(*bridge.Fake) { bridge.DecodeEffects([]byte{200}) },
		"effect bytes that are cut":       func(*bridge.Fake) { bridge.DecodeEffects([]byte{0, 2}) },
		"an event that happens to no one": func(f *bridge.Fake) { f.On(nil, vdom.Click, bridge.Event{}) },
	}
	for name, do := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := bridge.NewFake(&counter{})
			f.Do(bridge.Event{Kind: bridge.Start})
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			do(f)
		})
	}
}

func TestAnEventReadsAsItWasWritten(t *testing.T) {
	t.Parallel()
	for name, e := range map[string]bridge.Event{
		"nothing":    {},
		"everything": {Kind: bridge.Files, At: 1_763_600_000_000, Handler: 300, Arg: "a", Text: "б", A: -5, B: 1 << 50, Data: []byte{0, 255}, List: []string{"", "x"}},
	} {
		got, ok := bridge.Decode(e.Append(nil))
		if diff := cmp.Diff(e, got); diff != "" || !ok {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestFieldsAndFilesAreRead(t *testing.T) {
	t.Parallel()
	e := bridge.Event{List: []string{"a.b", "1", "list.length", "2", "odd"}}
	if e.Field("a.b") != "1" || e.Field("nothing") != "" || e.Field("odd") != "" {
		t.Error("fields differ")
	}
	e.List = []string{"4", "a.png", "image/png", "blob:x", "1234", "6", "4", "5", "b", "", "", "x", "-1", ""}
	want := []bridge.File{{Handle: "4", Name: "a.png", Type: "image/png", Preview: "blob:x", Size: 1234, Width: 6, Height: 4}, {Handle: "5", Name: "b"}}
	if diff := cmp.Diff(want, e.Files()); diff != "" {
		t.Error(diff)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add((&bridge.Event{Kind: bridge.Start, List: []string{"a", "b"}}).Append(nil))
	f.Fuzz(func(t *testing.T, b []byte) {
		e, ok := bridge.Decode(b)
		if !ok {
			return
		}
		again, ok := bridge.Decode(e.Append(nil))
		if diff := cmp.Diff(e, again); diff != "" || !ok {
			t.Error(diff)
		}
	})
}
