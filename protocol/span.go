package protocol

import "errors"

// ErrMalformed says that bytes are no MessagePack within bounds, or not of the shape that was asked for.
var ErrMalformed = errors.New("malformed")

// Bounds of what is read from a peer, whatever it claims. No frame comes near them.
const (
	maxDepth    = 16      // collections inside collections
	maxElements = 1 << 14 // of one array, or pairs of one map
)

// form is what an object is, read from its first byte.
type form byte

const (
	formNone form = iota // no object begins like this
	formNil
	formBool
	formInteger
	formFloat
	formText
	formBytes
	formExtension
	formArray
	formMap
)

const (
	leadNil   = 0xc0
	leadFalse = 0xc2
	leadTrue  = 0xc3
)

// lead reads the head of the object that b begins with: its form, the length of the head, and then, for text, bytes,
// numbers and extensions, the length of the payload, for arrays the count of elements, for maps the count of pairs.
//
//	head(1..6) payload(size)     text, bytes, numbers, extensions
//	head(1..5) size objects      array
//	head(1..5) 2·size objects    map
//
// It promises only that the head itself is there.
func lead(b []byte) (f form, head int, size uint32) {
	if len(b) == 0 {
		return formNone, 0, 0
	}
	c := b[0]
	switch {
	case c < 0x80 || c >= 0xe0:
		return formInteger, 1, 0
	case c < 0x90:
		return formMap, 1, uint32(c & 0x0f)
	case c < 0xa0:
		return formArray, 1, uint32(c & 0x0f)
	case c < 0xc0:
		return formText, 1, uint32(c & 0x1f)
	case c == leadNil:
		return formNil, 1, 0
	case c == leadFalse || c == leadTrue:
		return formBool, 1, 0
	case c == 0xca || c == 0xcb:
		return formFloat, 1, 4 << (c - 0xca)
	case c >= 0xcc && c <= 0xcf:
		return formInteger, 1, 1 << (c - 0xcc)
	case c >= 0xd0 && c <= 0xd3:
		return formInteger, 1, 1 << (c - 0xd0)
	case c >= 0xd4 && c <= 0xd8: // the extension's own type is one byte more of payload
		return formExtension, 1, 1<<(c-0xd4) + 1
	}
	width, extra := 0, uint32(0)
	switch {
	case c >= 0xc4 && c <= 0xc6:
		f, width = formBytes, 1<<(c-0xc4)
	case c >= 0xc7 && c <= 0xc9:
		f, width, extra = formExtension, 1<<(c-0xc7), 1
	case c >= 0xd9 && c <= 0xdb:
		f, width = formText, 1<<(c-0xd9)
	case c == 0xdc || c == 0xdd:
		f, width = formArray, 2<<(c-0xdc)
	case c == 0xde || c == 0xdf:
		f, width = formMap, 2<<(c-0xde)
	}
	if f == formNone || len(b) < 1+width {
		return formNone, 0, 0
	}
	for _, d := range b[1 : 1+width] {
		size = size<<8 | uint32(d)
	}
	if size+extra < size {
		return formNone, 0, 0
	}
	return f, 1 + width, size + extra
}

// span measures the object that b begins with, and everything in it, and tells whether it is whole and within bounds.
// It allocates nothing and does not recurse. Text, if not nil, judges the payload of every string.
func span(b []byte, text func([]byte) bool) (n int, ok bool) {
	var left [maxDepth + 1]uint32 // objects still to come, per open collection
	depth := 0
	left[0] = 1
	for {
		for left[depth] == 0 {
			if depth == 0 {
				return n, true
			}
			depth--
		}
		left[depth]--
		f, head, size := lead(b[n:])
		if f == formNone {
			return 0, false
		}
		n += head
		if f == formArray || f == formMap {
			if size > maxElements || depth == maxDepth {
				return 0, false
			}
			if f == formMap {
				size *= 2
			}
			depth++
			left[depth] = size
			continue
		}
		if size > uint32(len(b)-n) {
			return 0, false
		}
		if f == formText && text != nil && !text(b[n:n+int(size)]) {
			return 0, false
		}
		n += int(size)
	}
}
