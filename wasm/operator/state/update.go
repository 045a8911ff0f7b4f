package state

import (
	"strings"

	"beseda/wasm/bridge"
	"beseda/wasm/words"
)

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
	case bridge.FetchFailed:
		s.exportFailed(e, fx)
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
		s.List.release()
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
		s.fingerGone(fx)
	case timerPress:
		s.pressed(fx)
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
	if s.Dialog.Kind != FilterDialog || r.Place != AtInbox { // whose choices are steps to go back from
		s.Dialog = Dialog{}
	}
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
	if strings.HasPrefix(e.Arg, s.outboxRecord()) {
		s.line.take(s, e.Arg, e.Data, fx)
		return
	}
	if n, ok := strings.CutPrefix(e.Arg, s.draftRecords()); ok && number(n) != 0 {
		s.draftLoaded(number(n), e.Data)
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
