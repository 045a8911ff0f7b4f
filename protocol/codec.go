package protocol

import "iter"

// The way in and out of bytes, the same in every build:
//
//	AppendFrame(dst []byte, f *Frame) []byte
//	DecodeFrame(b []byte) (f Frame, rest []byte, err error)
//	Frames(b []byte) iter.Seq2[Frame, error]
//	EncodeBody(b Body) Raw
//	DecodeBody(raw Raw, into Body) error
//
// Body is a pointer to any body of the registry: EncodeBody(&MessageSend{…}). The builds differ in who does the work
// (codec_msgp.go: generated methods, for servers and integrations; codec_compact.go: field lists, for browsers) and
// never in the bytes. All are safe for concurrent use on different values; no result shares
// memory with what was read. ErrMalformed is the only error.

// Frames reads the frames of one WebSocket message in order. A malformed one ends it with ErrMalformed: what comes
// after cannot be told apart.
func Frames(b []byte) iter.Seq2[Frame, error] {
	return func(yield func(Frame, error) bool) {
		for len(b) > 0 {
			var f Frame
			var err error
			f, b, err = DecodeFrame(b)
			if !yield(f, err) || err != nil {
				return
			}
		}
	}
}

// appendCompact is AppendFrame by field lists; it is here so that every build can compare the two.
func appendCompact(dst []byte, v record) []byte {
	c := coder{out: dst}
	c.encode(v)
	return c.out
}

// decodeCompact reads the one record that b holds. Bounds were checked by the caller with span, shapes are checked here.
func decodeCompact(b []byte, v record) error {
	c := coder{in: b}
	c.decode(v)
	if c.bad || len(c.in) != 0 {
		return ErrMalformed
	}
	return nil
}

// whole tells that raw is one map, within bounds, with nothing after it.
func whole(raw Raw) bool {
	f, _, _ := lead(raw)
	n, ok := span(raw, nil)
	return ok && f == formMap && n == len(raw)
}
