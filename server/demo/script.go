package demo

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"beseda/protocol"
	"beseda/server/desk/call"
)

// talk is one visitor's story with the shop: it begins so long before now, and its steps follow one another. Stories
// run side by side; play puts their steps in the order of time.
type talk struct {
	ago      time.Duration
	russian  bool // came by the Russian shop
	language string
	device   string // as session.Device words it
	page     string // below the shop's origin
	title    string
	referrer string
	steps    []step
}

// step is something somebody does, so long after the step before it.
type step struct {
	after time.Duration
	do    func(context.Context, *stage, *line) error
}

// line is a talk while it is played.
type line struct {
	visitor call.Call
	number  protocol.Number     // of its newest conversation
	newest  protocol.Position   // of its newest message
	said    []protocol.Position // all of its messages
}

// who is one of the team.
type who bool

const (
	ann who = true
	bob who = false
)

func (w who) id(f Facts) protocol.OperatorID {
	if w == ann {
		return f.Ann
	}
	return f.Bob
}

// asks: the visitor writes, and maybe attaches.
func asks(after time.Duration, text string, files ...file) step {
	return step{after, func(ctx context.Context, s *stage, l *line) error {
		return s.send(ctx, l, l.visitor, &protocol.MessageSend{Text: text}, files)
	}}
}

// answers: one of the team writes.
func (w who) answers(after time.Duration, text string, files ...file) step {
	return step{after, func(ctx context.Context, s *stage, l *line) error {
		return s.send(ctx, l, s.operator(w.id(s.facts)), &protocol.MessageSend{Conversation: l.number, Text: text}, files)
	}}
}

// sees: everything so far is on the visitor's screen, and they look at it.
func sees(after time.Duration) step {
	return step{after, func(ctx context.Context, s *stage, l *line) error {
		_, err := s.do(ctx, l.visitor, &protocol.ReceiptAdvance{Delivered: l.newest, Read: l.newest})
		return err
	}}
}

// gets: it is on the visitor's device, and nobody looks.
func gets(after time.Duration) step {
	return step{after, func(ctx context.Context, s *stage, l *line) error {
		_, err := s.do(ctx, l.visitor, &protocol.ReceiptAdvance{Delivered: l.newest})
		return err
	}}
}

// goes: the visitor turns to another page.
func goes(after time.Duration, page, title string) step {
	return step{after, func(ctx context.Context, s *stage, l *line) error {
		_, err := s.do(ctx, l.visitor, &protocol.VisitorVisit{URL: s.Shop + page, Title: title, Referrer: s.Shop + "/demo/"})
		return err
	}}
}

// reads: one of the team has read everything so far.
func (w who) reads(after time.Duration) step {
	return step{after, func(ctx context.Context, s *stage, l *line) error {
		_, err := s.do(ctx, s.operator(w.id(s.facts)),
			&protocol.ReceiptAdvance{Conversation: l.number, Delivered: l.newest, Read: l.newest})
		return err
	}}
}

// hands: one of the team makes it another's.
func (w who) hands(after time.Duration, to who) step {
	return step{after, func(ctx context.Context, s *stage, l *line) error {
		_, err := s.do(ctx, s.operator(w.id(s.facts)),
			&protocol.ConversationAssign{Conversation: l.number, Assignee: to.id(s.facts)})
		return err
	}}
}

// ends: one of the team completes it, and it is not done.
func (w who) ends(after time.Duration, as protocol.Status) step {
	return w.acts(after, func(_ *stage, l *line) protocol.Body {
		return &protocol.ConversationComplete{Conversation: l.number, Status: as}
	})
}

// closes: the matter is done.
func (w who) closes(after time.Duration) step {
	return step{after, func(ctx context.Context, s *stage, l *line) error {
		_, err := s.do(ctx, s.operator(w.id(s.facts)), &protocol.ConversationClose{Conversation: l.number})
		return err
	}}
}

func (s *stage) send(ctx context.Context, l *line, by call.Call, m *protocol.MessageSend, files []file) error {
	for _, f := range files {
		id, err := s.upload(ctx, by, f)
		if err != nil {
			return err
		}
		m.Attachments = append(m.Attachments, id)
	}
	sent, err := s.do(ctx, by, m)
	if err != nil {
		return err
	}
	l.number, l.newest = sent.Conversation, sent.Position
	l.said = append(l.said, sent.Position)
	return nil
}

// play runs all talks as they happened: in the order of time, whoever they were with.
func (s *stage) play(ctx context.Context, talks []talk) error {
	type cue struct {
		at int64
		step
		*line
	}
	var cues []cue
	for _, t := range talks {
		l, at := new(line), s.Now.Add(-t.ago)
		arrives := func(context.Context, *stage, *line) (err error) {
			l.visitor, err = s.arrive(t)
			return err
		}
		for _, st := range append([]step{{0, arrives}}, t.steps...) {
			at = at.Add(st.after)
			if at.After(s.Now) {
				return fmt.Errorf("a talk of %s ago goes on in the future", t.ago)
			}
			cues = append(cues, cue{at.UnixMilli(), st, l})
		}
	}
	slices.SortStableFunc(cues, func(a, b cue) int { return cmp.Compare(a.at, b.at) })
	for _, c := range cues {
		if c.at < s.clock.Load() {
			return fmt.Errorf("something happened at %d, before the house was founded", c.at)
		}
		s.clock.Store(c.at)
		if err := c.do(ctx, s, c.line); err != nil {
			return err
		}
	}
	return nil
}

// arrive makes a visitor, of whom nothing is stored until they act.
func (s *stage) arrive(t talk) (call.Call, error) {
	channel := s.facts.Channel
	if t.russian {
		channel = s.facts.Russian
	}
	id, _, err := s.auth.Visitors.New(channel)
	return call.Call{
		By: protocol.Actor{Kind: protocol.ActorVisitor, ID: string(id)}, Channel: channel,
		Language: t.language, Device: t.device,
		Visit: protocol.VisitorVisit{URL: s.Shop + t.page, Title: t.title, Referrer: t.referrer},
	}, err
}
