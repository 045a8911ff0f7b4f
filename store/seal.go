package store

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"beseda/protocol"
)

// What is done to the workspace itself is sealed: each administrative event is hashed together with the seal before it.
// Whoever wrote the newest seal down sees by Check whether anything older was changed, left out or put in.
//
//	event 3 ─┐            event 8 ─┐            event 9 ─┐
//	   "" ───┴→ seal 3 ────────────┴→ seal 8 ────────────┴→ seal 9

// Administrative tells whether an event is sealed. What somebody saved for themselves alone is not.
func Administrative(ev *protocol.Frame) bool {
	switch ev.Kind {
	case protocol.KindOperatorInvited, protocol.KindOperatorJoined, protocol.KindOperatorDeactivated,
		protocol.KindOperatorActivated, protocol.KindOperatorLinked, protocol.KindPasswordSet, protocol.KindRoleSet, protocol.KindGroupSet, protocol.KindGroupDeleted,
		protocol.KindTeamSet, protocol.KindPolicySet, protocol.KindChannelCreated, protocol.KindChannelSet,
		protocol.KindTagSet, protocol.KindTagDeleted, protocol.KindContactBlocked, protocol.KindContactUnblocked,
		protocol.KindConversationErased, protocol.KindConversationPurged, protocol.KindExportMade:
		return true
	}
	saved, _, err := SavedIn(ev)
	return err == nil && saved.Shared
}

// SealOf is the seal of an event after another: SHA-256, in hexadecimal, of the one before ("" for none) and of the
// event. Of an item the body does not count, since it may be erased.
func SealOf(before string, ev *protocol.Frame) (string, error) {
	bare := *ev
	if bare.Kind.IsItem() {
		bare.Body = nil
	}
	raw, err := bare.MarshalMsg([]byte(before))
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:]), nil
}

// LastSeal is the newest seal and its position; 0 and the zero value where there is none.
func LastSeal(r Reader) (at protocol.Position, seal Seal, err error) {
	rng := Seals.Under()
	rng.Reverse = true
	return firstSeal(r, rng)
}

func firstSeal(r Reader, rng Range) (at protocol.Position, seal Seal, err error) {
	for e, err := range r.Scan(rng) {
		if err != nil {
			return 0, seal, err
		}
		seal, err = Seals.Decode(e.Key, e.Value)
		return LastNum[protocol.Position](e.Key), seal, err
	}
	return 0, seal, nil
}

// sealCheck is where the walk along a workspace's seals has come to.
type sealCheck struct {
	workspace Workspace
	last      protocol.Position
	seal      string
}

// checkSeal asserts that a seal is that of its event, after the seal before it.
func checkSeal(in inspected, v *Seal) {
	if len(in.key) != scopeLen+1+8 {
		in.problem(in.key, "the key is no position")
		return
	}
	at := LastNum[protocol.Position](in.key)
	if in.seals.workspace != in.w {
		in.seals = sealCheck{workspace: in.w}
	}
	before := in.seals
	in.seals.last, in.seals.seal = at, v.Seal
	if v.Before != before.last {
		in.problem(in.key, "it seals what came after %d, where %d comes before it", v.Before, before.last)
		return
	}
	row, err := Log.Get(in.r, Num(at))
	var ev protocol.Frame
	if err == nil {
		ev, err = Whole(in.r, &row)
	}
	switch {
	case errors.Is(err, ErrNotFound):
		in.problem(in.key, "the event that it seals is missing")
		return
	case err != nil:
		return // it is reported where it stands
	}
	want, err := SealOf(before.seal, &ev)
	if err != nil || want != v.Seal {
		in.problem(in.key, "the event, or what came before, is not what was sealed")
	}
}

// checkSealed asserts that an administrative event has its seal. Those before the first seal were written when there
// were none yet.
func checkSealed(in inspected, row *protocol.Frame) {
	if !Administrative(row) {
		return
	}
	_, err := Seals.Get(in.r, Num(row.Position))
	if !errors.Is(err, ErrNotFound) {
		return
	}
	first, _, err := firstSeal(in.r, Seals.Under())
	if err == nil && first != 0 && first < row.Position {
		in.problem(in.key, "%s is not sealed", row.Kind)
	}
}
