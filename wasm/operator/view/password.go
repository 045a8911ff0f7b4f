package view

import (
	"beseda/protocol"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	say "beseda/wasm/words/console"
)

// passwords is the form that changes one's password. It stands above the list of devices, which sends people here.
func (p pen) passwords(f *state.Passwords) {
	current, chosen, other := p.passwordProblems(f)
	p.Open(vdom.Div, "passwords")
	p.Leaf(vdom.H3, "b-form__title", p.word(say.Password))
	p.Leaf(vdom.P, "b-field__hint", p.word(say.ChangePasswordHint))
	p.Open(vdom.Form, "form")
	p.Class("b-passwords")
	p.Attr(vdom.AriaLabel, p.word(say.ChangePassword))
	p.Flag(vdom.NoValidate, true)
	p.On(vdom.Submit, state.ChangePassword, "")
	if other != "" {
		p.alert(other)
	}
	p.whose()
	p.field(field{id: state.CurrentPasswordID, label: p.word(say.CurrentPassword), kind: "password", value: f.Current,
		complete: "current-password", on: state.CurrentTyped, problem: current})
	p.chosenField(f, chosen)
	p.submit(p.word(say.ChangePassword), f.Busy, p.word(say.ChangingPassword), "")
	p.Close()
	p.Close()
}

// whose tells password managers, and nobody else, whose password changes.
func (p pen) whose() {
	p.Open(vdom.Input, "account")
	p.Attr(vdom.Type, "text")
	p.Attr(vdom.Autocomplete, "username")
	p.Attr(vdom.Value, p.s.Me.Email)
	p.Flag(vdom.ReadOnly, true)
	p.Flag(vdom.Hidden, true)
	p.Close()
}

// chosenField is the new password with its meter, the same as where an account begins.
func (p pen) chosenField(f *state.Passwords, problem string) {
	hint, n := p.lengthHint(f), f.Length()
	p.Open(vdom.Div, state.NewPasswordID)
	p.Class("b-field")
	p.Open(vdom.Label, "")
	p.Class("b-field__label")
	p.Attr(vdom.For, state.NewPasswordID)
	p.Text(p.word(say.NewPassword))
	p.Close()
	p.Open(vdom.Input, "")
	p.Class("b-input")
	p.Attr(vdom.ID, state.NewPasswordID)
	p.Attr(vdom.Type, "password")
	p.Attr(vdom.Value, f.New)
	p.Attr(vdom.Autocomplete, "new-password")
	p.On(vdom.InputEvent, state.NewTyped, "")
	p.described(state.NewPasswordID, hint, problem)
	p.Close()
	p.Open(vdom.Span, "meter")
	p.Class("b-meter")
	p.Attr(vdom.AriaHidden, "true")
	for _, least := range state.PasswordBars {
		class := ""
		if n >= least {
			class = "is-on"
		}
		p.Leaf(vdom.I, class, "")
	}
	p.Close()
	p.below(state.NewPasswordID, hint, problem)
	p.Close()
}

// lengthHint says what a new password has to be, or how far what stands there is from it.
func (p pen) lengthHint(f *state.Passwords) string {
	switch n := f.Length(); {
	case n == 0:
		return p.s.Words.Fill(say.PasswordRule, itoa(protocol.MinPasswordRunes))
	case n < protocol.MinPasswordRunes:
		return p.s.Words.Count(say.PasswordMore, protocol.MinPasswordRunes-n)
	}
	return p.word(say.PasswordGood)
}

// passwordProblems says what is wrong with either field, or with neither.
func (p pen) passwordProblems(f *state.Passwords) (current, chosen, other string) {
	q := f.Problem
	switch {
	case !q.Is():
	case q.Field() == "current" && f.Current == "":
		current = p.word(say.CurrentMissing)
	case q.Field() == "current":
		current = p.word(say.CurrentWrong)
	case q.Field() == "new" && q.Code == protocol.CodeTooLong:
		chosen = p.word(say.PasswordLong)
	case q.Field() == "new":
		chosen = p.s.Words.Fill(say.PasswordRule, itoa(protocol.MinPasswordRunes))
	default:
		other = p.s.Explain(q)
	}
	return current, chosen, other
}
