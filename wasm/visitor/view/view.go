package view

import (
	"beseda/protocol"
	"beseda/wasm/face"
	"beseda/wasm/vdom"
	"beseda/wasm/visitor/state"
	say "beseda/wasm/words/visitor"
)

// Draw draws everything. Before the widget begins there is nothing to see: the launcher shows that it comes.
func Draw(b *vdom.Builder, s *state.State) {
	if !s.Begun {
		return
	}
	b.Open(vdom.Section, "")
	b.Class("b-widget")
	b.Attr(vdom.AriaLabel, s.Words.Fill(say.ChatWith, s.Team))
	b.On(vdom.KeyDown, state.OnKey, "")
	b.On(vdom.Click, state.OnElsewhere, "")
	b.On(vdom.FocusIn, state.OnElsewhere, "")
	b.On(vdom.Drop, state.OnFiles, "")
	b.On(vdom.Drag, state.OnDrag, "")
	b.On(vdom.Paste, state.OnFiles, "")
	head(b, s)
	banner(b, s)
	if s.Listing {
		own(b, s)
	} else {
		messages(b, s)
		b.Open(vdom.Div, "write")
		b.Class("b-widget__write")
		jump(b, s)
		composer(b, s)
		b.Close()
	}
	b.Leaf(vdom.P, "b-widget__foot", s.Words.Text(say.RunsOn))
	if s.Draft.Over {
		b.Open(vdom.Div, "drop")
		b.Class("b-drop")
		b.Attr(vdom.AriaHidden, "true")
		b.Icon("#i-attach")
		b.Text(s.Words.Text(say.DropFiles))
		b.Close()
	}
	b.Close()
}

// head says whom one talks to, and whether somebody is there.
func head(b *vdom.Builder, s *state.State) {
	b.Open(vdom.Header, "")
	b.Class("b-widget__head b-island")
	b.Open(vdom.Span, "team")
	b.Class("b-stack b-widget__team")
	b.Attr(vdom.AriaHidden, "true")
	shown := s.People[:min(3, len(s.People))]
	for i := range shown {
		b.Open(vdom.Span, string(shown[i].ID))
		face.Draw(b, faceOf(&shown[i], ""))
		b.Close()
	}
	if len(shown) == 0 {
		face.Draw(b, face.Face{ID: s.Team, Name: s.Team})
	}
	b.Close()
	b.Leaf(vdom.H1, "b-widget__title", s.Team)
	b.Open(vdom.P, "presence")
	b.Class("b-widget__presence")
	switch {
	case !s.Welcomed || s.Offline:
		b.Attr(vdom.DataState, "unknown")
		b.Text(s.Words.Text(say.Reconnecting))
	case s.Online:
		b.Attr(vdom.DataState, "online")
		b.Text(s.Words.Text(say.Online))
	default:
		b.Attr(vdom.DataState, "away")
		b.Text(s.Words.Text(say.Away))
	}
	b.Close()
	b.Open(vdom.Div, "tools")
	b.Class("b-widget__tools")
	if s.HasHistory() {
		name := s.Words.Text(say.History)
		press(b, "history", "b-iconbutton", state.OnList, "")
		b.Attr(vdom.ID, state.HistoryID)
		named(b, name)
		b.Bool(vdom.AriaExpanded, s.Listing)
		b.IconClass("#i-history", "b-icon b-icon--dir")
		b.Close()
	}
	iconButton(b, s.Words.Text(say.CloseChat), "#i-close", state.OnClose, "")
	b.Close()
	b.Close()
}

// banner says that there is no line, or that the server does not want this browser.
func banner(b *vdom.Builder, s *state.State) {
	text := ""
	switch code := s.Ended(); {
	case code == protocol.CodeBlocked:
		text = s.Words.Text(say.EndedBlocked)
	case code != "":
		text = s.Words.Text(say.Ended)
	case s.Offline:
		text = s.Words.Text(say.NoConnection)
	}
	// The box is always there: what comes into it is read out.
	b.Open(vdom.Div, "status")
	b.Attr(vdom.Role, "status")
	if text != "" {
		b.Class("b-banner b-banner--warning b-widget__banner")
		b.Icon("#i-offline")
		b.Leaf(vdom.Span, "", text)
		button(b, "b-linkbutton b-banner__end", s.Words.Text(say.TryNow), state.OnTryNow, "")
	}
	b.Close()
}

func faceOf(p *protocol.Person, size string) face.Face {
	f := face.Face{ID: string(p.ID), Name: p.Name, Size: size}
	if p.Picture != "" {
		f.Picture = "/pictures/" + string(p.ID) + "?v=" + p.Picture
	}
	return f
}

func iconButton(b *vdom.Builder, name, icon string, h vdom.Handler, arg string) {
	press(b, "", "b-iconbutton", h, arg)
	named(b, name)
	b.Icon(icon)
	b.Close()
}

func button(b *vdom.Builder, class, text string, h vdom.Handler, arg string) {
	press(b, "", class, h, arg)
	b.Text(text)
	b.Close()
}

// press opens a button.
//
//go:noinline
func press(b *vdom.Builder, key, class string, h vdom.Handler, arg string) {
	b.Open(vdom.Button, key)
	b.Class(class)
	b.Attr(vdom.Type, "button")
	b.On(vdom.Click, h, arg)
}

// named gives an element a name that can be seen too.
//
//go:noinline
func named(b *vdom.Builder, name string) {
	b.Attr(vdom.AriaLabel, name)
	b.Attr(vdom.Title, name)
}

// written opens an element for text that people write, in either direction.
//
//go:noinline
func written(b *vdom.Builder, tag vdom.Tag, key, class string) {
	b.Open(tag, key)
	b.Class(class)
	b.Attr(vdom.Dir, "auto")
}
