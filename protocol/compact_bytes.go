package protocol

// The small codec's bytes: the forms that the generated methods choose, and reading of every form a peer may choose.

// appendHead writes the head of an array or map: short is the lead of up to 15, long that of a 16-bit count.
func appendHead(b []byte, short, most, long byte, n uint32) []byte {
	switch {
	case n <= uint32(most):
		return append(b, short|byte(n))
	case n <= 0xffff:
		return append(b, long, byte(n>>8), byte(n))
	}
	return append(b, long+1, byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
}

func appendText(b []byte, s string) []byte {
	if n := len(s); n > 31 && n <= 0xff {
		b = append(b, 0xd9, byte(n))
	} else {
		b = appendHead(b, 0xa0, 31, 0xda, uint32(n))
	}
	return append(b, s...)
}

func appendNumber(b []byte, n uint64) []byte {
	switch {
	case n <= 0x7f:
		return append(b, byte(n))
	case n <= 0xff:
		return append(b, 0xcc, byte(n))
	}
	return appendWide(b, 0xcd, n, n)
}

func appendInteger(b []byte, n int64) []byte {
	reach := uint64(n) // what has to fit, with room for the sign
	if n < 0 {
		reach = uint64(^n)
	}
	reach <<= 1
	switch {
	case n >= -32 && n <= 0x7f:
		return append(b, byte(n))
	case n < 0 && reach <= 0xff:
		return append(b, 0xd0, byte(n))
	}
	return appendWide(b, 0xd1, uint64(n), reach)
}

// appendWide writes 2, 4 or 8 bytes of n, as many as reach needs; lead is the form of 2.
func appendWide(b []byte, lead byte, n, reach uint64) []byte {
	bits := 16
	for ; bits < 64 && reach>>bits != 0; bits *= 2 {
		lead++
	}
	b = append(b, lead)
	for bits -= 8; bits >= 0; bits -= 8 {
		b = append(b, byte(n>>bits))
	}
	return b
}

// open reads the head of an array or map and returns its count.
func (c *coder) open(want form) uint32 {
	f, head, size := lead(c.in)
	if f != want {
		c.bad = true
		return 0
	}
	c.in = c.in[head:]
	return size
}

// payload reads an object of one form and returns its payload, or, where that is empty, its lead byte.
func (c *coder) payload(want form) []byte {
	f, head, size := lead(c.in)
	if f != want || size > uint32(len(c.in)-head) {
		c.bad = true
		return nil
	}
	end := head + int(size)
	b := c.in[head:end]
	if want != formText && size == 0 {
		b = c.in[:1]
	}
	c.in = c.in[end:]
	return b
}

func (c *coder) readText() string { return string(c.payload(formText)) }

// name reads the key of a pair: text, or bytes, which older encoders write.
func (c *coder) name() []byte {
	f, head, size := lead(c.in)
	if f != formText && f != formBytes || size > uint32(len(c.in)-head) {
		c.bad = true
		return nil
	}
	end := head + int(size)
	key := c.in[head:end]
	c.in = c.in[end:]
	return key
}

// take skips a value that nobody asked for.
func (c *coder) take() {
	n, ok := span(c.in, nil)
	if !ok {
		c.bad = true
		return
	}
	c.in = c.in[n:]
}

// readNumber reads an integer that is not below zero.
func (c *coder) readNumber() uint64 {
	n, negative := c.readInteger()
	c.bad = c.bad || negative
	return n
}

// readInteger reads any integer, in two's complement, and tells whether it is below zero.
func (c *coder) readInteger() (n uint64, negative bool) {
	if len(c.in) == 0 {
		c.bad = true
		return 0, false
	}
	first := c.in[0]
	b := c.payload(formInteger)
	if c.bad {
		return 0, false
	}
	signed := first >= 0xd0 // 0xd0…0xd3, or a negative number in the lead itself
	if signed && b[0] >= 0x80 {
		n, negative = ^uint64(0), true
	}
	for _, d := range b {
		n = n<<8 | uint64(d)
	}
	return n, negative
}
