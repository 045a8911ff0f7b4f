package audit

import (
	"beseda/protocol"
	"beseda/server/desk/team"
	"beseda/store"
)

// page is how many entries an answer has that asked for no number; maxLooked how many are looked at for one.
const (
	page      = 50
	maxLooked = 10_000
)

// Apply seals an administrative event, whatever else it does. Others it leaves alone.
func Apply(tx store.Tx, ev *protocol.Frame) error {
	if !store.Administrative(ev) {
		return nil
	}
	at, last, err := store.LastSeal(tx)
	if err != nil {
		return err
	}
	seal, err := store.SealOf(last.Seal, ev)
	if err != nil {
		return err
	}
	return store.Seals.Put(tx, store.Seal{Seal: seal, Before: at}, store.Num(ev.Position))
}

// Read is a page of the log, newest first. Administrators only.
func Read(r store.Reader, m team.Member, cmd *protocol.AuditRead) (out protocol.Audit, err error) {
	if !m.Admin {
		return out, protocol.Refuse(protocol.CodeForbidden, "")
	}
	limit := cmd.Limit
	if limit == 0 {
		limit = page
	}
	rng := store.Seals.Under()
	rng.Reverse = true
	if cmd.Before != 0 {
		rng.To = store.Seals.Key(store.Num(cmd.Before))
	}
	looked := 0
	for e, err := range r.Scan(rng) {
		if err != nil {
			return out, err
		}
		if looked == maxLooked || len(out.Entries) == limit {
			out.More = true
			return out, nil
		}
		looked++
		out.Before = store.LastNum[protocol.Position](e.Key)
		entry, err := entryAt(r, e)
		if err != nil {
			return out, err
		}
		if cmd.Actor == "" || entry.Event.Actor != nil && entry.Event.Actor.ID == cmd.Actor {
			out.Entries = append(out.Entries, entry)
		}
	}
	return out, nil
}

func entryAt(r store.Reader, e store.Entry) (entry protocol.AuditEntry, err error) {
	seal, err := store.Seals.Decode(e.Key, e.Value)
	if err != nil {
		return entry, err
	}
	row, err := store.Log.Get(r, store.Num(store.LastNum[protocol.Position](e.Key)))
	if err != nil {
		return entry, err
	}
	entry.Seal = seal.Seal
	entry.Event, err = store.Whole(r, &row)
	return entry, err
}
