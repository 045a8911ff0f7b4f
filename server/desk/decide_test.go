package desk_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
)

// step is one thing that somebody does.
type step func(*office) (protocol.Accepted, error)

// decision is a row of the desk as tables, one for each noun: what was before, who asks for what, and the events or the
// refusal that follow. A receipt is left out of the events where a row does not ask for it with receipts.
type decision struct {
	name  string
	given []step
	when  step
	want  []string
	code  string
}

// decides takes each decision in an office of its own.
func decides(t *testing.T, all []decision) {
	t.Helper()
	for _, tc := range all {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t, nil)
			for i, do := range tc.given {
				if _, err := do(o); err != nil {
					t.Fatalf("given %d: %v", i+1, err)
				}
			}
			before := o.last()
			a, err := tc.when(o)
			if got := answer(err); got != tc.code {
				t.Fatalf("answered %q, want %q", got, tc.code)
			}
			if err != nil {
				tc.want = []string{}
			}
			got := o.since(before)
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("want - got +:\n%s", diff)
			}
			if err == nil && len(got) > 0 && a.Position != o.last() {
				t.Errorf("answered position %d, want that of the last event, %d", a.Position, o.last())
			}
			checkInvariants(t, o)
		})
	}
}

// Steps that many rows take.

func kiraWrites(o *office) (protocol.Accepted, error) { return o.kira.says("hello") }

func annReplies(o *office) (protocol.Accepted, error) { return o.ann.replies(1, "how can I help?") }

func annLeaves(o *office) (protocol.Accepted, error) { return o.eve.deactivates(o.ann) }

func eveCloses(o *office) (protocol.Accepted, error) { return o.eve.closes(1) }

func eveGives(n protocol.Number, to func(*office) person) step {
	return func(o *office) (protocol.Accepted, error) { return o.eve.assigns(n, to(o)) }
}

func toAnn(o *office) person { return o.ann }

func toBob(o *office) person { return o.bob }

func toRobot(o *office) person { return o.robot }

func toNobody(o *office) person { return person{o: o} }

func administers(who func(*office) person) step {
	return func(o *office) (protocol.Accepted, error) {
		return o.eve.do(protocol.KindRoleChange, &protocol.RoleChange{Operator: who(o).id(), Role: protocol.RoleAdmin})
	}
}
