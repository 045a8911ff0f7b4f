//go:build testclock

package server

import (
	"context"
	"sync/atomic"
	"time"

	"beseda/server/engine"
	"beseda/store"
)

// movable puts a clock that tests can move in front of the one that was handed in. The result moves it and returns once
// everything that came due by then is stored.
func (d *Deps) movable() func(context.Context, *engine.Engine, time.Duration) error {
	now, moved := d.Now, new(atomic.Int64)
	d.Now = func() time.Time { return now().Add(time.Duration(moved.Load())) }
	return func(ctx context.Context, e *engine.Engine, by time.Duration) error {
		moved.Add(int64(by))
		e.Wake()
		// A command is decided after all timers due by its time, and answered when they are stored too.
		_, err := e.Do(ctx, engine.Command{Decide: func(store.Reader, int64, func() string) (store.Outcome, error) {
			return store.Outcome{}, nil
		}})
		return err
	}
}
