//go:build !wasm

package bridge

import (
	"fmt"
	"strings"

	"beseda/wasm/vdom"
	"beseda/wasm/vdom/page"
)

// DecodeEffects takes what an app asked for apart. It panics on what it does not know.
func DecodeEffects(b []byte) []Effect {
	names := strings.Fields(OpNames)
	r := reader{rest: b, ok: true}
	var all []Effect
	for len(r.rest) > 0 {
		op := r.byte()
		if int(op) >= len(names) {
			panic(fmt.Sprintf("bridge: effect %d is not known", op))
		}
		e := Effect{Name: names[op], N: r.signed(), Text: r.string(), More: r.string(), Data: r.bytes()}
		for n := r.number(); n > 0 && r.ok; n-- {
			e.List = append(e.List, r.string())
		}
		if !r.ok {
			panic("bridge: effect " + e.Name + " is cut short")
		}
		all = append(all, e)
	}
	return all
}

// Fake is a browser for tests: it shows what the app draws, records what it asks for, and lets things happen. It panics
// on what it does not know: a patch that does not fit, an unknown effect, a click on what does not listen.
type Fake struct {
	Page *page.Page
	// Now is the clock that events carry.
	Now  int64
	loop loop
	done []Effect
}

// NewFake shows an app on an empty page; nothing has happened yet.
func NewFake(app App) *Fake {
	return &Fake{Page: page.New(), loop: loop{app: app}}
}

// Do lets something happen and answers the sum of Prevent and PassOn. At is set to Now where it is 0.
func (f *Fake) Do(e Event) uint32 {
	if int(e.Kind) >= int(kindEnd) || (e.Kind < Start && int(e.Kind) >= len(strings.Fields(vdom.EventNames))) {
		panic(fmt.Sprintf("bridge: event %d is not known", e.Kind))
	}
	if e.At == 0 {
		e.At = f.Now
	}
	b, flags := f.loop.step(e.Append(nil))
	r := reader{rest: b, ok: true}
	if err := f.Page.Apply(r.take()); err != nil {
		panic("bridge: " + err.Error())
	}
	f.done = append(f.done, DecodeEffects(r.rest)...)
	return flags
}

// On lets an event happen at an element, with e's other fields, and answers as Do does. Like the page, it goes to the
// element or the nearest around it that listens.
func (f *Fake) On(n *page.Node, event vdom.Event, e Event) uint32 {
	name := strings.Fields(vdom.EventNames)[event]
	if n == nil {
		panic("bridge: " + name + " on no element")
	}
	var flags uint32
	heard := false
	for ; n != nil; n = n.Parent {
		l, there := n.On[name]
		if !there {
			continue
		}
		heard = true
		e.Kind, e.Handler, e.Arg = Kind(event), l.Handler, l.Arg
		now := f.Do(e)
		flags |= now & Prevent
		if now&PassOn == 0 {
			break
		}
	}
	if !heard {
		panic("bridge: nothing listens to " + name)
	}
	return flags
}

// Click clicks the element with this accessible name.
func (f *Fake) Click(name string) { f.On(f.named(name), vdom.Click, Event{}) }

// Type sets the value of the field with this accessible name, as if the person had written it.
func (f *Fake) Type(name, value string) {
	f.On(f.named(name), vdom.InputEvent, Event{Text: value, A: int64(len(value))})
}

// Key presses a key in the element with this accessible name and tells whether the browser was kept from its own.
func (f *Fake) Key(name, key string, held int64) bool {
	return f.On(f.named(name), vdom.KeyDown, Event{Text: key, A: held, List: []string{key}})&Prevent != 0
}

func (f *Fake) named(name string) *page.Node {
	n := f.Page.Named(name)
	if n == nil {
		panic("bridge: nothing is named " + name + " in\n" + f.Page.HTML())
	}
	if _, disabled := n.Attrs["disabled"]; disabled {
		panic("bridge: " + name + " is disabled")
	}
	return n
}

// Effects answers what was asked for since the last call.
func (f *Fake) Effects() []Effect {
	done := f.done
	f.done = nil
	return done
}

// Asked answers the effects of one name since the last call of Effects, and keeps them.
func (f *Fake) Asked(name string) []Effect {
	if !strings.Contains(" "+OpNames+" ", " "+name+" ") {
		panic("bridge: there is no effect " + name)
	}
	var found []Effect
	for _, e := range f.done {
		if e.Name == name {
			found = append(found, e)
		}
	}
	return found
}

// HTML is the page as text, for goldens.
func (f *Fake) HTML() string { return f.Page.HTML() }
