package web

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"beseda/protocol"
)

// metrics tells how many of everything, never who; also that is not for everybody: a rival could watch a shop by it.
func (s *site) metrics() http.HandlerFunc {
	show := promhttp.HandlerFor(s.Metrics, promhttp.HandlerOpts{})
	return func(w http.ResponseWriter, r *http.Request) {
		if !s.Peer.Local(r) && !s.Peer.Within(r, s.MetricsFrom) {
			s.refuse(w, protocol.Refuse(protocol.CodeForbidden, "address"))
			return
		}
		show.ServeHTTP(w, r)
	}
}
