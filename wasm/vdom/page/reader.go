package page

import "fmt"

// reader takes a patch apart. After an error it answers zeros.
type reader struct {
	rest []byte
	err  error
}

func (r *reader) fail(what string) {
	if r.err == nil {
		r.err = fmt.Errorf("%s: %w", what, ErrPatch)
	}
	r.rest = nil
}

func (r *reader) byte() byte {
	if len(r.rest) == 0 {
		r.fail("cut short")
		return 0
	}
	c := r.rest[0]
	r.rest = r.rest[1:]
	return c
}

func (r *reader) number() uint32 {
	var n uint32
	for shift := 0; shift < 35; shift += 7 {
		c := r.byte()
		n |= uint32(c&0x7f) << shift
		if c < 0x80 {
			return n
		}
	}
	r.fail("number too long")
	return 0
}

func (r *reader) string() string {
	n := int(r.number())
	if n > len(r.rest) {
		r.fail("string cut short")
		return ""
	}
	s := string(r.rest[:n])
	r.rest = r.rest[n:]
	return s
}

func (r *reader) word(list []string) string {
	n := r.number()
	if int(n) >= len(list) {
		r.fail("unknown word")
		return ""
	}
	return list[n]
}
