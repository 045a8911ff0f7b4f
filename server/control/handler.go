package control

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"beseda/protocol"
	"beseda/server/auth"
	"beseda/server/desk"
	"beseda/server/desk/call"
	"beseda/server/desk/team"
	"beseda/server/engine"
	"beseda/store"
)

// Deps is what commands work with.
type Deps struct {
	Engine *engine.Engine
	Auth   *auth.Auth
	// Backup writes a whole backup.
	Backup func(w io.Writer, r *http.Request) error
	// URL is where people find the house.
	URL   string
	NewID func() string
}

// Account is an operator or bot as the command line shows it.
type Account struct {
	ID    protocol.OperatorID    `json:"id"`
	Name  string                 `json:"name"`
	Email string                 `json:"email"`
	Role  protocol.Role          `json:"role"`
	State protocol.OperatorState `json:"state"`
	Bot   bool                   `json:"bot"`
}

// Made answers what was made: a link or a token, shown once.
type Made struct {
	Account Account `json:"account"`
	Secret  string  `json:"secret"`
}

// New makes the handler.
func New(d Deps) http.Handler {
	c := &handler{d}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /accounts", answer(c.list))
	mux.HandleFunc("POST /operators", answer(c.addOperator))
	mux.HandleFunc("POST /links", answer(c.link))
	mux.HandleFunc("POST /deactivate", answer(c.deactivate))
	mux.HandleFunc("POST /bots", answer(c.addBot))
	mux.HandleFunc("GET /backup", func(w http.ResponseWriter, r *http.Request) {
		if err := d.Backup(w, r); err != nil {
			panic(http.ErrAbortHandler) // the reader sees a torn stream, and its check fails
		}
	})
	return mux
}

type handler struct{ Deps }

// Form is what a command says.
type Form struct {
	Name  string        `json:"name"`
	Email string        `json:"email"`
	Role  protocol.Role `json:"role"`
}

func answer(do func(*http.Request, Form) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var form Form
		if r.Method == http.MethodPost {
			if err := json.NewDecoder(io.LimitReader(r.Body, 8<<10)).Decode(&form); err != nil {
				http.Error(w, "malformed", http.StatusBadRequest)
				return
			}
		}
		out, err := do(r, form)
		if err != nil {
			http.Error(w, err.Error(), http.StatusConflict)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(out)
	}
}

func (d *handler) list(*http.Request, Form) (any, error) {
	all := []Account{}
	err := d.Engine.Read(func(r store.Reader) error {
		for o, err := range store.Operators.Scan(r, store.Operators.Under()) {
			if err != nil {
				return err
			}
			all = append(all, account(o))
		}
		return nil
	})
	return all, err
}

func account(o store.Operator) Account {
	return Account{ID: o.ID, Name: o.Name, Email: o.Email, Role: o.Role, State: o.State, Bot: o.Bot}
}

// addOperator invites somebody and gives the one-time link.
func (d *handler) addOperator(r *http.Request, f Form) (any, error) {
	cmd := &protocol.OperatorInvite{Name: f.Name, Email: f.Email, Role: f.Role}
	if cmd.Role == "" {
		cmd.Role = protocol.RoleOperator
	}
	if refusal := protocol.Check(cmd); refusal != nil {
		return nil, refusal
	}
	made, err := d.do(r, func(rd store.Reader, c call.Call) (store.Outcome, error) { return team.Invite(rd, c, cmd) })
	if err != nil {
		return nil, err
	}
	return d.linkFor(protocol.OperatorID(made.Made))
}

// link makes a new one-time link for somebody who lost theirs, or their password.
func (d *handler) link(r *http.Request, f Form) (any, error) {
	o, err := d.byEmail(f.Email)
	if err != nil {
		return nil, err
	}
	_, err = d.do(r, func(rd store.Reader, c call.Call) (store.Outcome, error) {
		return team.Link(rd, c, &protocol.OperatorLink{Operator: o.ID})
	})
	if err != nil {
		return nil, err
	}
	return d.linkFor(o.ID)
}

func (d *handler) linkFor(id protocol.OperatorID) (any, error) {
	o, err := d.byID(id)
	if err != nil {
		return nil, err
	}
	token, _, err := d.Auth.Links.Invite(id)
	if err != nil {
		return nil, err
	}
	return Made{Account: account(o), Secret: d.URL + "/setup#" + string(token)}, nil
}

func (d *handler) deactivate(r *http.Request, f Form) (any, error) {
	o, err := d.byEmail(f.Email)
	if err != nil {
		return nil, err
	}
	_, err = d.do(r, func(rd store.Reader, c call.Call) (store.Outcome, error) {
		return desk.Decide(rd, c, &protocol.OperatorDeactivate{Operator: o.ID})
	})
	if err != nil {
		return nil, err
	}
	return account(o), d.Auth.Sessions.EndAll(o.ID)
}

// addBot makes a bot and its token.
func (d *handler) addBot(r *http.Request, f Form) (any, error) {
	name := protocol.CleanName(f.Name)
	if name == "" || len([]rune(name)) > protocol.MaxNameRunes {
		return nil, fmt.Errorf("a bot's name has 1 to %d characters", protocol.MaxNameRunes)
	}
	id := protocol.OperatorID(d.NewID())
	_, err := d.do(r, func(rd store.Reader, c call.Call) (store.Outcome, error) {
		return team.Found(rd, c, id, name, "", protocol.RoleOperator, true)
	})
	if err != nil {
		return nil, err
	}
	token, err := d.Auth.Bots.Add(id)
	if err != nil {
		return nil, err
	}
	o, err := d.byID(id)
	return Made{Account: account(o), Secret: string(token)}, err
}

// do runs a command as the installation's own hand.
func (d *handler) do(r *http.Request, decide func(store.Reader, call.Call) (store.Outcome, error)) (protocol.Accepted, error) {
	return d.Engine.Do(r.Context(), engine.Command{Decide: func(rd store.Reader, now int64, newID func() string) (store.Outcome, error) {
		return decide(rd, call.Call{By: protocol.Actor{Kind: protocol.ActorAPI, Name: "command line"}, Admin: true, Now: now, NewID: newID})
	}})
}

func (d *handler) byID(id protocol.OperatorID) (o store.Operator, err error) {
	err = d.Engine.Read(func(r store.Reader) error {
		o, err = store.Operators.Get(r, store.Text(id))
		return err
	})
	return o, err
}

func (d *handler) byEmail(email string) (o store.Operator, err error) {
	email = strings.TrimSpace(email)
	err = d.Engine.Read(func(r store.Reader) error {
		ref, err := store.Emails.Get(r, store.Text(store.EmailKey(email)))
		if err != nil {
			return err
		}
		o, err = store.Operators.Get(r, store.Text(ref.ID))
		return err
	})
	if errors.Is(err, store.ErrNotFound) {
		return o, fmt.Errorf("nobody has the address %q", email)
	}
	return o, err
}
