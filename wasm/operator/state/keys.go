package state

import (
	"beseda/protocol"
	"beseda/wasm/bridge"
)

// keyPressed takes keys that nothing inside wanted.
func (s *State) keyPressed(e *bridge.Event, fx *bridge.Effects) {
	if s.Stage != SignedIn || s.Dialog.Kind != NoDialog {
		fx.Still()
		return
	}
	switch e.Text {
	case "Escape":
		s.escape(fx)
		return
	case "F6":
		if s.Toast.Text != "" {
			fx.Prevent()
			fx.Focus(ToastID)
		}
		return
	}
	letter := ""
	if len(e.List) > 0 {
		letter = e.List[0] // the place on the keyboard, so that a Cyrillic layout works too
	}
	if e.B == 1 || e.A&^bridge.Shift != 0 || s.Prefs.NoKeys {
		fx.Still()
		return
	}
	if e.Text == "?" {
		fx.Prevent()
		s.show(Dialog{Kind: KeysDialog}, "", fx)
		return
	}
	if e.Text == "/" {
		fx.Prevent()
		if s.findShown() {
			fx.Focus(FindID)
		} else {
			s.openPalette(e, fx)
		}
		return
	}
	if !s.shortcut(letter, e, fx) {
		fx.Still()
		return
	}
	fx.Prevent()
}

// findShown tells whether the search field of the list is on screen: the bar of what is selected stands in its place, and
// a narrow screen shows either list or talk.
func (s *State) findShown() bool {
	return s.Route.Place == AtInbox && s.Selection.Count() == 0 && !s.Selection.Picking && (!s.OnePane() || s.Screen() == "list")
}

// escape closes the innermost thing that is open.
func (s *State) escape(fx *bridge.Effects) {
	switch {
	case s.Menu != NoMenu:
		s.closeMenu(fx)
	case s.Selection.Count() > 0:
		s.selectNone()
		fx.Focus(RowID(s.Reached()))
	case s.Drawer:
		s.Drawer = false
		fx.Focus(PanelButtonID)
	case s.Route.Place == AtInbox && s.Route.Number != 0:
		n := s.Route.Number
		s.Go(s.Home(), fx)
		fx.Focus(RowID(n))
	case s.Route.Place == AtChannels && (s.Route.New || s.Route.Channel != ""):
		s.Go(Route{Place: AtChannels}, fx)
	default:
		fx.Still()
	}
}

// PanelButtonID is the id of the button that opens the customer panel.
const PanelButtonID = "panel-button"

func (s *State) togglePanel(_ *bridge.Event, fx *bridge.Effects) {
	if s.Wide < panelFrom {
		s.Drawer = !s.Drawer
		if s.Drawer {
			fx.Focus(PanelCloseID)
		} else {
			fx.Focus(PanelButtonID)
		}
		return
	}
	s.Prefs.NoPanel = !s.Prefs.NoPanel
	s.savePreferences(fx)
}

// PanelCloseID is the id of the button that closes the panel where it lies over the talk.
const PanelCloseID = "panel-close"

// Widths in em from which the grid has more columns (UI §3).
const (
	panelFrom = 69
	twoFrom   = 57
)

// PanelShown tells whether the customer panel is on screen.
func (s *State) PanelShown() bool {
	if s.Wide < panelFrom {
		return s.Drawer
	}
	return !s.Prefs.NoPanel
}

// OnePane tells whether the screen is too narrow for list and talk side by side.
func (s *State) OnePane() bool { return s.Wide > 0 && s.Wide < twoFrom }

// Screen is which pane a narrow screen shows.
func (s *State) Screen() string {
	switch {
	case s.Route.Place != AtInbox:
		return "page"
	case s.Route.Number == 0:
		return "list"
	case s.Drawer:
		return "panel"
	}
	return "chat"
}

func (s *State) openKeys(_ *bridge.Event, fx *bridge.Effects) {
	s.show(Dialog{Kind: KeysDialog}, "keys", fx)
}

// Go moves to a route, as a step that the browser can go back from.
func (s *State) Go(r Route, fx *bridge.Effects) {
	if r == s.Route {
		return
	}
	if s.formInTheWay(r) {
		s.show(Dialog{Kind: DiscardDialog, To: r}, "", fx)
		return
	}
	fx.PushURL(r.Address())
	s.moved(r, fx)
}

// formInTheWay tells whether going there would lose what was changed in a channel's form.
func (s *State) formInTheWay(to Route) bool {
	changed := s.Route.Place == AtChannels && s.Form.Open && s.Form.Changed || s.Route.Place == AtRules && s.Unsaved() > 0
	return changed && to != s.Route
}

func (s *State) discardForm(_ *bridge.Event, fx *bridge.Effects) {
	to := s.Dialog.To
	s.Dialog, s.Form.Changed, s.Rules = Dialog{}, false, Rules{}
	s.Go(to, fx)
}

// moved makes a route the place that is shown.
func (s *State) moved(r Route, fx *bridge.Effects) {
	old := s.Route
	s.Route, s.Menu, s.Drawer = r, NoMenu, false
	if old.Place == AtInbox && r.Place == AtInbox && old.Number == r.Number {
		s.syncLens(fx)
		return
	}
	if old.Place == AtInbox && old.Number != 0 && old.Number != r.Number {
		s.leave(old.Number, fx)
		s.keepDrafts(fx)
	}
	if !s.Welcomed {
		return
	}
	s.arriveAt(fx)
}

// arriveAt does what a place needs when it is come to, once the console knows who sits here.
func (s *State) arriveAt(fx *bridge.Effects) {
	s.openForm()
	s.syncLens(fx)
	switch {
	case s.Route.Place == AtInbox && s.Route.Number != 0:
		s.open(s.Route.Number, fx)
		if t := s.Current(); !s.OnePane() { // on a phone the keyboard would cover what was said
			if t.greet = t.Phase != TalkOpen; !t.greet {
				fx.Focus(ReplyID)
			}
		}
	case s.Route.Place == AtAccount:
		s.openAccount(fx)
	case s.Route.Place == AtRules:
		s.openRules(fx)
	case s.Route.Place == AtReplies:
		s.openReplies(fx)
	case s.Route.Place == AtAudit:
		s.openAudit(fx)
	case s.Route.Place == AtReport:
		s.openReport(fx)
	case s.Route.Place == AtEvents:
		s.openEvents(fx)
	}
}

// follow is a click on a link inside the console; Arg is its address.
func (s *State) follow(e *bridge.Event, fx *bridge.Effects) {
	r := ParseRoute(e.Arg)
	if s.pressedClick(r) {
		return
	}
	if r.Place == AtInbox && r.Number != 0 && r.Query == "" { // a conversation opens beside the list that there is
		r.Query = s.List.query()
	}
	if r.Place == AtInbox && r.Number != 0 && r == s.Route {
		fx.Focus(ReplyID)
		return
	}
	s.Go(r, fx)
}

func number(text string) protocol.Number { return ParseRoute(base + "#" + text).Number }
