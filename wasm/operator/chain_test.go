//go:build !wasm

package main

import (
	"strings"
	"testing"

	"beseda/protocol"
)

// chained is conversation 41 between 38 and 47, reactivated by message 12.
func chained() protocol.Row {
	r := row(41)
	r.Previous, r.Next, r.SplitFrom, r.MergeInto = 38, 47, 12, 38
	return r
}

func TestSPL01TheSplitLineStandsAboveTheMessageThatReactivated(t *testing.T) {
	t.Parallel()
	d := opened(t)
	if len(d.Page.ByClass("b-splitline")) != 0 {
		t.Error("it is offered where nothing was reactivated")
	}
	d.changed(0, chained())
	log := d.text("b-log")
	if at, message := strings.Index(log, "Move what follows"), strings.Index(log, "Is it in stock?"); at < 0 || message < at {
		t.Errorf("the log says %q", log)
	}
	reader := chained()
	reader.MayWrite = false
	d.changed(0, reader)
	if len(d.Page.ByClass("b-splitline")) != 0 {
		t.Error("it is offered to somebody who may not write")
	}
}

func TestSPL02SplittingLeadsToTheNewNumberWithTheDraft(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.changed(0, chained())
	d.Type("Reply", "About that new question")
	d.Click("Move what follows to a separate conversation")
	d.Click("Move what follows to a separate conversation")
	cmd := d.last(protocol.KindMessagesSplit)
	if got := decode[protocol.MessagesSplit](t, cmd); got.From != 12 || got.Conversation != 41 || d.count(protocol.KindMessagesSplit) != 1 {
		t.Errorf("sent %+v, %d times", got, d.count(protocol.KindMessagesSplit))
	}
	me := &protocol.Actor{Kind: protocol.ActorOperator, ID: string(ann), Name: "Ann"}
	d.frame(line(13, noon, me, protocol.KindConversationSplit, &protocol.ConversationSplit{From: 12, Into: 42, Status: protocol.Pending}))
	if got := d.text("b-log"); strings.Contains(got, "Is it in stock?") || !strings.Contains(got, "moved the messages that followed to #42") {
		t.Errorf("the old one shows %q", got)
	}
	d.hear(cmd.ID, protocol.KindAccepted, &protocol.Accepted{Position: 13, Conversation: 42})
	d.want("address", d.asked("push"), "/console/#42")
	d.want("draft", d.Draft(42).Text, "About that new question")
	d.want("left behind", d.Draft(41).Text, "")
}

func TestCHN01LinksToTheNeighboursStandAtBothEnds(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.changed(0, chained())
	folds := d.Page.ByClass("b-fold")
	if len(folds) != 2 {
		t.Fatalf("there are %d folds", len(folds))
	}
	d.want("end", folds[1].AllText(), "Next conversation #47")
	d.Click("Previous conversation #38")
	d.want("address", d.asked("push"), "/console/#38")
}

// shown presses the button that shows the previous conversation and plays its answer.
func (d *desk) shown(more bool) {
	d.t.Helper()
	d.Click("Show previous conversation #38")
	cmd := d.last(protocol.KindHistoryRead)
	if got := decode[protocol.HistoryRead](d.t, cmd); got.Conversation != 38 || got.Before != 0 {
		d.t.Errorf("asked %+v", got)
	}
	visitor := &protocol.Actor{Kind: protocol.ActorVisitor, ID: string(kira)}
	d.hear(cmd.ID, protocol.KindHistory, &protocol.History{Conversation: 38, More: more, Items: []protocol.Frame{
		{Kind: protocol.KindMessageSent, Position: 5, At: noon - 9_000_000, Actor: visitor, Conversation: 38,
			Body: protocol.EncodeBody(&protocol.MessageSent{Text: "Which bulb fits?"})},
		{Kind: protocol.KindConversationClosed, Position: 6, At: noon - 8_900_000, Conversation: 38,
			Actor: &protocol.Actor{Kind: protocol.ActorTimer}, Body: protocol.EncodeBody(&protocol.ConversationClosed{})},
	}})
}

func TestPRV02ThePreviousConversationIsShownInPlace(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.changed(0, chained())
	d.commands()
	receipts := d.count(protocol.KindReceiptAdvance)
	d.shown(true)
	d.want("said", d.asked("announce"), "1 message shown above")
	log := d.text("b-log")
	if a, b := strings.Index(log, "Which bulb fits?"), strings.Index(log, "Is it in stock?"); a < 0 || b < a {
		t.Errorf("the log says %q", log)
	}
	if !strings.Contains(log, "Beseda (automatic) closed the conversation") {
		t.Errorf("the author of the closing is missing in %q", log)
	}
	d.want("toggle", d.Page.ByID("previous").Attrs["aria-expanded"], "true")
	if d.count(protocol.KindReceiptAdvance) != receipts {
		t.Error("looking back was told as reading")
	}
	d.scroll("top")
	if got := decode[protocol.HistoryRead](t, d.last(protocol.KindHistoryRead)); got.Conversation != 38 || got.Before != 5 {
		t.Errorf("for the next page it asked %+v", got)
	}
	d.Click("Hide previous conversation")
	if strings.Contains(d.text("b-log"), "Which bulb fits?") || d.Page.ByID("merge") != nil {
		t.Error("something of it is still shown")
	}
}

func TestPRV04MergingIsOfferedOnlyWhileTheDirectPredecessorIsShown(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*protocol.Row)
		want   bool
	}{
		"the direct predecessor":        {func(*protocol.Row) {}, true},
		"another one lies between":      {func(r *protocol.Row) { r.MergeInto = 39 }, false},
		"it would be refused":           {func(r *protocol.Row) { r.MergeInto = 0 }, false},
		"the current one is closed":     {func(r *protocol.Row) { r.Activity, r.Status = protocol.Completed, protocol.Closed }, false},
		"the current one is only ended": {func(r *protocol.Row) { r.Activity = protocol.Completed }, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := opened(t)
			r := chained()
			c.change(&r)
			d.changed(0, r)
			if d.Page.ByID("merge") != nil {
				t.Error("it is offered before anything is shown")
			}
			d.shown(false)
			if got := d.Page.ByID("merge") != nil; got != c.want {
				t.Errorf("offered: %v", got)
			}
		})
	}
}

func TestMRG01MergingAsksAndThenTheAddressIsTheSurvivors(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.changed(0, chained())
	d.shown(false)
	d.Click("Merge #41 into #38")
	d.want("focus on the safe button", d.asked("focus"), "dialog-first")
	d.Click("Merge")
	cmd := d.last(protocol.KindConversationMerge)
	if got := decode[protocol.ConversationMerge](t, cmd); got.Conversation != 41 || got.Into != 38 {
		t.Errorf("sent %+v", got)
	}
	d.hear(cmd.ID, protocol.KindAccepted, &protocol.Accepted{Position: 14, Conversation: 38})
	d.want("address", d.asked("replace"), "/console/#38")
	if d.Route.Number != 38 || len(d.Page.ByClass("b-dialog")) != 0 {
		t.Errorf("it shows #%d", d.Route.Number)
	}
}

func TestAMergeThatChangedMeanwhileSaysSo(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.changed(0, chained())
	d.shown(false)
	d.Click("Merge #41 into #38")
	d.Click("Merge")
	d.hear(d.last(protocol.KindConversationMerge).ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeConflict, Reason: "changed"})
	d.want("the window says", d.alert(), "It changed meanwhile: look again at what stands there now.")
}

func TestMRG03AMergedNumberLeadsToItsMessage(t *testing.T) {
	t.Parallel()
	d := signedIn(t, "/console/#42")
	r := row(41)
	d.hear(d.last(protocol.KindConversationWatch).ID, protocol.KindHistory, &protocol.History{Conversation: 41, Items: items(), Row: &r, First: 12})
	d.want("address", d.asked("replace"), "/console/#41")
	d.page41()
	d.want("there", d.asked("scrollto"), "item-12")
}

func TestAColleaguesMergeTakesTheOpenConversationAlong(t *testing.T) {
	t.Parallel()
	d := opened(t)
	d.Type("Reply", "On my way")
	merged := protocol.Frame{Kind: protocol.KindConversationMerged, Position: 30, At: noon, Thread: thread, Conversation: 38,
		Actor: &protocol.Actor{Kind: protocol.ActorOperator, ID: string(bob), Name: "Bob"},
		Body:  protocol.EncodeBody(&protocol.ConversationMerged{From: 41, Activity: protocol.Active, Status: protocol.Open})}
	d.frame(merged)
	d.want("address", d.asked("replace"), "/console/#38")
	d.want("draft", d.Draft(38).Text, "On my way")
}

func TestAConversationThatLeftTheListIsAskedForOnceMore(t *testing.T) {
	t.Parallel()
	d := opened(t)
	before := d.count(protocol.KindConversationWatch)
	d.hear("", protocol.KindInbox, &protocol.Inbox{Gone: []protocol.Number{41}})
	if !strings.Contains(d.text("b-empty__title"), "#41 is no longer open to you") || strings.Contains(d.HTML(), "Is it in stock?") {
		t.Error("what was lost is still on screen")
	}
	if d.count(protocol.KindConversationWatch) != before+1 {
		t.Fatal("nobody asked where it went")
	}
	r := row(38)
	d.hear(d.last(protocol.KindConversationWatch).ID, protocol.KindHistory, &protocol.History{Conversation: 38, Items: items(), Row: &r, First: 12})
	d.want("address", d.asked("replace"), "/console/#38")
}

func TestTheRibbonNamesEveryEventAndItsAuthor(t *testing.T) {
	t.Parallel()
	operator := &protocol.Actor{Kind: protocol.ActorOperator, ID: string(bob), Name: "Bob"}
	for name, c := range map[string]struct {
		who  *protocol.Actor
		kind protocol.Kind
		body protocol.Body
		want string
	}{
		"completed by a timer":    {&protocol.Actor{Kind: protocol.ActorTimer}, protocol.KindConversationCompleted, &protocol.ConversationCompleted{Status: protocol.Pending}, "Beseda (automatic) completed the conversation as Pending"},
		"closed by the visitor":   {&protocol.Actor{Kind: protocol.ActorVisitor, ID: string(kira)}, protocol.KindConversationClosed, &protocol.ConversationClosed{}, "Kira Malova closed the conversation"},
		"opened by the visitor":   {&protocol.Actor{Kind: protocol.ActorVisitor, ID: string(kira)}, protocol.KindConversationReactivated, &protocol.ConversationReactivated{}, "Kira Malova opened the conversation again"},
		"reopened by an operator": {operator, protocol.KindConversationReopened, &protocol.ConversationReopened{}, "Bob reopened the conversation"},
		"by an integration":       {&protocol.Actor{Kind: protocol.ActorAPI}, protocol.KindConversationClosed, &protocol.ConversationClosed{}, "An integration closed the conversation"},
		"by a bot with a name":    {&protocol.Actor{Kind: protocol.ActorBot, ID: "x", Name: "Mila"}, protocol.KindConversationAssigned, &protocol.ConversationAssigned{Assignee: bob, AssigneeName: "Bob"}, "Mila assigned Bob"},
		"by the allocation bot":   {&protocol.Actor{Kind: protocol.ActorBot, ID: protocol.Allocator, Name: "x"}, protocol.KindConversationAssigned, &protocol.ConversationAssigned{Assignee: bob, AssigneeName: "Bob"}, "Allocation assigned Bob"},
		"split off from":          {operator, protocol.KindConversationStarted, &protocol.ConversationStarted{Split: 40}, "Bob moved these messages here from #40"},
		"merged":                  {operator, protocol.KindConversationMerged, &protocol.ConversationMerged{From: 44}, ""},
		"held":                    {operator, protocol.KindCompletionPostponed, &protocol.CompletionPostponed{Deadline: noon + 300_000}, "Bob held the conversation until 12:05"},
		"no reply needed":         {operator, protocol.KindReplyWaived, &protocol.ReplyWaived{}, "Bob decided that no reply is needed"},
		"status":                  {operator, protocol.KindStatusSet, &protocol.StatusSet{Status: protocol.Pending}, "Bob set the status to Pending"},
		"subject":                 {operator, protocol.KindSubjectSet, &protocol.SubjectSet{Subject: "Refund"}, "Bob set the subject: Refund"},
		"no subject":              {operator, protocol.KindSubjectSet, &protocol.SubjectSet{}, "Bob removed the subject"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := opened(t)
			d.frame(line(13, noon, c.who, c.kind, c.body))
			if c.kind == protocol.KindConversationMerged { // it lies between what is held: the page comes anew
				r := row(41)
				d.hear(d.last(protocol.KindConversationWatch).ID, protocol.KindHistory, &protocol.History{
					Conversation: 41, Row: &r, Items: append(items(), line(13, noon, c.who, c.kind, c.body)),
				})
				c.want = "Bob merged #44 into this conversation"
			}
			if got := d.text("b-ribbon"); !strings.HasSuffix(got, c.want+" · 12:00") {
				t.Errorf("the ribbon says %q", got)
			}
		})
	}
}
