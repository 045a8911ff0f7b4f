package timeline_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/wasm/timeline"
)

func TestPieces(t *testing.T) {
	t.Parallel()
	link := func(s string) timeline.Piece { return timeline.Piece{Text: s, URL: s} }
	text := func(s string) timeline.Piece { return timeline.Piece{Text: s} }
	for name, c := range map[string]struct {
		in   string
		want []timeline.Piece
	}{
		"nothing is nothing":                        {"", nil},
		"text without a link is one run":            {"hello", []timeline.Piece{text("hello")}},
		"a link alone":                              {"https://a.example/x?y=1#z", []timeline.Piece{link("https://a.example/x?y=1#z")}},
		"a full stop ends the sentence":             {"see http://a.example.", []timeline.Piece{text("see "), link("http://a.example"), text(".")}},
		"a bracket around stays outside":            {"(https://a.example/b)", []timeline.Piece{text("("), link("https://a.example/b"), text(")")}},
		"a bracket of its own stays inside":         {"https://a.example/b_(c)", []timeline.Piece{link("https://a.example/b_(c)")}},
		"www gets a scheme":                         {"www.a.example", []timeline.Piece{{Text: "www.a.example", URL: "https://www.a.example"}}},
		"capitals are a scheme too":                 {"HTTPS://A.example", []timeline.Piece{link("HTTPS://A.example")}},
		"script is no link":                         {"javascript:alert(1)", []timeline.Piece{text("javascript:alert(1)")}},
		"a scheme inside a word is no link":         {"xhttp://a.example", []timeline.Piece{text("xhttp://a.example")}},
		"a scheme without a host is no link":        {"http://", []timeline.Piece{text("http://")}},
		"a direction override ends the link":        {"https://a.example/\u202egnp", []timeline.Piece{link("https://a.example/"), text("\u202egnp")}},
		"a Cyrillic host is a link":                 {"https://магазин.рф, да", []timeline.Piece{link("https://магазин.рф"), text(", да")}},
		"quotes end it":                             {"«https://a.example»", []timeline.Piece{text("«"), link("https://a.example"), text("»")}},
		"two links in one line stand by themselves": {"http://a.example http://b.example", []timeline.Piece{link("http://a.example"), text(" "), link("http://b.example")}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, timeline.Pieces(c.in)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func FuzzPieces(f *testing.F) {
	f.Add("see https://a.example/b(c). www.x.y \u202e")
	f.Fuzz(func(t *testing.T, s string) {
		var joined strings.Builder
		for _, p := range timeline.Pieces(s) {
			joined.WriteString(p.Text)
			if p.URL != "" && !strings.HasPrefix(strings.ToLower(p.URL), "http") {
				t.Errorf("%q is linked to %q", p.Text, p.URL)
			}
		}
		if joined.String() != s {
			t.Errorf("%q became %q", s, joined.String())
		}
	})
}

func TestTogether(t *testing.T) {
	t.Parallel()
	ann := &protocol.Actor{Kind: protocol.ActorOperator, ID: "A"}
	bob := &protocol.Actor{Kind: protocol.ActorOperator, ID: "B"}
	for name, c := range map[string]struct {
		before, after *protocol.Actor
		apart         int64
		sameDay, want bool
	}{
		"one author within minutes":     {ann, ann, 1000, true, true},
		"one author after five minutes": {ann, ann, timeline.GroupWithin, true, false},
		"another author":                {ann, bob, 1000, true, false},
		"another day":                   {ann, ann, 1000, false, false},
		"no author is nobody's group":   {nil, nil, 0, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := timeline.Together(c.before, c.after, 0, c.apart, c.sameDay); got != c.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestLimit(t *testing.T) {
	t.Parallel()
	full := strings.Repeat("ы", protocol.MaxMessageRunes)
	if got := timeline.Left(full + "🙂"); got != -1 {
		t.Errorf("2 001 code points leave %d", got)
	}
	if timeline.Blank(full) || !timeline.Blank(" \u200b\n") {
		t.Error("what there is to read is wrong")
	}
}
