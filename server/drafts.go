package server

import (
	"context"
	"time"

	"beseda/protocol"
	"beseda/server/desk"
	"beseda/server/engine"
	"beseda/store"
)

// dropDrafts ends drafts where they last only as long as the page by now.
func (s *Server) dropDrafts(ctx context.Context) error {
	for {
		dropped := 0
		_, err := s.Engine.Do(ctx, engine.Command{Decide: func(r store.Reader, now int64, _ func() string) (out store.Outcome, err error) {
			out, err = desk.DropDrafts(r, now, sweepAtOnce)
			dropped = len(out.Private)
			return out, err
		}})
		if err != nil || dropped < sweepAtOnce {
			return err
		}
	}
}

// dropUploads drops what no message took in time. What a draft holds waits for it: that is asked in the same step as the
// file goes, for a draft may have taken it up meanwhile.
func (s *Server) dropUploads(ctx context.Context, now time.Time) error {
	var old []protocol.AttachmentID
	err := s.Engine.Read(func(r store.Reader) error {
		for up, err := range store.Uploads.Scan(r, store.Uploads.Under()) {
			if err != nil {
				return err
			}
			if now.Sub(time.UnixMilli(up.At)) > uploadLife {
				old = append(old, up.Attachment.ID)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for len(old) > 0 {
		some := old[:min(len(old), sweepAtOnce)]
		old = old[len(some):]
		_, err := s.Engine.Do(ctx, engine.Command{Decide: func(r store.Reader, _ int64, _ func() string) (out store.Outcome, err error) {
			held, err := held(r)
			for _, id := range some {
				if !held[id] {
					out.Private = append(out.Private, store.Write{Key: store.Uploads.Key(store.Text(id))})
				}
			}
			return out, err
		}})
		if err != nil {
			return err
		}
	}
	return nil
}

// held are the uploads that a draft holds.
func held(r store.Reader) (map[protocol.AttachmentID]bool, error) {
	out := map[protocol.AttachmentID]bool{}
	for d, err := range store.Drafts.Scan(r, store.Drafts.Under()) {
		if err != nil {
			return nil, err
		}
		for _, a := range d.Attachments {
			out[a.ID] = true
		}
	}
	return out, nil
}
