// Command trial is the smallest app with everything in it: the page that tests of bridge.js drive in a browser, and the
// example to copy. It counts clicks, mirrors a field, keeps a log that scrolls, and ends itself on demand.
package main

import (
	"strconv"

	"beseda/wasm/bridge"
	"beseda/wasm/vdom"
)

func init() { bridge.Show(&app{}) }

func main() { bridge.Wait() }

// What the view's elements ask for.
const (
	clicked vdom.Handler = 1 + iota
	typed
	pressed
	more
	crash
	scrolled
	do
	heard
)

type app struct {
	count  int
	text   string
	sent   []string
	place  string
	starts int64
	online bool
	events []string
	first  int // number of events[0]
}

func (a *app) Update(e *bridge.Event, fx *bridge.Effects) {
	switch e.Kind {
	case bridge.Start:
		a.starts = e.A
		fx.SetTitle("Trial " + e.Text)
		fx.Timer(1, 10)
	case bridge.State:
		a.online = e.A&bridge.PageOnline != 0
	case bridge.Fired:
		fx.Focus("text")
	}
	if (e.Kind >= bridge.Start && e.Kind != bridge.State) || e.Handler == heard {
		a.events = append(a.events, line(e))
		if len(a.events) > 30 {
			a.events, a.first = a.events[1:], a.first+1
		}
	}
	switch e.Handler {
	case do:
		perform(e.Text, fx)
	case clicked:
		a.count++
	case typed:
		a.text = e.Text
	case pressed:
		if e.Text == "Enter" && e.A&bridge.Shift == 0 && a.text != "" {
			fx.Prevent()
			a.sent, a.text = append(a.sent, a.text), ""
			fx.ScrollEnd("log", false)
		} else {
			fx.Still()
		}
	case more:
		older := make([]string, 20)
		for i := range older {
			older[i] = "older " + strconv.Itoa(len(a.sent)+i)
		}
		a.sent = append(older, a.sent...)
	case scrolled:
		a.place = e.Text
	case crash:
		panic("on demand")
	}
}

func (a *app) View(b *vdom.Builder) {
	b.Open(vdom.Main, "")
	b.Leaf(vdom.P, "starts", strconv.FormatInt(a.starts, 10))
	button(b, "Count "+strconv.Itoa(a.count), clicked)
	button(b, "More", more)
	button(b, "Crash", crash)
	b.Leaf(vdom.P, "place", a.place)
	b.Open(vdom.Div, "log")
	b.Attr(vdom.ID, "log")
	b.Class("log")
	b.Attr(vdom.DataAnchor, "end")
	b.On(vdom.Scroll, scrolled, "")
	for _, s := range a.sent {
		b.Open(vdom.P, s)
		b.Text(s)
		b.Close()
	}
	b.Close()
	b.Open(vdom.Textarea, "")
	b.Attr(vdom.ID, "text")
	b.Attr(vdom.AriaLabel, "Message")
	b.Attr(vdom.Rows, "1")
	b.Attr(vdom.Value, a.text)
	b.On(vdom.InputEvent, typed, "")
	b.On(vdom.KeyDown, pressed, "")
	b.Close()
	b.Icon("#i-send")
	a.hands(b)
	b.Close()
}

func button(b *vdom.Builder, label string, h vdom.Handler) {
	b.Open(vdom.Button, "")
	b.Class("b-button")
	b.On(vdom.Click, h, "")
	b.Text(label)
	b.Close()
}
