//go:build !tinygo && !js

package protocol

import (
	"bytes"
	"errors"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// again returns the encoding of what b decodes to; false where b is refused.
func again(b []byte) (Frame, []byte, bool) {
	f, _, err := DecodeFrame(b)
	if err != nil {
		return Frame{}, nil, false
	}
	return f, AppendFrame(nil, &f), true
}

// FuzzDecode: no bytes make anything panic; what was decoded once encodes to bytes that decode to the same; and the
// browsers' codec accepts, refuses, reads and writes as the generated one does.
func FuzzDecode(f *testing.F) {
	for _, g := range goldens(f) {
		f.Add(g.msgpack)
	}
	f.Add([]byte("\x82\xa4kind\xa4ping\xa4body\x80"))
	f.Add([]byte("\x81\xa5actor\xc0"))
	f.Fuzz(func(t *testing.T, b []byte) {
		for frame, err := range Frames(b) {
			if err != nil {
				break
			}
			for _, from := range []Sender{FromVisitor, FromOperator, FromBot, FromAdministrator} {
				if body, refusal := Decode(frame, from); (body == nil) == (refusal == nil) {
					t.Fatalf("body %v, refusal %v", body, refusal)
				}
			}
		}
		first, encoded, ok := again(b)
		var small Frame
		n, whole := span(b, nil)
		if smallOK := whole && decodeCompact(b[:n], &small) == nil; smallOK != ok {
			t.Fatalf("generated accepts: %v, field list: %v", ok, smallOK)
		}
		if !ok {
			return
		}
		if diff := cmp.Diff(first, small); diff != "" {
			t.Fatal(diff)
		}
		if compact := appendCompact(nil, &small); !bytes.Equal(compact, encoded) {
			t.Fatalf("compact   %x\ngenerated %x", compact, encoded)
		}
		second, stable, ok := again(encoded)
		if !ok || !bytes.Equal(encoded, stable) {
			t.Fatalf("first  %x\nsecond %x", encoded, stable)
		}
		if diff := cmp.Diff(first, second); diff != "" {
			t.Fatal(diff)
		}
		sameBody(t, first)
	})
}

// sameBody holds both codecs to the same verdict and the same bytes for a frame's body.
func sameBody(t *testing.T, f Frame) {
	entry, ok := Lookup(f.Kind)
	if !ok {
		return
	}
	body := entry.New()
	err := DecodeBody(f.Body, body)
	if len(f.Body) == 0 {
		return
	}
	small := entry.New().(both)
	var smallErr error = ErrMalformed
	if whole(f.Body) {
		smallErr = decodeCompact(f.Body, small)
	}
	if (err == nil) != (smallErr == nil) {
		t.Fatalf("%s: generated says %v, field list %v", f.Kind, err, smallErr)
	}
	if err != nil {
		return
	}
	if repeats(f.Body) {
		return // where a list stands twice in a map, the generated methods keep parts of the first
	}
	if diff := cmp.Diff(body, Body(small)); diff != "" {
		t.Fatal(diff)
	}
	if got, want := appendCompact(nil, small), EncodeBody(body); len(want) != 0 && !bytes.Equal(got, want) {
		t.Fatalf("%s\ncompact   %x\ngenerated %x", f.Kind, got, want)
	}
}

// repeats tells whether some map in the object has a key twice.
func repeats(b []byte) bool {
	twice := false
	var walk func([]byte) []byte
	walk = func(b []byte) []byte {
		form, head, size := lead(b)
		rest := b[head:]
		switch form {
		case formArray:
			for range size {
				rest = walk(rest)
			}
		case formMap:
			seen := map[string]bool{}
			for range size {
				_, skip, n := lead(rest)
				key := string(rest)
				if end := skip + int(n); end <= len(rest) {
					key = string(rest[skip:end])
				}
				twice = twice || seen[key]
				seen[key] = true
				rest = walk(walk(rest))
			}
		default:
			return rest[size:]
		}
		return rest
	}
	walk(b)
	return twice
}

// FuzzJSON: no text makes anything panic, and a frame that came from JSON is the same after a way through MessagePack
// and back.
func FuzzJSON(f *testing.F) {
	for _, g := range goldens(f) {
		f.Add(g.json)
	}
	f.Add([]byte(`{"kind":"ping"} {"kind":"message.send","body":{"text":5}}`))
	f.Add([]byte(`{"kind":"message.send","body":{"text":"\ud800"}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		for range FramesJSON(b) {
			continue
		}
		first, _, err := DecodeJSON(b)
		if err != nil {
			if refusal := (*Refusal)(nil); !errors.As(err, &refusal) && !errors.Is(err, ErrMalformed) {
				t.Fatalf("neither a refusal nor malformed: %v", err)
			}
			return
		}
		line, err := AppendJSON(nil, &first)
		if err != nil {
			t.Fatal(err)
		}
		second, rest, err := DecodeJSON(line)
		if err != nil || len(rest) != 0 {
			t.Fatalf("%v, %q left of %s", err, rest, line)
		}
		packed, _, err := DecodeFrame(AppendFrame(nil, &second))
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(first, second) || !reflect.DeepEqual(first, packed) {
			t.Fatalf("%+v\n%+v\n%+v", first, second, packed)
		}
	})
}
