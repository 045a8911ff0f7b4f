// Package memory keeps a store and blobs in memory: the store's contract in its strictest form, for tests.
//
// Nothing survives the process and nothing is ever full unless SetFull says so. It is strict on purpose: the key and
// value of a scan are overwritten at the next step, so that code which keeps them fails here and not in production.
//
// A commit builds a new tree that shares all it did not change with the one before (path copying); a View holds the
// root that was current when it began, so a snapshot costs nothing and is never disturbed. Any goroutine may call.
package memory
