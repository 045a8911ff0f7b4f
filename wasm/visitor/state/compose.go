package state

import (
	"strconv"
	"strings"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/timeline"
	"beseda/wasm/vdom"
	say "beseda/wasm/words/visitor"
)

// What elements of the view ask for.
const (
	OnSubmit vdom.Handler = 1 + iota
	OnText
	OnTextKey
	OnKey
	OnClose
	OnAttach
	OnFiles
	OnDrag
	OnRemoveFile // arg: the file's handle
	OnRetryFile
	OnScroll
	OnJump
	OnOlder
	OnRetry // arg: the message's id
	OnDiscard
	OnDownload // arg: the attachment's id and name
	OnTryNow
	OnImageSeen   // arg: the attachment's id
	OnImageBroken // arg: the attachment's id
	OnList
	OnListAgain
	OnListMore
	OnOwn // arg: the number, as in those below
	OnSolved
	OnSolvedYes
	OnSolvedNo
	OnPointAt // arg: the message's position, as in those below
	OnPointAway
	OnPin
	OnHeld
	OnOffer
	OnFocusAt
	OnReact // arg: position and emoji
	OnElsewhere
	OnWrite
	OnQuote   // arg: position, as in those below
	OnQuoted  // what is quoted is to be shown
	OnToolKey // a key at the buttons beside a message
	OnUnquote
	OnCopy // arg: the id of a message that was refused
)

const (
	// TextID is the id of the message box, LogID of what the messages scroll in.
	TextID = "message"
	LogID  = "messages"

	filesTag   = "files"
	draftPause = 500 // ms without a key before the draft is kept
)

// Draft is what is being written.
type Draft struct {
	Text  string
	Files []File
	// Quote is the message that it answers; 0 is none.
	Quote protocol.Position
	// Waiting: Send was pressed, and files are still on their way.
	Waiting bool
	// Over: files hang over the widget.
	Over bool

	told int64 // when the team was last told that somebody types; 0 is never or stopped
}

// touched is what the person did to an element.
func (s *State) touched(e *bridge.Event, fx *bridge.Effects) {
	switch e.Handler {
	case OnSubmit:
		s.send(fx)
	case OnText:
		s.written(e, fx)
	case OnTextKey:
		s.textKey(e, fx)
	case OnKey:
		s.keyPressed(e, fx)
	case OnClose:
		fx.PostToHost("close", "", nil)
		fx.Still()
	case OnAttach:
		fx.ChooseFiles(filesTag, "", true)
		fx.Still()
	case OnFiles:
		s.filesGiven(e, fx)
	case OnDrag:
		s.Draft.Over = e.Text == "over"
	case OnRemoveFile:
		s.removeFile(e.Arg, fx)
	case OnRetryFile:
		if f := s.file(e.Arg); f != nil {
			s.upload(f, fx)
		}
	case OnScroll:
		s.scrolled(e, fx)
	case OnJump:
		s.seen, s.jumping = s.newest(), true
		fx.ScrollEnd(LogID, true)
	case OnOlder:
		s.askOlder(fx)
	case OnRetry:
		s.retry(e, fx)
	case OnDiscard:
		s.discard(e, fx)
	case OnDownload:
		id, name, _ := strings.Cut(e.Arg, " ")
		fx.Download("/files/"+id, name)
		fx.Still()
	case OnTryNow:
		s.tryNow(fx)
	case OnList, OnListAgain, OnListMore, OnOwn, OnSolved, OnSolvedYes, OnSolvedNo, OnWrite:
		s.touchedOwn(e, fx)
	case OnUnquote:
		s.quote(0, fx)
	case OnCopy:
		s.copy(e, fx)
	case OnPointAt, OnPointAway, OnPin, OnHeld, OnOffer, OnFocusAt, OnReact, OnElsewhere, OnQuote, OnQuoted, OnToolKey:
		s.touchedMessage(e, fx)
	case OnImageSeen:
		s.fetch(protocol.AttachmentID(e.Arg), fx)
	case OnImageBroken:
		s.broken(protocol.AttachmentID(e.Arg))
	}
}

// keyPressed is a key that nothing inside took. Escape closes the innermost.
func (s *State) keyPressed(e *bridge.Event, fx *bridge.Effects) {
	up := e.Text == "ArrowUp"
	switch {
	case e.Text == "Escape" && s.Bar != 0:
		if s.barFocus {
			fx.Focus(TextID)
		}
		s.unbar()
	case e.Text == "Escape" && s.Listing:
		s.Listing = false
		fx.Focus(HistoryID)
	case e.Text == "Escape" && s.Draft.Quote != 0:
		s.quote(0, fx)
	case e.Text == "Escape":
		fx.PostToHost("close", "", nil)
		fx.Still()
	case (up || e.Text == "ArrowDown") && e.A&bridge.Alt != 0:
		s.rove(up, fx)
	default:
		fx.Still()
	}
}

func (s *State) written(e *bridge.Event, fx *bridge.Effects) {
	was := timeline.Left(s.Draft.Text)
	s.Draft.Text, s.Draft.Waiting = e.Text, false
	fx.Timer(timerDraft, draftPause)
	s.tellTyping(fx)
	// The count is said where it gets scarce, and only on the way there.
	for _, mark := range [...]int{timeline.NearLimit, 50, 0} {
		if left := timeline.Left(e.Text); was > mark && left <= mark && left >= 0 || mark == 0 && was >= 0 && left < 0 {
			fx.Announce(s.LeftWords(left))
			break
		}
	}
}

// LeftWords says how much room is left, or how much is too much.
func (s *State) LeftWords(left int) string {
	if left < 0 {
		return s.Words.Fill(say.TooLongOver, strconv.Itoa(-left))
	}
	return s.Words.Fill(say.TooLongLeft, strconv.Itoa(left))
}

// textKey sends on Enter, on every device: keyboards on a screen show Send on that key. Shift with it breaks the line.
func (s *State) textKey(e *bridge.Event, fx *bridge.Effects) {
	if e.Text == "Enter" && e.A&(bridge.Shift|bridge.Alt) == 0 {
		fx.Prevent()
		s.send(fx)
		return
	}
	fx.PassOn()
	fx.Still()
}

// CanSend tells whether Send does something.
func (d *Draft) CanSend() bool {
	if timeline.Left(d.Text) < 0 || len(d.Files) > protocol.MaxAttachments {
		return false
	}
	for i := range d.Files {
		if d.Files[i].Wrong() {
			return false
		}
	}
	return len(d.Files) > 0 || !timeline.Blank(d.Text)
}

func (s *State) send(fx *bridge.Effects) {
	d := &s.Draft
	if !d.CanSend() || s.link == nil {
		return
	}
	for i := range d.Files {
		if !d.Files[i].Ready() {
			d.Waiting = true
			return
		}
	}
	cmd := &protocol.MessageSend{Text: strings.TrimSpace(d.Text), Quote: s.answers()}
	for i := range d.Files {
		cmd.Attachments = append(cmd.Attachments, d.Files[i].Attachment.ID)
		s.hand(&d.Files[i], fx)
	}
	s.acted = true
	s.stopTyping(fx)
	s.link.Send(s.at, fx, 0, protocol.KindMessageSend, cmd)
	d.Text, d.Files, d.Waiting = "", nil, false
	if d.Quote != 0 {
		d.Quote = 0
		s.keepQuote(fx)
	}
	s.seen = s.newest()
	fx.CancelTimer(timerDraft)
	fx.Save(recordDraft, nil)
	fx.ScrollEnd(LogID, false)
	fx.Focus(TextID)
}
