package hub

import (
	"sync"

	"beseda/protocol"
)

// Packet is a frame with its encodings, made once for all who get it. Safe for concurrent use.
type Packet struct {
	Frame  protocol.Frame
	quotes []protocol.Number // the conversations whose messages it shows in quotes

	once sync.Once
	raw  []byte
	text sync.Once
	json []byte
}

// NewPacket wraps a frame.
func NewPacket(f protocol.Frame) *Packet { return &Packet{Frame: f} }

// Bytes is the frame in MessagePack; not to be changed.
func (p *Packet) Bytes() []byte {
	p.once.Do(func() { p.raw = protocol.AppendFrame(nil, &p.Frame) })
	return p.raw
}

// JSON is the frame in JSON with the end of its line; not to be changed. Empty for what has no such form, which is a
// mistake in the registry that its tests find.
func (p *Packet) JSON() []byte {
	p.text.Do(func() {
		if b, err := protocol.AppendJSON(nil, &p.Frame); err == nil {
			p.json = append(b, '\n')
		}
	})
	return p.json
}
