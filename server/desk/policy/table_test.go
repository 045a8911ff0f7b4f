package policy

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/store/memory"

	"beseda/store"
)

// written is the table of state-machine §3 as it stands there, with the two keys of the allocation bot (ASG-06, G-08), the values in the spelling that is stored.
const written = `
inbound.closed                | new reopen reopen_within:                                       | reopen                | new                 | reopen        | new
inbound.open                  | reactivate new                                                  | reactivate            | reactivate          | reactivate    | reactivate
inbound.pending               | reactivate new                                                  | reactivate            | reactivate          | reactivate    | reactivate
outbound.completed            | reactivate keep                                                 | reactivate            | reactivate          | reactivate    | reactivate
outbound.closed               | reopen new keep forbid                                          | reopen                | reopen              | reopen        | reopen
complete.statuses             | open pending closed                                             | closed                | open,pending,closed | closed        | open,pending,closed
record.rule                   | off always_new_deal new_deal_if_no_active new_deal_if_none      | new_deal_if_no_active | off                 | off           | new_deal_if_no_active
record.preference             | kind_first active_first                                         | kind_first            | kind_first          | kind_first    | kind_first
autocomplete.after            | off                                                             | off                   | 10m                 | 24h           | 10m
autocomplete.status           | by_last_author open pending closed                              | closed                | by_last_author      | closed        | by_last_author
autocomplete.unassigned_after | same off                                                        | same                  | same                | 720h          | same
autocomplete.warn_before      |                                                                 | 0s                    | 2m                  | 0s            | 2m
autocomplete.hold_for         |                                                                 | 0s                    | 5m                  | 0s            | 5m
split.enabled                 |                                                                 | false                 | true                | false         | true
access.read                   | team assigned                                                   | team                  | team                | assigned      | team
reassign.previous_can_read    |                                                                 | true                  | true                | false         | false
claim_on_reply                |                                                                 | true                  | true                | true          | true
allocate.new                  | off least_busy                                                  | off                   | off                 | off           | off
allocate.absent               | off                                                             | off                   | off                 | off           | off
bot.ends_wait                 |                                                                 | false                 | false               | false         | false
sla.clock                     | first_unanswered last_visitor                                   | first_unanswered      | first_unanswered    | first_unanswered | first_unanswered
sla.warn                      | off                                                             | off                   | off                 | 5m            | off
sla.limit                     | off                                                             | 10m                   | off                 | 10m           | off
nps                           | off                                                             | delay=0s wait=24h     | off                 | off           | off
nps.every                     | none                                                            | none                  | none                | none          | none
nps.scale                     | 1-10 0-10                                                       | 1-10                  | 1-10                | 1-10          | 1-10
draft.persistence             | session durable                                                 | durable               | durable             | session       | durable
offline_delivery              | queue fail_after:                                               | queue                 | queue               | fail_after:1m | queue
reaction.restarts_timer       |                                                                 | true                  | true                | true          | true
`

func TestTheTableIsTheSpecifications(t *testing.T) {
	t.Parallel()
	var all protocol.Policies
	if err := memory.New().View(func(r store.Reader) (err error) {
		all, err = Read(store.Scope(store.Main, r))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	presets := map[protocol.Preset]map[string]string{}
	for _, p := range all.Presets {
		presets[p.Preset] = map[string]string{}
		for _, v := range p.Values {
			presets[p.Preset][v.Key] = v.Value
		}
	}
	var got, want []string
	for _, k := range all.Keys {
		got = append(got, strings.Join([]string{k.Key, strings.Join(k.Allowed, " "), presets["amo"][k.Key],
			presets["omni"][k.Key], presets["retail"][k.Key], k.Default}, "|"))
		if presets["beseda"][k.Key] != k.Default {
			t.Errorf("%s: the preset of a new workspace writes %q", k.Key, presets["beseda"][k.Key])
		}
	}
	for line := range strings.Lines(strings.TrimSpace(written)) {
		parts := strings.Split(strings.TrimSpace(line), "|")
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		want = append(want, strings.Join(parts, "|"))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestPresetsObeyTheTable(t *testing.T) {
	t.Parallel()
	for _, name := range presets {
		s, ok := preset(name)
		if k, is := s.broken(); !ok || is {
			t.Errorf("%s breaks %s", name, k)
		}
		for k, value := range s {
			if normal, _ := table[k].normal(value); normal != value {
				t.Errorf("%s has %s=%q, written %q", name, Key(k), value, normal)
			}
		}
	}
}

func TestValuesHaveOneSpelling(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ key, value, want string }{
		{"autocomplete.after", "600s", "10m"},
		{"autocomplete.after", "90m", "1h30m"},
		{"autocomplete.after", "0h10m0s", "10m"},
		{"autocomplete.after", "off", "off"},
		{"autocomplete.after", "0s", ""},
		{"autocomplete.after", "10", ""},
		{"autocomplete.after", "-10m", ""},
		{"autocomplete.after", "10m10m", ""},
		{"autocomplete.after", "10s5m", ""},
		{"autocomplete.after", "1.5h", ""},
		{"autocomplete.after", "99999999999h", ""},
		{"autocomplete.after", "999999999h", ""},
		{"autocomplete.after", "same", ""},
		{"autocomplete.unassigned_after", "same", "same"},
		{"autocomplete.warn_before", "0s", "0s"},
		{"autocomplete.warn_before", "off", ""},
		{"inbound.closed", "reopen_within:3600s", "reopen_within:1h"},
		{"inbound.closed", "reopen_within:", ""},
		{"inbound.closed", "reopen_within:0s", ""},
		{"inbound.closed", "reopen:1h", ""},
		{"inbound.closed", "reopen_within", ""},
		{"complete.statuses", "closed,open", "open,closed"},
		{"complete.statuses", "closed,closed", "closed"},
		{"complete.statuses", "open", ""},
		{"complete.statuses", "closed,active", ""},
		{"split.enabled", "on", ""},
		{"sla.limit", "5m", "5m"},
		{"sla.limit", "7s", ""},
		{"sla.limit", "10s", "10s"},
		{"sla.limit", "0s", ""},
		{"allocate.new", "least_busy", "least_busy"},
		{"allocate.new", "round_robin", ""},
		{"allocate.absent", "300s", "5m"},
		{"allocate.absent", "0s", ""},
		{"allocate.absent", "off", "off"},
		{"offline_delivery", "fail_after:60s", "fail_after:1m"},
		{"offline_delivery", "fail_after:0s", ""},
		{"nps", "delay=2h wait=24h", "delay=2h wait=24h"},
		{"nps", "delay=120m wait=24h critical=6 notify=01JD0000000000000000000005", "delay=2h wait=24h critical=6 notify=01JD0000000000000000000005"},
		{"nps", "delay=2h wait=24h critical=11 notify=01JD0000000000000000000005", ""},
		{"nps", "delay=2h wait=24h critical=6", ""},
		{"nps", "wait=24h delay=2h", ""},
		{"nps", "on", ""},
		{"nps.every", "none", "none"},
		{"nps.every", "720h", "720h"},
	} {
		k, ok := KeyOf(tc.key)
		if !ok {
			t.Fatalf("no key %s", tc.key)
		}
		if got, ok := table[k].normal(tc.value); ok != (tc.want != "") || ok && got != tc.want {
			t.Errorf("%s=%q is %q, %v; want %q", tc.key, tc.value, got, ok, tc.want)
		}
	}
}

// The first key in the order of the table whose rule is broken is the one that is named.
func TestASetIsBrokenAtItsFirstKey(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name   string
		values map[string]string
		want   string
	}{
		{"nothing is wrong", nil, ""},
		{"a value that its row does not allow", map[string]string{"inbound.open": "reopen"}, "inbound.open"},
		{"statuses without closed", map[string]string{"complete.statuses": "open,pending"}, "complete.statuses"},
		{"by last author without open", map[string]string{"complete.statuses": "pending,closed"}, "autocomplete.status"},
		{"by last author without pending", map[string]string{"complete.statuses": "open,closed"}, "autocomplete.status"},
		{"a fixed status that is none of the statuses", map[string]string{"complete.statuses": "closed", "autocomplete.status": "open"}, "autocomplete.status"},
		{"a fixed status that is one", map[string]string{"complete.statuses": "closed", "autocomplete.status": "closed"}, ""},
		{"a warning as long as the time", map[string]string{"autocomplete.warn_before": "10m"}, "autocomplete.warn_before"},
		{"a warning as long as the time while unassigned", map[string]string{"autocomplete.unassigned_after": "2m"}, "autocomplete.warn_before"},
		{"a warning where nothing completes", map[string]string{"autocomplete.after": "off"}, ""},
		{"a warning where only the unassigned complete, later", map[string]string{"autocomplete.after": "off", "autocomplete.unassigned_after": "3m"}, ""},
		{"a hold without a warning", map[string]string{"autocomplete.warn_before": "0s"}, "autocomplete.hold_for"},
		{"neither", map[string]string{"autocomplete.warn_before": "0s", "autocomplete.hold_for": "0s"}, ""},
		{"a reply warning without a limit", map[string]string{"sla.warn": "1m"}, "sla.warn"},
		{"a reply warning as long as the limit", map[string]string{"sla.warn": "5m", "sla.limit": "5m"}, "sla.warn"},
		{"a reply warning before the limit", map[string]string{"sla.warn": "4m50s", "sla.limit": "5m"}, ""},
		{"a limit of seven seconds", map[string]string{"sla.limit": "7s"}, "sla.limit"},
		{"two rules, the first of the table is named", map[string]string{"sla.limit": "7s", "inbound.closed": "never"}, "inbound.closed"},
		{"two rules the other way round", map[string]string{"nps": "yes", "sla.warn": "1m"}, "sla.warn"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			s, _ := preset(protocol.PresetBeseda)
			for name, value := range tc.values {
				k, _ := KeyOf(name)
				s[k] = value
			}
			got := ""
			if k, is := s.broken(); is {
				got = k.String()
			}
			if got != tc.want {
				t.Errorf("broken at %q, want %q", got, tc.want)
			}
		})
	}
}

func TestDurationsComeBackAsTheyWere(t *testing.T) {
	t.Parallel()
	for _, ms := range []int64{0, 1000, 59_000, 60_000, 3_599_000, 3_600_000, 3_661_000, 720 * 3600_000} {
		text := formatDuration(ms)
		if got, ok := parseDuration(text); !ok || got != ms {
			t.Errorf("%d is written %q and read %d", ms, text, got)
		}
	}
}
