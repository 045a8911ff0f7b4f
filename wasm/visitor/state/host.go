package state

import (
	"strconv"
	"strings"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/link"
	"beseda/wasm/words"
)

// Names of the records that the loader keeps.
const (
	recordKey    = "key"
	recordDraft  = "draft"
	recordQuote  = "quote"   // position, in decimal
	recordOutbox = "outbox." // and the id of a command
)

// plainBrand is the colour that the style sheet has without being told.
const plainBrand = "#0a6a78"

// start reads the environment; what else there is to know comes from the loader.
func (s *State) start(e *bridge.Event, fx *bridge.Effects) {
	s.Window, s.AtEnd = window, true
	s.channel, s.Team, s.Greeting = e.Field("data-channel"), e.Field("data-name"), e.Field("data-greeting")
	s.seed, s.language = e.Field("seed"), e.Text
	if color := e.Field("data-color"); color != "" && color != plainBrand {
		fx.SetRoot("--b-brand", color)
		fx.SetRoot("data-brand", "any")
	}
	s.Words = &words.Words{Zone: words.ParseZone(e.Field("zone"))}
	s.speak(e, fx)
	if e.Field("host") != "1" { // opened by itself, without a page around
		s.Shown = true
		s.begin(fx)
	}
}

// speak takes a language's words.
func (s *State) speak(e *bridge.Event, fx *bridge.Effects) {
	zone := s.Words.Zone
	s.Words = words.Parse(e.Data)
	s.Words.Zone = zone
	fx.SetLanguage(s.Words.Language(), false)
}

// host hears the loader.
func (s *State) host(e *bridge.Event, fx *bridge.Effects) {
	switch e.Text {
	case "hello":
		nonce, language, _ := strings.Cut(e.Arg, "\n")
		fx.PostToHost("here", nonce, nil)
		if language != s.language {
			s.language = language
			fx.LoadWords(language)
		}
	case "theme":
		fx.SetRoot("data-theme", e.Arg)
	case "page":
		s.paged(e.Arg, fx)
	case "front":
		s.hostFront = e.Arg == "focus"
	case "show", "hide":
		s.Shown = e.Text == "show"
		if !s.Begun {
			s.begin(fx)
		}
		if s.Shown {
			s.link.Wake(s.at, fx)
			fx.ScrollEnd(LogID, false)
			fx.Focus(TextID)
		} else {
			s.stopTyping(fx)
		}
	}
}

// paged notes the page around: address, title, referrer, language.
func (s *State) paged(text string, fx *bridge.Effects) {
	part := strings.SplitN(text, "\n", 4)
	for len(part) < 4 {
		part = append(part, "")
	}
	now := protocol.VisitorVisit{
		URL: cut(part[0], protocol.MaxURLBytes), Title: cutRunes(part[1], protocol.MaxTitleRunes),
		Referrer: cut(part[2], protocol.MaxURLBytes),
	}
	if now == s.visit {
		return
	}
	s.visit = now
	if s.link == nil {
		if tag := part[3]; tag != "" && len(tag) <= 35 && plain(tag) {
			s.pageLanguage = tag
		}
		return
	}
	s.link.Hello().Visit = &now
	if s.Returning || s.acted {
		s.link.Tell(s.at, fx, protocol.KindVisitorVisit, &now)
	}
}

// cut drops the query of an address that is too long, then the address.
func cut(url string, bytes int) string {
	if len(url) > bytes {
		url, _, _ = strings.Cut(url, "?")
	}
	if len(url) > bytes {
		return ""
	}
	return url
}

func cutRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

func plain(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// record takes what the loader keeps, at the start or because another tab changed it.
func (s *State) record(e *bridge.Event, fx *bridge.Effects) {
	switch {
	case e.Arg == recordKey:
		s.keyed(string(e.Data), fx)
	case e.Arg == recordDraft:
		if s.link == nil { // later it is another tab's, where somebody may be typing
			s.Draft.Text = string(e.Data)
		}
	case e.Arg == recordQuote:
		if s.link == nil {
			n, _ := strconv.ParseUint(string(e.Data), 10, 64)
			s.Draft.Quote = protocol.Position(n)
		}
	case strings.HasPrefix(e.Arg, recordOutbox):
		if s.link == nil {
			s.outbox = append(s.outbox, e.Data)
		} else {
			s.importOutbox(fx, e.Data)
		}
	}
}

// keyed takes the visitor's key. One that another tab got later is taken over as long as nothing was said here under
// this one's own.
func (s *State) keyed(key string, fx *bridge.Effects) {
	if key == "" || key == s.key || s.acted && s.key != "" || !plain(key) {
		return
	}
	s.key, s.acted, s.kept, s.Returning = key, true, true, true
	fx.Authorize(key, s.channel)
	if s.link != nil {
		s.rekeyed = true
		s.link.Close(fx)
		s.link.Hello().VisitorKey = key
		s.link.Open(s.at, fx)
	}
}

// begin opens the line, once everything is known that it says first.
func (s *State) begin(fx *bridge.Effects) {
	s.Begun = true
	language := s.pageLanguage
	if language == "" {
		language = s.language
	}
	visit := s.visit
	s.link = link.New(link.Config{
		Path: "/ws", Timer: linkTimer, Seed: seeds(s.seed),
		Hello: protocol.Hello{
			Channel: protocol.ChannelID(s.channel), VisitorKey: s.key, Language: language, Visit: &visit,
		},
	})
	s.importOutbox(fx, s.outbox...)
	s.outbox = nil
	s.link.Open(s.at, fx)
}

// seeds reads two numbers of a seed in hexadecimal digits.
func seeds(text string) [2]uint64 {
	var seed [2]uint64
	if len(text) >= 32 {
		seed[0], _ = strconv.ParseUint(text[:16], 16, 64)
		seed[1], _ = strconv.ParseUint(text[16:32], 16, 64)
	}
	return seed
}

// importOutbox takes commands that a page before, or another tab, did not see answered. They belong to the visitor who
// gave them; repeated by two tabs they are stored once.
func (s *State) importOutbox(fx *bridge.Effects, records ...[]byte) {
	var own [][]byte
	for _, b := range records {
		owner, rest, ok := strings.Cut(string(b), "\n")
		if ok && (owner == s.key || owner == "" && !s.Welcomed) {
			own = append(own, []byte(rest))
		}
	}
	s.link.Import(s.at, fx, own...)
	for e := range s.link.Outbox {
		s.acted = s.acted || e.Kind == protocol.KindMessageSend
	}
}

// keepOutbox hands over what is not answered, each command with whose it is, and what is done.
func (s *State) keepOutbox(fx *bridge.Effects) {
	if s.rekeyed {
		s.rekeyed = false
		s.link.Anew()
	}
	for id, b := range s.link.Records {
		if b != nil {
			b = append([]byte(s.key+"\n"), b...)
		}
		fx.Save(recordOutbox+string(id), b)
	}
}
