package state

import (
	"strconv"
	"strings"

	"beseda/protocol"
	"beseda/wasm/words"
)

// State is the console. Exported fields and methods are for package view; only Update writes. Make it with New.
type State struct {
	// Words are the texts in the language of the person, Language its code, FirstLanguage the browser's own.
	Words         *words.Words
	Language      string
	FirstLanguage string
	// Now is the device's clock at the last event, Skew what the server's clock is ahead of it.
	Now, Skew int64
	// Site is the origin of this page: what links and tags to hand over begin with.
	Site string
	// Visible, Focused and Online are the page's.
	Visible, Focused, Online bool
	// Wide and High are the window's, in em; 0 while unknown.
	Wide, High int
	Permission string // of notifications: granted, denied, default, none

	Stage    Stage
	Gate     Gate
	Route    Route
	Prefs    Preferences
	Welcomed bool // the server said who this is, at least once

	Me        protocol.Operator
	Workspace string
	Team      protocol.Team
	List      List
	Selection Selection
	Find      string // the text of the search field
	Dialog    Dialog
	Menu      MenuKind
	MenuOf    protocol.OperatorID
	Toast     Toast
	Drawer    bool // the customer panel lies over the talk, or is the phone's pane
	Form      Form
	Account   Account
	Policies  protocol.Policies
	Rules     Rules
	Events    Events
	Report    Report
	Quick     Quick
	Picker    Picker
	QuickForm QuickForm
	Replies   Replies
	Audit     Audit

	line     line
	talks    map[protocol.Number]*Talk
	drafts   map[protocol.Number]*Draft
	requests map[protocol.CommandID]request
	granting map[protocol.GroupID]*granting // rights on their way
	writing  map[protocol.Number]int64      // visitors who type, until
	heard    map[protocol.Number]protocol.Position
	shown    map[string]bool // notifications on screen, and whether the visitor waited when they were shown
	acked    map[protocol.Number]protocol.Position
	looking  bool
	copying  copying
	title    string
	spoken   int // the unread count that was announced last
	spokenAt int64
	entropy  string
	links    int
	keeping  bool  // the drafts' timer runs
	going    int64 // until when a letter is waited for that says where to go
	press    press // a finger on a row
	since    int64 // when this console came in first, by the server's clock
}

// copying says what is on its way to the clipboard.
type copying uint8

const (
	copyText copying = iota
	copyInvite
	copyTag
)

// Timers.
const (
	timerLook = iota + 1
	timerTick // nothing but time has passed
	timerDraft
	timerToast
	timerHold
	timerRead
	timerLink // and the one after it
	_
	timerPress
)

// New is the console before its first event.
func New() *State {
	s := &State{Words: &words.Words{}}
	s.forgetAll()
	return s
}

// forgetAll drops all that belongs to whoever sat here.
func (s *State) forgetAll() {
	s.Welcomed, s.Me, s.Workspace, s.Team, s.List = false, protocol.Operator{}, "", protocol.Team{}, List{Look: usual()}
	s.Selection, s.Find = Selection{}, ""
	s.Dialog, s.Menu, s.Toast, s.Drawer, s.Form, s.Account = Dialog{}, NoMenu, Toast{}, false, Form{}, Account{}
	s.Policies, s.Rules, s.Events, s.Report = protocol.Policies{}, Rules{}, Events{}, Report{}
	s.Quick, s.QuickForm, s.keeping, s.going = Quick{}, QuickForm{}, false, 0
	s.Replies = Replies{}
	s.Audit, s.granting = Audit{}, nil
	s.talks = make(map[protocol.Number]*Talk)
	s.drafts = make(map[protocol.Number]*Draft)
	s.requests = make(map[protocol.CommandID]request)
	s.writing = make(map[protocol.Number]int64)
	s.heard = make(map[protocol.Number]protocol.Position)
	s.shown = make(map[string]bool)
	s.acked = make(map[protocol.Number]protocol.Position)
}

func itoa(n int) string { return strconv.Itoa(n) }

// pairOf reads "INDEX COUNT".
func pairOf(arg string) (int, int) {
	a, b, _ := strings.Cut(arg, " ")
	x, _ := strconv.Atoi(a)
	y, _ := strconv.Atoi(b)
	return x, y
}
