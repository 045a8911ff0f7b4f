package web

import (
	"context"
	"net/http"

	"beseda/protocol"
	"beseda/server/auth"
	"beseda/server/desk/call"
	"beseda/server/desk/channel"
	"beseda/server/desk/team"
	"beseda/server/engine"
	"beseda/server/session"
	"beseda/store"
)

// signIn begins a session for an address and a password.
func (s *site) signIn(w http.ResponseWriter, r *http.Request) {
	var form struct{ Email, Password string }
	transport := s.Peer.Transport(r)
	err := auth.MaySignIn(transport)
	if err == nil {
		err = s.ownRequest(r)
	}
	if err == nil {
		err = s.read(w, r, &form)
	}
	if err != nil {
		s.refuse(w, err)
		return
	}
	previous, _ := auth.Token(transport, r)
	token, made, err := s.Auth.SignIn(r.Context(), auth.Attempt{
		Email: auth.Hidden(form.Email), Password: auth.Hidden(form.Password), Address: s.Peer.Address(r),
		Device: session.Device(r.UserAgent()), Previous: previous,
	})
	if err != nil {
		s.refuse(w, err)
		return
	}
	s.setCookie(w, r, token, made)
}

func (s *site) setCookie(w http.ResponseWriter, r *http.Request, token auth.Hidden, made auth.Session) {
	cookie, err := auth.NewCookie(s.Peer.Transport(r), token, made, s.Now())
	if err != nil {
		s.refuse(w, err)
		return
	}
	http.SetCookie(w, cookie)
	w.WriteHeader(http.StatusNoContent)
}

// whoAmI tells who is signed in.
func (s *site) whoAmI(w http.ResponseWriter, r *http.Request) {
	proof, err := s.signedIn(r)
	var o store.Operator
	if err == nil {
		err = s.Engine.Read(func(rd store.Reader) (err error) {
			o, err = store.Operators.Get(rd, store.Text(proof.Operator))
			return err
		})
	}
	if err != nil {
		s.refuse(w, err)
		return
	}
	s.json(w, http.StatusOK, map[string]protocol.Operator{"operator": {
		ID: o.ID, Name: o.Name, Email: o.Email, Role: o.Role, State: o.State, Picture: o.Picture,
	}})
}

// signOut ends this session here and on the server.
func (s *site) signOut(w http.ResponseWriter, r *http.Request) {
	proof, err := s.signedIn(r)
	if err == nil {
		err = s.Auth.Sessions.End(proof.Operator, proof.ID)
	}
	if err != nil {
		s.refuse(w, err)
		return
	}
	if cookie, err := auth.EndCookie(s.Peer.Transport(r)); err == nil {
		http.SetCookie(w, cookie)
	}
	w.WriteHeader(http.StatusNoContent)
}

// signedInAs is one of an operator's sessions, as its owner sees it.
type signedInAs struct {
	ID        string `json:"id"`
	CreatedAt int64  `json:"created_at"`
	LastAt    int64  `json:"last_at"`
	Device    string `json:"device"`
	Address   string `json:"address"`
	Current   bool   `json:"current"`
}

func (s *site) listSessions(w http.ResponseWriter, r *http.Request) {
	proof, err := s.signedIn(r)
	var all []auth.Session
	if err == nil {
		all, err = s.Auth.Sessions.List(proof.Operator)
	}
	if err != nil {
		s.refuse(w, err)
		return
	}
	out := make([]signedInAs, 0, len(all))
	for _, x := range all {
		out = append(out, signedInAs{
			ID: x.ID, CreatedAt: x.CreatedAt.UnixMilli(), LastAt: x.LastAt.UnixMilli(),
			Device: x.Device, Address: x.Address, Current: x.ID == proof.ID,
		})
	}
	s.json(w, http.StatusOK, out)
}

// endSession revokes one of one's own sessions.
func (s *site) endSession(w http.ResponseWriter, r *http.Request) {
	proof, err := s.signedIn(r)
	if err == nil {
		err = s.Auth.Sessions.End(proof.Operator, r.PathValue("id"))
	}
	if err != nil {
		s.refuse(w, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// lookAtLink tells what a one-time link is for, and uses nothing up.
func (s *site) lookAtLink(w http.ResponseWriter, r *http.Request) {
	var form struct{ Token string }
	link, err := s.openLink(w, r, &form, func() string { return form.Token })
	if err != nil {
		s.refuse(w, err)
		return
	}
	s.json(w, http.StatusOK, map[string]string{
		"kind": string(link.Kind), "name": link.Name, "email": string(link.Email), "state": string(link.State),
	})
}

// openLink is what both ways to a link share: transport, origin, limit, and a look at it.
func (s *site) openLink(w http.ResponseWriter, r *http.Request, form any, token func() string) (auth.Link, error) {
	if err := auth.MaySignIn(s.Peer.Transport(r)); err != nil {
		return auth.Link{}, err
	}
	if err := s.ownRequest(r); err != nil {
		return auth.Link{}, err
	}
	if err := s.Auth.Limits.Take(auth.LimitSetUpAddress, auth.AddressKey(s.Peer.Address(r))); err != nil {
		return auth.Link{}, err
	}
	if err := s.read(w, r, form); err != nil {
		return auth.Link{}, err
	}
	return s.Auth.Links.Look(auth.Hidden(token()))
}

// redeemLink makes an account usable: the first administrator's, with the first channel, or an invited colleague's.
func (s *site) redeemLink(w http.ResponseWriter, r *http.Request) {
	var form struct{ Token, Name, Email, Password, Workspace string }
	link, err := s.openLink(w, r, &form, func() string { return form.Token })
	if err != nil {
		s.refuse(w, err)
		return
	}
	person := protocol.OperatorInvite{Name: form.Name, Email: form.Email, Role: protocol.RoleAdmin}
	if link.Kind == auth.LinkInvite {
		person.Email, person.Role = string(link.Email), protocol.RoleOperator // the role stays that of the invitation
	}
	if refusal := protocol.Check(&person); refusal != nil {
		s.refuse(w, refusal)
		return
	}
	if err := s.Auth.Passwords.Validate(auth.Hidden(form.Password)); err != nil {
		s.refuse(w, err)
		return
	}
	link, err = s.Auth.Links.Redeem(r.Context(), auth.Hidden(form.Token), auth.Hidden(form.Password),
		func(ctx context.Context, link auth.Link) error {
			return s.join(ctx, link, person, form.Workspace)
		})
	if err != nil {
		s.refuse(w, err)
		return
	}
	token, made, err := s.Auth.Sessions.Begin(link.Operator, auth.Origin{
		Device: session.Device(r.UserAgent()), Address: s.Peer.Address(r).String(),
	})
	if err != nil {
		s.refuse(w, err)
		return
	}
	s.setCookie(w, r, token, made)
}

// join writes the account's events. Asked again it changes nothing.
func (s *site) join(ctx context.Context, link auth.Link, person protocol.OperatorInvite, workspace string) error {
	_, err := s.Engine.Do(ctx, engine.Command{Decide: func(r store.Reader, now int64, newID func() string) (store.Outcome, error) {
		c := call.Call{
			By:  protocol.Actor{Kind: protocol.ActorOperator, ID: string(link.Operator), Name: person.Name},
			Now: now, NewID: newID, Admin: link.Kind == auth.LinkFirst,
		}
		if link.Kind == auth.LinkInvite {
			return team.Join(r, c, link.Operator, person.Name)
		}
		out, err := team.Found(r, c, link.Operator, person.Name, person.Email, protocol.RoleAdmin, false)
		if err != nil || len(out.Events) == 0 {
			return out, err
		}
		first := protocol.ChannelCreate{Looks: protocol.Looks{Name: workspace, Color: defaultColor}}
		if refusal := protocol.Check(&first); refusal != nil {
			return out, refusal
		}
		made, err := channel.Create(r, c, &first)
		out.Events = append(out.Events, made.Events...)
		return out, err
	}})
	return err
}
