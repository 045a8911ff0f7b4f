package session

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strconv"

	"nhooyr.io/websocket"

	"beseda/protocol"
	"beseda/server/auth"
	"beseda/store"
)

const (
	storageRetryMs  = 10_000
	internalRetryMs = 2_000
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

// AnswerRefused writes a refusal over HTTP in the shape that every client knows.
func AnswerRefused(w http.ResponseWriter, r protocol.Refused) {
	h := w.Header()
	if r.RetryMs > 0 {
		h.Set("Retry-After", strconv.FormatInt((r.RetryMs+999)/1000, 10))
	}
	h.Set("Content-Type", "application/json")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(httpStatus(r.Code))
	_ = json.NewEncoder(w).Encode(r) // who does not read it is gone
}

// httpStatus is the HTTP status that goes with a code.
func httpStatus(code protocol.Code) int {
	switch code {
	case protocol.CodeUnauthorized:
		return http.StatusUnauthorized
	case protocol.CodeForbidden, protocol.CodeBlocked, protocol.CodeNotAssigned:
		return http.StatusForbidden
	case protocol.CodeNotFound:
		return http.StatusNotFound
	case protocol.CodeConflict:
		return http.StatusConflict
	case protocol.CodeTooLong, protocol.CodeTooLarge:
		return http.StatusRequestEntityTooLarge
	case protocol.CodeRateLimited:
		return http.StatusTooManyRequests
	case protocol.CodeStorageFull:
		return http.StatusInsufficientStorage
	case protocol.CodeGoingAway, protocol.CodeSlowConsumer:
		return http.StatusServiceUnavailable
	case protocol.CodeInternal:
		return http.StatusInternalServerError
	}
	return http.StatusBadRequest
}

// closeStatus is the WebSocket status that goes with a code: what a browser's close event shows.
func closeStatus(code protocol.Code) websocket.StatusCode {
	return websocket.StatusCode(protocol.AdviceFor(code).Status)
}

func limitReason(limit int64) string { return "limit=" + strconv.FormatInt(limit, 10) }
