package view

import (
	"strings"

	"beseda/protocol"
	"beseda/wasm/operator/state"
	"beseda/wasm/words"
	say "beseda/wasm/words/console"
)

// ruleRow is a policy in plain words. A list's value that ends in ":" or is state.Timed asks for a time beside it.
type ruleRow struct {
	key        string
	name, hint words.Key
	options    []ruleOption
}

type ruleOption struct {
	value string
	word  words.Key
}

// ruleGroup is what stands together on the page.
type ruleGroup struct {
	key   string
	title words.Key
	rows  []ruleRow
}

// ruleGroups are all keys of state-machine §3 and of the allocation bot, each once; a test holds them against the server's table.
func ruleGroups() []ruleGroup {
	return []ruleGroup{
		{"after", say.GroupAfter, []ruleRow{
			{"inbound.closed", say.RuleInboundClosed, say.RuleInboundClosedHint, []ruleOption{
				{"new", say.ValueNew}, {"reopen", say.ValueReopen}, {"reopen_within:", say.ValueReopenWithin}}},
			{"inbound.open", say.RuleInboundOpen, say.RuleInboundOpenHint, []ruleOption{
				{"reactivate", say.ValueReactivate}, {"new", say.ValueNew}}},
			{"inbound.pending", say.RuleInboundPending, say.RuleInboundPendingHint, []ruleOption{
				{"reactivate", say.ValueReactivate}, {"new", say.ValueNew}}},
			{"outbound.completed", say.RuleOutboundCompleted, say.RuleOutboundCompletedHint, []ruleOption{
				{"reactivate", say.ValueReplyReactivate}, {"keep", say.ValueKeep}}},
			{"outbound.closed", say.RuleOutboundClosed, say.RuleOutboundClosedHint, []ruleOption{
				{"reopen", say.ValueReplyReopen}, {"new", say.ValueReplyNew}, {"keep", say.ValueKeep}, {"forbid", say.ValueForbid}}},
			{"split.enabled", say.RuleSplit, say.RuleSplitHint, nil},
		}},
		{"ending", say.GroupEnding, []ruleRow{
			{"complete.statuses", say.RuleStatuses, say.RuleStatusesHint, nil},
			{"autocomplete.after", say.RuleAfter, say.RuleAfterHint, []ruleOption{
				{state.Timed, say.ValueOnTime}, {"off", say.ValueOff}}},
			{"autocomplete.status", say.RuleAfterStatus, say.RuleAfterStatusHint, []ruleOption{
				{"by_last_author", say.ValueByLast}, {"open", say.StatusOpen}, {"pending", say.StatusPending}, {"closed", say.StatusClosed}}},
			{"autocomplete.unassigned_after", say.RuleUnassigned, say.RuleUnassignedHint, []ruleOption{
				{"same", say.ValueSame}, {state.Timed, say.ValueOnTime}, {"off", say.ValueOff}}},
			{"autocomplete.warn_before", say.RuleWarn, say.RuleWarnHint, []ruleOption{
				{state.Timed, say.ValueOnTime}, {"0s", say.ValueNoWarning}}},
			{"autocomplete.hold_for", say.RuleHold, say.RuleHoldHint, []ruleOption{
				{state.Timed, say.ValueOnTime}, {"0s", say.ValueNoHold}}},
			{"reaction.restarts_timer", say.RuleReaction, say.RuleReactionHint, nil},
		}},
		{"rights", say.GroupRights, []ruleRow{
			{"access.read", say.RuleAccess, say.RuleAccessHint, []ruleOption{
				{"team", say.ValueTeam}, {"assigned", say.ValueAssigned}}},
			{"reassign.previous_can_read", say.RuleFormer, say.RuleFormerHint, nil},
			{"claim_on_reply", say.RuleClaim, say.RuleClaimHint, nil},
			{"bot.ends_wait", say.RuleBotWait, say.RuleBotWaitHint, nil},
		}},
		{"allocate", say.GroupAllocate, []ruleRow{
			{"allocate.new", say.RuleAllocateNew, say.RuleAllocateNewHint, []ruleOption{
				{"off", say.ValueUntaken}, {"least_busy", say.ValueLeastBusy}}},
			{"allocate.absent", say.RuleAllocateAbsent, say.RuleAllocateAbsentHint, []ruleOption{
				{"off", say.ValueStays}, {state.Timed, say.ValueGiven}}},
		}},
		{"time", say.GroupTime, []ruleRow{
			{"sla.clock", say.RuleClock, say.RuleClockHint, []ruleOption{
				{"first_unanswered", say.ValueFirstUnanswered}, {"last_visitor", say.ValueLastVisitor}}},
			{"sla.warn", say.RuleReplyWarn, say.RuleReplyWarnHint, []ruleOption{
				{state.Timed, say.ValueOnTime}, {"off", say.ValueNoColour}}},
			{"sla.limit", say.RuleReplyLimit, say.RuleReplyLimitHint, []ruleOption{
				{state.Timed, say.ValueOnTime}, {"off", say.ValueNoColour}}},
		}},
		{"unsent", say.GroupUnsent, []ruleRow{
			{"draft.persistence", say.RuleDraft, say.RuleDraftHint, []ruleOption{
				{"session", say.ValueSession}, {"durable", say.ValueDurable}}},
			{"offline_delivery", say.RuleOffline, say.RuleOfflineHint, []ruleOption{
				{"queue", say.ValueQueue}, {"fail_after:", say.ValueFailAfter}}},
		}},
		{"later", say.GroupLater, []ruleRow{
			{"record.rule", say.RuleRecord, say.RuleRecordHint, []ruleOption{
				{"off", say.ValueRuleOff}, {"always_new_deal", say.ValueRuleAlways},
				{"new_deal_if_no_active", say.ValueRuleActive}, {"new_deal_if_none", say.ValueRuleAny}}},
			{"record.preference", say.RulePreference, say.RulePreferenceHint, []ruleOption{
				{"kind_first", say.ValueKindFirst}, {"active_first", say.ValueActiveFirst}}},
			{"nps", say.RuleRating, say.RuleRatingHint, []ruleOption{
				{"off", say.ValueRatingOff}, {"delay=0s wait=24h", say.ValueRatingOn}}},
			{"nps.every", say.RuleRatingEvery, say.RuleRatingEveryHint, []ruleOption{
				{"none", say.ValueNone}, {state.Timed, say.ValueOnTime}}},
			{"nps.scale", say.RuleRatingScale, say.RuleRatingScaleHint, []ruleOption{{"1-10", 0}, {"0-10", 0}}},
		}},
	}
}

// RuleKeys are the keys that the page has, for the test that holds them against the table.
func RuleKeys() []string {
	var all []string
	for _, g := range ruleGroups() {
		for _, row := range g.rows {
			all = append(all, row.key)
		}
	}
	return all
}

// optionWord is an option's text; one without a word of its own says its value.
func (p pen) optionWord(o ruleOption) string {
	if o.word == 0 {
		return o.value
	}
	return p.word(o.word)
}

// chosen is which of a row's options a value is.
func (row *ruleRow) chosen(value string) string {
	for _, o := range row.options {
		if o.value == value {
			return o.value
		}
	}
	for _, o := range row.options {
		if strings.HasSuffix(o.value, ":") && strings.HasPrefix(value, o.value) {
			return o.value
		}
	}
	if _, _, ok := state.TimeParts(value); ok {
		for _, o := range row.options {
			if o.value == state.Timed {
				return o.value
			}
		}
	}
	return value
}

// valueWords are a value in plain words.
func (p pen) valueWords(row *ruleRow, value string) string {
	switch {
	case value == "true":
		return p.word(say.SwitchOn)
	case value == "false":
		return p.word(say.SwitchOff)
	case row.key == "complete.statuses":
		var all []string
		for status := range strings.SplitSeq(value, ",") {
			all = append(all, p.s.StatusWord(protocol.Status(status)))
		}
		return strings.Join(all, ", ")
	}
	chosen := row.chosen(value)
	_, span, _ := strings.Cut(value, ":")
	if chosen == state.Timed {
		return p.s.DurationWords(value)
	}
	for _, o := range row.options {
		if o.value != chosen {
			continue
		}
		if strings.HasSuffix(o.value, ":") {
			return p.optionWord(o) + " " + p.s.DurationWords(span)
		}
		return p.optionWord(o)
	}
	return p.strange(value)
}

// strange says a value that the page has no words for: an integration may have set it.
func (p pen) strange(value string) string {
	if strings.HasPrefix(value, "delay=") {
		return p.word(say.ValueRatingOwn)
	}
	return value
}
