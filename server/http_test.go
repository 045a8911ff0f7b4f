package server

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// served runs a handler as NewHTTP does, in fake time, and talks to it over one connection.
func served(t *testing.T, handler http.HandlerFunc, talk func(*testing.T, io.ReadWriteCloser)) {
	t.Helper()
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newPipes()
		h := NewHTTP(handler, slog.New(slog.DiscardHandler))
		ended := make(chan error, 1)
		go func() { ended <- h.Serve(&l) }()
		conn, err := l.dial(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		talk(t, conn)
		_ = conn.Close()
		if err := h.Close(); err != nil {
			t.Error(err)
		}
		if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
			t.Error(err)
		}
		time.Sleep(time.Second) // net/http lingers behind a refusal
	})
}

func TestAConnectionEndsWhereNothingMoreComes(t *testing.T) {
	for name, c := range map[string]struct {
		sent  string
		after time.Duration
	}{
		"before a request":  {"", 10 * time.Second},
		"within its head":   {"GET / HTTP/1.1\r\nHost: x\r\n", 10 * time.Second},
		"behind an answer":  {"GET / HTTP/1.1\r\nHost: x\r\n\r\n", 90 * time.Second},
		"behind no request": {"x", 10 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			served(t, func(http.ResponseWriter, *http.Request) {}, func(t *testing.T, conn io.ReadWriteCloser) {
				began := time.Now()
				go io.WriteString(conn, c.sent)
				_, _ = io.Copy(io.Discard, conn)
				between(t, began, c.after-time.Second, c.after+time.Second)
			})
		})
	}
}

func TestAHeadIsBounded(t *testing.T) {
	served(t, func(http.ResponseWriter, *http.Request) {}, func(t *testing.T, conn io.ReadWriteCloser) {
		go fmt.Fprintf(conn, "GET / HTTP/1.1\r\nHost: x\r\nX: %s\r\n\r\n", strings.Repeat("x", 32<<10))
		res, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil || res.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
			t.Errorf("answers %+v, %v", res, err)
		}
	})
}

// TestWhoseBodyIsThereMayWaitForTheAnswer: the time that a body had must not run out under the work on it.
func TestWhoseBodyIsThereMayWaitForTheAnswer(t *testing.T) {
	served(t, func(w http.ResponseWriter, r *http.Request) {
		_, err := io.ReadAll(r.Body)
		select {
		case <-r.Context().Done():
			t.Error("given up: ", r.Context().Err())
		case <-time.After(50 * time.Second):
		}
		fmt.Fprintln(w, err)
	}, func(t *testing.T, conn io.ReadWriteCloser) {
		in := bufio.NewReader(conn)
		for range 2 {
			go io.WriteString(conn, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}")
			res, err := http.ReadResponse(in, nil)
			if err != nil {
				t.Fatal(err)
			}
			if body, err := io.ReadAll(res.Body); err != nil || string(body) != "<nil>\n" {
				t.Errorf("answers %q, %v", body, err)
			}
		}
	})
}
