package web

import (
	"net/http"
	"strconv"
	"strings"

	"beseda/widget"
)

// asset serves a file whose name holds its content's hash: for ever, and to pages of other origins, since isolated
// pages may embed the widget.
func (s *site) asset(w http.ResponseWriter, r *http.Request) {
	if s.Assets == nil {
		s.nothing(w, r)
		return
	}
	a, ok := s.Assets.File(r.PathValue("name"))
	if !ok {
		s.nothing(w, r)
		return
	}
	h := w.Header()
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("ETag", `"`+a.Hash+`"`)
	if r.Header.Get("If-None-Match") == `"`+a.Hash+`"` {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	s.content(w, r, a.Type, a.Bytes)
}

// bundled finds an asset by its name.
func (s *site) bundled(name string) (*widget.Asset, bool) {
	if s.Assets == nil {
		return nil, false
	}
	return s.Assets.Find(name)
}

// content writes the best encoding that the browser takes, at a pace: the console's program is a megabyte, and there are
// slow lines.
func (s *site) content(w http.ResponseWriter, r *http.Request, mediaType string, bytes func(encoding string) []byte) {
	h := w.Header()
	h.Set("Content-Type", mediaType)
	h.Add("Vary", "Accept-Encoding")
	var body []byte
	for _, encoding := range accepted(r.Header.Get("Accept-Encoding")) {
		if body = bytes(encoding); body != nil {
			if encoding != "" {
				h.Set("Content-Encoding", encoding)
			}
			break
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method == http.MethodHead {
		return
	}
	out := outward(r.Context(), w)
	defer out.done()
	_, _ = out.Write(body)
}

// accepted lists our encodings that a browser takes, the best first, the plain one last.
func accepted(header string) []string {
	out := make([]string, 0, 3)
	for _, ours := range []string{"br", "gzip"} {
		for part := range strings.SplitSeq(header, ",") {
			name, weight, _ := strings.Cut(part, ";")
			if strings.TrimSpace(name) == ours && strings.ReplaceAll(weight, " ", "") != "q=0" {
				out = append(out, ours)
				break
			}
		}
	}
	return append(out, "")
}

// favicon is the console's mark.
func (s *site) favicon(w http.ResponseWriter, r *http.Request) {
	a, ok := s.bundled("favicon.svg")
	if !ok {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	w.Header().Set("Cache-Control", "public, max-age=86400")
	s.content(w, r, a.Type, a.Bytes)
}

// stamped is a page with its <html> attributes filled in.
func stamped(a *widget.Asset, attributes string) []byte {
	return []byte(strings.Replace(string(a.Bytes("")), widget.Stamp, attributes, 1))
}
