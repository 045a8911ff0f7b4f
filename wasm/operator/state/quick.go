package state

import (
	"slices"
	"strings"

	"beseda/protocol"
	"beseda/wasm/bridge"
	say "beseda/wasm/words/console"
)

// Quick are the quick replies, and the choice among them that opens above the reply. What is searched for stands in the
// reply itself, behind a stroke, so that the focus never leaves it.
type Quick struct {
	Open   bool
	Query  string
	Active int // of Shown

	all    map[protocol.QuickReplyID]protocol.QuickReply
	from   int  // where the stroke stands in the text, in bytes
	asked  bool // the button is putting one there
	button bool // the button put it there
	spaced bool // and a space before it
	left   int  // where a stroke stands whose choice was left, plus one
	made   int  // counts the files that are on their way
}

// maxQuick is how many are offered at once.
const maxQuick = 50

// QuickListID is the id of the list of quick replies, QuickOptionID that of one of them, QuickButtonID the button's.
const (
	QuickListID   = "quick-list"
	QuickButtonID = "quick"
)

func QuickOptionID(i int) string { return "quick-option-" + itoa(i) }

func (q *Quick) shut() {
	q.Open, q.Query, q.Active, q.left = false, "", 0, 0
	q.asked, q.button, q.spaced = false, false, false
}

// readQuick asks for all quick replies that this operator may use.
func (s *State) readQuick(after protocol.QuickReplyID, fx *bridge.Effects) {
	if after == "" {
		s.Quick.all = make(map[protocol.QuickReplyID]protocol.QuickReply)
	}
	s.ask(fx, protocol.KindQuickRepliesRead, &protocol.QuickRepliesRead{After: after}, request{what: askNothing})
}

func (s *State) quickCame(f *protocol.Frame, fx *bridge.Effects) {
	s.request(f.ID)
	in := read[protocol.QuickReplies](f)
	if in == nil || s.Quick.all == nil {
		return
	}
	for _, q := range in.QuickReplies {
		s.Quick.all[q.ID] = q
	}
	if n := len(in.QuickReplies); in.More && n > 0 {
		s.readQuick(in.QuickReplies[n-1].ID, fx)
	}
}

// quickSet takes one that was saved: mine, or one that is shared.
func (s *State) quickSet(f *protocol.Frame) {
	in := read[protocol.QuickReplySet](f)
	if in == nil || s.Quick.all == nil {
		return
	}
	if q := in.QuickReply; q.Shared || q.Owner == s.Me.ID {
		s.Quick.all[q.ID] = q
	} else {
		delete(s.Quick.all, q.ID)
	}
}

func (s *State) quickDeleted(f *protocol.Frame) {
	var in protocol.QuickReplyDeleted
	if protocol.DecodeBody(f.Body, &in) == nil && !(in.Shared && in.Owner == s.Me.ID && s.ownQuick(in.QuickReply)) {
		delete(s.Quick.all, in.QuickReply)
	}
}

// ownQuick tells whether a quick reply is this operator's own and not shared: what is no longer shared stays theirs.
func (s *State) ownQuick(id protocol.QuickReplyID) bool {
	q, ok := s.Quick.all[id]
	return ok && !q.Shared && q.Owner == s.Me.ID
}

// QuickReplies are those that a search finds by shortcut, name or text: what is called so exactly comes first, then what
// begins so, then the rest; among equals what is in the language of the visitor of the open conversation, then what fits
// every visitor; then the one used more.
func (s *State) QuickReplies(query string) []protocol.QuickReply {
	var all []protocol.QuickReply
	language := ""
	if t := s.Current(); t != nil && t.Visitor != nil {
		language = t.Visitor.Language
	}
	for _, q := range s.Quick.all {
		if rankQuick(&q, query) < 4 {
			all = append(all, q)
		}
	}
	slices.SortFunc(all, func(a, b protocol.QuickReply) int {
		if x, y := rankQuick(&a, query), rankQuick(&b, query); x != y {
			return x - y
		}
		if x, y := strange(&a, language), strange(&b, language); x != y {
			return x - y
		}
		if query == "" && a.Folder != b.Folder {
			return strings.Compare(a.Folder, b.Folder)
		}
		if a.Used != b.Used {
			return b.Used - a.Used
		}
		return strings.Compare(a.Name+string(a.ID), b.Name+string(b.ID))
	})
	return all[:min(len(all), maxQuick)]
}

func rankQuick(q *protocol.QuickReply, query string) int {
	lower := strings.ToLower(query)
	short, name := strings.ToLower(q.Shortcut), strings.ToLower(q.Name)
	switch {
	case short != "" && short == lower:
		return 0
	case strings.HasPrefix(short, lower) && short != "", strings.HasPrefix(name, lower):
		return 1
	case strings.Contains(name, lower), strings.Contains(short, lower):
		return 2
	case contains(q.Text, query), contains(q.Folder, query):
		return 3
	}
	return 4
}

// strange is how far a quick reply is from a visitor's language: 0 for theirs, of whatever country, 2 for another.
func strange(q *protocol.QuickReply, language string) int {
	switch {
	case q.Language == "":
		return 1
	case baseOf(q.Language) == baseOf(language):
		return 0
	}
	return 2
}

// baseOf is a language without country and script.
func baseOf(tag string) string {
	base, _, _ := strings.Cut(strings.ToLower(tag), "-")
	return base
}

// FoundWords say how many a search found.
func (s *State) FoundWords(n int) string { return s.Words.Count(say.FoundCount, n) }

// slashTyped opens the choice where a stroke begins a word, and closes it where the caret has left that word. The caret
// counts UTF-16 units.
func (s *State) slashTyped(d *Draft, caret int, fx *bridge.Effects) {
	q := &s.Quick
	at, ok := slashAt(d.Text, bytesAt(d.Text, caret))
	if !ok {
		q.shut()
		return
	}
	if q.left == at+1 {
		return
	}
	query := d.Text[at+1 : bytesAt(d.Text, caret)]
	if !q.Open || query != q.Query {
		q.Active = 0
	}
	q.Open, q.Query, q.from, q.left = true, query, at, 0
	fx.Announce(s.FoundWords(len(s.QuickReplies(query))))
}

// slashAt finds the stroke that begins the word which the caret ends.
func slashAt(text string, caret int) (int, bool) {
	const longest = 160
	for i := caret; i > 0 && caret-i < longest; i-- {
		switch c := text[i-1]; {
		case c == '/' && (i == 1 || text[i-2] == ' ' || text[i-2] == '\n'):
			return i - 1, true
		case c == ' ' || c == '\n' || c == '/':
			return 0, false
		}
	}
	return 0, false
}

// bytesAt is where a place counted in UTF-16 units stands in a text.
func bytesAt(text string, units int) int {
	for i, r := range text {
		if units <= 0 {
			return i
		}
		units--
		if r > 0xffff {
			units--
		}
	}
	return len(text)
}

func units(text string) int {
	n := 0
	for _, r := range text {
		n++
		if r > 0xffff {
			n++
		}
	}
	return n
}

// openQuick puts a stroke at the caret, which opens the choice; once more it closes it.
func (s *State) openQuick(_ *bridge.Event, fx *bridge.Effects) {
	t := s.Current()
	if t == nil || !t.MayReply() {
		return
	}
	if s.Quick.Open {
		s.leavePick(fx)
		return
	}
	s.Quick.asked = true
	fx.InsertText(ReplyID, "/")
}

// stroked takes the stroke that the button put at the caret, which is known but now, and parts it from a word before it.
// Caret counts UTF-16 units; it and the text come back as they are then.
func (s *State) stroked(text string, caret int, fx *bridge.Effects) (string, int) {
	q := &s.Quick
	if !q.asked {
		return text, caret
	}
	q.asked, q.button = false, true
	at := bytesAt(text, caret) - 1
	if at <= 0 || text[at] != '/' || text[at-1] == ' ' || text[at-1] == '\n' {
		return text, caret
	}
	q.spaced = true
	caret++
	fx.SetCaret(ReplyID, caret)
	return text[:at] + " " + text[at:], caret
}

// pickKey takes keys while the choice is open; false for those that are the field's.
func (s *State) pickKey(e *bridge.Event, fx *bridge.Effects) bool {
	q, t := &s.Quick, s.Current()
	if !q.Open || t == nil || e.A&^(bridge.Ctrl|bridge.Meta|bridge.Repeat) != 0 {
		return false
	}
	found := s.QuickReplies(q.Query)
	switch e.Text {
	case "ArrowDown":
		q.Active = (q.Active + 1) % max(len(found), 1)
	case "ArrowUp":
		q.Active = (q.Active + max(len(found), 1) - 1) % max(len(found), 1)
	case "Enter", "Tab":
		if q.Active >= len(found) {
			return false
		}
		s.insertQuick(t, &found[q.Active], e.Text == "Enter" && e.A != 0, fx)
	case "Escape":
		s.leavePick(fx)
	default:
		return false
	}
	fx.Prevent()
	if q.Open {
		fx.ScrollTo(QuickOptionID(q.Active), false)
	}
	return true
}

// leavePick closes the choice. A stroke that a person typed stays; the button's goes.
func (s *State) leavePick(fx *bridge.Effects) {
	q, t := &s.Quick, s.Current()
	left := q.from + 1
	if t != nil && q.button {
		s.replaceSlash(t, "", fx)
		left = 0
	}
	q.shut()
	q.left = left
	fx.Focus(ReplyID)
}

// replaceSlash puts a text where the stroke and what is searched for stand.
func (s *State) replaceSlash(t *Talk, text string, fx *bridge.Effects) {
	d, q := s.Draft(t.Number), &s.Quick
	end := q.from + 1 + len(q.Query)
	if q.from < 0 || end > len(d.Text) || d.Text[q.from] != '/' {
		return
	}
	before := d.Text[:q.from]
	if q.spaced && text == "" {
		before = strings.TrimSuffix(before, " ")
	}
	d.Text = before + text + d.Text[end:]
	s.drafted(t.Number, fx)
	fx.Focus(ReplyID)
	fx.SetCaret(ReplyID, units(before+text))
}

// pickQuick inserts one that was clicked; Arg is its id. With Ctrl it is sent at once.
func (s *State) pickQuick(e *bridge.Event, fx *bridge.Effects) {
	t := s.Current()
	if r, ok := s.Quick.all[protocol.QuickReplyID(e.Arg)]; ok && t != nil && t.MayReply() && s.Quick.Open {
		s.insertQuick(t, &r, e.A&(bridge.Ctrl|bridge.Meta) != 0, fx)
	}
}

// insertQuick puts a quick reply at the caret, its variables filled in, and its files into the queue.
func (s *State) insertQuick(t *Talk, r *protocol.QuickReply, send bool, fx *bridge.Effects) {
	d, q := s.Draft(t.Number), &s.Quick
	text := s.Fill(t, r.Text)
	d.Noting = false
	if q.Open {
		s.replaceSlash(t, text, fx)
	} else {
		fx.InsertText(ReplyID, text) // the field knows its caret, and tells what stands in it then
	}
	q.shut()
	q.made++
	batch := "quick-" + itoa(q.made) + "-"
	for i, a := range r.Attachments {
		d.Files = append(d.Files, File{File: bridge.File{Handle: batch + itoa(i), Name: a.Name, Type: a.Type, Size: a.Size}})
	}
	s.ask(fx, protocol.KindQuickReplyUse, &protocol.QuickReplyUse{QuickReply: r.ID}, request{what: askQuick, number: t.Number, word: batch})
	if send {
		s.send(nil, fx)
	}
}

// quickReady takes the files of a quick reply that was inserted: those that were not taken out of the queue since.
func (s *State) quickReady(f *protocol.Frame, fx *bridge.Effects) {
	r := s.request(f.ID)
	in := read[protocol.QuickReplyReady](f)
	if in == nil {
		return
	}
	d := s.Draft(r.number)
	for i, a := range in.Attachments {
		for at := range d.Files {
			if d.Files[at].Handle == r.word+itoa(i) {
				d.Files[at] = fileFrom(a)
			}
		}
	}
	s.quickSettled(r, fx)
}

// quickRefused: its text stays, its files cannot be had.
func (s *State) quickRefused(r request, p Problem, fx *bridge.Effects) {
	s.toast(Toast{Text: s.Explain(p), Bad: true}, fx)
	s.quickSettled(r, fx)
}

// quickSettled takes out of the queue what did not come, and sends where that was waited for.
func (s *State) quickSettled(r request, fx *bridge.Effects) {
	d := s.Draft(r.number)
	d.Files = slices.DeleteFunc(d.Files, func(f File) bool { return strings.HasPrefix(f.Handle, r.word) })
	s.drafted(r.number, fx)
	if t := s.talks[r.number]; t != nil && t.MayReply() && d.Waiting && !d.uploading() && d.CanSend() {
		s.dispatch(t, d, fx)
	}
}
