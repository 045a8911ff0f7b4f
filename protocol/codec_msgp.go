//go:build !tinygo && !js

package protocol

import "github.com/tinylib/msgp/msgp"

// Body is what a frame carries: a pointer to a struct of the registry. A new value is needed for each decoding: what
// was left out of the bytes stays as it was.
type Body interface {
	msgp.Marshaler
	msgp.Unmarshaler
	msgp.Sizer
}

// AppendFrame appends a frame.
func AppendFrame(dst []byte, f *Frame) []byte {
	dst, err := f.MarshalMsg(dst)
	mustEncode(err)
	return dst
}

// DecodeFrame reads the first frame of b and returns what follows it; ErrMalformed.
func DecodeFrame(b []byte) (f Frame, rest []byte, err error) {
	n, ok := span(b, nil)
	if !ok {
		return Frame{}, b, ErrMalformed
	}
	if left, err := f.UnmarshalMsg(b[:n]); err != nil || len(left) != 0 {
		return Frame{}, b, ErrMalformed
	}
	return f, b[n:], nil
}

// EncodeBody makes a frame's body: nil where no field is set.
func EncodeBody(b Body) Raw {
	raw, err := b.MarshalMsg(make([]byte, 0, b.Msgsize()))
	mustEncode(err)
	if len(raw) == 1 {
		return nil
	}
	return raw
}

// DecodeBody reads a body; nil leaves into as it is. ErrMalformed.
func DecodeBody(raw Raw, into Body) error {
	if len(raw) == 0 {
		return nil
	}
	// The generated methods allocate by an array's count: whole has seen that its elements are there.
	if !whole(raw) {
		return ErrMalformed
	}
	if left, err := into.UnmarshalMsg(raw); err != nil || len(left) != 0 {
		return ErrMalformed
	}
	return nil
}

// mustEncode holds that structs of text, numbers and lists of them always have an encoding.
func mustEncode(err error) {
	if err != nil {
		panic("protocol: " + err.Error())
	}
}
