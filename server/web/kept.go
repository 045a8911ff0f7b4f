package web

import (
	"sync"

	"beseda/protocol"
)

// strangeLoaders is how many loaders are kept for names that anybody can make up.
const strangeLoaders = 200

// loaders keeps those for this server's own names apart, of which there are few, so that no request makes it forget one.
type loaders struct {
	own     keptLoaders
	strange keptLoaders
}

func newLoaders() loaders { return loaders{strange: keptLoaders{most: strangeLoaders}} }

// keptLoaders keeps each loader as it was last made. It is safe for concurrent use.
type keptLoaders struct {
	most int // 0 for all
	mu   sync.Mutex
	made map[loaderName]*keptLoader
}

type loaderName struct {
	channel protocol.ChannelID
	origin  string
}

type keptLoader struct {
	config loaderConfig
	made   func() (*stampedLoader, error)
}

// find gives the loader of a configuration, which the first who asks makes while nobody waits but who wants the same.
func (k *keptLoaders) find(config loaderConfig, make func() (*stampedLoader, error)) (*stampedLoader, error) {
	return k.keep(loaderName{config.Channel, config.Origin}, config, make).made()
}

func (k *keptLoaders) keep(name loaderName, config loaderConfig, make func() (*stampedLoader, error)) *keptLoader {
	k.mu.Lock()
	defer k.mu.Unlock()
	if kept := k.made[name]; kept != nil && kept.config == config {
		return kept
	}
	for other := range k.made {
		if k.most == 0 || len(k.made) < k.most {
			break
		}
		delete(k.made, other)
	}
	if k.made == nil {
		k.made = map[loaderName]*keptLoader{}
	}
	kept := &keptLoader{config, sync.OnceValues(make)}
	k.made[name] = kept
	return kept
}
