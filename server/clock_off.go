//go:build !testclock

package server

import (
	"context"
	"time"

	"beseda/server/engine"
)

// movable leaves the clock as it was handed in: only a build for tests (-tags testclock) can move it.
func (d *Deps) movable() func(context.Context, *engine.Engine, time.Duration) error { return nil }
