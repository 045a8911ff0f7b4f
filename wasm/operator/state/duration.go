package state

import (
	"strconv"
	"strings"

	say "beseda/wasm/words/console"
)

// DurationUnit is what a duration is counted in on the settings page.
type DurationUnit struct {
	Letter string
	Ms     int64
}

// Units are those of a policy's durations, the largest first.
var Units = [...]DurationUnit{{"h", 3600_000}, {"m", 60_000}, {"s", 1000}}

// parseDuration reads a policy's duration: whole hours, minutes and seconds, "1h30m". The answer is in milliseconds.
func parseDuration(text string) (ms int64, ok bool) {
	rest, next := text, 0
	for rest != "" {
		i := 0
		for i < len(rest) && rest[i] >= '0' && rest[i] <= '9' {
			i++
		}
		n, err := strconv.ParseInt(rest[:i], 10, 32)
		if err != nil || i == len(rest) {
			return 0, false
		}
		for next < len(Units) && Units[next].Letter != rest[i:i+1] {
			next++
		}
		if next == len(Units) {
			return 0, false
		}
		ms += n * Units[next].Ms
		rest, next = rest[i+1:], next+1
	}
	return ms, text != ""
}

// formatDuration writes it back in its one spelling.
func formatDuration(ms int64) string {
	var b strings.Builder
	for _, u := range Units {
		if n := ms / u.Ms; n > 0 {
			b.WriteString(strconv.FormatInt(n, 10) + u.Letter)
			ms -= n * u.Ms
		}
	}
	if b.Len() == 0 {
		return "0s"
	}
	return b.String()
}

// DurationWords say a policy's duration: "10 minutes"; "" for what is none.
func (s *State) DurationWords(text string) string {
	ms, ok := parseDuration(text)
	if !ok {
		return ""
	}
	return s.exactly(ms)
}

// exactly says a time without rounding, in the units that it has.
func (s *State) exactly(ms int64) string {
	var parts []string
	if n := ms / 3600_000; n > 0 {
		parts = append(parts, s.Words.Count(say.Hours, int(n)))
	}
	if n := ms % 3600_000 / 60_000; n > 0 {
		parts = append(parts, s.Words.Count(say.Minutes, int(n)))
	}
	if n := ms % 60_000 / 1000; n > 0 || len(parts) == 0 {
		parts = append(parts, s.Words.Count(say.Seconds, int(n)))
	}
	return strings.Join(parts, " ")
}

// ShortSpan is a time for a button: "5 min".
func (s *State) ShortSpan(ms int64) string {
	switch {
	case ms%3600_000 == 0:
		return s.Words.Fill(say.HourShort, strconv.FormatInt(ms/3600_000, 10))
	case ms%60_000 == 0:
		return s.Words.Fill(say.MinShort, strconv.FormatInt(ms/60_000, 10))
	}
	return s.exactly(ms)
}
