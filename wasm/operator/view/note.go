package view

import (
	"beseda/protocol"
	"beseda/wasm/operator/state"
	"beseda/wasm/prose"
	"beseda/wasm/timeline"
	"beseda/wasm/vdom"
	"beseda/wasm/words"
	say "beseda/wasm/words/console"
)

// note draws what the team wrote for itself.
func (p pen) note(t *state.Talk, item *state.Item) {
	s := p.s
	key := string(item.ID)
	if key == "" {
		key = utoa(uint64(item.Position))
	}
	p.noteOpen(key, s.ActorName(&item.Actor, t), item.At, state.ItemID(item.Position))
	p.noteText(item.Text)
	p.Open(vdom.Div, "meta")
	p.Class("b-message__meta")
	p.Leaf(vdom.Span, "", s.Words.Clock(item.At))
	p.Close()
	p.Close()
}

func (p pen) noteOpen(key, name string, at int64, id string) {
	s := p.s
	p.Open(vdom.Div, "m"+key)
	p.Class("b-message b-message--end b-message--note")
	if id != "" {
		p.Attr(vdom.ID, id)
	}
	p.hidden(name + ", " + s.Words.Clock(at) + ":")
	p.author(s.Words.Fill(say.NoteAuthor, name))
}

func (p pen) noteText(text string) {
	p.Open(vdom.Div, "stack")
	p.Class("b-message__stack")
	p.Open(vdom.Div, "text")
	p.Class("b-message__bubble")
	p.Open(vdom.Div, "")
	p.Class("b-message__text")
	p.Attr(vdom.Dir, "auto")
	prose.Draw(p.Builder, text)
	p.Close()
	p.Close()
	p.Close()
}

// unsentNote is one that the server does not have yet, or did not take.
func (p pen) unsentNote(t *state.Talk, u *state.Unsent) {
	p.noteOpen(string(u.ID), p.word(say.You), u.At, "")
	p.noteText(u.Text)
	p.Open(vdom.Div, "meta")
	p.Class("b-message__meta")
	if u.Failed || u.Old {
		p.failed(t, u)
	} else {
		p.Leaf(vdom.Span, "", p.s.Words.Clock(u.At))
		p.delivery(protocol.StateSending)
	}
	p.Close()
	p.Close()
}

// deskTabs choose between a reply and a note.
func (p pen) deskTabs(t *state.Talk, noting bool) {
	p.Open(vdom.Div, "tabs")
	p.Class("b-tabs")
	p.Attr(vdom.Role, "tablist")
	p.Attr(vdom.AriaLabel, p.word(say.TabsName))
	if t.MayReply() {
		p.tab("", "note", say.Reply, !noting)
	}
	p.tab("note", "", say.Note, noting)
	p.Close()
}

func (p pen) tab(kind, other string, name words.Key, chosen bool) {
	p.button("tab"+kind, "b-tabs__tab", state.ChooseKind, kind)
	if kind == "note" {
		p.Class("b-tabs__tab--note")
	}
	p.Attr(vdom.ID, state.TabID(kind))
	p.Attr(vdom.Role, "tab")
	p.Bool(vdom.AriaSelected, chosen)
	p.Attr(vdom.AriaControls, state.ReplyID)
	p.Int(vdom.TabIndex, map[bool]int{true: 0, false: -1}[chosen])
	p.On(vdom.KeyDown, state.TabKey, other)
	if kind == "note" {
		p.small("#i-note")
	}
	p.Text(p.word(name))
	p.Close()
}

// deskField is what a desk's text field is about.
type deskField struct {
	key, text, label, placeholder string
	left                          int
}

func (p pen) fieldOf(t *state.Talk, d *state.Draft, noting bool) deskField {
	n := t.Number.String()
	if noting {
		return deskField{"note" + n, d.Note, p.word(say.Note), p.word(say.NotePlaceholder), state.NoteLeft(d.Note)}
	}
	return deskField{"text" + n, d.Text, p.word(say.Reply), p.word(say.QuickSlash), timeline.Left(d.Text)}
}

func (p pen) addNoteButton(d *state.Draft) {
	p.Open(vdom.Button, "add")
	p.Attr(vdom.Type, "submit")
	p.Class("b-button b-button--primary")
	hint := say.AddNoteHint
	if p.s.Prefs.EnterBreaks {
		hint = say.AddNoteHintCtrl
	}
	p.Attr(vdom.Title, p.word(hint))
	p.Flag(vdom.Disabled, !state.NoteReady(d.Note))
	p.Text(p.word(say.AddNote))
	p.Close()
}

// endLink ends the chat; what is completed has none.
func (p pen) endLink(t *state.Talk) {
	if t.Row.Activity != protocol.Active || !t.MayEnd() {
		return
	}
	p.button("end", "b-linkbutton", state.OpenEnd, "")
	p.Attr(vdom.ID, state.EndButtonID)
	p.Attr(vdom.AriaHasPopup, "dialog")
	p.Text(p.word(say.EndChat))
	p.Close()
}
