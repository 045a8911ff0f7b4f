package view

import (
	"beseda/wasm/operator/state"
	"beseda/wasm/timeline"
	"beseda/wasm/vdom"
	say "beseda/wasm/words/console"
)

// desk is where a reply is written, or a note for the team.
func (p pen) desk(t *state.Talk, d *state.Draft) {
	s := p.s
	noting := s.Noting(t)
	switch { // a note for the team is possible in either
	case t.Row.Blocked:
		p.blocked(t)
	case !t.Row.MayWrite:
		p.locked(t)
	}
	name := s.VisitorName(t.Row.Name, t.Row.Visitor)
	p.Open(vdom.Form, "desk")
	p.Class("b-desk")
	p.Attr(vdom.AriaLabel, s.Words.Fill(say.Answer, name))
	p.On(vdom.Submit, state.Send, "")
	if noting {
		p.Attr(vdom.DataKind, "note")
	} else {
		p.On(vdom.Paste, state.FilesGiven, "")
	}
	p.jump(t)
	p.emoji()
	p.deskTop(t, name, noting)
	if !noting {
		p.outrun(t)
		p.quick()
		p.quoting(t, d)
		p.queue(d)
	}
	f := p.fieldOf(t, d, noting)
	p.deskText(f, s.Quick.Open && !noting)
	p.Open(vdom.Div, "row")
	p.Class("b-desk__row")
	p.deskTools(noting)
	p.Open(vdom.Span, "end")
	p.Class("b-desk__end")
	p.left(f.left)
	p.endLink(t)
	if noting {
		p.addNoteButton(d)
	} else {
		p.sendButton(t, d)
	}
	p.Close()
	p.Close()
	p.Close()
}

// jump leads to the end of the conversation, where that is out of view.
func (p pen) jump(t *state.Talk) {
	if t.New > 0 {
		p.button("jump", "b-jump", state.Jump, "")
		p.small("#i-down")
		p.Text(p.s.Words.Count(say.NewMessages, t.New))
		p.Close()
	} else if !t.AtEnd {
		p.iconButton("end", "b-jump b-jump--end", "#i-down", p.word(say.JumpDown), state.Jump, "")
	}
}

// deskText is the field; picks: quick replies are listed above it.
func (p pen) deskText(f deskField, picks bool) {
	s := p.s
	p.Open(vdom.Textarea, f.key)
	p.Class("b-desk__text")
	p.Attr(vdom.ID, state.ReplyID)
	p.Attr(vdom.Dir, "auto")
	p.Attr(vdom.Rows, "1")
	p.Attr(vdom.AriaLabel, f.label)
	p.Attr(vdom.Placeholder, f.placeholder)
	p.Attr(vdom.EnterKeyHint, "send")
	p.Attr(vdom.Value, f.text)
	if f.left < 0 {
		p.Attr(vdom.AriaInvalid, "true")
	}
	if f.left <= timeline.NearLimit {
		p.Attr(vdom.AriaDescribedBy, leftID)
	}
	if picks {
		p.Attr(vdom.AriaAutocomplete, "list")
		p.Attr(vdom.AriaControls, state.QuickListID)
		if len(s.QuickReplies(s.Quick.Query)) > 0 {
			p.Attr(vdom.AriaActiveDescendant, state.QuickOptionID(s.Quick.Active))
		}
	}
	p.On(vdom.InputEvent, state.Written, "")
	p.On(vdom.KeyDown, state.ReplyKey, "")
	p.On(vdom.FocusOut, state.ReplyLeft, "")
	p.Close()
}

// leftID is the id of how much may still be written.
const leftID = "reply-left"

// left says how many characters may still be written, where there are few.
func (p pen) left(n int) {
	if n > timeline.NearLimit {
		return
	}
	p.Open(vdom.Span, "left")
	p.Class("b-composer__count")
	p.Attr(vdom.ID, leftID)
	if n < 0 {
		p.Attr(vdom.DataState, "over")
	}
	p.Text(p.s.LeftWords(n))
	p.Close()
}

// deskTools add to what is being written: files and quick replies to a reply alone.
func (p pen) deskTools(noting bool) {
	if !noting {
		p.iconButton("attach", "", "#i-attach", p.word(say.AttachFiles), state.ChooseFiles, "")
	}
	p.emojiButton()
	if noting {
		return
	}
	p.button("quick", "b-iconbutton", state.OpenQuick, "")
	p.Attr(vdom.ID, state.QuickButtonID)
	p.Attr(vdom.AriaLabel, p.word(say.QuickReplies))
	p.Attr(vdom.Title, p.word(say.QuickReplies))
	p.Attr(vdom.AriaHasPopup, "listbox")
	p.Bool(vdom.AriaExpanded, p.s.Quick.Open)
	p.Icon("#i-bolt")
	p.Close()
}

func (p pen) deskTop(t *state.Talk, name string, noting bool) {
	p.Open(vdom.Div, "top")
	p.Class("b-desk__top")
	p.deskTabs(t, noting)
	if noting {
		p.Leaf(vdom.Span, "b-desk__via", p.word(say.NoteVia))
		p.Close()
		return
	}
	p.sending(t)
	p.Open(vdom.Span, "via")
	p.Class("b-desk__via")
	if ch := p.s.Channel(t.Row.Channel); ch != nil {
		p.Text(p.s.Words.Fill(say.ReplyTo, name, ch.Looks.Name))
	}
	p.Close()
	p.Close()
}

// sendingID is the id of the sentence that says what sending does.
const sendingID = "sending"

// sending says what a reply does to something completed.
func (p pen) sending(t *state.Talk) {
	icon, word := "#i-retry", say.SendingReopens
	switch p.s.Sending(&t.Row) {
	case "":
		return
	case "new":
		icon, word = "#i-plus", say.SendingBegins
	case "keep":
		icon, word = "#i-done", say.SendingKeeps
	case "forbid":
		icon, word = "#i-lock", say.SendingForbidden
	}
	p.Open(vdom.Span, "closed")
	p.Class("b-desk__note")
	p.Attr(vdom.ID, sendingID)
	p.small(icon)
	p.Text(p.word(word))
	p.Close()
}

func (p pen) sendButton(t *state.Talk, d *state.Draft) {
	anyway, forbidden := p.s.Anyway(t), p.s.ReplyForbidden(t)
	p.Open(vdom.Button, "send")
	p.Attr(vdom.Type, "submit")
	p.Class("b-button b-button--primary")
	word := say.Send
	if anyway {
		word = say.SendAnyway
	}
	p.Attr(vdom.AriaLabel, p.word(word))
	hint := say.SendByEnter
	if p.s.Prefs.EnterBreaks {
		hint = say.SendByCtrlEnter
	}
	p.Attr(vdom.Title, p.word(hint))
	if forbidden {
		p.Attr(vdom.AriaDescribedBy, sendingID)
	}
	if d.Waiting {
		p.Attr(vdom.DataState, "loading")
		p.spinner()
		p.Text(p.word(say.WaitingForFiles))
	} else {
		p.Flag(vdom.Disabled, forbidden || !d.CanSend())
		p.Text(p.word(word))
	}
	p.Close()
}
