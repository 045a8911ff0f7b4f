package server

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"beseda/store"
)

func TestAnUploadThatStandsStillOrDripsIsCut(t *testing.T) {
	for name, c := range map[string]struct {
		every       time.Duration // between two bytes
		least, most time.Duration
	}{
		"standing still": {time.Hour, 25 * time.Second, 40 * time.Second},
		"dripping":       {20 * time.Second, 50 * time.Second, 80 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T, h *house) {
				_, w := h.visitor("")
				conn, err := h.connect(h.ctx(), "", "")
				if err != nil {
					t.Fatal(err)
				}
				began := time.Now()
				go func() {
					fmt.Fprintf(conn, "POST /files HTTP/1.1\r\nHost: x\r\nAuthorization: Visitor %s\r\nBeseda-Channel: %s\r\nContent-Length: 1000000\r\n\r\n",
						w.VisitorKey, h.channel)
					for {
						if _, err := conn.Write([]byte("y")); err != nil {
							return
						}
						time.Sleep(c.every)
					}
				}()
				res, err := http.ReadResponse(bufio.NewReader(conn), nil)
				if err == nil && res.StatusCode < 400 {
					t.Errorf("it was taken: %s", res.Status)
				}
				between(t, began, c.least, c.most)
				_ = conn.Close()
				for _, err := range h.blobs.All() {
					t.Errorf("something is kept: %v", err)
				}
				if err := h.Engine.Read(func(r store.Reader) error {
					for range store.Uploads.Scan(r, store.Uploads.Under()) {
						t.Error("an upload is kept")
					}
					return nil
				}); err != nil {
					t.Error(err)
				}
				time.Sleep(2 * c.every)
			})
		})
	}
}

func TestADownloadThatNobodyTakesIsCut(t *testing.T) {
	inBubble(t, func(t *testing.T, h *house) {
		_, w := h.visitor("")
		req := func(method, path, body string) *http.Request {
			r, err := http.NewRequest(method, h.base+path, strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			h.fromWidget(w.VisitorKey)(r)
			return r
		}
		client := &http.Client{Transport: &http.Transport{DialContext: h.connect, DisableKeepAlives: true}}
		up, err := client.Do(req("POST", "/files", strings.Repeat("z", 100_000)))
		if err != nil || up.StatusCode != http.StatusCreated {
			t.Fatal(up, err)
		}
		raw, err := io.ReadAll(up.Body)
		if err != nil {
			t.Fatal(err)
		}
		id := strings.Split(string(raw), `"`)[3]
		conn, err := h.connect(h.ctx(), "", "")
		if err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		if err := req("GET", "/files/"+id, "").Write(conn); err != nil {
			t.Fatal(err)
		}
		in := bufio.NewReader(conn)
		res, err := http.ReadResponse(in, nil)
		if err != nil || res.StatusCode != http.StatusOK {
			t.Fatal(res, err)
		}
		time.Sleep(5 * time.Minute) // and then it wants the rest
		n, err := io.Copy(io.Discard, res.Body)
		if err == nil {
			t.Errorf("all %d bytes come after %v", n, time.Since(began))
		}
	})
}

// TestABodyThatFallsSilentIsCut: one of JSON, which has ten seconds; nothing reads on after an answer, either.
func TestABodyThatFallsSilentIsCut(t *testing.T) {
	for name, c := range map[string]struct {
		head, sent string
		status     int
	}{
		"in the middle":            {"Beseda-Request: 1\r\nOrigin: http://x\r\n", `{"email":"`, 400},
		"behind the object":        {"Beseda-Request: 1\r\nOrigin: http://x\r\n", `{"email":"a","password":"b"}`, 400},
		"where nobody wants it":    {"", "x", 403},
		"before it has begun":      {"Beseda-Request: 1\r\nOrigin: http://x\r\n", "", 400},
		"asked whether to go on":   {"Beseda-Request: 1\r\nOrigin: http://x\r\nExpect: 100-continue\r\n", "", 100},
		"dripping, but in no time": {"Beseda-Request: 1\r\nOrigin: http://x\r\n", "drip", 400},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T, h *house) {
				conn, err := h.connect(h.ctx(), "", "")
				if err != nil {
					t.Fatal(err)
				}
				began := time.Now()
				go func() {
					fmt.Fprintf(conn, "POST /session HTTP/1.1\r\nHost: localhost\r\n%sContent-Length: 1000\r\n\r\n",
						strings.ReplaceAll(c.head, "http://x", "http://localhost"))
					if c.sent != "drip" {
						_, _ = io.WriteString(conn, c.sent)
						return
					}
					for _, err := io.WriteString(conn, "{"); err == nil; _, err = io.WriteString(conn, " ") {
						time.Sleep(time.Second)
					}
				}()
				in := bufio.NewReader(conn)
				res, err := http.ReadResponse(in, nil)
				if err != nil || res.StatusCode != c.status {
					t.Fatalf("answers %+v, %v", res, err)
				}
				if _, err := io.Copy(io.Discard, in); err != nil && err != io.ErrUnexpectedEOF {
					t.Error(err)
				}
				between(t, began, 9*time.Second, 12*time.Second)
				_ = conn.Close()
			})
		})
	}
}

func TestAnAnswerThatNobodyTakesIsCut(t *testing.T) {
	for name, path := range map[string]string{"a small one": "/session", "a page": "/console/", "an asset": "/assets/visitor.0123456789ab.js"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				h := open(t, bundled, func(h *house) { h.pipe = new(pipes) })
				conn, err := h.connect(h.ctx(), "", "")
				if err != nil {
					t.Fatal(err)
				}
				if _, err := fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", path); err != nil {
					t.Fatal(err)
				}
				time.Sleep(70 * time.Second)
				if n, err := io.Copy(io.Discard, conn); n != 0 {
					t.Errorf("%d bytes come after more than a minute: %v", n, err)
				}
				_ = conn.Close()
				h.stop()
				time.Sleep(time.Minute)
			})
		})
	}
}

// TestDeadlinesAreOfTheirRequestAlone: a connection that waits between requests, an upload of minutes, and a socket.
func TestDeadlinesAreOfTheirRequestAlone(t *testing.T) {
	inBubble(t, func(t *testing.T, h *house) {
		_, w := h.visitor("")
		conn, err := h.connect(h.ctx(), "", "")
		if err != nil {
			t.Fatal(err)
		}
		in := bufio.NewReader(conn)
		for range 3 {
			if _, err := io.WriteString(conn, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"); err != nil {
				t.Fatal(err)
			}
			res, err := http.ReadResponse(in, nil)
			if err != nil {
				t.Fatal(err)
			}
			_, _ = io.Copy(io.Discard, res.Body)
			time.Sleep(80 * time.Second)
			go fmt.Fprintf(conn, "POST /files HTTP/1.1\r\nHost: x\r\nAuthorization: Visitor %s\r\nBeseda-Channel: %s\r\nContent-Length: 200000\r\n\r\n",
				w.VisitorKey, h.channel)
			go func() {
				time.Sleep(time.Second)
				for range 10 {
					_, _ = conn.Write(make([]byte, 20_000))
					time.Sleep(8 * time.Second)
				}
			}()
			if res, err = http.ReadResponse(in, nil); err != nil || res.StatusCode != http.StatusCreated {
				t.Fatal(res, err)
			}
			_, _ = io.Copy(io.Discard, res.Body)
			time.Sleep(80 * time.Second)
		}
		_ = conn.Close()
	})
}
