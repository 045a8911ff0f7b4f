package auth

import (
	"crypto/rand"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/oklog/ulid/v2"

	"beseda/protocol"
	"beseda/store"
	"beseda/store/memory"
)

func TestVisitorKeyProvesItsVisitorOnItsChannel(t *testing.T) {
	t.Parallel()
	h := open(t)
	id, key, err := h.Visitors.New(shop)
	if err != nil {
		t.Fatal(err)
	}
	if len(key) != 64 {
		t.Errorf("the key has %d characters, want 64", len(key))
	}
	parsed, err := ulid.ParseStrict(string(id))
	if err != nil || parsed.Time() != ulid.Timestamp(h.clock.now()) {
		t.Errorf("visitor %s: %v", id, err)
	}
	h.reopen()
	if got, err := h.Visitors.Check(shop, key); err != nil || got != id {
		t.Errorf("after a restart: %q, %v", got, err)
	}
	other, otherKey, err := h.Visitors.New(shop)
	if err != nil || other == id || otherKey == key {
		t.Errorf("the second visitor is the first: %v", err)
	}
}

func TestVisitorKeyThatProvesNothing(t *testing.T) {
	t.Parallel()
	h := open(t)
	_, key, err := h.Visitors.New(shop)
	if err != nil {
		t.Fatal(err)
	}
	victim, victimKey, err := h.Visitors.New(shop)
	if err != nil {
		t.Fatal(err)
	}
	foreign := open(t) // another installation, another secret
	_, foreignKey, err := foreign.Visitors.New(shop)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := base64.RawURLEncoding.DecodeString(string(key))
	if err != nil {
		t.Fatal(err)
	}
	forge := func(change func([]byte) []byte) Hidden {
		return Hidden(base64.RawURLEncoding.EncodeToString(change(append([]byte(nil), raw...))))
	}
	stolen := ulid.MustParse(string(victim))
	for name, try := range map[string]struct {
		channel protocol.ChannelID
		key     Hidden
	}{
		"another channel's":               {blog, key},
		"no channel's":                    {"", key},
		"another installation's":          {shop, foreignKey},
		"nothing":                         {shop, ""},
		"cut by a character":              {shop, key[:63]},
		"cut to the visitor":              {shop, key[:22]},
		"one character longer":            {shop, key + "A"},
		"doubled":                         {shop, key + key},
		"padded":                          {shop, key[:62] + "=="},
		"in the other alphabet":           {shop, Hidden(strings.Repeat("+", 64))},
		"bytes that are no text":          {shop, Hidden(strings.Repeat("\xff", 64))},
		"the visitor's id":                {shop, Hidden(victim)},
		"one's proof under another's id":  {shop, forge(func(b []byte) []byte { return append(stolen[:], b[16:]...) })},
		"a bit of the visitor flipped":    {shop, forge(func(b []byte) []byte { b[15] ^= 1; return b })},
		"the first bit of proof flipped":  {shop, forge(func(b []byte) []byte { b[16] ^= 0x80; return b })},
		"the last bit of proof flipped":   {shop, forge(func(b []byte) []byte { b[47] ^= 1; return b })},
		"no proof at all, only zeroes":    {shop, forge(func(b []byte) []byte { return append(b[:16], make([]byte, 32)...) })},
		"half a proof, the rest is zero":  {shop, forge(func(b []byte) []byte { return append(b[:32], make([]byte, 16)...) })},
		"another visitor's with one char": {shop, victimKey[:63] + Hidden(rune(nextBase64(victimKey[63])))},
	} {
		if got, err := h.Visitors.Check(try.channel, try.key); code(err) != protocol.CodeUnauthorized || got != "" {
			t.Errorf("%s: answered %q, %v", name, got, err)
		}
	}
	if _, _, err := h.Visitors.New(""); err == nil {
		t.Error("made a visitor of no channel")
	}
}

func TestVisitorSecretThatIsNoneStopsTheStart(t *testing.T) {
	t.Parallel()
	encode := base64.RawURLEncoding.EncodeToString
	random := make([]byte, 32)
	if _, err := rand.Read(random); err != nil {
		t.Fatal(err)
	}
	for name, row := range map[string]struct {
		secret string
		facts  map[string]string
		good   bool
	}{
		"thirty-two random bytes start it": {encode(random), nil, true},
		"an empty one does not":            {"", nil, false},
		"a short one does not":             {encode(random[:31]), nil, false},
		"a long one does not":              {encode(append(random, 1)), nil, false},
		"zeroes do not":                    {encode(make([]byte, 32)), nil, false},
		"one byte repeated does not":       {encode([]byte(strings.Repeat("x", 32))), nil, false},
		"what is no base64 does not":       {strings.Repeat("!", 43), nil, false},
		"a record without it does not":     {"", map[string]string{}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := open(t)
			facts := row.facts
			if facts == nil {
				facts = map[string]string{factSecret: row.secret}
			}
			h.plant(kindKey, "visitor", store.Secret{Owner: "visitor", Facts: facts})
			_, err := Open(Options{Store: h.store, Now: h.clock.now, Random: rand.Reader})
			if (err == nil) != row.good {
				t.Errorf("Open answered %v", err)
			}
			if err != nil && row.secret != "" && strings.Contains(err.Error(), row.secret) {
				t.Error("the error shows the secret")
			}
		})
	}
	h := open(t)
	h.commit(secretKey(kindKey, "visitor"), []byte{1, 0xc1})
	if _, err := Open(Options{Store: h.store, Now: h.clock.now, Random: rand.Reader}); err == nil {
		t.Error("started on a record that cannot be read")
	}
}

func TestStartWithoutRandomnessOrDiskFails(t *testing.T) {
	t.Parallel()
	h := open(t)
	full := memory.New()
	full.SetFull(true)
	for name, o := range map[string]Options{
		"no store":             {Now: h.clock.now, Random: rand.Reader},
		"no clock":             {Store: memory.New(), Random: rand.Reader},
		"no randomness":        {Store: memory.New(), Now: h.clock.now},
		"constant randomness":  {Store: memory.New(), Now: h.clock.now, Random: constant(7)},
		"randomness runs dry":  {Store: memory.New(), Now: h.clock.now, Random: dry{}},
		"a full disk":          {Store: full, Now: h.clock.now, Random: rand.Reader},
		"nothing":              {},
		"dry with a secret":    {Store: h.store, Now: h.clock.now, Random: dry{}},
		"zeroes as randomness": {Store: memory.New(), Now: h.clock.now, Random: constant(0)},
	} {
		if _, err := Open(o); err == nil {
			t.Errorf("%s: started", name)
		}
	}
}

func FuzzVisitorKey(f *testing.F) {
	a, err := Open(Options{Store: memory.New(), Now: (&clock{}).now, Random: rand.Reader})
	if err == nil { // the zero time is before 1970: ULIDs cannot say it
		_, _, err = a.Visitors.New(shop)
	}
	if err == nil {
		f.Fatal("made a visitor in the year 1")
	}
	f.Add("", "")
	f.Add(string(shop), strings.Repeat("A", 64))
	f.Fuzz(func(t *testing.T, channel, key string) {
		if id, err := a.Visitors.Check(protocol.ChannelID(channel), Hidden(key)); err == nil {
			t.Errorf("guessed a key of %s", id)
		}
	})
}
