package desk_test

import (
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"beseda/protocol"
	"beseda/server/desk"
	"beseda/server/desk/call"
	"beseda/server/desk/channel"
	"beseda/server/desk/conversation"
	"beseda/server/desk/team"
	"beseda/server/engine"
	"beseda/store"
	"beseda/store/memory"
)

// office is the desk on a real engine: one channel, an administrator, two operators, a bot, and visitors as they come.
type office struct {
	t      *testing.T
	engine *engine.Engine
	store  store.Store
	clock  atomic.Int64 // unix milliseconds
	ids    atomic.Int64

	channel protocol.ChannelID
	opened  protocol.Position // the last position of what makes the office
	// Of the team: Eve is the administrator.
	eve, ann, bob, robot person
	// Visitors; nobody knows of them before they write.
	kira, lev, mia person
	// file is an upload that a row of a table speaks of more than once.
	file protocol.AttachmentID
}

// person is somebody who sends commands, as a session does it for them.
type person struct {
	o      *office
	name   string
	call   call.Call
	sender protocol.Sender
}

// newOffice opens an office over a store; a nil one is in memory.
func newOffice(t *testing.T, base store.Store) *office {
	t.Helper()
	if base == nil {
		base = memory.New()
	}
	o := &office{t: t, store: base}
	o.clock.Store(1_700_000_000_000)
	o.open()
	o.found()
	return o
}

// found makes the team and the channel of an empty office.
func (o *office) found() {
	o.t.Helper()
	founder := call.Call{By: protocol.Actor{Kind: protocol.ActorOperator}, Admin: true}
	o.eve = o.hire("Eve", protocol.RoleAdmin, false)
	o.ann = o.hire("Ann", protocol.RoleOperator, false)
	o.bob = o.hire("Bob", protocol.RoleOperator, false)
	o.robot = o.hire("Robot", protocol.RoleOperator, true)
	made := o.decide(func(r store.Reader, now int64, newID func() string) (store.Outcome, error) {
		founder.Now, founder.NewID = now, newID
		return channel.Create(r, founder, &protocol.ChannelCreate{Looks: protocol.Looks{Name: "Acme shop", Color: "#0a7d4f"}})
	})
	o.channel = protocol.ChannelID(made.Made)
	o.opened = o.last()
	o.kira, o.lev, o.mia = o.visitor("Kira"), o.visitor("Lev"), o.visitor("Mia")
}

func (o *office) open() {
	o.t.Helper()
	e, err := engine.New(engine.Config{
		Store: o.store, Workspace: store.Main, Domain: desk.Domain{}, NewID: o.newID,
		Now:       func() time.Time { return time.UnixMilli(o.clock.Load()) },
		Published: func([]protocol.Frame, store.Reader) {},
	})
	if err != nil {
		o.t.Fatal(err)
	}
	o.t.Cleanup(e.Close)
	o.engine = e
}

// restart ends the engine and begins another over the same store.
func (o *office) restart() {
	o.t.Helper()
	o.engine.Close()
	o.open()
}

// flush lets everything happen that is due by now.
func (o *office) flush() {
	o.t.Helper()
	o.decide(func(store.Reader, int64, func() string) (store.Outcome, error) { return store.Outcome{}, nil })
}

// pass lets time go by, and what is due happen.
func (o *office) pass(d time.Duration) {
	o.t.Helper()
	o.clock.Add(d.Milliseconds())
	o.flush()
}

func (o *office) newID() string { return fmt.Sprintf("01JD%022d", o.ids.Add(1)) }

func (o *office) decide(fn engine.Decide) protocol.Accepted {
	o.t.Helper()
	a, err := o.engine.Do(o.t.Context(), engine.Command{Decide: fn})
	if err != nil {
		o.t.Fatal(err)
	}
	return a
}

// hire makes an active account.
func (o *office) hire(name string, role protocol.Role, bot bool) person {
	o.t.Helper()
	id := protocol.OperatorID(o.newID())
	o.decide(func(r store.Reader, now int64, newID func() string) (store.Outcome, error) {
		c := call.Call{By: protocol.Actor{Kind: protocol.ActorOperator, ID: string(id), Name: name}, Now: now, NewID: newID}
		return team.Found(r, c, id, name, strings.ToLower(name)+"@example.com", role, bot)
	})
	return o.colleague(id, name, role, bot)
}

// colleague is somebody who has an account.
func (o *office) colleague(id protocol.OperatorID, name string, role protocol.Role, bot bool) person {
	p := person{o: o, name: name, sender: protocol.FromOperator, call: call.Call{
		By:    protocol.Actor{Kind: protocol.ActorOperator, ID: string(id), Name: name},
		Admin: role == protocol.RoleAdmin,
	}}
	switch {
	case bot:
		p.sender, p.call.By.Kind = protocol.FromBot, protocol.ActorBot
	case p.call.Admin:
		p.sender |= protocol.FromAdministrator
	}
	return p
}

// visitor is a browser that nobody knows yet.
func (o *office) visitor(name string) person {
	return person{o: o, name: name, sender: protocol.FromVisitor, call: call.Call{
		By:      protocol.Actor{Kind: protocol.ActorVisitor, ID: o.newID()},
		Channel: o.channel, Language: "en", Device: "Firefox 145 · Android",
		Visit: protocol.VisitorVisit{URL: "https://shop.example/boots"},
	}}
}

func (p person) id() protocol.OperatorID { return protocol.OperatorID(p.call.By.ID) }

// do sends a command under a fresh id.
func (p person) do(kind protocol.Kind, body protocol.Body) (protocol.Accepted, error) {
	return p.repeat(protocol.CommandID(p.o.newID()), kind, body)
}

// repeat sends a command under an id, from frame to answer as a connection does.
func (p person) repeat(id protocol.CommandID, kind protocol.Kind, body protocol.Body) (protocol.Accepted, error) {
	cmd, refusal := protocol.Decode(protocol.Frame{Kind: kind, ID: id, Body: protocol.EncodeBody(body)}, p.sender)
	if refusal != nil {
		return protocol.Accepted{}, refusal
	}
	return p.run(id, cmd)
}

// run hands in what Decode would have let through.
func (p person) run(id protocol.CommandID, cmd protocol.Body) (protocol.Accepted, error) {
	c := p.call
	return p.o.engine.Do(p.o.t.Context(), engine.Command{Author: c.Author(), ID: id,
		Decide: func(r store.Reader, now int64, newID func() string) (store.Outcome, error) {
			c.Now, c.NewID = now, newID
			return desk.Decide(r, c, cmd)
		}})
}

func (p person) must(a protocol.Accepted, err error) protocol.Accepted {
	p.o.t.Helper()
	if err != nil {
		p.o.t.Fatalf("%s is refused: %v", p.name, err)
	}
	return a
}

// says sends a message: a visitor's to wherever the server puts it.
func (p person) says(text string, files ...protocol.AttachmentID) (protocol.Accepted, error) {
	return p.do(protocol.KindMessageSend, &protocol.MessageSend{Text: text, Attachments: files})
}

func (p person) replies(n protocol.Number, text string, files ...protocol.AttachmentID) (protocol.Accepted, error) {
	return p.do(protocol.KindMessageSend, &protocol.MessageSend{Conversation: n, Text: text, Attachments: files})
}

func (p person) closes(n protocol.Number) (protocol.Accepted, error) {
	return p.do(protocol.KindConversationClose, &protocol.ConversationClose{Conversation: n})
}

func (p person) reopens(n protocol.Number) (protocol.Accepted, error) {
	return p.do(protocol.KindConversationReopen, &protocol.ConversationReopen{Conversation: n})
}

// assigns gives a conversation to somebody; to nobody where to has no name.
func (p person) assigns(n protocol.Number, to person) (protocol.Accepted, error) {
	return p.do(protocol.KindConversationAssign, &protocol.ConversationAssign{Conversation: n, Assignee: to.id()})
}

func (p person) deactivates(who person) (protocol.Accepted, error) {
	return p.do(protocol.KindOperatorDeactivate, &protocol.OperatorDeactivate{Operator: who.id()})
}

func (p person) activates(who person) (protocol.Accepted, error) {
	return p.do(protocol.KindOperatorActivate, &protocol.OperatorActivate{Operator: who.id()})
}

// links asks for somebody's new one-time link.
func (p person) links(who person) (protocol.Accepted, error) {
	return p.do(protocol.KindOperatorLink, &protocol.OperatorLink{Operator: who.id()})
}

// reads acknowledges items as delivered and read; n is 0 for a visitor.
func (p person) reads(n protocol.Number, delivered, read protocol.Position) (protocol.Accepted, error) {
	return p.do(protocol.KindReceiptAdvance, &protocol.ReceiptAdvance{Conversation: n, Delivered: delivered, Read: read})
}

// uploads stores a file that waits to be sent.
func (p person) uploads(name string, kind protocol.AttachmentKind) protocol.AttachmentID {
	p.o.t.Helper()
	id := protocol.AttachmentID(p.o.newID())
	p.o.decide(func(_ store.Reader, now int64, _ func() string) (store.Outcome, error) {
		value, err := store.Uploads.Encode(store.Upload{
			Attachment: protocol.Attachment{ID: id, Name: name, Kind: kind, Type: "application/pdf", Size: 10, Blob: "hash"},
			Uploader:   p.call.Author(), At: now,
		})
		return store.Outcome{Private: []store.Write{{Key: store.Uploads.Key(store.Text(id)), Value: value}}}, err
	})
	return id
}

func (o *office) read(fn func(store.Reader) error) {
	o.t.Helper()
	if err := o.engine.Read(fn); err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) conv(n protocol.Number) (c store.Conversation) {
	o.t.Helper()
	o.read(func(r store.Reader) (err error) {
		c, err = store.Conversations.Get(r, store.Num(n))
		return err
	})
	return c
}

// last is the position of the newest event.
func (o *office) last() (p protocol.Position) {
	o.t.Helper()
	o.read(func(r store.Reader) (err error) {
		p, err = engine.LastPosition(r)
		return err
	})
	return p
}

// events are those after a position.
func (o *office) events(after protocol.Position) (events []protocol.Frame) {
	o.t.Helper()
	o.read(func(r store.Reader) error {
		for ev, err := range engine.Changes(r, after) {
			if err != nil {
				return err
			}
			events = append(events, ev)
		}
		return nil
	})
	return events
}

// since is what happened after a position, in words.
func (o *office) since(after protocol.Position) []string {
	o.t.Helper()
	out := []string{}
	for _, ev := range o.events(after) {
		out = append(out, o.words(&ev))
	}
	return out
}

func (o *office) words(ev *protocol.Frame) string {
	what := string(ev.Kind)
	if ev.Conversation != 0 {
		what += " #" + ev.Conversation.String()
	}
	who := ev.Actor.Name
	if ev.Actor.Kind != protocol.ActorOperator {
		who = string(ev.Actor.Kind)
	}
	what += " by " + who
	switch ev.Kind {
	case protocol.KindMessageSent:
		body := decoded[protocol.MessageSent](o.t, ev)
		what += ": " + body.Text
		for _, a := range body.Attachments {
			what += " [" + a.Name + "]"
		}
	case protocol.KindConversationAssigned:
		body := decoded[protocol.ConversationAssigned](o.t, ev)
		what += ": " + body.FormerName + " → " + body.AssigneeName
		if body.Claimed {
			what += ", claimed"
		}
	case protocol.KindConversationClosed:
		body := decoded[protocol.ConversationClosed](o.t, ev)
		what += fmt.Sprintf(", was %s %s", body.Activity, body.Status)
	case protocol.KindReceiptAdvanced:
		body := decoded[protocol.ReceiptAdvanced](o.t, ev)
		what += fmt.Sprintf(": %s has %d, read %d", body.Side, o.place(body.Delivered), o.place(body.Read))
	}
	return what
}

// place counts positions from where the office opened: a visitor's first message is at 3.
func (o *office) place(p protocol.Position) int { return max(0, int(p)-int(o.opened)) }

func decoded[T any, P interface {
	*T
	protocol.Body
}](t *testing.T, ev *protocol.Frame) T {
	t.Helper()
	var body T
	if err := protocol.DecodeBody(ev.Body, P(&body)); err != nil {
		t.Fatalf("%s at %d: %v", ev.Kind, ev.Position, err)
	}
	return body
}

// texts are the messages of a conversation in their order, each with who wrote it.
func (o *office) texts(n protocol.Number) []string {
	o.t.Helper()
	conv := o.conv(n)
	var out []string
	o.read(func(r store.Reader) error {
		items, _, err := conversation.Newest(r, conv.Thread, conv.Ranges, 0, 0, 1<<20, conversation.ForVisitor())
		for _, item := range items {
			who := item.Actor.Name
			if who == "" {
				who = string(item.Actor.Kind)
			}
			out = append(out, who+": "+decoded[protocol.MessageSent](o.t, &item).Text)
		}
		return err
	})
	return out
}

// unread counts what an operator finds unread in a conversation, from what is stored.
func (o *office) unread(p person, n protocol.Number) (count int) {
	o.t.Helper()
	conv := o.conv(n)
	o.read(func(r store.Reader) error {
		me, err := store.Operators.Get(r, store.Text(p.id()))
		if err != nil {
			return err
		}
		read := me.CreatedPos
		own, err := store.OperatorReads.Get(r, store.Text(p.id()), store.Num(n))
		switch {
		case err == nil:
			read = own.Read
		case !errors.Is(err, store.ErrNotFound):
			return err
		}
		items, _, err := conversation.Newest(r, conv.Thread, conv.Ranges, read, 0, 1<<20, conversation.ForTeam())
		for i := range items {
			if conversation.Unread(&items[i]) {
				count++
			}
		}
		return err
	})
	return count
}

// answer is a refusal's code and reason, or "" for none.
func answer(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// sets writes policies of the whole workspace; "preset" is one of the keys.
func (o *office) sets(pairs ...string) {
	o.t.Helper()
	cmd := &protocol.PolicyChange{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i] == "preset" {
			cmd.Preset = protocol.Preset(pairs[i+1])
			continue
		}
		cmd.Values = append(cmd.Values, protocol.PolicyValue{Key: pairs[i], Value: pairs[i+1]})
	}
	o.eve.must(o.eve.do(protocol.KindPolicyChange, cmd))
}

// now is a conversation's state in the words of the specification.
func (o *office) now(n protocol.Number) string {
	o.t.Helper()
	conv := o.conv(n)
	if conv.MergedInto != 0 {
		return "merged into #" + conv.MergedInto.String()
	}
	if conv.ErasedAt != 0 {
		return "erased"
	}
	return map[protocol.Activity]string{protocol.Active: "A/", protocol.Completed: "C/"}[conv.Activity] + string(conv.Status)
}

// puts brings a conversation that is A/open into a state.
func (o *office) puts(n protocol.Number, state string) {
	o.t.Helper()
	status := protocol.Status(state[2:])
	switch {
	case state == "A/open":
	case state[0] == 'A':
		o.eve.must(o.eve.sets(n, status))
	default:
		o.eve.must(o.eve.completes(n, status))
	}
	if got := o.now(n); got != state {
		o.t.Fatalf("#%d is %s, not %s", n, got, state)
	}
}

func (p person) completes(n protocol.Number, status protocol.Status) (protocol.Accepted, error) {
	return p.do(protocol.KindConversationComplete, &protocol.ConversationComplete{Conversation: n, Status: status})
}

func (p person) sets(n protocol.Number, status protocol.Status) (protocol.Accepted, error) {
	return p.do(protocol.KindStatusChange, &protocol.StatusChange{Conversation: n, Status: status})
}

func (p person) holds(n protocol.Number) (protocol.Accepted, error) {
	return p.do(protocol.KindCompletionPostpone, &protocol.CompletionPostpone{Conversation: n})
}

func (p person) waives(n protocol.Number) (protocol.Accepted, error) {
	return p.do(protocol.KindReplyWaive, &protocol.ReplyWaive{Conversation: n})
}

func (p person) notes(n protocol.Number, text string) (protocol.Accepted, error) {
	return p.do(protocol.KindNoteAdd, &protocol.NoteAdd{Conversation: n, Text: text})
}

func (p person) names(n protocol.Number, subject string) (protocol.Accepted, error) {
	return p.do(protocol.KindSubjectChange, &protocol.SubjectChange{Conversation: n, Subject: subject})
}

func (p person) splits(n protocol.Number, from protocol.Position) (protocol.Accepted, error) {
	return p.do(protocol.KindMessagesSplit, &protocol.MessagesSplit{Conversation: n, From: from})
}

func (p person) merges(n, into protocol.Number) (protocol.Accepted, error) {
	return p.do(protocol.KindConversationMerge, &protocol.ConversationMerge{Conversation: n, Into: into})
}

func (p person) starts(thread protocol.ThreadID, text string) (protocol.Accepted, error) {
	return p.do(protocol.KindConversationStart, &protocol.ConversationStart{Thread: thread, Text: text})
}

// reacts puts 👍 on a message; n is 0 for a visitor.
func (p person) reacts(n protocol.Number, at protocol.Position) (protocol.Accepted, error) {
	return p.do(protocol.KindReactionAdd, &protocol.ReactionAdd{Conversation: n, Position: at, Emoji: "👍"})
}

func (p person) withdraws(n protocol.Number, at protocol.Position) (protocol.Accepted, error) {
	return p.do(protocol.KindReactionWithdraw, &protocol.ReactionWithdraw{Conversation: n, Position: at, Emoji: "👍"})
}

func conversationItems(r store.Reader, conv *store.Conversation) ([]protocol.Frame, bool, error) {
	return conversation.Newest(r, conv.Thread, conv.Ranges, 0, 0, 1<<20, conversation.ForTeam())
}
