package view

import (
	"strings"

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
	if d.Kind == state.FilterDialog {
		p.Class("b-dialog--wide")
	}
	if d.Kind == state.PaletteDialog {
		p.Class("b-palette")
		p.Attr(vdom.AriaLabel, p.word(say.Palette))
	} else {
		p.Attr(vdom.AriaLabelledBy, "window-title")
	}
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
	case state.EndDialog, state.StatusDialog:
		p.endWindow(d)
	case state.WaiveDialog:
		p.waiveWindow(d)
	case state.MergeDialog:
		p.mergeWindow(d)
	case state.FilterDialog:
		p.filterWindow(d)
	case state.ViewDialog:
		p.viewWindow(d)
	case state.BulkDialog:
		p.bulkWindow(d)
	case state.GroupDialog:
		p.groupWindow(d)
	case state.GroupDeleteDialog:
		p.groupDeleteWindow(d)
	case state.MemberDialog:
		p.memberWindow(d)
	case state.QuickDeleteDialog:
		p.replyDeleteWindow(d)
	case state.TagDialog:
		p.tagWindow(d)
	case state.TagDeleteDialog:
		p.tagDeleteWindow(d)
	case state.AuditCheckDialog:
		p.auditCheckWindow()
	case state.DiscardDialog:
		p.discardWindow()
	case state.BlockDialog:
		p.blockWindow(d)
	case state.DeleteDialog:
		p.deleteWindow(d)
	case state.QuickDialog:
		p.quickWindow(d)
	case state.PaletteDialog:
		p.palette(d)
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

// foot opens a window's foot with the button that only closes it, and that has focus: the safe way out stands first.
func (p pen) foot(key, word string) {
	p.Open(vdom.Div, "foot")
	p.Class("b-dialog__foot")
	p.Open(vdom.Button, key)
	p.Attr(vdom.Type, "button")
	p.Class("b-button")
	p.Attr(vdom.ID, state.DialogFirstID)
	p.On(vdom.Click, state.CloseDialog, "")
	p.Text(word)
	p.Close()
}

// confirm is the foot of a window that destroys: the safe button has focus.
func (p pen) confirm(word string, on vdom.Handler, busy bool) {
	p.foot("cancel", p.word(say.Cancel))
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
	send, breaks := "Enter", "Shift Enter"
	if p.s.Prefs.EnterBreaks {
		send, breaks = "Ctrl Enter", "Enter"
	}
	type line struct {
		keys   string
		word   words.Key
		letter bool
	}
	var all []line
	for i := range state.Shortcuts {
		k := &state.Shortcuts[i]
		all = append(all, line{p.s.Prefs.Letter(k), k.Word, true})
	}
	all = append(all, []line{
		{"/", say.KeySearch, true}, {"?", say.KeyHelp, true}, {"Ctrl K", say.KeyPalette, false},
		{"↑ ↓", say.KeyArrows, false}, {"Enter", say.KeyOpen, false},
		{"/", say.KeyQuick, false}, {send, say.KeySend, false}, {breaks, say.KeyLine, false},
		{"Alt ↑ ↓", say.KeyMessages, false}, {"Q L", say.KeyQuote, false},
		{"Esc", say.KeyEscape, false}, {"F6", say.KeyToast, false},
	}...)
	for i, k := range all {
		if k.letter && p.s.Prefs.NoKeys {
			continue
		}
		p.Open(vdom.DT, itoa(i))
		for _, one := range strings.Fields(k.keys) {
			p.Leaf(vdom.Kbd, "", one)
			p.Text(" ")
		}
		p.Close()
		p.Open(vdom.DD, "what"+itoa(i))
		p.Text(p.word(k.word))
		p.Close()
	}
	p.Close()
	if p.s.Prefs.NoKeys {
		p.Leaf(vdom.P, "b-dialog__text", p.word(say.KeysOff))
	}
	p.foot("done", p.word(say.Done))
	p.Close()
}

// windowFind narrows what a window offers as it is typed in; key is what takes the keys pressed there, 0 for nothing.
func (p pen) windowFind(d *state.Dialog, name words.Key, key vdom.Handler) {
	p.search(search{key: "search", id: state.DialogFirstID, value: d.Query, name: name, landmark: true, on: state.AssignQuery, keys: key})
}
