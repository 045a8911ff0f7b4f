//go:build !wasm

package main

import (
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/wasm/operator/state"
)

// Two views of one filter, and one that everybody has.
const (
	viewPost  = protocol.ViewID("01JC00000000000000000000V1")
	viewMail  = protocol.ViewID("01JC00000000000000000000V2")
	viewTeams = protocol.ViewID("01JC00000000000000000000V3")
)

func viewed(w *protocol.OperatorWelcome) {
	byVisitor := protocol.Filter{Activities: []protocol.Activity{protocol.Active}, Last: protocol.SideVisitor}
	w.Team.Views = []protocol.View{
		{ID: viewPost, Name: "Post", Owner: ann, Filter: byVisitor},
		{ID: viewMail, Name: "Mail", Owner: ann, Filter: byVisitor},
		{ID: viewTeams, Name: "Pending", Owner: bob, Shared: true, Filter: protocol.Filter{Statuses: []protocol.Status{protocol.Pending}}},
	}
}

// pressed are the chips that are on.
func (d *desk) chipsOn() string {
	var all []string
	for _, n := range d.Page.ByClass("b-views__item") {
		if n.Attrs["aria-pressed"] == "true" {
			all = append(all, strings.Join(strings.Fields(n.AllText()), " "))
		}
	}
	return strings.Join(all, ", ")
}

func TestX37OfTwoViewsWithOneFilterEachCanBeChanged(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/", viewed)
	for _, c := range []struct {
		name string
		id   protocol.ViewID
	}{{"Post", viewPost}, {"Mail", viewMail}, {"Post", viewPost}} {
		d.press("b-views__item", c.name)
		d.want("on", d.chipsOn(), c.name)
		d.Click("Change the view " + c.name)
		d.Type("Name", c.name+" 2")
		d.submit("b-form")
		cmd := d.last(protocol.KindViewChange)
		if got := decode[protocol.ViewChange](t, cmd); got.View != c.id || got.Filter.Last != protocol.SideVisitor {
			t.Fatalf("changes %+v", got)
		}
		d.hear(cmd.ID, protocol.KindAccepted, &protocol.Accepted{})
	}
}

func TestX37AViewIsUpdatedToTheListAsItIsNow(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/", viewed)
	d.press("b-views__item", "Mail")
	d.looked(2, nil)
	d.Click("Filter and sort, something is set")
	d.looked(2, nil)
	d.tick("Closed", true)
	d.looked(2, nil)
	d.Click("Show 2")
	d.want("on", d.chipsOn(), "")
	if d.Page.Named("Save this list as a view") == nil {
		t.Error("it cannot be saved as another view")
	}
	d.Click("Update Mail")
	if !strings.Contains(d.HTML(), "It will show the list as it is now.") {
		t.Error("the window does not say so")
	}
	d.submit("b-form")
	cmd := d.last(protocol.KindViewChange)
	got := decode[protocol.ViewChange](t, cmd)
	if got.View != viewMail || got.Name != "Mail" || len(got.Filter.Statuses) != 1 || got.Filter.Last != protocol.SideVisitor {
		t.Fatalf("changes %+v", got)
	}
	team := welcome().Team
	w := welcome()
	viewed(w)
	team.Views = w.Team.Views
	team.Views[1].Filter = got.Filter
	d.hear("", protocol.KindTeam, &team)
	d.hear(cmd.ID, protocol.KindAccepted, &protocol.Accepted{})
	d.want("on", d.chipsOn(), "Mail")
	if d.Page.Named("Update Mail") != nil || d.Page.Named("Change the view Mail") == nil {
		t.Error("it is to be updated still")
	}

	// Going to another list is no change of the view.
	d.press("b-views__item", "All 3")
	d.looked(3, nil)
	d.want("on", d.chipsOn(), "All 3")
	d.Click("Filter and sort, something is set")
	d.tick("Closed", true)
	d.looked(3, nil)
	d.Click("Show 3")
	if d.Page.Named("Update Mail") != nil || d.Page.Named("Save this list as a view") == nil {
		t.Error("another list is offered as the view's")
	}
}

func TestX37AViewThatAnAddressShowsIsUpdatedToo(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/?activity=active&last=visitor", viewed)
	d.looked(2, nil)
	d.want("on", d.chipsOn(), "Mail")
	d.Click("Filter and sort, something is set")
	d.tick("Closed", true)
	d.looked(2, nil)
	d.tick("Unanswered", true)
	d.looked(2, nil)
	d.Click("Show 2")
	if d.Page.Named("Update Mail") == nil {
		t.Errorf("there are %s", d.text("b-views__item"))
	}
}

func TestX37DeletingWhatEverybodyHasAsksFirst(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/", viewed)
	d.press("b-views__item", "Pending, shared")
	d.Click("Change the view Pending")
	d.Click("Delete view")
	if d.count(protocol.KindViewDelete) != 0 || !strings.Contains(d.HTML(), "Delete the view Pending for everybody?") {
		t.Fatal("it was deleted unasked")
	}
	d.want("focus", d.asked("focus"), state.DialogFirstID)
	d.want("the safe button", d.Page.ByID(state.DialogFirstID).AllText(), "Cancel")
	d.Click("Delete view")
	if got := decode[protocol.ViewDelete](t, d.last(protocol.KindViewDelete)); got.View != viewTeams {
		t.Errorf("deleted %+v", got)
	}
}

func TestX37AViewWithoutANameIsAskedForOne(t *testing.T) {
	t.Parallel()
	d := filtering(t, nil)
	d.tick("Customer wrote last", true)
	d.looked(2, nil)
	d.Click("Save as view")
	d.Type("Name", "  ")
	d.submit("b-form")
	if d.count(protocol.KindViewCreate) != 0 || !strings.Contains(d.HTML(), "Type a name.") {
		t.Error("nothing says that there is no name")
	}
	d.want("focus", d.asked("focus"), state.DialogFirstID)
	d.Type("Name", "Post")
	if strings.Contains(d.HTML(), "Type a name.") {
		t.Error("it says so still")
	}
}
