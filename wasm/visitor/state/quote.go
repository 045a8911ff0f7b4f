package state

import (
	"strconv"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/link"
)

// MayQuote tells whether a message may answer another one here. Capabilities are said from the team's end.
func (s *State) MayQuote() bool {
	return s.Welcomed && (s.quoting == "" || s.quoting == protocol.CapabilityBoth || s.quoting == protocol.CapabilityReceive)
}

// Quoted is what is shown of the message that a draft, or a message on its way, answers: nil where that is none. Only its
// position is kept, so that nothing is left anywhere of what is erased. One of an older page has neither author nor text.
func (s *State) Quoted(at protocol.Position) *protocol.Quote {
	if at == 0 {
		return nil
	}
	q := &protocol.Quote{Message: at}
	for i := range s.Items {
		if item := &s.Items[i]; item.Position == at {
			q.Actor, q.Text = &item.Actor, cutRunes(item.Text, protocol.MaxExcerptRunes)
			if len(item.Files) > 0 {
				q.Attachment = item.Files[0].Kind
			}
			return q
		}
	}
	// All from the oldest that is held on is here.
	q.Gone = s.Welcomed && (!s.More || len(s.Items) > 0 && at > s.Items[0].Position) || within(s.erasures, at)
	return q
}

// quote has the draft answer a message, or none where that is 0.
func (s *State) quote(at protocol.Position, fx *bridge.Effects) {
	s.unbar()
	s.Draft.Quote = at
	s.keepQuote(fx)
	fx.Focus(TextID)
}

func (s *State) keepQuote(fx *bridge.Effects) {
	var b []byte
	if at := s.Draft.Quote; at != 0 {
		b = strconv.AppendUint(b, uint64(at), 10)
	}
	fx.Save(recordQuote, b)
}

// answers is what the draft quotes when it is sent: what is gone meanwhile, or may not be quoted, goes without saying.
func (s *State) answers() protocol.Position {
	if q := s.Quoted(s.Draft.Quote); q != nil && !q.Gone && s.MayQuote() {
		return q.Message
	}
	return 0
}

// unquoted is a refused message without its quote, where that was what the server refused.
func unquoted(e *link.Entry) *protocol.MessageSend {
	if e == nil || e.State != link.Failed || e.Reason != "field=quote" && e.Reason != "capability=quoting" {
		return nil
	}
	var cmd protocol.MessageSend
	if protocol.DecodeBody(e.Body, &cmd) != nil {
		return nil
	}
	cmd.Quote = 0
	return &cmd
}
