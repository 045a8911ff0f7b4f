package badgerdb

import (
	"log/slog"
	"time"

	"github.com/dgraph-io/badger/v4"
	boptions "github.com/dgraph-io/badger/v4/options"

	"beseda/store"
)

const (
	memTableBytes = 8 << 20
	// valueThreshold keeps every value in the tables: a failed sync of Badger's value log is only logged.
	valueThreshold = 1 << 20
	// levelZeroTables wait at the top before they are merged.
	levelZeroTables = 4
	// Badger closes a transaction at 15 % of a memtable, counting 96 bytes of its skip list for each key; we close at
	// 60 % of that.
	badgerBatchBytes = memTableBytes * 15 / 100
	badgerBatchKeys  = badgerBatchBytes / 96
	closedAt         = 60 // per cent
)

// limits of a batch. MaxValue leaves room for a chunk of a blob beside its record.
var limits = store.Limits{
	MaxKeys:  badgerBatchKeys * closedAt / 100,
	MaxBytes: badgerBatchBytes * closedAt / 100,
	MaxKey:   32 << 10,
	MaxValue: store.ChunkBytes,
}

// Options of a DB. The zero value is for life.
type Options struct {
	// Log gets what an operator should know; nil discards.
	Log *slog.Logger
	// Now dates blobs and paces the look at the disk; nil is time.Now.
	Now func() time.Time
	// Watermark is the free space in bytes below which nothing is stored. 0 is 256 MB, or 2 % of the disk where that
	// is more, up to 1 GB.
	Watermark int64
	// Ballast is the size in bytes of the file that is given back when the disk is full; 0 is 64 MB, negative none.
	Ballast int64
	// DiskFree measures the disk that holds a folder: bytes free to this process, and all; nil asks the system.
	DiskFree func(dir string) (free, total int64, err error)
	// AcceptLoss opens a folder whose damage was found and cannot be repaired: what is readable is served, what is lost
	// stays lost. For a person who has decided so, never by default.
	AcceptLoss bool
}

func (o Options) withDefaults() Options {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.DiskFree == nil {
		o.DiskFree = diskFree
	}
	switch {
	case o.Ballast == 0:
		o.Ballast = 64 << 20
	case o.Ballast < 0:
		o.Ballast = 0
	}
	return o
}

// badgerOptions are what both Badgers share. Small memtables make opening after a crash fast and memory flat. Tables are
// of one size on all levels, because compactions hold several in memory at once: by default they grow with the level.
// The sizes were measured.
func badgerOptions(dir string, tableBytes int64, log *slog.Logger) badger.Options {
	o := badger.DefaultOptions(dir)
	o.BaseTableSize, o.TableSizeMultiplier = tableBytes, 1
	return o.
		WithSyncWrites(true).
		WithDetectConflicts(false).
		WithMetricsEnabled(false).
		WithNumVersionsToKeep(1).
		WithMemTableSize(memTableBytes).
		WithNumMemtables(2).
		WithNumCompactors(2).
		// Few tables wait at the top: they bound what one compaction may need on the disk for a while (disk.go).
		WithNumLevelZeroTables(levelZeroTables).
		WithNumLevelZeroTablesStall(2 * levelZeroTables).
		WithNumGoroutines(1).
		WithValueThreshold(valueThreshold).
		WithValueLogFileSize(1 << 20). // nothing is ever written there; Badger maps twice this
		// Badger's own checks turn a bad block into a missing key; ours are made on opening and by each record.
		WithChecksumVerificationMode(boptions.NoVerification).
		WithLogger(badgerLog{log})
}

func mainOptions(dir string, log *slog.Logger) badger.Options {
	return badgerOptions(dir, 2<<20, log).
		WithCompression(boptions.Snappy).
		WithBlockCacheSize(16 << 20).
		WithIndexCacheSize(16 << 20)
}

// blobOptions compress nothing, since most files are compressed already; blocks are then read from the map and a cache
// of them would hold nothing but pointers.
func blobOptions(dir string, log *slog.Logger) badger.Options {
	return badgerOptions(dir, 8<<20, log).
		WithCompression(boptions.None).
		WithBlockCacheSize(0).
		WithIndexCacheSize(0)
}
