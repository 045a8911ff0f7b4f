// Package store is what is durable and knows no rules: an ordered map of bytes behind Reader and Tx, typed tables and
// records over it, the log, and blobs. It imports only protocol.
//
// # Keys
//
// Every key begins with its workspace (Scope adds and removes it, so nothing above can cross that border), then one
// byte for the table, then the parts of the record's key: numbers as 8 bytes big-endian, identifiers as their text
// followed by a zero byte unless last. So key order is reading order.
//
//	workspace(4) table(1) parts...
//	             'l' position            → protocol.Frame   the log; items appear without body
//	             'i' thread 0 position   → protocol.Frame   an item with its body: stored once, sent as it is
//	             't' thread              → Thread
//	             'c' number              → Conversation
//	             …
//
// # Values
//
// A value is one version byte and the record's MessagePack; engines add a CRC32C over key and value. An empty or
// unreadable value is corruption: it is reported with its key and never served.
//
// # Who calls
//
// Reads come from any goroutine, each on a snapshot. Business state is written by the engine's writer alone; secrets
// (sessions, passwords, tokens) are written by package auth, to tables of their own.
package store
