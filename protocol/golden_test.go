//go:build !tinygo && !js

package protocol

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the goldens anew: layout of .json, bytes of .msgpack")

// golden is a frame in both languages: testdata/KIND.json is written by hand, testdata/KIND.msgpack is its bytes in
// hexadecimal. KIND-VARIANT shows another use of a kind.
type golden struct {
	name    string
	json    []byte // as it stands in the file
	msgpack []byte // decoded from hexadecimal
	frame   Frame
}

func goldens(t testing.TB) []golden {
	t.Helper()
	paths, err := filepath.Glob("testdata/*.json")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no goldens: %v", err)
	}
	var out []golden
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		g := golden{name: strings.TrimSuffix(filepath.Base(path), ".json"), json: text}
		var rest []byte
		if g.frame, rest, err = DecodeJSON(text); err != nil || len(rest) != 0 {
			t.Fatalf("%s: %v, %d bytes left", g.name, err, len(rest))
		}
		dumped, err := os.ReadFile(hexFile(g.name))
		if err != nil {
			t.Fatalf("%s: go test -update writes it: %v", g.name, err)
		}
		if g.msgpack, err = hex.DecodeString(strings.Join(strings.Fields(string(dumped)), "")); err != nil {
			t.Fatalf("%s: %v", g.name, err)
		}
		out = append(out, g)
	}
	return out
}

func TestMain(m *testing.M) {
	flag.Parse()
	if *update {
		if err := renew(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

// renew lays out every golden's JSON anew and writes its bytes.
func renew() error {
	paths, err := filepath.Glob("testdata/*.json")
	if err != nil {
		return err
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		f, _, err := DecodeJSON(text)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if text, err = pretty(&f); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if err := os.WriteFile(path, text, 0o644); err != nil {
			return err
		}
		bytes := hexFile(strings.TrimSuffix(filepath.Base(path), ".json"))
		if err := os.WriteFile(bytes, dump(AppendFrame(nil, &f)), 0o644); err != nil {
			return err
		}
	}
	return nil
}

func hexFile(name string) string { return "testdata/" + name + ".msgpack" }

func pretty(f *Frame) ([]byte, error) {
	line, err := AppendJSON(nil, f)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := json.Indent(&out, line, "", "  "); err != nil {
		return nil, err
	}
	return append(out.Bytes(), '\n'), nil
}

// dump is hexadecimal in lines of 40 bytes, so that a change shows where it is.
func dump(b []byte) []byte {
	var out []byte
	for len(b) > 0 {
		n := min(len(b), 40)
		out = append(hex.AppendEncode(out, b[:n]), '\n')
		b = b[n:]
	}
	return out
}

// shows tells whether the file is named after a kind.
func (g golden) shows(kind Kind) bool {
	name, _, _ := strings.Cut(g.name, "-")
	return name == strings.ReplaceAll(string(kind), ".", "_")
}

func TestGoldensAreTheSameFrameInBothLanguages(t *testing.T) {
	t.Parallel()
	for _, g := range goldens(t) {
		t.Run(g.name, func(t *testing.T) {
			t.Parallel()
			if !g.shows(g.frame.Kind) {
				t.Errorf("a %s stands in the file of %s", g.frame.Kind, g.name)
			}
			if diff := cmp.Diff(string(dump(g.msgpack)), string(dump(AppendFrame(nil, &g.frame)))); diff != "" {
				t.Errorf("JSON to MessagePack: %s", diff)
			}
			f, rest, err := DecodeFrame(g.msgpack)
			if err != nil || len(rest) != 0 {
				t.Fatalf("%v, %d bytes left", err, len(rest))
			}
			text, err := pretty(&f)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(g.json), string(text)); diff != "" {
				t.Errorf("MessagePack to JSON: %s", diff)
			}
		})
	}
}

func TestBrowsersReadAndWriteTheGoldens(t *testing.T) {
	t.Parallel()
	for _, g := range goldens(t) {
		t.Run(g.name, func(t *testing.T) {
			t.Parallel()
			if got := appendCompact(nil, &g.frame); !bytes.Equal(got, g.msgpack) {
				t.Errorf("frame\ngot  %x\nwant %x", got, g.msgpack)
			}
			var f Frame
			if err := decodeCompact(g.msgpack, &f); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(g.frame, f); diff != "" {
				t.Error(diff)
			}
			if len(f.Body) == 0 {
				return
			}
			entry, _ := Lookup(f.Kind)
			body, want := entry.New().(both), entry.New()
			if err := decodeCompact(f.Body, body); err != nil {
				t.Fatal(err)
			}
			if err := DecodeBody(f.Body, want); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, Body(body)); diff != "" {
				t.Error(diff)
			}
			if got := appendCompact(nil, body); !bytes.Equal(got, f.Body) {
				t.Errorf("body\ngot  %x\nwant %x", got, f.Body)
			}
		})
	}
}

// A golden that leaves a field out would not notice when that field's name or form changes.
func TestGoldensShowEveryFieldOfTheirKind(t *testing.T) {
	t.Parallel()
	shown := map[string]bool{}
	for _, g := range goldens(t) {
		entry, _ := Lookup(g.frame.Kind)
		body := entry.New()
		if err := DecodeBody(g.frame.Body, body); err != nil {
			t.Fatal(err)
		}
		note(shown, reflect.ValueOf(body).Elem())
		note(shown, reflect.ValueOf(g.frame))
	}
	for field, set := range shown {
		if !set {
			t.Errorf("no golden sets %s", field)
		}
	}
}

// note records, per field of a struct type, whether some value has it set.
func note(shown map[string]bool, v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			note(shown, v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			note(shown, v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			name := v.Type().Name() + "." + v.Type().Field(i).Name
			shown[name] = shown[name] || !v.Field(i).IsZero()
			note(shown, v.Field(i))
		}
	}
}
