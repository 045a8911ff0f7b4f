package web

import (
	"net/http"

	"beseda/server/auth"
	"beseda/server/desk/team"
)

// changePassword gives somebody signed in another password. This session goes on, all others end.
func (s *site) changePassword(w http.ResponseWriter, r *http.Request) {
	var form struct{ Current, New string }
	proof, err := s.signedIn(r)
	if err == nil {
		err = s.read(w, r, &form)
	}
	if err == nil {
		err = s.Auth.ChangePassword(r.Context(), auth.Change{
			Session: proof, Current: auth.Hidden(form.Current), New: auth.Hidden(form.New), Address: s.Peer.Address(r),
		})
	}
	if err == nil {
		err = s.passwordSet(r, proof)
	}
	if err != nil {
		s.refuse(w, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// passwordSet notes it in the log.
func (s *site) passwordSet(r *http.Request, proof auth.Session) error {
	p, err := s.teammate(r, proof)
	if err != nil {
		return err
	}
	defer p.release()
	return s.operatorCall(p, team.SetPassword)
}
