package inbox

import (
	"iter"

	"beseda/protocol"
)

// slab is how many entries are made at once: few that are never used, and whole pages of memory.
const slab = 1024

// slabs are the entries by number: where one stands it stays.
type slabs [][]entry

// at finds a conversation; nil where there is none.
func (s slabs) at(n protocol.Number) *entry {
	if n/slab >= protocol.Number(len(s)) {
		return nil
	}
	if e := &s[n/slab][n%slab]; e.number != 0 {
		return e
	}
	return nil
}

// place is where a conversation that is new will stand.
func (s *slabs) place(n protocol.Number) *entry {
	for n/slab >= protocol.Number(len(*s)) {
		*s = append(*s, make([]entry, slab))
	}
	return &(*s)[n/slab][n%slab]
}

// from walks the conversations from a number on, ascending.
func (s slabs) from(n protocol.Number) iter.Seq[*entry] {
	return func(yield func(*entry) bool) {
		for ; n/slab < protocol.Number(len(s)); n += slab - n%slab {
			some := s[n/slab][n%slab:]
			for i := range some {
				if e := &some[i]; e.number != 0 && !yield(e) {
					return
				}
			}
		}
	}
}

// entry finds a conversation of the list; nil where there is none. The mutex is held, here and below.
func (in *Inbox) entry(n protocol.Number) *entry { return in.entries.at(n) }

// each walks all conversations, ascending by number.
func (in *Inbox) each() iter.Seq[*entry] { return in.entries.from(0) }
