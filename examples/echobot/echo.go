package main

import (
	"crypto/sha256"
	"fmt"
	"log"
	"slices"
	"time"

	"github.com/oklog/ulid/v2"

	"beseda/protocol"
)

// echo is what the bot knows. It does no I/O: hear takes what came in and returns what to send.
type echo struct {
	me protocol.OperatorID
	// seen is up to where each conversation was looked at. A conversation without an entry is read from the last word
	// of the team on: what came before was answered by somebody.
	seen map[protocol.Number]protocol.Position
	// outbox are answers that the server has not accepted yet, oldest first. It outlives connections.
	outbox []protocol.Frame
	newID  func() protocol.CommandID // for what may happen twice: reading
}

func newEcho(newID func() protocol.CommandID) *echo {
	return &echo{seen: make(map[protocol.Number]protocol.Position), newID: newID}
}

// ended is an end that the server announced.
type ended struct {
	code   protocol.Code
	reason string
	wait   time.Duration
}

func (e *ended) Error() string { return fmt.Sprintf("%s %s", e.code, e.reason) }

// hear is the one place that knows kinds. What it does not know it ignores: newer servers say more.
func (e *echo) hear(f protocol.Frame) ([]protocol.Frame, error) {
	switch f.Kind {
	case protocol.KindWelcome:
		var body protocol.Welcome
		if err := protocol.DecodeBody(f.Body, &body); err != nil || body.Operator == nil {
			return nil, fmt.Errorf("welcome to somebody else: %v", err)
		}
		e.me = body.Operator.Me.ID
		log.Printf("here as %s", body.Operator.Me.Name)
		return append(slices.Clone(e.outbox), e.news(body.Operator.Inbox)...), nil
	case protocol.KindInbox:
		var body protocol.Inbox
		err := protocol.DecodeBody(f.Body, &body)
		return e.news(body), err
	case protocol.KindHistory:
		var body protocol.History
		err := protocol.DecodeBody(f.Body, &body)
		return e.answer(body), err
	case protocol.KindAccepted:
		e.settle(f.ID)
	case protocol.KindRefused:
		var body protocol.Refused
		err := protocol.DecodeBody(f.Body, &body)
		if f.ID == "" || protocol.AdviceFor(body.Code).Retry {
			// The simplest way to wait without mixing up the order: come back after that time, the outbox in hand.
			return nil, &ended{body.Code, body.Reason, time.Duration(body.RetryMs) * time.Millisecond}
		}
		log.Printf("refused: %s %s", body.Code, body.Reason)
		e.settle(f.ID)
		return nil, err
	case protocol.KindGoodbye:
		var body protocol.Goodbye
		_ = protocol.DecodeBody(f.Body, &body)
		return nil, &ended{body.Code, body.Reason, time.Duration(body.RetryMs) * time.Millisecond}
	}
	return nil, nil
}

// news asks to read where something new stands: rows come with the welcome, and whenever they change.
//
// The list is that of a welcome, the active conversations: enough to answer in. What leaves it, or is taken from us, may
// be answered by somebody before it comes back, and is then as good as new.
func (e *echo) news(list protocol.Inbox) (ask []protocol.Frame) {
	for _, number := range slices.Concat(list.Left, list.Gone) {
		delete(e.seen, number)
	}
	for _, row := range list.Rows {
		seen, known := e.seen[row.Number]
		taken := row.Assignee != "" && row.Assignee != e.me
		answered := !known && row.LastActor.Side() == protocol.SideTeam
		switch {
		case taken, answered, row.Activity != protocol.Active:
			e.seen[row.Number] = row.LastPosition // somebody else's business, up to here
		case row.LastPosition > seen:
			ask = append(ask, command(protocol.KindHistoryRead, e.newID(), &protocol.HistoryRead{
				Conversation: row.Number, Limit: protocol.MaxHistoryPage,
			}))
		}
	}
	return ask
}

// answer echoes the visitor's messages of a page that were not looked at before.
func (e *echo) answer(page protocol.History) []protocol.Frame {
	seen, known := e.seen[page.Conversation]
	if !known {
		for _, item := range page.Items {
			if item.Kind == protocol.KindMessageSent && item.Actor.Side() == protocol.SideTeam {
				seen = item.Position
			}
		}
	}
	var answers []protocol.Frame
	for _, item := range page.Items {
		if item.Position <= seen {
			continue
		}
		seen = item.Position
		if item.Kind != protocol.KindMessageSent || item.Actor.Side() != protocol.SideVisitor {
			continue
		}
		var message protocol.MessageSent
		if err := protocol.DecodeBody(item.Body, &message); err != nil {
			log.Printf("message at %d: %v", item.Position, err)
			continue
		}
		text := message.Text
		if text == "" {
			text = "📎 " + message.Attachments[0].Name
		}
		answers = append(answers, command(protocol.KindMessageSend, answerID(item), &protocol.MessageSend{
			Conversation: page.Conversation, Text: text,
		}))
	}
	e.seen[page.Conversation] = seen
	e.outbox = append(e.outbox, answers...)
	return answers
}

// settle forgets an answer that the server has decided about.
func (e *echo) settle(id protocol.CommandID) {
	e.outbox = slices.DeleteFunc(e.outbox, func(f protocol.Frame) bool { return f.ID == id })
}

// answerID is the id of the answer to an item, always the same: whoever sends it again, it is stored once. It is a
// ULID, the time of the item before a hash that stands for randomness.
func answerID(item protocol.Frame) protocol.CommandID {
	var id ulid.ULID
	_ = id.SetTime(uint64(item.At)) // fails after the year 10889
	sum := sha256.Sum256(fmt.Appendf(nil, "answer to %s/%d", item.Thread, item.Position))
	copy(id[6:], sum[:])
	return protocol.CommandID(id.String())
}

// command makes a frame as a client sends it.
func command(kind protocol.Kind, id protocol.CommandID, body protocol.Body) protocol.Frame {
	return protocol.Frame{Kind: kind, ID: id, Body: protocol.EncodeBody(body)}
}
