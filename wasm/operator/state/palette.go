package state

import (
	"strings"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/words"
	say "beseda/wasm/words/console"
)

// Command is something that the palette does.
type Command struct {
	Group words.Key
	Icon  string
	Text  string
	Keys  string // that do the same, "" for none

	do func(*State, *bridge.Effects)
}

// PaletteListID is the id of the palette's list, CommandID that of one of its lines.
const PaletteListID = "palette-list"

func CommandID(i int) string { return "command-" + itoa(i) }

const (
	maxOfGroup = 6 // lines of one group while something is searched for
)

// commandKey tells Ctrl K, or Command K.
func commandKey(e *bridge.Event) bool {
	return len(e.List) > 0 && e.List[0] == "KeyK" && (e.A == bridge.Ctrl || e.A == bridge.Meta)
}

func (s *State) openPalette(_ *bridge.Event, fx *bridge.Effects) {
	back := ReplyID
	if s.Current() == nil {
		back = ""
	}
	s.show(Dialog{Kind: PaletteDialog}, back, fx)
}

// Commands are what the palette offers for what is searched for.
func (s *State) Commands() []Command {
	query := strings.TrimSpace(s.Dialog.Query)
	var all []Command
	add := func(c ...Command) {
		n := 0
		for _, one := range c {
			if (query == "" || n < maxOfGroup) && contains(one.Text, query) {
				all = append(all, one)
				n++
			}
		}
	}
	if t := s.Current(); t != nil && t.Phase == TalkOpen {
		add(s.talkCommands(t)...)
	}
	all = append(all, s.numberCommands(query)...)
	if t := s.Current(); query != "" && t != nil && t.MayReply() {
		for i, q := range s.QuickReplies(query) {
			if i < maxOfGroup {
				all = append(all, Command{Group: say.QuickReplies, Icon: "#i-bolt", Text: s.Words.Fill(say.QuickLine, q.Name, excerpt(q.Text)),
					do: func(s *State, fx *bridge.Effects) { s.insertQuick(t, &q, false, fx) }})
			}
		}
	}
	add(s.places()...)
	return all
}

func (s *State) talkCommands(t *Talk) []Command {
	var all []Command
	number := t.Number.String()
	add := func(icon, text, shortcut string, do func(*State, *bridge.Event, *bridge.Effects)) {
		all = append(all, Command{Group: say.ThisConversation, Icon: icon, Text: text, Keys: s.Prefs.LetterOf(shortcut),
			do: func(s *State, fx *bridge.Effects) { do(s, &bridge.Event{}, fx) }})
	}
	active := t.Row.Activity == protocol.Active
	if t.MayReply() {
		add("#i-reply", s.Words.Text(say.KeyReply), "reply", (*State).replyShortcut)
		add("#i-bolt", s.Words.Text(say.NewQuickReply), "", (*State).newQuick)
	}
	if t.MayEnd() {
		if t.Row.Status != protocol.Closed {
			add("#i-check", s.Words.Fill(say.CloseNumber, number), "close", (*State).closeTalk)
		}
		if active {
			add("#i-done", s.Words.Fill(say.EndTitle, number), "end", (*State).openEnd)
		} else {
			add("#i-retry", s.Words.Text(say.ReopenConversation), "", (*State).reopen)
		}
	}
	if s.MayAssign(t) {
		add("#i-swap", s.Words.Fill(say.ReassignTitle, number), "assign", (*State).openAssign)
	}
	add("#i-note", s.Words.Text(say.KeyNote), "note", (*State).noteShortcut)
	add("#i-eye", s.UnreadWord(t), "unread", (*State).markUnread)
	add("#i-link", s.Words.Text(say.LinkNumber), "", (*State).copyAddress)
	switch {
	case t.Row.MayBlock && t.Row.Blocked:
		add("#i-block", s.Words.Text(say.Unblock), "", (*State).unblock)
	case t.Row.MayBlock:
		add("#i-block", s.Words.Text(say.BlockMore), "", (*State).openBlock)
	}
	if t.Row.MayDelete {
		add("#i-trash", s.Words.Text(say.DeleteMore), "", (*State).openDelete)
	}
	return all
}

// UnreadWord is what U does in a conversation.
func (s *State) UnreadWord(t *Talk) string {
	if t.Row.Marked {
		return s.Words.Text(say.MarkRead)
	}
	return s.Words.Text(say.MarkUnread)
}

// numberCommands are conversations: the one with the number that was typed, and those of the list that are found.
func (s *State) numberCommands(query string) []Command {
	if query == "" {
		return nil
	}
	var all []Command
	add := func(n protocol.Number, text string) {
		all = append(all, Command{Group: say.Conversations, Icon: "#i-chats", Text: text,
			do: func(s *State, fx *bridge.Effects) { s.Go(s.To(n), fx) }})
	}
	typed := number(strings.TrimLeft(query, "#№ "))
	if typed != 0 && s.List.Row(typed) == nil {
		add(typed, s.Words.Fill(say.ConversationNumber, typed.String()))
	}
	found := 0
	s.List.each(func(row *protocol.Row) {
		name := s.VisitorName(row.Name, row.Visitor)
		if found < maxOfGroup && (row.Number == typed || contains(name, query) || contains(Subject(row), query)) {
			found++
			add(row.Number, s.Words.Fill(say.NumberLine, row.Number.String(), excerpt(Subject(row)), name))
		}
	})
	return all
}

// places are the pages that this operator may enter.
func (s *State) places() []Command {
	var all []Command
	add := func(icon string, word words.Key, keys string, r Route) {
		if s.Prefs.NoKeys {
			keys = ""
		} else if keys != "" {
			keys = s.Prefs.LetterOf("go") + " " + keys
		}
		all = append(all, Command{Group: say.GoTo, Icon: icon, Text: s.Words.Text(word), Keys: keys,
			do: func(s *State, fx *bridge.Effects) { s.Go(r, fx) }})
	}
	add("#i-inbox", say.Inbox, "I", Route{})
	add("#i-chats", say.ViewAll, "A", Route{Query: everything().query()})
	add("#i-chart", say.ReportsPage, "R", Route{Place: AtReport})
	add("#i-events", say.EventsPage, "E", Route{Place: AtEvents})
	for _, page := range [...]struct {
		icon  string
		name  words.Key
		place Place
	}{
		{"#i-widget", say.ChannelsPage, AtChannels}, {"#i-rules", say.RulesPage, AtRules}, {"#i-bolt", say.QuickReplies, AtReplies},
		{"#i-tag", say.TagsPage, AtTags}, {"#i-users", say.MembersAndRights, AtTeam}, {"#i-shield", say.AuditPage, AtAudit},
	} {
		if s.MayEnter(page.place) {
			add(page.icon, page.name, "", Route{Place: page.place})
		}
	}
	add("#i-user", say.AccountPage, "", Route{Place: AtAccount})
	return append(all, Command{Group: say.GoTo, Icon: "#i-key", Text: s.Words.Text(say.KeysTitle), Keys: s.helpKey(),
		do: func(s *State, fx *bridge.Effects) { s.show(Dialog{Kind: KeysDialog}, "", fx) }})
}

func (s *State) helpKey() string {
	if s.Prefs.NoKeys {
		return ""
	}
	return "?"
}

func (s *State) paletteTyped(e *bridge.Event, fx *bridge.Effects) {
	s.Dialog.Query, s.Dialog.Active = e.Text, 0
	fx.Announce(s.FoundWords(len(s.Commands())))
}

func (s *State) paletteKey(e *bridge.Event, fx *bridge.Effects) {
	all := s.Commands()
	n := max(len(all), 1)
	switch e.Text {
	case "ArrowDown":
		s.Dialog.Active = (s.Dialog.Active + 1) % n
	case "ArrowUp":
		s.Dialog.Active = (s.Dialog.Active + n - 1) % n
	case "Enter":
		s.command(s.Dialog.Active, fx)
	default:
		if commandKey(e) {
			fx.Prevent()
			s.closeDialog(e, fx)
			return
		}
		fx.Still()
		return
	}
	fx.Prevent()
	fx.ScrollTo(CommandID(s.Dialog.Active), false)
}

// runCommand does what was clicked; Arg is its place.
func (s *State) runCommand(e *bridge.Event, fx *bridge.Effects) {
	i, _ := pairOf(e.Arg)
	s.command(i, fx)
}

func (s *State) command(i int, fx *bridge.Effects) {
	all := s.Commands()
	if i < 0 || i >= len(all) {
		return
	}
	s.closeDialog(nil, fx)
	all[i].do(s, fx)
}
