package allocation

import (
	"cmp"
	"context"
	"log/slog"
	"slices"
	"time"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/server/desk/conversation"
	"beseda/server/engine"
	"beseda/server/hub"
	"beseda/server/inbox"
	"beseda/store"
)

const (
	// lookEvery is how often time alone is looked at: how long somebody has been away.
	lookEvery = time.Second
	// pause lets what comes together be given out together.
	pause = 50 * time.Millisecond
	// atOnce is how many are given out before it is looked anew who is there.
	atOnce = 100
)

// name is the author's in the log; screens say it in their language.
const name = "Allocation"

// List is what waits.
type List interface {
	Allocates() bool
	Allocable(online []protocol.OperatorID, away func(protocol.OperatorID) int64, limit int) []inbox.Allocable
	Busy() map[protocol.OperatorID]int
}

// Presence is who is there.
type Presence interface {
	Staff() hub.Staff
	Arrivals() <-chan struct{}
}

// Engine takes commands.
type Engine interface {
	Do(context.Context, engine.Command) (protocol.Accepted, error)
}

// Bot is the allocation bot of a workspace.
type Bot struct {
	list     List
	presence Presence
	log      *slog.Logger
	woken    chan struct{}
	// given is in which turn each was given something; who was given nothing since the start stands before all others.
	given map[protocol.OperatorID]int
	turn  int
}

// New makes the bot; Run has it work.
func New(list List, presence Presence, log *slog.Logger) *Bot {
	return &Bot{
		list: list, presence: presence, log: log, woken: make(chan struct{}, 1), given: make(map[protocol.OperatorID]int),
	}
}

// Noticed has it look at once after something was written down.
func (b *Bot) Noticed(frames []protocol.Frame) {
	if !slices.ContainsFunc(frames, func(f protocol.Frame) bool { return f.Position != 0 }) {
		return
	}
	select {
	case b.woken <- struct{}{}:
	default:
	}
}

// Run works until ctx ends.
func (b *Bot) Run(ctx context.Context, e Engine) {
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	for {
		if err := b.Look(ctx, e); err != nil && ctx.Err() == nil {
			b.log.Warn("allocate", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-b.woken:
		case <-b.presence.Arrivals():
		case <-look.C:
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
	}
}

// Look gives out what can be given now. What somebody else does meanwhile comes first.
func (b *Bot) Look(ctx context.Context, e Engine) error {
	for b.list.Allocates() {
		staff := b.presence.Staff()
		if len(staff.Online) == 0 {
			return nil
		}
		waiting := b.list.Allocable(staff.Online, staff.Away, atOnce)
		if len(waiting) == 0 {
			return nil
		}
		busy, given := b.list.Busy(), 0
		for _, w := range waiting {
			to := b.choose(w.Among, busy)
			done, err := b.give(ctx, e, conversation.Allocation{Number: w.Number, From: w.Assignee, To: to})
			if err != nil {
				return err
			}
			if done {
				given++
				busy[to]++
				b.turn++
				b.given[to] = b.turn
			}
		}
		if given == 0 || len(waiting) < atOnce {
			return nil
		}
	}
	return nil
}

// choose is the least busy; of several the one who was given something longest ago, then by id.
func (b *Bot) choose(among []protocol.OperatorID, busy map[protocol.OperatorID]int) protocol.OperatorID {
	return slices.MinFunc(among, func(x, y protocol.OperatorID) int {
		return cmp.Or(cmp.Compare(busy[x], busy[y]), cmp.Compare(b.given[x], b.given[y]), cmp.Compare(x, y))
	})
}

func (b *Bot) give(ctx context.Context, e Engine, a conversation.Allocation) (done bool, err error) {
	_, err = e.Do(ctx, engine.Command{Decide: func(r store.Reader, now int64, newID func() string) (store.Outcome, error) {
		by := protocol.Actor{Kind: protocol.ActorBot, ID: protocol.Allocator, Name: name}
		out, err := conversation.Allocate(r, call.Call{By: by, Now: now, NewID: newID}, a)
		done = len(out.Events) > 0
		return out, err
	}})
	return done, err
}
