package vdom

import "strconv"

// Builder makes views and keeps the last one. The zero value is ready: its page is empty. Not safe for concurrent use.
//
// What a view calls on every line is not inlined: a call is smaller than a body, and there are two thousand of them.
// With Words.Text it saves the console 40 KB brotli.
type Builder struct {
	now, was tree
	open     []int32
	patch    []byte
	free     []uint32
	made     uint32
	walk     scratch
}

// Open begins an element. The key names it among its siblings; "" counts those of its tag instead.
//
//go:noinline
func (b *Builder) Open(tag Tag, key string) {
	n := b.add(tag, key)
	b.open = append(b.open, n)
}

// Close ends the element that was opened last.
//
//go:noinline
func (b *Builder) Close() {
	b.open = b.open[:len(b.open)-1]
}

// Text adds a text node. An empty text is a node too, so that neighbours keep theirs.
//
//go:noinline
func (b *Builder) Text(s string) { b.add(text, s) }

// Class adds class names; several calls add up.
func (b *Builder) Class(names string) {
	n := b.current()
	for i := n.from; i < n.to; i++ {
		if a := &b.now.attrs[i]; a.name == uint8(Class) && a.handler == 0 {
			a.value += " " + names
			return
		}
	}
	b.attr(attr{name: uint8(Class), value: names})
}

// Attr sets an attribute, property or style. An address with a scheme that could run something is left out.
func (b *Builder) Attr(name Name, value string) {
	if (name == Href || name == Src) && !harmless(value) {
		return
	}
	b.attr(attr{name: uint8(name), value: value})
}

// Int sets an attribute to a number.
func (b *Builder) Int(name Name, value int) { b.Attr(name, strconv.Itoa(value)) }

// Flag sets an attribute or property that is there or not: disabled, checked, data-unread.
func (b *Builder) Flag(name Name, on bool) {
	if on {
		b.Attr(name, "")
	}
}

// Bool sets an attribute that says "true" or "false", as those of ARIA do.
func (b *Builder) Bool(name Name, on bool) {
	if on {
		b.Attr(name, "true")
		return
	}
	b.Attr(name, "false")
}

// On listens: when the event happens, the app gets the handler's number and arg back. The zero handler is none.
//
//go:noinline
func (b *Builder) On(event Event, handler Handler, arg string) {
	if handler != 0 {
		b.attr(attr{name: uint8(event), handler: handler, value: arg})
	}
}

// Leaf is an element with a class and a text and nothing else.
func (b *Builder) Leaf(tag Tag, class, s string) {
	b.Open(tag, "")
	if class != "" {
		b.Class(class)
	}
	b.Text(s)
	b.Close()
}

// Icon draws a symbol of the page's sprite: "#i-send". Decorative: its element needs a name from elsewhere. The bundle
// finds the icons a page needs by the literals that begin with "#i-".
func (b *Builder) Icon(name string) { b.IconClass(name, "b-icon") }

// IconClass is Icon with classes of its own, such as "b-icon b-icon--sm".
func (b *Builder) IconClass(name, class string) {
	b.Open(SVG, "")
	b.Class(class)
	b.Attr(AriaHidden, "true")
	b.Open(Use, "")
	b.Attr(Href, name)
	b.Close()
	b.Close()
}

// Patch ends the view, answers what changes the page into it, and begins the next view. The bytes are valid until the
// next call.
func (b *Builder) Patch() []byte {
	if len(b.open) != 0 {
		panic("vdom: an element is not closed")
	}
	b.start()
	if len(b.was.nodes) == 0 {
		b.was.reset()
	}
	b.patch = b.patch[:0]
	b.children(0, 0, 0)
	b.now, b.was = b.was, b.now
	b.now.reset()
	return b.patch
}

// start gives a fresh builder its root.
func (b *Builder) start() {
	if len(b.now.nodes) == 0 {
		b.now.reset()
	}
}

func (b *Builder) current() *node {
	if len(b.open) == 0 {
		panic("vdom: no element is open")
	}
	return &b.now.nodes[b.open[len(b.open)-1]]
}

func (b *Builder) attr(a attr) {
	n := b.current()
	if n.first != 0 {
		panic("vdom: an attribute after a child")
	}
	b.now.attrs = append(b.now.attrs, a)
	n.to = int32(len(b.now.attrs))
}

// add appends a node to the open element.
func (b *Builder) add(tag Tag, key string) int32 {
	b.start()
	t := &b.now
	parent := int32(0)
	if len(b.open) > 0 {
		parent = b.open[len(b.open)-1]
	}
	at, from := int32(len(t.nodes)), int32(len(t.attrs))
	number := int32(0)
	if tag == text || key == "" {
		for c := t.nodes[parent].first; c != 0; c = t.nodes[c].next {
			if o := &t.nodes[c]; o.tag == tag && (tag == text || o.key == "") {
				number++
			}
		}
	}
	t.nodes = append(t.nodes, node{tag: tag, key: key, from: from, to: from, number: number})
	p := &t.nodes[parent]
	if p.first == 0 {
		p.first = at
	} else {
		t.nodes[p.last].next = at
	}
	p.last = at
	return at
}

// harmless tells whether an address may stand in a link or picture: relative, or of a scheme that only shows.
func harmless(url string) bool {
	for i := 0; i < len(url); i++ {
		switch c := url[i]; {
		case c == ':':
			switch lower(url[:i]) {
			case "http", "https", "mailto", "tel", "blob":
				return true
			}
			return false
		case c == '/' || c == '?' || c == '#':
			return true
		case c <= ' ': // browsers skip these inside a scheme
			return false
		}
	}
	return true
}

func lower(s string) string {
	if len(s) > 6 {
		return ""
	}
	var w [6]byte
	for i := 0; i < len(s); i++ {
		w[i] = s[i]
		if 'A' <= s[i] && s[i] <= 'Z' {
			w[i] += 'a' - 'A'
		}
	}
	return string(w[:len(s)])
}
