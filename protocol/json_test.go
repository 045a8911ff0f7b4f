//go:build !tinygo && !js

package protocol

import (
	"errors"
	"testing"
)

func TestJSONTellsWhatIsWrongAndGoesOn(t *testing.T) {
	t.Parallel()
	const next = "\n" + `{"kind":"ping"}`
	for _, tc := range []struct {
		name, text, want string
		goesOn           bool
	}{
		{"a body of another shape", `{"kind":"message.send","id":"x","body":5}`, "invalid malformed", true},
		{"a list for a body", `{"kind":"message.send","id":"x","body":[]}`, "invalid malformed", true},
		{"a field of another type", `{"kind":"message.send","id":"x","body":{"text":5}}`, "invalid field=text rule=type", true},
		{"a field inside a field", `{"kind":"hello","id":"x","body":{"visit":{"url":[]}}}`, "invalid field=visit.url rule=type", true},
		{"a number below zero", `{"kind":"history.read","id":"x","body":{"before":-1}}`, "invalid field=before rule=type", true},
		{"a fraction", `{"kind":"history.read","id":"x","body":{"before":1.5}}`, "invalid field=before rule=type", true},
		{"no UTF-8", "{\"kind\":\"message.send\",\"id\":\"x\",\"body\":{\"text\":\"\xff\"}}", "invalid utf8", true},
		{"a kind that is no text", `{"kind":5,"id":"x"}`, "malformed", false},
		{"no object", `"hello"`, "malformed", false},
		{"half an object", `{"kind":"ping",`, "malformed", false},
		{"no JSON", `hello`, "malformed", false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			f, rest, err := DecodeJSON([]byte(tc.text + next))
			if err == nil || err.Error() != tc.want {
				t.Fatalf("got %v, want %s", err, tc.want)
			}
			if refusal := (*Refusal)(nil); errors.As(err, &refusal) != tc.goesOn {
				t.Errorf("%T", err)
			}
			if !tc.goesOn {
				return
			}
			if f.ID != "x" || f.Body != nil {
				t.Errorf("what is refused must be answerable and without a body: %+v", f)
			}
			if ping, _, err := DecodeJSON(rest); err != nil || ping.Kind != KindPing {
				t.Errorf("after it: %+v, %v", ping, err)
			}
		})
	}
}

func TestJSONOfAnUnknownKindReachesTheRefusal(t *testing.T) {
	t.Parallel()
	f, _, err := DecodeJSON([]byte(`{"kind":"message.shout","id":"x","mood":1,"body":{"text":"x"}}`))
	if err != nil {
		t.Fatal(err)
	}
	if _, refusal := Decode(f, FromVisitor); refusal == nil || f.ID != "x" {
		t.Errorf("%+v: %v", f, refusal)
	}
}

func TestSeveralFramesInOneJSONMessage(t *testing.T) {
	t.Parallel()
	text := "\n{\"kind\":\"ping\",\"id\":\"1\"}\n{\"kind\":\"typing.start\",\"id\":\"2\",\"body\":{\"conversation\":\"x\"}}\r\n" +
		"{\n \"kind\": \"pong\", \"id\": \"3\"\n}\n"
	got := ""
	for f, err := range FramesJSON([]byte(text)) {
		got += string(f.ID)
		if (err != nil) != (f.ID == "2") {
			t.Errorf("frame %s: %v", f.ID, err)
		}
	}
	if got != "123" {
		t.Errorf("read %q", got)
	}
	for f, err := range FramesJSON([]byte(`{"kind":"ping"}{`)) {
		if (err == nil) != (f.Kind == KindPing) {
			t.Errorf("%+v: %v", f, err)
		}
	}
}

func TestAppendJSONRefusesWhatHasNoNameOnTheWire(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]Frame{
		"an unknown kind": {Kind: "message.shout", Body: Raw{0x81, 0xa1, 'x', 1}},
		"another body":    {Kind: KindMessageSent, Body: Raw{0x81, 0xa4, 't', 'e', 'x', 't', 1}},
	} {
		if got, err := AppendJSON([]byte("before"), &f); !errors.Is(err, ErrMalformed) || string(got) != "before" {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestAClientsListsOfLargeStructsAreNotEvenRead(t *testing.T) {
	t.Parallel()
	text := `{"kind":"inbox","id":"x","body":{"rows":[{"number":1},{"number":"two"}]}}`
	if _, _, err := DecodeJSON([]byte(text)); err == nil {
		t.Error("a row was taken whose number is text")
	}
	for f, err := range FramesJSON([]byte(text)) {
		if err != nil || f.Body != nil {
			t.Errorf("%+v: %v", f, err)
		}
		if _, refusal := Decode(f, FromAdministrator); refusal == nil || refusal.Error() != "invalid field=kind" {
			t.Errorf("refused as %v", refusal)
		}
	}
}
