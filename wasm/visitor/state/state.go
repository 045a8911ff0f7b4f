package state

import (
	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/link"
	"beseda/wasm/words"
	say "beseda/wasm/words/visitor"
)

// State is everything. The zero value waits for its first event.
type State struct {
	Words *words.Words
	// Team is the channel's name, Greeting what it says to who never wrote.
	Team     string
	Greeting string
	// Now is the server's clock, as far as it is known, in unix milliseconds.
	Now int64

	// Begun: the loader told all there is; before that there is nothing to draw.
	Begun bool
	// Shown: the person has the widget open.
	Shown bool
	// Welcomed: the server answered once; Returning: this browser wrote here before.
	Welcomed  bool
	Returning bool
	// Offline: there was no line for a while, and the person should know.
	Offline bool

	// People are those of the team whom a visitor may know; Online: somebody of them is there.
	People []protocol.Person
	Online bool
	// Items are the stored messages held, oldest first; More: the server has older ones.
	Items []Item
	More  bool
	// Window is how many of the newest items are drawn. Older: a page of older ones was asked for; OlderFailed: it
	// did not come.
	Window      int
	Older       protocol.CommandID
	OlderFailed bool
	// Unsent are own messages that are not among the items yet, in their order.
	Unsent []Unsent
	// Copied is the refused message whose text was put on the clipboard last.
	Copied protocol.CommandID
	// Own are the visitor's conversations, newest first; OwnMore: there are older ones. Listing: they are shown in the
	// messages' place; ListFailed: they did not come.
	Own                 []protocol.OwnConversation
	OwnMore             bool
	Listing, ListFailed bool
	// Ending is the conversation whose end is to be confirmed.
	Ending protocol.Number
	// EndRefused is why it could not be ended; "" where nothing is wrong.
	EndRefused protocol.Code
	// Target is the item that was gone to last.
	Target protocol.Position
	// Bar is the message at which emoji are offered, Pinned that it stays so without the pointer.
	Bar    protocol.Position
	Pinned bool
	// Unreacted is the message from which a reaction was taken back because the server refused it, and why.
	Unreacted     protocol.Position
	UnreactedCode protocol.Code
	// Typers are typing now.
	Typers []Typer
	// AtEnd: the newest line is in view.
	AtEnd  bool
	Draft  Draft
	images []image
	files  []protocol.Attachment // uploaded here, for messages that are not stored yet

	team      []protocol.ReceiptAdvanced // how far the team is, per conversation
	reactions []reaction
	hoping    []hope             // of reactions that are not answered
	barFocus  bool               // the focus is at Bar
	pointed   protocol.Position  // where the pointer is
	jumping   bool               // to the end
	listing   protocol.CommandID // the question for Own
	older     bool               // it asks for what follows
	ending    ending
	sought    protocol.Position // the item to go to once it is here

	quoting  protocol.Capability
	erasures []protocol.Range   // what was erased since the page began
	copying  protocol.CommandID // until the clipboard has it

	link     *link.Link
	at       int64 // the device's clock
	skew     int64 // of the server's to the device's
	channel  string
	key      string
	acted    bool // the visitor wrote or sent a file: the key may be kept
	kept     bool // the key was handed over
	rekeyed  bool // the records of the outbox name another key than the visitor has
	seed     string
	language string
	// pageLanguage is what the page around says it is written in.
	pageLanguage string
	outbox       [][]byte // records, until the link is there
	visit        protocol.VisitorVisit
	visible      bool
	focused      bool
	hostFront    bool // the page around has the focus
	online       bool
	noLine       int64 // since when there is no line; 0 while there is
	delivered    protocol.Position
	read         protocol.Position
	seen         protocol.Position // the newest item when the end was last in view
	unread       int
	say          string
}

// The app's timers; the link has two from linkTimer on.
const (
	timerOffline = 1 + iota
	timerTyping
	timerDraft
	timerSay
	linkTimer
)

// offlineAfter is how long a line may be missing before the person is told.
const offlineAfter = 3000

// Update changes the state by what happened.
func (s *State) Update(e *bridge.Event, fx *bridge.Effects) {
	s.at = e.At
	s.Now = e.At + s.skew
	if e.Kind < bridge.Start {
		s.touched(e, fx)
	} else {
		s.happened(e, fx)
	}
	s.settle(fx)
}

func (s *State) happened(e *bridge.Event, fx *bridge.Effects) {
	switch e.Kind {
	case bridge.Start:
		s.start(e, fx)
	case bridge.State:
		if e.A&bridge.PageVisible != 0 && !s.visible && len(s.Own) > 0 && s.listing == "" {
			s.askOwn(0, fx) // another tab may have ended one
		}
		s.visible, s.focused = e.A&bridge.PageVisible != 0, e.A&bridge.PageFocused != 0
		online := e.A&bridge.PageOnline != 0
		if s.link != nil && (online && !s.online || s.visible) {
			s.link.Wake(s.at, fx)
		}
		s.online = online
	case bridge.Host:
		s.host(e, fx)
	case bridge.Record:
		s.record(e, fx)
	case bridge.Words:
		if len(e.Data) > 0 {
			s.speak(e, fx)
		}
	case bridge.Opened:
		s.link.Opened(s.at, fx)
	case bridge.Frames:
		s.frames(e, fx)
	case bridge.Closed:
		s.link.Closed(s.at, fx)
	case bridge.Fired:
		s.fired(e, fx)
	case bridge.Files:
		s.filesGiven(e, fx)
	case bridge.Uploading:
		s.uploading(e)
	case bridge.Uploaded:
		s.uploaded(e, fx)
	case bridge.UploadFailed:
		s.uploadFailed(e)
	case bridge.Copied:
		if e.A == 1 {
			s.Copied = s.copying
			fx.Announce(s.Words.Text(say.Copied))
		}
	case bridge.Fetched, bridge.FetchFailed:
		s.fetched(e, fx)
	default:
		fx.Still()
	}
}

func (s *State) fired(e *bridge.Event, fx *bridge.Effects) {
	switch int(e.A) {
	case timerOffline:
		s.Offline = s.noLine != 0 && s.at-s.noLine >= offlineAfter
	case timerTyping:
		s.expire(fx)
	case timerDraft:
		fx.Save(recordDraft, []byte(s.Draft.Text))
	case timerSay:
		if s.Shown && s.say != "" {
			fx.Announce(s.say)
		}
		s.say = ""
	default:
		if s.link != nil {
			s.link.Fired(s.at, fx, int(e.A))
		}
	}
}

// settle draws the consequences of whatever happened.
func (s *State) settle(fx *bridge.Effects) {
	if s.link == nil {
		return
	}
	s.collect()
	s.hope(fx)
	if s.AtEnd {
		s.seen = s.newest()
	}
	s.acknowledge(fx)
	s.count(fx)
	s.watchLine(fx)
	if s.acted && !s.kept && s.key != "" {
		s.kept = true
		fx.Save(recordKey, []byte(s.key))
	}
	s.keepOutbox(fx)
}
