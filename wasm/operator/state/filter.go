package state

import (
	"slices"
	"strconv"
	"strings"

	"beseda/protocol"
	"beseda/wasm/words"
)

// Filter is what the event list is narrowed to. The zero value is everything but receipts and visits.
type Filter struct {
	Types []protocol.Kind
	// Author is a sort of author, or a colleague's id; "" for all.
	Author string
	// Since and Until are days, both included: "2026-11-20"; "" for no bound.
	Since, Until string
	Number       protocol.Number
}

// EventKinds are the kinds that the list can be narrowed to, in the order of the menu.
var EventKinds = [...]protocol.Kind{
	protocol.KindConversationStarted, protocol.KindConversationClosed, protocol.KindConversationCompleted,
	protocol.KindConversationReopened, protocol.KindConversationReactivated, protocol.KindStatusSet,
	protocol.KindConversationAssigned, protocol.KindConversationSplit, protocol.KindConversationMerged,
	protocol.KindReplyWaived, protocol.KindReplyTimeWarned, protocol.KindReplyTimeExceeded,
	protocol.KindCompletionAnnounced, protocol.KindCompletionPostponed, protocol.KindSubjectSet,
	protocol.KindMessageSent, protocol.KindNoteAdded, protocol.KindReactionAdded, protocol.KindReactionWithdrawn,
	protocol.KindVisitorArrived, protocol.KindPolicySet, protocol.KindProfileSet, protocol.KindChannelCreated,
	protocol.KindChannelSet, protocol.KindOperatorInvited, protocol.KindOperatorJoined, protocol.KindOperatorDeactivated,
	protocol.KindOperatorActivated, protocol.KindOperatorLinked, protocol.KindPasswordSet,
	protocol.KindRoleSet, protocol.KindGroupSet, protocol.KindGroupDeleted, protocol.KindTeamSet,
	protocol.KindTagSet, protocol.KindTagDeleted, protocol.KindContactTagged, protocol.KindContactUntagged, protocol.KindContactSet,
	protocol.KindContactBlocked, protocol.KindContactUnblocked, protocol.KindMessageFailed, protocol.KindConversationErased,
	protocol.KindConversationPurged, protocol.KindExportMade, protocol.KindQuickReplySet, protocol.KindQuickReplyDeleted,
	protocol.KindViewSet, protocol.KindViewDeleted,
}

// AuthorKinds are the sorts of authors, in the order of the menu.
var AuthorKinds = [...]protocol.ActorKind{
	protocol.ActorOperator, protocol.ActorVisitor, protocol.ActorBot, protocol.ActorRule, protocol.ActorTimer, protocol.ActorAPI,
}

// parseFilter reads the query of an address; what it does not know it leaves out.
func parseFilter(query string) Filter {
	var f Filter
	for pair := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		switch name {
		case "type":
			for _, kind := range EventKinds { // in the menu's order, each once
				if slices.Contains(strings.Split(value, ","), string(kind)) {
					f.Types = append(f.Types, kind)
				}
			}
		case "author":
			if slices.Contains(AuthorKinds[:], protocol.ActorKind(value)) || protocol.IsID(value) {
				f.Author = value
			}
		case "since":
			if _, ok := parseDay(value); ok {
				f.Since = value
			}
		case "until":
			if _, ok := parseDay(value); ok {
				f.Until = value
			}
		case "number":
			n, err := strconv.ParseUint(value, 10, 64)
			if err == nil {
				f.Number = protocol.Number(n)
			}
		}
	}
	return f
}

// String is the query of the address that a filter stands in.
func (f Filter) String() string {
	var parts []string
	add := func(name, value string) {
		if value != "" {
			parts = append(parts, name+"="+value)
		}
	}
	add("type", joined(f.Types))
	add("author", f.Author)
	add("since", f.Since)
	add("until", f.Until)
	if f.Number != 0 {
		add("number", f.Number.String())
	}
	return strings.Join(parts, "&")
}

func joined(kinds []protocol.Kind) string {
	all := make([]string, len(kinds))
	for i, kind := range kinds {
		all[i] = string(kind)
	}
	return strings.Join(all, ",")
}

// command is the question that a filter asks.
func (f Filter) command(zone words.Zone) *protocol.EventsRead {
	cmd := &protocol.EventsRead{Types: f.Types, Conversation: f.Number, Limit: protocol.EventsPage}
	if protocol.IsID(f.Author) {
		cmd.ActorIDs = []string{f.Author}
	} else if f.Author != "" {
		cmd.Actors = []protocol.ActorKind{protocol.ActorKind(f.Author)}
	}
	if days, ok := parseDay(f.Since); ok {
		cmd.Since = dayStart(days, zone)
	}
	if days, ok := parseDay(f.Until); ok {
		cmd.Until = dayStart(days+1, zone) - 1
	}
	return cmd
}

// export is the query of the same list as a file.
func (f Filter) export(zone words.Zone) string {
	cmd := f.command(zone)
	var parts []string
	add := func(name, value string) {
		if value != "" && value != "0" {
			parts = append(parts, name+"="+value)
		}
	}
	for _, kind := range cmd.Types {
		add("type", string(kind))
	}
	for _, kind := range cmd.Actors {
		add("actor", string(kind))
	}
	for _, id := range cmd.ActorIDs {
		add("actor_id", id)
	}
	add("since", strconv.FormatInt(cmd.Since, 10))
	add("until", strconv.FormatInt(cmd.Until, 10))
	add("conversation", cmd.Conversation.String())
	return strings.Join(parts, "&")
}

// parseDay reads "2026-11-20" as days since 1970-01-01 in the Gregorian calendar.
func parseDay(text string) (days int64, ok bool) {
	if len(text) != 10 || text[4] != '-' || text[7] != '-' {
		return 0, false
	}
	y, err1 := strconv.ParseInt(text[:4], 10, 64)
	m, err2 := strconv.ParseInt(text[5:7], 10, 64)
	d, err3 := strconv.ParseInt(text[8:], 10, 64)
	if err1 != nil || err2 != nil || err3 != nil || y < 1970 || m < 1 || m > 12 || d < 1 || d > 31 {
		return 0, false
	}
	if m -= 3; m < 0 { // years begin in March, so that the leap day is the last
		m += 12
		y--
	}
	return y*365 + y/4 - y/100 + y/400 + (153*m+2)/5 + d - 1 - 719468, true
}

// dayText is what parseDay reads.
func dayText(days int64) string {
	z := days + 719468 // since 0000-03-01
	era := z / 146097
	z -= era * 146097
	y := (z - z/1460 + z/36524 - z/146096) / 365
	z -= 365*y + y/4 - y/100
	m := (5*z + 2) / 153
	d := z - (153*m+2)/5 + 1
	y += era * 400
	if m += 3; m > 12 {
		m -= 12
		y++
	}
	return strconv.FormatInt(y, 10) + "-" + twoDigits(m) + "-" + twoDigits(d)
}

func twoDigits(n int64) string { return strconv.FormatInt(n/10, 10) + strconv.FormatInt(n%10, 10) }

// dayStart is when a day begins on the person's clock, in unix milliseconds.
func dayStart(days int64, zone words.Zone) int64 {
	const quarter = 15 * 60_000
	for at := days*86_400_000 - 14*4*quarter; ; at += quarter {
		if zone.Day(at) >= days {
			return at
		}
	}
}
