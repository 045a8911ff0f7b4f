//go:build !tinygo && !js

package protocol

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"unicode/utf8"
)

// JSON is the same frames at the server's edge, for integrators who ask for subprotocol beseda.v1.json: the envelope's
// fields by their names, the body inline, transcoded by the struct that the registry names for the kind. Numbers may
// reach 2^64-1 in positions; a client that reads them as doubles is right up to 2^53.

// plain is a Frame without its methods, and without its body, which JSON has another form for.
type plain Frame

type frameJSON struct {
	plain
	Body json.RawMessage `json:"body,omitempty"`
}

// AppendJSON appends a frame as one line of JSON, without the line's end. It fails for a kind that is not in the
// registry and for a body that is not of its kind, and then returns dst as it was.
func AppendJSON(dst []byte, f *Frame) ([]byte, error) {
	b, err := f.MarshalJSON()
	if err != nil {
		return dst, err
	}
	return append(dst, b...), nil
}

// MarshalJSON is AppendJSON for frames inside other structs.
func (f Frame) MarshalJSON() ([]byte, error) {
	out := frameJSON{plain: plain(f)}
	if len(f.Body) != 0 {
		entry, ok := Lookup(f.Kind)
		if !ok {
			return nil, fmt.Errorf("kind %q: %w", f.Kind, ErrMalformed)
		}
		body := entry.New()
		if err := DecodeBody(f.Body, body); err != nil {
			return nil, fmt.Errorf("body of %s: %w", f.Kind, err)
		}
		var err error
		if out.Body, err = json.Marshal(body); err != nil {
			return nil, fmt.Errorf("body of %s: %w", f.Kind, err)
		}
	}
	return json.Marshal(out)
}

// DecodeJSON reads the first frame of b, a JSON object, and returns what follows it; frames of one message stand one
// after another, each on a line of its own. ErrMalformed: b is no frame and nothing can follow. A *Refusal: the frame
// is one, its Kind and ID are returned, and its body is not what the registry says; what follows can be read. The body
// of an unknown kind is dropped, so that Decode can refuse the kind.
func DecodeJSON(b []byte) (f Frame, rest []byte, err error) {
	return decodeJSON(b, func(Entry) bool { return true })
}

// FramesJSON reads the frames of one JSON message of a client in order. It goes on after a *Refusal and ends after
// ErrMalformed. Bodies of what no client sends are dropped unread: some are lists of large structs, and Decode
// refuses the kind anyway.
func FramesJSON(b []byte) iter.Seq2[Frame, error] {
	command := func(e Entry) bool { return e.Direction == Command }
	return func(yield func(Frame, error) bool) {
		for b = bytes.TrimLeft(b, " \t\r\n"); len(b) > 0; {
			var f Frame
			var err error
			f, b, err = decodeJSON(b, command)
			if !yield(f, err) || errors.Is(err, ErrMalformed) {
				return
			}
		}
	}
}

func decodeJSON(b []byte, wanted func(Entry) bool) (f Frame, rest []byte, err error) {
	decoder := json.NewDecoder(bytes.NewReader(b))
	var in frameJSON
	if err := decoder.Decode(&in); err != nil {
		return Frame{}, b, ErrMalformed
	}
	end := decoder.InputOffset()
	f, err = in.frame(wanted)
	if err == nil && !utf8.Valid(b[:end]) { // the decoder has put U+FFFD in its place
		err = Refuse(CodeInvalid, "utf8")
	}
	if err != nil {
		f.Body = nil
	}
	return f, bytes.TrimLeft(b[end:], " \t\r\n"), err
}

// UnmarshalJSON is DecodeJSON for frames inside other structs.
func (f *Frame) UnmarshalJSON(b []byte) error {
	var in frameJSON
	if err := json.Unmarshal(b, &in); err != nil {
		return ErrMalformed
	}
	var err error
	*f, err = in.frame(func(Entry) bool { return true })
	return err
}

// frame is the Frame of what was read, without the body where that is not wanted; an error is a *Refusal, for the body.
func (in *frameJSON) frame(wanted func(Entry) bool) (Frame, error) {
	f := Frame(in.plain)
	entry, known := Lookup(f.Kind)
	if len(in.Body) == 0 || !known || !wanted(entry) {
		return f, nil
	}
	if in.Body[0] != '{' && !bytes.Equal(in.Body, []byte("null")) {
		return f, Refuse(CodeInvalid, "malformed")
	}
	body := entry.New()
	if err := json.Unmarshal(in.Body, body); err != nil {
		var typed *json.UnmarshalTypeError
		if errors.As(err, &typed) && typed.Field != "" {
			return f, Refuse(CodeInvalid, "field="+typed.Field+" rule=type")
		}
		return f, Refuse(CodeInvalid, "malformed")
	}
	// An empty list and no list are the same in MessagePack; JSON can tell them apart, so it goes through it twice.
	f.Body = EncodeBody(body)
	body = entry.New()
	if err := DecodeBody(f.Body, body); err != nil {
		return f, Refuse(CodeInvalid, "malformed")
	}
	f.Body = EncodeBody(body)
	return f, nil
}
