// Package demo furnishes an empty house for `beseda demo`: operators, channels and a few days of conversations, and the
// shop in front of it.
//
// Seed writes nothing by itself but files and passwords: it plays a script through the real engine and desk, under a
// clock that walks through the last days, so that every row it leaves is one that people could have made. The same
// clock, ids and randomness make the same house. It never touches a store that has a log.
//
// Shop is the other site: pages that embed the widget as a customer's pages do, on a host of their own. Two hosts of
// one listener are two sites to a browser: the shop is http://localhost:PORT, Beseda http://127.0.0.1:PORT.
//
// Both are called by the command line's demo and by tests. Seed runs once, on its caller's goroutine, before the
// server opens the store; Shop's handler holds no state and is safe for concurrent use.
package demo
