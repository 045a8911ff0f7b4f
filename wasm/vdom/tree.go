package vdom

// tree is one view: nodes and attributes in two flat slices, which are used again for the view after the next.
type tree struct {
	nodes []node
	attrs []attr
}

// node is an element or a text. Links are indexes into tree.nodes; 0, the root, stands for none.
type node struct {
	key    string // or, of a text, the text
	first  int32
	last   int32
	next   int32
	from   int32 // attributes are attrs[from:to]
	to     int32
	number int32 // among the siblings of this tag without a key
	id     uint32
	tag    Tag
}

// attr is an attribute, or, with a handler, something listened to.
type attr struct {
	value   string
	handler Handler
	name    uint8
}

func (t *tree) reset() {
	// Strings of the view before last must not be held.
	clear(t.nodes)
	clear(t.attrs)
	t.nodes = append(t.nodes[:0], node{})
	t.attrs = t.attrs[:0]
}

// same tells whether two nodes are one and the same thing before and after.
func (n *node) same(o *node) bool {
	if n.tag != o.tag {
		return false
	}
	if n.tag == text {
		return n.number == o.number
	}
	return n.key == o.key && (n.key != "" || n.number == o.number)
}
