package policy

import (
	"strings"

	"beseda/protocol"
)

// set is a value for each key, in its one spelling; empty where a scope has none of its own.
type set [keys]string

// over is a set with the values of another where it has none.
func (s set) over(under set) set {
	for k, value := range s {
		if value == "" {
			s[k] = under[k]
		}
	}
	return s
}

// broken is the first key, in the order of the table, whose rule a whole set does not obey; false for none. A rule is
// that of the key which it names first.
func (s set) broken() (Key, bool) {
	for k := range keys {
		if _, ok := table[k].normal(s[k]); !ok || !s.agrees(k) {
			return k, true
		}
	}
	return 0, false
}

// agrees tells whether a key's value goes together with the others. A value of another key that means nothing breaks
// that key's own rule.
func (s set) agrees(k Key) bool {
	switch k {
	case AutocompleteStatus:
		statuses := strings.Split(s[CompleteStatuses], ",")
		has := func(status protocol.Status) bool {
			for _, one := range statuses {
				if one == string(status) {
					return true
				}
			}
			return false
		}
		if s[k] == byLastAuthor {
			return has(protocol.Open) && has(protocol.Pending)
		}
		return has(protocol.Status(s[k]))
	case AutocompleteWarn:
		warn, _ := parseDuration(s[k])
		for _, after := range []string{s[AutocompleteAfter], s[AutocompleteUnassigned]} {
			if ms, runs := parseDuration(after); runs && warn >= ms {
				return false
			}
		}
	case AutocompleteHold:
		hold, _ := parseDuration(s[k])
		warn, _ := parseDuration(s[AutocompleteWarn])
		return hold == 0 || warn > 0
	case ReplyWarn:
		warn, on := parseDuration(s[k])
		if !on {
			return true
		}
		limit, limited := parseDuration(s[ReplyLimit])
		return limited && warn < limit
	}
	return true
}

// values lists what a set has, in the order of the table.
func (s set) values() []protocol.PolicyValue {
	var out []protocol.PolicyValue
	for k, value := range s {
		if value != "" {
			out = append(out, protocol.PolicyValue{Key: table[k].name, Value: value})
		}
	}
	return out
}

// setOf reads a list. Keys that a newer version wrote are passed over.
func setOf(values []protocol.PolicyValue) (s set) {
	for _, v := range values {
		if k, ok := KeyOf(v.Key); ok {
			s[k] = v.Value
		}
	}
	return s
}
