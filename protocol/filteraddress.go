package protocol

import (
	"slices"
	"strings"
)

// Address is a filter and an order as the query of an address, the same for the same list; "" for everything in the
// default order. ParseFilter reads it.
func (f Filter) Address(order Order) string {
	var b strings.Builder
	add := func(name, value string) {
		if value == "" {
			return
		}
		if b.Len() > 0 {
			b.WriteByte('&')
		}
		b.WriteString(name)
		b.WriteByte('=')
		b.WriteString(value)
	}
	add("assignee", spelled(f.Assignees))
	add("unassigned", yes(f.Unassigned))
	add("bot", spelled(f.Bots))
	add("channel", spelled(f.Channels))
	add("tag", spelled(f.Tags))
	add("untagged", yes(f.Untagged))
	add("pinned", yes(f.Pinned))
	add("activity", spelled(f.Activities))
	add("status", spelled(f.Statuses))
	add("last", string(f.Last))
	add("reply", string(f.Reply))
	add("unread", yes(f.Unread))
	add("order", string(order))
	return b.String()
}

// ParseFilter reads the query of an address. What it does not know, and what is over a filter's limits, it leaves out:
// links are older than the page, and people shorten them.
func ParseFilter(query string) (f Filter, order Order) {
	for pair := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		switch name {
		case "assignee":
			f.Assignees = idsOf(f.Assignees, value, 500)
		case "unassigned":
			f.Unassigned = value == "1"
		case "bot":
			f.Bots = idsOf(f.Bots, value, 500)
		case "channel":
			f.Channels = idsOf(f.Channels, value, 500)
		case "tag":
			f.Tags = idsOf(f.Tags, value, 100)
		case "untagged":
			f.Untagged = value == "1"
		case "pinned":
			f.Pinned = value == "1"
		case "activity":
			f.Activities = wordsOf(value, Active, Completed)
		case "status":
			f.Statuses = wordsOf(value, Open, Pending, Closed)
		case "last":
			f.Last = wordOf(value, SideVisitor, SideTeam)
		case "reply":
			f.Reply = wordOf(value, ReplyOwed, ReplyGiven)
		case "unread":
			f.Unread = value == "1"
		case "order":
			order = wordOf(value, OrderProcessing, OrderActivity)
		}
	}
	if f.Untagged {
		f.Tags, f.Pinned = nil, false
	}
	return f, order
}

// spelled puts the values in one order, so that the same choice has the same address.
func spelled[T ~string](values []T) string {
	all := make([]string, len(values))
	for i, v := range values {
		all[i] = string(v)
	}
	slices.Sort(all)
	return strings.Join(slices.Compact(all), ",")
}

func yes(on bool) string {
	if on {
		return "1"
	}
	return ""
}

func idsOf[T ~string](have []T, value string, most int) []T {
	for id := range strings.SplitSeq(value, ",") {
		if IsID(id) && len(have) < most && !slices.Contains(have, T(id)) {
			have = append(have, T(id))
		}
	}
	return have
}

func wordsOf[T ~string](value string, known ...T) (found []T) {
	given := strings.Split(value, ",")
	for _, k := range known {
		if slices.Contains(given, string(k)) {
			found = append(found, k)
		}
	}
	return found
}

func wordOf[T ~string](value string, known ...T) T {
	for _, k := range known {
		if value == string(k) {
			return k
		}
	}
	return ""
}
