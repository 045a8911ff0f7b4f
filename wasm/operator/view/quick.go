package view

import (
	"strings"

	"beseda/protocol"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	say "beseda/wasm/words/console"
)

// quick is the choice of quick replies above the reply. The focus stays in the text.
func (p pen) quick() {
	s := p.s
	if !s.Quick.Open {
		return
	}
	found := s.QuickReplies(s.Quick.Query)
	p.Open(vdom.Div, "quick")
	p.Class("b-quick")
	p.Attr(vdom.DataState, "opening")
	p.Open(vdom.Div, "list")
	p.Class("b-quick__list")
	p.Attr(vdom.ID, state.QuickListID)
	p.Attr(vdom.Role, "listbox")
	p.Attr(vdom.AriaLabel, p.word(say.QuickReplies))
	for i := range found {
		p.quickOption(&found[i], i)
	}
	p.Close()
	if len(found) == 0 {
		word := say.QuickNone
		if s.Quick.Query == "" {
			word = say.QuickEmpty
		}
		p.Leaf(vdom.P, "b-quick__none", p.word(word))
	}
	p.Open(vdom.Div, "foot")
	p.Class("b-quick__foot")
	p.Open(vdom.Span, "hint")
	p.Attr(vdom.AriaHidden, "true")
	p.Text(p.word(say.QuickHint))
	p.Close()
	p.button("new", "b-linkbutton", state.NewQuick, "")
	p.Text(p.word(say.NewQuickReply))
	p.Close()
	p.Close()
	p.Close()
}

func (p pen) quickOption(q *protocol.QuickReply, i int) {
	p.button(string(q.ID), "b-quick__item", state.PickQuick, string(q.ID))
	p.Attr(vdom.ID, state.QuickOptionID(i))
	p.Attr(vdom.Role, "option")
	p.Bool(vdom.AriaSelected, i == p.s.Quick.Active)
	p.Int(vdom.TabIndex, -1)
	p.Open(vdom.Span, "name")
	p.Class("b-quick__name")
	p.Attr(vdom.Dir, "auto")
	p.Text(q.Name)
	p.Close()
	p.Open(vdom.Span, "where")
	p.Class("b-quick__where")
	if q.Language != "" {
		p.Leaf(vdom.Span, "", p.s.LanguageName(q.Language))
	}
	if q.Folder != "" {
		p.Leaf(vdom.Span, "", q.Folder)
	}
	if q.Shortcut != "" {
		p.Open(vdom.Kbd, "shortcut")
		p.Attr(vdom.Dir, "ltr")
		p.Text("/" + q.Shortcut)
		p.Close()
	}
	if n := len(q.Attachments); n > 0 {
		p.small("#i-attach")
		p.Leaf(vdom.Span, "", itoa(n))
	}
	p.Close()
	p.Open(vdom.Span, "text")
	p.Class("b-quick__text")
	p.Attr(vdom.Dir, "auto")
	p.Text(firstLine(q.Text))
	p.Close()
	p.Close()
}

// quickWindow makes a quick reply.
func (p pen) quickWindow(d *state.Dialog) {
	s, f := p.s, &p.s.QuickForm
	title := p.word(say.NewQuickReply)
	if f.ID != "" {
		title = p.word(say.EditQuickReply)
	}
	p.windowHead(title)
	problem := func(field string) string {
		if d.Problem.Field() != field {
			return ""
		}
		if field == "shortcut" && d.Problem.Code == protocol.CodeInvalid {
			return p.word(say.ShortcutInvalid)
		}
		return s.Explain(d.Problem)
	}
	p.Open(vdom.Form, "form")
	p.Class("b-dialog__form")
	p.Attr(vdom.AriaLabel, title)
	p.Flag(vdom.NoValidate, true)
	p.On(vdom.Submit, state.SaveQuick, "")
	p.field(field{id: state.QuickNameID, label: p.word(say.QuickName), kind: "text", value: f.Name, complete: "off",
		max: protocol.MaxNameRunes, on: state.QuickTyped, arg: state.QuickNameID, hint: p.word(say.QuickNameHint), problem: problem("name")})
	p.quickText(f)
	p.variables()
	p.quickPreview(f)
	p.Open(vdom.Div, "two")
	p.Class("b-dialog__two")
	p.field(field{id: state.QuickShortcutID, label: p.word(say.QuickShortcut), kind: "text", value: f.Shortcut, complete: "off",
		max: 40, on: state.QuickTyped, arg: state.QuickShortcutID, hint: p.word(say.QuickShortcutHint), problem: problem("shortcut")})
	p.field(field{id: state.QuickFolderID, label: p.word(say.QuickFolder), kind: "text", value: f.Folder, complete: "off",
		max: 40, on: state.QuickTyped, arg: state.QuickFolderID, hint: strings.Join(s.Folders(), ", "), problem: problem("folder")})
	p.Close()
	p.quickLanguage(f, problem("language"))
	p.quickShared(f)
	p.quickFiles(f)
	if d.Problem.Is() && problem(d.Problem.Field()) == "" {
		p.alert(s.Explain(d.Problem))
	}
	p.quickFoot(f, d.Busy)
	p.Close()
}

// quickLanguage says for whom it is written.
func (p pen) quickLanguage(f *state.QuickForm, problem string) {
	s := p.s
	p.Open(vdom.Div, "language")
	p.Class("b-field")
	p.Open(vdom.Label, "")
	p.Class("b-field__label")
	p.Attr(vdom.For, state.QuickLanguageID)
	p.Text(p.word(say.QuickLanguage))
	p.Close()
	p.Open(vdom.Select, "")
	p.Class("b-input")
	p.Attr(vdom.ID, state.QuickLanguageID)
	p.described(state.QuickLanguageID, p.word(say.QuickLanguageHint), problem)
	p.On(vdom.Change, state.QuickTyped, state.QuickLanguageID)
	p.option("", p.word(say.QuickLanguageAny), f.Language == "")
	for _, tag := range s.LanguageTags(f.Language) {
		p.option(tag, s.LanguageName(tag), f.Language == tag)
	}
	p.Close()
	p.below(state.QuickLanguageID, p.word(say.QuickLanguageHint), problem)
	p.Close()
}

// quickShared shares it with the team, for those who may.
func (p pen) quickShared(f *state.QuickForm) {
	if !p.s.May(protocol.RightSettings) {
		return
	}
	p.Open(vdom.Label, "shared")
	p.Class("b-check")
	p.Open(vdom.Input, "")
	p.Class("b-checkbox")
	p.Attr(vdom.Type, "checkbox")
	p.Flag(vdom.Checked, f.Shared)
	p.On(vdom.Change, state.QuickShared, "")
	p.Close()
	p.Leaf(vdom.Span, "", p.word(say.QuickShared))
	p.Close()
}

func (p pen) quickFiles(f *state.QuickForm) {
	if len(f.Files) == 0 {
		return
	}
	p.uploads("files", say.QuickFiles, f.Files)
	p.Close()
}

func (p pen) quickFoot(f *state.QuickForm, busy bool) {
	p.Open(vdom.Div, "foot")
	p.Class("b-dialog__foot")
	p.iconButton("attach", "b-dialog__aside", "#i-attach", p.word(say.QuickAttach), state.QuickFiles, "")
	p.cancel()
	p.Open(vdom.Button, "submit")
	p.Attr(vdom.Type, "submit")
	p.Class("b-button b-button--primary")
	if busy {
		p.Attr(vdom.DataState, "loading")
		p.spinner()
		p.Text(p.word(say.Saving))
	} else {
		p.Flag(vdom.Disabled, !f.CanSave())
		p.Text(p.word(say.Save))
	}
	p.Close()
	p.Close()
}

func (p pen) quickText(f *state.QuickForm) {
	hint := p.s.Words.Fill(say.QuickTextHint, "{{"+strings.Join(state.Variables[:], "}}, {{")+"}}", "{{contact.name|"+p.word(say.QuickFallback)+"}}")
	p.Open(vdom.Div, "text")
	p.Class("b-field")
	p.Open(vdom.Label, "")
	p.Class("b-field__label")
	p.Attr(vdom.For, state.QuickTextID)
	p.Text(p.word(say.QuickText))
	p.Close()
	p.Open(vdom.Textarea, "")
	p.Class("b-input")
	p.Attr(vdom.ID, state.QuickTextID)
	p.Attr(vdom.Dir, "auto")
	p.Attr(vdom.Rows, "4")
	p.Int(vdom.MaxLength, protocol.MaxMessageRunes)
	p.Attr(vdom.Value, f.Text)
	p.On(vdom.InputEvent, state.QuickTyped, state.QuickTextID)
	p.described(state.QuickTextID, hint, "")
	p.Close()
	p.below(state.QuickTextID, hint, "")
	p.Close()
}
