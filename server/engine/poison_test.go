package engine_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/server/engine"
	"beseda/store"
)

func TestPoisonIsRefusedAloneAndTheHouseGoesOn(t *testing.T) {
	t.Parallel()
	for name, poison := range map[string]engine.Command{
		"a decision that panics": {Author: "ann", ID: "x", Decide: func(r store.Reader, _ int64, _ func() string) (store.Outcome, error) {
			for range r.Scan(store.Range{}) {
				panic("in the middle of a scan")
			}
			panic("nothing to scan")
		}},
		"a view that panics":                 says("ann", "x", written("lost", "1"), protocol.Frame{Kind: kindPanic}),
		"a view that fails":                  says("ann", "x", written("lost", "1"), protocol.Frame{Kind: kindPoison}),
		"an event that no view knows":        says("ann", "x", written("lost", "1"), protocol.Frame{Kind: "nobody.knows"}),
		"an event whose body cannot be read": says("ann", "x", protocol.Frame{Kind: kindWritten, Body: protocol.Raw{0xc1}}),
		"a private write without a value": {Author: "ann", ID: "x", Decide: func(store.Reader, int64, func() string) (store.Outcome, error) {
			return store.Outcome{
				Events:  []protocol.Frame{written("lost", "1")},
				Private: []store.Write{{Key: store.Uploads.Key(store.Text("u")), Value: []byte{}}},
			}, nil
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, nil)
			_, errs := h.together(
				says("ann", "1", written("a", "1")),
				poison,
				says("ann", "2", written("a", "2")),
				poison,
			)
			for i, refused := range []bool{false, true, false, true} {
				if (errs[i] != nil) != refused {
					t.Errorf("command %d: %v", i, errs[i])
				}
			}
			if code := codeOf(errs[1]); code != "" {
				t.Errorf("poison is answered %s: an inner failure must not look like a refusal", code)
			}
			h.restart()
			h.mustDo(says("ann", "3", written("b", "1")))
			if diff := cmp.Diff(map[string]string{"za": "2", "zb": "1", "zfirst": "x"}, h.cells()); diff != "" {
				t.Error(diff)
			}
		})
	}
}
