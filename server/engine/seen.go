package engine

import (
	"hash/maphash"

	"beseda/protocol"
	"beseda/store"
)

// seenLimit bounds the ids of each of the two generations of what seen knows, at some 20 bytes each.
const seenLimit = 100_000

// seen knows which ids of an author may have been accepted, so that a fresh one, which nearly every command has, need
// not be looked for on disk. It forgets nothing of an author whom it knows at all; a known id may turn out not to be
// stored, a fresh one never is. It belongs to the writer.
//
// There are two generations of authors, as of recent.
type seen struct {
	seed       maphash.Seed
	limit      int // ids of a generation
	young, old map[string]map[uint64]struct{}
	size       int // ids of the young one
}

func newSeen(limit int) seen { return seen{seed: maphash.MakeSeed(), limit: limit} }

// fresh tells that an id of an author was never accepted. The first time that an author is asked about, all that is
// remembered of them is read.
func (s *seen) fresh(r store.Reader, author string, id protocol.CommandID) (bool, error) {
	ids, err := s.of(r, author)
	if err != nil {
		return false, err
	}
	_, known := ids[s.hash(string(id))]
	return !known, nil
}

// add notes an id that is about to be stored. Its author was asked about before.
func (s *seen) add(author string, id protocol.CommandID) {
	s.young[author][s.hash(string(id))] = struct{}{}
	s.size++
}

func (s *seen) of(r store.Reader, author string) (ids map[uint64]struct{}, err error) {
	if ids, ok := s.young[author]; ok {
		return ids, nil
	}
	ids, ok := s.old[author]
	if !ok {
		ids = make(map[uint64]struct{})
		rng := store.Answers.Under(store.Text(author))
		for e, err := range r.Scan(rng) {
			if err != nil {
				return nil, err
			}
			ids[s.hash(string(e.Key[len(rng.From):]))] = struct{}{}
		}
	}
	if s.young == nil || s.size > s.limit {
		s.young, s.old, s.size = make(map[string]map[uint64]struct{}), s.young, 0
	}
	s.young[author] = ids
	s.size += len(ids) + 1
	return ids, nil
}

func (s *seen) hash(id string) uint64 { return maphash.String(s.seed, id) }
