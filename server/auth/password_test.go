package auth

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"beseda/protocol"
	"beseda/store"
)

func TestPasswordIsCheckedAgainstItsHash(t *testing.T) {
	t.Parallel()
	h := open(t)
	if err := h.Passwords.Set(t.Context(), ann, right); err != nil {
		t.Fatal(err)
	}
	long := Hidden(strings.Repeat("x", protocol.MaxPasswordBytes+1))
	for name, try := range map[string]struct {
		operator protocol.OperatorID
		password Hidden
		want     bool
	}{
		"the right one":                       {ann, right, true},
		"a wrong one":                         {ann, wrong, false},
		"an empty one":                        {ann, "", false},
		"the right one in upper case":         {ann, Hidden(strings.ToUpper(string(right))), false},
		"the right one with space behind":     {ann, right + " ", false},
		"one that is far too long":            {ann, long, false},
		"somebody else's":                     {bob, right, false},
		"of nobody":                           {"", right, false},
		"of somebody who is not there at all": {"nobody", right, false},
	} {
		got, err := h.Passwords.Check(t.Context(), try.operator, try.password)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if got != try.want {
			t.Errorf("%s: answered %v, want %v", name, got, try.want)
		}
	}
}

func TestPasswordComposedDifferentlyIsTheSame(t *testing.T) {
	t.Parallel()
	h := open(t)
	if err := h.Passwords.Set(t.Context(), ann, "йёйёйёйёйё"); err != nil { // й and ё as one code point each
		t.Fatal(err)
	}
	decomposed := Hidden(strings.Repeat("и\u0306е\u0308", 5))
	if ok, err := h.Passwords.Check(t.Context(), ann, decomposed); err != nil || !ok {
		t.Errorf("decomposed text of the same password: %v, %v", ok, err)
	}
}

func TestPasswordThatMayBeChosen(t *testing.T) {
	t.Parallel()
	h := open(t)
	for name, row := range map[string]struct {
		password string
		want     protocol.Code
	}{
		"ten letters are enough":              {strings.Repeat("a", 10), "ok"},
		"nine are not":                        {strings.Repeat("a", 9), protocol.CodeInvalid},
		"nine are not, however many bytes":    {strings.Repeat("щ", 9), protocol.CodeInvalid},
		"ten of another script are enough":    {strings.Repeat("щ", 10), "ok"},
		"two hundred bytes are not too many":  {strings.Repeat("a", 200), "ok"},
		"one more is":                         {strings.Repeat("a", 201), protocol.CodeTooLong},
		"nothing is not enough":               {"", protocol.CodeInvalid},
		"bytes that are no text are not text": {"\xff\xfe\xfd\xff\xfe\xfd\xff\xfe\xfd\xff", protocol.CodeInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := h.Passwords.Set(context.Background(), bob, Hidden(row.password))
			want(t, err, row.want)
			if err != nil && row.password != "" && strings.Contains(err.Error(), row.password) {
				t.Errorf("the refusal repeats the password")
			}
		})
	}
}

func TestPasswordIsKeptAsArgon2idOfFullCost(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.Passwords.cost = currentCost()
	if err := h.Passwords.Set(t.Context(), ann, right); err != nil {
		t.Fatal(err)
	}
	kept := h.secrets(kindPassword)[string(ann)].Hash
	if !strings.HasPrefix(kept, "$argon2id$v=19$m=47104,t=1,p=1$") {
		t.Errorf("kept as %q", kept)
	}
	if strings.Contains(kept, string(right)) {
		t.Error("the password stands in the record")
	}
	if err := h.Passwords.Set(t.Context(), bob, right); err != nil {
		t.Fatal(err)
	}
	if other := h.secrets(kindPassword)[string(bob)].Hash; other == kept {
		t.Error("two who chose the same password have the same hash: there is no salt")
	}
	if ok, err := h.Passwords.Check(t.Context(), ann, right); err != nil || !ok {
		t.Errorf("check at full cost: %v, %v", ok, err)
	}
}

func TestPasswordHashOfAnotherCostIsReadAndRenewed(t *testing.T) {
	t.Parallel()
	h := open(t)
	old, err := newPasswords(h.vault, cost{memory: 128, passes: 2, lanes: 2})
	if err != nil {
		t.Fatal(err)
	}
	if err := old.Set(t.Context(), ann, right); err != nil {
		t.Fatal(err)
	}
	if ok, err := h.Passwords.Check(t.Context(), ann, wrong); ok || err != nil {
		t.Fatalf("wrong password: %v, %v", ok, err)
	}
	if kept := h.secrets(kindPassword)[string(ann)].Hash; !strings.Contains(kept, "m=128,t=2,p=2") {
		t.Errorf("a wrong password renewed the hash: %q", kept)
	}
	for range 2 {
		if ok, err := h.Passwords.Check(t.Context(), ann, right); !ok || err != nil {
			t.Fatalf("right password: %v, %v", ok, err)
		}
		if kept := h.secrets(kindPassword)[string(ann)].Hash; !strings.Contains(kept, "m=64,t=1,p=1") {
			t.Errorf("the hash was not renewed: %q", kept)
		}
	}
}

func TestPasswordRecordThatIsNoHashRefusesEverybody(t *testing.T) {
	t.Parallel()
	good := phc(cheap, make([]byte, saltBytes), make([]byte, hashBytes))
	for name, hash := range map[string]string{
		"empty":                  "",
		"plain text":             string(right),
		"another kind":           strings.Replace(good, "argon2id", "argon2i", 1),
		"another version":        strings.Replace(good, "v=19", "v=16", 1),
		"memory to stop a house": strings.Replace(good, "m=64", "m=4194304", 1),
		"no memory":              strings.Replace(good, "m=64", "m=0", 1),
		"no passes":              strings.Replace(good, "t=1", "t=0", 1),
		"no lanes":               strings.Replace(good, "p=1", "p=0", 1),
		"more behind the cost":   strings.Replace(good, "p=1", "p=1,x=1", 1),
		"no hash":                good[:strings.LastIndex(good, "$")+1],
		"no salt":                "$argon2id$v=19$m=64,t=1,p=1$$" + strings.Repeat("A", 43),
		"cut":                    good[:strings.LastIndex(good, "$")],
		"a short hash":           good[:strings.LastIndex(good, "$")+1] + "AAAA",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := open(t)
			h.plant(kindPassword, string(ann), store.Secret{Owner: string(ann), Hash: hash})
			for _, password := range []Hidden{"", right, Hidden(hash)} {
				if ok, err := h.Passwords.Check(context.Background(), ann, password); ok || err == nil {
					t.Errorf("answered %v, %v: want an error", ok, err)
				}
			}
		})
	}
}

func TestPasswordCheckOfNobodyHashesAsMuch(t *testing.T) {
	t.Parallel()
	h := open(t)
	p, err := newPasswords(h.vault, currentCost())
	if err != nil {
		t.Fatal(err)
	}
	c, salt, sum, err := parsePHC(p.dummy)
	if err != nil {
		t.Fatal(err)
	}
	if c != currentCost() || len(salt) != saltBytes || len(sum) != hashBytes {
		t.Errorf("the dummy costs %+v with %d and %d bytes", c, len(salt), len(sum))
	}
	// And it is really hashed: with both places taken, nobody's check waits like anybody's.
	p.running <- struct{}{}
	p.running <- struct{}{}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := p.Check(ctx, "", right); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a check of nobody answered without waiting for its turn: %v", err)
	}
}

func TestPasswordHashesAreFewAtATime(t *testing.T) {
	t.Parallel()
	h := open(t)
	if err := h.Passwords.Set(t.Context(), ann, right); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		p, err := newPasswords(h.vault, cheap) // its channel belongs to the bubble
		if err != nil {
			t.Fatal(err)
		}
		for range hashesInFlight {
			p.running <- struct{}{}
		}
		ctx, cancel := context.WithCancel(t.Context())
		answers := make(chan error, 2*hashesWaiting)
		for range hashesWaiting + hashesInFlight {
			go func() {
				_, err := p.Check(ctx, ann, right)
				answers <- err
			}()
		}
		synctest.Wait()
		if len(answers) != 0 {
			t.Errorf("%d answered though all places are taken", len(answers))
		}
		_, err = p.Check(ctx, ann, right)
		want(t, err, protocol.CodeRateLimited)
		var limited *LimitedError
		if !errors.As(err, &limited) || limited.Limit != LimitPasswords || limited.RetryMs() != 1000 {
			t.Errorf("one too many is not told when to come back: %v", err)
		}
		<-p.running // one place comes free: all who wait go through it
		synctest.Wait()
		cancel()
		for range hashesWaiting + hashesInFlight {
			if err := <-answers; err != nil {
				t.Errorf("one who waited: %v", err)
			}
		}
		if n := p.waiting.Load(); n != 0 {
			t.Errorf("%d are still counted as waiting", n)
		}
	})
}

func TestPasswordWaitEndsWithItsRequest(t *testing.T) {
	t.Parallel()
	h := open(t)
	for range hashesInFlight {
		h.Passwords.running <- struct{}{}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := h.Passwords.Set(ctx, ann, right); !errors.Is(err, context.Canceled) {
		t.Errorf("answered %v", err)
	}
}

func TestPasswordIsNotSetOnAFullDisk(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.store.SetFull(true)
	if err := h.Passwords.Set(t.Context(), ann, right); !errors.Is(err, store.ErrFull) {
		t.Errorf("answered %v", err)
	}
}
