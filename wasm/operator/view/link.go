package view

import (
	"beseda/protocol"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	say "beseda/wasm/words/console"
)

// linkItem offers a new link for those who sign in with a password, or will.
func (p pen) linkItem(m *menu, o *protocol.Operator) {
	if !o.Bot {
		m.add("#i-link", p.word(say.NewLink), "", state.NewLink, string(o.ID))
	}
}

// linkWindow shows a colleague's new link: once it came.
func (p pen) linkWindow(d *state.Dialog) {
	s := p.s
	p.windowHead(s.Words.Fill(say.NewLinkTitle, d.Name))
	if d.Path != "" {
		p.Leaf(vdom.P, "b-dialog__text", p.word(say.NewLinkLead))
		p.Leaf(vdom.P, "b-dialog__text", s.Words.Fill(say.InvitedLead, p.when(d.ExpiresAt)))
		p.linkOnce(d)
		return
	}
	if d.Problem.Is() {
		p.alert(s.Explain(d.Problem))
	} else {
		p.Open(vdom.P, "making")
		p.Class("b-dialog__text")
		p.Attr(vdom.Role, "status")
		p.spinner()
		p.Text(" " + p.word(say.MakingLink))
		p.Close()
	}
	p.foot("cancel", p.word(say.Cancel))
	p.Close()
}
