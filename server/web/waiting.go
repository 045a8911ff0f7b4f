package web

import (
	"net/http"

	"beseda/protocol"
	"beseda/server/auth"
	"beseda/server/desk/channel"
	"beseda/server/desk/conversation"
	"beseda/store"
)

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
