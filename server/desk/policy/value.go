package policy

import (
	"slices"
	"strconv"
	"strings"

	"beseda/protocol"
)

// normal is a value in its one spelling; false where its row does not allow it.
func (r *row) normal(value string) (string, bool) {
	switch r.form {
	case protocol.FormChoice, protocol.FormAfterward:
		return r.normalChoice(value)
	case protocol.FormSet:
		return r.normalSet(value)
	case protocol.FormSwitch:
		return value, value == "true" || value == "false"
	case protocol.FormDuration, protocol.FormTenth:
		if slices.Contains(r.allowed, value) {
			return value, true
		}
		ms, ok := parseDuration(value)
		if !ok || r.positive && ms == 0 || r.form == protocol.FormTenth && ms%10_000 != 0 {
			return "", false
		}
		return formatDuration(ms), true
	case protocol.FormRating:
		return normalRating(value)
	}
	return "", false
}

// normalChoice takes one of the words, or one that ends in ":" with a duration behind it.
func (r *row) normalChoice(value string) (string, bool) {
	word, rest, parted := strings.Cut(value, ":")
	if !parted {
		return value, slices.Contains(r.allowed, value)
	}
	ms, ok := parseDuration(rest)
	if !ok || r.positive && ms == 0 || !slices.Contains(r.allowed, word+":") {
		return "", false
	}
	return word + ":" + formatDuration(ms), true
}

// normalSet orders the words of a list as the table does. closed is always one of them.
func (r *row) normalSet(value string) (string, bool) {
	words := strings.Split(value, ",")
	var out []string
	for _, word := range r.allowed {
		if slices.Contains(words, word) {
			out = append(out, word)
		}
	}
	for _, word := range words {
		if !slices.Contains(r.allowed, word) {
			return "", false
		}
	}
	return strings.Join(out, ","), slices.Contains(out, string(protocol.Closed))
}

// normalRating takes "off", or delay and wait, and then critical and notify together.
func normalRating(value string) (string, bool) {
	if value == "off" {
		return value, true
	}
	words := strings.Fields(value)
	names := []string{"delay=", "wait=", "critical=", "notify="}
	if len(words) != 2 && len(words) != 4 {
		return "", false
	}
	for i, word := range words {
		rest, ok := strings.CutPrefix(word, names[i])
		if !ok {
			return "", false
		}
		switch i {
		case 0, 1:
			ms, ok := parseDuration(rest)
			if !ok || i == 1 && ms == 0 {
				return "", false
			}
			words[i] = names[i] + formatDuration(ms)
		case 2:
			score, err := strconv.Atoi(rest)
			if err != nil || score < 0 || score > 10 || strconv.Itoa(score) != rest {
				return "", false
			}
		case 3:
			if !protocol.IsID(rest) {
				return "", false
			}
		}
	}
	return strings.Join(words, " "), true
}
