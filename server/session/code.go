package session

import (
	"context"
	"errors"
	"log/slog"

	"nhooyr.io/websocket"

	"beseda/protocol"
	"beseda/server/auth"
	"beseda/store"
)

// Refused is the one place where an error becomes what a peer sees, over the socket and over HTTP. What is unknown is
// logged under an id, and the peer gets only that.
func Refused(err error, newID func() string, log *slog.Logger) protocol.Refused {
	var limited *auth.LimitedError
	var refusal *protocol.Refusal
	var tooLarge *store.LimitError
	switch {
	case errors.As(err, &limited):
		return protocol.Refused{Code: protocol.CodeRateLimited, Reason: limited.Limit.String(), RetryMs: limited.RetryMs()}
	case errors.As(err, &refusal):
		out := protocol.Refused{Code: refusal.Code, Reason: refusal.Reason}
		if refusal.Code == protocol.CodeStorageFull {
			out.RetryMs = storageRetryMs
		}
		return out
	case errors.As(err, &tooLarge):
		return protocol.Refused{Code: protocol.CodeTooLarge, Reason: limitReason(tooLarge.Limit)}
	case errors.Is(err, store.ErrFull):
		return protocol.Refused{Code: protocol.CodeStorageFull, RetryMs: storageRetryMs}
	case errors.Is(err, store.ErrNotFound):
		return protocol.Refused{Code: protocol.CodeNotFound}
	case errors.Is(err, store.ErrClosed), errors.Is(err, context.Canceled):
		return protocol.Refused{Code: protocol.CodeGoingAway}
	case errors.Is(err, protocol.ErrMalformed):
		return protocol.Refused{Code: protocol.CodeInvalid, Reason: "malformed"}
	}
	id := newID()
	log.Error("internal", "id", id, "err", err)
	return protocol.Refused{Code: protocol.CodeInternal, Reason: "id=" + id, RetryMs: internalRetryMs}
}

const (
	storageRetryMs  = 10_000
	internalRetryMs = 2_000
)

// closeStatus is the WebSocket status that goes with a code: what a browser's close event shows.
func closeStatus(code protocol.Code) websocket.StatusCode {
	return websocket.StatusCode(protocol.AdviceFor(code).Status)
}
