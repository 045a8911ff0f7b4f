package bridge

import "unsafe"

// inbox is how many bytes of an event fit from the start; the page asks for more where it needs more.
const inbox = 64 << 10

// What out says.
const (
	outBuffer = 0
	outView   = 1
)

//go:wasmimport beseda out
func out(kind uint32, at unsafe.Pointer, size uint32)

// instance is the one thing that lives as long as the program: an exported function has nowhere else to find its app.
var instance struct {
	loop
	in []byte
}

// Show makes app the one that this page shows, and belongs into the init function of the program: TinyGo builds it
// without a scheduler, as a library whose main never runs. Events reach the app from the end of that function on.
func Show(app App) {
	instance.app = app
	room(inbox)
}

// Wait is all that main does: standard Go's program must not end.
func Wait() { select {} }

//go:wasmexport in
func in(size int32) uint32 {
	if size < 0 {
		room(int(-size))
		return 0
	}
	b, flags := instance.step(instance.in[:size])
	if len(b) > 1 { // more than an empty patch
		out(outView, unsafe.Pointer(unsafe.SliceData(b)), uint32(len(b)))
	}
	return flags
}

func room(size int) {
	instance.in = make([]byte, size)
	out(outBuffer, unsafe.Pointer(unsafe.SliceData(instance.in)), uint32(size))
}
