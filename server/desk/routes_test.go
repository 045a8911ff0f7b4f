package desk_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"beseda/protocol"
	"beseda/server/desk/conversation"
	"beseda/server/desk/policy"
	"beseda/store"
)

// inbound is §4: what becomes of a visitor's message, by the state of L and the policies. The columns are L; a cell says
//
//	new               a conversation is made, L stays as it is
//	append            added to L, which stays as it is
//	append open       added to L, whose status becomes open
//	reactivate split  L is active again, and the message may be split off
//	reactivate        the same without the offer
//	reopen            L is active again under its number
const inbound = `
policies                                     | none | A/open | A/pending   | C/open           | C/pending        | C/closed
                                             | new  | append | append open | reactivate split | reactivate split | new
preset=beseda                                | new  | append | append open | reactivate split | reactivate split | new
preset=amo                                   | new  | append | append open | reactivate       | reactivate       | reopen
preset=omni                                  | new  | append | append open | reactivate split | reactivate split | new
preset=retail                                | new  | append | append open | reactivate       | reactivate       | reopen
inbound.open=new                             | new  | append | append open | new              | reactivate split | new
inbound.pending=new                          | new  | append | append open | reactivate split | new              | new
split.enabled=false                          | new  | append | append open | reactivate       | reactivate       | new
inbound.closed=reopen                        | new  | append | append open | reactivate split | reactivate split | reopen
inbound.closed=reopen_within:5m              | new  | append | append open | reactivate split | reactivate split | reopen
inbound.closed=reopen_within:4m59s           | new  | append | append open | reactivate split | reactivate split | new
inbound.open=new inbound.closed=reopen       | new  | append | append open | new              | reactivate split | reopen
`

// outbound is §5 for operators. forbid is refused; keep adds and changes nothing.
const outbound = `
policies                                        | A/open | A/pending | C/open     | C/pending  | C/closed
                                                | append | append    | reactivate | reactivate | reopen
preset=amo                                      | append | append    | reactivate | reactivate | reopen
preset=omni                                     | append | append    | reactivate | reactivate | reopen
preset=retail                                   | append | append    | reactivate | reactivate | reopen
outbound.completed=keep                         | append | append    | keep       | keep       | reopen
outbound.closed=new                             | append | append    | reactivate | reactivate | new
outbound.closed=keep                            | append | append    | reactivate | reactivate | keep
outbound.closed=forbid                          | append | append    | reactivate | reactivate | forbid
outbound.completed=keep outbound.closed=forbid  | append | append    | keep       | keep       | forbid
`

// cells walks a table: the policies of a row, the state of a column, and what stands there.
func cells(table string, each func(policies, state, cell string)) {
	var columns []string
	for line := range strings.Lines(strings.TrimSpace(table)) {
		parts := strings.Split(strings.TrimRight(line, "\n"), "|")
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		if columns == nil {
			columns = parts
			continue
		}
		for i, cell := range parts[1:] {
			each(parts[0], columns[i+1], cell)
		}
	}
}

// inState makes Kira's conversation #1, which Ann has answered, brings it into a state five minutes ago, and only then
// sets the policies: not every state can be had under every preset.
func inState(t *testing.T, policies, state string) *office {
	t.Helper()
	o := newOffice(t, nil)
	o.sets("autocomplete.after", "off")
	if state != "none" {
		o.kira.must(o.kira.says("hello"))
		o.ann.must(o.ann.replies(1, "yes?"))
		o.puts(1, state)
	}
	o.pass(5 * time.Minute)
	for pair := range strings.FieldsSeq(policies) {
		key, value, _ := strings.Cut(pair, "=")
		o.sets(key, value)
	}
	return o
}

func TestInboundRoutes(t *testing.T) {
	t.Parallel()
	cells(inbound, func(policies, state, cell string) {
		t.Run(fmt.Sprintf("%s where %s", state, policies), func(t *testing.T) {
			t.Parallel()
			o := inState(t, policies, state)
			before, from := o.last(), look(t, o)
			o.kira.must(o.kira.says("and another thing"))
			checkRoute(t, o, cell, state, before, "visitor")
			checkStep(t, from, checkInvariants(t, o), o.events(before))
		})
	})
}

func TestOutboundRoutes(t *testing.T) {
	t.Parallel()
	cells(outbound, func(policies, state, cell string) {
		t.Run(fmt.Sprintf("%s where %s", state, policies), func(t *testing.T) {
			t.Parallel()
			o := inState(t, policies, state)
			before, from := o.last(), look(t, o)
			_, err := o.ann.replies(1, "and another thing")
			if want := map[bool]string{true: "forbidden", false: ""}[cell == "forbid"]; answer(err) != want {
				t.Fatalf("answered %q, want %q", answer(err), want)
			}
			checkRoute(t, o, cell, state, before, "operator")
			checkStep(t, from, checkInvariants(t, o), o.events(before))
		})
	})
}

func checkRoute(t *testing.T, o *office, cell, state string, before protocol.Position, author protocol.ActorKind) {
	t.Helper()
	number, now := protocol.Number(1), "A/open"
	var state1 []protocol.Kind // #1's
	offers := false
	switch cell {
	case "new":
		number, state1 = 2, nil
		if state == "none" {
			number = 1
		}
	case "append":
		now = state
	case "append open":
		state1 = []protocol.Kind{protocol.KindStatusSet}
	case "reactivate split", "reactivate":
		state1, offers = []protocol.Kind{protocol.KindConversationReactivated}, cell == "reactivate split"
	case "reopen":
		state1 = []protocol.Kind{protocol.KindConversationReopened}
	case "keep":
		now = state
	case "forbid":
		if got := o.last(); got != before {
			t.Errorf("%d events", got-before)
		}
		return
	default:
		t.Fatalf("no cell says %q", cell)
	}
	var got []protocol.Kind
	var message protocol.Frame
	for _, ev := range o.events(before) {
		switch ev.Kind {
		case protocol.KindMessageSent:
			message = ev
		case protocol.KindConversationStarted, protocol.KindVisitorArrived, protocol.KindReceiptAdvanced:
		default:
			got = append(got, ev.Kind)
			if ev.Actor.Kind != author {
				t.Errorf("%s by %s", ev.Kind, ev.Actor.Kind)
			}
		}
	}
	if fmt.Sprint(got) != fmt.Sprint(state1) {
		t.Errorf("wrote %v, want %v", got, state1)
	}
	if message.Conversation != number || o.now(number) != now {
		t.Errorf("the message is in #%d, which is %s; want #%d, %s", message.Conversation, o.now(message.Conversation), number, now)
	}
	if number == 2 && o.now(1) != state {
		t.Errorf("#1 is %s, not %s as before", o.now(1), state)
	}
	conv := o.conv(number)
	if (conv.Offer != nil) != offers || offers && (conv.Offer.From != message.Position || "C/"+string(conv.Offer.Status) != state) {
		t.Errorf("the offer is %+v", conv.Offer)
	}
}

// STA-09: whatever else is true of the last conversation, the route is a function of its axes, the policies, the record
// and the time since closing.
func TestSTA09NothingElseDecidesWhereAMessageGoes(t *testing.T) {
	t.Parallel()
	policies := []policy.Policy{
		{InboundClosed: policy.New, InboundOpen: true, InboundPending: true, Split: true},
		{InboundClosed: policy.Reopen}, {InboundClosed: policy.ReopenWithin, Within: 1000, InboundOpen: true},
	}
	none := func() conversation.Target { return conversation.Target{} }
	deal := func() conversation.Target { return conversation.Target{Record: "deal"} }
	for _, p := range policies {
		for _, state := range []conversation.State{conversation.ActiveOpen, conversation.ActivePending, conversation.CompletedOpen,
			conversation.CompletedPending, conversation.CompletedClosed} {
			for _, since := range []int64{0, 1000, 1001} {
				plain := store.Conversation{Activity: state.Activity, Status: state.Status, ClosedAt: 5000 - since, LastMessage: 1}
				busy := plain
				busy.Assignee, busy.Subject, busy.Former, busy.LastAt, busy.Number = "ann", "Refund", []protocol.OperatorID{"bob"}, 9, 41
				busy.Wait, busy.TeamRead, busy.Deadline = &store.Wait{From: 3}, 7, 77
				for _, chosen := range []func() conversation.Target{none, deal} {
					a := conversation.RouteInbound(&plain, &p, true, 5000, chosen)
					b := conversation.RouteInbound(&busy, &p, true, 5000, chosen)
					if a != b {
						t.Errorf("%v, %v after: %+v and %+v", state, since, a, b)
					}
				}
				// Row 9: another record than the closed one's is chosen, so that a new conversation begins.
				if to := conversation.RouteInbound(&plain, &p, true, 5000, deal); state == conversation.CompletedClosed && !to.Create {
					t.Errorf("another record was chosen, and it goes to %v", to.To)
				}
			}
		}
	}
}
