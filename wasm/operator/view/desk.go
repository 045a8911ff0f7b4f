package view

import (
	"beseda/protocol"
	"beseda/wasm/operator/state"
	"beseda/wasm/timeline"
	"beseda/wasm/vdom"
	say "beseda/wasm/words/console"
)

// desk is where a reply is written.
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
	if t.New > 0 {
		p.button("jump", "b-jump", state.Jump, "")
		p.small("#i-down")
		p.Text(s.Words.Count(say.NewMessages, t.New))
		p.Close()
	} else if !t.AtEnd {
		p.iconButton("end", "b-jump b-jump--end", "#i-down", p.word(say.JumpDown), state.Jump, "")
	}
	p.emoji()
	p.deskTop(t, name, noting)
	if !noting {
		p.outrun(t)
		p.quick()
		p.quoting(t, d)
		p.queue(d)
	}
	f := p.fieldOf(t, d, noting)
	p.Open(vdom.Textarea, f.key)
	p.Class("b-desk__text")
	p.Attr(vdom.ID, state.ReplyID)
	p.Attr(vdom.Dir, "auto")
	p.Attr(vdom.Rows, "1")
	p.Attr(vdom.AriaLabel, f.label)
	p.Attr(vdom.Placeholder, f.placeholder)
	p.Attr(vdom.EnterKeyHint, "send")
	p.Attr(vdom.Value, f.text)
	left := f.left
	if left < 0 {
		p.Attr(vdom.AriaInvalid, "true")
	}
	if left <= timeline.NearLimit {
		p.Attr(vdom.AriaDescribedBy, "reply-left")
	}
	if picks := s.Quick.Open && !noting; picks {
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
	p.Open(vdom.Div, "row")
	p.Class("b-desk__row")
	p.deskTools(noting)
	p.Open(vdom.Span, "end")
	p.Class("b-desk__end")
	if left <= timeline.NearLimit {
		p.Open(vdom.Span, "left")
		p.Class("b-composer__count")
		p.Attr(vdom.ID, "reply-left")
		if left < 0 {
			p.Attr(vdom.DataState, "over")
		}
		p.Text(s.LeftWords(left))
		p.Close()
	}
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

// queue is the files that will go with the message.
func (p pen) queue(d *state.Draft) {
	if len(d.Files) == 0 {
		return
	}
	p.Open(vdom.Div, "queue")
	p.Class("b-composer__queue")
	p.Attr(vdom.Role, "list")
	p.Attr(vdom.AriaLabel, p.word(say.FilesChosen))
	for i := range d.Files {
		p.upload(&d.Files[i])
	}
	if len(d.Files) > 1 {
		p.button("all", "b-linkbutton", state.RemoveFiles, "")
		p.Text(p.word(say.RemoveAll))
		p.Close()
	}
	if len(d.Files) > protocol.MaxAttachments {
		p.Open(vdom.Span, "many")
		p.Class("b-field__error")
		p.Attr(vdom.Role, "alert")
		p.Text(p.s.Words.Fill(say.TooManyFiles, itoa(protocol.MaxAttachments)))
		p.Close()
	}
	p.Close()
}

func (p pen) upload(f *state.File) {
	s := p.s
	p.Open(vdom.Div, f.Handle)
	p.Class("b-upload")
	p.Attr(vdom.Role, "listitem")
	if f.Wrong() {
		p.Attr(vdom.DataState, "failed")
	}
	if f.Preview != "" {
		p.Open(vdom.Img, "")
		p.Class("b-upload__thumb")
		p.Attr(vdom.Src, f.Preview)
		p.Attr(vdom.Alt, "")
		p.Close()
	} else {
		p.small("#i-file")
	}
	p.Open(vdom.Span, "what")
	p.Class("b-upload__what")
	p.Open(vdom.Span, "")
	p.Class("b-upload__name")
	p.Attr(vdom.Dir, "auto")
	p.Text(f.Name)
	p.Close()
	switch {
	case f.Code == protocol.CodeTooLarge && f.Limit > 0:
		p.uploadProblem(s.Words.Fill(say.FileTooLarge, f.Name, s.Words.Size(f.Size), s.Words.Size(f.Limit)))
	case f.Wrong():
		p.uploadProblem(s.Words.Fill(say.FileFailed, f.Name))
	case f.Ready():
		p.Leaf(vdom.Span, "b-upload__size", s.Words.Size(f.Size))
	default:
		percent := 0
		if f.Size > 0 {
			percent = int(min(f.Sent*100/f.Size, 99))
		}
		p.Open(vdom.Span, "bar")
		p.Class("b-upload__bar")
		p.Attr(vdom.Role, "progressbar")
		p.Attr(vdom.AriaLabel, f.Name)
		p.Int(vdom.AriaValueMin, 0)
		p.Int(vdom.AriaValueMax, 100)
		p.Int(vdom.AriaValueNow, percent)
		p.Open(vdom.I, "")
		p.Attr(vdom.StyleInlineSize, itoa(percent)+"%")
		p.Close()
		p.Close()
	}
	p.Close()
	if f.Wrong() && f.Code != protocol.CodeTooLarge {
		p.button("retry", "b-linkbutton", state.RetryFile, f.Handle)
		p.Text(p.word(say.TryAgain))
		p.Close()
	}
	p.iconButton("remove", "b-iconbutton--small", "#i-close", s.Words.Fill(say.RemoveFile, f.Name), state.RemoveFile, f.Handle)
	p.Close()
}

func (p pen) uploadProblem(text string) {
	p.Open(vdom.Span, "problem")
	p.Class("b-upload__problem")
	p.Attr(vdom.Role, "alert")
	p.Text(text)
	p.Close()
}

// keptText shows what was written where it cannot be sent any more, and copies it.
func (p pen) keptText(text string) {
	p.Leaf(vdom.P, "", p.word(say.TextKept))
	p.Open(vdom.P, "kept")
	p.Class("b-locked__text")
	p.Attr(vdom.Dir, "auto")
	p.Text(text)
	p.Close()
	p.button("copy", "b-button b-button--small", state.CopyDraft, "")
	p.small("#i-copy")
	p.Text(p.word(say.CopyMyText))
	p.Close()
}

// locked stands where the desk would: this operator may read here and not write.
func (p pen) locked(t *state.Talk) {
	s := p.s
	title, reason := p.lockedWords(t)
	p.Open(vdom.Div, "locked")
	p.Class("b-locked")
	p.Attr(vdom.Role, "status")
	p.Icon("#i-lock")
	p.Open(vdom.Div, "")
	p.Leaf(vdom.P, "b-locked__title", title)
	if text := s.DraftText(t.Number); text != "" {
		p.keptText(text)
	} else {
		p.Leaf(vdom.P, "", reason)
	}
	p.Leaf(vdom.P, "", p.word(say.NoteHere))
	if s.MayTake(t) {
		p.button("take", "b-button b-button--small b-button--primary", state.Claim, "")
		p.Text(p.word(say.TakeIt))
		p.Close()
	}
	p.Close()
	p.Close()
}

// lockedWords say who answers there, and what this operator can do about it.
func (p pen) lockedWords(t *state.Talk) (title, reason string) {
	s := p.s
	number := t.Number.String()
	o := s.Operator(t.Row.Assignee)
	bot := o != nil && o.Bot
	switch {
	case t.Row.Assignee == "":
		title, reason = s.Words.Fill(say.LockedFreeTitle, number), p.word(say.LockedFreeText)
	case bot:
		title, reason = s.Words.Fill(say.LockedBotTitle, number, o.Name), p.word(say.LockedBotText)
	default:
		a := protocol.Actor{Kind: protocol.ActorOperator, ID: string(t.Row.Assignee)}
		title, reason = s.Words.Fill(say.LockedTitle, number, s.OperatorName(&a)), p.word(say.LockedText)
	}
	if !s.MayHave(t) {
		reason = p.word(say.LockedOutside)
	}
	return title, reason
}
