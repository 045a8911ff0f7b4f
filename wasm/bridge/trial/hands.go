package main

import (
	"strconv"
	"strings"

	"beseda/wasm/bridge"
	"beseda/wasm/vdom"
)

// perform asks for the effect that the test wrote into the field: "http|GET|/echo|a|b".
func perform(line string, fx *bridge.Effects) {
	w := append(strings.Split(line, "|"), "", "", "")
	switch w[0] {
	case "http":
		var fields []string
		for _, f := range w[3:] {
			if f != "" {
				fields = append(fields, f)
			}
		}
		fx.HTTP(7, w[1], w[2], fields...)
	case "connect":
		fx.Connect(w[1])
	case "send":
		fx.SendFrames([]byte(w[1]))
	case "save":
		fx.Save(w[1], []byte(w[2]))
	case "load":
		fx.Load(w[1])
	case "insert":
		fx.InsertText(w[1], w[2])
	case "upload":
		fx.Upload(w[1], w[2])
	case "forget":
		fx.ForgetFile(w[1])
	case "authorize":
		fx.Authorize(w[1], w[2])
	case "fetch":
		fx.FetchFile(w[1], w[2])
	case "download":
		fx.Download(w[1], w[2])
	case "words":
		fx.LoadWords(w[1])
	case "push":
		fx.PushURL(w[1])
	case "host":
		fx.PostToHost(w[1], w[2], []byte{1, 2, 3})
	case "language":
		fx.SetLanguage(w[1], w[2] == "rtl")
	case "root":
		fx.SetRoot(w[1], w[2])
	case "announce":
		fx.Announce(w[1])
	case "timer":
		fx.Timer(5, 1)
	default:
		panic("trial: " + w[0])
	}
}

// line writes an event for the test to read.
func line(e *bridge.Event) string {
	name := "element"
	if e.Kind >= bridge.Start {
		name = strings.Fields(bridge.KindNames)[e.Kind-bridge.Start]
	}
	return strings.Join(append([]string{name, e.Arg, e.Text, strconv.FormatInt(e.A, 10), strconv.FormatInt(e.B, 10),
		string(e.Data)}, e.List...), "|")
}

// hands draws what a test needs to drive the rest of the bridge.
func (a *app) hands(b *vdom.Builder) {
	b.Open(vdom.Input, "do")
	b.Attr(vdom.ID, "do")
	b.On(vdom.Change, do, "")
	b.Close()
	b.Open(vdom.Div, "target")
	b.Attr(vdom.ID, "target")
	b.On(vdom.Drop, heard, "drop")
	b.On(vdom.Drag, heard, "drag")
	b.On(vdom.Paste, heard, "paste")
	b.On(vdom.PointerEnter, heard, "enter")
	b.On(vdom.PointerLeave, heard, "leave")
	b.Text("Drop here")
	b.Close()
	b.Open(vdom.Form, "form")
	b.On(vdom.Submit, heard, "form")
	b.Open(vdom.Button, "")
	b.Attr(vdom.ID, "submit")
	b.Text("Submit")
	b.Close()
	b.Close()
	b.Open(vdom.A, "link")
	b.Attr(vdom.ID, "link")
	b.Attr(vdom.Href, "/elsewhere")
	b.On(vdom.Click, heard, "link")
	b.Text("Link")
	b.Close()
	b.Open(vdom.UL, "events")
	b.Attr(vdom.ID, "events")
	for i, s := range a.events {
		b.Open(vdom.LI, strconv.Itoa(a.first+i))
		b.Text(s)
		b.Close()
	}
	b.Close()
}
