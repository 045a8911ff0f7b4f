package web

import (
	"net/http"
	"sync"

	"beseda/protocol"
	"beseda/server/desk/channel"
	"beseda/server/peer"
	"beseda/store"
)

// loaderCache keeps each channel's loader as it was last made.
type loaderCache struct {
	mu   sync.Mutex
	made map[string]*stampedLoader
}

// loader serves the one script of a customer's page, stamped with the channel's looks.
func (s *site) loader(w http.ResponseWriter, r *http.Request) {
	ch, err := s.channel(r.URL.Query().Get("channel"))
	if err != nil {
		s.refuse(w, err)
		return
	}
	made, err := s.stampedLoader(ch.Channel, s.ownOrigin(r))
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

// ownOrigin is this server as the page around the widget sees it.
func (s *site) ownOrigin(r *http.Request) string {
	if s.Peer.Public != nil {
		return s.Peer.Public.Scheme + "://" + s.Peer.Public.Host
	}
	if s.Peer.Transport(r) == peer.Secure {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

func (s *site) stampedLoader(ch protocol.Channel, origin string) (*stampedLoader, error) {
	config := loaderConfig{
		Channel: ch.ID, Origin: origin, Name: ch.Looks.Name, Color: ch.Looks.Color, ContrastColor: contrast(ch.Looks.Color),
		Greeting: ch.Looks.Greeting, Language: ch.Looks.Language, Left: ch.Looks.Left,
	}
	key := string(ch.ID) + " " + origin
	s.loaders.mu.Lock()
	defer s.loaders.mu.Unlock()
	if made := s.loaders.made[key]; made != nil && made.config == config {
		return made, nil
	}
	source, ok := s.bundled("loader.js")
	if !ok {
		return nil, store.ErrNotFound
	}
	made, err := stamp(source.Bytes(""), config)
	if err != nil {
		return nil, err
	}
	if s.loaders.made == nil || len(s.loaders.made) > 1000 { // origins come from Host headers: no end of them is kept
		s.loaders.made = make(map[string]*stampedLoader)
	}
	s.loaders.made[key] = made
	return made, nil
}
