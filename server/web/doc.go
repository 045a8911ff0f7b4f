// Package web is everything over HTTP but the socket: one table of routes, the pages and their headers, signing in and
// setting up, files in and out. It asks auth who somebody is, the desk what they may, and streams; it keeps nothing.
//
// Every answer carries nosniff and a strict Content-Security-Policy without inline script; every refusal is JSON of the
// same shape as on the socket: {"code":…,"reason":…,"retry_ms":…}. A request that changes something needs the console's
// own Origin and the header Beseda-Request, which no form can send.
//
// A request has ten seconds for its body and a minute for its answer (Prompt, which the listener's server puts in front);
// files and assets keep a pace instead.
//
// Goroutines: those of net/http. Downloads and uploads end when the proof they stand on is revoked.
package web
