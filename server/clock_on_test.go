//go:build testclock

package server

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/store"
)

const movable = true

func TestClockMovesTimersAlong(t *testing.T) {
	t.Parallel()
	h := open(t)
	l, _ := h.visitor("")
	n := h.say(l, 0, "anybody?").Conversation
	resp := h.moveClock(`{"advance_ms":601000}`)
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK || !strings.Contains(string(body), `"now":`) {
		t.Fatalf("%d %s, %v", resp.StatusCode, body, err)
	}
	if err := h.Engine.Read(func(r store.Reader) error { // it is stored by the time of the answer
		conv, err := store.Conversations.Get(r, store.Num(n))
		if conv.Activity != protocol.Completed || conv.Status != protocol.Open {
			t.Errorf("#%d is %s and %s", n, conv.Activity, conv.Status)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

func TestClockIsMovedForwardAndFromThisMachineOnly(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, tc := range []struct {
		name, body string
		headers    []string
		want       int
	}{
		{"backwards", `{"advance_ms":-1}`, nil, http.StatusBadRequest},
		{"no number", `{"advance_ms":"soon"}`, nil, http.StatusBadRequest},
		{"a century", `{"advance_ms":3153600000000}`, nil, http.StatusBadRequest},
		{"through a proxy", `{"advance_ms":1}`, []string{"X-Forwarded-For", "203.0.113.7"}, http.StatusForbidden},
		{"not at all", `{"advance_ms":0}`, nil, http.StatusOK},
	} {
		if got := h.moveClock(tc.body, tc.headers...).StatusCode; got != tc.want {
			t.Errorf("%s: %d, want %d", tc.name, got, tc.want)
		}
	}
}
