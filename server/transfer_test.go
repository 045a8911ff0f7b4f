package server

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
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
