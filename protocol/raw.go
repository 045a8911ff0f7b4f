package protocol

// Raw is one encoded MessagePack object, kept as it is: nil, or a whole object and nothing after it. It stands inline
// in the frame, so that a peer's library reads `body: {…}` and not bytes in bytes.
type Raw []byte

// emptyMap is the encoding of a struct with no fields set; a frame leaves such a body out.
const emptyMap = 0x80

// IsZero tells the generated code to leave the body out.
func (r Raw) IsZero() bool { return len(r) == 0 }

// MarshalMsg appends the object.
func (r Raw) MarshalMsg(b []byte) ([]byte, error) {
	if len(r) == 0 {
		return append(b, leadNil), nil
	}
	return append(b, r...), nil
}

// UnmarshalMsg takes the first object of b as a copy, because b is often a buffer that is used again, and returns
// what follows it. The copy is exactly as long as the object, whatever lengths the object claims. An empty map and
// nil are both read as nil, so that what was left out and what was sent empty are the same frame.
func (r *Raw) UnmarshalMsg(b []byte) ([]byte, error) {
	n, ok := span(b, nil)
	if !ok {
		return b, ErrMalformed
	}
	*r = nil
	if n > 1 || b[0] != emptyMap && b[0] != leadNil {
		*r = append(make(Raw, 0, n), b[:n]...)
	}
	return b[n:], nil
}

// Msgsize is the size of the encoding.
func (r Raw) Msgsize() int { return max(1, len(r)) }
