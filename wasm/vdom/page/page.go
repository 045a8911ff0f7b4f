package page

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"beseda/wasm/vdom"
)

// ErrPatch is wrapped by every refusal of a patch.
var ErrPatch = errors.New("patch")

// Node is an element or, with an empty Tag, a text.
type Node struct {
	Tag      string
	Text     string
	Attrs    map[string]string   // with the mark of vdom.AttrNames: ".value", "~inline-size"
	On       map[string]Listener // by event name
	Children []*Node
	Parent   *Node
	id       uint32
}

// Listener is what an element does with an event: it gives number and word back to the app.
type Listener struct {
	Handler vdom.Handler
	Arg     string
}

// Page is a page. Make it with New.
type Page struct {
	Root  *Node
	nodes map[uint32]*Node
}

// New is an empty page.
func New() *Page {
	root := &Node{Tag: "body"}
	return &Page{Root: root, nodes: map[uint32]*Node{0: root}}
}

var (
	tags   = strings.Fields(vdom.TagNames)
	names  = strings.Fields(vdom.AttrNames)
	events = strings.Fields(vdom.EventNames)
)

// Len counts the nodes the page knows by number, without the root.
func (p *Page) Len() int { return len(p.nodes) - 1 }

// Apply does what a patch says. After an error the page is half changed.
func (p *Page) Apply(patch []byte) (err error) {
	r := reader{rest: patch}
	var current *Node
	for len(r.rest) > 0 && r.err == nil && err == nil {
		op := r.byte()
		switch op {
		case 1, 2:
			current, err = p.make(&r, op)
		case 3:
			err = p.insert(r.number(), r.number(), r.number())
		case 4:
			err = p.remove(r.number())
		case 5:
			id := r.number()
			if current = p.nodes[id]; current == nil {
				err = fmt.Errorf("at %d: no such node: %w", id, ErrPatch)
			}
		case 6, 7, 8, 9, 10:
			err = change(&r, op, current)
		default:
			err = fmt.Errorf("operation %d: %w", op, ErrPatch)
		}
	}
	if err == nil {
		err = r.err
	}
	return err
}

func (p *Page) make(r *reader, op byte) (*Node, error) {
	n := &Node{id: r.number()}
	if op == 1 {
		n.Tag = r.word(tags)
		n.Attrs = map[string]string{}
		n.On = map[string]Listener{}
		if n.Tag == "#" {
			return nil, fmt.Errorf("element without a tag: %w", ErrPatch)
		}
	}
	parent := r.number()
	if op == 2 {
		n.Text = r.string()
	}
	if r.err != nil {
		return nil, r.err
	}
	if p.nodes[n.id] != nil {
		return nil, fmt.Errorf("node %d exists: %w", n.id, ErrPatch)
	}
	p.nodes[n.id] = n
	if parent > 0 {
		return n, p.insert(parent-1, n.id, 0)
	}
	return n, nil
}

func (p *Page) insert(parent, id, ref uint32) error {
	to, n := p.nodes[parent], p.nodes[id]
	if to == nil || n == nil || id == 0 || to.Tag == "" {
		return fmt.Errorf("insert %d into %d: %w", id, parent, ErrPatch)
	}
	for up := to; up != nil; up = up.Parent {
		if up == n {
			return fmt.Errorf("insert %d into itself: %w", id, ErrPatch)
		}
	}
	n.leave()
	at := len(to.Children)
	if ref != 0 {
		if at = slices.Index(to.Children, p.nodes[ref]); at < 0 {
			return fmt.Errorf("insert before %d, no child of %d: %w", ref, parent, ErrPatch)
		}
	}
	to.Children = slices.Insert(to.Children, at, n)
	n.Parent = to
	return nil
}

func (n *Node) leave() {
	if n.Parent != nil {
		at := slices.Index(n.Parent.Children, n)
		n.Parent.Children = slices.Delete(n.Parent.Children, at, at+1)
		n.Parent = nil
	}
}

func (p *Page) remove(id uint32) error {
	n := p.nodes[id]
	if n == nil || n.Parent == nil {
		return fmt.Errorf("remove %d: %w", id, ErrPatch)
	}
	n.leave()
	p.forget(n)
	return nil
}

func (p *Page) forget(n *Node) {
	delete(p.nodes, n.id)
	for _, c := range n.Children {
		p.forget(c)
	}
}

func change(r *reader, op byte, n *Node) error {
	if n == nil || (n.Tag == "") != (op == 10) {
		return fmt.Errorf("operation %d on no fitting node: %w", op, ErrPatch)
	}
	switch op {
	case 6:
		name := r.word(names)
		n.Attrs[name] = r.string()
	case 7:
		name := r.word(names)
		if _, there := n.Attrs[name]; !there {
			return fmt.Errorf("unset %s, which is not set: %w", name, ErrPatch)
		}
		delete(n.Attrs, name)
	case 8:
		event, handler := r.word(events), r.number()
		n.On[event] = Listener{vdom.Handler(handler), r.string()}
	case 9:
		event := r.word(events)
		if _, there := n.On[event]; !there {
			return fmt.Errorf("%s off, which is not on: %w", event, ErrPatch)
		}
		delete(n.On, event)
	case 10:
		n.Text = r.string()
	}
	return r.err
}
