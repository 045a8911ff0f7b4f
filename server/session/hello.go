package session

import (
	"beseda/protocol"
)

// greet answers the first frame. An error is a refusal of who comes, and the end.
func (s *session) greet(f protocol.Frame, refusal *protocol.Refusal) error {
	s.shake.hello = f.ID
	if refusal != nil {
		return refusal
	}
	if f.Kind != protocol.KindHello {
		return protocol.Refuse(protocol.CodeInvalid, "hello comes first")
	}
	body, refusal := protocol.Decode(f, protocol.FromAnyone)
	if refusal != nil {
		return refusal
	}
	hello := body.(*protocol.Hello)
	welcome := s.welcomeOperator
	if hello.Channel != "" {
		welcome = s.welcomeVisitor
	}
	w, err := welcome(hello)
	if err != nil {
		r := Refused(err, s.NewID, s.Log)
		return protocol.Refuse(r.Code, r.Reason)
	}
	s.shake = nil
	w.Version, w.Now = protocol.Version, s.Now().UnixMilli()
	s.greeted = true
	s.known(s)
	s.wire.greeted()
	s.listener.Greet(s.packet(protocol.KindWelcome, f.ID, w), w.Position)
	return nil
}
