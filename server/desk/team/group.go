package team

import (
	"errors"
	"strconv"
	"strings"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/store"
)

// Groups lists all groups, with how many are in each: the two that every workspace has, then the others as they were
// made.
func Groups(r store.Reader) ([]protocol.Group, error) {
	ids := []protocol.GroupID{protocol.GroupOperators, protocol.GroupChatAdmins}
	for g, err := range store.Groups.Scan(r, store.Groups.Under()) {
		if err != nil {
			return nil, err
		}
		if !builtIn(g.ID) {
			ids = append(ids, g.ID)
		}
	}
	members, err := membersOf(r)
	if err != nil {
		return nil, err
	}
	groups := make([]protocol.Group, len(ids))
	for i, id := range ids {
		g, err := GroupOf(r, id)
		if err != nil {
			return nil, err
		}
		groups[i] = protocol.Group{ID: id, Name: g.Name, Rights: g.Rights, Members: members[id]}
	}
	return groups, nil
}

// membersOf counts the active and invited accounts of each group.
func membersOf(r store.Reader) (map[protocol.GroupID]int, error) {
	members := map[protocol.GroupID]int{}
	for o, err := range store.Operators.Scan(r, store.Operators.Under()) {
		if err != nil {
			return nil, err
		}
		switch {
		case o.State == protocol.OperatorDeactivatedState, o.Role == protocol.RoleAdmin:
		case o.Group == "":
			members[protocol.GroupOperators]++
		default:
			members[o.Group]++
		}
	}
	return members, nil
}

func builtIn(id protocol.GroupID) bool {
	return id == protocol.GroupOperators || id == protocol.GroupChatAdmins
}

// CreateGroup makes a group. Administrators only; names are unique.
func CreateGroup(r store.Reader, c call.Call, cmd *protocol.GroupCreate) (store.Outcome, error) {
	if !c.Admin {
		return store.Outcome{}, protocol.Refuse(protocol.CodeForbidden, "")
	}
	groups, err := Groups(r)
	if err != nil {
		return store.Outcome{}, err
	}
	if len(groups) >= protocol.MaxGroups {
		return store.Outcome{}, protocol.Refuse(protocol.CodeConflict, "limit="+strconv.Itoa(protocol.MaxGroups))
	}
	id := protocol.GroupID(c.NewID())
	name, err := groupName(groups, id, cmd.Name)
	if err != nil {
		return store.Outcome{}, err
	}
	return groupSet(c, id, name, cmd.Rights, nil), nil
}

// ChangeGroup replaces a group's name and rights. One that every workspace has may go without a name.
func ChangeGroup(r store.Reader, c call.Call, cmd *protocol.GroupChange) (store.Outcome, error) {
	g, err := findGroup(r, c, cmd.Group)
	if err != nil {
		return store.Outcome{}, err
	}
	groups, err := Groups(r)
	if err != nil {
		return store.Outcome{}, err
	}
	name, err := groupName(groups, g.ID, cmd.Name)
	if err != nil || name == g.Name && setOf(cmd.Rights) == setOf(g.Rights) {
		return store.Outcome{}, err
	}
	return groupSet(c, g.ID, name, cmd.Rights, &protocol.Group{ID: g.ID, Name: g.Name, Rights: g.Rights}), nil
}

// DeleteGroup removes a group that nobody is in.
func DeleteGroup(r store.Reader, c call.Call, cmd *protocol.GroupDelete) (store.Outcome, error) {
	g, err := findGroup(r, c, cmd.Group)
	if err != nil {
		return store.Outcome{}, err
	}
	if builtIn(g.ID) {
		return store.Outcome{}, protocol.Refuse(protocol.CodeInvalid, "field=group")
	}
	members, err := membersOf(r)
	if err != nil {
		return store.Outcome{}, err
	}
	if members[g.ID] > 0 {
		return store.Outcome{}, protocol.Refuse(protocol.CodeConflict, "members")
	}
	return store.Outcome{Events: []protocol.Frame{c.Event(protocol.KindGroupDeleted,
		protocol.EncodeBody(&protocol.GroupDeleted{Group: g.ID, Name: g.Name}))}}, nil
}

func findGroup(r store.Reader, c call.Call, id protocol.GroupID) (store.Group, error) {
	if !c.Admin {
		return store.Group{}, protocol.Refuse(protocol.CodeForbidden, "")
	}
	if !builtIn(id) {
		if _, err := store.Groups.Get(r, store.Text(id)); err != nil {
			return store.Group{}, notFound(err)
		}
	}
	return GroupOf(r, id)
}

// groupName is a group's name as it is kept, where no other one bears it.
func groupName(groups []protocol.Group, id protocol.GroupID, typed string) (string, error) {
	name := strings.TrimSpace(typed)
	folded := protocol.FoldName(name)
	if name == "" {
		if builtIn(id) {
			return "", nil
		}
		return "", protocol.Refuse(protocol.CodeInvalid, "field=name")
	}
	if of, is := calledBuiltIn(folded); is && of != id {
		return "", protocol.Refuse(protocol.CodeConflict, "field=name")
	}
	for _, g := range groups {
		if g.ID != id && protocol.FoldName(g.Name) == folded {
			return "", protocol.Refuse(protocol.CodeConflict, "field=name")
		}
	}
	return name, nil
}

// calledBuiltIn tells whether a folded name is one that the console gives, in one of its languages, to a group that
// every workspace has, and to which; empty for the administrators, who are no group. Nobody could tell two apart.
func calledBuiltIn(folded string) (of protocol.GroupID, is bool) {
	switch folded {
	case "operators", "операторы":
		return protocol.GroupOperators, true
	case "chat administrators", "администраторы чата":
		return protocol.GroupChatAdmins, true
	case "administrators", "администраторы":
		return "", true
	}
	return "", false
}

func groupSet(c call.Call, id protocol.GroupID, name string, list []protocol.Right, former *protocol.Group) store.Outcome {
	return store.Outcome{Made: string(id), Events: []protocol.Frame{c.Event(protocol.KindGroupSet,
		protocol.EncodeBody(&protocol.GroupSet{Group: id, Name: name, Rights: setOf(list).list(), Former: former}))}}
}

// groupFor is the group that an account of a role is kept under: administrators are in none, and the one in which
// everybody is has no id there.
func groupFor(r store.Reader, role protocol.Role, id protocol.GroupID) (protocol.GroupID, error) {
	if role == protocol.RoleAdmin || id == "" || id == protocol.GroupOperators {
		return "", nil
	}
	if id == protocol.GroupChatAdmins {
		return id, nil
	}
	_, err := store.Groups.Get(r, store.Text(id))
	if errors.Is(err, store.ErrNotFound) {
		err = protocol.Refuse(protocol.CodeInvalid, "field=group")
	}
	return id, err
}

// applyGroup keeps the groups. Who was in a deleted one and is deactivated comes back, if they do, to the one in which
// everybody is.
func applyGroup(tx store.Tx, ev *protocol.Frame) error {
	if ev.Kind == protocol.KindGroupSet {
		var body protocol.GroupSet
		if err := protocol.DecodeBody(ev.Body, &body); err != nil {
			return err
		}
		return store.Groups.Put(tx, store.Group{ID: body.Group, Name: body.Name, Rights: body.Rights}, store.Text(body.Group))
	}
	var body protocol.GroupDeleted
	if err := protocol.DecodeBody(ev.Body, &body); err != nil {
		return err
	}
	var left []store.Operator
	for o, err := range store.Operators.Scan(tx, store.Operators.Under()) {
		if err != nil {
			return err
		}
		if o.Group == body.Group {
			left = append(left, o)
		}
	}
	for _, o := range left {
		o.Group = ""
		if err := store.Operators.Put(tx, o, store.Text(o.ID)); err != nil {
			return err
		}
	}
	return store.Groups.Delete(tx, store.Text(body.Group))
}

func notFound(err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return protocol.Refuse(protocol.CodeNotFound, "")
	}
	return err
}
