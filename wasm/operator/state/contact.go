package state

import (
	"strings"

	"beseda/protocol"
	"beseda/wasm/bridge"
	say "beseda/wasm/words/console"
)

// Person is who the contact of the open conversation is, while it is being edited.
type Person struct {
	Name, Email, Phone string
	Busy               bool
	Problem            Problem
}

// Ids of the fields of a contact, and of the button that opens them.
const (
	PersonNameID  = "person-name"
	PersonEmailID = "person-email"
	PersonPhoneID = "person-phone"
	PersonEditID  = "person-edit"
)

// MayDescribe tells whether this operator may say who the contact is.
func (t *Talk) MayDescribe() bool { return t.Phase == TalkOpen && t.Row.MayWrite && t.Visitor != nil }

func (s *State) openPerson(_ *bridge.Event, fx *bridge.Effects) {
	t := s.Current()
	if t == nil || !t.MayDescribe() {
		return
	}
	t.Person = &Person{Name: t.Row.Name, Email: t.Visitor.Email, Phone: t.Visitor.Phone}
	fx.SelectAll(PersonNameID)
}

// personTyped takes a field; Arg is its id.
func (s *State) personTyped(e *bridge.Event, _ *bridge.Effects) {
	t := s.Current()
	if t == nil || t.Person == nil {
		return
	}
	switch t.Person.Problem = (Problem{}); e.Arg {
	case PersonNameID:
		t.Person.Name = e.Text
	case PersonEmailID:
		t.Person.Email = e.Text
	case PersonPhoneID:
		t.Person.Phone = e.Text
	}
}

func (s *State) personKey(e *bridge.Event, fx *bridge.Effects) {
	if e.Text != "Escape" {
		fx.Still()
		return
	}
	fx.Prevent()
	s.leavePerson(e, fx)
}

func (s *State) leavePerson(_ *bridge.Event, fx *bridge.Effects) {
	if t := s.Current(); t != nil {
		t.Person = nil
		fx.Focus(PersonEditID)
	}
}

func (s *State) savePerson(_ *bridge.Event, fx *bridge.Effects) {
	t := s.Current()
	if t == nil || t.Person == nil || t.Person.Busy {
		return
	}
	p := t.Person
	p.Busy, p.Problem = true, Problem{}
	s.ask(fx, protocol.KindContactChange, &protocol.ContactChange{
		Conversation: t.Number, Name: strings.TrimSpace(p.Name), Email: strings.TrimSpace(p.Email), Phone: strings.TrimSpace(p.Phone),
	}, request{what: askPerson, number: t.Number})
}

func (s *State) personSaved(r request, fx *bridge.Effects) {
	if t := s.talks[r.number]; t != nil && t.Person != nil {
		t.Person = nil
		if t == s.Current() {
			fx.Focus(PersonEditID)
		}
	}
}

func (s *State) personRefused(r request, p Problem) {
	if t := s.talks[r.number]; t != nil && t.Person != nil {
		t.Person.Busy, t.Person.Problem = false, p
	}
}

// described takes who a contact is now.
func (s *State) described(f *protocol.Frame) {
	body := read[protocol.ContactSet](f)
	if body == nil {
		return
	}
	for _, t := range s.talks {
		if t.Visitor != nil && t.Visitor.Contact == body.Contact {
			t.Visitor.Name, t.Visitor.Email, t.Visitor.Phone = body.Name, body.Email, body.Phone
			t.Row.Name = body.Name
		}
	}
}

// openBlock asks before a contact is blocked.
func (s *State) openBlock(_ *bridge.Event, fx *bridge.Effects) {
	if t := s.Current(); t != nil && t.Phase == TalkOpen && t.Row.MayBlock && !t.Row.Blocked {
		s.show(Dialog{Kind: BlockDialog, Number: t.Number}, NumberButtonID, fx)
	}
}

func (s *State) block(_ *bridge.Event, fx *bridge.Effects) {
	d := &s.Dialog
	if d.Kind == BlockDialog && !d.Busy {
		d.Busy, d.Problem = true, Problem{}
		s.ask(fx, protocol.KindContactBlock, &protocol.ContactBlock{Conversation: d.Number}, request{what: askDialog, number: d.Number})
	}
}

func (s *State) unblock(_ *bridge.Event, fx *bridge.Effects) {
	t := s.Current()
	s.Menu = NoMenu
	if t == nil || !t.Row.MayBlock || !t.Row.Blocked {
		return
	}
	fx.Focus(NumberButtonID) // the banner goes with the answer
	s.ask(fx, protocol.KindContactUnblock, &protocol.ContactUnblock{Conversation: t.Number}, request{what: askStatus, number: t.Number})
}

// failed takes which messages will not reach the visitor.
func (s *State) failed(f *protocol.Frame) {
	body := read[protocol.MessageFailed](f)
	if body == nil {
		return
	}
	for _, t := range s.talks {
		for _, at := range body.Messages {
			if item, _ := t.message(at); item != nil {
				item.Failed = body.Code
			}
		}
	}
}

// WhyFailed says why a stored message will not reach the visitor.
func (s *State) WhyFailed(code protocol.Code) string {
	return s.Words.Fill(say.NotSentBecause, s.Explain(Problem{Code: code}))
}
