package prose

import (
	"beseda/wasm/timeline"
	"beseda/wasm/vdom"
)

// Draw adds a text to the element that is open. A link opens beside the page, which it neither sees nor speaks for.
func Draw(b *vdom.Builder, text string) {
	for _, p := range timeline.Pieces(text) {
		if p.URL == "" {
			b.Text(p.Text)
			continue
		}
		b.Open(vdom.A, "")
		b.Attr(vdom.Href, p.URL)
		b.Attr(vdom.Target, "_blank")
		b.Attr(vdom.Rel, "noopener noreferrer nofollow")
		b.Text(p.Text)
		b.Close()
	}
}
