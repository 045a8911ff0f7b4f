package bridge

import "beseda/wasm/vdom"

// App is what a page shows.
type App interface {
	// Update changes the state by what happened and asks for effects.
	Update(e *Event, fx *Effects)
	// View draws the state. It is called after Update and changes nothing.
	View(b *vdom.Builder)
}

// loop is one running app: it makes bytes out of bytes.
type loop struct {
	app  App
	view vdom.Builder
	fx   Effects
	out  []byte
}

// step handles one event and answers what the page is to read, valid until the next step, and the sum of Prevent and
// PassOn. An event that does not read ends the instance: page and program are not of one build.
func (l *loop) step(event []byte) ([]byte, uint32) {
	e, ok := Decode(event)
	if !ok {
		panic("bridge: an event does not read")
	}
	l.fx.reset()
	l.app.Update(&e, &l.fx)
	var patch []byte
	if !l.fx.still {
		l.app.View(&l.view)
		patch = l.view.Patch()
	}
	l.out = append(appendNumber(l.out[:0], uint64(len(patch))), patch...)
	l.out = append(l.out, l.fx.bytes...)
	return l.out, l.fx.flags
}
