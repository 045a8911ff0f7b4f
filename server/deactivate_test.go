package server

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"beseda/protocol"
)

// TestDeactivationEndsWhatRunsWithinTwoSeconds has Bob in the middle of everything that lasts, in fake time and over
// pipes that hold nothing back: what ends late would show.
func TestDeactivationEndsWhatRunsWithinTwoSeconds(t *testing.T) {
	inBubble(t, func(t *testing.T, h *house) {
		h.mayExport(h.bob)
		kira, w := h.visitor("")
		file := h.upload(t, h.fromWidget(w.VisitorKey), "big.txt", strings.Repeat("all of it ", 1<<18))
		h.say(kira, 0, "here it is", file.ID)
		for range 100 {
			l, _ := h.visitor("")
			h.say(l, 0, newID()+newID()+newID()+newID())
			l.Close()
		}
		ann, _ := h.operator(h.ann)
		watch(t, h, ann, 1)
		cookie := h.cookieOf(h.bob)
		running := map[string]*http.Response{}
		for _, path := range []string{"/files/" + string(file.ID), "/events.csv", "/console/export.csv", "/console/export.xlsx"} {
			res := h.request("GET", path, nil, h.fromConsole(cookie))
			if _, err := io.ReadFull(res.Body, make([]byte, 100)); err != nil || res.StatusCode != http.StatusOK {
				t.Fatalf("%s answers %s, %v", path, res.Status, err)
			}
			running[path] = res
		}
		bob, _ := h.operator(h.bob)
		second, _ := h.operator(h.bob)
		watch(t, h, bob, 1)
		looks(t, h, ann, 1, h.bob)

		began := time.Now()
		h.ask(ann, protocol.KindOperatorDeactivate, &protocol.OperatorDeactivate{Operator: h.bob})
		if code := h.goodbye(bob); code != protocol.CodeUnauthorized {
			t.Errorf("his connection ends with %s", code)
		}
		if code := h.goodbye(second); code != protocol.CodeUnauthorized {
			t.Errorf("the other one ends with %s", code)
		}
		looks(t, h, ann, 1)
		for path, res := range running {
			if n, err := io.Copy(io.Discard, res.Body); err == nil {
				t.Errorf("%s came to its end, %d bytes more", path, n)
			}
			if again := h.request("GET", path, nil, h.fromConsole(cookie)); again.StatusCode != http.StatusUnauthorized {
				t.Errorf("%s answers %s", path, again.Status)
			}
		}
		between(t, began, 0, 2*time.Second)
	})
}
