package state

import (
	"beseda/protocol"
	"beseda/wasm/bridge"
	say "beseda/wasm/words/console"
)

// Countdown is how long until a conversation completes by itself, in milliseconds; false where it was not announced.
func (s *State) Countdown(row *protocol.Row) (left int64, on bool) {
	if !row.Announced || row.Deadline == 0 || row.Activity != protocol.Active {
		return 0, false
	}
	return max(row.Deadline-s.Now-s.Skew, 0), true
}

// Remaining says a short time as a clock does: "1:42".
func Remaining(ms int64) string {
	seconds := (ms + 999) / 1000
	tail := itoa(int(seconds % 60))
	if len(tail) < 2 {
		tail = "0" + tail
	}
	return itoa(int(seconds/60)) + ":" + tail
}

// CompletesAs is the status that a conversation would complete with now.
func (s *State) CompletesAs(row *protocol.Row) protocol.Status {
	switch fixed := protocol.Status(s.Policy(row.Channel, "autocomplete.status")); fixed {
	case protocol.Open, protocol.Pending, protocol.Closed:
		return fixed
	}
	if row.AwaitingSince != 0 {
		return protocol.Open
	}
	return protocol.Pending
}

// StatusWord is a status in a word.
func (s *State) StatusWord(status protocol.Status) string {
	switch status {
	case protocol.Closed:
		return s.Words.Text(say.StatusClosed)
	case protocol.Pending:
		return s.Words.Text(say.StatusPending)
	}
	return s.Words.Text(say.StatusOpen)
}

// spokenAtSeconds are the moments at which a countdown is read out (UI §9).
var spokenAtSeconds = [...]int64{120, 60, 10}

// silent is more than any countdown has left: nothing of it was read out.
const silent = 1 << 40

// countDown reads the open conversation's countdown out at its moments.
func (s *State) countDown(fx *bridge.Effects) {
	t := s.Current()
	if t == nil {
		return
	}
	ms, on := s.Countdown(&t.Row)
	if !on || t.Phase != TalkOpen {
		t.counted = silent
		return
	}
	seconds, speak := (ms+999)/1000, false
	for _, mark := range spokenAtSeconds {
		speak = speak || t.counted > mark && seconds <= mark
	}
	t.counted = seconds
	if speak && seconds > 0 {
		fx.Announce(s.Words.Fill(say.CompletesAs, s.StatusWord(s.CompletesAs(&t.Row)), s.Span(ms)))
	}
}

// Level is how urgent a wait is.
type Level uint8

const (
	Calm Level = iota
	Warning
	Danger
)

// Wait says how long a visitor has waited and how urgent that is; "" where nobody waits, or only just began to.
func (s *State) Wait(row *protocol.Row) (text string, level Level) {
	now := s.Now + s.Skew
	if row.AwaitingSince == 0 {
		return "", Calm
	}
	switch {
	case row.LimitAt != 0 && now >= row.LimitAt:
		level = Danger
	case row.WarnAt != 0 && now >= row.WarnAt:
		level = Warning
	}
	ms := max(now-row.AwaitingSince, 0)
	switch minutes := int(ms / 60_000); {
	case minutes >= 120:
		return s.Words.Fill(say.HourShort, itoa(minutes/60)), level
	case minutes > 0:
		return s.Words.Fill(say.MinShort, itoa(minutes)), level
	case level != Calm:
		return s.Words.Fill(say.SecShort, itoa(int(ms/1000))), level
	}
	return "", Calm
}

// nextChange is how soon something in the list changes by time alone, at most so many milliseconds.
func (s *State) nextChange(most int64) int64 {
	now := s.Now + s.Skew
	soon := func(at int64) {
		if at > now {
			most = min(most, at-now)
		}
	}
	look := func(row *protocol.Row) {
		if ms, on := s.Countdown(row); on && ms > 0 {
			most = min(most, (ms-1)%1000+1)
		}
		if row.AwaitingSince != 0 {
			soon(row.WarnAt)
			soon(row.LimitAt)
		}
	}
	first, last := s.List.Window()
	for i := first; i < last; i++ {
		if row := s.List.Row(s.List.At(i)); row != nil {
			look(row)
		}
	}
	if t := s.Current(); t != nil {
		look(&t.Row)
	}
	return most
}
