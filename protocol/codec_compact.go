//go:build js || tinygo

package protocol

// Body is what a frame carries: a pointer to a struct of the registry. A new value is needed for each
// decoding: what was left out of the bytes stays as it was.
type Body = record

// AppendFrame appends a frame.
func AppendFrame(dst []byte, f *Frame) []byte { return appendCompact(dst, f) }

// DecodeFrame reads the first frame of b and returns what follows it; ErrMalformed.
func DecodeFrame(b []byte) (f Frame, rest []byte, err error) {
	n, ok := span(b, nil)
	if !ok {
		return Frame{}, b, ErrMalformed
	}
	if err := decodeCompact(b[:n], &f); err != nil {
		return Frame{}, b, err
	}
	return f, b[n:], nil
}

// EncodeBody makes a frame's body: nil where no field is set.
func EncodeBody(b Body) Raw {
	raw := Raw(appendCompact(nil, b))
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
	if !whole(raw) {
		return ErrMalformed
	}
	return decodeCompact(raw, into)
}
