package auth

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"

	"github.com/oklog/ulid/v2"

	"beseda/protocol"
	"beseda/store"
)

const (
	visitorSecretBytes = 32
	visitorKeyBytes    = 16 + sha256.Size
	factSecret         = "secret"
)

// Visitors makes and checks visitor keys. Nothing is stored for them: a key signs itself.
//
//	base64url( ULID of the visitor, 16 bytes ‖ HMAC-SHA256(secret, "visitor" ‖ channel ‖ ULID) )
//
// The first and last part of what is signed have fixed lengths, so no two triples sign alike.
type Visitors struct {
	vault  *vault
	secret [visitorSecretBytes]byte
}

// openVisitors reads the secret, or makes it where there has never been one. One that is empty, short or constant
// would let anybody sign, so it is an error.
func openVisitors(v *vault) (*Visitors, error) {
	out := &Visitors{vault: v}
	err := v.change(func(r store.Reader, c *changes) error {
		rec, err := v.get(r, kindKey, "visitor")
		if errors.Is(err, store.ErrNotFound) {
			if err := v.draw(out.secret[:]); err != nil {
				return err
			}
			if weak(out.secret[:]) {
				return errors.New("the source of randomness gives none")
			}
			return c.put(kindKey, "visitor", store.Secret{
				Owner: "visitor", At: v.now().UnixMilli(),
				Facts: map[string]string{factSecret: base64.RawURLEncoding.EncodeToString(out.secret[:])},
			})
		} else if err != nil {
			return err
		}
		raw, err := base64.RawURLEncoding.Strict().DecodeString(rec.Facts[factSecret])
		if err != nil || len(raw) != visitorSecretBytes || weak(raw) {
			return errors.New("the stored secret is not 32 random bytes; restore it from a backup")
		}
		copy(out.secret[:], raw)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("open the secret of visitor keys: %w", err)
	}
	return out, nil
}

// weak tells that a secret is one byte repeated.
func weak(b []byte) bool {
	for _, x := range b {
		if x != b[0] {
			return false
		}
	}
	return true
}

// New makes a visitor of a channel, and the key that proves to be them.
func (v *Visitors) New(channel protocol.ChannelID) (protocol.VisitorID, Hidden, error) {
	if channel == "" {
		return "", "", errors.New("make a visitor: no channel")
	}
	var id ulid.ULID
	if err := id.SetTime(ulid.Timestamp(v.vault.now())); err != nil {
		return "", "", fmt.Errorf("make a visitor: %w", err)
	}
	if err := v.vault.draw(id[6:]); err != nil {
		return "", "", err
	}
	key := append(id.Bytes(), v.sign(channel, id)...)
	return protocol.VisitorID(id.String()), Hidden(base64.RawURLEncoding.EncodeToString(key)), nil
}

// Check tells which visitor of this channel a key proves; unauthorized for a key that is forged, cut or of another
// channel.
func (v *Visitors) Check(channel protocol.ChannelID, key Hidden) (protocol.VisitorID, error) {
	if channel == "" || len(key) != base64.RawURLEncoding.EncodedLen(visitorKeyBytes) {
		return "", unauthorized("visitor_key")
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(string(key))
	if err != nil || len(raw) != visitorKeyBytes {
		return "", unauthorized("visitor_key")
	}
	var id ulid.ULID
	copy(id[:], raw)
	if !hmac.Equal(raw[len(id):], v.sign(channel, id)) {
		return "", unauthorized("visitor_key")
	}
	return protocol.VisitorID(id.String()), nil
}

func (v *Visitors) sign(channel protocol.ChannelID, id ulid.ULID) []byte {
	mac := hmac.New(sha256.New, v.secret[:])
	mac.Write([]byte("visitor"))
	mac.Write([]byte(channel))
	mac.Write(id[:])
	return mac.Sum(nil)
}
