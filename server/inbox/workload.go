package inbox

import (
	"cmp"
	"slices"

	"beseda/protocol"
)

// Workload counts, among the conversations that a viewer may read, how many each operator has or had last. Whoever reads
// not everything learns of themselves only: of others they would see a part, which is no number of anything.
func (in *Inbox) Workload(v *Viewer) (out protocol.Workload) {
	in.mu.RLock()
	defer in.mu.RUnlock()
	each := map[protocol.OperatorID]protocol.OperatorWorkload{}
	for e := range in.each() {
		if !v.may(e) {
			continue
		}
		out.Conversations++
		who := e.held.Assignee
		if who == "" || who != v.id && !v.member.Admin && !v.member.Bot {
			continue
		}
		own := each[who]
		own.Operator = who
		own.Conversations++
		own.Active += one(e.active)
		each[who] = own
	}
	for _, own := range each {
		out.Operators = append(out.Operators, own)
	}
	slices.SortFunc(out.Operators, func(a, b protocol.OperatorWorkload) int {
		return cmp.Or(cmp.Compare(b.Conversations, a.Conversations), cmp.Compare(a.Operator, b.Operator))
	})
	return out
}
