package policy

import (
	"errors"
	"slices"
	"strings"

	"beseda/protocol"
	"beseda/store"
)

const byLastAuthor = "by_last_author"

// Closed is what becomes of a message into something closed.
type Closed string

const (
	New          Closed = "new"
	Reopen       Closed = "reopen"
	ReopenWithin Closed = "reopen_within"
	Keep         Closed = "keep"   // of the team's alone
	Forbid       Closed = "forbid" // of the team's alone
)

// Policy is what holds in a channel at a moment. Durations are in milliseconds, 0 for off.
type Policy struct {
	// InboundClosed is New, Reopen, or ReopenWithin the time Within.
	InboundClosed Closed
	Within        int64
	// InboundOpen and InboundPending: a visitor's message reactivates what was completed with that status.
	InboundOpen    bool
	InboundPending bool
	// OutboundReactivates: so does a reply.
	OutboundReactivates bool
	// OutboundClosed is Reopen, New, Keep or Forbid.
	OutboundClosed Closed
	// Statuses are those that work may be ended with.
	Statuses []protocol.Status

	// CompleteAfter and UnassignedAfter are how long an active conversation may be idle.
	CompleteAfter   int64
	UnassignedAfter int64
	// CompleteAs is the status of a conversation that completes by itself; empty: by who is owed an answer.
	CompleteAs protocol.Status
	WarnBefore int64
	HoldFor    int64
	// CompleteResumed is until when completion was off, that millisecond included.
	CompleteResumed int64

	Split            bool
	AssignedOnly     bool
	FormerMayRead    bool
	ClaimOnReply     bool
	BotEndsWait      bool
	ReactionRestarts bool
	// AllocateNew: what waits and nobody ever had is given to somebody who is free.
	AllocateNew bool
	// AllocateAbsent is how long an assignee may be offline before what waits for them is given to another; 0 for ever.
	AllocateAbsent int64
	// DraftSession: drafts last only as long as the page, so none is kept.
	DraftSession bool

	// LastVisitor: the reply time counts from the newest waiting message, not from the first.
	LastVisitor bool
	ReplyWarn   int64
	ReplyLimit  int64
	// WarnResumed and LimitResumed are until when they were off, as above.
	WarnResumed  int64
	LimitResumed int64

	// FailAfter is how long a message of the team may be on no device of the visitor before it fails; 0 for ever.
	FailAfter int64
	// FailResumed is until when that was off, as above.
	FailResumed int64
}

// Of is what holds in a channel now.
func Of(r store.Reader, channel protocol.ChannelID) (Policy, error) {
	workspace, err := scope(r, "")
	if err != nil {
		return Policy{}, err
	}
	own, err := scope(r, channel)
	if err != nil {
		return Policy{}, err
	}
	p := compile(setOf(own.Values).over(setOf(workspace.Values)))
	for _, resumed := range slices.Concat(workspace.Resumed, own.Resumed) {
		switch k, _ := KeyOf(resumed.Key); k {
		case AutocompleteAfter, AutocompleteUnassigned:
			p.CompleteResumed = max(p.CompleteResumed, resumed.At)
		case ReplyWarn:
			p.WarnResumed = max(p.WarnResumed, resumed.At)
		case ReplyLimit:
			p.LimitResumed = max(p.LimitResumed, resumed.At)
		case OfflineDelivery:
			p.FailResumed = max(p.FailResumed, resumed.At)
		}
	}
	return p, nil
}

// scope reads what the workspace ("") or a channel has of its own.
func scope(r store.Reader, channel protocol.ChannelID) (store.PolicyScope, error) {
	own, err := store.Policies.Get(r, store.Text(channel))
	if errors.Is(err, store.ErrNotFound) {
		return store.PolicyScope{}, nil
	}
	return own, err
}

// compile reads a set that obeys the table; keys without a value have the default.
func compile(s set) Policy {
	for k, value := range s {
		if value == "" {
			s[k] = table[k].beseda
		}
	}
	word, within, _ := strings.Cut(s[InboundClosed], ":")
	_, failAfter, _ := strings.Cut(s[OfflineDelivery], ":")
	p := Policy{
		InboundClosed:       Closed(word),
		Within:              ms(within),
		InboundOpen:         s[InboundOpen] == "reactivate",
		InboundPending:      s[InboundPending] == "reactivate",
		OutboundReactivates: s[OutboundCompleted] == "reactivate",
		OutboundClosed:      Closed(s[OutboundClosed]),
		CompleteAfter:       ms(s[AutocompleteAfter]),
		UnassignedAfter:     ms(s[AutocompleteUnassigned]),
		WarnBefore:          ms(s[AutocompleteWarn]),
		HoldFor:             ms(s[AutocompleteHold]),
		Split:               s[SplitEnabled] == "true",
		AssignedOnly:        s[AccessRead] == "assigned",
		FormerMayRead:       s[ReassignPreviousCanRead] == "true",
		ClaimOnReply:        s[ClaimOnReply] == "true",
		BotEndsWait:         s[BotEndsWait] == "true",
		ReactionRestarts:    s[ReactionRestarts] == "true",
		AllocateNew:         s[AllocateNew] == "least_busy",
		AllocateAbsent:      ms(s[AllocateAbsent]),
		DraftSession:        s[DraftPersistence] == "session",
		LastVisitor:         s[ReplyClock] == "last_visitor",
		ReplyWarn:           ms(s[ReplyWarn]),
		ReplyLimit:          ms(s[ReplyLimit]),
		FailAfter:           ms(failAfter),
	}
	if s[AutocompleteUnassigned] == "same" {
		p.UnassignedAfter = p.CompleteAfter
	}
	if s[AutocompleteStatus] != byLastAuthor {
		p.CompleteAs = protocol.Status(s[AutocompleteStatus])
	}
	p.Statuses = make([]protocol.Status, 0, len(table[CompleteStatuses].allowed))
	for status := range strings.SplitSeq(s[CompleteStatuses], ",") {
		p.Statuses = append(p.Statuses, protocol.Status(status))
	}
	return p
}

// ms is a duration, and 0 for a word.
func ms(value string) int64 {
	n, _ := parseDuration(value)
	return n
}

// Allows tells whether work may be ended with a status.
func (p *Policy) Allows(status protocol.Status) bool { return slices.Contains(p.Statuses, status) }

// IdleFor is how long a conversation may be idle, assigned or not; 0 for ever.
func (p *Policy) IdleFor(assigned bool) int64 {
	if assigned {
		return p.CompleteAfter
	}
	return p.UnassignedAfter
}
