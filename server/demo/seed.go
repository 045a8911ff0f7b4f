package demo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"beseda/protocol"
	"beseda/server/engine"
	"beseda/store"
)

// Who signs in to the demo's console, and with what.
const (
	AnnEmail = "ann@example.com" // administrator
	BobEmail = "bob@example.com" // operator
	Password = "beseda-demo"
)

// past is how long before Now the house was founded; everything else happened since.
const past = 9 * 24 * time.Hour

// Options are what Seed works with; all are required.
type Options struct {
	Store store.Store
	Blobs store.Blobs
	// Now is the moment at which the demo begins: the newest message is some minutes older.
	Now time.Time
	// NewID makes ULIDs, Random unguessable bytes.
	NewID  func() string
	Random io.Reader
	// Beseda is the origin of server and console ("http://127.0.0.1:8080"), Shop that of the shop
	// ("http://localhost:8080"), the only site on which the channels' widgets may stand.
	Beseda, Shop string
}

// Facts are what the house came to be: what Shop and whoever prints addresses need.
type Facts struct {
	Beseda, Shop string // as in Options
	// Channel is that of the shop, Russian that of the Russian shop.
	Channel, Russian protocol.ChannelID
	Ann, Bob         protocol.OperatorID
}

// Seed fills an empty store.
func Seed(ctx context.Context, o Options) (Facts, error) {
	if err := o.empty(); err != nil {
		return Facts{}, err
	}
	s, err := open(o)
	if err != nil {
		return Facts{}, fmt.Errorf("seed: %w", err)
	}
	defer s.engine.Close()
	if err := s.found(ctx); err != nil {
		return Facts{}, fmt.Errorf("seed the team: %w", err)
	}
	if err := s.play(ctx, append(englishTalks(), russianTalks()...)); err != nil {
		return Facts{}, fmt.Errorf("seed the conversations: %w", err)
	}
	return s.facts, nil
}

// empty refuses a store that somebody uses: what Seed adds could not be told from theirs.
func (o Options) empty() error {
	return o.Store.View(func(r store.Reader) error {
		last, err := engine.LastPosition(store.Scope(store.Main, r))
		switch {
		case err != nil:
			return fmt.Errorf("seed: %w", err)
		case last != 0:
			return errors.New("seed: the store is not empty")
		}
		return nil
	})
}
