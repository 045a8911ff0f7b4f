package server

import (
	"context"
	"errors"
	"fmt"
	"time"

	"beseda/protocol"
	"beseda/server/desk"
	"beseda/server/engine"
	"beseda/store"
)

// What was erased has left every view with its event. This makes its bytes leave the files as well, and says so when
// they have: the rest of a long conversation is overwritten at once, then, for several conversations together, content
// that nothing refers to any more is dropped, and the store purged. All of it may be repeated: whatever was erased and
// is not known to be purged is taken up again after a restart.

const (
	// purgeAfter is how long erasures are gathered, since a purge goes through all files: with what it takes itself it
	// stays far below the ten minutes that are promised.
	purgeAfter = 2 * time.Minute
	// purgeGrace is how old content has to be that nobody refers to: a younger upload may not be written down yet. What
	// was erased within it waits for the next purge.
	purgeGrace = time.Minute
	purgeEvery = 10 * time.Second
	// purgeRest is how long none is tried after one that failed: somebody reads an old state, as a backup does, or the
	// disk is full.
	purgeRest   = time.Minute
	purgeAtOnce = 100 // events of one command
)

// erasing finishes what was erased, until ctx ends.
func (s *Server) erasing(ctx context.Context) {
	look := time.NewTicker(purgeEvery)
	defer look.Stop()
	var rest time.Time
	for {
		ready, err := s.overwriteAll(ctx)
		if s.Now().After(rest) {
			if purging := s.purgeRipe(ctx, ready); purging != nil {
				rest, err = s.Now().Add(purgeRest), errors.Join(err, purging)
			}
		}
		if err != nil && ctx.Err() == nil {
			s.Log.Warn("erase", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-s.erased:
		case <-look.C:
		}
	}
}

// noticeErased has the rest of a conversation overwritten without waiting.
func (s *Server) noticeErased(frames []protocol.Frame) {
	for i := range frames {
		if frames[i].Kind != protocol.KindConversationErased {
			continue
		}
		select {
		case s.erased <- struct{}{}:
		default:
		}
		return
	}
}

// Erase overwrites what is left of erased conversations, and purges the files once there is an erasure old enough.
func (s *Server) Erase(ctx context.Context) error {
	ready, err := s.overwriteAll(ctx)
	return errors.Join(err, s.purgeRipe(ctx, ready))
}

// overwriteAll takes what content erased conversations still have, and returns those that are to be purged. One that
// cannot be overwritten holds up no other.
func (s *Server) overwriteAll(ctx context.Context) (ready []store.Erasure, err error) {
	pending, err := s.pending()
	if err != nil {
		return nil, err
	}
	for _, e := range pending {
		if failed := s.overwrite(ctx, e.Number); failed != nil {
			err = errors.Join(err, fmt.Errorf("#%d: %w", e.Number, failed))
			continue
		}
		ready = append(ready, e)
	}
	return ready, err
}

// purgeRipe purges once the first of the erasures is old enough.
func (s *Server) purgeRipe(ctx context.Context, ready []store.Erasure) error {
	now, begin := s.Now(), false
	var ripe []protocol.Number
	for _, e := range ready {
		age := now.Sub(time.UnixMilli(e.At)).Abs() // the clock may have been set back
		begin = begin || age >= purgeAfter
		if age >= purgeGrace {
			ripe = append(ripe, e.Number)
		}
	}
	if !begin {
		return nil
	}
	return s.purge(ctx, ripe)
}

// pending is what was erased and is not known to be purged.
func (s *Server) pending() (all []store.Erasure, err error) {
	err = s.Engine.Read(func(r store.Reader) error {
		for e, err := range store.Erasures.Scan(r, store.Erasures.Under()) {
			if err != nil {
				return err
			}
			all = append(all, e)
		}
		return nil
	})
	return all, err
}

// overwrite takes the content of an erased conversation's items, so many by each command that others come between.
func (s *Server) overwrite(ctx context.Context, n protocol.Number) error {
	for more := true; more; {
		_, err := s.Engine.Do(ctx, engine.Command{Decide: func(r store.Reader, _ int64, _ func() string) (out store.Outcome, err error) {
			out, more, err = desk.EraseMore(r, n)
			return out, err
		}})
		if err != nil {
			return err
		}
	}
	return nil
}

// purge takes overwritten bytes out of the files and says of which conversations that was.
func (s *Server) purge(ctx context.Context, numbers []protocol.Number) error {
	began := time.Now()
	if err := s.sweepContent(ctx, purgeGrace); err != nil {
		return err
	}
	if err := s.Store.Purge(ctx); err != nil {
		return err
	}
	if err := s.Blobs.Purge(ctx); err != nil {
		return err
	}
	for len(numbers) > 0 {
		some := numbers[:min(len(numbers), purgeAtOnce)]
		numbers = numbers[len(some):]
		_, err := s.Engine.Do(ctx, engine.Command{Decide: func(r store.Reader, now int64, _ func() string) (store.Outcome, error) {
			return desk.Purged(r, now, some)
		}})
		if err != nil {
			return err
		}
	}
	s.Log.Info("purged", "took", time.Since(began))
	return nil
}
