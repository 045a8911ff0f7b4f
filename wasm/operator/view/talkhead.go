package view

import (
	"slices"

	"beseda/protocol"
	"beseda/wasm/face"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	say "beseda/wasm/words/console"
)

func (p pen) talkHead(t *state.Talk) {
	s := p.s
	number := t.Number.String()
	open := t.Phase == state.TalkOpen
	p.Open(vdom.Header, "head")
	p.Class("b-talk__head")
	p.Open(vdom.Div, "tools")
	p.Class("b-talk__line")
	p.link("back", "b-iconbutton b-only-phone", p.s.Home().Address())
	p.Attr(vdom.AriaLabel, p.word(say.BackToInbox))
	p.IconClass("#i-back", "b-icon b-icon--dir")
	p.Close()
	p.Open(vdom.Div, "number")
	p.Class("b-pop")
	p.button("button", "b-talk__number", state.OpenMenu, "")
	p.Attr(vdom.ID, state.NumberButtonID)
	p.Attr(vdom.AriaHasPopup, "menu")
	p.Bool(vdom.AriaExpanded, s.Menu == state.NumberMenu)
	p.Attr(vdom.AriaLabel, s.Words.Fill(say.NumberMenuName, number))
	p.Flag(vdom.Disabled, !open)
	p.Text("#" + number)
	p.Icon("#i-down")
	p.Close()
	if s.Menu == state.NumberMenu && open {
		p.numberMenu(t)
	}
	p.Close()
	if open {
		if !quiet(&t.Row) {
			p.statusPill(&t.Row)
		}
		p.waiting(&t.Row)
	}
	if open && t.Row.AwaitingSince != 0 && t.MayWrite() {
		p.button("waive", "b-button b-button--small b-button--soft", state.Waive, "")
		p.Attr(vdom.Title, p.word(say.NoReplyNeeded))
		p.small("#i-done")
		p.Leaf(vdom.Span, "b-sr-narrow", p.word(say.NoReplyNeeded))
		p.Close()
	}
	if open {
		p.viewers(t)
		p.Open(vdom.Div, "end")
		p.Class("b-talk__tools")
		p.assignee(t)
		p.closeOrReopen(t)
		p.Open(vdom.Button, "panel")
		p.Attr(vdom.Type, "button")
		p.Class("b-iconbutton")
		p.Attr(vdom.ID, state.PanelButtonID)
		p.Attr(vdom.AriaLabel, p.word(say.CustomerPanel))
		p.Attr(vdom.Title, p.word(say.CustomerPanel))
		p.Bool(vdom.AriaPressed, s.PanelShown())
		p.On(vdom.Click, state.TogglePanel, "")
		p.Icon("#i-sidebar")
		p.Close()
		p.Close()
	}
	p.Close()
	p.Open(vdom.Div, "subject")
	p.Class("b-talk__line b-talk__about")
	p.subject(t)
	p.Close()
	p.Close()
}

// assignee shows who answers; whoever may, gives it to somebody else with it.
func (p pen) assignee(t *state.Talk) {
	s := p.s
	o := s.Operator(t.Row.Assignee)
	name := p.word(say.Unassigned)
	if t.Row.Assignee != "" {
		name = p.word(say.FormerColleague)
	}
	f := face.Face{ID: string(t.Row.Assignee), Size: "b-avatar--xs", Icon: "#i-user"}
	if o != nil {
		name = o.Name
		f = faceOf(o)
		f.Size = "b-avatar--xs"
	}
	if s.MayTake(t) {
		p.button("claim", "b-button b-only-wide", state.Claim, "")
		p.Text(p.word(say.TakeIt))
		p.Close()
	}
	p.button("assignee", "b-assignee", state.OpenAssign, "")
	p.Attr(vdom.ID, state.AssigneeButtonID)
	p.Attr(vdom.AriaHasPopup, "dialog")
	p.Flag(vdom.Disabled, !s.MayAssign(t))
	if t.Row.Assignee == "" {
		p.Attr(vdom.AriaLabel, p.word(say.UnassignedAssign))
	} else {
		p.Attr(vdom.AriaLabel, s.Words.Fill(say.AssignedToReassign, name))
	}
	face.Draw(p.Builder, f)
	p.Open(vdom.Span, "name")
	p.Class("b-assignee__name b-only-wide")
	p.Text(name)
	p.Close()
	if s.MayAssign(t) {
		p.small("#i-down")
	}
	p.Close()
}

func (p pen) closeOrReopen(t *state.Talk) {
	if !t.MayEnd() {
		return
	}
	if t.Row.Status == protocol.Closed || t.Row.Activity != protocol.Active {
		p.button("reopen", "b-button b-only-wide", state.Reopen, "")
		p.Attr(vdom.Title, p.word(say.Reopen))
		p.small("#i-retry")
		p.Leaf(vdom.Span, "", p.word(say.Reopen))
		p.Close()
		return
	}
	p.button("close", "b-button b-only-wide", state.CloseTalk, "")
	p.Attr(vdom.Title, p.word(say.Close))
	p.small("#i-check")
	p.Leaf(vdom.Span, "", p.word(say.Close))
	p.Close()
}

// numberMenu is what can be done with the conversation: nothing that this operator may not.
func (p pen) numberMenu(t *state.Talk) {
	s := p.s
	m := menu{p: p, label: s.Words.Fill(say.NumberMenuName, t.Number.String())}
	if t.MayWrite() {
		p.statusItems(t, &m)
	}
	if s.MayAssign(t) {
		word := say.AssignMore
		if t.Row.Assignee != "" {
			word = say.ReassignMore
		}
		m.add("#i-swap", p.word(word), s.Prefs.LetterOf("assign"), state.OpenAssign, "")
		if s.MayTake(t) {
			m.add("#i-user", p.word(say.TakeIt), "", state.Claim, "")
		}
	}
	if t.MayWrite() && t.Row.SplitFrom != 0 {
		m.add("#i-split", p.word(say.SplitHere), "", state.Split, "")
	}
	if s.MayMerge(t) {
		m.add("#i-merge", s.Words.Fill(say.MergeInto, t.Number.String(), t.Row.MergeInto.String()), "", state.OpenMerge, "")
	}
	m.add("#i-eye", s.UnreadWord(t), s.Prefs.LetterOf("unread"), state.MarkUnread, "")
	m.add("#i-link", p.word(say.LinkNumber), "", state.CopyAddress, "")
	switch {
	case t.Row.MayBlock && t.Row.Blocked:
		m.add("#i-block", p.word(say.Unblock), "", state.Unblock, "")
	case t.Row.MayBlock:
		m.addDanger("#i-block", p.word(say.BlockMore), state.OpenBlock, "")
	}
	if t.Row.MayDelete {
		m.addDanger("#i-trash", p.word(say.DeleteMore), state.OpenDelete, "")
	}
	m.draw()
}

// statusItems are the ways along the two axes from where the conversation stands.
func (p pen) statusItems(t *state.Talk, m *menu) {
	row := &t.Row
	active := row.Activity == protocol.Active
	if t.MayEnd() && row.Status != protocol.Closed {
		m.add("#i-check", p.word(say.CloseConversation), p.s.Prefs.LetterOf("close"), state.CloseTalk, "")
	}
	if !active && !t.MayEnd() {
		return
	}
	if !active {
		m.add("#i-retry", p.word(say.ReopenConversation), "", state.Reopen, "")
		m.add("#i-tag", p.word(say.SetStatusMore), p.s.Prefs.LetterOf("end"), state.OpenEnd, "")
		return
	}
	p.activeItems(t, m)
	if row.AwaitingSince != 0 {
		m.add("#i-done", p.word(say.NoReplyNeeded), "", state.Waive, "")
	}
}

// activeItems are those that end active work, or say how it stands. That it is open anybody says who may write.
func (p pen) activeItems(t *state.Talk, m *menu) {
	row := &t.Row
	if t.MayEnd() {
		m.add("#i-done", p.word(say.EndChatMore), p.s.Prefs.LetterOf("end"), state.OpenEnd, "")
	}
	switch {
	case row.Status == protocol.Pending:
		m.add("#i-chats", p.word(say.MarkOpen), "", state.SetStatus, string(protocol.Open))
	case t.MayEnd() && slices.Contains(p.s.Statuses(row.Channel), protocol.Pending):
		m.add("#i-hold", p.word(say.MarkPending), "", state.SetStatus, string(protocol.Pending))
	}
}
