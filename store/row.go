package store

// Row is a value at a key, as a Keeper has it.
type Row struct {
	Value  []byte
	record any // what it decodes to: a pointer to a table's struct; nil until somebody asked
}

// Keeper is a Reader that keeps rows which are read again and again, so that each is decoded once.
type Keeper interface {
	Reader
	// Row is like Get. The row is good until the next call of the Keeper; nobody else uses it meanwhile.
	Row(key []byte) (*Row, error)
}

// kept reads a record off a row, and leaves what it decodes to there.
func (t Table[T, P]) kept(k Keeper, key []byte) (T, error) {
	row, err := k.Row(key)
	if err != nil {
		var zero T
		return zero, err
	}
	t.unchanged(row, key)
	if v, ok := row.record.(*T); ok {
		return *v, nil
	}
	v, err := t.Decode(key, row.Value)
	if err == nil {
		row.record = &v
	}
	return v, err
}
