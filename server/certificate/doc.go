// Package certificate says where TLS comes from: files that are read again when they change, an ACME authority, or
// nowhere, because a proxy in front ends TLS.
//
// It never listens and never judges a request (package peer does). A certificate that cannot be read at the start is an
// error; one that cannot be read later leaves the last good one in use and says so in the log.
//
// server calls the constructors once; the tls.Config they give is used by the listener from any goroutine.
package certificate
