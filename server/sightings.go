package server

import (
	"context"
	"sync"

	"beseda/protocol"
	"beseda/server/engine"
	"beseda/store"
)

// sightingEvery is how often a sighting is written down, in milliseconds; the newest is always known in memory.
const sightingEvery = 60_000

// sightings is when and where each channel's widget was last loaded: how a site owner sees that the tag works.
type sightings struct {
	mu     sync.Mutex
	seen   map[protocol.ChannelID]store.Sighting
	stored map[protocol.ChannelID]int64
}

func newSightings(r store.Reader) (*sightings, error) {
	s := &sightings{
		seen:   make(map[protocol.ChannelID]store.Sighting),
		stored: make(map[protocol.ChannelID]int64),
	}
	for e, err := range r.Scan(store.Sightings.Under()) {
		if err != nil {
			return nil, err
		}
		seen, err := store.Sightings.Decode(e.Key, e.Value)
		if err != nil {
			return nil, err
		}
		s.seen[protocol.ChannelID(e.Key[1:])] = seen
	}
	return s, nil
}

func (s *sightings) last(id protocol.ChannelID) store.Sighting {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seen[id]
}

// note remembers a sighting and tells whether it is worth writing down.
func (s *sightings) note(id protocol.ChannelID, seen store.Sighting) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	fresh := s.seen[id].On != seen.On || seen.At-s.stored[id] >= sightingEvery
	s.seen[id] = seen
	if fresh {
		s.stored[id] = seen.At
	}
	return fresh
}

// saw notes that a channel's widget was loaded on a site, and shows it to whoever looks at the channels.
func (s *Server) saw(id protocol.ChannelID, on string) {
	seen := store.Sighting{At: s.Now().UnixMilli(), On: on}
	if s.sights.note(id, seen) {
		value, err := store.Sightings.Encode(seen)
		if err == nil {
			err = s.Engine.Submit(context.Background(), engine.Command{
				Decide: func(store.Reader, int64, func() string) (store.Outcome, error) {
					return store.Outcome{Private: []store.Write{{Key: store.Sightings.Key(store.Text(id)), Value: value}}}, nil
				},
			}, func(_ protocol.Accepted, err error) {
				if err != nil {
					s.Log.Warn("note a sighting", "err", err)
				}
			})
		}
		if err != nil {
			s.Log.Warn("note a sighting", "err", err)
		}
	}
	s.hub.TeamChanged()
}
