package page

import (
	"slices"
	"strconv"
	"strings"
)

func itoa(n int) string { return strconv.Itoa(n) }

// Find answers the first node, in reading order, that fits; nil if none.
func (p *Page) Find(fits func(*Node) bool) *Node {
	all := p.All(fits)
	if len(all) == 0 {
		return nil
	}
	return all[0]
}

// All answers all elements that fit, in reading order.
func (p *Page) All(fits func(*Node) bool) []*Node {
	var found []*Node
	var walk func(*Node)
	walk = func(n *Node) {
		for _, c := range n.Children {
			if c.Tag != "" && fits(c) {
				found = append(found, c)
			}
			walk(c)
		}
	}
	walk(p.Root)
	return found
}

// Named finds the first element with this accessible name: a control, else the innermost element that is called so.
func (p *Page) Named(name string) *Node {
	called := func(n *Node) bool { return n.Name() == name }
	if n := p.Find(func(n *Node) bool { return n.control() && called(n) }); n != nil {
		return n
	}
	return p.Find(func(n *Node) bool {
		return called(n) && !slices.ContainsFunc(n.Children, func(c *Node) bool { return c.Tag != "" && called(c) })
	})
}

// control tells whether a person operates it.
func (n *Node) control() bool {
	switch n.Tag {
	case "a", "button", "input", "textarea", "select", "option", "summary":
		return true
	}
	switch n.Attrs["role"] {
	case "button", "link", "tab", "menuitem", "option", "radio", "switch", "checkbox":
		return true
	}
	return false
}

// ByID finds an element by its id attribute.
func (p *Page) ByID(id string) *Node {
	return p.Find(func(n *Node) bool { return n.Attrs["id"] == id })
}

// ByClass finds the elements that carry a class.
func (p *Page) ByClass(class string) []*Node {
	return p.All(func(n *Node) bool {
		return strings.Contains(" "+n.Attrs["class"]+" ", " "+class+" ")
	})
}

// Name is an element's accessible name, roughly: aria-label, else alt or placeholder, else its text.
func (n *Node) Name() string {
	for _, a := range []string{"aria-label", "alt", "placeholder"} {
		if v := n.Attrs[a]; v != "" {
			return v
		}
	}
	return strings.TrimSpace(n.AllText())
}

// AllText is all text in a node, as it follows.
func (n *Node) AllText() string {
	if n.Tag == "" {
		return n.Text
	}
	var b strings.Builder
	for _, c := range n.Children {
		b.WriteString(c.AllText())
	}
	return b.String()
}
