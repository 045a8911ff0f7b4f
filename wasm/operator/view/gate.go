package view

import (
	"beseda/protocol"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	say "beseda/wasm/words/console"
)

// gate is the sign-in form.
func (p pen) gate() {
	g := &p.s.Gate
	p.Open(vdom.Main, "gate")
	p.Class("b-door")
	p.Open(vdom.Form, "sign-in")
	p.Class("b-gate__card b-door__card")
	p.Attr(vdom.AriaLabelledBy, "gate-title")
	p.Flag(vdom.NoValidate, true)
	p.On(vdom.Submit, state.SignIn, "")
	p.mark("b-mark--door")
	p.Open(vdom.Div, "title")
	p.Open(vdom.H1, "")
	p.Class("b-gate__title")
	p.Attr(vdom.ID, "gate-title")
	p.Text(p.word(say.SignInTitle))
	p.Close()
	p.Leaf(vdom.P, "b-page__lead", p.word(say.SignInLead))
	p.Close()
	switch {
	case g.Problem.Is():
		p.alert(p.gateProblem())
	case g.Ended:
		p.Open(vdom.P, "ended")
		p.Class("b-banner b-banner--warning")
		p.Attr(vdom.Role, "status")
		p.Icon("#i-lock")
		p.Leaf(vdom.Span, "", p.word(say.SessionEnded))
		p.Close()
	}
	if g.Insecure {
		p.Open(vdom.P, "insecure")
		p.Class("b-banner b-banner--warning")
		p.Icon("#i-alert")
		p.Leaf(vdom.Span, "", p.word(say.InsecureAddress))
		p.Close()
	}
	p.field(field{id: state.EmailID, label: p.word(say.Email), kind: "email", value: g.Email, complete: "username", on: state.EmailTyped})
	p.field(field{id: state.PasswordID, label: p.word(say.Password), kind: "password", value: g.Password,
		complete: "current-password", on: state.PasswordTyped})
	p.submit(p.word(say.SignIn), g.Busy, p.word(say.SigningIn), "b-button--wide b-button--tall")
	p.Leaf(vdom.P, "b-field__hint", p.word(say.ForgotPassword))
	p.Close()
	p.Close()
}

func (p pen) gateProblem() string {
	q := p.s.Gate.Problem
	switch {
	case q.Reason == "empty":
		return p.word(say.SignInEmpty)
	case q.Code == protocol.CodeUnauthorized:
		return p.word(say.SignInWrong)
	case q.Code == protocol.CodeForbidden || q.Reason == "insecure":
		return p.word(say.InsecureAddress)
	}
	return p.s.Explain(q)
}
