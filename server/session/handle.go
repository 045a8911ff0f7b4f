package session

import (
	"context"

	"beseda/protocol"
	"beseda/server/auth"
	"beseda/server/desk"
	"beseda/server/engine"
	"beseda/store"
)

// handler carries a command out, or hands it to the engine.
type handler struct {
	// counted says that LimitCommand bounds it. What is not has a limit of its own, or is what every client does to be one.
	counted bool
	do      func(*session, protocol.CommandID, protocol.Body) error
}

// handlers are the commands that are more than one durable step, or none. All others go to the engine as they are.
var handlers = map[protocol.Kind]handler{
	protocol.KindPing:  {false, to((*session).pong)},
	protocol.KindHello: {false, to((*session).helloAgain)},

	protocol.KindHistoryRead:       {false, to((*session).history)},
	protocol.KindConversationWatch: {false, to((*session).watch)},
	protocol.KindConversationLeave: {false, to((*session).unwatch)},
	protocol.KindTypingStart:       {false, to((*session).startTyping)},
	protocol.KindTypingStop:        {false, to((*session).stopTyping)},
	protocol.KindMessageSend:       {false, to((*session).sendMessage)},

	protocol.KindVisitorVisit:        {true, to((*session).visitPage)},
	protocol.KindConversationsRead:   {true, to((*session).conversations)},
	protocol.KindInboxLook:           {true, to((*session).inboxLook)},
	protocol.KindInboxRead:           {true, to((*session).inboxRead)},
	protocol.KindInboxPick:           {true, to((*session).inboxPick)},
	protocol.KindConversationsChange: {true, to((*session).change)},
	protocol.KindDraftSave:           {true, to((*session).saveDraft)},
	protocol.KindQuickRepliesRead:    {true, to((*session).quickReplies)},
	protocol.KindQuickReplyUse:       {true, to((*session).useQuickReply)},
	protocol.KindPoliciesRead:        {true, to((*session).policies)},
	protocol.KindEventsRead:          {true, to((*session).events)},
	protocol.KindAuditRead:           {true, to((*session).audit)},
	protocol.KindWorkloadRead:        {true, to((*session).workload)},
	protocol.KindOperatorInvite:      {true, to((*session).invite)},
	protocol.KindOperatorLink:        {true, to((*session).link)},
	protocol.KindOperatorDeactivate:  {true, to((*session).deactivate)},
}

// to makes a handler's function of one that takes its own command: Decode gives each kind its type.
func to[C protocol.Body](do func(*session, protocol.CommandID, C) error) func(*session, protocol.CommandID, protocol.Body) error {
	return func(s *session, id protocol.CommandID, body protocol.Body) error { return do(s, id, body.(C)) }
}

// handle runs one frame of a client that was welcomed.
func (s *session) handle(f protocol.Frame) {
	body, refusal := protocol.Decode(f, s.sender)
	if refusal != nil {
		s.refuse(f.ID, refusal)
		return
	}
	if err := s.perform(f, body); err != nil {
		s.refuse(f.ID, err)
	}
}

func (s *session) perform(f protocol.Frame, body protocol.Body) error {
	h, own := handlers[f.Kind]
	if h.counted || !own {
		if err := s.Auth.Limits.Take(auth.LimitCommand, s.caller.By.ID); err != nil {
			return err
		}
	}
	if own {
		return h.do(s, f.ID, body)
	}
	return s.submit(s.command(f.ID, body))
}

func (s *session) pong(id protocol.CommandID, _ *protocol.Ping) error {
	s.answer(protocol.KindPong, id, &protocol.Pong{})
	return nil
}

func (s *session) helloAgain(protocol.CommandID, *protocol.Hello) error {
	return protocol.Refuse(protocol.CodeInvalid, "hello comes once")
}

// visitPage notes the page that the visitor is on, also for what they do next.
func (s *session) visitPage(id protocol.CommandID, cmd *protocol.VisitorVisit) error {
	s.caller.Visit = *cmd
	return s.submit(s.command(id, cmd))
}

// submit hands a command to the engine; the answer comes when it is durable and its events are queued.
func (s *session) submit(c engine.Command) error {
	return s.hand(c, func(a protocol.Accepted, err error) {
		if err != nil {
			s.refuse(c.ID, err)
			return
		}
		s.accept(c.ID, a)
	})
}

// hand waits for room in the window and gives a command to the engine.
func (s *session) hand(c engine.Command, done func(protocol.Accepted, error)) error {
	s.window.enter()
	err := s.Engine.Submit(context.Background(), c, func(a protocol.Accepted, err error) {
		s.window.leave()
		done(a, err)
	})
	if err != nil {
		s.window.leave()
	}
	return err
}

// accept answers a command; one without an id is answered only where it is refused.
func (s *session) accept(id protocol.CommandID, a protocol.Accepted) {
	if id != "" {
		s.answer(protocol.KindAccepted, id, &a)
	}
}

func (s *session) command(id protocol.CommandID, body protocol.Body) engine.Command {
	caller := s.caller
	return engine.Command{Author: caller.Author(), ID: id, Decide: func(r store.Reader, now int64, newID func() string) (store.Outcome, error) {
		caller.Now, caller.NewID = now, newID
		return desk.Decide(r, caller, body)
	}}
}
