package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"math"
	"net/http"
	"slices"
	"strconv"
	"sync"

	"github.com/andybalholm/brotli"

	"beseda/protocol"
	"beseda/server/auth"
	"beseda/server/desk/channel"
	"beseda/server/desk/conversation"
	"beseda/server/peer"
	"beseda/store"
)

// configMark is where the loader's source wants the channel's looks.
const configMark = "BESEDA_CONFIG"

// loaderQuality of brotli: a loader is made anew whenever an owner changes something, and served a million times.
const loaderQuality = 11

// loaderConfig is what the loader is stamped with: enough to draw the launcher without another request.
type loaderConfig struct {
	Channel       protocol.ChannelID
	Origin        string
	Name          string
	Color         string
	ContrastColor string
	Greeting      string // "" for none
	Language      string // "" for the page's
	Left          bool
}

// MarshalJSON writes the values alone, in the order in which the loader takes them: names would cost every page.
func (c loaderConfig) MarshalJSON() ([]byte, error) {
	return json.Marshal([]any{c.Channel, c.Origin, c.Name, c.Color, c.ContrastColor, c.Greeting, c.Language, c.Left})
}

// loaderCache keeps each channel's loader as it was last made.
type loaderCache struct {
	mu   sync.Mutex
	made map[string]*stampedLoader
}

type stampedLoader struct {
	config   loaderConfig
	etag     string
	encoding map[string][]byte
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

// stamp writes a channel's looks into the loader's source.
func stamp(code []byte, config loaderConfig) (*stampedLoader, error) {
	text, err := json.Marshal(config) // escapes < > & and the line separators: it may stand anywhere in a script
	if err != nil {
		return nil, err
	}
	at := bytes.LastIndex(code, []byte(configMark)) // it may be spoken of before
	if at < 0 {
		return nil, errors.New("loader.js wants no configuration")
	}
	return encodeLoader(config, slices.Concat(code[:at], text, code[at+len(configMark):]))
}

func encodeLoader(config loaderConfig, plain []byte) (*stampedLoader, error) {
	var br, gz bytes.Buffer
	bw, gw := brotli.NewWriterLevel(&br, loaderQuality), gzip.NewWriter(&gz)
	_, err1 := bw.Write(plain)
	_, err2 := gw.Write(plain)
	if err := errors.Join(err1, err2, bw.Close(), gw.Close()); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(plain)
	return &stampedLoader{
		config: config, etag: `"` + hex.EncodeToString(sum[:8]) + `"`,
		encoding: map[string][]byte{"": plain, "br": br.Bytes(), "gzip": gz.Bytes()},
	}, nil
}

// contrast is black or white, whichever reads better on a colour: the true crossing of WCAG's contrast is at a relative
// luminance of 0.179.
func contrast(color string) string {
	if Luminance(color) > 0.179 {
		return "#000000"
	}
	return "#ffffff"
}

// Luminance is the relative luminance (WCAG 2.2) of #rrggbb, 0 to 1; 0 for anything else.
func Luminance(color string) float64 {
	if len(color) != 7 {
		return 0
	}
	n, err := strconv.ParseUint(color[1:], 16, 32)
	if err != nil {
		return 0
	}
	linear := func(c uint64) float64 {
		v := float64(c) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(n>>16) + 0.7152*linear(n>>8&0xff) + 0.0722*linear(n&0xff)
}

// waiting tells a browser with an earlier conversation whether answers wait, before anything else is loaded.
func (s *site) waiting(w http.ResponseWriter, r *http.Request) {
	ch, err := s.channel(r.Header.Get("Beseda-Channel"))
	if err == nil && !s.crossOrigin(w, r, ch.Channel) {
		err = protocol.Refuse(protocol.CodeForbidden, "origin")
	}
	if err == nil {
		err = s.Auth.Limits.Take(auth.LimitWaitingAddress, auth.AddressKey(s.Peer.Address(r)))
	}
	var p *party
	if err == nil {
		p, err = s.who(r)
	}
	if err == nil && !p.isVisitor() {
		err = protocol.Refuse(protocol.CodeForbidden, "")
	}
	if err != nil {
		s.refuse(w, err)
		return
	}
	defer p.release()
	unread := 0
	if p.thread != "" {
		err = s.Engine.Read(func(rd store.Reader) (err error) {
			unread, err = conversation.Waiting(rd, p.thread)
			return err
		})
	}
	if err != nil {
		s.refuse(w, err)
		return
	}
	s.json(w, http.StatusOK, map[string]int{"unread": unread})
}

// waitingPreflight lets the page's script send the visitor's key in a header.
func (s *site) waitingPreflight(w http.ResponseWriter, r *http.Request) {
	// Which channel is not said yet, so any origin may ask whether it may ask; the request itself is judged.
	h := w.Header()
	h.Set("Vary", "Origin")
	origin := r.Header.Get("Origin")
	if origin == "" {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	h.Set("Access-Control-Allow-Origin", origin)
	h.Set("Access-Control-Allow-Methods", "GET")
	h.Set("Access-Control-Allow-Headers", "Authorization, Beseda-Channel")
	h.Set("Access-Control-Max-Age", "86400")
	w.WriteHeader(http.StatusNoContent)
}

// crossOrigin lets a channel's own sites read the answer.
func (s *site) crossOrigin(w http.ResponseWriter, r *http.Request, ch protocol.Channel) bool {
	origin := r.Header.Get("Origin")
	if origin == "" || !channel.Allows(ch, origin) {
		return false
	}
	w.Header().Set("Access-Control-Allow-Origin", origin)
	w.Header().Add("Vary", "Origin")
	return true
}
