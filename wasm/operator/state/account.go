package state

import (
	"strconv"
	"strings"

	"beseda/protocol"
	"beseda/wasm/bridge"
)

// Account is the page of one's own things.
type Account struct {
	// Name is the field; NameDone: what stands there was saved just now.
	Name        string
	NameBusy    bool
	NameDone    bool
	NameProblem Problem
	changed     bool

	// Upload is the handle of a picture on its way.
	Upload         string
	PictureProblem Problem

	Passwords Passwords
	Letter    LetterField

	// Sessions are where this operator is signed in; nil until they came.
	Sessions []Session
	Listed   bool
	Problem  Problem
	Leaving  bool
}

// Session is a sign-in of this operator.
type Session struct {
	ID        string
	CreatedAt int64
	LastAt    int64
	Device    string
	Address   string
	Current   bool
	Ending    bool
}

const (
	pictureTag = "picture"
	// maxPicture is what the server takes for a picture.
	maxPicture = 5 << 20
	// NameID is the id of the name field.
	NameID = "name"
)

// follow keeps the field equal to the saved name while nobody edits it.
func (a *Account) follow(name string) {
	if !a.changed {
		a.Name = name
	}
}

func (s *State) openAccount(fx *bridge.Effects) {
	s.Account.NameDone, s.Account.Passwords = false, Passwords{}
	s.listSessions(fx)
}

func (s *State) listSessions(fx *bridge.Effects) { fx.HTTP(httpSessions, "GET", "/sessions") }

// sessionsListed reads the list, which comes flattened: "0.id", "0.device", …
func (s *State) sessionsListed(e *bridge.Event) {
	a := &s.Account
	if e.A != 200 {
		a.Problem = problemIn(e, s.Now)
		return
	}
	a.Listed, a.Problem = true, Problem{}
	a.Sessions = nil
	for i := 0; ; i++ {
		at := strconv.Itoa(i) + "."
		id := e.Field(at + "id")
		if id == "" {
			return
		}
		created, _ := strconv.ParseInt(e.Field(at+"created_at"), 10, 64)
		last, _ := strconv.ParseInt(e.Field(at+"last_at"), 10, 64)
		a.Sessions = append(a.Sessions, Session{
			ID: id, CreatedAt: created, LastAt: last, Device: e.Field(at + "device"),
			Address: e.Field(at + "address"), Current: e.Field(at+"current") == "true",
		})
	}
}

func (s *State) revoke(e *bridge.Event, fx *bridge.Effects) {
	for i := range s.Account.Sessions {
		if s.Account.Sessions[i].ID == e.Arg {
			s.Account.Sessions[i].Ending = true
			fx.HTTP(httpRevoke, "DELETE", "/sessions/"+e.Arg)
		}
	}
}

func (s *State) revoked(e *bridge.Event, fx *bridge.Effects) {
	if e.A != 204 && e.A != 200 && e.A != 404 {
		s.Account.Problem = problemIn(e, s.Now)
	}
	s.listSessions(fx)
}

func (s *State) nameTyped(e *bridge.Event, _ *bridge.Effects) {
	a := &s.Account
	a.Name, a.changed, a.NameDone, a.NameProblem = e.Text, true, false, Problem{}
}

func (s *State) saveName(_ *bridge.Event, fx *bridge.Effects) {
	a := &s.Account
	name := strings.TrimSpace(a.Name)
	switch {
	case a.NameBusy:
	case name == "":
		a.NameProblem = Problem{Code: protocol.CodeInvalid, Reason: "field=name"}
		fx.Focus(NameID)
	default:
		a.NameBusy, a.NameProblem = true, Problem{}
		s.ask(fx, protocol.KindProfileChange, &protocol.ProfileChange{Name: name}, request{what: askProfile})
	}
}

func (a *Account) nameSaved() { a.NameBusy, a.NameDone, a.changed = false, true, false }

func (s *State) choosePicture(_ *bridge.Event, fx *bridge.Effects) {
	fx.ChooseFiles(pictureTag, "image/png,image/jpeg,image/gif,image/webp", false)
}

func (s *State) pictureChosen(e *bridge.Event, fx *bridge.Effects) {
	a := &s.Account
	for i, f := range e.Files() {
		if i > 0 || f.Size > maxPicture {
			if i == 0 {
				a.PictureProblem = Problem{Code: protocol.CodeTooLarge}
			}
			fx.ForgetFile(f.Handle)
			continue
		}
		if a.Upload != "" {
			fx.ForgetFile(a.Upload)
		}
		a.Upload, a.PictureProblem = f.Handle, Problem{}
		fx.Upload(f.Handle, "/pictures")
	}
}

func (s *State) pictureDone(e *bridge.Event, fx *bridge.Effects) {
	s.Account.Upload = ""
	fx.ForgetFile(e.Arg)
}

func (s *State) pictureFailed(e *bridge.Event, fx *bridge.Effects) {
	a := &s.Account
	a.Upload = ""
	a.PictureProblem = Problem{Code: protocol.Code(e.Text), Reason: e.Field("reason"), Lost: e.Text == ""}
	fx.ForgetFile(e.Arg)
}
