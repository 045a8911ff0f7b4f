package desk_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/server/desk/conversation"
	"beseda/server/desk/team"
	"beseda/store"
)

// TestAQuoteIsDressedForWhoReadsIt lets everybody do anything, quote what they like and leave things unsent, and holds
// after each few steps that whoever reads a page sees the text of a quoted message exactly where they may read the
// conversation that holds it now, that of a quote nothing but its message is stored, and that what is unsent is where it
// can be found. At last the log makes the same of an empty store.
func TestAQuoteIsDressedForWhoReadsIt(t *testing.T) {
	t.Parallel()
	shown, hidden, saved := 0, 0, 0
	for seed := range uint64(6) {
		o := newOffice(t, nil)
		o.eve.must(o.eve.do(protocol.KindPolicyChange, &protocol.PolicyChange{
			Values: []protocol.PolicyValue{{Key: "access.read", Value: "assigned"}}}))
		c := newChaos(o, seed)
		for step := range 300 {
			c.step()
			who := pick(c, o.kira, o.lev, o.eve, o.ann, o.bob)
			number := protocol.Number(1 + c.rnd.IntN(8))
			at := protocol.Position(1 + c.rnd.IntN(int(o.last())+2))
			switch kind := c.rnd.IntN(4); {
			case kind == 0 && who.sender != protocol.FromVisitor:
				if _, err := who.do(protocol.KindDraftSave, &protocol.DraftSave{Conversation: number, Text: fmt.Sprint("unsent ", step), Quote: at * protocol.Position(c.rnd.IntN(2))}); err == nil {
					saved++
				}
			case kind == 1 && who.sender != protocol.FromVisitor:
				_, _ = who.do(protocol.KindQuickReplyCreate, &protocol.QuickReplyCreate{Name: "x", Text: "x", Shared: c.rnd.IntN(2) == 0})
			default:
				if who.sender == protocol.FromVisitor {
					number = 0
				}
				_, _ = who.do(protocol.KindMessageSend, &protocol.MessageSend{Conversation: number, Text: fmt.Sprint("answer ", step), Quote: at})
			}
			if step%10 == 0 {
				s, h := checkQuotes(t, o)
				shown, hidden = shown+s, hidden+h
			}
			if t.Failed() {
				t.Fatalf("seed %d step %d", seed, step)
			}
		}
		checkDrafts(t, o)
		checkReplay(t, o)
	}
	if shown < 100 || hidden < 100 || saved < 30 {
		t.Errorf("%d quotes were shown, %d hidden, %d drafts kept: too little came about", shown, hidden, saved)
	}
}

// checkQuotes compares, for everybody and every page, what quotes show with the access rule.
func checkQuotes(t *testing.T, o *office) (shown, hidden int) {
	t.Helper()
	o.read(func(r store.Reader) error {
		for conv, err := range store.Conversations.Scan(r, store.Conversations.Under()) {
			if err != nil {
				return err
			}
			for _, reader := range []person{o.kira, o.eve, o.ann, o.bob, o.robot} {
				sight, may := conversation.ForVisitor(), func(store.Conversation) bool { return true }
				if reader.sender != protocol.FromVisitor {
					who, err := store.Operators.Get(r, store.Text(reader.id()))
					if err != nil {
						return err
					}
					m, err := team.MemberOf(r, &who)
					if err != nil {
						return err
					}
					sight, may = conversation.ForMember(m), func(conv store.Conversation) bool {
						held, err := team.HeldBy(r, &conv)
						if err != nil {
							t.Error(err)
						}
						return team.MayRead(m, held)
					}
				}
				items, _, err := conversation.Newest(r, conv.Thread, conv.Ranges, 0, 0, 1<<20, sight)
				if err != nil {
					return err
				}
				for _, item := range items {
					if item.Kind != protocol.KindMessageSent {
						continue
					}
					q := decoded[protocol.MessageSent](t, &item).Quote
					if q == nil {
						continue
					}
					raw, err := store.Items.Get(r, store.Text(item.Thread), store.Num(item.Position))
					if err != nil {
						return err
					}
					if d := cmp.Diff(&protocol.Quote{Message: q.Message}, decoded[protocol.MessageSent](t, &raw).Quote); d != "" {
						t.Errorf("stored of a quote is more than its message (-want +got)\n%s", d)
					}
					holder, err := conversation.Holding(r, item.Thread, q.Message)
					if err != nil && !errors.Is(err, store.ErrNotFound) {
						return err
					}
					if err != nil || !may(holder) { // erased, or not theirs to read
						hidden++
						if d := cmp.Diff(&protocol.Quote{Message: q.Message, Gone: true}, q); d != "" {
							t.Errorf("%s may not read %d of #%d and sees (-want +got)\n%s", reader.name, q.Message, holder.Number, d)
						}
						continue
					}
					shown++
					if q.Gone || q.Text == "" && q.Attachment == "" || q.Actor == nil {
						t.Errorf("%s may read #%d and sees %+v", reader.name, holder.Number, q)
					}
					if number := map[bool]protocol.Number{false: holder.Number}[reader.sender == protocol.FromVisitor]; q.Conversation != number {
						t.Errorf("%s is told #%d, not #%d", reader.name, q.Conversation, number)
					}
				}
			}
		}
		return nil
	})
	return shown, hidden
}

// checkDrafts: none lies where its author cannot come upon it, or is empty.
func checkDrafts(t *testing.T, o *office) {
	t.Helper()
	o.read(func(r store.Reader) error {
		for e, err := range r.Scan(store.Drafts.Under()) {
			if err != nil {
				return err
			}
			d, err := store.Drafts.Decode(e.Key, e.Value)
			if err != nil {
				return err
			}
			if !strings.HasPrefix(d.Text, "unsent ") {
				t.Errorf("a draft is %+v", d)
			}
			if conv := o.conv(store.LastNum[protocol.Number](e.Key)); conv.MergedInto != 0 {
				t.Errorf("a draft lies in #%d, which was merged into #%d", conv.Number, conv.MergedInto)
			}
		}
		return nil
	})
}
