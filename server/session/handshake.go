package session

import (
	"net/http"
	"net/netip"
	"strings"

	"beseda/protocol"
	"beseda/server/auth"
)

// The subprotocols, the better one first.
const (
	subprotocolMsgpack = "beseda.v1.msgpack"
	subprotocolJSON    = "beseda.v1.json"
)

// handshake is what the HTTP request said of the peer; it is forgotten once the peer is greeted. Its strings are copies:
// a header's would keep all headers.
type handshake struct {
	subprotocol string
	address     netip.Addr
	device      string
	hello       protocol.CommandID // of the first frame
	cookie      auth.Hidden
	bearer      auth.Hidden
}

// shake judges a request for a socket. A foreign page may not connect; what is no browser has no Origin, and then no
// cookie either.
func (h *Handler) shake(r *http.Request) (handshake, error) {
	if h.stopped() {
		return handshake{}, protocol.Refuse(protocol.CodeGoingAway, "")
	}
	out := handshake{subprotocol: subprotocolOf(r), address: h.Peer.Address(r), device: strings.Clone(Device(r.UserAgent()))}
	origins := r.Header.Values("Origin")
	if len(origins) > 0 && !h.Peer.SameOrigin(r) {
		return out, protocol.Refuse(protocol.CodeForbidden, "origin")
	}
	if token, ok := auth.Token(h.Peer.Transport(r), r); ok {
		if len(origins) == 0 {
			return out, protocol.Refuse(protocol.CodeForbidden, "origin")
		}
		out.cookie = auth.Hidden(strings.Clone(string(token)))
	}
	if token, ok := Bearer(r); ok {
		out.bearer = auth.Hidden(strings.Clone(string(token)))
	}
	if out.subprotocol == "" {
		return out, protocol.Refuse(protocol.CodeInvalid, "field=sec-websocket-protocol allowed="+subprotocolMsgpack+"|"+subprotocolJSON)
	}
	return out, h.Auth.Limits.Take(auth.LimitHelloAddress, auth.AddressKey(out.address))
}

// subprotocolOf is the best one that both sides speak; "" for none.
func subprotocolOf(r *http.Request) string {
	for _, ours := range []string{subprotocolMsgpack, subprotocolJSON} {
		for _, line := range r.Header.Values("Sec-WebSocket-Protocol") {
			for theirs := range strings.SplitSeq(line, ",") {
				if strings.TrimSpace(theirs) == ours {
					return ours
				}
			}
		}
	}
	return ""
}

// Bearer reads the token of an Authorization header.
func Bearer(r *http.Request) (auth.Hidden, bool) {
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	return auth.Hidden(token), ok && token != ""
}

// proof is the handshake's session or token, checked.
func (s *session) proof() (auth.Session, error) {
	switch {
	case s.shake.bearer != "":
		return s.Auth.Bots.Check(s.shake.bearer)
	case s.shake.cookie != "":
		return s.Auth.Sessions.Check(s.shake.cookie)
	}
	return auth.Session{}, protocol.Refuse(protocol.CodeUnauthorized, "")
}
