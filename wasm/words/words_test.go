package words_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"beseda/wasm/words"
	"beseda/wasm/words/source"
	"beseda/wasm/words/visitor"
)

// visitorWords are the visitor's words as a browser gets them.
func visitorWords(t *testing.T, language string) *words.Words {
	t.Helper()
	texts, err := source.Read("../../widget/languages", "visitor")
	if err != nil {
		t.Fatal(err)
	}
	return words.Parse(texts.Compile(language))
}

func TestPluralsFollowTheLanguage(t *testing.T) {
	t.Parallel()
	tests := map[string]map[int]string{
		"en": {0: "0 new messages", 1: "1 new message", 2: "2 new messages", 21: "21 new messages"},
		"ru": {0: "0 новых сообщений", 1: "1 новое сообщение", 2: "2 новых сообщения", 4: "4 новых сообщения",
			5: "5 новых сообщений", 11: "11 новых сообщений", 14: "14 новых сообщений", 21: "21 новое сообщение",
			22: "22 новых сообщения", 100: "100 новых сообщений", 101: "101 новое сообщение", 112: "112 новых сообщений"},
	}
	for language, numbers := range tests {
		w := visitorWords(t, language)
		for n, want := range numbers {
			if got := w.Count(visitor.NewMessages, n); got != want {
				t.Errorf("%s %d: %q, want %q", language, n, got, want)
			}
		}
	}
}

func TestPlacesAreFilledInTheOrderOfTheConstant(t *testing.T) {
	t.Parallel()
	for language, want := range map[string]string{
		"en": "room.mov is 140 MB, the limit is 100 MB", "ru": "room.mov весит 140 МБ, можно до 100 МБ",
	} {
		w := visitorWords(t, language)
		got := w.Fill(visitor.FileTooLarge, "room.mov", w.Size(140<<20), w.Size(100<<20))
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestWhatAPersonFillsInIsNeverReadAsAPlace(t *testing.T) {
	t.Parallel()
	w := visitorWords(t, "en")
	if got := w.Fill(visitor.Typing, "\x01{name}\x02"); got != "\x01{name}\x02 is typing" {
		t.Errorf("%q", got)
	}
}

func TestSizesReadRound(t *testing.T) {
	t.Parallel()
	w, ru := visitorWords(t, "en"), visitorWords(t, "ru")
	for bytes, want := range map[int64]string{
		0: "0 B", 1000: "1000 B", 1024: "1 KB", 1536: "1.5 KB", 10 << 10: "10 KB",
		25 << 20: "25 MB", 3 << 30: "3 GB", 5 << 40: "5120 GB",
	} {
		if got := w.Size(bytes); got != want {
			t.Errorf("%d: %q, want %q", bytes, got, want)
		}
	}
	if got := ru.Size(3 << 19); got != "1,5 МБ" {
		t.Errorf("%q", got)
	}
}

func TestTimesAreThoseOfThePersonsClock(t *testing.T) {
	t.Parallel()
	w := visitorWords(t, "en")
	// Berlin, with the change to summer time at 2025-03-30 01:00 UTC and back at 2025-10-26 01:00 UTC.
	w.Zone = words.ParseZone("60;1743296400000:120;1761440400000:60")
	at := func(s string) int64 {
		m, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return m.UnixMilli()
	}
	now := at("2025-11-03T09:00:00Z")
	tests := []struct{ at, clock, day, when string }{
		{"2025-11-03T08:05:00Z", "09:05", "Today", "09:05"},
		{"2025-11-02T23:30:00Z", "00:30", "Today", "00:30"},
		{"2025-11-02T22:30:00Z", "23:30", "Yesterday", "2 Nov"},
		{"2025-07-01T08:00:00Z", "10:00", "1 Jul", "1 Jul"}, // summer time then
		{"2024-12-31T22:59:00Z", "23:59", "31 Dec 2024", "31 Dec 2024"},
		{"2024-12-31T23:00:00Z", "00:00", "1 Jan", "1 Jan"},
	}
	for _, tt := range tests {
		m := at(tt.at)
		got := []string{w.Clock(m), w.Day(m, now), w.When(m, now)}
		if diff := cmp.Diff([]string{tt.clock, tt.day, tt.when}, got); diff != "" {
			t.Errorf("%s: %s", tt.at, diff)
		}
	}
}

func TestDatesAgreeWithTheCalendar(t *testing.T) {
	t.Parallel()
	w := visitorWords(t, "en")
	for day := -200_000; day < 200_000; day += 13 {
		m := time.Unix(int64(day)*86400, 0).UTC()
		want := m.Format("2 Jan 2006")
		if got := w.Date(m.UnixMilli(), -1e14); got != want && m.Year() >= 1000 {
			t.Fatalf("day %d: %q, want %q", day, got, want)
		}
	}
}

func TestAZoneThatDoesNotReadIsCutShort(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "x", "-", "60;", "60;5", "60;x:1", "-300;1:2;;", strings.Repeat("9", 40)} {
		words.ParseZone(s).Day(0)
	}
	if got := words.ParseZone("-300;1000:-240"); got.Day(0) != -1 || got.Day(1000) != -1 || got.Day(4*3600_000) != 0 {
		t.Errorf("west of UTC: %+v", got)
	}
}

func TestNoWordsAnswerNothing(t *testing.T) {
	t.Parallel()
	var none *words.Words
	short := words.Parse([]byte("en\n"))
	if none.Text(3) != "" || short.Text(3) != "" || short.Count(3, 2, "x") != "" || short.Day(0, 0) != "" {
		t.Error("texts out of nowhere")
	}
}
