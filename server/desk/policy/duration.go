package policy

import (
	"strconv"
	"strings"
)

// maxMs is the longest duration that a policy may have, 10 years: sums of two never overflow.
const maxMs = 10 * 366 * 24 * 3600_000

// units are the parts of a duration in the order in which they are written.
var units = [...]struct {
	letter byte
	ms     int64
}{{'h', 3600_000}, {'m', 60_000}, {'s', 1000}}

// parseDuration reads "720h", "1h30m", "90s", "0s": whole hours, minutes and seconds, each at most once and in this
// order. The result is in milliseconds.
func parseDuration(s string) (ms int64, ok bool) {
	if s == "" {
		return 0, false
	}
	next := 0
	for s != "" {
		end := strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' })
		if end <= 0 || end > 9 {
			return 0, false
		}
		n, err := strconv.ParseInt(s[:end], 10, 64)
		if err != nil {
			return 0, false
		}
		for next < len(units) && units[next].letter != s[end] {
			next++
		}
		if next == len(units) {
			return 0, false
		}
		ms += n * units[next].ms
		next++
		s = s[end+1:]
	}
	return ms, ms <= maxMs
}

// formatDuration writes a duration of whole seconds in its one spelling.
func formatDuration(ms int64) string {
	if ms == 0 {
		return "0s"
	}
	var b strings.Builder
	for _, u := range units {
		if n := ms / u.ms; n > 0 {
			b.WriteString(strconv.FormatInt(n, 10))
			b.WriteByte(u.letter)
			ms -= n * u.ms
		}
	}
	return b.String()
}
