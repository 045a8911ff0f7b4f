package state

import (
	"strconv"
	"strings"

	"beseda/protocol"
	"beseda/wasm/bridge"
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
	Dialog    Dialog
	Menu      MenuKind
	MenuOf    protocol.OperatorID
	Toast     Toast
	Drawer    bool // the customer panel lies over the talk, or is the phone's pane
	Form      Form
	Account   Account

	line     line
	talks    map[protocol.Number]*Talk
	drafts   map[protocol.Number]*Draft
	requests map[protocol.CommandID]request
	writing  map[protocol.Number]int64 // visitors who type, until
	heard    map[protocol.Number]protocol.Position
	shown    map[string]struct{} // notifications on screen
	acked    map[protocol.Number]protocol.Position
	looking  bool
	copying  copying
	title    string
	spoken   int // the unread count that was announced last
	spokenAt int64
	entropy  string
	links    int
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
)

// New is the console before its first event.
func New() *State {
	s := &State{Words: &words.Words{}}
	s.forgetAll()
	return s
}

// forgetAll drops all that belongs to whoever sat here.
func (s *State) forgetAll() {
	s.Welcomed, s.Me, s.Workspace, s.Team, s.List = false, protocol.Operator{}, "", protocol.Team{}, List{}
	s.Dialog, s.Menu, s.Toast, s.Drawer, s.Form, s.Account = Dialog{}, NoMenu, Toast{}, false, Form{}, Account{}
	s.talks = make(map[protocol.Number]*Talk)
	s.drafts = make(map[protocol.Number]*Draft)
	s.requests = make(map[protocol.CommandID]request)
	s.writing = make(map[protocol.Number]int64)
	s.heard = make(map[protocol.Number]protocol.Position)
	s.shown = make(map[string]struct{})
	s.acked = make(map[protocol.Number]protocol.Position)
}

// Update changes the state by what happened and asks for effects.
func (s *State) Update(e *bridge.Event, fx *bridge.Effects) {
	s.Now = max(s.Now, e.At)
	if e.Kind < bridge.Start {
		s.element(e, fx)
	} else {
		s.page(e, fx)
	}
	s.settle(fx)
}

// page takes what happens to the page as a whole.
func (s *State) page(e *bridge.Event, fx *bridge.Effects) {
	l := s.line.link
	switch e.Kind {
	case bridge.Start:
		s.start(e, fx)
	case bridge.State:
		s.pageState(e, fx)
	case bridge.Resized:
		s.Wide, s.High = int(e.A), int(e.B)
		s.Drawer = s.Drawer && s.Wide < panelFrom
	case bridge.Opened:
		if l != nil {
			l.Opened(s.Now, fx)
		}
	case bridge.Frames:
		if l != nil {
			for _, f := range l.Frames(s.Now, fx, e.Data) {
				s.frame(&f, fx)
			}
		}
	case bridge.Closed:
		s.closed(fx)
	case bridge.Fired:
		s.fired(int(e.A), fx)
	case bridge.Files:
		s.filesGiven(e, fx)
	case bridge.Uploading:
		s.uploading(e, fx)
	case bridge.Uploaded:
		s.uploaded(e, fx)
	case bridge.UploadFailed:
		s.uploadFailed(e, fx)
	case bridge.Record:
		s.record(e, fx)
	case bridge.Answered:
		s.answered(e, fx)
	case bridge.Moved:
		s.back(e, fx)
	case bridge.Words:
		if len(e.Data) > 0 {
			s.speak(e, fx)
		}
	case bridge.Notified:
		s.notified(e, fx)
	case bridge.Permission:
		s.Permission = e.Text
	case bridge.Copied:
		s.copied(e, fx)
	}
}

func (s *State) start(e *bridge.Event, fx *bridge.Effects) {
	s.FirstLanguage = e.Text
	s.Words.Zone = words.ParseZone(e.Field("zone"))
	s.speak(e, fx)
	s.entropy, s.Permission, s.Site = e.Field("seed"), e.Field("permission"), e.Field("site")
	s.Gate.Insecure = strings.HasPrefix(s.Site, "http://") && !loopback(s.Site)
	s.Route = ParseRoute(e.Field("url"))
	fx.Load(preferenceRecord)
	s.look(fx)
}

// loopback tells whether an origin is of this very machine, where http keeps its cookies.
func loopback(site string) bool {
	host := strings.TrimPrefix(site, "http://")
	for _, own := range [...]string{"localhost", "127.", "[::1]"} {
		if strings.HasPrefix(host, own) {
			return true
		}
	}
	return strings.Contains(host, ".localhost")
}

// speak takes a language's texts.
func (s *State) speak(e *bridge.Event, fx *bridge.Effects) {
	zone := s.Words.Zone
	s.Words = words.Parse(e.Data)
	s.Words.Zone = zone
	if s.Language = s.Words.Language(); s.Language == "" {
		s.Language = e.Text
	}
	fx.SetLanguage(s.Language, false)
}

func (s *State) pageState(e *bridge.Event, fx *bridge.Effects) {
	was := s.Visible && s.Focused
	s.Visible, s.Focused, s.Online = e.A&bridge.PageVisible != 0, e.A&bridge.PageFocused != 0, e.A&bridge.PageOnline != 0
	if s.line.link != nil {
		s.line.link.Wake(s.Now, fx)
	}
	if !s.Visible || !s.Focused {
		s.keepDrafts(fx)
		s.List.free()
	} else if t := s.Current(); t != nil && !was && !t.AtEnd && t.New == 0 {
		s.divide(t)
	}
}

func (s *State) closed(fx *bridge.Effects) {
	l := s.line.link
	if l == nil {
		return
	}
	l.Closed(s.Now, fx)
	if s.Stage == SignedIn {
		s.look(fx) // a socket that is refused does not say why: is it the session?
	}
}

func (s *State) fired(timer int, fx *bridge.Effects) {
	if l := s.line.link; l != nil && l.Fired(s.Now, fx, timer) {
		return
	}
	switch timer {
	case timerLook:
		s.look(fx)
	case timerRead:
		for _, t := range s.talks {
			t.arriving = false
		}
	case timerDraft:
		s.keepDrafts(fx)
	case timerToast:
		s.Toast = Toast{}
	case timerHold:
		s.List.free()
	}
}

// back follows the browser's own steps.
func (s *State) back(e *bridge.Event, fx *bridge.Effects) {
	r := ParseRoute(e.Text)
	if r == s.Route {
		return
	}
	if s.formInTheWay(r) {
		fx.PushURL(s.Route.Address()) // the browser has moved already
		s.show(Dialog{Kind: DiscardDialog, To: r}, "", fx)
		return
	}
	s.Dialog = Dialog{}
	s.moved(r, fx)
}

// record takes what was kept locally.
func (s *State) record(e *bridge.Event, fx *bridge.Effects) {
	if e.Arg == preferenceRecord {
		s.preferencesLoaded(e.Data, fx)
		return
	}
	if s.Me.ID == "" {
		return
	}
	if e.Arg == s.outboxRecord() {
		s.line.take(s, e.Data, fx)
		return
	}
	if n, ok := strings.CutPrefix(e.Arg, s.draftRecord(0)[:len(s.draftRecord(0))-1]); ok && number(n) != 0 {
		s.draftLoaded(number(n), e.Data)
	}
}

// frame takes what the server says, once and in order.
func (s *State) frame(f *protocol.Frame, fx *bridge.Effects) {
	switch f.Kind {
	case protocol.KindWelcome:
		s.welcome(f, fx)
	case protocol.KindInbox:
		var in protocol.Inbox
		if protocol.DecodeBody(f.Body, &in) == nil {
			s.inbox(f.ID, &in, fx)
		}
	case protocol.KindTeam:
		var t protocol.Team
		if protocol.DecodeBody(f.Body, &t) == nil {
			s.teamCame(&t)
		}
	case protocol.KindPresence:
		var p protocol.Presence
		if protocol.DecodeBody(f.Body, &p) == nil {
			s.presence(&p)
		}
	case protocol.KindTypingStarted, protocol.KindTypingStopped:
		var t protocol.TypingStarted // both have this shape
		if protocol.DecodeBody(f.Body, &t) == nil {
			s.typing(f.Conversation, t.Who, f.Kind == protocol.KindTypingStarted)
		}
	case protocol.KindHistory:
		var h protocol.History
		delete(s.requests, f.ID)
		if protocol.DecodeBody(f.Body, &h) == nil {
			s.history(&h, fx)
		}
	case protocol.KindInvited:
		var in protocol.Invited
		delete(s.requests, f.ID)
		if protocol.DecodeBody(f.Body, &in) == nil {
			s.invited(&in, fx)
		}
	case protocol.KindAccepted:
		s.accepted(f, fx)
	case protocol.KindRefused:
		s.refusedFrame(f, fx)
	case protocol.KindReceiptAdvanced:
		s.receipt(f)
	case protocol.KindVisitorVisited:
		s.visited(f)
	default:
		if f.Kind.IsItem() {
			s.arrived(f, fx)
		}
	}
}

func (s *State) welcome(f *protocol.Frame, fx *bridge.Effects) {
	var w protocol.Welcome
	if protocol.DecodeBody(f.Body, &w) != nil || w.Operator == nil {
		return
	}
	first := !s.Welcomed
	s.Skew = w.Now - s.Now
	s.Me, s.Workspace = w.Operator.Me, w.Operator.Workspace
	s.Welcomed = true
	s.teamCame(&w.Operator.Team)
	all := s.List.All
	s.List.first(&w.Operator.Inbox)
	s.List.All = all
	s.hear(&w.Operator.Inbox, first, fx)
	for n, t := range s.talks {
		if row := s.List.Row(n); row != nil {
			t.Row = *row
		}
		if asked := s.line.link.Asked(n); asked != "" { // access may have gone while the line was down
			s.requests[asked] = request{what: askWatch, number: n}
		}
	}
	if all {
		s.readList(fx)
	}
	if first {
		fx.Load(s.outboxRecord())
		s.arriveAt(fx)
	}
}

// inbox takes rows: those of a page that was asked for, or those that changed.
func (s *State) inbox(id protocol.CommandID, in *protocol.Inbox, fx *bridge.Effects) {
	r, asked := s.requests[id]
	delete(s.requests, id)
	s.List.take(in)
	if asked && r.what == askInbox {
		s.List.extend(r.word == "all", in)
	}
	s.hear(in, asked, fx)
	for i := range in.Rows {
		if t := s.talks[in.Rows[i].Number]; t != nil && t.Phase != TalkGone && t.Phase != TalkMissing {
			t.Row = in.Rows[i]
		} else if t != nil { // access came back
			t.Row, t.Phase = in.Rows[i], TalkOpening
			if t == s.Current() {
				s.open(t.Number, fx)
			}
		}
	}
	for _, n := range in.Gone {
		s.lose(n, fx)
	}
}

func (s *State) refusedFrame(f *protocol.Frame, fx *bridge.Effects) {
	var no protocol.Refused
	_ = protocol.DecodeBody(f.Body, &no) // without a code it reads as internal
	if r := s.requests[f.ID]; r.what == askWatch {
		delete(s.requests, f.ID)
		s.watchRefused(r.number, &no, fx)
		return
	}
	if e := s.line.link.Find(f.ID); e != nil && e.Kind != protocol.KindMessageSend {
		s.line.drop(s, fx, f.ID) // a message stays, to be tried again
	}
	s.refused(f.ID, &no, fx)
}

func (s *State) receipt(f *protocol.Frame) {
	var r protocol.ReceiptAdvanced
	if protocol.DecodeBody(f.Body, &r) != nil {
		return
	}
	for _, t := range s.talks {
		if t.Number == f.Conversation || r.Side == protocol.SideVisitor && f.Thread != "" && t.Row.Thread == f.Thread {
			s.advanced(t, &r)
		}
	}
}

// visited takes the page that a visitor is on now.
func (s *State) visited(f *protocol.Frame) {
	var v protocol.VisitorVisited
	if protocol.DecodeBody(f.Body, &v) != nil {
		return
	}
	for _, t := range s.talks {
		if t.Visitor != nil && t.Row.Thread == f.Thread && f.Thread != "" {
			t.Visitor.Current, t.Visitor.LastSeen = v.Visit, f.At
			if v.Language != "" {
				t.Visitor.Language = v.Language
			}
			if v.Device != "" {
				t.Visitor.Device = v.Device
			}
		}
	}
}

func (s *State) copied(e *bridge.Event, fx *bridge.Effects) {
	done := e.A == 1
	switch s.copying {
	case copyInvite:
		s.Dialog.Copied = done
	case copyTag:
		s.Form.Copied = done
	}
	s.copiedToast(done, fx)
	s.copying = copyText
}

func itoa(n int) string { return strconv.Itoa(n) }

// pairOf reads "INDEX COUNT".
func pairOf(arg string) (int, int) {
	a, b, _ := strings.Cut(arg, " ")
	x, _ := strconv.Atoi(a)
	y, _ := strconv.Atoi(b)
	return x, y
}
