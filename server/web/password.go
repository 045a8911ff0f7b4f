package web

import (
	"net/http"

	"beseda/server/auth"
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
	if err != nil {
		s.refuse(w, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}
