package state

import (
	"strconv"
	"strings"

	"beseda/protocol"
)

// Place is one of the console's pages.
type Place uint8

const (
	AtInbox Place = iota
	AtTeam
	AtChannels // with Route.Channel one of them, with Route.New a new one
	AtAccount
	AtRules  // how conversations behave; with Route.Channel that channel's own
	AtEvents // with Route.Query the filters
	AtReport
	AtTags
	AtReplies // quick replies
	AtAudit   // with Route.Query the author
)

// Route is where the console is, as the address says it.
type Route struct {
	Place   Place
	Number  protocol.Number // the open conversation of AtInbox; 0 is none
	Channel protocol.ChannelID
	New     bool
	Query   string // the filters of AtEvents and AtInbox, in their one spelling
}

const base = "/console/"

// ParseRoute reads an address; what it does not know is the inbox.
func ParseRoute(address string) Route {
	path, fragment, _ := strings.Cut(address, "#")
	path, query, _ := strings.Cut(path, "?")
	first, rest, _ := strings.Cut(strings.Trim(strings.TrimPrefix(path, strings.TrimSuffix(base, "/")), "/"), "/")
	switch first {
	case "team":
		return Route{Place: AtTeam}
	case "channels":
		if rest == "new" {
			return Route{Place: AtChannels, New: true}
		}
		if protocol.IsID(rest) {
			return Route{Place: AtChannels, Channel: protocol.ChannelID(rest)}
		}
		return Route{Place: AtChannels}
	case "account":
		return Route{Place: AtAccount}
	case "conversations":
		if protocol.IsID(rest) {
			return Route{Place: AtRules, Channel: protocol.ChannelID(rest)}
		}
		return Route{Place: AtRules}
	case "quick-replies":
		return Route{Place: AtReplies}
	case "tags":
		return Route{Place: AtTags}
	case "audit":
		return Route{Place: AtAudit, Query: auditQuery(auditAuthor(query))}
	case "reports":
		return Route{Place: AtReport}
	case "events":
		return Route{Place: AtEvents, Query: parseFilter(query).String()}
	}
	n, err := strconv.ParseUint(fragment, 10, 64)
	if err != nil {
		n = 0
	}
	return Route{Number: protocol.Number(n), Query: parseLook(query).query()}
}

// Address is where a route stands.
func (r Route) Address() string {
	switch r.Place {
	case AtTeam:
		return base + "team"
	case AtChannels:
		switch {
		case r.New:
			return base + "channels/new"
		case r.Channel != "":
			return base + "channels/" + string(r.Channel)
		}
		return base + "channels"
	case AtAccount:
		return base + "account"
	case AtRules:
		if r.Channel != "" {
			return base + "conversations/" + string(r.Channel)
		}
		return base + "conversations"
	case AtReplies:
		return base + "quick-replies"
	case AtTags:
		return base + "tags"
	case AtAudit:
		if r.Query != "" {
			return base + "audit?" + r.Query
		}
		return base + "audit"
	case AtReport:
		return base + "reports"
	case AtEvents:
		if r.Query != "" {
			return base + "events?" + r.Query
		}
		return base + "events"
	}
	address := base
	if r.Query != "" {
		address += "?" + r.Query
	}
	if r.Number != 0 {
		address += "#" + r.Number.String()
	}
	return address
}
