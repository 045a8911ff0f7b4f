package state

import (
	"slices"
	"strings"

	"beseda/protocol"
	say "beseda/wasm/words/console"
)

// broken is the first key, in the order of the table, whose rule the edited values break, and a sentence about it;
// "" where all go together. The server judges by the same rules: this only saves the way there.
func (s *State) broken() (key, why string) {
	own := func(key string) string { return s.Value(key) }
	if key, why = s.brokenIn(own); key != "" || s.Scope() != "" {
		return key, why
	}
	for i := range s.Policies.Channels {
		ch := &s.Policies.Channels[i]
		theirs := func(key string) string {
			if v := valueOf(ch.Values, key); v != "" {
				return v
			}
			return own(key)
		}
		if key, why = s.brokenIn(theirs); key != "" {
			return key, s.inChannel(ch.Channel, why)
		}
	}
	return "", ""
}

func (s *State) inChannel(id protocol.ChannelID, why string) string {
	name := string(id)
	if ch := s.Channel(id); ch != nil {
		name = ch.Looks.Name
	}
	return s.Words.Fill(say.BrokenChannel, name, why)
}

func (s *State) brokenIn(value func(string) string) (key, why string) {
	for i := range s.Policies.Keys {
		k := &s.Policies.Keys[i]
		if why := s.brokenForm(k, value(k.Key)); why != "" {
			return k.Key, why
		}
		if why := s.brokenRule(k.Key, value); why != "" {
			return k.Key, why
		}
	}
	return "", ""
}

// brokenForm judges a value alone.
func (s *State) brokenForm(k *protocol.PolicyKey, value string) string {
	span := value
	switch {
	case slices.Contains(k.Allowed, value):
		return ""
	case k.Form == protocol.FormDuration || k.Form == protocol.FormTenth:
	case k.Form == protocol.FormChoice || k.Form == protocol.FormAfterward:
		prefix := prefixOf(value)
		if prefix == "" || !slices.Contains(k.Allowed, prefix) {
			return s.Words.Text(say.BrokenOther)
		}
		span = value[len(prefix):]
	default:
		return "" // switches and sets are made here, and always right; a rating's value is the server's matter
	}
	ms, ok := parseDuration(span)
	zero := k.Form == protocol.FormDuration && len(k.Allowed) == 0
	if !ok || ms == 0 && !zero {
		return s.Words.Text(say.BrokenNumber)
	}
	if k.Form == protocol.FormTenth && ms%10_000 != 0 {
		return s.Words.Text(say.BrokenTenth)
	}
	return ""
}

// brokenRule judges it together with the others; a rule is that of the key which it names first.
func (s *State) brokenRule(key string, value func(string) string) string {
	time := func(key string) (int64, bool) { return parseDuration(value(key)) }
	switch key {
	case "autocomplete.status":
		allowed := strings.Split(value("complete.statuses"), ",")
		switch v := value(key); {
		case v == "by_last_author" && !(slices.Contains(allowed, "open") && slices.Contains(allowed, "pending")):
			return s.Words.Text(say.BrokenByLast)
		case v != "by_last_author" && !slices.Contains(allowed, v):
			return s.Words.Text(say.BrokenStatus)
		}
	case "autocomplete.warn_before":
		warn, _ := time(key)
		for _, until := range [...]string{"autocomplete.after", "autocomplete.unassigned_after"} {
			if ms, runs := time(until); runs && warn >= ms {
				return s.Words.Text(say.BrokenWarn)
			}
		}
	case "autocomplete.hold_for":
		hold, _ := time(key)
		if warn, _ := time("autocomplete.warn_before"); hold > 0 && warn == 0 {
			return s.Words.Text(say.BrokenHold)
		}
	case "sla.warn":
		warn, on := time(key)
		if limit, limited := time("sla.limit"); on && (!limited || warn >= limit) {
			return s.Words.Text(say.BrokenReplyWarn)
		}
	}
	return ""
}

// Sentences say what the values mean, as edited.
func (s *State) Sentences() []string {
	w := s.Words
	first := w.Text(say.SentenceNew)
	switch word, span, _ := strings.Cut(s.Value("inbound.closed"), ":"); word {
	case "reopen":
		first = w.Text(say.SentenceReopen)
	case "reopen_within":
		first = w.Fill(say.SentenceWithin, s.DurationWords(span))
	}
	after := s.DurationWords(s.Value("autocomplete.after"))
	status := s.Value("autocomplete.status")
	second := w.Fill(say.SentenceAfter, after, s.StatusWord(protocol.Status(status)))
	switch {
	case after == "":
		second = w.Text(say.SentenceNever)
	case status == "by_last_author":
		second = w.Fill(say.SentenceAfterByLast, after)
	}
	all := []string{first, second}
	if s.Value("allocate.new") == "least_busy" {
		all = append(all, w.Text(say.SentenceAllocateNew))
	}
	if span := s.DurationWords(s.Value("allocate.absent")); span != "" {
		all = append(all, w.Fill(say.SentenceAllocateAbsent, span))
	}
	if word, span, _ := strings.Cut(s.Value("offline_delivery"), ":"); word == "fail_after" {
		all = append(all, w.Fill(say.SentenceFails, s.DurationWords(span)))
	}
	return all
}

// PolicyDefault is the value that a workspace begins with; empty for a key that this server does not know.
func (s *State) PolicyDefault(key string) string {
	for i := range s.Policies.Keys {
		if k := &s.Policies.Keys[i]; k.Key == key {
			return k.Default
		}
	}
	return ""
}
