package session

import (
	"context"
	"runtime/debug"

	"nhooyr.io/websocket"

	"beseda/protocol"
	"beseda/server/hub"
	"beseda/store"
)

// maxWriteBytes is how much is put into one WebSocket message, unless one frame is longer.
const maxWriteBytes = 32 << 10

// write drains the outbox. It returns when the outbox is empty and nobody woke it meanwhile, or when it is over.
func (s *session) write() {
	s.pen.Lock()
	defer s.pen.Unlock()
	defer func() {
		if p := recover(); p != nil {
			s.Log.Error("panic in a session's writer", "err", p, "stack", string(debug.Stack()))
			s.listener.Close(protocol.Refuse(protocol.CodeInternal, ""))
		}
	}()
	for !s.over.Load() {
		woken := s.writes.Load()
		taken := s.listener.Take(s.mayRead)
		if taken.Empty() {
			if s.writes.CompareAndSwap(woken, 0) {
				return
			}
			continue
		}
		packets, err := s.packets(&taken)
		if err != nil {
			r := Refused(err, s.NewID, s.Log)
			s.listener.Close(protocol.Refuse(r.Code, r.Reason))
			return
		}
		if s.flush(packets) != nil {
			_ = s.wire.Close() // the peer is gone or reads nothing: the reader finds out
			return
		}
	}
}

func (s *session) mayRead(n protocol.Number) bool { return s.Hub.MayRead(s.listener, n) }

// packets is all that was taken as frames: lists and team are read now, so that only the newest is sent.
func (s *session) packets(t *hub.Taken) ([]*hub.Packet, error) {
	if s.listener.Viewer != nil {
		more, err := s.listPackets(t)
		return append(t.Packets, more...), err
	}
	if !t.Own {
		return t.Packets, nil
	}
	var own protocol.Conversations
	err := s.Engine.Read(func(r store.Reader) (err error) {
		own, err = s.ownPage(r, &protocol.ConversationsRead{})
		return err
	})
	return append(t.Packets, s.packet(protocol.KindConversations, "", &own)), err
}

// flush writes frames in order, as many in one message as fit.
func (s *session) flush(packets []*hub.Packet) error {
	if len(packets) == 1 {
		return s.send(s.bytes(packets[0])) // no copy: nobody changes it
	}
	var out []byte
	for _, p := range packets {
		b := s.bytes(p)
		if len(out) > 0 && len(out)+len(b) > maxWriteBytes {
			if err := s.send(out); err != nil {
				return err
			}
			out = out[:0]
		}
		out = append(out, b...)
	}
	if len(out) == 0 {
		return nil
	}
	return s.send(out)
}

func (s *session) bytes(p *hub.Packet) []byte {
	if s.json {
		return p.JSON()
	}
	return p.Bytes()
}

func (s *session) send(b []byte) error {
	kind := websocket.MessageBinary
	if s.json {
		kind = websocket.MessageText
	}
	return s.socket.Write(context.Background(), kind, b)
}

// answer queues an answer behind what is queued already: an event comes before the answer to its command.
func (s *session) answer(kind protocol.Kind, id protocol.CommandID, body protocol.Body) {
	s.listener.Answer(s.packet(kind, id, body), 0)
}

func (s *session) packet(kind protocol.Kind, id protocol.CommandID, body protocol.Body) *hub.Packet {
	return hub.NewPacket(protocol.Frame{
		Kind: kind, ID: id, At: s.Now().UnixMilli(), Body: protocol.EncodeBody(body),
	})
}

func (s *session) refuse(id protocol.CommandID, err error) {
	r := Refused(err, s.NewID, s.Log)
	s.answer(protocol.KindRefused, id, &r)
}
