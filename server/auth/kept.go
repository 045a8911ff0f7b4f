package auth

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"beseda/store"
)

// kept are secrets that began while the disk was too full to store them, so that people can come in and read then. They
// are good in this process alone and are never written later: who signed in so signs in again after a restart.
type kept struct {
	mu  sync.RWMutex
	all map[string]store.Secret // by secretKey
}

func (k *kept) put(kind, key string, s store.Secret) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.all == nil {
		k.all = make(map[string]store.Secret)
	}
	k.all[string(secretKey(kind, key))] = s
}

func (k *kept) get(kind, key string) (store.Secret, bool) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	if len(k.all) == 0 {
		return store.Secret{}, false
	}
	s, ok := k.all[string(secretKey(kind, key))]
	return s, ok
}

// drop forgets secrets by secretKey.
func (k *kept) drop(keys ...string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, key := range keys {
		delete(k.all, key)
	}
}

// each walks those of a kind, in key order, until fn answers false. fn may change what is kept.
func (k *kept) each(kind string, fn func(key string, s store.Secret) bool) {
	k.mu.RLock()
	all := maps.Clone(k.all)
	k.mu.RUnlock()
	under := string(store.Secrets.Under(store.Text(kind)).From)
	for _, whole := range slices.Sorted(maps.Keys(all)) {
		if key, ok := strings.CutPrefix(whole, under); ok && !fn(key, all[whole]) {
			return
		}
	}
}
