//go:build race

package store

import (
	"fmt"
	"reflect"
)

// unchanged sees to it that nobody changes in place what a kept record leads to: whoever reads or writes there next under
// the race detector finds out.
func (t Table[T, P]) unchanged(row *Row, key []byte) {
	v, ok := row.record.(*T)
	if !ok {
		return
	}
	stored, err := t.Decode(key, row.Value)
	if err != nil || !reflect.DeepEqual(stored, *v) {
		panic(fmt.Sprintf("a record of %s at %q was changed in place: %+v, stored is %+v", t.Name, key, *v, stored))
	}
}

// untouched is unchanged for a key that is about to be written.
func (t Table[T, P]) untouched(r Reader, key []byte) {
	if k, ok := r.(Keeper); ok {
		if row, err := k.Row(key); err == nil {
			t.unchanged(row, key)
		}
	}
}
