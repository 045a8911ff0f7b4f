package server

import (
	"bytes"
	"encoding/json"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"beseda/protocol"
)

// tinyPNG is a picture of 2 × 3 pixels.
var tinyPNG = func() string {
	var b bytes.Buffer
	picture := image.NewGray(image.Rect(0, 0, 2, 3))
	picture.SetGray(1, 1, color.Gray{Y: 200})
	if err := png.Encode(&b, picture); err != nil {
		panic(err)
	}
	return b.String()
}()

func named(name string) func(*http.Request) { return header("Beseda-Name", url.PathEscape(name)) }

// upload sends a file that has to be taken.
func (h *house) upload(t testing.TB, who func(*http.Request), name, content string) (a protocol.Attachment) {
	t.Helper()
	res := h.request("POST", "/files", strings.NewReader(content), who, named(name))
	if res.StatusCode != http.StatusCreated {
		t.Fatalf("upload of %s: %s %+v", name, res.Status, refusal(t, res))
	}
	if err := json.NewDecoder(res.Body).Decode(&a); err != nil {
		t.Fatal(err)
	}
	return a
}
