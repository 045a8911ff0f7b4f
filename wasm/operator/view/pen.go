package view

import (
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	"beseda/wasm/words"
	say "beseda/wasm/words/console"
)

// pen is what every part draws with: the builder and the state.
type pen struct {
	*vdom.Builder
	s *state.State
}

// Draw draws the console.
func Draw(b *vdom.Builder, s *state.State) {
	p := pen{b, s}
	switch s.Stage {
	case state.SignedOut:
		p.gate()
	case state.SignedIn:
		p.shell()
	default:
		p.Open(vdom.Div, "starting")
		p.Class("b-starting")
		p.Attr(vdom.AriaBusy, "true")
		p.Close()
	}
}

func (p pen) word(k words.Key) string { return p.s.Words.Text(k) }

// button opens a button: a class, a handler and its word. Close it after its content.
func (p pen) button(key, class string, h vdom.Handler, arg string) {
	p.Open(vdom.Button, key)
	p.Attr(vdom.Type, "button")
	p.Class(class)
	p.On(vdom.Click, h, arg)
}

// iconButton is a whole button that shows an icon alone; its name is also its tooltip.
func (p pen) iconButton(key, class, icon, name string, h vdom.Handler, arg string) {
	p.button(key, "b-iconbutton", h, arg)
	if class != "" {
		p.Class(class)
	}
	p.Attr(vdom.AriaLabel, name)
	p.Attr(vdom.Title, name)
	p.Icon(icon)
	p.Close()
}

// link opens a link inside the console.
func (p pen) link(key, class, address string) {
	p.Open(vdom.A, key)
	p.Class(class)
	p.Attr(vdom.Href, address)
	p.On(vdom.Click, state.Follow, address)
}

// hidden is text for those who listen only.
func (p pen) hidden(text string) { p.Leaf(vdom.Span, "b-sr", text) }

// ltr is a path, a link or a phone: never turned round.
func (p pen) ltr(text string) {
	p.Open(vdom.BDI, "")
	p.Attr(vdom.Dir, "ltr")
	p.Text(text)
	p.Close()
}

func (p pen) small(icon string) { p.IconClass(icon, "b-icon b-icon--sm") }

// spinner stands where something is on its way.
func (p pen) spinner() {
	p.Open(vdom.I, "spinner")
	p.Class("b-spinner")
	p.Attr(vdom.AriaHidden, "true")
	p.Close()
}

// alert says what went wrong.
func (p pen) alert(text string) {
	p.Open(vdom.Div, "alert")
	p.Class("b-banner b-banner--danger")
	p.Attr(vdom.Role, "alert")
	p.Icon("#i-alert")
	p.Leaf(vdom.Span, "", text)
	p.Close()
}

// field is a labelled text field. The error, where there is one, is tied to it.
type field struct {
	id, label, kind, value, complete, hint, problem string
	max                                             int
	disabled                                        bool
	on                                              vdom.Handler
	arg                                             string
}

func (p pen) field(f field) {
	p.Open(vdom.Div, f.id)
	p.Class("b-field")
	p.Open(vdom.Label, "")
	p.Class("b-field__label")
	p.Attr(vdom.For, f.id)
	p.Text(f.label)
	p.Close()
	p.Open(vdom.Input, "")
	p.Class("b-input")
	p.Attr(vdom.ID, f.id)
	p.Attr(vdom.Type, f.kind)
	p.Attr(vdom.Value, f.value)
	if f.complete != "" {
		p.Attr(vdom.Autocomplete, f.complete)
	}
	if f.max > 0 {
		p.Int(vdom.MaxLength, f.max)
	}
	p.Flag(vdom.Disabled, f.disabled)
	p.On(vdom.InputEvent, f.on, f.arg)
	p.described(f.id, f.hint, f.problem)
	p.Close()
	p.below(f.id, f.hint, f.problem)
	p.Close()
}

// described ties a field to what stands below it.
func (p pen) described(id, hint, problem string) {
	switch {
	case problem != "":
		p.Attr(vdom.AriaInvalid, "true")
		p.Attr(vdom.AriaDescribedBy, id+"-problem")
	case hint != "":
		p.Attr(vdom.AriaDescribedBy, id+"-hint")
	}
}

func (p pen) below(id, hint, problem string) {
	switch {
	case problem != "":
		p.Open(vdom.Span, "problem")
		p.Class("b-field__error")
		p.Attr(vdom.ID, id+"-problem")
		p.Attr(vdom.Role, "alert")
		p.small("#i-alert")
		p.Leaf(vdom.Span, "", problem)
		p.Close()
	case hint != "":
		p.Open(vdom.Span, "hint")
		p.Class("b-field__hint")
		p.Attr(vdom.ID, id+"-hint")
		p.Text(hint)
		p.Close()
	}
}

// submit is a form's one button of the first order.
func (p pen) submit(word string, busy bool, busyWord string, class string) {
	p.Open(vdom.Button, "submit")
	p.Attr(vdom.Type, "submit")
	p.Class("b-button b-button--primary")
	if class != "" {
		p.Class(class)
	}
	if busy {
		p.Attr(vdom.DataState, "loading")
		p.Attr(vdom.AriaBusy, "true")
		p.spinner()
		p.Text(busyWord)
	} else {
		p.Text(word)
	}
	p.Close()
}

// cancel closes the window.
func (p pen) cancel() {
	p.button("cancel", "b-button", state.CloseDialog, "")
	p.Text(p.word(say.Cancel))
	p.Close()
}
