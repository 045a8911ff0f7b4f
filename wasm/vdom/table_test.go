package vdom

import (
	"strings"
	"testing"
)

func TestEveryNumberHasAWord(t *testing.T) {
	t.Parallel()
	for what, tt := range map[string]struct {
		words string
		n     int
	}{
		"tags": {TagNames, int(tagEnd)}, "attributes": {AttrNames, int(nameEnd)}, "events": {EventNames, int(eventEnd)},
	} {
		words := strings.Fields(tt.words)
		if len(words) != tt.n {
			t.Errorf("%s: %d words for %d numbers", what, len(words), tt.n)
		}
		seen := map[string]bool{}
		for _, w := range words {
			if seen[w] {
				t.Errorf("%s: %s twice", what, w)
			}
			seen[w] = true
		}
	}
	for tag, want := range map[Tag]string{LI: "li", Figure: "figure", TD: "td"} {
		if got := strings.Fields(TagNames)[tag]; got != want {
			t.Errorf("tag %d is %q, want %q", tag, got, want)
		}
	}
	for name, want := range map[Name]string{AriaLabel: "aria-label", Value: ".value", StyleShare: "~--b-share", DataAnchor: "data-anchor"} {
		if got := strings.Fields(AttrNames)[name]; got != want {
			t.Errorf("attribute %d is %q, want %q", name, got, want)
		}
	}
	for event, want := range map[Event]string{Submit: "submit", PointerLeave: "pointerleave", Failed: "error"} {
		if got := strings.Fields(EventNames)[event]; got != want {
			t.Errorf("event %d is %q, want %q", event, got, want)
		}
	}
}
