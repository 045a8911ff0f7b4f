package web

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"
)

// A peer that takes or gives a file has to keep up a pace, however slow its line: who stands still, or drips, holds a
// connection and a file of ours.
const (
	standstill = 30 * time.Second // without a byte
	grace      = time.Minute      // before the pace counts
	slowest    = 2 << 10          // bytes a second, from then on
)

// What is no file is small, and has to be through by a time.
const (
	bodyTime   = 10 * time.Second
	answerTime = time.Minute
)

// Prompt lets no peer hold a request by sending its body or taking its answer slowly. A file has a pace of its own
// instead, and a socket takes its connection over without any deadline.
func Prompt(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		connection, now := http.NewResponseController(w), time.Now()
		_ = connection.SetWriteDeadline(now.Add(answerTime)) // errors mean that it is no connection of ours
		if r.Body != http.NoBody {                           // net/http lifts it with the body's end, and then reads on to see whether the peer is there
			_ = connection.SetReadDeadline(now.Add(bodyTime))
		}
		next.ServeHTTP(w, r)
	})
}

// pace is a transfer's clock: the connection's own, so that of the system.
type pace struct {
	began time.Time
	moved int64
}

// until is when the next bytes have to be through.
func (p *pace) until() time.Time {
	now := time.Now()
	still := now.Add(standstill)
	if slow := p.began.Add(grace + time.Duration(p.moved/slowest)*time.Second); slow.Before(still) {
		return slow
	}
	return still
}

// incoming is a request's body at a pace.
type incoming struct {
	io.Reader
	connection *http.ResponseController
	pace       pace
	whole      bool
}

// paced begins a transfer; done ends it.
func paced(w http.ResponseWriter, r *http.Request) *incoming {
	return &incoming{Reader: r.Body, connection: http.NewResponseController(w), pace: pace{began: time.Now()}}
}

func (in *incoming) Read(p []byte) (int, error) {
	if in.whole {
		return 0, io.EOF
	}
	if err := in.connection.SetReadDeadline(in.pace.until()); err != nil {
		return 0, err
	}
	n, err := in.Reader.Read(p)
	in.pace.moved += int64(n)
	in.whole = errors.Is(err, io.EOF)
	return n, err
}

// done leaves a while for the answer, and for the rest, which nobody wants, so that the connection may serve again.
func (in *incoming) done() {
	now := time.Now()
	_ = in.connection.SetWriteDeadline(now.Add(answerTime))
	if !in.whole {
		_ = in.connection.SetReadDeadline(now.Add(bodyTime))
	}
}

// outgoing is an answer's body at a pace. It ends at once where the right to it does, also in the middle of a write.
type outgoing struct {
	http.ResponseWriter
	connection *http.ResponseController
	pace       pace
	ctx        context.Context
	stop       func() bool
}

func outward(ctx context.Context, w http.ResponseWriter) *outgoing {
	out := &outgoing{ResponseWriter: w, connection: http.NewResponseController(w), pace: pace{began: time.Now()}, ctx: ctx}
	out.stop = context.AfterFunc(ctx, func() { _ = out.connection.SetWriteDeadline(time.Unix(1, 0)) })
	return out
}

// piece is how much is written under one deadline.
const piece = 32 << 10

func (out *outgoing) Write(p []byte) (n int, err error) {
	for {
		next := min(len(p)-n, piece)
		wrote, err := out.writePiece(p[n : n+next])
		if n += wrote; err != nil || n == len(p) {
			return n, err
		}
	}
}

func (out *outgoing) writePiece(p []byte) (int, error) {
	if err := out.connection.SetWriteDeadline(out.pace.until()); err != nil {
		return 0, err
	}
	if err := context.Cause(out.ctx); err != nil { // after the deadline was set: one that ended it before is not undone
		return 0, err
	}
	n, err := out.ResponseWriter.Write(p)
	out.pace.moved += int64(n)
	return n, err
}

// done leaves a while for what is still in buffers; the next request has deadlines of its own.
func (out *outgoing) done() {
	if out.stop() {
		_ = out.connection.SetWriteDeadline(time.Now().Add(answerTime))
	}
}
