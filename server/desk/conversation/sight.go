package conversation

import (
	"bytes"
	"errors"
	"slices"

	"beseda/protocol"
	"beseda/server/desk/team"
	"beseda/store"
)

// Sight is through whose eyes items are read. Every way out of the house passes it: pages (Newest asks for one), and
// what is told live. It says what a quote shows, since the quoted message may stand in a conversation that the reader
// has no access to, and may have been erased since.
type Sight struct {
	visitor bool
	may     func(store.Reader, *store.Conversation) (bool, error)
}

// ForVisitor sees one's own thread whole, but for what is the team's alone, and no numbers of conversations.
func ForVisitor() Sight { return Sight{visitor: true} }

// ForMember sees what somebody of the team may read now.
func ForMember(m team.Member) Sight {
	return Sight{may: func(r store.Reader, conv *store.Conversation) (bool, error) {
		held, err := team.HeldBy(r, conv)
		return err == nil && team.MayRead(m, held), err
	}}
}

// ForTeam sees everything that anybody of the team may. Whoever hands on what was read so asks Undress for each reader.
func ForTeam() Sight {
	return Sight{may: func(store.Reader, *store.Conversation) (bool, error) { return true, nil }}
}

// quoteKey is how a message that quotes is known without decoding it: its body names the field. A text may hold the
// same bytes, which costs a look in vain.
var quoteKey = []byte("\xa5quote")

// Quotes tells whether an item may quote another.
func Quotes(item *protocol.Frame) bool {
	return item.Kind == protocol.KindMessageSent && bytes.Contains(item.Body, quoteKey)
}

// Dress fills in what an item quotes. The item is changed, its bytes are not.
func (s Sight) Dress(r store.Reader, item *protocol.Frame) error {
	if !Quotes(item) {
		return nil
	}
	var body protocol.MessageSent
	if err := protocol.DecodeBody(item.Body, &body); err != nil || body.Quote == nil {
		return err
	}
	if err := s.fill(r, item.Thread, body.Quote); err != nil {
		return err
	}
	item.Body = protocol.EncodeBody(&body)
	return nil
}

// fill reads what a quote shows of its message, or says that it is gone.
func (s Sight) fill(r store.Reader, thread protocol.ThreadID, q *protocol.Quote) error {
	*q = protocol.Quote{Message: q.Message, Gone: true}
	item, err := store.Items.Get(r, store.Text(thread), store.Num(q.Message))
	if errors.Is(err, store.ErrNotFound) || err == nil && item.Kind != protocol.KindMessageSent {
		return nil
	}
	if err != nil {
		return err
	}
	t, err := store.Threads.Get(r, store.Text(thread))
	if err != nil || store.Within(t.Erased, q.Message) {
		return err
	}
	conv, err := Holding(r, thread, q.Message)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if !s.visitor {
		if may, err := s.may(r, &conv); err != nil || !may {
			return err
		}
		q.Conversation = conv.Number
	} else if ofTeam(&item) && failure(&t, q.Message) != "" {
		return nil // it never reached them
	}
	var body protocol.MessageSent
	if err := protocol.DecodeBody(item.Body, &body); err != nil {
		return err
	}
	if body.Text == "" && len(body.Attachments) == 0 { // overwritten
		*q = protocol.Quote{Message: q.Message, Gone: true}
		return nil
	}
	q.Gone, q.Actor, q.Text = false, item.Actor, preview(body.Text)
	if len(body.Attachments) > 0 {
		q.Attachment = body.Attachments[0].Kind
	}
	return nil
}

// Elsewhere lists the conversations whose messages a frame shows in quotes: whose access decides about that part of it.
func Elsewhere(f *protocol.Frame) (numbers []protocol.Number) {
	_ = eachQuote(f, func(q *protocol.Quote) bool {
		if q.Conversation != 0 && !slices.Contains(numbers, q.Conversation) {
			numbers = append(numbers, q.Conversation)
		}
		return false
	})
	return numbers
}

// Undress takes out of a frame what it quotes of conversations that its reader may not read. Where nothing is to be
// taken out it is the same frame.
func Undress(f protocol.Frame, may func(protocol.Number) bool) (protocol.Frame, error) {
	err := eachQuote(&f, func(q *protocol.Quote) bool {
		if q.Conversation == 0 || may(q.Conversation) {
			return false
		}
		*q = protocol.Quote{Message: q.Message, Gone: true}
		return true
	})
	return f, err
}

// eachQuote visits the quotes of a message, or of a page and its draft, and encodes anew what holds one for which do
// answered true.
func eachQuote(f *protocol.Frame, do func(*protocol.Quote) bool) error {
	switch f.Kind {
	case protocol.KindMessageSent:
		if !Quotes(f) {
			return nil
		}
		var body protocol.MessageSent
		if err := protocol.DecodeBody(f.Body, &body); err != nil {
			return err
		}
		if body.Quote != nil && do(body.Quote) {
			f.Body = protocol.EncodeBody(&body)
		}
	case protocol.KindHistory:
		if !bytes.Contains(f.Body, quoteKey) {
			return nil
		}
		var page protocol.History
		if err := protocol.DecodeBody(f.Body, &page); err != nil {
			return err
		}
		changed := page.Draft != nil && page.Draft.Quote != nil && do(page.Draft.Quote)
		for i := range page.Items {
			before := page.Items[i].Body
			if err := eachQuote(&page.Items[i], do); err != nil {
				return err
			}
			changed = changed || !bytes.Equal(before, page.Items[i].Body)
		}
		if changed {
			f.Body = protocol.EncodeBody(&page)
		}
	}
	return nil
}
