package inbox

import (
	"encoding/binary"
	"iter"

	"beseda/protocol"
)

// latest are the newest conversations of threads, by four bytes of the thread's id: whole ones would be half of what a
// conversation takes. Each entry says which one was before it; the few threads that share these bytes are one list.
// There is memory for fewer conversations than a value can count.
type latest map[uint32]uint32

// short is the part of a thread's id in which ids made together differ.
func (b bits) short() uint32 { return binary.BigEndian.Uint32(b[len(b)-4:]) }

// inThread walks the live conversations of a thread, the newest first. The mutex is held, here and below.
func (in *Inbox) inThread(id bits) iter.Seq[*entry] {
	return func(yield func(*entry) bool) {
		for e := in.entry(in.newest(id)); e != nil; e = in.entry(e.previous) {
			if e.thread == id && !yield(e) {
				return
			}
		}
	}
}

// newest is where the list begins that a thread's conversations are in; 0 where there is none.
func (in *Inbox) newest(id bits) protocol.Number { return protocol.Number(in.latest[id.short()]) }

// join lists a conversation in its thread, and leave ends that.
func (in *Inbox) join(e *entry) {
	var later *entry
	e.previous = in.newest(e.thread)
	for e.previous > e.number {
		later = in.entry(e.previous)
		e.previous = later.previous
	}
	in.link(e.thread, later, e.number)
}

func (in *Inbox) leave(e *entry) {
	var later *entry
	for n := in.newest(e.thread); n > e.number; n = later.previous {
		later = in.entry(n)
	}
	in.link(e.thread, later, e.previous)
}

// link says which conversation is before a later one; where there is no later one, it is the newest.
func (in *Inbox) link(thread bits, later *entry, n protocol.Number) {
	switch {
	case later != nil:
		later.previous = n
	case n == 0:
		delete(in.latest, thread.short())
	default:
		in.latest[thread.short()] = uint32(n)
	}
}
