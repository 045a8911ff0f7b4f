package state

import (
	"strconv"
	"strings"

	"beseda/protocol"
	"beseda/wasm/words"
	say "beseda/wasm/words/console"
)

// Problem is a refusal as a person has to hear it. The zero value is none.
type Problem struct {
	Code   protocol.Code
	Reason string
	// Until is when trying again may help, in unix milliseconds; 0 where waiting does not.
	Until int64
	// Lost: the line failed, the server never answered.
	Lost bool
}

// Is tells whether there is one.
func (p Problem) Is() bool { return p.Code != "" || p.Lost }

// Field is the field that the reason names, "" for none.
func (p Problem) Field() string {
	for part := range strings.FieldsSeq(p.Reason) {
		if f, ok := strings.CutPrefix(part, "field="); ok {
			return f
		}
	}
	return ""
}

func problemOf(r *protocol.Refused, now int64) Problem {
	p := Problem{Code: r.Code, Reason: r.Reason}
	if r.RetryMs > 0 {
		p.Until = now + r.RetryMs
	}
	return p
}

// Explain says a problem in a sentence, and what to do next.
func (s *State) Explain(p Problem) string {
	w := s.Words
	switch {
	case p.Lost:
		return w.Text(say.LineFailed)
	case p.Code == protocol.CodeRateLimited && p.Until > s.Now:
		return w.Fill(say.TooManyTries, s.Span(p.Until-s.Now))
	case p.Reason == "last_administrator":
		return w.Text(say.LastAdministrator)
	case p.Code == protocol.CodeConflict && p.Reason == "members":
		return w.Text(say.GroupFullRefused)
	case p.Code == protocol.CodeConflict && strings.HasPrefix(p.Reason, "limit="):
		return w.Fill(say.AtMost, strings.TrimPrefix(p.Reason, "limit="))
	case p.Code == protocol.CodeConflict && p.Field() == "email":
		return w.Text(say.EmailTaken)
	case p.Code == protocol.CodeConflict && (p.Reason == "changed" || strings.HasPrefix(p.Reason, "merged_into")):
		return w.Text(say.WasChanged)
	case p.Code == protocol.CodeInvalid && p.Field() == "assignee":
		return w.Text(say.WhyAssignee)
	case outrun(p.Code, p.Reason):
		return w.Text(say.WhyOutrun)
	case p.Code == protocol.CodeConflict && p.Field() == "shortcut":
		return w.Text(say.ShortcutTaken)
	case p.Code == protocol.CodeConflict && p.Field() == "name":
		return w.Text(say.NameTaken)
	case p.Code == protocol.CodeConflict && strings.HasPrefix(p.Reason, "active="):
		return w.Fill(say.OtherActive, strings.TrimPrefix(p.Reason, "active="))
	}
	if k, ok := reasons[p.Code]; ok {
		return w.Text(k)
	}
	return w.Text(say.WhyInternal)
}

// reasons are the sentences of codes that need no more.
var reasons = map[protocol.Code]words.Key{
	protocol.CodeInvalid:      say.WhyInvalid,
	protocol.CodeUnauthorized: say.SessionEnded,
	protocol.CodeForbidden:    say.WhyForbidden,
	protocol.CodeNotFound:     say.WhyNotFound,
	protocol.CodeConflict:     say.WhyConflict,
	protocol.CodeTooLong:      say.WhyTooLong,
	protocol.CodeTooLarge:     say.WhyTooLarge,
	protocol.CodeRateLimited:  say.WhyRateLimited,
	protocol.CodeBlocked:      say.WhyBlocked,
	protocol.CodeStorageFull:  say.WhyStorageFull,
	protocol.CodeNotAssigned:  say.WhyNotAssigned,

	protocol.FailedVisitorLeft: say.WhyVisitorLeft,
}

// Span says how long something takes, rounded up: "12 s", "4 min".
func (s *State) Span(ms int64) string {
	seconds := (ms + 999) / 1000
	if seconds < 90 {
		return s.Words.Count(say.Seconds, int(seconds))
	}
	minutes := (seconds + 59) / 60
	if minutes < 90 {
		return s.Words.Count(say.Minutes, int(minutes))
	}
	return s.Words.Count(say.Hours, int((minutes+59)/60))
}

// Ago says how long ago something was, in the largest unit that fits.
func (s *State) Ago(at int64) string {
	seconds := max(0, (s.Now+s.Skew-at)/1000)
	switch {
	case seconds < 2:
		return s.Words.Text(say.JustNow)
	case seconds < 60:
		return s.Words.Count(say.SecondsAgo, int(seconds))
	case seconds < 3600:
		return s.Words.Count(say.MinutesAgo, int(seconds/60))
	case seconds < 24*3600:
		return s.Words.Count(say.HoursAgo, int(seconds/3600))
	}
	return s.Words.Date(at, s.Now)
}

// LeftWords say how much room a text has, or by how much it is too long.
func (s *State) LeftWords(left int) string {
	if left < 0 {
		return s.Words.Fill(say.TooLongOver, strconv.Itoa(-left))
	}
	return s.Words.Fill(say.TooLongLeft, strconv.Itoa(left))
}
