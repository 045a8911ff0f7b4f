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

// tellEvery is how often operators are told, in milliseconds: a busy shop loads the widget many times a second, and
// sites may take turns.
const tellEvery = 2_000

// sightings is when and where each channel's widget was last loaded: how a site owner sees that the tag works.
type sightings struct {
	mu     sync.Mutex
	seen   map[protocol.ChannelID]store.Sighting
	told   map[protocol.ChannelID]int64
	stored map[protocol.ChannelID]int64
}

func newSightings(r store.Reader) (*sightings, error) {
	s := &sightings{
		seen:   make(map[protocol.ChannelID]store.Sighting),
		told:   make(map[protocol.ChannelID]int64),
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
		s.seen[store.FirstText[protocol.ChannelID](e.Key)] = seen
	}
	return s, nil
}

func (s *sightings) last(id protocol.ChannelID) store.Sighting {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seen[id]
}

// note remembers a sighting and tells whether it is worth telling those who look, and worth writing down.
func (s *sightings) note(id protocol.ChannelID, seen store.Sighting) (tell, write bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	moved := s.seen[id].On != seen.On
	s.seen[id] = seen
	if tell = seen.At-s.told[id] >= tellEvery; tell {
		s.told[id] = seen.At
	}
	if write = moved && seen.At-s.stored[id] >= tellEvery || seen.At-s.stored[id] >= sightingEvery; write {
		s.stored[id] = seen.At
	}
	return tell, write
}

// saw notes that a channel's widget was loaded on a site, and shows it to whoever looks at the channels.
func (s *Server) saw(id protocol.ChannelID, on string) {
	seen := store.Sighting{At: s.Now().UnixMilli(), On: on}
	tell, write := s.sights.note(id, seen)
	if write {
		if err := s.keepSighting(id, seen); err != nil {
			s.Log.Warn("note a sighting", "err", err)
		}
	}
	if tell {
		s.hub.TeamChanged()
	}
}

func (s *Server) keepSighting(id protocol.ChannelID, seen store.Sighting) error {
	value, err := store.Sightings.Encode(seen)
	if err != nil {
		return err
	}
	return s.Engine.Submit(context.Background(), engine.Command{
		Decide: func(store.Reader, int64, func() string) (store.Outcome, error) {
			return store.Outcome{Private: []store.Write{{Key: store.Sightings.Key(store.Text(id)), Value: value}}}, nil
		},
	}, func(_ protocol.Accepted, err error) {
		if err != nil {
			s.Log.Warn("note a sighting", "err", err)
		}
	})
}
