package vdom_test

import (
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/wasm/vdom"
	"beseda/wasm/vdom/page"
)

func TestThePageBecomesTheNewView(t *testing.T) {
	t.Parallel()
	for seed := range uint64(800) {
		r := rand.New(rand.NewPCG(seed, 1))
		var b vdom.Builder
		p := page.New()
		for step := range 6 {
			shape := r.Uint64()
			random(&b, rand.New(rand.NewPCG(shape, 2)), 4)
			if err := p.Apply(b.Patch()); err != nil {
				t.Fatalf("seed %d step %d: %v", seed, step, err)
			}
			var fresh vdom.Builder
			want := page.New()
			random(&fresh, rand.New(rand.NewPCG(shape, 2)), 4)
			if err := want.Apply(fresh.Patch()); err != nil {
				t.Fatalf("seed %d step %d: %v", seed, step, err)
			}
			if diff := cmp.Diff(want.HTML(), p.HTML()); diff != "" {
				t.Fatalf("seed %d step %d: %s", seed, step, diff)
			}
			if p.Len() != want.Len() {
				t.Fatalf("seed %d step %d: page holds %d nodes, the view has %d", seed, step, p.Len(), want.Len())
			}
		}
	}
}

// random builds a view out of few words, so that two views share much; equal keys under one parent happen too.
func random(b *vdom.Builder, r *rand.Rand, depth int) {
	for range r.IntN(6) {
		if r.IntN(4) == 0 {
			b.Text(strconv.Itoa(r.IntN(3)))
			continue
		}
		key := ""
		if r.IntN(2) == 0 {
			key = strconv.Itoa(r.IntN(6))
		}
		b.Open(vdom.Tag(1+r.IntN(3)), key)
		for name := range 3 {
			if r.IntN(2) == 0 {
				b.Attr(vdom.Name(name), strconv.Itoa(r.IntN(3)))
			}
		}
		if r.IntN(3) == 0 {
			b.On(vdom.Event(r.IntN(2)), vdom.Handler(1+r.IntN(2)), strconv.Itoa(r.IntN(2)))
		}
		if depth > 0 {
			random(b, r, depth-1)
		}
		b.Close()
	}
}

func list(b *vdom.Builder, keys string) {
	b.Open(vdom.UL, "")
	for i := range keys {
		b.Open(vdom.LI, keys[i:i+1])
		b.Text(keys[i : i+1])
		b.Close()
	}
	b.Close()
}

func TestAListMovesAsLittleAsItCan(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		from, to string
		patch    []byte
	}{
		"nothing changed":      {"abcd", "abcd", nil},
		"one more at the end":  {"ab", "abc", []byte{1, 6, 23, 0, 2, 7, 7, 1, 'c', 3, 1, 6, 0}},
		"the last comes first": {"abcd", "dabc", []byte{3, 1, 8, 2}},
		"the first goes last":  {"abcd", "bcda", []byte{3, 1, 2, 0}},
		"one is gone":          {"abcd", "abd", []byte{4, 6}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var b vdom.Builder
			list(&b, tt.from)
			b.Patch()
			list(&b, tt.to)
			if diff := cmp.Diff(tt.patch, append([]byte(nil), b.Patch()...)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAKeyedElementStaysTheSameNode(t *testing.T) {
	t.Parallel()
	var b vdom.Builder
	p := page.New()
	list(&b, "abcdefgh")
	if err := p.Apply(b.Patch()); err != nil {
		t.Fatal(err)
	}
	before := map[string]*page.Node{}
	for _, n := range p.Root.Children[0].Children {
		before[n.AllText()] = n
	}
	list(&b, "hxgbayc")
	if err := p.Apply(b.Patch()); err != nil {
		t.Fatal(err)
	}
	for _, n := range p.Root.Children[0].Children {
		if old := before[n.AllText()]; old != nil && old != n {
			t.Errorf("%s was made again", n.AllText())
		}
	}
	if got := p.Root.Children[0].AllText(); got != "hxgbayc" {
		t.Errorf("list reads %q", got)
	}
}

func TestAddressesThatCouldRunSomethingAreLeftOut(t *testing.T) {
	t.Parallel()
	for url, there := range map[string]bool{
		"https://example.com/a:b": true, "HTTP://example.com": true, "mailto:a@example.com": true, "/files/1": true,
		"#i-send": true, "blob:https://x/1": true, "page?x=a:b": true,
		"javascript:alert(1)": false, "JavaScript:alert(1)": false, "java\tscript:alert(1)": false, " javascript:alert(1)": false,
		"data:text/html,x": false, "vbscript:x": false, "a b:c": false,
	} {
		var b vdom.Builder
		b.Open(vdom.A, "")
		b.Attr(vdom.Href, url)
		b.Close()
		p := page.New()
		if err := p.Apply(b.Patch()); err != nil {
			t.Fatal(err)
		}
		if _, got := p.Root.Children[0].Attrs["href"]; got != there {
			t.Errorf("%q: href there %v, want %v", url, got, there)
		}
	}
}

func TestAViewThatForgetsToCloseIsAMistake(t *testing.T) {
	t.Parallel()
	tests := map[string]func(*vdom.Builder){
		"an element stays open":      func(b *vdom.Builder) { b.Open(vdom.Div, ""); b.Patch() },
		"an attribute after a child": func(b *vdom.Builder) { b.Open(vdom.Div, ""); b.Text("x"); b.Class("c") },
		"an attribute on nothing":    func(b *vdom.Builder) { b.Class("c") },
	}
	for name, do := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			do(new(vdom.Builder))
		})
	}
}

func TestAViewTwiceMakesNoGarbage(t *testing.T) {
	var b vdom.Builder
	view := func() { list(&b, "abcdefghijklmnop"); b.Patch() }
	view()
	view()
	view()
	if n := testing.AllocsPerRun(100, view); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func FuzzApply(f *testing.F) {
	var b vdom.Builder
	list(&b, "abc")
	f.Add(append([]byte(nil), b.Patch()...))
	list(&b, "cxa")
	f.Add(append([]byte(nil), b.Patch()...))
	f.Fuzz(func(t *testing.T, patch []byte) {
		p := page.New()
		if p.Apply(patch) == nil {
			_ = p.HTML() // a page that took the patch can be read
		}
	})
}

func BenchmarkViewOfAHundredMessages(b *testing.B) {
	var v vdom.Builder
	keys := make([]string, 100)
	for i := range keys {
		keys[i] = strconv.Itoa(i)
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, k := range keys {
			v.Open(vdom.Div, k)
			v.Class("b-message b-message--end")
			v.Open(vdom.Div, "")
			v.Class("b-message__bubble")
			v.Leaf(vdom.Span, "b-message__text", k)
			v.Close()
			v.Icon("#i-checks")
			v.Close()
		}
		v.Patch()
	}
}
