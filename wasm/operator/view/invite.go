package view

import (
	"beseda/protocol"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	"beseda/wasm/words"
	say "beseda/wasm/words/console"
)

func (p pen) inviteWindow(d *state.Dialog) {
	s := p.s
	p.windowHead(p.word(say.InviteTitle))
	p.Leaf(vdom.P, "b-dialog__text", p.word(say.InviteLead))
	p.Open(vdom.Form, "form")
	p.Class("b-form")
	p.Flag(vdom.NoValidate, true)
	p.On(vdom.Submit, state.Invite, "")
	problem := ""
	if d.Problem.Is() {
		problem = s.Explain(d.Problem)
	}
	name, email := "", ""
	switch d.Problem.Field() {
	case "name":
		name, problem = p.word(say.NameMissing), ""
	case "email":
		if email = problem; d.Problem.Code == protocol.CodeInvalid {
			email = p.word(say.EmailInvalid)
		}
		problem = ""
	}
	p.field(field{id: state.DialogFirstID, label: p.word(say.Name), kind: "text", value: d.Name, complete: "off",
		max: protocol.MaxNameRunes, on: state.InviteName, problem: name})
	p.field(field{id: state.InviteEmailID, label: p.word(say.Email), kind: "email", value: d.Email, complete: "off",
		max: 200, on: state.InviteEmail, problem: email})
	p.groupChoices(d, true)
	if problem != "" {
		p.alert(problem)
	}
	p.Open(vdom.Div, "foot")
	p.Class("b-dialog__foot")
	p.cancel()
	p.submit(p.word(say.MakeLink), d.Busy, p.word(say.MakingLink), "")
	p.Close()
	p.Close()
}

func (p pen) invitedWindow(d *state.Dialog) {
	s := p.s
	if d.Renews() {
		p.linkWindow(d)
		return
	}
	p.windowHead(s.Words.Fill(say.InvitedTitle, d.Name))
	p.Leaf(vdom.P, "b-dialog__text", s.Words.Fill(say.InvitedLead, p.when(d.ExpiresAt)))
	p.linkOnce(d)
}

// linkOnce is a link to hand over, and the foot of its window.
func (p pen) linkOnce(d *state.Dialog) {
	s := p.s
	p.Open(vdom.Div, "link")
	p.Class("b-code b-code--stack")
	p.Open(vdom.Code, "")
	p.Attr(vdom.Dir, "ltr")
	p.Text(s.InviteLink())
	p.Close()
	p.Close()
	p.Open(vdom.Div, "foot")
	p.Class("b-dialog__foot")
	p.button("done", "b-button", state.CloseDialog, "")
	p.Text(p.word(say.Done))
	p.Close()
	p.Open(vdom.Button, "copy")
	p.Attr(vdom.Type, "button")
	p.Class("b-button b-button--primary")
	p.Attr(vdom.ID, state.DialogFirstID)
	p.On(vdom.Click, state.CopyInvite, "")
	p.copyWord(d.Copied, say.CopyLink)
	p.Close()
	p.Close()
}

// copyWord is what a copy button says, before and after.
func (p pen) copyWord(done bool, word words.Key) {
	if done {
		p.small("#i-check")
		p.Text(p.word(say.Copied))
		return
	}
	p.small("#i-copy")
	p.Text(p.word(word))
}
