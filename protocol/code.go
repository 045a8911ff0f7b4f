package protocol

// Code is the closed list of answers to a refused command and of reasons to close a connection.
type Code string

const (
	CodeInvalid      Code = "invalid"
	CodeUnauthorized Code = "unauthorized"
	CodeForbidden    Code = "forbidden"
	CodeNotFound     Code = "not_found"
	CodeConflict     Code = "conflict"
	CodeTooLong      Code = "too_long"
	CodeTooLarge     Code = "too_large"
	CodeRateLimited  Code = "rate_limited"
	CodeBlocked      Code = "blocked"
	CodeNotAssigned  Code = "not_assigned"
	CodeStorageFull  Code = "storage_full"
	CodeSlowConsumer Code = "slow_consumer"
	CodeGoingAway    Code = "going_away"
	CodeInternal     Code = "internal"
)

// Advice is what a code means to the peer that gets it.
type Advice struct {
	Code Code
	// Text says it to a person who writes a client.
	Text string
	// Retry: the same command, with the same id, may be accepted later without anybody changing it.
	Retry bool
	// Reconnect: where a connection closes with this code, the client comes back by itself.
	Reconnect bool
	// Status is the WebSocket close status that goes with it.
	Status int
}

// Codes is the whole list, in the order of the glossary.
var Codes = [...]Advice{
	{CodeInvalid, "malformed, unknown kind, something the channel cannot do, or a value outside what is allowed; the reason names the field", false, false, 1008},
	{CodeUnauthorized, "no valid session; sign in, then send it again", false, false, 1008},
	{CodeForbidden, "a right is missing, or a policy forbids it", false, false, 1008},
	{CodeNotFound, "does not exist, or is erased", false, false, 1008},
	{CodeConflict, "the state does not allow it now; the reason says what differs", false, false, 1008},
	{CodeTooLong, "text above the limit that the reason names", false, false, 1008},
	{CodeTooLarge, "file above the limit that the reason names", false, false, 1008},
	{CodeRateLimited, "too many in a time; the reason says when to come back", true, true, 1013},
	{CodeBlocked, "the contact is blocked", false, false, 1008},
	{CodeNotAssigned, "the sender may not write in this conversation", false, false, 1008},
	{CodeStorageFull, "the disk is too full to store; reading works", true, true, 1013},
	{CodeSlowConsumer, "the listener's outbox was full; reconnect and resume", false, true, 1013},
	{CodeGoingAway, "the server is stopping; reconnect and resume", true, true, 1001},
	{CodeInternal, "unexpected failure, known by the id in the reason", true, true, 1011},
}

// AdviceFor finds a code's row; an unknown code, from a newer server, reads as internal.
func AdviceFor(code Code) Advice {
	for _, a := range Codes {
		if a.Code == code {
			return a
		}
	}
	return Codes[len(Codes)-1]
}

// Refusal is an error with a code: the only error that reaches a peer.
type Refusal struct {
	Code Code
	// Reason follows the code, in its own small language: "limit=2000", "active=41", "field=email".
	Reason string
}

func (r *Refusal) Error() string {
	if r.Reason == "" {
		return string(r.Code)
	}
	return string(r.Code) + " " + r.Reason
}

// Refuse makes a refusal.
func Refuse(code Code, reason string) *Refusal { return &Refusal{Code: code, Reason: reason} }
