package badgerdb

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"beseda/store"
)

// BenchmarkPurge purges a store of some hundred megabytes after little of it was erased, as it is done each time.
func BenchmarkPurge(b *testing.B) {
	db, err := Open(b.TempDir(), Options{Ballast: -1})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	rnd := rand.New(rand.NewPCG(1, 2))
	const records, size = 150_000, 1000
	var batch []store.Write
	for i := range records {
		value := make([]byte, size)
		for j := range value {
			value[j] = byte(rnd.Uint32())
		}
		if batch = append(batch, store.Write{Key: fmt.Appendf(nil, "key%08d", i), Value: value}); len(batch) == 500 {
			if err := db.Commit(batch); err != nil {
				b.Fatal(err)
			}
			batch = batch[:0]
		}
	}
	for round := 0; b.Loop(); round++ {
		b.StopTimer()
		var gone []store.Write
		for i := range 200 {
			gone = append(gone, store.Write{Key: fmt.Appendf(nil, "key%08d", (i*751+round)%records)})
		}
		if err := db.Commit(gone); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		if err := db.Purge(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(records*size/1e6, "MB")
}
