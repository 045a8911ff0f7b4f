package store

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"iter"

	"github.com/tinylib/msgp/msgp"
)

// record is what a table holds: a pointer to a struct with generated MessagePack methods.
type record[T any] interface {
	*T
	msgp.Marshaler
	msgp.Unmarshaler
	msgp.Sizer
}

// Table is a typed view of the keys that begin with one byte. Its parts (uint64 or string kinds) make the rest.
type Table[T any, P record[T]] struct {
	Name    string // for errors and check
	Prefix  byte
	Version byte // of new records; older ones are still read
}

// Key builds a table's key. Parts are unsigned numbers or strings without zero bytes.
func (t Table[T, P]) Key(parts ...Part) []byte {
	n := 1
	for _, p := range parts {
		n += p.len()
	}
	key := append(make([]byte, 0, n), t.Prefix)
	for i, p := range parts {
		key = p.append(key, i == len(parts)-1)
	}
	return key
}

// Under is the range of all records whose key begins with these parts.
func (t Table[T, P]) Under(parts ...Part) Range {
	key := []byte{t.Prefix}
	for _, p := range parts {
		key = p.append(key, false)
	}
	return Prefix(key)
}

// Get reads one record; ErrNotFound, *CorruptError. Others may have been given the same one: nobody changes in place what
// its slices and pointers lead to.
func (t Table[T, P]) Get(r Reader, parts ...Part) (T, error) {
	key := t.Key(parts...)
	if k, ok := r.(Keeper); ok {
		return t.kept(k, key)
	}
	value, err := r.Get(key)
	if err != nil {
		var zero T
		return zero, err
	}
	return t.Decode(key, value)
}

// Put writes one record.
func (t Table[T, P]) Put(tx Tx, v T, parts ...Part) error {
	key := t.Key(parts...)
	t.untouched(tx, key)
	value, err := t.Encode(v)
	if err != nil {
		return fmt.Errorf("encode %s: %w", t.Name, err)
	}
	return tx.Put(key, value)
}

// Delete removes one record; it is no error where there is none.
func (t Table[T, P]) Delete(tx Tx, parts ...Part) error { return tx.Delete(t.Key(parts...)) }

// Scan walks a range of the table's keys.
func (t Table[T, P]) Scan(r Reader, rng Range) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for e, err := range r.Scan(rng) {
			var v T
			if err == nil {
				v, err = t.Decode(e.Key, e.Value)
			}
			if !yield(v, err) || err != nil {
				return
			}
		}
	}
}

// Encode makes a record's value.
func (t Table[T, P]) Encode(v T) ([]byte, error) {
	p := P(&v)
	return p.MarshalMsg(append(make([]byte, 0, 1+p.Msgsize()), t.Version))
}

// Decode reads a record's value; key is for the error.
func (t Table[T, P]) Decode(key, value []byte) (T, error) {
	var v T
	switch {
	case len(value) == 0:
		return v, &CorruptError{Key: clone(key), Reason: "empty value"}
	case value[0] == 0 || value[0] > t.Version:
		return v, &CorruptError{Key: clone(key), Reason: fmt.Sprintf("%s version %d is unknown", t.Name, value[0])}
	}
	if _, err := P(&v).UnmarshalMsg(value[1:]); err != nil {
		return v, &CorruptError{Key: clone(key), Reason: t.Name + ": " + err.Error()}
	}
	return v, nil
}

func clone(b []byte) []byte { return append([]byte(nil), b...) }

// Part is one component of a key: Num or Text.
type Part struct {
	text string
	num  uint64
	kind byte // 'n' or 't'
}

// Num is a number in a key, 8 bytes big-endian.
func Num[N ~uint64](n N) Part { return Part{num: uint64(n), kind: 'n'} }

// Text is an identifier in a key, ended by a zero byte unless it is the last part.
func Text[S ~string](s S) Part { return Part{text: string(s), kind: 't'} }

// LastNum reads the number that ends a key.
func LastNum[N ~uint64](key []byte) N {
	return N(binary.BigEndian.Uint64(key[len(key)-8:]))
}

// FirstText reads the identifier that begins a key, as Scan gives keys: after the table's byte, up to a zero byte or the
// end. A key that begins with a number is not for it.
func FirstText[S ~string](key []byte) S {
	text, _, _ := bytes.Cut(key[1:], []byte{0})
	return S(text)
}

func (p Part) len() int {
	if p.kind == 'n' {
		return 8
	}
	return len(p.text) + 1
}

func (p Part) append(key []byte, last bool) []byte {
	if p.kind == 'n' {
		return binary.BigEndian.AppendUint64(key, p.num)
	}
	key = append(key, p.text...)
	if !last {
		key = append(key, 0)
	}
	return key
}
