package state

import (
	"maps"
	"slices"
	"strings"

	"beseda/protocol"
	"beseda/wasm/bridge"
	say "beseda/wasm/words/console"
)

// Rules is the settings page of how conversations behave, while it is edited.
type Rules struct {
	// Edits are values that differ from what is saved, by key; "" means that a channel takes the workspace's.
	Edits map[string]string
	// Preset was chosen and is not saved yet; "" for none.
	Preset protocol.Preset
	Busy   bool
	// Broken is the key whose rule the page names, Why the sentence; "" for none.
	Broken, Why string
	Problem     Problem

	asked int64 // when the table was asked for
}

// RuleID is the id of a key's control.
func RuleID(key string) string { return "rule-" + strings.NewReplacer(".", "-", "_", "-").Replace(key) }

// Scope is the channel whose values the page shows; "" for the workspace's.
func (s *State) Scope() protocol.ChannelID { return s.Route.Channel }

// openRules begins editing a scope, with the newest table.
func (s *State) openRules(fx *bridge.Effects) {
	s.Rules = Rules{asked: s.Now}
	s.readPolicies(fx)
}

// follow keeps edits that still change something when somebody else saved.
func (r *Rules) follow(s *State) {
	if s.Route.Place != AtRules {
		return
	}
	maps.DeleteFunc(r.Edits, func(key, value string) bool { return alike(value, s.saved(key)) })
	if len(r.Edits) == 0 {
		r.Preset = ""
	}
}

// alike tells whether two spellings mean one value.
func alike(a, b string) bool { return a == b || normal(a) == normal(b) && a != "" && b != "" }

// normal is a value in its one spelling, where it is a duration or ends in one.
func normal(value string) string {
	word, span, parted := strings.Cut(value, ":")
	if !parted {
		word, span = "", value
	} else {
		word += ":"
	}
	if ms, ok := parseDuration(span); ok {
		return word + formatDuration(ms)
	}
	return value
}

// saved is what the scope has of its own, as the server knows it.
func (s *State) saved(key string) string {
	if scope := s.Scope(); scope != "" {
		return valueOf(s.own(scope), key)
	}
	return valueOf(s.Policies.Workspace, key)
}

// Own is what the scope has of its own as edited; "" where a channel takes the workspace's.
func (s *State) Own(key string) string {
	if v, edited := s.Rules.Edits[key]; edited {
		return v
	}
	return s.saved(key)
}

// Saved is the value in force in the scope as saved, Value as edited.
func (s *State) Saved(key string) string {
	if v := s.saved(key); v != "" {
		return v
	}
	return valueOf(s.Policies.Workspace, key)
}

func (s *State) Value(key string) string {
	if v := s.Own(key); v != "" {
		return v
	}
	return valueOf(s.Policies.Workspace, key)
}

// Edited tells whether a key differs from what is saved; Unsaved counts those.
func (s *State) Edited(key string) bool {
	_, is := s.Rules.Edits[key]
	return is
}

func (s *State) Unsaved() int { return len(s.Rules.Edits) }

// Changed tells whether the value in force becomes another once the edits are saved. A channel may get a value of its own
// that is the workspace's: that is an edit and changes nothing yet.
func (s *State) Changed(key string) bool { return !alike(s.Saved(key), s.Value(key)) }

// Changes counts the keys that are Changed.
func (s *State) Changes() int {
	n := 0
	for key := range s.Rules.Edits {
		if s.Changed(key) {
			n++
		}
	}
	return n
}

// edit gives a key a value; one that is saved already is no edit.
func (s *State) edit(key, value string) {
	r := &s.Rules
	if r.Edits == nil {
		r.Edits = make(map[string]string)
	}
	if alike(value, s.saved(key)) || value == "" && s.saved(key) == "" {
		delete(r.Edits, key)
	} else {
		r.Edits[key] = value
	}
	r.Problem = Problem{}
	if r.Broken != "" {
		r.Broken, r.Why = s.broken()
	}
}

// ruleChosen takes a word or a choice; Arg is the key, the text its value. A value that ends in ":" or is "after" asks
// for a time: it begins with the one it had, or a likely one.
func (s *State) ruleChosen(e *bridge.Event, _ *bridge.Effects) {
	value := e.Text
	if value == timed || strings.HasSuffix(value, ":") {
		span := likelyTimes[e.Arg]
		if span == "" {
			span = "10m"
		}
		if value == timed {
			value = ""
		}
		value += span
	}
	s.edit(e.Arg, value)
}

// timed is the choice of a time in a list of words.
const timed = "after"

// Timed is the word that stands for a time in a key's list.
const Timed = timed

// likelyTimes are what a time begins with.
var likelyTimes = map[string]string{
	"inbound.closed": "24h", "autocomplete.after": "10m", "autocomplete.unassigned_after": "24h",
	"autocomplete.warn_before": "2m", "autocomplete.hold_for": "5m", "sla.warn": "5m", "sla.limit": "10m", "nps.every": "720h",
	"allocate.absent": "5m", "offline_delivery": "1m",
}

// ruleSwitched takes a switch; Arg is the key.
func (s *State) ruleSwitched(e *bridge.Event, _ *bridge.Effects) {
	value := "false"
	if e.B == 1 {
		value = "true"
	}
	s.edit(e.Arg, value)
}

// ruleTimed takes a time's number; Arg is the key. What is no number stays as it is, to be named.
func (s *State) ruleTimed(e *bridge.Event, _ *bridge.Effects) {
	_, unit, _ := TimeParts(s.Value(e.Arg))
	s.edit(e.Arg, prefixOf(s.Value(e.Arg))+strings.TrimSpace(e.Text)+unit)
}

// ruleUnit takes its unit.
func (s *State) ruleUnit(e *bridge.Event, _ *bridge.Effects) {
	number, _, _ := TimeParts(s.Value(e.Arg))
	s.edit(e.Arg, prefixOf(s.Value(e.Arg))+number+e.Text)
}

// prefixOf is the word before a value's time: "reopen_within:".
func prefixOf(value string) string {
	if i := strings.IndexByte(value, ':'); i >= 0 {
		return value[:i+1]
	}
	return ""
}

// TimeParts takes a value's time apart for its two controls: the number as typed, and the unit. It is false where the
// value is a word.
func TimeParts(value string) (number, unit string, ok bool) {
	span := value[len(prefixOf(value)):]
	if ms, good := parseDuration(span); good {
		u := Units[0]
		for _, u = range Units {
			if ms%u.Ms == 0 && ms >= u.Ms {
				break
			}
		}
		if n, typed := strings.CutSuffix(span, u.Letter); typed && strings.Trim(n, "0123456789") == "" {
			return n, u.Letter, true
		}
		if last := span[len(span)-1:]; strings.Trim(span[:len(span)-1], "0123456789") == "" {
			return span[:len(span)-1], last, true // as typed: 90m stays 90 minutes
		}
		return itoa(int(ms / u.Ms)), u.Letter, true
	}
	for _, u := range Units {
		if n, typed := strings.CutSuffix(span, u.Letter); typed {
			return n, u.Letter, true // no number, and still what was typed
		}
	}
	return "", "m", false
}

// ruleStatus adds a status to those that work may be left with, or takes it out; Arg is the status.
func (s *State) ruleStatus(e *bridge.Event, _ *bridge.Effects) {
	const key = "complete.statuses"
	have := strings.Split(s.Value(key), ",")
	var next []string
	for _, status := range [...]string{"open", "pending", "closed"} {
		on := slices.Contains(have, status)
		if status == e.Arg {
			on = e.B == 1
		}
		if on {
			next = append(next, status)
		}
	}
	s.edit(key, strings.Join(next, ","))
}

// ruleOwn gives a channel a value of its own, to begin with the workspace's; ruleInherit takes it away.
func (s *State) ruleOwn(e *bridge.Event, fx *bridge.Effects) {
	s.edit(e.Arg, valueOf(s.Policies.Workspace, e.Arg))
	fx.Focus(RuleID(e.Arg))
}

func (s *State) ruleInherit(e *bridge.Event, fx *bridge.Effects) {
	s.edit(e.Arg, "")
	fx.Focus(RuleID(e.Arg) + "-own")
}

// rulePreset puts a preset's values in, without saving; Arg is its name.
func (s *State) rulePreset(e *bridge.Event, _ *bridge.Effects) {
	values := s.presetValues(protocol.Preset(e.Arg))
	if values == nil {
		return
	}
	s.Rules.Preset = protocol.Preset(e.Arg)
	for i := range s.Policies.Keys {
		key := s.Policies.Keys[i].Key
		if v := valueOf(values, key); v != "" {
			s.edit(key, v)
		}
	}
}

func (s *State) presetValues(name protocol.Preset) []protocol.PolicyValue {
	for i := range s.Policies.Presets {
		if s.Policies.Presets[i].Preset == name {
			return s.Policies.Presets[i].Values
		}
	}
	return nil
}

// Preset is the preset whose values the scope has as edited, key for key; "" for none.
func (s *State) Preset() protocol.Preset {
	for i := range s.Policies.Presets {
		p := &s.Policies.Presets[i]
		if !slices.ContainsFunc(p.Values, func(v protocol.PolicyValue) bool { return !alike(s.Value(v.Key), v.Value) }) {
			return p.Preset
		}
	}
	return ""
}

func (s *State) rulesReset(_ *bridge.Event, _ *bridge.Effects) { s.Rules = Rules{} }

// saveRules sends what differs; what breaks a rule is named first, and gets focus.
func (s *State) saveRules(_ *bridge.Event, fx *bridge.Effects) {
	r := &s.Rules
	if r.Busy || len(r.Edits) == 0 {
		return
	}
	if r.Broken, r.Why = s.broken(); r.Broken != "" {
		s.pointAt(r.Broken, fx)
		return
	}
	cmd := &protocol.PolicyChange{Channel: s.Scope(), Preset: r.Preset}
	base := s.saved
	if preset := s.presetValues(r.Preset); preset != nil {
		base = func(key string) string { return valueOf(preset, key) }
	}
	for i := range s.Policies.Keys {
		key := s.Policies.Keys[i].Key
		switch want, have := s.Own(key), base(key); {
		case alike(want, have):
		case want == "":
			cmd.Unset = append(cmd.Unset, key)
		default:
			cmd.Values = append(cmd.Values, protocol.PolicyValue{Key: key, Value: normal(want)})
		}
	}
	r.Busy, r.Problem = true, Problem{}
	s.ask(fx, protocol.KindPolicyChange, cmd, request{what: askPolicy})
}

func (s *State) pointAt(key string, fx *bridge.Effects) {
	fx.Focus(RuleID(key))
	fx.ScrollTo(RuleID(key), true)
}

func (s *State) rulesSaved(fx *bridge.Effects) {
	if s.Rules.Busy {
		s.Rules = Rules{asked: s.Now}
		s.toast(Toast{Text: s.Words.Text(say.Saved)}, fx)
	}
	s.readPolicies(fx)
}

// rulesRefused names the key that the server named.
func (s *State) rulesRefused(p Problem, fx *bridge.Effects) {
	r := &s.Rules
	r.Busy = false
	key := p.Field()
	if p.Code != protocol.CodeInvalid || !slices.ContainsFunc(s.Policies.Keys, func(k protocol.PolicyKey) bool { return k.Key == key }) {
		r.Problem = p
		return
	}
	r.Broken, r.Why = key, s.Words.Text(say.BrokenOther)
	if _, ch, ok := strings.Cut(p.Reason, "channel="); ok {
		ch, _, _ = strings.Cut(ch, " ")
		r.Why = s.inChannel(protocol.ChannelID(ch), r.Why)
	}
	s.pointAt(key, fx)
}

// Everywhere is the workspace's value of a key.
func (s *State) Everywhere(key string) string { return valueOf(s.Policies.Workspace, key) }
