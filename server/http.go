package server

import (
	"log/slog"
	"net/http"
	"time"

	"beseda/server/web"
)

// NewHTTP is a server for a listener that anybody may reach: no peer holds a connection by standing still, in headers, in
// a body, before an answer or between requests.
func NewHTTP(h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           web.Prompt(h),
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       90 * time.Second,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
}
