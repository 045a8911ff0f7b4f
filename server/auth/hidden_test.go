package auth

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/netip"
	"strings"
	"testing"
	"time"
)

func TestNothingHiddenIsShown(t *testing.T) {
	t.Parallel()
	const secret = "s3cr3t-t0k3n"
	attempt := Attempt{Email: secret, Password: secret, Previous: secret, Address: netip.MustParseAddr("192.0.2.1"), Device: "Firefox"}
	link := Link{Kind: LinkInvite, Operator: ann, Name: secret, Email: secret, ExpiresAt: time.Unix(0, 0)}
	origin := Origin{Previous: secret}
	for name, v := range map[string]any{
		"a token": Hidden(secret), "an attempt": attempt, "a link": link, "an origin": origin,
		"a session": Session{ID: "id", Operator: ann, Address: secret, Device: secret},
	} {
		var text, structured bytes.Buffer
		slog.New(slog.NewTextHandler(&text, nil)).Info("said", "it", v)
		slog.New(slog.NewJSONHandler(&structured, nil)).Info("said", "it", v)
		for how, got := range map[string]string{"text log": text.String(), "JSON log": structured.String()} {
			if strings.Contains(got, secret) {
				t.Errorf("%s shows in the %s: %s", name, how, got)
			}
		}
	}
	encoded, err := json.Marshal(Hidden(secret))
	if err != nil {
		t.Fatal(err)
	}
	for _, got := range []string{
		fmt.Sprint(Hidden(secret)), fmt.Sprintf("%v %+v %#v %s %q", Hidden(secret), origin, origin, Hidden(secret), Hidden(secret)),
		string(encoded), fmt.Errorf("it: %v", Hidden(secret)).Error(),
	} {
		if strings.Contains(got, secret) {
			t.Errorf("shown: %s", got)
		}
	}
}
