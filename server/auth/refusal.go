package auth

import (
	"errors"
	"fmt"
	"time"

	"beseda/protocol"
)

// unauthorized says that a proof does not hold. It never says why in a way that helps to guess.
func unauthorized(reason string) error { return protocol.Refuse(protocol.CodeUnauthorized, reason) }

func isUnauthorized(err error) bool {
	var r *protocol.Refusal
	return errors.As(err, &r) && r.Code == protocol.CodeUnauthorized
}

// LimitedError is a refusal by a limit: too many in a time. It unwraps to a *protocol.Refusal of code rate_limited.
type LimitedError struct {
	Limit LimitName
	// RetryAfter is how long to wait until one more would be let through; always above zero.
	RetryAfter time.Duration
}

func (e *LimitedError) Error() string {
	return fmt.Sprintf("%s: %s, retry after %s", protocol.CodeRateLimited, e.Limit, e.RetryAfter)
}

// Unwrap gives the refusal that a peer may see.
func (e *LimitedError) Unwrap() error {
	return protocol.Refuse(protocol.CodeRateLimited, fmt.Sprintf("retry_ms=%d", e.RetryMs()))
}

// RetryMs is RetryAfter in whole milliseconds, rounded up.
func (e *LimitedError) RetryMs() int64 {
	return int64((e.RetryAfter + time.Millisecond - 1) / time.Millisecond)
}
