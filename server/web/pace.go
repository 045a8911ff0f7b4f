package web

import (
	"context"
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
}

func paced(w http.ResponseWriter, r *http.Request) *incoming {
	return &incoming{r.Body, http.NewResponseController(w), pace{began: time.Now()}}
}

func (in *incoming) Read(p []byte) (int, error) {
	if err := in.connection.SetReadDeadline(in.pace.until()); err != nil {
		return 0, err
	}
	n, err := in.Reader.Read(p)
	in.pace.moved += int64(n)
	return n, err
}

// done lets the connection serve again.
func (in *incoming) done() { _ = in.connection.SetReadDeadline(time.Time{}) }

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

func (out *outgoing) Write(p []byte) (int, error) {
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

// done lets the connection serve again.
func (out *outgoing) done() {
	if out.stop() {
		_ = out.connection.SetWriteDeadline(time.Time{})
	}
}
