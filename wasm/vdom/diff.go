package vdom

// The operations of a patch; doc.go has the format.
const (
	opElement = 1 + iota
	opText
	opInsert
	opRemove
	opAt
	opSet
	opUnset
	opOn
	opOff
	opData
)

// scratch is working space for one parent's children; a level of the tree takes its part from the end.
type scratch struct {
	old  []int32 // children before; of those that have a new self, the complement
	new  []int32 // children after
	from []int32 // of each child after: its place in old, or -1
	tail []int32 // longest run that may stay: see stay
	prev []int32
}

// children makes the children of node w of the old view into those of node n of the new one, in the page's element id.
func (b *Builder) children(w, n int32, id uint32) {
	s := &b.walk
	old0, new0 := len(s.old), len(s.new)
	for c := b.was.nodes[w].first; c != 0; c = b.was.nodes[c].next {
		s.old = append(s.old, c)
	}
	for c := b.now.nodes[n].first; c != 0; c = b.now.nodes[c].next {
		s.new = append(s.new, c)
		s.from = append(s.from, -1)
	}
	b.match(old0, new0)

	// First what stays, so that its number is known to those that come before it.
	for i := new0; i < len(s.new); i++ {
		if f := s.from[i]; f >= 0 {
			b.update(^s.old[f], s.new[i])
		}
	}
	for _, o := range s.old[old0:] {
		if o >= 0 {
			b.op(opRemove)
			b.number(b.was.nodes[o].id)
			b.release(o)
		}
	}

	b.stay(new0)
	ref := uint32(0)
	for i := len(s.new) - 1; i >= new0; i-- {
		c := s.new[i]
		switch {
		case s.from[i] == -1:
			b.create(c, 0)
			b.insert(id, b.now.nodes[c].id, ref)
		case s.from[i] == moves:
			b.insert(id, b.now.nodes[c].id, ref)
		}
		ref = b.now.nodes[c].id
	}
	s.old, s.new, s.from = s.old[:old0], s.new[:new0], s.from[:new0]
}

// match finds for each new child its old self. The search goes on where the last one was found, so that lists that
// changed little are walked once.
func (b *Builder) match(old0, new0 int) {
	s := &b.walk
	next := old0
	for i := new0; i < len(s.new); i++ {
		c := &b.now.nodes[s.new[i]]
		for tries := len(s.old) - old0; tries > 0; tries-- {
			if next == len(s.old) {
				next = old0
			}
			o := s.old[next]
			if o >= 0 && c.same(&b.was.nodes[o]) {
				s.from[i] = int32(next)
				s.old[next] = ^o
				next++
				break
			}
			next++
		}
	}
}

// moves marks in scratch.from a child that has to change its place.
const moves = -2

// stay marks as moving all children but a longest increasing run of old places: those keep theirs.
func (b *Builder) stay(new0 int) {
	s := &b.walk
	tail, prev := s.tail[:0], s.prev[:0] // tail[k]: the child that ends the best run of length k+1
	for i := new0; i < len(s.new); i++ {
		prev = append(prev, -1)
		f := s.from[i]
		if f < 0 {
			continue
		}
		lo, hi := 0, len(tail)
		for lo < hi {
			if mid := (lo + hi) / 2; s.from[tail[mid]] < f {
				lo = mid + 1
			} else {
				hi = mid
			}
		}
		if lo > 0 {
			prev[i-new0] = tail[lo-1]
		}
		if lo == len(tail) {
			tail = append(tail, int32(i))
		} else {
			tail[lo] = int32(i)
		}
	}
	kept := int32(-1)
	if len(tail) > 0 {
		kept = tail[len(tail)-1]
	}
	for i := int32(len(s.new)) - 1; i >= int32(new0); i-- {
		if i == kept {
			kept = prev[i-int32(new0)]
		} else if s.from[i] >= 0 {
			s.from[i] = moves
		}
	}
	s.tail, s.prev = tail, prev
}

// update makes an old node into its new self.
func (b *Builder) update(w, n int32) {
	old, now := &b.was.nodes[w], &b.now.nodes[n]
	id := old.id
	now.id = id
	if now.tag == text {
		if old.key != now.key {
			b.op(opAt)
			b.number(id)
			b.op(opData)
			b.string(now.key)
		}
		return
	}
	b.attributes(old, now, id)
	b.children(w, n, id)
}

// attributes sets what is new or differs and takes away what is gone.
func (b *Builder) attributes(old, now *node, id uint32) {
	was, is := b.was.attrs[old.from:old.to], b.now.attrs[now.from:now.to]
	at := false
	for i := range is {
		a := &is[i]
		if o := find(was, a, i); o == nil || *o != *a {
			at = b.at(id, at)
			b.set(a)
		}
	}
	for i := range was {
		a := &was[i]
		if find(is, a, i) == nil {
			at = b.at(id, at)
			if a.handler != 0 {
				b.op(opOff)
			} else {
				b.op(opUnset)
			}
			b.number(uint32(a.name))
		}
	}
}

// find looks for the attribute or event of the same name, at the same place first.
func find(list []attr, a *attr, hint int) *attr {
	if hint < len(list) && list[hint].name == a.name && (list[hint].handler != 0) == (a.handler != 0) {
		return &list[hint]
	}
	for i := range list {
		if list[i].name == a.name && (list[i].handler != 0) == (a.handler != 0) {
			return &list[i]
		}
	}
	return nil
}

// create makes a node and all in it; parent is the id after it, or 0 for a loose one.
func (b *Builder) create(n int32, parent uint32) {
	c := &b.now.nodes[n]
	c.id = b.take()
	if c.tag == text {
		b.op(opText)
		b.number(c.id)
		b.number(parent)
		b.string(c.key)
		return
	}
	b.op(opElement)
	b.number(c.id)
	b.number(uint32(c.tag))
	b.number(parent)
	for i := c.from; i < c.to; i++ {
		b.set(&b.now.attrs[i])
	}
	for k := c.first; k != 0; k = b.now.nodes[k].next {
		b.create(k, c.id+1)
	}
}

func (b *Builder) insert(parent, id, ref uint32) {
	b.op(opInsert)
	b.number(parent)
	b.number(id)
	b.number(ref)
}

func (b *Builder) set(a *attr) {
	if a.handler != 0 {
		b.op(opOn)
		b.number(uint32(a.name))
		b.number(uint32(a.handler))
	} else {
		b.op(opSet)
		b.number(uint32(a.name))
	}
	b.string(a.value)
}

// at names the current node once.
func (b *Builder) at(id uint32, done bool) bool {
	if !done {
		b.op(opAt)
		b.number(id)
	}
	return true
}

// take gives a number to a node: one that is free, else the next.
func (b *Builder) take() uint32 {
	if n := len(b.free); n > 0 {
		id := b.free[n-1]
		b.free = b.free[:n-1]
		return id
	}
	b.made++
	return b.made
}

// release gives back the numbers of an old node and of all in it.
func (b *Builder) release(w int32) {
	n := &b.was.nodes[w]
	b.free = append(b.free, n.id)
	for c := n.first; c != 0; c = b.was.nodes[c].next {
		b.release(c)
	}
}

func (b *Builder) op(op byte) { b.patch = append(b.patch, op) }

func (b *Builder) number(n uint32) {
	for n >= 0x80 {
		b.patch = append(b.patch, byte(n)|0x80)
		n >>= 7
	}
	b.patch = append(b.patch, byte(n))
}

func (b *Builder) string(s string) {
	b.number(uint32(len(s)))
	b.patch = append(b.patch, s...)
}
