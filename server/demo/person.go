package demo

import (
	"context"
	"time"

	"beseda/protocol"
)

// acts is a step of one of the team about the conversation.
func (w who) acts(after time.Duration, on func(*stage, *line) protocol.Body) step {
	return step{after, func(ctx context.Context, s *stage, l *line) error {
		_, err := s.do(ctx, s.operator(w.id(s.facts)), on(s, l))
		return err
	}}
}

// knows: one of the team writes down who the visitor is.
func (w who) knows(after time.Duration, name, email string) step {
	return w.acts(after, func(_ *stage, l *line) protocol.Body {
		return &protocol.ContactChange{Conversation: l.number, Name: name, Email: email}
	})
}

// tags: one of the team tags the visitor.
func (w who) tags(after time.Duration, name string) step { return w.tag(after, name, false) }

// pins: and pins the tag, so that it stands under the name.
func (w who) pins(after time.Duration, name string) step { return w.tag(after, name, true) }

func (w who) tag(after time.Duration, name string, pinned bool) step {
	return w.acts(after, func(s *stage, l *line) protocol.Body {
		return &protocol.ContactTagAdd{Conversation: l.number, Tag: s.tags[name], Pinned: pinned}
	})
}

// blocks: one of the team wants no more of this visitor.
func (w who) blocks(after time.Duration) step {
	return w.acts(after, func(_ *stage, l *line) protocol.Body { return &protocol.ContactBlock{Conversation: l.number} })
}

// notes: one of the team writes something for the others.
func (w who) notes(after time.Duration, text string) step {
	return w.acts(after, func(_ *stage, l *line) protocol.Body {
		return &protocol.NoteAdd{Conversation: l.number, Text: text}
	})
}

// drafts: one of the team begins an answer and leaves it.
func (w who) drafts(after time.Duration, text string) step {
	return w.acts(after, func(_ *stage, l *line) protocol.Body {
		return &protocol.DraftSave{Conversation: l.number, Text: text}
	})
}

// marks: one of the team wants to come back to it.
func (w who) marks(after time.Duration) step {
	return w.acts(after, func(_ *stage, l *line) protocol.Body { return &protocol.UnreadMark{Conversation: l.number} })
}

// asksOf: the visitor writes and quotes the message so many before the newest.
func asksOf(after time.Duration, back int, text string) step {
	return step{after, func(ctx context.Context, s *stage, l *line) error {
		return s.send(ctx, l, l.visitor, &protocol.MessageSend{Text: text, Quote: l.before(back)}, nil)
	}}
}

// answersTo: one of the team does.
func (w who) answersTo(after time.Duration, back int, text string) step {
	return step{after, func(ctx context.Context, s *stage, l *line) error {
		return s.send(ctx, l, s.operator(w.id(s.facts)),
			&protocol.MessageSend{Conversation: l.number, Text: text, Quote: l.before(back)}, nil)
	}}
}

func (l *line) before(back int) protocol.Position { return l.said[len(l.said)-1-back] }
