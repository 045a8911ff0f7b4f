package state

import (
	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/words"
	say "beseda/wasm/words/console"
)

// noticeRunes is how much of a message a notification shows.
const noticeRunes = 140

// hear takes rows that changed and tells the person of what is new to them: a tone, and where it was allowed a
// notification of the system. The first list that comes is no news.
func (s *State) hear(in *protocol.Inbox, first bool, fx *bridge.Effects) {
	news := false
	for i := range len(in.Rows) + len(in.Beside) {
		row := &protocol.Row{}
		if i < len(in.Rows) {
			row = &in.Rows[i]
		} else {
			row = &in.Beside[i-len(in.Rows)]
		}
		n := row.Number
		if row.Unread == 0 || row.AwaitingSince == 0 && s.shown[noticeTag(n)] { // read, or nobody has to answer any more
			s.unnotify(n, fx)
		}
		before, known := s.heard[n]
		if asked := len(s.heard) > 0 && first; asked && !known {
			continue // a page of what was there all along
		}
		fresh := row.LastPosition > before && (known || row.LastAt >= s.since)
		s.heard[n] = max(before, row.LastPosition)
		if first || !fresh || row.Unread == 0 || row.LastActor == nil || row.LastActor.Kind != protocol.ActorVisitor {
			continue
		}
		if !s.concerns(row) || s.watching(n) {
			continue
		}
		news = true
		if s.Permission == "granted" && !s.Prefs.Silent {
			tag := noticeTag(n)
			s.shown[tag] = row.AwaitingSince != 0
			fx.Notify(s.VisitorName(row.Name, row.Visitor), cut(s.LastWords(row), noticeRunes), tag)
		}
	}
	for _, n := range in.Gone {
		s.unnotify(n, fx)
	}
	if news && !s.Prefs.Quiet {
		fx.Chime()
	}
}

// concerns tells whether a conversation is this operator's business: theirs, or nobody's.
func (s *State) concerns(row *protocol.Row) bool {
	return row.Assignee == "" || row.Assignee == s.Me.ID
}

// watching tells whether the person looks at a conversation right now.
func (s *State) watching(n protocol.Number) bool {
	return s.Visible && s.Focused && s.Route.Place == AtInbox && s.Route.Number == n
}

func (s *State) unnotify(n protocol.Number, fx *bridge.Effects) {
	tag := noticeTag(n)
	if _, there := s.shown[tag]; there {
		delete(s.shown, tag)
		fx.CloseNotification(tag)
	}
}

func noticeTag(n protocol.Number) string { return "conversation-" + n.String() }

// notified: the person clicked one.
func (s *State) notified(e *bridge.Event, fx *bridge.Effects) {
	const prefix = len("conversation-")
	if len(e.Arg) > prefix {
		s.Go(s.To(number(e.Arg[prefix:])), fx)
	}
	delete(s.shown, e.Arg)
}

func (s *State) askToNotify(_ *bridge.Event, fx *bridge.Effects) { fx.AskToNotify(); fx.Still() }

// LastWords are a row's last message in words: its text, or what kind of file it is.
func (s *State) LastWords(row *protocol.Row) string {
	if row.LastText != "" {
		return row.LastText
	}
	return s.KindWords(row.LastAttachment)
}

var kindWords = map[protocol.AttachmentKind]words.Key{
	protocol.AttachmentImage: say.Picture,
	protocol.AttachmentVideo: say.Video,
	protocol.AttachmentAudio: say.Audio,
}

// KindWords is a kind of file in a word; "" for no file.
func (s *State) KindWords(kind protocol.AttachmentKind) string {
	if kind == "" {
		return ""
	}
	if k, ok := kindWords[kind]; ok {
		return s.Words.Text(k)
	}
	return s.Words.Text(say.File)
}

// cut shortens a text to so many code points.
func cut(text string, runes int) string {
	n := 0
	for i := range text {
		if n == runes {
			return text[:i] + "…"
		}
		n++
	}
	return text
}
