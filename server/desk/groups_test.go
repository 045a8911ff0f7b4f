package desk_test

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/server/desk/team"
	"beseda/store"
)

// Groups, their rights, and who serves a channel.

// joins puts somebody into a group.
func (o *office) joins(who person, group protocol.GroupID) {
	o.t.Helper()
	o.eve.must(o.eve.do(protocol.KindRoleChange, &protocol.RoleChange{
		Operator: who.id(), Role: protocol.RoleOperator, Group: group,
	}))
}

// group makes one with rights, and puts people into it.
func (o *office) group(name string, rights []protocol.Right, members ...person) protocol.GroupID {
	o.t.Helper()
	made := o.eve.must(o.eve.do(protocol.KindGroupCreate, &protocol.GroupCreate{Name: name, Rights: rights}))
	for _, who := range members {
		o.joins(who, protocol.GroupID(made.Made))
	}
	return protocol.GroupID(made.Made)
}

func (o *office) rights(p person) (rights []protocol.Right) {
	o.t.Helper()
	o.read(func(r store.Reader) error {
		m, err := team.Working(r, p.id())
		rights = m.Rights()
		return err
	})
	return rights
}

func TestAGroupsRightsAreItsMembersAtOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	o.wants("an operator's", o.rights(o.ann), []protocol.Right{protocol.RightClose, protocol.RightBlock})
	o.wants("an administrator's", o.rights(o.eve), protocol.Rights[:])
	o.wants("a bot's", o.rights(o.robot), []protocol.Right{protocol.RightClose, protocol.RightBlock})
	g := o.group("Juniors", nil, o.ann)
	if got := o.rights(o.ann); len(got) != 0 {
		t.Errorf("without any: %q", got)
	}
	o.eve.must(o.eve.do(protocol.KindGroupChange, &protocol.GroupChange{
		Group: g, Name: "Juniors", Rights: []protocol.Right{protocol.RightDelete, protocol.RightReadAll}}))
	o.wants("changed", o.rights(o.ann), []protocol.Right{protocol.RightReadAll, protocol.RightDelete})
	o.joins(o.ann, protocol.GroupChatAdmins)
	o.wants("a chat administrator's", o.rights(o.ann), protocol.Rights[:7])
	o.eve.must(o.eve.do(protocol.KindGroupChange, &protocol.GroupChange{Group: protocol.GroupOperators}))
	if got := o.rights(o.bob); len(got) != 0 {
		t.Errorf("the group of everybody was emptied, and Bob has %q", got)
	}
	o.wants("a bot's, whatever group it is in", o.rights(o.robot), []protocol.Right{protocol.RightClose})
}

func TestGroupsAreKept(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	g := o.group("  Billing ", []protocol.Right{protocol.RightExport, protocol.RightClose}, o.ann)
	o.restart()
	o.read(func(r store.Reader) error {
		groups, err := team.Groups(r)
		o.wants("groups", groups, []protocol.Group{
			{ID: protocol.GroupOperators, Rights: []protocol.Right{protocol.RightClose, protocol.RightBlock}, Members: 2},
			{ID: protocol.GroupChatAdmins, Rights: []protocol.Right{protocol.RightChatAdmin}},
			{ID: g, Name: "Billing", Rights: []protocol.Right{protocol.RightClose, protocol.RightExport}, Members: 1},
		})
		return err
	})
	before := o.last()
	o.eve.must(o.eve.do(protocol.KindGroupChange, &protocol.GroupChange{
		Group: g, Name: "Billing", Rights: []protocol.Right{protocol.RightExport, protocol.RightClose}}))
	o.joins(o.ann, g)
	if o.last() != before {
		t.Errorf("what changes nothing wrote %q", o.since(before))
	}
	for name, tc := range map[string]struct {
		who  person
		kind protocol.Kind
		body protocol.Body
		want string
	}{
		"no administrator makes one":      {o.ann, protocol.KindGroupCreate, &protocol.GroupCreate{Name: "X"}, "forbidden"},
		"no administrator changes one":    {o.ann, protocol.KindGroupChange, &protocol.GroupChange{Group: g, Name: "X"}, "forbidden"},
		"no administrator deletes one":    {o.ann, protocol.KindGroupDelete, &protocol.GroupDelete{Group: g}, "forbidden"},
		"no administrator names a team":   {o.ann, protocol.KindTeamChange, &protocol.TeamChange{Channel: o.channel}, "forbidden"},
		"a name of spaces":                {o.eve, protocol.KindGroupCreate, &protocol.GroupCreate{Name: "  "}, "invalid field=name"},
		"a name that is taken":            {o.eve, protocol.KindGroupCreate, &protocol.GroupCreate{Name: "BILLING"}, "conflict field=name"},
		"a built-in one by a taken name":  {o.eve, protocol.KindGroupChange, &protocol.GroupChange{Group: protocol.GroupOperators, Name: "billing"}, "conflict field=name"},
		"no name":                         {o.eve, protocol.KindGroupChange, &protocol.GroupChange{Group: g}, "invalid field=name"},
		"one that is not":                 {o.eve, protocol.KindGroupChange, &protocol.GroupChange{Group: "01J00000000000000000000000", Name: "X"}, "not_found"},
		"deleting one that is not":        {o.eve, protocol.KindGroupDelete, &protocol.GroupDelete{Group: "01J00000000000000000000000"}, "not_found"},
		"deleting one with members":       {o.eve, protocol.KindGroupDelete, &protocol.GroupDelete{Group: g}, "conflict members"},
		"deleting a built-in one":         {o.eve, protocol.KindGroupDelete, &protocol.GroupDelete{Group: protocol.GroupChatAdmins}, "invalid field=group"},
		"a right that is none":            {o.eve, protocol.KindGroupCreate, &protocol.GroupCreate{Name: "X", Rights: []protocol.Right{"all"}}, "invalid field=rights[0] rule=oneof"},
		"a role in a group that is none":  {o.eve, protocol.KindRoleChange, &protocol.RoleChange{Operator: o.bob.id(), Role: protocol.RoleOperator, Group: "01J00000000000000000000000"}, "invalid field=group"},
		"inviting into one that is none":  {o.eve, protocol.KindOperatorInvite, &protocol.OperatorInvite{Name: "X", Email: "x@example.com", Role: protocol.RoleOperator, Group: "01J00000000000000000000000"}, "invalid field=group"},
		"a team of a channel that is not": {o.eve, protocol.KindTeamChange, &protocol.TeamChange{Channel: "01J00000000000000000000000"}, "not_found"},
		"a team of who does not exist":    {o.eve, protocol.KindTeamChange, &protocol.TeamChange{Channel: o.channel, Operators: []protocol.OperatorID{"01J00000000000000000000000"}}, "invalid field=operators"},
	} {
		if _, err := tc.who.do(tc.kind, tc.body); !strings.HasPrefix(answer(err), tc.want) || (tc.want == "forbidden") != (answer(err) == "forbidden" || strings.HasPrefix(answer(err), "forbidden ")) {
			t.Errorf("%s: %q, want %q", name, answer(err), tc.want)
		}
	}
	if o.last() != before {
		t.Errorf("what is refused wrote %q", o.since(before))
	}
	// Who is deactivated is no member, and comes back to the group in which everybody is.
	o.eve.must(o.eve.deactivates(o.ann))
	o.eve.must(o.eve.do(protocol.KindGroupDelete, &protocol.GroupDelete{Group: g}))
	o.eve.must(o.eve.activates(o.ann))
	o.wants("Ann, back", o.rights(o.ann), []protocol.Right{protocol.RightClose, protocol.RightBlock})
	for i := range protocol.MaxGroups - 2 {
		o.group("g"+strconv.Itoa(i), nil)
	}
	if _, err := o.eve.do(protocol.KindGroupCreate, &protocol.GroupCreate{Name: "one too many"}); answer(err) != "conflict limit=100" {
		t.Errorf("beyond the limit: %v", err)
	}
}

func TestWithoutTheRightToCloseOneWritesOnly(t *testing.T) {
	t.Parallel()
	o := talk(t)
	o.group("Juniors", nil, o.ann)
	for name, err := range map[string]error{
		"complete": by(o.ann.completes(1, protocol.Pending)), "close": by(o.ann.closes(1)),
		"set pending": by(o.ann.sets(1, protocol.Pending)), "set closed": by(o.ann.sets(1, protocol.Closed)),
	} {
		if answer(err) != "forbidden right=close" {
			t.Errorf("%s: %v", name, err)
		}
	}
	o.ann.must(o.ann.replies(1, "still here"))
	o.ann.must(o.ann.names(1, "Boots"))
	o.eve.must(o.eve.closes(1))
	if _, err := o.ann.reopens(1); answer(err) != "forbidden right=close" {
		t.Errorf("reopen: %v", err)
	}
	o.ann.must(o.ann.sets(1, protocol.Open))
	if _, err := o.bob.closes(1); answer(err) != "forbidden" {
		t.Errorf("Bob has the right and may not write: %v", err)
	}
	o.robot.must(o.robot.closes(1))
}

func TestATeamServesItsChannel(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	zoe := o.hire("Zoe", protocol.RoleOperator, false)
	o.joins(zoe, protocol.GroupChatAdmins)
	o.eve.must(o.eve.serves(o.bob, o.ann))
	carl := o.hire("Carl", protocol.RoleOperator, false)
	o.kira.must(o.kira.says("hello"))
	for name, err := range map[string]error{
		"a note": by(carl.notes(1, "x")), "taking it": by(carl.assigns(1, carl)), "a new one": by(carl.starts(o.conv(1).Thread, "x")),
	} {
		if answer(err) != "forbidden" {
			t.Errorf("%s outside the team: %v", name, err)
		}
	}
	if _, err := carl.replies(1, "x"); answer(err) != "not_assigned" {
		t.Errorf("a reply outside the team: %v", err)
	}
	if _, err := o.ann.assigns(1, carl); answer(err) != "invalid field=assignee" {
		t.Errorf("given to somebody outside the team: %v", err)
	}
	for _, to := range []person{zoe, o.eve, o.robot, o.bob} {
		o.eve.must(o.eve.assigns(1, to))
	}
	// Its settings change, and who serves it stays; the team changes, and who has a conversation keeps it.
	o.eve.must(o.eve.do(protocol.KindChannelChange, &protocol.ChannelChange{
		Channel: o.channel, Looks: protocol.Looks{Name: "Renamed", Color: "#112233"}}))
	o.read(func(r store.Reader) error {
		ch, err := store.Channels.Get(r, store.Text(o.channel))
		if team := []protocol.OperatorID{o.ann.id(), o.bob.id()}; !slices.Equal(ch.Channel.Team, team) || ch.Channel.Looks.Name != "Renamed" {
			t.Errorf("the channel is %+v", ch.Channel)
		}
		return err
	})
	o.eve.must(o.eve.serves(carl))
	o.bob.must(o.bob.replies(1, "mine"))
	o.bob.must(o.bob.assigns(1, carl))
	if _, err := o.bob.notes(1, "x"); answer(err) != "forbidden" {
		t.Errorf("Bob, who had it and is of the team no more: %v", err)
	}
	o.eve.must(o.eve.serves())
	o.eve.must(o.eve.assigns(1, person{o: o}))
	o.bob.must(o.bob.replies(1, "for everybody again"))
}

// TestAGroupsNameIsOneLineThatNobodyCanTurnAround, and one that differs from another's in case alone is taken.
func TestAGroupsNameIsOneLineThatNobodyCanTurnAround(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	id := o.group("\u202eStraße\nnord\u2066", nil)
	names := map[protocol.GroupID]string{}
	o.read(func(r store.Reader) error {
		all, err := team.Groups(r)
		for _, g := range all {
			names[g.ID] = g.Name
		}
		return err
	})
	o.wants("its name", names[id], "Straße nord")
	o.wants("the same in capitals", answer(by(o.eve.do(protocol.KindGroupCreate, &protocol.GroupCreate{Name: "STRASSE NORD"}))), "conflict field=name")
	o.wants("one that nobody sees", answer(by(o.eve.do(protocol.KindGroupChange, &protocol.GroupChange{Group: id, Name: "\u202e \n"}))), "invalid field=name")
}

// TestAGroupIsNotCalledLikeOneThatEveryWorkspaceHas, in any language of the console: nobody could tell the two apart.
func TestAGroupIsNotCalledLikeOneThatEveryWorkspaceHas(t *testing.T) {
	t.Parallel()
	o := newOffice(t, nil)
	own := o.group("Billing", nil)
	files, err := filepath.Glob("../../widget/languages/console.*.txt")
	if err != nil || len(files) < 2 {
		t.Fatal(files, err)
	}
	ids := map[string]protocol.GroupID{"group_operators": protocol.GroupOperators, "group_chat_admins": protocol.GroupChatAdmins, "group_admins": ""}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		for line := range strings.Lines(string(text)) {
			key, name, _ := strings.Cut(strings.TrimSpace(line), " = ")
			id, is := ids[key]
			if !is {
				continue
			}
			found++
			o.wants("a new group called "+name, answer(by(o.eve.do(protocol.KindGroupCreate, &protocol.GroupCreate{Name: strings.ToUpper(name)}))), "conflict field=name")
			o.wants("another group called "+name, answer(by(o.eve.do(protocol.KindGroupChange, &protocol.GroupChange{Group: own, Name: " " + name}))), "conflict field=name")
			if id != "" {
				o.wants("itself called "+name, answer(by(o.eve.do(protocol.KindGroupChange, &protocol.GroupChange{Group: id, Name: name}))), "")
			}
		}
		if found != len(ids) {
			t.Errorf("%s names %d of them", file, found)
		}
	}
}
