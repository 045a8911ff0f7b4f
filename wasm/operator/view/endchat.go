package view

import (
	"strings"

	"beseda/protocol"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	say "beseda/wasm/words/console"
)

// endWindow lets the operator choose the status that a conversation is left with.
func (p pen) endWindow(d *state.Dialog) {
	s := p.s
	title, do := s.Words.Fill(say.EndTitle, d.Number.String()), p.word(say.EndChat)
	if d.Kind == state.StatusDialog {
		title, do = s.Words.Fill(say.StatusTitle, d.Number.String()), p.word(say.SetStatus)
	}
	row := s.RowOf(d.Number) // the list asks, too, about what is not open
	if row == nil {
		row = &protocol.Row{Number: d.Number}
	}
	p.windowHead(title)
	p.Open(vdom.Form, "form")
	p.Class("b-form")
	p.On(vdom.Submit, state.End, "")
	p.Open(vdom.Div, "choices")
	p.Class("b-choices")
	p.Attr(vdom.Role, "radiogroup")
	p.Attr(vdom.AriaLabel, p.word(say.StatusChoices))
	name := s.VisitorName(row.Name, row.Visitor)
	for _, status := range s.Statuses(row.Channel) {
		p.statusChoice(status, d.Status == status, p.endSentence(row, status, name))
	}
	p.Close()
	p.fresh(d, name)
	if d.Problem.Is() {
		p.alert(s.Explain(d.Problem))
	}
	p.Open(vdom.Div, "foot")
	p.Class("b-dialog__foot")
	p.cancel()
	p.submit(do, d.Busy, do, "")
	p.Close()
	p.Close()
}

func (p pen) statusChoice(status protocol.Status, chosen bool, sentence string) {
	p.Open(vdom.Label, string(status))
	p.Class("b-choices__item")
	p.Open(vdom.Input, "")
	p.Class("b-radio")
	p.Attr(vdom.Type, "radio")
	p.Attr(vdom.NameOf, "status")
	p.Attr(vdom.Value, string(status))
	p.Attr(vdom.AriaLabelledBy, "status-"+string(status))
	p.Attr(vdom.AriaDescribedBy, "status-hint-"+string(status))
	if chosen {
		p.Attr(vdom.ID, state.DialogFirstID)
	}
	p.Flag(vdom.Checked, chosen)
	p.On(vdom.Change, state.StatusChosen, string(status))
	p.Close()
	p.Open(vdom.B, "name")
	p.Attr(vdom.ID, "status-"+string(status))
	p.Text(p.s.StatusWord(status))
	p.Close()
	p.Open(vdom.Small, "hint")
	p.Attr(vdom.ID, "status-hint-"+string(status))
	p.Text(sentence)
	p.Close()
	p.Close()
}

// endSentence says what a status means for this conversation, as the channel's policies have it.
func (p pen) endSentence(row *protocol.Row, status protocol.Status, name string) string {
	s := p.s
	switch status {
	case protocol.Open:
		return s.Words.Fill(say.EndOpen, name)
	case protocol.Pending:
		return s.Words.Fill(say.EndPending, name)
	}
	word, within, _ := strings.Cut(s.Policy(row.Channel, "inbound.closed"), ":")
	switch word {
	case "reopen":
		return p.word(say.EndClosedAgain)
	case "reopen_within":
		return s.Words.Fill(say.EndClosedWithin, s.DurationWords(within))
	}
	return p.word(say.EndClosedNew)
}

// fresh shows what came while a window was open, and after a refusal that nothing has happened yet.
func (p pen) fresh(d *state.Dialog, name string) {
	text, is := p.s.Fresh(d)
	p.Open(vdom.Div, "fresh")
	p.Class("b-fresh")
	p.Attr(vdom.Role, "status")
	if is {
		p.Open(vdom.P, "message")
		p.Class("b-banner b-banner--accent")
		p.Icon("#i-chats")
		p.Open(vdom.Span, "")
		p.Attr(vdom.Dir, "auto")
		p.Text(p.s.Words.Fill(say.JustWritten, name, shortened(firstLine(text))))
		p.Close()
		p.Close()
	}
	if d.Again {
		p.Leaf(vdom.P, "b-dialog__text", p.word(say.OnceMore))
	}
	p.Close()
}

// shortRunes is how much of a message stands in a window.
const shortRunes = 160

func shortened(text string) string {
	n := 0
	for i := range text {
		if n++; n > shortRunes {
			return text[:i] + "…"
		}
	}
	return text
}

// waiveWindow asks for the second confirmation.
func (p pen) waiveWindow(d *state.Dialog) {
	s := p.s
	p.windowHead(s.Words.Fill(say.WaivedTitle, d.Number.String()))
	name := ""
	if row := s.RowOf(d.Number); row != nil {
		name = s.VisitorName(row.Name, row.Visitor)
	}
	p.fresh(d, name)
	if d.Problem.Is() {
		p.alert(s.Explain(d.Problem))
	}
	p.foot("cancel", p.word(say.Cancel))
	p.button("do", "b-button b-button--primary", state.WaiveAgain, "")
	if d.Busy {
		p.Attr(vdom.DataState, "loading")
		p.spinner()
	}
	p.Text(p.word(say.NoReplyNeeded))
	p.Close()
	p.Close()
}

// mergeWindow asks before a conversation is given to its predecessor: there is no way back.
func (p pen) mergeWindow(d *state.Dialog) {
	s := p.s
	number, into := d.Number.String(), d.Into.String()
	p.windowHead(s.Words.Fill(say.MergeTitle, number, into))
	p.Leaf(vdom.P, "b-dialog__text", s.Words.Fill(say.MergeText, number))
	if d.Problem.Is() {
		p.alert(s.Explain(d.Problem))
	}
	p.confirm(p.word(say.Merge), state.Merge, d.Busy)
}
