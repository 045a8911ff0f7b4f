package server

import (
	"context"
	"errors"
	"time"

	"beseda/protocol"
	"beseda/server/engine"
	"beseda/store"
)

const (
	uploadLife   = 24 * time.Hour
	blobGrace    = time.Hour // content younger than this may belong to an upload that is being written down
	sweepAtOnce  = 1000      // records dropped by one command
	secretsEvery = time.Minute
	sweepEvery   = time.Hour
)

// housekeeping drops what time has run out for, until ctx ends.
func (s *Server) housekeeping(ctx context.Context) {
	secrets, sweep := time.NewTicker(secretsEvery), time.NewTicker(sweepEvery)
	defer secrets.Stop()
	defer sweep.Stop()
	for {
		var err error
		select {
		case <-ctx.Done():
			return
		case <-secrets.C:
			err = s.Auth.Sweep()
		case <-sweep.C:
			err = s.Sweep(ctx)
		}
		if err != nil && ctx.Err() == nil {
			s.Log.Warn("housekeeping", "err", err)
		}
	}
}

// Sweep drops drafts that are kept no longer, uploads that no message took and no draft holds, answers to commands that
// nobody repeats any more, and content that nothing refers to.
func (s *Server) Sweep(ctx context.Context) error {
	now := s.Now()
	if err := s.dropDrafts(ctx); err != nil {
		return err
	}
	if err := s.dropUploads(ctx, now); err != nil {
		return err
	}
	err := s.drop(ctx, store.Answers.Under(), func(e store.Entry) (bool, error) {
		a, err := store.Answers.Decode(e.Key, e.Value)
		return now.Sub(time.UnixMilli(a.At)) > protocol.CommandMemory, err
	})
	if err != nil {
		return err
	}
	return s.sweepContent(ctx, blobGrace)
}

// sweepContent drops content that nothing refers to and that was put longer ago than grace.
func (s *Server) sweepContent(ctx context.Context, grace time.Duration) error {
	now := s.Now().UnixMilli() // before it is read what is referred to
	wanted, err := s.referred()
	if err != nil {
		return err
	}
	_, err = s.Blobs.Sweep(ctx, now, grace.Milliseconds(), func(hash string) bool {
		_, ok := wanted[hash]
		return ok
	})
	return err
}

// drop deletes the records of a range that are over: they are looked for on a snapshot, so that the writer does not wait
// for a walk through a table, and deleted a bounded number at a time. What is over stays over.
func (s *Server) drop(ctx context.Context, rng store.Range, over func(store.Entry) (bool, error)) error {
	for {
		var gone []store.Write
		err := s.Engine.Read(func(r store.Reader) error {
			for e, err := range r.Scan(rng) {
				if err != nil {
					return err
				}
				old, err := over(e)
				if err != nil {
					return err
				}
				if old {
					gone = append(gone, store.Write{Key: append([]byte(nil), e.Key...)})
				}
				if len(gone) == sweepAtOnce {
					break
				}
			}
			return nil
		})
		if err != nil || len(gone) == 0 {
			return err
		}
		_, err = s.Engine.Do(ctx, engine.Command{Decide: func(store.Reader, int64, func() string) (store.Outcome, error) {
			return store.Outcome{Private: gone}, nil
		}})
		if err != nil || len(gone) < sweepAtOnce {
			return err
		}
	}
}

// referred is the content that a message, a quick reply, an upload or an operator's picture refers to.
func (s *Server) referred() (map[string]struct{}, error) {
	wanted := make(map[string]struct{})
	err := s.Engine.Read(func(r store.Reader) error {
		var errs []error
		for a, err := range store.Attachments.Scan(r, store.Attachments.Under()) {
			wanted[a.Attachment.Blob] = struct{}{}
			errs = append(errs, err)
		}
		for u, err := range store.Uploads.Scan(r, store.Uploads.Under()) {
			wanted[u.Attachment.Blob] = struct{}{}
			errs = append(errs, err)
		}
		for o, err := range store.Operators.Scan(r, store.Operators.Under()) {
			wanted[o.PictureBlob] = struct{}{}
			errs = append(errs, err)
		}
		return errors.Join(errs...)
	})
	return wanted, err
}
