package badgerdb

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"

	"beseda/store"
)

// Spaces are the first byte of every Badger key.
const (
	dataSpace byte = 'd'
	metaSpace byte = 'm'
)

// sealBytes is what a record's value carries beyond the store's own.
const sealBytes = crc32.Size

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// seal appends value and its checksum to dst. badgerKey is the key with its space.
func seal(dst, badgerKey, value []byte) []byte {
	dst = append(dst, value...)
	return binary.BigEndian.AppendUint32(dst, checksum(badgerKey, value))
}

// unseal returns the value that seal was given, as a part of sealed; a *store.CorruptError for anything else.
func unseal(badgerKey, sealed []byte) ([]byte, error) {
	n := len(sealed) - sealBytes
	switch {
	case n <= 0:
		return nil, &store.CorruptError{Key: bytes.Clone(badgerKey[1:]), Reason: "empty value"}
	case binary.BigEndian.Uint32(sealed[n:]) != checksum(badgerKey, sealed[:n]):
		return nil, &store.CorruptError{Key: bytes.Clone(badgerKey[1:]), Reason: "checksum does not match"}
	}
	return sealed[:n:n], nil
}

func checksum(badgerKey, value []byte) uint32 {
	return crc32.Update(crc32.Checksum(badgerKey, castagnoli), castagnoli, value)
}
