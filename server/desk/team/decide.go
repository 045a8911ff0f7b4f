package team

import (
	"errors"
	"strings"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/store"
)

// Invite makes an account that waits for its one-time link. Administrators only; an address has one account.
func Invite(r store.Reader, c call.Call, cmd *protocol.OperatorInvite) (store.Outcome, error) {
	if !c.Admin {
		return store.Outcome{}, protocol.Refuse(protocol.CodeForbidden, "")
	}
	email := store.EmailKey(cmd.Email)
	if err := addressFree(r, email); err != nil {
		return store.Outcome{}, err
	}
	group, err := groupFor(r, cmd.Role, cmd.Group)
	if err != nil {
		return store.Outcome{}, err
	}
	id := protocol.OperatorID(c.NewID())
	return store.Outcome{
		Made: string(id),
		Events: []protocol.Frame{c.Event(protocol.KindOperatorInvited, protocol.EncodeBody(&protocol.OperatorInvited{
			Operator: id, Name: strings.TrimSpace(cmd.Name), Email: email, Role: cmd.Role, Group: group,
		}))},
	}, nil
}

// Found makes the first administrator, or, from the command line, an operator or a bot: accounts that nobody invites.
// One that is active already is left as it is.
func Found(r store.Reader, c call.Call, id protocol.OperatorID, name, email string, role protocol.Role, bot bool) (store.Outcome, error) {
	if o, err := store.Operators.Get(r, store.Text(id)); err == nil && o.State == protocol.OperatorActive {
		return store.Outcome{Made: string(id)}, nil
	} else if err != nil && !errors.Is(err, store.ErrNotFound) {
		return store.Outcome{}, err
	}
	email = store.EmailKey(email)
	if !bot {
		if err := addressFree(r, email); err != nil {
			return store.Outcome{}, err
		}
	}
	return store.Outcome{
		Made: string(id),
		Events: []protocol.Frame{
			c.Event(protocol.KindOperatorInvited, protocol.EncodeBody(&protocol.OperatorInvited{
				Operator: id, Name: name, Email: email, Role: role, Bot: bot,
			})),
			c.Event(protocol.KindOperatorJoined, protocol.EncodeBody(&protocol.OperatorJoined{Operator: id, Name: name})),
		},
	}, nil
}

// Join makes an invited account active: its link is used. Of one that is active already it notes that somebody who had
// the link chooses another password; where the link then turns out to be used up, a try stands in the log.
func Join(r store.Reader, c call.Call, id protocol.OperatorID, name string) (store.Outcome, error) {
	o, err := find(r, id)
	if err != nil {
		return store.Outcome{}, err
	}
	switch o.State {
	case protocol.OperatorActive:
		c.By.Name = o.Name // whatever was typed beside the password
		return passwordSet(c, id, true), nil
	case protocol.OperatorDeactivatedState:
		return store.Outcome{}, protocol.Refuse(protocol.CodeConflict, "changed")
	}
	return store.Outcome{Events: []protocol.Frame{
		c.Event(protocol.KindOperatorJoined, protocol.EncodeBody(&protocol.OperatorJoined{Operator: id, Name: name})),
	}}, nil
}

// Deactivate ends an account's access. The last active administrator cannot be deactivated.
func Deactivate(r store.Reader, c call.Call, cmd *protocol.OperatorDeactivate) (store.Outcome, error) {
	o, err := administer(r, c, cmd.Operator)
	if err != nil || o.State == protocol.OperatorDeactivatedState {
		return store.Outcome{}, err
	}
	if err := keepsAdministrator(r, o); err != nil {
		return store.Outcome{}, err
	}
	return store.Outcome{Events: []protocol.Frame{c.Event(protocol.KindOperatorDeactivated,
		protocol.EncodeBody(&protocol.OperatorDeactivated{Operator: o.ID}))}}, nil
}

// Activate gives an account its access back.
func Activate(r store.Reader, c call.Call, cmd *protocol.OperatorActivate) (store.Outcome, error) {
	o, err := administer(r, c, cmd.Operator)
	if err != nil || o.State != protocol.OperatorDeactivatedState {
		return store.Outcome{}, err
	}
	return store.Outcome{Events: []protocol.Frame{c.Event(protocol.KindOperatorActivated,
		protocol.EncodeBody(&protocol.OperatorActivated{Operator: o.ID}))}}, nil
}

// ChangeRole gives an account another role or group. The last active administrator stays one.
func ChangeRole(r store.Reader, c call.Call, cmd *protocol.RoleChange) (store.Outcome, error) {
	o, err := administer(r, c, cmd.Operator)
	if err != nil {
		return store.Outcome{}, err
	}
	group, err := groupFor(r, cmd.Role, cmd.Group)
	if err != nil || o.Role == cmd.Role && o.Group == group {
		return store.Outcome{}, err
	}
	if o.Role != cmd.Role {
		if err := keepsAdministrator(r, o); err != nil {
			return store.Outcome{}, err
		}
	}
	return store.Outcome{Events: []protocol.Frame{c.Event(protocol.KindRoleSet,
		protocol.EncodeBody(&protocol.RoleSet{
			Operator: o.ID, Role: cmd.Role, Group: group, Former: o.Role, FormerGroup: o.Group,
		}))}}, nil
}

// ChangeProfile gives the caller another name.
func ChangeProfile(r store.Reader, c call.Call, cmd *protocol.ProfileChange) (store.Outcome, error) {
	o, err := find(r, c.Operator())
	if err != nil {
		return store.Outcome{}, err
	}
	name := strings.TrimSpace(cmd.Name)
	switch name {
	case "":
		return store.Outcome{}, protocol.Refuse(protocol.CodeInvalid, "field=name")
	case o.Name:
		return store.Outcome{}, nil
	}
	return profile(c, o, name), nil
}

// ChangePicture gives the caller a picture, which is stored already.
func ChangePicture(r store.Reader, c call.Call, blob, mediaType string) (store.Outcome, error) {
	c, err := Admit(r, c)
	if err != nil {
		return store.Outcome{}, err
	}
	o, err := find(r, c.Operator())
	if err != nil {
		return store.Outcome{}, err
	}
	o.Picture, o.PictureBlob, o.PictureType = blob[:min(8, len(blob))], blob, mediaType
	return profile(c, o, o.Name), nil
}

func profile(c call.Call, o store.Operator, name string) store.Outcome {
	return store.Outcome{Events: []protocol.Frame{c.Event(protocol.KindProfileSet,
		protocol.EncodeBody(&protocol.ProfileSet{
			Operator: o.ID, Name: name, Picture: o.Picture, Blob: o.PictureBlob, Type: o.PictureType,
		}))}}
}

// administer finds an account that an administrator wants to change.
func administer(r store.Reader, c call.Call, id protocol.OperatorID) (store.Operator, error) {
	if !c.Admin {
		return store.Operator{}, protocol.Refuse(protocol.CodeForbidden, "")
	}
	return find(r, id)
}

func find(r store.Reader, id protocol.OperatorID) (store.Operator, error) {
	o, err := store.Operators.Get(r, store.Text(id))
	return o, notFound(err)
}

func addressFree(r store.Reader, email string) error {
	_, err := store.Emails.Get(r, store.Text(email))
	switch {
	case err == nil:
		return protocol.Refuse(protocol.CodeConflict, "field=email")
	case errors.Is(err, store.ErrNotFound):
		return nil
	}
	return err
}

// keepsAdministrator refuses to take the role or the access of the last person who could give it back.
func keepsAdministrator(r store.Reader, o store.Operator) error {
	if o.Role != protocol.RoleAdmin || o.State != protocol.OperatorActive || o.Bot {
		return nil
	}
	for other, err := range store.Operators.Scan(r, store.Operators.Under()) {
		if err != nil {
			return err
		}
		if other.ID != o.ID && other.Role == protocol.RoleAdmin && other.State == protocol.OperatorActive && !other.Bot {
			return nil
		}
	}
	return protocol.Refuse(protocol.CodeConflict, "last_administrator")
}
