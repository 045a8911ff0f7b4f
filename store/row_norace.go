//go:build !race

package store

func (t Table[T, P]) unchanged(*Row, []byte) {}

func (t Table[T, P]) untouched(Reader, []byte) {}
