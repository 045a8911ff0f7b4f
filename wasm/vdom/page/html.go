package page

import (
	"html"
	"slices"
	"sort"
	"strings"
)

// Attributes that are there or not are written without a value.
var void = strings.Fields("img input br hr use path circle rect")

// HTML writes the page as text for goldens: an element a line, two spaces a level, attributes sorted, events as
// on:click=7(arg).
func (p *Page) HTML() string {
	var b strings.Builder
	for _, c := range p.Root.Children {
		c.html(&b, 0)
	}
	return b.String()
}

// HTML writes a node and all in it.
func (n *Node) HTML() string {
	var b strings.Builder
	n.html(&b, 0)
	return b.String()
}

func (n *Node) html(b *strings.Builder, depth int) {
	b.WriteString(strings.Repeat("  ", depth))
	if n.Tag == "" {
		b.WriteString(html.EscapeString(n.Text) + "\n")
		return
	}
	b.WriteString("<" + n.Tag)
	for _, name := range sorted(n.Attrs) {
		b.WriteString(" " + name)
		if v := n.Attrs[name]; v != "" {
			b.WriteString(`="` + html.EscapeString(v) + `"`)
		}
	}
	for _, event := range sorted(n.On) {
		l := n.On[event]
		b.WriteString(" on:" + event + "=" + itoa(int(l.Handler)))
		if l.Arg != "" {
			b.WriteString("(" + html.EscapeString(l.Arg) + ")")
		}
	}
	b.WriteString(">")
	switch {
	case len(n.Children) == 0:
	case len(n.Children) == 1 && n.Children[0].Tag == "":
		b.WriteString(html.EscapeString(n.Children[0].Text))
	default:
		b.WriteString("\n")
		for _, c := range n.Children {
			c.html(b, depth+1)
		}
		b.WriteString(strings.Repeat("  ", depth))
	}
	if !slices.Contains(void, n.Tag) || len(n.Children) > 0 {
		b.WriteString("</" + n.Tag + ">")
	}
	b.WriteString("\n")
}

func sorted[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
