package server

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"beseda/protocol"
	"beseda/server/session/line"
	"beseda/store"
)

// mentions tells whether a frame has anything of a conversation in it but the news that it is gone.
func mentions(t testing.TB, f protocol.Frame, n protocol.Number, words ...string) bool {
	t.Helper()
	for _, w := range words {
		if strings.Contains(string(f.Body), w) {
			return true
		}
	}
	switch f.Kind {
	case protocol.KindInbox:
		in := body[protocol.Inbox](t, f)
		return slices.ContainsFunc(slices.Concat(in.Rows, in.Beside), func(r protocol.Row) bool { return r.Number == n }) || slices.Contains(in.Left, n)
	case protocol.KindHistory:
		return body[protocol.History](t, f).Conversation == n
	case protocol.KindViewers:
		return body[protocol.Viewers](t, f).Conversation == n
	}
	return f.Conversation == n
}

func gone(t testing.TB, n protocol.Number) func(protocol.Frame) bool {
	return func(f protocol.Frame) bool {
		return f.Kind == protocol.KindInbox && slices.Contains(body[protocol.Inbox](t, f).Gone, n)
	}
}

func TestWhoLosesAConversationLosesAllOfItAtOnce(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, welcome := h.visitor("")
	file := h.upload(t, h.fromWidget(welcome.VisitorKey), "boot.png", tinyPNG)
	h.say(kira, 0, "see here", file.ID)
	bobs := h.cookieOf(h.bob)
	bob := h.dial(line.Options{Cookie: bobs})
	if _, err := bob.Hello(h.ctx(), protocol.Hello{}); err != nil {
		t.Fatal(err)
	}
	watch(t, h, bob, 1)
	h.say(bob, 1, "mine now")
	if res := h.request("GET", "/files/"+string(file.ID), nil, h.fromConsole(bobs)); res.StatusCode != http.StatusOK {
		t.Fatalf("Bob gets %s", res.Status)
	}

	h.asAnn(&protocol.ConversationAssign{Conversation: 1, Assignee: h.ann})
	lost := h.wait(bob, gone(t, 1))
	if in := body[protocol.Inbox](t, lost); in.Active != 0 || in.All != 0 || in.Unread != 0 {
		t.Errorf("Bob still counts %+v", in)
	}
	bob.Take()
	h.say(kira, 0, "SECRET after")
	h.ask(kira, protocol.KindTypingStart, &protocol.TypingStart{})
	h.ask(kira, protocol.KindReceiptAdvance, advance(position(t, h), position(t, h)))
	ann, _ := h.operator(h.ann)
	h.say(ann, 1, "SECRET reply")
	h.asAnn(&protocol.ConversationClose{Conversation: 1})
	h.wait(ann, func(f protocol.Frame) bool { // lists were told
		return f.Kind == protocol.KindInbox && f.ID == "" && slices.Contains(body[protocol.Inbox](t, f).Left, 1)
	})
	h.settle(bob)
	for _, f := range bob.Take() {
		if mentions(t, f, 1, "SECRET") {
			t.Errorf("Bob heard %s of it", f.Kind)
		}
	}
	h.refused(bob, protocol.KindConversationWatch, &protocol.ConversationWatch{Conversation: 1}, protocol.CodeForbidden)
	h.refused(bob, protocol.KindHistoryRead, &protocol.HistoryRead{Conversation: 1}, protocol.CodeForbidden)
	h.refused(bob, protocol.KindMessageSend, &protocol.MessageSend{Conversation: 1, Text: "x"}, protocol.CodeNotAssigned)
	h.refused(bob, protocol.KindTypingStart, &protocol.TypingStart{Conversation: 1}, protocol.CodeForbidden)
	h.refused(bob, protocol.KindReceiptAdvance, &protocol.ReceiptAdvance{Conversation: 1, Read: 1}, protocol.CodeForbidden)
	h.refused(bob, protocol.KindConversationReopen, &protocol.ConversationReopen{Conversation: 1}, protocol.CodeForbidden)
	h.refused(bob, protocol.KindConversationAssign, &protocol.ConversationAssign{Conversation: 1, Assignee: h.bob}, protocol.CodeForbidden)
	if in := inboxOf(t, h, bob); in.Active != 0 || in.All != 0 || in.Unread != 0 || len(in.Rows) != 0 {
		t.Errorf("Bob's list is %+v", in)
	}
	res := h.request("GET", "/files/"+string(file.ID), nil, h.fromConsole(bobs))
	if r := refusal(t, res); res.StatusCode != http.StatusForbidden || r.Code != protocol.CodeForbidden {
		t.Errorf("Bob gets the file: %s %v", res.Status, r)
	}
	_, again := h.operator(h.bob)
	if in := again.Inbox; in.Active != 0 || in.All != 0 || len(in.Rows) != 0 {
		t.Errorf("Bob comes back to %+v", in)
	}

	h.asAnn(&protocol.ConversationAssign{Conversation: 1, Assignee: h.bob})
	if row := nextRow(t, h, bob, 1); row.LastText != "SECRET reply" {
		t.Errorf("given back, the row is %+v", row)
	}
	if page := watch(t, h, bob, 1); len(texts(t, page.Items)) != 4 {
		t.Errorf("given back, the page is %q", texts(t, page.Items))
	}
}

func TestNothingQueuedOfALostConversationIsWritten(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	h.say(kira, 0, "first")
	bob, _ := h.operator(h.bob)
	ann, _ := h.operator(h.ann)
	h.say(bob, 1, "mine")
	// The taking away races the messages and pages before it: none may come after the news that it is gone.
	for range 30 {
		h.asAnn(&protocol.ConversationAssign{Conversation: 1, Assignee: h.bob})
		if _, err := bob.Send(h.ctx(), protocol.KindConversationWatch, &protocol.ConversationWatch{Conversation: 1}); err != nil {
			t.Fatal(err)
		}
		for range 5 {
			if _, err := kira.Send(h.ctx(), protocol.KindMessageSend, &protocol.MessageSend{Text: "racing"}); err != nil {
				t.Fatal(err)
			}
			if _, err := bob.Send(h.ctx(), protocol.KindHistoryRead, &protocol.HistoryRead{Conversation: 1, Before: 1 << 40}); err != nil {
				t.Fatal(err)
			}
		}
		h.asAnn(&protocol.ConversationAssign{Conversation: 1, Assignee: h.ann})
		h.wait(bob, gone(t, 1))
		h.settle(bob)
		h.settle(kira)
		bob.Take()
		h.say(ann, 1, "AFTERWARDS")
		h.settle(bob)
		for _, f := range bob.Take() {
			if mentions(t, f, 1, "AFTERWARDS") {
				t.Fatalf("Bob heard %s of it afterwards", f.Kind)
			}
		}
	}
}

func TestADownloadEndsWithTheRightToIt(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, welcome := h.visitor("")
	big := strings.Repeat("all of it is secret ", 1<<20) // 20 MB: more than the kernel takes at once
	file := h.upload(t, h.fromWidget(welcome.VisitorKey), "big.txt", big)
	h.say(kira, 0, "", file.ID)
	bob, _ := h.operator(h.bob)
	h.say(bob, 1, "mine")
	cookie := h.cookieOf(h.bob)
	res := h.request("GET", "/files/"+string(file.ID), nil, h.fromConsole(cookie))
	if _, err := io.ReadFull(res.Body, make([]byte, 1000)); err != nil {
		t.Fatal(err)
	}
	h.asAnn(&protocol.ConversationAssign{Conversation: 1, Assignee: h.ann})
	if n, err := io.Copy(io.Discard, res.Body); err == nil || n > 15<<20 {
		t.Errorf("after losing it Bob got %d bytes more, %v", n, err)
	}
	h.asAnn(&protocol.ConversationAssign{Conversation: 1, Assignee: h.bob})
	res = h.request("GET", "/files/"+string(file.ID), nil, h.fromConsole(cookie))
	if _, err := io.ReadFull(res.Body, make([]byte, 1000)); err != nil {
		t.Fatal(err)
	}
	if out := h.request("DELETE", "/session", nil, h.fromConsole(cookie)); out.StatusCode != http.StatusNoContent {
		t.Fatalf("signing out: %s", out.Status)
	}
	if n, err := io.Copy(io.Discard, res.Body); err == nil || n > 15<<20 {
		t.Errorf("after signing out Bob got %d bytes more, %v", n, err)
	}
}

func TestAReplyClaimsAndOthersMayNotWrite(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	h.say(kira, 0, "hello")
	carl := h.hire("Carl", "carl@example.com", protocol.RoleOperator, false)
	bob, _ := h.operator(h.bob)
	c, _ := h.operator(carl)
	h.say(bob, 1, "I take this")
	h.wait(c, func(f protocol.Frame) bool {
		if f.Kind != protocol.KindInbox || f.ID != "" {
			return false
		}
		for _, r := range body[protocol.Inbox](t, f).Rows {
			if r.Assignee == h.bob {
				return !r.MayWrite
			}
		}
		return false
	})
	h.refused(c, protocol.KindMessageSend, &protocol.MessageSend{Conversation: 1, Text: "me too"}, protocol.CodeNotAssigned)
	ann, _ := h.operator(h.ann)
	h.say(ann, 1, "an administrator may")
	page := watch(t, h, c, 1)
	if page.Row.Assignee != h.bob || len(texts(t, page.Items)) != 3 {
		t.Errorf("Carl sees %+v and %q", page.Row, texts(t, page.Items))
	}
}

func TestDeactivationEndsEverythingWithinTwoSeconds(t *testing.T) {
	t.Parallel()
	h := open(t)
	bobs := h.cookieOf(h.bob)
	bob := h.dial(line.Options{Cookie: bobs})
	if _, err := bob.Hello(h.ctx(), protocol.Hello{}); err != nil {
		t.Fatal(err)
	}
	ann, _ := h.operator(h.ann)
	began := time.Now()
	h.ask(ann, protocol.KindOperatorDeactivate, &protocol.OperatorDeactivate{Operator: h.bob})
	if code := h.goodbye(bob); code != protocol.CodeUnauthorized {
		t.Errorf("Bob's line ended with %s", code)
	}
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("it took %v", took)
	}
	if res := h.request("GET", "/session", nil, h.fromConsole(bobs)); res.StatusCode != http.StatusUnauthorized {
		t.Errorf("Bob's session answers %s", res.Status)
	}
	back := h.dial(line.Options{Cookie: bobs})
	if _, err := back.Hello(h.ctx(), protocol.Hello{}); codeOf(err) != protocol.CodeUnauthorized {
		t.Errorf("Bob's hello answers %v", err)
	}
	h.ask(ann, protocol.KindOperatorActivate, &protocol.OperatorActivate{Operator: h.bob})
	if res := h.request("GET", "/session", nil, h.fromConsole(bobs)); res.StatusCode != http.StatusUnauthorized {
		t.Errorf("activated again, Bob's old session answers %s", res.Status)
	}
}

// TestARepeatedDeactivationSignsNobodyOut: an accepted id is answered as the first time, whoever it names now.
func TestARepeatedDeactivationSignsNobodyOut(t *testing.T) {
	t.Parallel()
	h := open(t)
	carl := h.hire("Carl", "carl@example.com", protocol.RoleOperator, false)
	ann, _ := h.operator(h.ann)
	id := line.NewID()
	deactivate := func(who protocol.OperatorID) protocol.Frame {
		body := protocol.EncodeBody(&protocol.OperatorDeactivate{Operator: who})
		if err := ann.Frame(h.ctx(), protocol.Frame{Kind: protocol.KindOperatorDeactivate, ID: id, Body: body}); err != nil {
			t.Fatal(err)
		}
		f, err := ann.Answer(h.ctx(), id)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	signedIn := func(name string, c *http.Cookie) {
		if res := h.request("GET", "/session", nil, h.fromConsole(c)); res.StatusCode != http.StatusOK {
			t.Errorf("%s answers %s", name, res.Status)
		}
	}
	deactivate(h.bob)
	carls := h.cookieOf(carl)
	deactivate(carl)
	signedIn("Carl's session", carls)
	deactivate(protocol.OperatorID(newID()))
	h.ask(ann, protocol.KindOperatorActivate, &protocol.OperatorActivate{Operator: h.bob})
	bobs := h.cookieOf(h.bob)
	deactivate(h.bob)
	signedIn("Bob's session, who is back,", bobs)
}

func TestAPeerThatDoesNotReadIsCutOffAllTheSame(t *testing.T) {
	t.Parallel()
	h := open(t)
	raw := h.socket(t, header("Origin", h.base), func(r *http.Request) { r.AddCookie(h.cookieOf(h.bob)) })
	raw.frames(protocol.Frame{Kind: protocol.KindHello, ID: line.NewID(), Body: protocol.EncodeBody(&protocol.Hello{Version: 1})})
	raw.until(func(f protocol.Frame) bool { return f.Kind == protocol.KindWelcome })
	ann, _ := h.operator(h.ann)
	h.ask(ann, protocol.KindOperatorDeactivate, &protocol.OperatorDeactivate{Operator: h.bob})
	began := time.Now()
	raw.ended() // it never answers the closing handshake
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("it took %v", took)
	}
}

func TestARoleEndsWithItsRights(t *testing.T) {
	t.Parallel()
	h := open(t)
	eve := h.hire("Eve", "eve@example.com", protocol.RoleAdmin, false)
	e, _ := h.operator(eve)
	ann, _ := h.operator(h.ann)
	h.ask(ann, protocol.KindRoleChange, &protocol.RoleChange{Operator: eve, Role: protocol.RoleOperator})
	if code := h.goodbye(e); code != protocol.CodeGoingAway {
		t.Errorf("Eve's line ended with %s: she shall come back as what she is now", code)
	}
	e, w := h.operator(eve)
	if w.Me.Role != protocol.RoleOperator {
		t.Errorf("she comes back as %s", w.Me.Role)
	}
	h.refused(e, protocol.KindRoleChange, &protocol.RoleChange{Operator: eve, Role: protocol.RoleAdmin}, protocol.CodeForbidden)
	for _, o := range w.Team.Operators {
		if o.ID != eve && o.Email != "" {
			t.Errorf("an operator sees %s's address", o.Name)
		}
	}
}

func TestTheLastAdministratorStays(t *testing.T) {
	t.Parallel()
	h := open(t)
	ann, _ := h.operator(h.ann)
	h.refused(ann, protocol.KindRoleChange, &protocol.RoleChange{Operator: h.ann, Role: protocol.RoleOperator}, protocol.CodeConflict)
	h.refused(ann, protocol.KindOperatorDeactivate, &protocol.OperatorDeactivate{Operator: h.ann}, protocol.CodeConflict)
}

func TestInvitingGivesALinkThatWorksOnce(t *testing.T) {
	t.Parallel()
	h := open(t)
	ann, _ := h.operator(h.ann)
	f := h.ask(ann, protocol.KindOperatorInvite, &protocol.OperatorInvite{Name: "Dora", Email: "dora@example.com", Role: protocol.RoleOperator})
	invited := body[protocol.Invited](t, f)
	token, ok := strings.CutPrefix(invited.Path, "/setup#")
	if f.Kind != protocol.KindInvited || !ok || h.secret(token) == "" {
		t.Fatalf("the answer is %s %+v", f.Kind, invited)
	}
	h.refused(ann, protocol.KindOperatorInvite, &protocol.OperatorInvite{Name: "Dora 2", Email: "DORA@example.com", Role: protocol.RoleOperator}, protocol.CodeConflict)
	var o store.Operator
	if err := h.Engine.Read(func(r store.Reader) (err error) {
		o, err = store.Operators.Get(r, store.Text(invited.Operator))
		return err
	}); err != nil || o.State != protocol.OperatorInvitedState {
		t.Fatalf("her account is %+v, %v", o, err)
	}
}
