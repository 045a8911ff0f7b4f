package auth

import (
	"context"
	"errors"
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/store"
)

func TestBotSignsInWithItsToken(t *testing.T) {
	t.Parallel()
	h := open(t)
	token, err := h.Bots.Add(bot)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(token), "besb_") || len(token) != 5+43 {
		t.Errorf("the token is %d characters long", len(token))
	}
	h.reopen()
	s, err := h.Bots.Check(token)
	if err != nil || s.Operator != bot || !s.Bot {
		t.Fatalf("check: %+v, %v", s, err)
	}
	second, err := h.Bots.Add(bot)
	if err != nil {
		t.Fatal(err)
	}
	ctx, release := h.Watch.Bind(t.Context(), s)
	defer release()
	if ctx.Err() != nil {
		t.Fatal("a live token cannot be bound to")
	}
	if err := h.Bots.Revoke(bot); err != nil {
		t.Fatal(err)
	}
	if !errors.Is(context.Cause(ctx), ErrRevoked) {
		t.Error("the bot's socket stayed open")
	}
	for _, token := range []Hidden{token, second} {
		_, err := h.Bots.Check(token)
		want(t, err, protocol.CodeUnauthorized)
	}
}

func TestBotTokenThatOpensNothing(t *testing.T) {
	t.Parallel()
	h := open(t)
	good, err := h.Bots.Add(bot)
	if err != nil {
		t.Fatal(err)
	}
	ofPerson, err := h.Bots.Add(ann)
	if err != nil {
		t.Fatal(err)
	}
	session, _ := h.begin(ann)
	planted, hash, err := h.vault.token()
	if err != nil {
		t.Fatal(err)
	}
	h.plant(kindBot, hash, store.Secret{})
	bare := strings.TrimPrefix(string(good), BotPrefix)
	for name, token := range map[string]Hidden{
		"nothing":                "",
		"only the prefix":        BotPrefix,
		"without the prefix":     Hidden(bare),
		"another prefix":         Hidden("BESB_" + bare),
		"cut":                    good[:len(good)-1],
		"another":                BotPrefix + Hidden(strings.Repeat("A", 43)),
		"an operator's session":  BotPrefix + session,
		"of one who is no bot":   ofPerson,
		"a record without owner": BotPrefix + Hidden(planted),
		"what the store keeps":   BotPrefix + Hidden(hashOf(t, h)),
	} {
		if _, err := h.Bots.Check(token); code(err) != protocol.CodeUnauthorized {
			t.Errorf("%s: answered %v", name, err)
		}
	}
	if _, err := h.Sessions.Check(Hidden(bare)); code(err) != protocol.CodeUnauthorized {
		t.Errorf("a bot's token opens a session: %v", err)
	}
	if _, err := h.Bots.Add(""); err == nil {
		t.Error("added a token of nobody")
	}
	h.state(bot, protocol.OperatorDeactivatedState)
	_, err = h.Bots.Check(good)
	want(t, err, protocol.CodeUnauthorized)
}

// hashOf gives one of the keys under which tokens are kept.
func hashOf(t *testing.T, h *house) string {
	t.Helper()
	for hash, rec := range h.secrets(kindBot) {
		if rec.Owner == string(bot) {
			return hash
		}
	}
	t.Fatal("no token is kept")
	return ""
}

func TestBotIsRevokedThoughTheDiskIsFull(t *testing.T) {
	t.Parallel()
	h := open(t)
	token, err := h.Bots.Add(bot)
	if err != nil {
		t.Fatal(err)
	}
	h.store.SetFull(true)
	if err := h.Bots.Revoke(bot); !errors.Is(err, store.ErrFull) {
		t.Errorf("Revoke answered %v", err)
	}
	_, err = h.Bots.Check(token)
	want(t, err, protocol.CodeUnauthorized)
}
