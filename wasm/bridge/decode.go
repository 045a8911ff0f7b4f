package bridge

import "beseda/wasm/vdom"

// Decode reads an event and answers whether it was whole. It keeps nothing of b.
func Decode(b []byte) (Event, bool) {
	r := reader{rest: b, ok: true}
	e := Event{
		Kind: Kind(r.byte()), At: int64(r.number()), Handler: vdom.Handler(r.number()),
		Arg: r.string(), Text: r.string(), A: r.signed(), B: r.signed(), Data: r.bytes(),
	}
	n := r.number()
	for ; n > 0 && r.ok; n-- {
		e.List = append(e.List, r.string())
	}
	return e, r.ok && len(r.rest) == 0
}

// Append writes an event the way the page does.
func (e *Event) Append(b []byte) []byte {
	b = append(b, byte(e.Kind))
	b = appendNumber(b, uint64(e.At))
	b = appendNumber(b, uint64(e.Handler))
	b = appendString(b, e.Arg)
	b = appendString(b, e.Text)
	b = appendSigned(b, e.A)
	b = appendSigned(b, e.B)
	b = appendString(b, string(e.Data))
	return appendList(b, e.List)
}

// reader takes bytes apart. After an error ok is false and it answers zeros.
type reader struct {
	rest []byte
	ok   bool
}

func (r *reader) byte() byte {
	if len(r.rest) == 0 {
		r.ok = false
		return 0
	}
	c := r.rest[0]
	r.rest = r.rest[1:]
	return c
}

func (r *reader) number() uint64 {
	var n uint64
	for shift := 0; shift < 64; shift += 7 {
		c := r.byte()
		n |= uint64(c&0x7f) << shift
		if c < 0x80 {
			return n
		}
	}
	r.ok = false
	return 0
}

func (r *reader) signed() int64 {
	n := r.number()
	return int64(n>>1) ^ -int64(n&1)
}

func (r *reader) take() []byte {
	n := r.number()
	if n > uint64(len(r.rest)) {
		r.ok = false
		r.rest = nil
		return nil
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

func (r *reader) string() string { return string(r.take()) }

func (r *reader) bytes() []byte {
	b := r.take()
	if len(b) == 0 {
		return nil
	}
	return append([]byte(nil), b...)
}

func appendNumber(b []byte, n uint64) []byte {
	for n >= 0x80 {
		b = append(b, byte(n)|0x80)
		n >>= 7
	}
	return append(b, byte(n))
}

func appendSigned(b []byte, n int64) []byte { return appendNumber(b, uint64(n<<1)^uint64(n>>63)) }

func appendString(b []byte, s string) []byte { return append(appendNumber(b, uint64(len(s))), s...) }

func appendList(b []byte, list []string) []byte {
	b = appendNumber(b, uint64(len(list)))
	for _, s := range list {
		b = appendString(b, s)
	}
	return b
}
