package state

import (
	"testing"
	"time"
)

func TestDaysAreWrittenAsTheyAreRead(t *testing.T) {
	t.Parallel()
	for days := int64(0); days < 200*366; days++ {
		text := dayText(days)
		if want := time.UnixMilli(days * 86_400_000).UTC().Format(time.DateOnly); text != want {
			t.Fatalf("day %d is %s, want %s", days, text, want)
		}
		if back, ok := parseDay(text); !ok || back != days {
			t.Fatalf("%s reads as day %d, want %d", text, back, days)
		}
	}
}
