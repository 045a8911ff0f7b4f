package web

import (
	"net/http"
	"strconv"

	"beseda/protocol"
	"beseda/server/desk/channel"
	"beseda/store"
)

// loader serves the one script of a customer's page, stamped with the channel's looks.
func (s *site) loader(w http.ResponseWriter, r *http.Request) {
	ch, err := s.channel(r.URL.Query().Get("channel"))
	if err != nil {
		s.refuse(w, err)
		return
	}
	made, err := s.stampedLoader(ch.Channel, r)
	if err != nil {
		s.refuse(w, err)
		return
	}
	if on := originOf(r.Header.Get("Referer")); on != "" && channel.Allows(ch.Channel, on) {
		s.Saw(ch.Channel.ID, on)
	}
	h := w.Header()
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("Cache-Control", "public, max-age=300, stale-while-revalidate=86400")
	h.Set("ETag", made.etag)
	if r.Header.Get("If-None-Match") == made.etag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	s.content(w, r, "text/javascript; charset=utf-8", func(encoding string) []byte { return made.encoding[encoding] })
}

func (s *site) stampedLoader(ch protocol.Channel, r *http.Request) (*stampedLoader, error) {
	origin, own := s.Peer.Origin(r)
	if len(origin) > maxOrigin {
		return nil, protocol.Refuse(protocol.CodeInvalid, "field=host limit="+strconv.Itoa(maxOrigin))
	}
	source, ok := s.bundled("loader.js")
	if !ok {
		return nil, store.ErrNotFound
	}
	config := loaderConfig{
		Channel: ch.ID, Origin: origin, Name: ch.Looks.Name, Color: ch.Looks.Color, ContrastColor: contrast(ch.Looks.Color),
		Greeting: ch.Looks.Greeting, Language: ch.Looks.Language, Left: ch.Looks.Left,
	}
	kept, quality := &s.loaders.own, loaderQuality
	if !own {
		kept, quality = &s.loaders.strange, strangeQuality
	}
	return kept.find(config, func() (*stampedLoader, error) { return stamp(source.Bytes(""), config, quality) })
}
