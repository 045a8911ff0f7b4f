package state

import (
	"beseda/protocol"
	"beseda/wasm/bridge"
)

// DialogKind is which window is open.
type DialogKind uint8

const (
	NoDialog DialogKind = iota
	AssignDialog
	InviteDialog
	InvitedDialog
	DeactivateDialog
	KeysDialog
	DiscardDialog // leaving a form with changes
	EndDialog     // ends active work with a status
	StatusDialog  // sets the status of what is completed
	WaiveDialog   // a message came while a wait was being ended
	MergeDialog
	FilterDialog // order and filter of the list
	ViewDialog   // saves the list as a view, or changes View
	BulkDialog   // does one thing to what is selected
	BlockDialog
	DeleteDialog
	QuickDialog // makes a quick reply, State.QuickForm
	QuickDeleteDialog
	PaletteDialog // with Query and Active
	GroupDialog   // makes Group, or names it
	GroupDeleteDialog
	MemberDialog // gives Operator a role and Group
	TagDialog    // makes Tag, or changes it
	TagDeleteDialog
	AuditCheckDialog // says how to check the log
)

// Dialog is the one window that may be open.
type Dialog struct {
	Kind     DialogKind
	Number   protocol.Number
	Operator protocol.OperatorID
	// Query and Choice are of AssignDialog; Choice "-" is nobody.
	Query  string
	Choice protocol.OperatorID
	// Active is the line of PaletteDialog that Enter takes.
	Active int
	// Name, Email, Role and Group are of InviteDialog; some of them also of those that make, name or move something.
	Name, Email string
	Role        protocol.Role
	Group       protocol.GroupID
	// Tag and Color are of TagDialog and TagDeleteDialog; Tag is empty for a new one.
	Tag   protocol.TagID
	Color protocol.TagColor
	// Reply is of QuickDeleteDialog.
	Reply protocol.QuickReplyID
	// Path and ExpiresAt are of InvitedDialog.
	Path      string
	ExpiresAt int64
	Copied    bool
	Busy      bool
	Problem   Problem
	// To is where DiscardDialog goes on.
	To Route
	// Status is the choice of EndDialog and StatusDialog. Last is what the person had seen; Again: it was refused once
	// because a message came after it.
	Status protocol.Status
	Last   protocol.Position
	Again  bool
	// Into is the predecessor of MergeDialog.
	Into protocol.Number

	// FromList: in FilterDialog the tags of the list are looked at, though none is chosen yet.
	FromList bool
	// View and Shared are of ViewDialog; View is empty for a new one.
	View   protocol.ViewID
	Shared bool
	// Anew: in ViewDialog the view is to show the list as it is now. Sure: deleting it was asked about.
	Anew, Sure bool
	// Bulk is of BulkDialog, with Choice and Status.
	Bulk Bulk

	look Look
	// What opened a window has focus again after it. back is the id of what has it where that is gone by then, next of what
	// has it instead.
	back, next string
}

// Ids inside dialogs that get focus.
const (
	DialogFirstID = "dialog-first"
	NobodyChoice  = protocol.OperatorID("-")
)

// show opens a window; back names what gets focus after it where what opened it is gone.
func (s *State) show(d Dialog, back string, fx *bridge.Effects) {
	s.Menu = NoMenu
	d.back = back
	s.Dialog = d
	fx.Focus(DialogFirstID)
}

func (s *State) closeDialog(_ *bridge.Event, fx *bridge.Effects) {
	if s.Dialog.Kind == BulkDialog && s.Dialog.Busy {
		fx.Prevent() // it has begun, and says in the end what was refused
		return
	}
	back, next := s.Dialog.back, s.Dialog.next
	s.Dialog = Dialog{}
	switch {
	case next != "":
		fx.Focus(next)
	case back != "":
		fx.FocusLost(back)
	}
}

// MenuKind is which menu is open.
type MenuKind uint8

const (
	NoMenu MenuKind = iota
	NumberMenu
	MemberMenu // of State.MenuOf
	ActionsMenu
	MessageMenu // of Talk.Held
	ExportMenu
	EmojiMenu // State.Picker
)

// Ids of buttons that open something, where focus returns.
const (
	NumberButtonID   = "number"
	AssigneeButtonID = "assignee"
	InviteButtonID   = "invite"
	MenuFirstID      = "menu-0"
)

// MemberButtonID is the id of a colleague's menu button.
func MemberButtonID(id protocol.OperatorID) string { return "member-" + string(id) }

func (s *State) openMenu(e *bridge.Event, fx *bridge.Effects) {
	kind, of := NumberMenu, protocol.OperatorID("")
	if e.Arg != "" {
		kind, of = MemberMenu, protocol.OperatorID(e.Arg)
	}
	if s.Menu == kind && s.MenuOf == of {
		s.closeMenu(fx)
		return
	}
	s.Menu, s.MenuOf = kind, of
	fx.Focus(MenuFirstID)
}

func (s *State) closeMenu(fx *bridge.Effects) {
	switch s.Menu {
	case NumberMenu:
		fx.Focus(NumberButtonID)
	case MessageMenu:
		if t := s.Current(); t != nil {
			fx.Focus(ReactID(t.Held))
		}
	case ActionsMenu:
		fx.Focus(ActionsButtonID)
	case ExportMenu:
		fx.Focus(ExportButtonID)
	case EmojiMenu:
		fx.Focus(EmojiButtonID)
	case MemberMenu:
		fx.Focus(MemberButtonID(s.MenuOf))
	}
	s.Menu = NoMenu
}

// menuKey moves through the items of the open menu; Arg is "INDEX COUNT" of the item with focus.
func (s *State) menuKey(e *bridge.Event, fx *bridge.Effects) {
	at, count := pairOf(e.Arg)
	switch e.Text {
	case "ArrowDown":
		at++
	case "ArrowUp":
		at += count - 1
	case "Home":
		at = 0
	case "End":
		at = count - 1
	case "Escape":
		fx.Prevent()
		s.closeMenu(fx)
		return
	case "Tab":
		s.Menu = NoMenu
		return
	default:
		fx.Still()
		return
	}
	fx.Prevent()
	fx.Focus("menu-" + itoa(at%max(count, 1)))
}

// openAssign opens the window that gives a conversation to somebody.
func (s *State) openAssign(_ *bridge.Event, fx *bridge.Effects) {
	t := s.Current()
	if t == nil || !s.MayAssign(t) {
		return
	}
	s.show(Dialog{Kind: AssignDialog, Number: t.Number}, AssigneeButtonID, fx)
}

// MayAssign tells whether this operator may give a conversation to somebody, if only to themselves.
func (s *State) MayAssign(t *Talk) bool {
	return t.Phase == TalkOpen && (t.Row.MayAssign || s.Admin() || t.Row.Assignee == s.Me.ID || t.Row.Assignee == "" || s.MayTake(t))
}

// heldByBot: whoever may read what a bot has may take it over (ASG-02).
func (s *State) heldByBot(t *Talk) bool {
	o := s.Operator(t.Row.Assignee)
	return o != nil && o.Bot
}

// MayTake tells whether this operator may take a conversation for themselves without having it given to them: what
// nobody has, or a bot. Who reads it and does not serve its channel may not.
func (s *State) MayTake(t *Talk) bool {
	return t.Phase == TalkOpen && t.Row.Assignee != s.Me.ID && (t.Row.Assignee == "" || s.heldByBot(t)) && s.MayHave(t)
}

// MayHave tells whether a conversation may be given to this operator.
func (s *State) MayHave(t *Talk) bool {
	me := &s.Me
	if o := s.Operator(me.ID); o != nil {
		me = o
	}
	return s.Admin() || s.serves(t.Row.Channel, me)
}

// OnlyTakes tells whether this operator may give a conversation to nobody but themselves.
func (s *State) OnlyTakes(t *Talk) bool { return s.heldByBot(t) && !s.Admin() && !t.Row.MayAssign }

// LosesHistory tells whether giving a conversation away, to somebody or to NobodyChoice, would close it to this operator:
// it does to those who may not read all, but what nobody has the channel's team goes on reading.
func (s *State) LosesHistory(t *Talk, to protocol.OperatorID) bool {
	if to == "" || t.Row.Assignee != s.Me.ID || s.May(protocol.RightChatAdmin) || s.May(protocol.RightReadAll) {
		return false
	}
	return s.Policy(t.Row.Channel, "reassign.previous_can_read") == "false" && (to != NobodyChoice || !s.MayHave(t))
}

// assignKey moves the choice from the search field, so that typing a name and two keys are enough.
func (s *State) assignKey(e *bridge.Event, fx *bridge.Effects) {
	d, t := &s.Dialog, s.Current()
	by := map[string]int{"ArrowDown": 1, "ArrowUp": -1}[e.Text]
	if by == 0 || t == nil || d.Kind != AssignDialog {
		fx.Still()
		return
	}
	fx.Prevent()
	found := s.Assignable(t, d.Query)
	if len(found) == 0 {
		return
	}
	at := -1
	for i, o := range found {
		if o.ID == d.Choice {
			at = i
		}
	}
	if at < 0 && by < 0 {
		at = 0
	}
	d.Choice = found[(at+by+len(found))%len(found)].ID
	d.Problem = Problem{}
}

// copyAddress puts the open conversation's address on the clipboard.
func (s *State) copyAddress(_ *bridge.Event, fx *bridge.Effects) {
	s.closeMenu(fx)
	fx.CopyText(s.Site + s.Route.Address())
}

func (s *State) assignQuery(e *bridge.Event, _ *bridge.Effects) { s.Dialog.Query = e.Text }
func (s *State) assignChosen(e *bridge.Event, _ *bridge.Effects) {
	s.Dialog.Choice, s.Dialog.Problem = protocol.OperatorID(e.Arg), Problem{}
}

func (s *State) assign(_ *bridge.Event, fx *bridge.Effects) {
	d := &s.Dialog
	if d.Kind != AssignDialog || d.Choice == "" || d.Busy {
		return
	}
	to := d.Choice
	if to == NobodyChoice {
		to = ""
	}
	d.Busy, d.Problem = true, Problem{}
	if t := s.talks[d.Number]; t != nil {
		t.With = to
	}
	s.ask(fx, protocol.KindConversationAssign, &protocol.ConversationAssign{Conversation: d.Number, Assignee: to},
		request{what: askDialog, number: d.Number})
}

// claim takes an unassigned conversation for oneself.
func (s *State) claim(_ *bridge.Event, fx *bridge.Effects) {
	if t := s.Current(); t != nil && s.MayTake(t) {
		s.ask(fx, protocol.KindConversationAssign, &protocol.ConversationAssign{Conversation: t.Number, Assignee: s.Me.ID},
			request{what: askStatus, number: t.Number})
	}
}
