package auth

import (
	"errors"
	"fmt"
	"strings"

	"beseda/protocol"
	"beseda/store"
)

// BotPrefix begins every bot token, so that a leaked one is recognised for what it is.
const BotPrefix = "besb_"

// Bots keeps the tokens of bots and integrations.
type Bots struct {
	vault *vault
	watch *Watch
}

// Add makes a token for a bot; it is shown once. A bot may have several, so that one can replace another.
func (b *Bots) Add(bot protocol.OperatorID) (Hidden, error) {
	if bot == "" {
		return "", errors.New("add a bot token: no bot")
	}
	token, hash, err := b.vault.token()
	if err != nil {
		return "", err
	}
	err = b.vault.change(func(_ store.Reader, c *changes) error {
		return c.put(kindBot, hash, store.Secret{Owner: string(bot), At: b.vault.now().UnixMilli()})
	})
	if err != nil {
		return "", fmt.Errorf("add a token of bot %s: %w", bot, err)
	}
	return Hidden(BotPrefix + token), nil
}

// Check tells whose token this is; unauthorized for anything but a token of an active bot.
func (b *Bots) Check(token Hidden) (Session, error) {
	text, ok := strings.CutPrefix(string(token), BotPrefix)
	if !ok {
		return Session{}, unauthorized("")
	}
	hash, ok := parseToken(text)
	if !ok {
		return Session{}, unauthorized("")
	}
	return b.byID(hash)
}

// Revoke takes all tokens of a bot and ends what stands on them.
func (b *Bots) Revoke(bot protocol.OperatorID) error {
	var hashes []string
	err := b.vault.view(func(r store.Reader) error {
		return b.vault.each(r, kindBot, func(hash string, rec store.Secret) bool {
			if rec.Owner == string(bot) {
				hashes = append(hashes, hash)
			}
			return true
		})
	})
	if err == nil {
		err = b.vault.drop(kindBot, hashes)
	}
	b.watch.revoked(bot, "")
	if err != nil {
		return fmt.Errorf("revoke the tokens of bot %s: %w", bot, err)
	}
	return nil
}

func (b *Bots) byID(hash string) (Session, error) {
	var found Session
	err := b.vault.view(func(r store.Reader) error {
		rec, err := b.vault.get(r, kindBot, hash)
		if errors.Is(err, store.ErrNotFound) {
			return unauthorized("")
		} else if err != nil {
			return err
		}
		op, err := b.vault.operator(r, protocol.OperatorID(rec.Owner))
		switch {
		case err != nil:
			return err
		case !op.Bot:
			return unauthorized("")
		}
		found = Session{ID: hash, Operator: op.ID, Bot: true}
		return nil
	})
	if err != nil {
		return Session{}, fmt.Errorf("check a bot token: %w", err)
	}
	return found, nil
}
