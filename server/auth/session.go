package auth

import (
	"log/slog"
	"strconv"
	"strings"
	"time"

	"beseda/protocol"
	"beseda/store"
)

const (
	// SessionIdle is how long a session lives unused.
	SessionIdle = 14 * 24 * time.Hour
	// SessionLife is how long it lives at all.
	SessionLife = 60 * 24 * time.Hour
	// sessionMark is how stale its last use may be on disk.
	sessionMark = 5 * time.Minute
	// maxDeviceBytes of what a session says of its device.
	maxDeviceBytes = 200
)

// Session is one sign-in of an operator, or one token of a bot.
type Session struct {
	// ID is the hash under which it is kept: it names the session and opens nothing.
	ID       string
	Operator protocol.OperatorID
	// Bot tells that it is a bot's token: no times, device or address then.
	Bot       bool
	CreatedAt time.Time
	// LastAt is exact to five minutes.
	LastAt time.Time
	// ExpiresAt is its absolute end; it ends before that if unused for SessionIdle.
	ExpiresAt time.Time
	Device    string
	Address   string
}

// LogValue names a session without where its owner is.
func (s Session) LogValue() slog.Value {
	return slog.GroupValue(slog.String("session", s.ID), slog.String("operator", string(s.Operator)))
}

// Origin says where a session comes from, for its owner to recognise.
type Origin struct {
	// Device is browser and system in words; cut to 200 bytes.
	Device string
	// Address is the peer's, as peer.Rules found it.
	Address string
	// Previous is the token the browser sent along, if any: that session ends where the new one begins.
	Previous Hidden
}

// early tells that a session was made a day or more from now: the clock was wrong then or is now, so its end says
// nothing. It is refused, and kept until the clock is right again.
func (s Session) early(now time.Time) bool { return s.CreatedAt.Sub(now) >= 24*time.Hour }

// over tells whether a session's time is up.
func (s Session) over(now time.Time) bool {
	return !now.Before(s.ExpiresAt) || now.Sub(s.LastAt) >= SessionIdle
}

// Facts of a session's record.
const (
	factLast    = "last"
	factDevice  = "device"
	factAddress = "address"
)

func (s Session) record() store.Secret {
	return store.Secret{
		Owner: string(s.Operator), At: s.CreatedAt.UnixMilli(), ExpiresAt: s.ExpiresAt.UnixMilli(),
		Facts: map[string]string{
			factLast:   strconv.FormatInt(s.LastAt.UnixMilli(), 10),
			factDevice: s.Device, factAddress: s.Address,
		},
	}
}

// sessionOf reads a record. What it lacks makes it end sooner, never later: no expiry is long ago, and so is no use.
func sessionOf(id string, rec store.Secret) Session {
	last, _ := strconv.ParseInt(rec.Facts[factLast], 10, 64)
	return Session{
		ID: id, Operator: protocol.OperatorID(rec.Owner),
		CreatedAt: time.UnixMilli(rec.At), LastAt: time.UnixMilli(last), ExpiresAt: time.UnixMilli(rec.ExpiresAt),
		Device: rec.Facts[factDevice], Address: rec.Facts[factAddress],
	}
}

// cut shortens text to at most n bytes of valid UTF-8.
func cut(s string, n int) string {
	s = strings.ToValidUTF8(s, "")
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "")
}
