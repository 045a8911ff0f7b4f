// Package eventlist reads the log for people: the events that somebody may see, filtered, newest first, in pages. It
// changes nothing and keeps nothing: every page asks for the rights of its moment, event by event.
//
// A page ends by count or by how much was looked at, and says where the next one begins; positions never change, so that
// paging through a log that grows shows every event once. It runs in readers, on whichever goroutine reads.
package eventlist
