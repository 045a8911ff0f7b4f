package link

import "beseda/protocol"

// random is a small generator (xorshift128+): for ids that must not meet and for waits that must not agree. Nothing
// secret comes from it.
type random [2]uint64

func (r *random) next() uint64 {
	a, b := r[0], r[1]
	r[0] = b
	a ^= a << 23
	r[1] = a ^ b ^ a>>17 ^ b>>26
	return r[1] + b
}

// below is a number from 0 to n-1.
func (r *random) below(n uint64) uint64 { return r.next() % n }

// ids makes ULIDs: 48 bits of time, 80 of chance, as 26 digits of Crockford's base 32. Those of one millisecond count
// up, so that they sort in the order they were made.
type ids struct {
	at   int64
	high uint16
	low  uint64
}

// follow makes the next id one of a later millisecond: it sorts after what another page made then.
func (i *ids) follow(at int64, r *random) {
	if at >= i.at {
		i.at, i.high, i.low = at+1, uint16(r.next()), r.next()
	}
}

const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

func (i *ids) next(now int64, r *random) protocol.CommandID {
	if now > i.at {
		i.at, i.high, i.low = now, uint16(r.next()), r.next()
	} else if i.low++; i.low == 0 {
		i.high++
	}
	var text [26]byte
	time := uint64(i.at)
	for at := 9; at >= 0; at-- {
		text[at] = digits[time&31]
		time >>= 5
	}
	high, low := uint64(i.high), i.low
	for at := 25; at >= 10; at-- {
		text[at] = digits[low&31]
		low = low>>5 | high<<59
		high >>= 5
	}
	return protocol.CommandID(text[:])
}
