package policy

import "beseda/protocol"

// Key names a policy: its row in the table.
type Key int

// The keys in the order of the table, which is the order in which they are checked.
const (
	InboundClosed Key = iota
	InboundOpen
	InboundPending
	OutboundCompleted
	OutboundClosed
	CompleteStatuses
	RecordRule
	RecordPreference
	AutocompleteAfter
	AutocompleteStatus
	AutocompleteUnassigned
	AutocompleteWarn
	AutocompleteHold
	SplitEnabled
	AccessRead
	ReassignPreviousCanRead
	ClaimOnReply
	AllocateNew
	AllocateAbsent
	BotEndsWait
	ReplyClock
	ReplyWarn
	ReplyLimit
	Rating
	RatingEvery
	RatingScale
	DraftPersistence
	OfflineDelivery
	ReactionRestarts
	keys // how many there are
)

// row is a key with its values: what it may be, what it is at first, and what the presets make of it.
type row struct {
	name    string
	form    protocol.PolicyForm
	allowed []string
	// positive: a duration of nothing is none of its values.
	positive bool
	// later: no part of the product asks for it yet.
	later                     bool
	beseda, amo, omni, retail string
}

const (
	choice   = protocol.FormChoice
	duration = protocol.FormDuration
	onOff    = protocol.FormSwitch
)

// table is state-machine §3, and what the allocation bot does (requirements ASG-06, G-08).
var table = [keys]row{
	InboundClosed: {name: "inbound.closed", form: choice, allowed: []string{"new", "reopen", "reopen_within:"}, positive: true,
		amo: "reopen", omni: "new", retail: "reopen", beseda: "new"},
	InboundOpen: {name: "inbound.open", form: choice, allowed: []string{"reactivate", "new"},
		amo: "reactivate", omni: "reactivate", retail: "reactivate", beseda: "reactivate"},
	InboundPending: {name: "inbound.pending", form: choice, allowed: []string{"reactivate", "new"},
		amo: "reactivate", omni: "reactivate", retail: "reactivate", beseda: "reactivate"},
	OutboundCompleted: {name: "outbound.completed", form: choice, allowed: []string{"reactivate", "keep"},
		amo: "reactivate", omni: "reactivate", retail: "reactivate", beseda: "reactivate"},
	OutboundClosed: {name: "outbound.closed", form: choice, allowed: []string{"reopen", "new", "keep", "forbid"},
		amo: "reopen", omni: "reopen", retail: "reopen", beseda: "reopen"},
	CompleteStatuses: {name: "complete.statuses", form: protocol.FormSet, allowed: []string{"open", "pending", "closed"},
		amo: "closed", omni: "open,pending,closed", retail: "closed", beseda: "open,pending,closed"},
	RecordRule: {name: "record.rule", form: choice, later: true,
		allowed: []string{"off", "always_new_deal", "new_deal_if_no_active", "new_deal_if_none"},
		amo:     "new_deal_if_no_active", omni: "off", retail: "off", beseda: "new_deal_if_no_active"},
	RecordPreference: {name: "record.preference", form: choice, allowed: []string{"kind_first", "active_first"}, later: true,
		amo: "kind_first", omni: "kind_first", retail: "kind_first", beseda: "kind_first"},
	AutocompleteAfter: {name: "autocomplete.after", form: duration, allowed: []string{"off"}, positive: true,
		amo: "off", omni: "10m", retail: "24h", beseda: "10m"},
	AutocompleteStatus: {name: "autocomplete.status", form: choice, allowed: []string{"by_last_author", "open", "pending", "closed"},
		amo: "closed", omni: "by_last_author", retail: "closed", beseda: "by_last_author"},
	AutocompleteUnassigned: {name: "autocomplete.unassigned_after", form: duration, allowed: []string{"same", "off"}, positive: true,
		amo: "same", omni: "same", retail: "720h", beseda: "same"},
	AutocompleteWarn: {name: "autocomplete.warn_before", form: duration,
		amo: "0s", omni: "2m", retail: "0s", beseda: "2m"},
	AutocompleteHold: {name: "autocomplete.hold_for", form: duration,
		amo: "0s", omni: "5m", retail: "0s", beseda: "5m"},
	SplitEnabled: {name: "split.enabled", form: onOff,
		amo: "false", omni: "true", retail: "false", beseda: "true"},
	AccessRead: {name: "access.read", form: choice, allowed: []string{"team", "assigned"},
		amo: "team", omni: "team", retail: "assigned", beseda: "team"},
	ReassignPreviousCanRead: {name: "reassign.previous_can_read", form: onOff,
		amo: "true", omni: "true", retail: "false", beseda: "false"},
	ClaimOnReply: {name: "claim_on_reply", form: onOff,
		amo: "true", omni: "true", retail: "true", beseda: "true"},
	AllocateNew: {name: "allocate.new", form: choice, allowed: []string{"off", "least_busy"},
		amo: "off", omni: "off", retail: "off", beseda: "off"},
	AllocateAbsent: {name: "allocate.absent", form: duration, allowed: []string{"off"}, positive: true,
		amo: "off", omni: "off", retail: "off", beseda: "off"},
	BotEndsWait: {name: "bot.ends_wait", form: onOff,
		amo: "false", omni: "false", retail: "false", beseda: "false"},
	ReplyClock: {name: "sla.clock", form: choice, allowed: []string{"first_unanswered", "last_visitor"},
		amo: "first_unanswered", omni: "first_unanswered", retail: "first_unanswered", beseda: "first_unanswered"},
	ReplyWarn: {name: "sla.warn", form: protocol.FormTenth, allowed: []string{"off"}, positive: true,
		amo: "off", omni: "off", retail: "5m", beseda: "off"},
	ReplyLimit: {name: "sla.limit", form: protocol.FormTenth, allowed: []string{"off"}, positive: true,
		amo: "10m", omni: "off", retail: "10m", beseda: "off"},
	Rating: {name: "nps", form: protocol.FormRating, allowed: []string{"off"}, later: true,
		amo: "delay=0s wait=24h", omni: "off", retail: "off", beseda: "off"},
	RatingEvery: {name: "nps.every", form: duration, allowed: []string{"none"}, positive: true, later: true,
		amo: "none", omni: "none", retail: "none", beseda: "none"},
	RatingScale: {name: "nps.scale", form: choice, allowed: []string{"1-10", "0-10"}, later: true,
		amo: "1-10", omni: "1-10", retail: "1-10", beseda: "1-10"},
	DraftPersistence: {name: "draft.persistence", form: choice, allowed: []string{"session", "durable"},
		amo: "durable", omni: "durable", retail: "session", beseda: "durable"},
	OfflineDelivery: {name: "offline_delivery", form: protocol.FormAfterward, allowed: []string{"queue", "fail_after:"}, positive: true,
		amo: "queue", omni: "queue", retail: "fail_after:1m", beseda: "queue"},
	ReactionRestarts: {name: "reaction.restarts_timer", form: onOff,
		amo: "true", omni: "true", retail: "true", beseda: "true"},
}

// KeyOf finds a key by its name.
func KeyOf(name string) (Key, bool) {
	for k := range table {
		if table[k].name == name {
			return Key(k), true
		}
	}
	return 0, false
}

// String is the key's name.
func (k Key) String() string { return table[k].name }

// Presets are the names of the presets, in the order in which they are offered.
var presets = [...]protocol.Preset{protocol.PresetBeseda, protocol.PresetAmo, protocol.PresetOmni, protocol.PresetRetail}

// preset is what a preset writes; false for a name that is none.
func preset(name protocol.Preset) (s set, ok bool) {
	for k := range table {
		r := &table[k]
		switch name {
		case protocol.PresetBeseda:
			s[k] = r.beseda
		case protocol.PresetAmo:
			s[k] = r.amo
		case protocol.PresetOmni:
			s[k] = r.omni
		case protocol.PresetRetail:
			s[k] = r.retail
		default:
			return s, false
		}
	}
	return s, true
}
