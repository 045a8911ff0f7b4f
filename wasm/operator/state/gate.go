package state

import (
	"strconv"

	"beseda/protocol"
	"beseda/wasm/bridge"
)

// Stage is how far in somebody is.
type Stage uint8

const (
	Starting  Stage = iota // does this browser have a session? Nothing is drawn but the ground
	SignedOut              // the sign-in form
	SignedIn               // the console; Line.Welcomed tells whether it has anything to show
)

// Gate is the sign-in form.
type Gate struct {
	Email, Password string
	Busy            bool
	Problem         Problem
	// Ended: a session was here and is no more.
	Ended bool
	// Insecure: this address is http and not this machine's own, so that no session can be kept.
	Insecure bool
}

// Ids of requests over HTTP.
const (
	httpLook = iota + 1
	httpSignIn
	httpSignOut
	httpSessions
	httpRevoke
	httpPassword
)

// look asks whether there is a session; at most one question is on its way.
func (s *State) look(fx *bridge.Effects) {
	if !s.looking {
		s.looking = true
		fx.HTTP(httpLook, "GET", "/session")
	}
}

// answered takes the answer to a request over HTTP.
func (s *State) answered(e *bridge.Event, fx *bridge.Effects) {
	switch e.B {
	case httpLook:
		s.looked(e, fx)
	case httpSignIn:
		s.signInAnswered(e, fx)
	case httpSignOut:
		s.Account.Leaving = false
		if e.A == 204 || e.A == 200 || e.A == 401 {
			s.shut(fx, false)
			return
		}
		s.Account.Problem = problemIn(e, s.Now)
	case httpSessions:
		s.sessionsListed(e)
	case httpRevoke:
		s.revoked(e, fx)
	case httpPassword:
		s.passwordAnswered(e, fx)
	}
}

func (s *State) looked(e *bridge.Event, fx *bridge.Effects) {
	s.looking = false
	switch {
	case e.A == 200:
		s.enter(fx)
	case e.A == 401:
		s.shut(fx, s.Stage == SignedIn)
	default: // no line, or the server is starting: it will come
		fx.Timer(timerLook, 2000)
	}
}

// enter begins the console's connection.
func (s *State) enter(fx *bridge.Effects) {
	s.Gate = Gate{Email: s.Gate.Email, Insecure: s.Gate.Insecure}
	if s.Stage != SignedIn {
		s.Stage = SignedIn
		s.line.start(s, fx)
	}
}

// shut ends what was open and shows the sign-in form. Drafts stay where they were kept.
func (s *State) shut(fx *bridge.Effects, ended bool) {
	s.keepDrafts(fx)
	s.line.stop(s, fx)
	for tag := range s.shown {
		fx.CloseNotification(tag)
	}
	first := s.Stage != SignedOut
	s.Stage = SignedOut
	s.Gate.Ended, s.Gate.Busy, s.Gate.Password = ended, false, ""
	s.forgetAll()
	if first {
		fx.Focus(EmailID)
	}
}

// Ids of the sign-in form's fields.
const (
	EmailID    = "email"
	PasswordID = "password"
)

func (s *State) emailTyped(e *bridge.Event, _ *bridge.Effects)    { s.Gate.Email = e.Text }
func (s *State) passwordTyped(e *bridge.Event, _ *bridge.Effects) { s.Gate.Password = e.Text }

func (s *State) signIn(_ *bridge.Event, fx *bridge.Effects) {
	g := &s.Gate
	if g.Busy {
		return
	}
	if g.Email == "" || g.Password == "" {
		g.Problem = Problem{Code: protocol.CodeInvalid, Reason: "empty"}
		if g.Email == "" {
			fx.Focus(EmailID)
		} else {
			fx.Focus(PasswordID)
		}
		return
	}
	g.Busy, g.Problem, g.Ended = true, Problem{}, false
	fx.HTTP(httpSignIn, "POST", "/session", "email", g.Email, "password", g.Password)
}

func (s *State) signInAnswered(e *bridge.Event, fx *bridge.Effects) {
	g := &s.Gate
	g.Busy = false
	if e.A == 204 || e.A == 200 {
		g.Password = ""
		s.enter(fx)
		return
	}
	g.Problem = problemIn(e, s.Now)
	if g.Problem.Code == protocol.CodeUnauthorized {
		fx.SelectAll(PasswordID)
	} else {
		fx.Focus(PasswordID)
	}
}

// problemIn reads a refusal that came over HTTP.
func problemIn(e *bridge.Event, now int64) Problem {
	if e.A == 0 {
		return Problem{Lost: true}
	}
	p := Problem{Code: protocol.Code(e.Field("code")), Reason: e.Field("reason")}
	if p.Code == "" {
		p.Code = protocol.CodeInternal
	}
	if ms, err := strconv.ParseInt(e.Field("retry_ms"), 10, 64); err == nil && ms > 0 {
		p.Until = now + ms
	}
	return p
}

func (s *State) signOut(_ *bridge.Event, fx *bridge.Effects) {
	s.keepDrafts(fx)
	s.Account.Leaving, s.Account.Problem = true, Problem{}
	fx.HTTP(httpSignOut, "DELETE", "/session")
}
