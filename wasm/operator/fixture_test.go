//go:build !wasm

package main

import (
	"slices"
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	"beseda/wasm/vdom/page"
	"beseda/wasm/words/source"
)

// The people and places of these tests.
const (
	ann     = protocol.OperatorID("01JC0000000000000000000ANN")
	bob     = protocol.OperatorID("01JC0000000000000000000B0B")
	eve     = protocol.OperatorID("01JC0000000000000000000EVE")
	kira    = protocol.VisitorID("01JC00000000000000000K1RA0")
	shop    = protocol.ChannelID("01JC00000000000000000SH0P0")
	thread  = protocol.ThreadID("01JC0000000000000000THREAD")
	noon    = int64(1_763_640_000_000) // 2025-11-20 12:00 UTC
	visible = bridge.PageVisible | bridge.PageFocused | bridge.PageOnline
)

// desk is a console in front of a server that the test plays.
type desk struct {
	*bridge.Fake
	*state.State
	t    *testing.T
	seen int // effects looked at by sent
	sent []protocol.Frame
}

// texts is what the page hands over as the language.
func texts(t *testing.T, language string) []byte {
	t.Helper()
	all, err := source.Read("../../widget/languages", "console")
	if err != nil {
		t.Fatal(err)
	}
	return all.Compile(language)
}

// load starts a console at an address, on a page that is visible and focused.
func load(t *testing.T, address, language string) *desk {
	t.Helper()
	s := state.New()
	d := &desk{Fake: bridge.NewFake(&app{s}), State: s, t: t}
	d.Fake.Now = noon
	d.Do(bridge.Event{Kind: bridge.Resized, A: 90, B: 56})
	d.Do(bridge.Event{Kind: bridge.State, A: visible})
	d.Do(bridge.Event{Kind: bridge.Start, Text: language, Data: texts(t, language), A: 1, List: []string{
		"url", address, "site", "https://chat.example", "zone", "0", "permission", "granted",
		"seed", strings.Repeat("0123456789abcdef", 4),
	}})
	return d
}

// signedIn starts a console whose browser has a session, up to the welcome.
func signedIn(t *testing.T, address string, change ...func(*protocol.OperatorWelcome)) *desk {
	t.Helper()
	d := load(t, address, "en")
	d.Do(bridge.Event{Kind: bridge.Answered, A: 200, B: 1})
	d.connect(change...)
	return d
}

// connect plays the server's side of a connection's begin.
func (d *desk) connect(change ...func(*protocol.OperatorWelcome)) {
	d.t.Helper()
	d.Do(bridge.Event{Kind: bridge.Opened})
	w := welcome()
	for _, f := range change {
		f(w)
	}
	d.hear("", protocol.KindWelcome, &protocol.Welcome{Version: 1, Position: 100, Now: d.Fake.Now, Operator: w})
	d.commands()
}

// welcome is a team of three and two conversations.
func welcome() *protocol.OperatorWelcome {
	return &protocol.OperatorWelcome{
		Me:        protocol.Operator{ID: ann, Name: "Ann", Email: "ann@example.com", Role: protocol.RoleAdmin, State: protocol.OperatorActive, Online: true},
		Workspace: "Acme",
		Team: protocol.Team{
			Operators: []protocol.Operator{
				{ID: ann, Name: "Ann", Email: "ann@example.com", Role: protocol.RoleAdmin, State: protocol.OperatorActive, Online: true},
				{ID: bob, Name: "Bob", Email: "bob@example.com", Role: protocol.RoleOperator, State: protocol.OperatorActive, Online: true},
				{ID: eve, Name: "Eve", Email: "eve@example.com", Role: protocol.RoleOperator, State: protocol.OperatorDeactivatedState},
			},
			Groups: []protocol.Group{
				{ID: protocol.GroupOperators, Rights: []protocol.Right{protocol.RightClose, protocol.RightBlock}, Members: 1},
				{ID: protocol.GroupChatAdmins, Rights: []protocol.Right{protocol.RightChatAdmin}},
			},
			Channels: []protocol.Channel{{
				ID: shop, Looks: protocol.Looks{Name: "Acme shop", Color: "#0a6a78", Greeting: "Hello"},
				Sites: []string{"https://shop.example"}, SeenAt: noon - 5000, SeenOn: "https://shop.example",
			}},
		},
		Inbox: protocol.Inbox{Rows: []protocol.Row{row(41), row(40)}, Unread: 1, Active: 2, All: 3},
	}
}

// row is conversation 41, with something unread, or another that is read.
func row(n protocol.Number) protocol.Row {
	r := protocol.Row{
		Number: n, Thread: thread, Channel: shop, Visitor: kira, Name: "Kira Malova", Activity: protocol.Active,
		Status: protocol.Open, Assignee: ann, StartedAt: noon - 3_600_000, LastAt: noon - 60_000 + int64(n),
		LastActor: &protocol.Actor{Kind: protocol.ActorVisitor, ID: string(kira)}, LastText: "Is it in stock?",
		LastPosition: 12, MayWrite: true, MayEnd: true, Online: true,
	}
	if n == 41 {
		r.Unread = 1
		return r
	}
	r.Thread, r.Visitor, r.Name = thread[:25]+"2", kira[:25]+"2", ""
	r.LastActor, r.LastText = &protocol.Actor{Kind: protocol.ActorOperator, ID: string(bob), Name: "Bob"}, "Of course"
	r.LastState, r.Online = protocol.StateDelivered, false
	return r
}

// items are three messages and the line of the beginning.
func items() []protocol.Frame {
	visitor := &protocol.Actor{Kind: protocol.ActorVisitor, ID: string(kira)}
	return []protocol.Frame{
		line(9, noon-3_600_000, visitor, protocol.KindConversationStarted, &protocol.ConversationStarted{Visitor: kira, Channel: shop}),
		line(10, noon-3_600_000, visitor, protocol.KindMessageSent, &protocol.MessageSent{Text: "Hi! See https://shop.example/luma."}),
		line(11, noon-3_500_000, &protocol.Actor{Kind: protocol.ActorOperator, ID: string(ann), Name: "Ann"}, protocol.KindMessageSent,
			&protocol.MessageSent{Text: "Hello"}),
		line(12, noon-60_000, visitor, protocol.KindMessageSent, &protocol.MessageSent{Text: "Is it in stock?"}),
	}
}

func line(at protocol.Position, when int64, who *protocol.Actor, kind protocol.Kind, body protocol.Body) protocol.Frame {
	return protocol.Frame{Kind: kind, Position: at, At: when, Actor: who, Thread: thread, Conversation: 41, Body: protocol.EncodeBody(body)}
}

// opened is a console with conversation 41 open, its newest line in view.
func opened(t *testing.T, change ...func(*protocol.OperatorWelcome)) *desk {
	t.Helper()
	d := signedIn(t, "/console/#41", change...)
	d.page41()
	d.scroll("top end")
	d.settled()
	d.commands()
	return d
}

// settled lets the page come to rest after a conversation was opened.
func (d *desk) settled() { d.Do(bridge.Event{Kind: bridge.Fired, A: 6}) }

// page41 answers the watching of conversation 41.
func (d *desk) page41() {
	d.t.Helper()
	r := row(41)
	d.hear(d.last(protocol.KindConversationWatch).ID, protocol.KindHistory, &protocol.History{
		Conversation: 41, Items: items(), Row: &r,
		Receipts: []protocol.ReceiptAdvanced{{Side: protocol.SideVisitor, Delivered: 11, Read: 11}},
		Visitor: &protocol.Visitor{
			ID: kira, Name: "Kira Malova", Channel: shop, Language: "en-GB", Device: "Firefox · Linux", Online: true,
			First:   protocol.VisitorVisit{URL: "https://shop.example/", Referrer: "https://search.example/?q=lamp"},
			Current: protocol.VisitorVisit{URL: "https://shop.example/luma", Title: "Luma 30"}, FirstSeen: noon - 3_600_000, LastSeen: noon,
		},
	})
}

// hear lets the server say something.
func (d *desk) hear(id protocol.CommandID, kind protocol.Kind, body protocol.Body) {
	d.t.Helper()
	d.frame(protocol.Frame{Kind: kind, ID: id, Body: protocol.EncodeBody(body)})
}

func (d *desk) frame(frames ...protocol.Frame) {
	d.t.Helper()
	var b []byte
	for i := range frames {
		b = protocol.AppendFrame(b, &frames[i])
	}
	d.Do(bridge.Event{Kind: bridge.Frames, Data: b})
}

// commands are the frames that the console sent since the last look; all stay in d.sent.
func (d *desk) commands() []protocol.Frame {
	d.t.Helper()
	var fresh []protocol.Frame
	all := d.Asked("send")
	for _, e := range all[min(d.seen, len(all)):] {
		for f, err := range protocol.Frames(e.Data) {
			if err != nil {
				d.t.Fatal(err)
			}
			fresh = append(fresh, f)
		}
	}
	d.seen = len(all)
	d.sent = append(d.sent, fresh...)
	return fresh
}

// last is the newest command of a kind.
func (d *desk) last(kind protocol.Kind) protocol.Frame {
	d.t.Helper()
	d.commands()
	for _, f := range slices.Backward(d.sent) {
		if f.Kind == kind {
			return f
		}
	}
	d.t.Fatalf("no %s was sent", kind)
	return protocol.Frame{}
}

// count is how many commands of a kind were sent in all.
func (d *desk) count(kind protocol.Kind) int {
	d.t.Helper()
	d.commands()
	n := 0
	for _, f := range d.sent {
		if f.Kind == kind {
			n++
		}
	}
	return n
}

func decode[T any, P interface {
	*T
	protocol.Body
}](t *testing.T, f protocol.Frame) T {
	t.Helper()
	var v T
	if err := protocol.DecodeBody(f.Body, P(&v)); err != nil {
		t.Fatal(err)
	}
	return v
}

func (d *desk) scroll(where string) {
	d.t.Helper()
	d.On(d.Page.ByID(state.LogID), vdom.Scroll, bridge.Event{Text: where})
}

// focus moves the page into and out of the person's sight.
func (d *desk) focus(bits int64) { d.Do(bridge.Event{Kind: bridge.State, A: bits}) }

func (d *desk) wait(ms int64) {
	d.Fake.Now += ms
	d.Do(bridge.Event{Kind: bridge.Fired, A: 2})
}

// write types a reply and presses Enter.
func (d *desk) write(text string) {
	d.t.Helper()
	d.Type("Reply", text)
	if !d.Key("Reply", "Enter", 0) {
		d.t.Fatal("Enter was left to the browser")
	}
}

// stored plays the server that takes a message: its event, then its answer.
func (d *desk) stored(f protocol.Frame, at protocol.Position) {
	d.t.Helper()
	cmd := decode[protocol.MessageSend](d.t, f)
	event := line(at, d.Fake.Now, &protocol.Actor{Kind: protocol.ActorOperator, ID: string(ann), Name: "Ann"}, protocol.KindMessageSent,
		&protocol.MessageSent{Text: cmd.Text})
	event.ID = f.ID
	d.frame(event, protocol.Frame{Kind: protocol.KindAccepted, ID: f.ID, Body: protocol.EncodeBody(&protocol.Accepted{Position: at, Conversation: 41})})
}

// states are the accessible names of the delivery states in the log, top first.
func (d *desk) states() string {
	var all []string
	for _, n := range d.Page.ByClass("b-state") {
		if within(n, "b-log") {
			all = append(all, n.Attrs["aria-label"])
		}
	}
	return strings.Join(all, " ")
}

func within(n *page.Node, class string) bool {
	for ; n != nil; n = n.Parent {
		if n.Attrs["class"] == class {
			return true
		}
	}
	return false
}

// text is all that can be read in the elements of a class.
func (d *desk) text(class string) string {
	var all []string
	for _, n := range d.Page.ByClass(class) {
		all = append(all, strings.Join(strings.Fields(n.AllText()), " "))
	}
	return strings.Join(all, " | ")
}

// asked is the text of the newest effect of a name, "" without one.
func (d *desk) asked(name string) string {
	all := d.Asked(name)
	if len(all) == 0 {
		return ""
	}
	return all[len(all)-1].Text
}

func (d *desk) want(what, got, want string) {
	d.t.Helper()
	if got != want {
		d.t.Errorf("%s: got %q, want %q", what, got, want)
	}
}

// Type writes into the field with this name, which a label may give it. A tab may be called so too.
func (d *desk) Type(name, value string) {
	d.t.Helper()
	label := d.Page.Find(func(n *page.Node) bool { return n.Tag == "label" && n.Attrs["for"] != "" && n.Name() == name })
	if label != nil {
		d.On(d.Page.ByID(label.Attrs["for"]), vdom.InputEvent, bridge.Event{Text: value, A: int64(len(value))})
		return
	}
	if n := d.textbox(name); n != nil {
		d.On(n, vdom.InputEvent, bridge.Event{Text: value, A: int64(len(value))})
		return
	}
	d.Fake.Type(name, value)
}

// Key presses a key in the field or element with this name.
func (d *desk) Key(name, key string, held int64) bool {
	d.t.Helper()
	if n := d.textbox(name); n != nil {
		return d.On(n, vdom.KeyDown, bridge.Event{Text: key, A: held, List: []string{key}})&bridge.Prevent != 0
	}
	return d.Fake.Key(name, key, held)
}

// textbox finds a field by its name; nil where there is none.
func (d *desk) textbox(name string) *page.Node {
	return d.Page.Find(func(n *page.Node) bool { return (n.Tag == "textarea" || n.Tag == "input") && n.Name() == name })
}
