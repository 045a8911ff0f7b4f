package desk_test

import (
	"slices"
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/server/desk/audit"
	"beseda/server/desk/team"
	"beseda/store"
)

// The audit log: what is sealed, who reads it, and that a store in which anything of it was changed is not sound.

// administered is an office in which Eve did a few things.
func administered(t *testing.T) *office {
	t.Helper()
	o := newOffice(t, nil)
	o.kira.must(o.kira.says("hello"))
	o.eve.must(o.eve.do(protocol.KindGroupCreate, &protocol.GroupCreate{Name: "Billing", Rights: []protocol.Right{protocol.RightDelete}}))
	o.sets("split.enabled", "false")
	o.eve.must(o.eve.serves(o.ann))
	o.ann.must(o.ann.replies(1, "hi"))
	o.eve.must(o.eve.deactivates(o.bob))
	return o
}

// serves names the team of the office's channel; nobody is everybody.
func (p person) serves(team ...person) (protocol.Accepted, error) {
	cmd := &protocol.TeamChange{Channel: p.o.channel}
	for _, one := range team {
		cmd.Operators = append(cmd.Operators, one.id())
	}
	return p.do(protocol.KindTeamChange, cmd)
}

func (o *office) audits(p person, cmd protocol.AuditRead) (out protocol.Audit, err error) {
	o.t.Helper()
	o.read(func(r store.Reader) error {
		m, found := team.Working(r, p.id())
		if found != nil {
			return found
		}
		out, err = audit.Read(r, m, &cmd)
		return nil
	})
	return out, err
}

func TestX28TheAuditLogHasEveryAdministrativeActNewestFirst(t *testing.T) {
	t.Parallel()
	o := administered(t)
	var kinds []string
	cmd := protocol.AuditRead{Limit: 3}
	for {
		page, err := o.audits(o.eve, cmd)
		if err != nil || len(page.Entries) > 3 {
			t.Fatalf("%d entries, %v", len(page.Entries), err)
		}
		for _, e := range page.Entries {
			kinds = append(kinds, strings.TrimSuffix(string(e.Event.Kind)+" by "+e.Event.Actor.Name, " by "))
		}
		if cmd.Before = page.Before; !page.More {
			break
		}
	}
	want := []string{"operator.deactivated by Eve", "team.set by Eve", "policy.set by Eve", "group.set by Eve", "channel.created"}
	for _, name := range []string{"Robot", "Bob", "Ann", "Eve"} {
		want = append(want, "operator.joined by "+name, "operator.invited by "+name)
	}
	if !slices.Equal(kinds, want) {
		t.Errorf("the log has %q\nwant %q", kinds, want)
	}
	own, err := o.audits(o.eve, protocol.AuditRead{Actor: o.ann.call.By.ID})
	if err != nil || len(own.Entries) != 2 {
		t.Errorf("Ann did %d things, %v", len(own.Entries), err)
	}
	if _, err := o.audits(o.ann, protocol.AuditRead{}); answer(err) != "forbidden" {
		t.Errorf("Ann reads it: %v", err)
	}
}

func TestX28WhatWasSealedCannotBeChangedUnseen(t *testing.T) {
	t.Parallel()
	o := administered(t)
	problems := func() (all []string) {
		o.t.Helper()
		if err := o.store.View(func(r store.Reader) error {
			_, err := store.Check(t.Context(), r, nil, func(p store.Problem) {
				if !strings.Contains(p.Text, "file") {
					all = append(all, p.String())
				}
			})
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return all
	}
	if found := problems(); len(found) > 0 {
		t.Fatalf("nothing was changed, and check finds %q", found)
	}
	page, err := o.audits(o.eve, protocol.AuditRead{Limit: 4})
	if err != nil || len(page.Entries) != 4 {
		t.Fatal(page, err)
	}
	at := page.Entries[2].Event.Position // policy.set
	write := func(key, value []byte) {
		t.Helper()
		if err := o.store.Commit([]store.Write{store.ScopeWrite(store.Main, store.Write{Key: key, Value: value})}); err != nil {
			t.Fatal(err)
		}
	}
	event, seal := store.Log.Key(store.Num(at)), store.Seals.Key(store.Num(at))
	var was, sealed []byte
	o.read(func(r store.Reader) (err error) {
		if was, err = r.Get(event); err == nil {
			sealed, err = r.Get(seal)
		}
		return err
	})
	forged := func(change func(*protocol.Frame)) []byte {
		ev, err := store.Log.Decode(event, was)
		if err != nil {
			t.Fatal(err)
		}
		change(&ev)
		value, err := store.Log.Encode(ev)
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
	for name, tamper := range map[string]func(){
		"who did it": func() { write(event, forged(func(ev *protocol.Frame) { ev.Actor.ID = o.ann.call.By.ID })) },
		"when":       func() { write(event, forged(func(ev *protocol.Frame) { ev.At++ })) },
		"what": func() {
			write(event, forged(func(ev *protocol.Frame) {
				ev.Body = protocol.EncodeBody(&protocol.PolicySet{Values: []protocol.PolicyValue{{Key: "split.enabled", Value: "true"}}})
			}))
		},
		"another kind, which is not sealed": func() {
			write(event, forged(func(ev *protocol.Frame) { ev.Kind, ev.Body = protocol.KindProfileSet, nil }))
		},
		"a seal that is missing": func() { write(seal, nil) },
		"a seal that was made anew": func() {
			ev, err := store.Log.Decode(event, forged(func(ev *protocol.Frame) { ev.At++ }))
			if err != nil {
				t.Fatal(err)
			}
			old, err := store.Seals.Decode(seal, sealed)
			if err != nil {
				t.Fatal(err)
			}
			if old.Seal, err = store.SealOf(page.Entries[3].Seal, &ev); err != nil {
				t.Fatal(err)
			}
			value, err := store.Seals.Encode(old)
			if err != nil {
				t.Fatal(err)
			}
			write(event, forged(func(ev *protocol.Frame) { ev.At++ }))
			write(seal, value)
		},
	} {
		tamper()
		if len(problems()) == 0 {
			t.Errorf("%s: check finds nothing", name)
		}
		write(event, was)
		write(seal, sealed)
	}
	if found := problems(); len(found) > 0 {
		t.Errorf("put back, check finds %q", found)
	}
}
