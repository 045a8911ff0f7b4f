package bridge

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/wasm/vdom"
)

func TestThePageKnowsTheSameWords(t *testing.T) {
	t.Parallel()
	script, err := os.ReadFile("../../widget/bridge.js")
	if err != nil {
		t.Fatal(err)
	}
	for constant, want := range map[string]string{
		"TAGS": vdom.TagNames, "NAMES": vdom.AttrNames, "EVENTS": vdom.EventNames, "KINDS": KindNames, "OPS": OpNames,
	} {
		m := regexp.MustCompile(`const ` + constant + ` = '([^']*)'`).FindSubmatch(script)
		if m == nil {
			t.Fatalf("no list %s in bridge.js", constant)
		}
		if diff := cmp.Diff(strings.Fields(want), strings.Fields(string(m[1]))); diff != "" {
			t.Errorf("%s: %s", constant, diff)
		}
	}
}

func TestThePagePerformsEveryEffect(t *testing.T) {
	t.Parallel()
	script, err := os.ReadFile("../../widget/bridge.js")
	if err != nil {
		t.Fatal(err)
	}
	_, list, _ := strings.Cut(string(script), "\nconst perform = {\n")
	list, _, _ = strings.Cut(list, "\n};\n")
	var got []string
	for _, m := range regexp.MustCompile(`(?m)^\t(?:async )?([a-z]+)(?:: |\()`).FindAllStringSubmatch(list, -1) {
		got = append(got, m[1])
	}
	if diff := cmp.Diff(strings.Fields(OpNames), got); diff != "" {
		t.Error(diff)
	}
	if n := len(strings.Fields(OpNames)); n != int(opEnd) {
		t.Errorf("%d words for %d effects", n, opEnd)
	}
	if n := len(strings.Fields(KindNames)); n != int(kindEnd-Start) {
		t.Errorf("%d words for %d kinds", n, kindEnd-Start)
	}
}
