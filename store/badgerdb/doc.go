// Package badgerdb is the durable store: the only importer of Badger. It keeps records in one Badger and attachments'
// content in another, beside each other in one folder, and trusts neither: every record carries a checksum over key and
// value, and Badger's files are read through before Badger may open them, because Badger answers a damaged file with
// silence (a bad block reads as "not found", a bad write-ahead file is cut short) or ends the process.
//
// It knows no tables and no rules, never retries and never repairs by itself.
//
// # The folder
//
//	DIR/format       "beseda store 1": written first, so that a newer folder is refused before anything is touched
//	    lock         held while open
//	    ballast      real bytes, given back when the disk is full
//	    main/        Badger: records            main.mark    the last batch acknowledged
//	    blobs/       Badger: content            blobs.mark
//
// # A record in Badger
//
//	key    'd' key                    the store's own key
//	       'm' name                   what the engine notes for itself: "serial", the number of the last batch
//	value  value… crc32c(4)           over the whole Badger key and the value, so that swapped records are found
//
// # What is promised
//
// Commit returns nil only after fsync. Batches are numbered without gaps; the number is part of the batch, and is noted
// in DIR/*.mark after it was acknowledged. On opening, the numbers in the write-ahead files, in the tables and in the
// mark must agree: so lost acknowledged batches are found even where Badger sees a clean end of file. After a failed
// write nothing more is accepted until the store is opened again, because nobody knows what a failed fsync has kept.
//
// Badger maps its files: a write to a full disk would end the process with SIGBUS. So below a watermark of free space
// Commit and Put answer ErrFull before Badger is touched, and opening refuses where there is no room even for that.
//
// # What leaves
//
// Badger keeps what was deleted or overwritten for as long as nothing compels it to go. Purge does (see purge.go), while
// the store is read and written as ever, and returns nil only after it has looked at every version in every table.
//
// # Goroutines
//
// Everything is safe for concurrent use. Commits wait for each other; views never wait. Only Badger has goroutines of
// its own, until Close.
package badgerdb
