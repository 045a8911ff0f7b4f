// Package peer tells who is at the other end of a request: from which address, and whether the way there keeps a
// secret. With a proxy in front both stand in headers that anybody can write, so they are believed from trusted
// addresses only.
//
// It never reads a body, keeps no state, and decides nothing: callers refuse by what it says.
//
// Rules are made once from the configuration and are safe for concurrent use, on any goroutine.
package peer
