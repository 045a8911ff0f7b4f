package view

import "beseda/wasm/vdom"

// The mark: two bubbles and the part they share.
const (
	markBack  = "M3 13.5C3 8.3 7.3 4 12.5 4S22 8.3 22 13.5 17.7 23 12.5 23c-1.3 0-2.5-.2-3.6-.7l-3.7 1.5c-.7.3-1.3-.4-1-1.1l1-3.2A9.4 9.4 0 0 1 3 13.5Z"
	markFront = "M29 18.5c0-5.2-4.3-9.5-9.5-9.5S10 13.3 10 18.5 14.3 28 19.5 28c1.3 0 2.5-.2 3.6-.7l3.3 1.4c.7.3 1.4-.4 1.1-1.1l-.8-2.9a9.4 9.4 0 0 0 2.3-6.2Z"
	markBoth  = "M10 18.5a9.5 9.5 0 0 1 12-9.2q0 .1 0 4.2a9.5 9.5 0 0 1-12 9.2Z"

	artBack  = "M8 38C8 19 24 6 44 6s36 13 36 32-16 32-36 32c-5 0-9-.7-13-2l-13 6c-2 1-4-1-3-3l4-11C12 54 8 46 8 38Z"
	artFront = "M112 50c0-18-14-31-33-31S46 32 46 50s14 31 33 31c4 0 8-.6 12-1.8l12 5c2 .8 4-1 3-3l-3-10.5C109 65 112 58 112 50Z"
	artBoth  = "M79.5 31.5C80 34 80 40 79 44 75 60 62 69 49.5 69.5 45 62 44.5 40 55 29q10-9 24.5-9.5Q80 25 79.5 31.5Z"
)

// mark draws the mark at a size in pixels; inverse is for the ground of an accent.
func (p pen) mark(class string) {
	p.Open(vdom.SVG, "mark")
	p.Class("b-mark")
	if class != "" {
		p.Class(class)
	}
	p.Attr(vdom.ViewBox, "0 0 32 32")
	p.Attr(vdom.AriaHidden, "true")
	p.path("b-mark__back", markBack)
	p.path("b-mark__front", markFront)
	p.path("b-mark__both", markBoth)
	p.Close()
}

// art is the mark at rest, for what is empty.
func (p pen) art() {
	p.Open(vdom.SVG, "art")
	p.Class("b-empty__art")
	p.Attr(vdom.ViewBox, "0 0 120 88")
	p.Attr(vdom.AriaHidden, "true")
	p.path("b-art__back", artBack)
	p.path("b-art__front", artFront)
	p.path("b-art__both", artBoth)
	for _, x := range [...]string{"M55 45h.01", "M65 45h.01", "M75 45h.01"} {
		p.path("b-art__dot", x)
	}
	p.Close()
}

func (p pen) path(class, d string) {
	p.Open(vdom.Path, "")
	p.Class(class)
	p.Attr(vdom.D, d)
	p.Close()
}
