package view

import (
	"beseda/protocol"
	"beseda/wasm/face"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	say "beseda/wasm/words/console"
)

// accountPage is what an operator sets for themselves.
func (p pen) accountPage() {
	s, a := p.s, &p.s.Account
	p.pageHead("account", p.word(say.AccountPage), s.Me.Email)
	p.Open(vdom.Div, "tools")
	p.Class("b-page__tools")
	p.button("out", "b-button", state.SignOut, "")
	if a.Leaving {
		p.Attr(vdom.DataState, "loading")
		p.spinner()
	} else {
		p.IconClass("#i-exit", "b-icon b-icon--sm b-icon--dir")
	}
	p.Text(p.word(say.SignOut))
	p.Close()
	p.Close()
	p.Close()
	if a.Problem.Is() {
		p.alert(s.Explain(a.Problem))
	}
	p.profile(a)
	p.Open(vdom.Div, "looks")
	p.Leaf(vdom.H3, "b-form__title", p.word(say.LooksTitle))
	p.setting("theme", vdom.Div, p.word(say.Theme), p.word(say.ThemeHint))
	p.segments("setting-theme", state.SetTheme, s.Prefs.Theme, [][2]string{
		{"", p.word(say.ThemeSystem)}, {"light", p.word(say.ThemeLight)}, {"dark", p.word(say.ThemeDark)},
	})
	p.settingEnd()
	p.setting("language", vdom.Div, p.word(say.Language), p.word(say.LanguageHint))
	p.selectBox("setting-language", state.SetLanguage, "", s.Prefs.Language, [][2]string{
		{"", p.word(say.LanguageBrowser)}, {"en", "English"}, {"ru", "Русский"},
	})
	p.settingEnd()
	p.Close()
	p.notifications()
	p.keyboard()
	p.passwords(&a.Passwords)
	p.sessions(a)
	p.Close()
}

func (p pen) profile(a *state.Account) {
	s := p.s
	p.Open(vdom.Div, "profile")
	p.Class("b-profile")
	face.Draw(p.Builder, face.Face{ID: string(s.Me.ID), Name: s.Me.Name, Picture: state.Picture(&s.Me), Size: "b-avatar--profile"})
	p.Open(vdom.Div, "picture")
	p.Class("b-profile__picture")
	p.button("choose", "b-button", state.ChoosePicture, "")
	if a.Upload != "" {
		p.Attr(vdom.DataState, "loading")
		p.spinner()
		p.Text(p.word(say.UploadingPicture))
	} else {
		p.small("#i-image")
		p.Text(p.word(say.ChoosePicture))
	}
	p.Close()
	p.Leaf(vdom.P, "b-field__hint", p.word(say.PictureHint))
	if a.PictureProblem.Is() {
		p.alert(s.Explain(a.PictureProblem))
	}
	p.Close()
	p.Open(vdom.Form, "name")
	p.Class("b-profile__name")
	p.Attr(vdom.AriaLabel, p.word(say.YourName))
	p.Flag(vdom.NoValidate, true)
	p.On(vdom.Submit, state.SaveName, "")
	problem := ""
	if a.NameProblem.Is() {
		if problem = s.Explain(a.NameProblem); a.NameProblem.Code == protocol.CodeInvalid {
			problem = p.word(say.NameMissing)
		}
	}
	p.field(field{id: state.NameID, label: p.word(say.YourName), kind: "text", value: a.Name, complete: "name",
		max: protocol.MaxNameRunes, on: state.NameTyped, hint: p.word(say.YourNameHint), problem: problem})
	p.Open(vdom.Div, "row")
	p.Class("b-profile__row")
	p.submit(p.word(say.Save), a.NameBusy, p.word(say.Saving), "")
	p.Open(vdom.Span, "done")
	p.Attr(vdom.Role, "status")
	if a.NameDone {
		p.Class("b-pill b-pill--success")
		p.Icon("#i-check")
		p.Text(p.word(say.Saved))
	}
	p.Close()
	p.Close()
	p.Close()
	p.Close()
}

func (p pen) notifications() {
	s := p.s
	p.Open(vdom.Div, "notify")
	p.Leaf(vdom.H3, "b-form__title", p.word(say.Notifications))
	switch s.Permission {
	case "default":
		p.setting("permission", vdom.Div, p.word(say.NotifyAsk), p.word(say.NotifyAskHint))
		p.button("ask", "b-button", state.AskToNotify, "")
		p.small("#i-bell")
		p.Text(p.word(say.AllowNotifications))
		p.Close()
		p.settingEnd()
	case "denied":
		p.setting("permission", vdom.Div, p.word(say.NotifyDenied), p.word(say.NotifyDeniedHint))
		p.settingEnd()
	case "granted":
		p.setting("permission", vdom.Label, p.word(say.NotifyOn), p.word(say.NotifyOnHint))
		p.toggle("permission", !s.Prefs.Silent, state.Toggle, "notify")
		p.settingEnd()
	}
	p.setting("tone", vdom.Label, p.word(say.Tone), p.word(say.ToneHint))
	p.toggle("tone", !s.Prefs.Quiet, state.Toggle, "tone")
	p.settingEnd()
	p.Close()
}

func (p pen) keyboard() {
	s := p.s
	p.Open(vdom.Div, "keyboard")
	p.Leaf(vdom.H3, "b-form__title", p.word(say.Keyboard))
	p.setting("enter", vdom.Label, p.word(say.EnterBreaks), p.word(say.EnterBreaksHint))
	p.toggle("enter", s.Prefs.EnterBreaks, state.Toggle, "enter")
	p.settingEnd()
	p.setting("letters", vdom.Label, p.word(say.LetterKeys), p.word(say.LetterKeysHint))
	p.toggle("letters", !s.Prefs.NoKeys, state.Toggle, "keys")
	p.settingEnd()
	if !s.Prefs.NoKeys {
		p.letters()
	}
	p.Open(vdom.Button, "keys")
	p.Attr(vdom.Type, "button")
	p.Attr(vdom.ID, "keys")
	p.Class("b-linkbutton")
	p.On(vdom.Click, state.OpenKeys, "")
	p.Text(p.word(say.KeysTitle))
	p.Close()
	p.Close()
}

// letters gives the commands of single letters others.
func (p pen) letters() {
	s := p.s
	p.setting("letter", vdom.Div, p.word(say.LettersTitle), p.word(say.LettersHint))
	if s.Prefs.OwnLetters() {
		p.button("reset", "b-linkbutton", state.ResetLetters, "")
		p.Text(p.word(say.LettersReset))
		p.Close()
	}
	p.settingEnd()
	p.Open(vdom.UL, "all")
	p.Class("b-letters")
	p.Attr(vdom.Role, "list")
	for i := range state.Shortcuts {
		k := &state.Shortcuts[i]
		p.Open(vdom.LI, k.Name)
		p.Open(vdom.Span, "")
		p.Text(p.word(k.Word))
		p.Close()
		p.Open(vdom.Input, "letter")
		p.Class("b-input b-input--letter")
		p.Attr(vdom.Type, "text")
		p.Attr(vdom.AriaLabel, s.Words.Fill(say.LetterOf, p.word(k.Word)))
		p.Attr(vdom.Autocomplete, "off")
		p.Int(vdom.MaxLength, 1)
		text, wrong := s.Letter(k)
		p.Attr(vdom.ID, state.LetterID(k.Name))
		p.Attr(vdom.Value, text)
		problem := ""
		if wrong {
			problem = s.Words.Fill(say.LetterWrong, s.Prefs.Letter(k))
		}
		p.described(state.LetterID(k.Name), "", problem)
		p.On(vdom.KeyDown, state.LetterKey, k.Name)
		p.On(vdom.InputEvent, state.LetterTyped, k.Name)
		p.On(vdom.FocusOut, state.LetterLeft, k.Name)
		p.Close()
		p.below(state.LetterID(k.Name), "", problem)
		p.Close()
	}
	p.Close()
}

// sessions lists where this operator is signed in.
func (p pen) sessions(a *state.Account) {
	s := p.s
	p.Open(vdom.Div, "sessions")
	p.Leaf(vdom.H3, "b-form__title", p.word(say.SessionsTitle))
	p.Leaf(vdom.P, "b-field__hint", p.word(say.SessionsHint))
	if !a.Listed {
		p.Leaf(vdom.Span, "b-skeleton b-skeleton--last", "")
	}
	p.Open(vdom.UL, "list")
	p.Class("b-sessions")
	p.Attr(vdom.Role, "list")
	for i := range a.Sessions {
		one := &a.Sessions[i]
		p.Open(vdom.LI, one.ID)
		p.Class("b-setting")
		p.Open(vdom.Span, "name")
		p.Class("b-setting__name")
		if one.Device == "" {
			p.Text(p.word(say.UnknownDevice))
		} else {
			p.Text(one.Device)
		}
		p.Close()
		p.Open(vdom.Span, "hint")
		p.Class("b-setting__hint")
		p.Text(s.Words.Fill(say.SessionLine, s.Ago(one.LastAt), s.Words.Date(one.CreatedAt, s.Now)) + " ")
		p.ltr(one.Address)
		p.Close()
		p.Open(vdom.Span, "control")
		p.Class("b-setting__control")
		if one.Current {
			p.Leaf(vdom.Span, "b-pill b-pill--success", p.word(say.ThisDevice))
		} else {
			p.button("end", "b-button b-button--small", state.Revoke, one.ID)
			p.Attr(vdom.AriaLabel, s.Words.Fill(say.EndSessionOn, one.Device))
			p.Flag(vdom.Disabled, one.Ending)
			p.Text(p.word(say.EndSession))
			p.Close()
		}
		p.Close()
		p.Close()
	}
	p.Close()
	p.Close()
}
