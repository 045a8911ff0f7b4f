package main

import (
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"

	"beseda/server/certificate"
)

func TestThePlainListenerIsBoundedAsTheOther(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		servePlain(l, certificate.Source{}.Plain("chat.example.com"), slog.New(slog.DiscardHandler))
	}()
	get := func(extra string) (status int, location string) {
		t.Helper()
		req, err := http.NewRequestWithContext(t.Context(), "GET", "http://"+l.Addr().String()+"/console/?x=1", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("X-Extra", extra)
		res, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		return res.StatusCode, res.Header.Get("Location")
	}
	if status, to := get("little"); status != http.StatusMovedPermanently || to != "https://chat.example.com/console/?x=1" {
		t.Errorf("answers %d, to %q", status, to)
	}
	if status, _ := get(strings.Repeat("x", 32<<10)); status != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("32 KB of headers: %d", status)
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
	<-ended
}
