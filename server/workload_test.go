package server

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/server/session/line"
)

func workload(h *house, l *line.Line) protocol.Workload {
	h.t.Helper()
	return body[protocol.Workload](h.t, h.ask(l, protocol.KindWorkloadRead, &protocol.WorkloadRead{}))
}

func TestSTT01EachConversationCountsForItsVisitorAndItsOperator(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, _ := h.visitor("")
	ann, _ := h.operator(h.ann)
	bob, _ := h.operator(h.bob)
	if got := workload(h, ann); got.Conversations != 0 || len(got.Operators) != 0 {
		t.Errorf("in the beginning there is %+v", got)
	}
	for day := range protocol.Number(3) {
		h.say(kira, 0, fmt.Sprint("day ", day+1))
		h.say(ann, day+1, "answered")
		closes(h, ann, day+1)
	}
	if row := rowOf(h, ann, 3); row.Started != 3 {
		t.Errorf("Kira's count is %d", row.Started)
	}
	lev, _ := h.visitor("")
	h.say(lev, 0, "hello")
	h.say(bob, 4, "hello")
	nobodys, _ := h.visitor("")
	h.say(nobodys, 0, "is anybody there?")
	anns := protocol.OperatorWorkload{Operator: h.ann, Conversations: 3}
	bobs := protocol.OperatorWorkload{Operator: h.bob, Conversations: 1, Active: 1}
	if d := cmp.Diff(protocol.Workload{Conversations: 5, Operators: []protocol.OperatorWorkload{anns, bobs}}, workload(h, ann)); d != "" {
		t.Errorf("Ann is told (-want +got)\n%s", d)
	}
	if d := cmp.Diff(protocol.Workload{Conversations: 5, Operators: []protocol.OperatorWorkload{bobs}}, workload(h, bob)); d != "" {
		t.Errorf("Bob is told (-want +got)\n%s", d)
	}
	setPolicy(h, "access.read", "assigned")
	if d := cmp.Diff(protocol.Workload{Conversations: 2, Operators: []protocol.OperatorWorkload{bobs}}, workload(h, bob)); d != "" {
		t.Errorf("of what he may read Bob is told (-want +got)\n%s", d)
	}
	h.refused(kira, protocol.KindWorkloadRead, &protocol.WorkloadRead{}, protocol.CodeForbidden)

	// Merged ones count once.
	h.ask(ann, protocol.KindConversationReopen, &protocol.ConversationReopen{Conversation: 3})
	h.ask(ann, protocol.KindConversationMerge, &protocol.ConversationMerge{Conversation: 3, Into: 2})
	anns.Conversations, anns.Active = 2, 1
	want := protocol.Workload{Conversations: 4, Operators: []protocol.OperatorWorkload{anns, bobs}}
	if d := cmp.Diff(want, workload(h, ann)); d != "" {
		t.Errorf("after a merge (-want +got)\n%s", d)
	}
	if row := rowOf(h, ann, 2); row.Started != 2 {
		t.Errorf("after a merge Kira's count is %d", row.Started)
	}
	h.stop()
	h.start()
	ann, _ = h.operator(h.ann)
	if d := cmp.Diff(want, workload(h, ann)); d != "" {
		t.Errorf("after a restart (-want +got)\n%s", d)
	}
}
