package state

import (
	"unicode/utf8"

	"beseda/protocol"
	"beseda/wasm/bridge"
	say "beseda/wasm/words/console"
)

// Passwords is the form that gives somebody signed in another password.
type Passwords struct {
	Current, New string
	Busy         bool
	Problem      Problem
}

// Ids of its fields.
const (
	CurrentPasswordID = "password-current"
	NewPasswordID     = "password-new"
)

// PasswordBars are the lengths at which the bars of the meter light up.
var PasswordBars = [...]int{1, protocol.MinPasswordRunes, protocol.MinPasswordRunes + 4, protocol.MinPasswordRunes + 10}

// Length is how long the new one is, as the server counts.
func (p *Passwords) Length() int { return utf8.RuneCountInString(p.New) }

func (s *State) currentTyped(e *bridge.Event, _ *bridge.Effects) {
	p := &s.Account.Passwords
	p.Current = e.Text
	p.forget("current")
}

func (s *State) newTyped(e *bridge.Event, _ *bridge.Effects) {
	p := &s.Account.Passwords
	p.New = e.Text
	p.forget("new")
}

// forget takes back what was said of a field, once somebody works on it.
func (p *Passwords) forget(field string) {
	if p.Problem.Field() == field {
		p.Problem = Problem{}
	}
}

// check finds what the server would refuse without looking: the field that is wrong, "" for none.
func (p *Passwords) check() (field string, problem Problem) {
	switch {
	case p.Current == "":
		return CurrentPasswordID, Problem{Code: protocol.CodeInvalid, Reason: "field=current empty"}
	case p.Length() < protocol.MinPasswordRunes:
		return NewPasswordID, Problem{Code: protocol.CodeInvalid, Reason: "field=new"}
	case len(p.New) > protocol.MaxPasswordBytes:
		return NewPasswordID, Problem{Code: protocol.CodeTooLong, Reason: "field=new"}
	}
	return "", Problem{}
}

func (s *State) changePassword(_ *bridge.Event, fx *bridge.Effects) {
	p := &s.Account.Passwords
	if p.Busy {
		return
	}
	field, problem := p.check()
	if p.Problem = problem; field != "" {
		fx.Focus(field)
		return
	}
	p.Busy = true
	fx.HTTP(httpPassword, "POST", "/password", "current", p.Current, "new", p.New)
}

func (s *State) passwordAnswered(e *bridge.Event, fx *bridge.Effects) {
	p := &s.Account.Passwords
	if e.A == 204 || e.A == 200 {
		*p = Passwords{}
		s.toast(Toast{Text: s.Words.Text(say.PasswordChanged)}, fx)
		s.listSessions(fx)
		return
	}
	p.Busy, p.Problem = false, problemIn(e, s.Now)
	switch {
	case p.Problem.Code == protocol.CodeUnauthorized:
		s.look(fx) // the session ended meanwhile
	case p.Problem.Field() == "current":
		fx.SelectAll(CurrentPasswordID)
	case p.Problem.Field() == "new":
		fx.Focus(NewPasswordID)
	}
}
