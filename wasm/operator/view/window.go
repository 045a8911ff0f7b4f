package view

import (
	"strings"

	"beseda/protocol"
	"beseda/wasm/face"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	"beseda/wasm/words"
	say "beseda/wasm/words/console"
)

// window draws the one window that may be open.
func (p pen) window() {
	d := &p.s.Dialog
	if d.Kind == state.NoDialog {
		return
	}
	p.Open(vdom.Dialog, "window"+itoa(int(d.Kind)))
	p.Class("b-dialog")
	p.Attr(vdom.AriaLabelledBy, "window-title")
	p.Flag(vdom.Modal, true)
	p.Attr(vdom.DataState, "opening")
	p.On(vdom.Dismiss, state.CloseDialog, "")
	p.On(vdom.KeyDown, state.DialogKey, "")
	p.On(vdom.Click, state.Ground, "")
	switch d.Kind {
	case state.AssignDialog:
		p.assignWindow(d)
	case state.InviteDialog:
		p.inviteWindow(d)
	case state.InvitedDialog:
		p.invitedWindow(d)
	case state.DeactivateDialog:
		p.deactivateWindow(d)
	case state.KeysDialog:
		p.keysWindow()
	case state.DiscardDialog:
		p.discardWindow()
	}
	p.Close()
}

func (p pen) windowHead(title string) {
	p.Open(vdom.Div, "head")
	p.Class("b-dialog__head")
	p.Open(vdom.H2, "")
	p.Class("b-dialog__title")
	p.Attr(vdom.ID, "window-title")
	p.Text(title)
	p.Close()
	p.iconButton("close", "b-iconbutton--small", "#i-close", p.word(say.CloseWindow), state.CloseDialog, "")
	p.Close()
}

func (p pen) assignWindow(d *state.Dialog) {
	s := p.s
	t := s.Current()
	if t == nil {
		return
	}
	p.windowHead(s.Words.Fill(say.AssignTitle, d.Number.String()))
	p.Open(vdom.Form, "form")
	p.Class("b-form")
	p.On(vdom.Submit, state.Assign, "")
	p.Open(vdom.Div, "search")
	p.Class("b-search")
	p.Attr(vdom.Role, "search")
	p.Icon("#i-search")
	p.Open(vdom.Input, "")
	p.Class("b-input")
	p.Attr(vdom.ID, state.DialogFirstID)
	p.Attr(vdom.Type, "search")
	p.Attr(vdom.AriaLabel, p.word(say.FindColleague))
	p.Attr(vdom.Placeholder, p.word(say.FindColleague))
	p.Attr(vdom.Autocomplete, "off")
	p.Attr(vdom.Value, d.Query)
	p.On(vdom.InputEvent, state.AssignQuery, "")
	p.Close()
	p.Close()
	p.Open(vdom.Div, "people")
	p.Class("b-people b-people--box")
	p.Attr(vdom.Role, "radiogroup")
	p.Attr(vdom.AriaLabel, p.word(say.Colleagues))
	found := s.Assignable(t.Row.Assignee, d.Query)
	for _, o := range found {
		p.colleague(o, d.Choice == o.ID)
	}
	if t.Row.Assignee != "" && strings.TrimSpace(d.Query) == "" {
		p.nobody(d.Choice == state.NobodyChoice)
	}
	if len(found) == 0 && strings.TrimSpace(d.Query) != "" {
		p.Leaf(vdom.P, "b-dialog__text", s.Words.Fill(say.NobodyFound, d.Query))
	}
	p.Close()
	if d.Problem.Is() {
		p.alert(s.Explain(d.Problem))
	}
	p.Open(vdom.Div, "foot")
	p.Class("b-dialog__foot")
	p.cancel()
	p.Open(vdom.Button, "submit")
	p.Attr(vdom.Type, "submit")
	p.Class("b-button b-button--primary")
	p.Flag(vdom.Disabled, d.Choice == "")
	if d.Busy {
		p.Attr(vdom.DataState, "loading")
		p.spinner()
	}
	p.Text(p.assignWord(d))
	p.Close()
	p.Close()
	p.Close()
}

func (p pen) assignWord(d *state.Dialog) string {
	if d.Choice == state.NobodyChoice {
		return p.word(say.Unassign)
	}
	if o := p.s.Operator(d.Choice); o != nil {
		return p.s.Words.Fill(say.AssignTo, o.Name)
	}
	return p.word(say.Assign)
}

func (p pen) choice(key string, on bool) {
	p.Open(vdom.Input, "radio")
	p.Class("b-radio")
	p.Attr(vdom.Type, "radio")
	p.Attr(vdom.NameOf, "assignee")
	p.Flag(vdom.Checked, on)
	p.On(vdom.Change, state.AssignChosen, key)
	p.Close()
}

func (p pen) colleague(o *protocol.Operator, on bool) {
	s := p.s
	p.Open(vdom.Label, string(o.ID))
	p.Class("b-people__item")
	dot := face.Offline
	presence := p.word(say.Offline)
	if o.Online || o.ID == s.Me.ID {
		dot, presence = face.Online, p.word(say.Online)
	}
	face.Draw(p.Builder, face.Face{ID: string(o.ID), Name: o.Name, Picture: state.Picture(o), Dot: dot})
	name := o.Name
	if o.ID == s.Me.ID {
		name = s.Words.Fill(say.NameYou, o.Name)
	}
	p.Leaf(vdom.Span, "", name)
	if n, all := s.Workload(o.ID); all {
		presence += " · " + s.Words.Count(say.ConversationsNow, n)
	}
	p.Leaf(vdom.Small, "", presence)
	p.choice(string(o.ID), on)
	p.Close()
}

func (p pen) nobody(on bool) {
	p.Open(vdom.Label, "nobody")
	p.Class("b-people__item")
	face.Draw(p.Builder, face.Face{ID: "nobody", Icon: "#i-users"})
	p.Leaf(vdom.Span, "", p.word(say.Nobody))
	p.Leaf(vdom.Small, "", p.word(say.NobodyHint))
	p.choice(string(state.NobodyChoice), on)
	p.Close()
}

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
	p.Open(vdom.Fieldset, "role")
	p.Class("b-field")
	p.Leaf(vdom.Legend, "b-field__label b-legend-gap", p.word(say.Role))
	p.roleChoice(protocol.RoleOperator, d.Role, say.RoleOperator, say.RoleOperatorHint)
	p.roleChoice(protocol.RoleAdmin, d.Role, say.RoleAdmin, say.RoleAdminHint)
	p.Close()
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

func (p pen) roleChoice(role, chosen protocol.Role, name, hint words.Key) {
	p.Open(vdom.Label, string(role))
	p.Class("b-choices__item")
	p.Open(vdom.Input, "")
	p.Class("b-radio")
	p.Attr(vdom.Type, "radio")
	p.Attr(vdom.NameOf, "role")
	p.Flag(vdom.Checked, role == chosen)
	p.On(vdom.Change, state.InviteRole, string(role))
	p.Close()
	p.Leaf(vdom.B, "", p.word(name))
	p.Leaf(vdom.Small, "", p.word(hint))
	p.Close()
}

func (p pen) invitedWindow(d *state.Dialog) {
	s := p.s
	p.windowHead(s.Words.Fill(say.InvitedTitle, d.Name))
	p.Leaf(vdom.P, "b-dialog__text", s.Words.Fill(say.InvitedLead, p.when(d.ExpiresAt)))
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

func (p pen) deactivateWindow(d *state.Dialog) {
	s := p.s
	name := ""
	if o := s.Operator(d.Operator); o != nil {
		name = o.Name
	}
	p.windowHead(s.Words.Fill(say.DeactivateTitle, name))
	p.Leaf(vdom.P, "b-dialog__text", p.word(say.DeactivateText))
	if d.Problem.Is() {
		p.alert(s.Explain(d.Problem))
	}
	p.confirm(p.word(say.Deactivate), state.Deactivate, d.Busy)
}

// confirm is the foot of a window that destroys: the safe button has focus.
func (p pen) confirm(word string, on vdom.Handler, busy bool) {
	p.Open(vdom.Div, "foot")
	p.Class("b-dialog__foot")
	p.Open(vdom.Button, "cancel")
	p.Attr(vdom.Type, "button")
	p.Class("b-button")
	p.Attr(vdom.ID, state.DialogFirstID)
	p.On(vdom.Click, state.CloseDialog, "")
	p.Text(p.word(say.Cancel))
	p.Close()
	p.button("do", "b-button b-button--danger", on, "")
	if busy {
		p.Attr(vdom.DataState, "loading")
		p.spinner()
	}
	p.Text(word)
	p.Close()
	p.Close()
}

func (p pen) discardWindow() {
	p.windowHead(p.word(say.DiscardTitle))
	p.Leaf(vdom.P, "b-dialog__text", p.word(say.DiscardText))
	p.confirm(p.word(say.Leave), state.DiscardForm, false)
}

// keysWindow lists the keys that exist.
func (p pen) keysWindow() {
	p.windowHead(p.word(say.KeysTitle))
	p.Open(vdom.DL, "keys")
	p.Class("b-keys")
	send, line := "Enter", "Shift Enter"
	if p.s.Prefs.EnterBreaks {
		send, line = "Ctrl Enter", "Enter"
	}
	for _, k := range [...]struct {
		keys   string
		word   words.Key
		letter bool
	}{
		{"J K", say.KeyRows, true}, {"↑ ↓", say.KeyArrows, false}, {"Enter", say.KeyOpen, false},
		{"R", say.KeyReply, true}, {send, say.KeySend, false}, {line, say.KeyLine, false},
		{"C", say.KeyClose, true}, {"A", say.KeyAssign, true},
		{"Esc", say.KeyEscape, false}, {"F6", say.KeyToast, false}, {"?", say.KeyHelp, true},
	} {
		if k.letter && p.s.Prefs.NoKeys {
			continue
		}
		p.Open(vdom.DT, k.keys)
		for _, one := range strings.Fields(k.keys) {
			p.Leaf(vdom.Kbd, "", one)
			p.Text(" ")
		}
		p.Close()
		p.Leaf(vdom.DD, "", p.word(k.word))
	}
	p.Close()
	if p.s.Prefs.NoKeys {
		p.Leaf(vdom.P, "b-dialog__text", p.word(say.KeysOff))
	}
	p.Open(vdom.Div, "foot")
	p.Class("b-dialog__foot")
	p.Open(vdom.Button, "done")
	p.Attr(vdom.Type, "button")
	p.Class("b-button")
	p.Attr(vdom.ID, state.DialogFirstID)
	p.On(vdom.Click, state.CloseDialog, "")
	p.Text(p.word(say.Done))
	p.Close()
	p.Close()
}
