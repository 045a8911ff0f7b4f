package protocol

// coder is the small codec of the browsers' programs: one walk over a struct's fields counts, writes or reads them.
// Every wire struct lists its fields once, in method fields, in the order of its declaration. Generated methods would
// cost the visitor's widget half of its size and the console a third, with what they import. It writes the same bytes
// as they do, which tests hold.
type coder struct {
	mode mode
	// count of the fields that are set, while counting.
	count uint32
	// out is what was written.
	out []byte
	// in is what is left to read, key the field whose value stands there, and met whether a field of that name took it.
	in  []byte
	key []byte
	met bool
	// bad: something had not the shape of its field. What was read until then stays; the caller drops it.
	bad bool
}

type mode byte

const (
	counting mode = iota
	writing
	reading
)

// presence says when a field is written.
type presence bool

const (
	always presence = true
	ifSet  presence = false // left out while it is zero
)

// record is a struct that lists its fields.
type record interface{ fields(*coder) }

// encode appends a record.
func (c *coder) encode(v record) {
	c.mode, c.count = counting, 0
	v.fields(c)
	c.out = appendHead(c.out, emptyMap, 0x0f, 0xde, c.count)
	c.mode = writing
	v.fields(c)
}

// decode reads a record; fields that it does not know are skipped, and those that are not there stay as they are.
func (c *coder) decode(v record) {
	c.mode = reading
	n := c.open(formMap)
	for ; n > 0 && !c.bad; n-- {
		c.key, c.met = c.name(), false
		if c.bad {
			return
		}
		v.fields(c)
		if !c.met {
			c.take()
		}
	}
	c.met = true // back in the field of the record around this one: its other fields have no business here
}

// turn tells whether a field's value is to be written or read now. Where the coder writes, its name is written.
func (c *coder) turn(name string, set bool) bool {
	switch c.mode {
	case counting:
		if set {
			c.count++
		}
		return false
	case writing:
		if set {
			c.out = appendText(c.out, name)
		}
		return set
	}
	if c.met || c.bad || string(c.key) != name {
		return false
	}
	c.met = true
	return true
}

func (c *coder) text(name string, v *string, p presence) {
	if !c.turn(name, p == always || *v != "") {
		return
	}
	if c.mode == writing {
		c.out = appendText(c.out, *v)
	} else {
		*v = c.readText()
	}
}

func (c *coder) flag(name string, v *bool, p presence) {
	if !c.turn(name, p == always || *v) {
		return
	}
	if c.mode == reading {
		b := c.payload(formBool)
		*v = !c.bad && b[0] == leadTrue
	} else if *v {
		c.out = append(c.out, leadTrue)
	} else {
		c.out = append(c.out, leadFalse)
	}
}

func (c *coder) number(name string, v *uint64, p presence) {
	if !c.turn(name, p == always || *v != 0) {
		return
	}
	if c.mode == writing {
		c.out = appendNumber(c.out, *v)
		return
	}
	if n := c.readNumber(); !c.bad {
		*v = n
	}
}

func (c *coder) integer(name string, v *int64, p presence) {
	if !c.turn(name, p == always || *v != 0) {
		return
	}
	if c.mode == writing {
		c.out = appendInteger(c.out, *v)
		return
	}
	n, negative := c.readInteger()
	if !negative && n > 1<<63-1 {
		c.bad = true
		return
	}
	*v = int64(n)
}

// small is integer for an int, which has 32 bits in TinyGo.
func (c *coder) small(name string, v *int, p presence) {
	wide := int64(*v)
	c.integer(name, &wide, p)
	if int64(int(wide)) != wide {
		c.bad = true
		return
	}
	*v = int(wide)
}

func (c *coder) raw(name string, v *Raw) {
	if !c.turn(name, len(*v) != 0) {
		return
	}
	if c.mode == writing {
		c.out = append(c.out, *v...)
		return
	}
	rest, err := v.UnmarshalMsg(c.in)
	if err != nil {
		c.bad = true
		return
	}
	c.in = rest
}

// object is a record inside a record, always there.
func (c *coder) object(name string, v record) {
	if !c.turn(name, true) {
		return
	}
	if c.mode == reading {
		c.decode(v)
	} else {
		c.encode(v)
	}
}

// pointed is a pointer to a record, P, of type T.
type pointed[T any] interface {
	*T
	record
}

// optional is a record behind a pointer, left out while that is nil.
func optional[T any, P pointed[T]](c *coder, name string, v *P) {
	if !c.turn(name, *v != nil) {
		return
	}
	switch {
	case c.mode == writing:
		c.encode(*v)
	case len(c.in) > 0 && c.in[0] == leadNil:
		c.in, *v = c.in[1:], nil
	default:
		if *v == nil {
			*v = new(T)
		}
		c.decode(*v)
	}
}

// list is a slice of records, left out while it is nil. It grows as elements come, not as their count promises.
func list[T any, P pointed[T]](c *coder, name string, v *[]T) {
	if !c.turn(name, *v != nil) {
		return
	}
	if c.mode == writing {
		c.out = appendHead(c.out, 0x90, 0x0f, 0xdc, uint32(len(*v)))
		for i := range *v {
			c.encode(P(&(*v)[i]))
		}
		return
	}
	*v = (*v)[:0]
	for n := c.open(formArray); n > 0 && !c.bad; n-- {
		*v = append(*v, *new(T))
		c.decode(P(&(*v)[len(*v)-1]))
	}
	c.met = true
}

// texts is a slice of strings, left out while it is nil.
func texts[S ~string](c *coder, name string, v *[]S) {
	if !c.turn(name, *v != nil) {
		return
	}
	if c.mode == writing {
		c.out = appendHead(c.out, 0x90, 0x0f, 0xdc, uint32(len(*v)))
		for _, s := range *v {
			c.out = appendText(c.out, string(s))
		}
		return
	}
	*v = (*v)[:0]
	for n := c.open(formArray); n > 0 && !c.bad; n-- {
		*v = append(*v, S(c.readText()))
	}
}

// numbers is a slice of numbers, left out while it is nil.
func numbers[N ~uint64](c *coder, name string, v *[]N) {
	if !c.turn(name, *v != nil) {
		return
	}
	if c.mode == writing {
		c.out = appendHead(c.out, 0x90, 0x0f, 0xdc, uint32(len(*v)))
		for _, n := range *v {
			c.out = appendNumber(c.out, uint64(n))
		}
		return
	}
	*v = (*v)[:0]
	for n := c.open(formArray); n > 0 && !c.bad; n-- {
		*v = append(*v, N(c.readNumber()))
	}
}
