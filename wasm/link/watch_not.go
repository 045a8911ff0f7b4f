//go:build tinygo && !console

package link

import "beseda/protocol"

// A visitor's build knows one thread and watches nothing.

type watch struct{}

func (l *Link) rewatch(int64, Conn) {}

func (l *Link) unwatched() {}

func (l *Link) denied(protocol.CommandID) {}

func (l *Link) heldOf(protocol.Number) *protocol.Position { return nil }

func (l *Link) notice(now int64, f *protocol.Frame) bool {
	if f.ID != "" {
		return l.answered(now, f)
	}
	return true
}

func (l *Link) follows(*Entry) bool { return true }

func (l *Link) elsewhere(*Entry, protocol.Number) bool { return false }

func (l *Link) position(protocol.Number) protocol.Position { return l.held }
