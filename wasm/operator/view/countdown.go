package view

import (
	"beseda/protocol"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	say "beseda/wasm/words/console"
)

// countdown says above the desk that the conversation completes by itself soon. What it says aloud is state's matter.
func (p pen) countdown(t *state.Talk) {
	s := p.s
	ms, on := s.Countdown(&t.Row)
	if !on {
		return
	}
	p.Open(vdom.Div, "countdown")
	p.Class("b-countdown")
	p.Icon("#i-clock")
	p.Open(vdom.Span, "text")
	p.Class("b-num")
	p.Text(s.Words.Fill(say.CompletesAs, s.StatusWord(s.CompletesAs(&t.Row)), state.Remaining(ms)))
	p.Close()
	if t.Row.HoldMs > 0 && t.MayWrite() {
		p.button("hold", "b-button b-button--small", state.Hold, "")
		p.small("#i-hold")
		p.Text(s.Words.Fill(say.Hold, s.ShortSpan(t.Row.HoldMs)))
		p.Close()
	}
	p.Close()
}

// waiting is the pill of a visitor who waits.
func (p pen) waiting(row *protocol.Row) {
	text, level := p.s.Wait(row)
	if text == "" {
		return
	}
	p.Open(vdom.Span, "waiting")
	p.Class("b-pill")
	switch level {
	case state.Danger:
		p.Class("b-pill--danger")
	case state.Warning:
		p.Class("b-pill--warning")
	}
	p.Icon("#i-clock")
	p.hidden(p.word(say.WaitingFor) + " ")
	p.Leaf(vdom.BDI, "", text)
	p.Close()
}

// statusPill says where a conversation stands. In the list what is active and open needs no word.
func (p pen) statusPill(row *protocol.Row) {
	icon, word, class := "", "", ""
	switch active := row.Activity == protocol.Active; {
	case row.Status == protocol.Closed:
		icon, word = "#i-check", p.word(say.StatusClosed)
	case row.Status == protocol.Pending && active:
		icon, word, class = "#i-hold", p.word(say.StatusPending), "b-pill--warning"
	case row.Status == protocol.Pending:
		icon, word = "#i-hold", p.word(say.CompletedPending)
	case active:
		icon, word, class = "#i-chats", p.word(say.StatusOpen), "b-pill--accent"
	default:
		icon, word = "#i-done", p.word(say.CompletedOpen)
	}
	p.Open(vdom.Span, "status")
	p.Class("b-pill")
	if class != "" {
		p.Class(class)
	}
	p.Icon(icon)
	p.Text(word)
	p.Close()
}

// quiet is how a conversation is while it is worked on: nothing has to be said of it.
func quiet(row *protocol.Row) bool {
	return row.Activity == protocol.Active && row.Status == protocol.Open
}

// rowPills say a row's status, which bot has it, and that it completes soon.
func (p pen) rowPills(row *protocol.Row) {
	ms, counting := p.s.Countdown(row)
	if !quiet(row) {
		p.statusPill(row)
	}
	if bot := p.s.Operator(row.Assignee); bot != nil && bot.Bot {
		p.Open(vdom.Span, "bot")
		p.Class("b-pill b-pill--bot")
		p.Icon("#i-bot")
		p.Leaf(vdom.BDI, "", bot.Name)
		p.Close()
	}
	if counting {
		p.Open(vdom.Span, "completing")
		p.Class("b-pill b-pill--warning")
		p.Icon("#i-hold")
		p.Open(vdom.Span, "")
		p.Class("b-num")
		p.Text(p.s.Words.Fill(say.CompletesIn, state.Remaining(ms)))
		p.Close()
		p.Close()
	}
}

// rowActions are what can be done with a row without opening it: seen under the pointer and with focus.
func (p pen) rowActions(row *protocol.Row, reached bool) {
	waive := row.MayWrite && row.AwaitingSince != 0
	end := row.MayWrite && row.MayEnd && row.Status != protocol.Closed
	if !waive && !end {
		return
	}
	n := row.Number.String()
	p.Open(vdom.Span, "actions")
	p.Class("b-row__actions")
	p.Attr(vdom.Role, "group")
	p.Attr(vdom.AriaLabel, p.s.Words.Fill(say.RowActions, n))
	tab := -1
	if reached {
		tab = 0
	}
	if waive {
		p.rowAction("waive", "#i-done", p.s.Words.Fill(say.WaiveNumber, n), state.Waive, n, tab)
	}
	if end {
		p.rowAction("close", "#i-check", p.s.Words.Fill(say.CloseNumber, n), state.CloseRow, n, tab)
	}
	p.Close()
}

func (p pen) rowAction(key, icon, name string, on vdom.Handler, arg string, tab int) {
	p.button(key, "b-iconbutton b-iconbutton--small", on, arg)
	p.Attr(vdom.AriaLabel, name)
	p.Attr(vdom.Title, name)
	p.Int(vdom.TabIndex, tab)
	p.Icon(icon)
	p.Close()
}
