package policy

import (
	"errors"
	"fmt"
	"slices"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/store"
)

// Change sets policies of the workspace, or of a channel that differs from it. It is refused with
// the name of the first key whose rule would be broken, in this scope or in a channel that inherits from it.
func Change(r store.Reader, c call.Call, cmd *protocol.PolicyChange) (store.Outcome, error) {
	if cmd.Channel != "" {
		_, err := store.Channels.Get(r, store.Text(cmd.Channel))
		if errors.Is(err, store.ErrNotFound) {
			err = protocol.Refuse(protocol.CodeNotFound, "")
		}
		if err != nil {
			return store.Outcome{}, err
		}
	}
	before, err := scope(r, cmd.Channel)
	if err != nil {
		return store.Outcome{}, err
	}
	old := setOf(before.Values)
	next, err := edited(old, cmd)
	if err != nil {
		return store.Outcome{}, err
	}
	if err := check(r, cmd.Channel, next); err != nil {
		return store.Outcome{}, err
	}
	body := difference(old, next, cmd.Channel != "")
	if len(body.Values)+len(body.Unset) == 0 {
		return store.Outcome{}, nil
	}
	body.Channel, body.Preset = cmd.Channel, cmd.Preset
	return store.Outcome{Events: []protocol.Frame{c.Event(protocol.KindPolicySet, protocol.EncodeBody(&body))}}, nil
}

// edited is a scope's own values after a command, not yet judged together. A value in a spelling of its own is brought
// into the one of the table; what its row does not allow stays as it is, for check to find.
func edited(own set, cmd *protocol.PolicyChange) (set, error) {
	if cmd.Preset != "" {
		chosen, ok := preset(cmd.Preset)
		if !ok {
			return own, protocol.Refuse(protocol.CodeInvalid, "field=preset")
		}
		own = chosen
	}
	for _, v := range cmd.Values {
		k, ok := KeyOf(v.Key)
		if !ok {
			return own, protocol.Refuse(protocol.CodeInvalid, "field=values rule=key")
		}
		if own[k], ok = table[k].normal(v.Value); !ok {
			own[k] = v.Value
		}
	}
	for _, name := range cmd.Unset {
		k, ok := KeyOf(name)
		if !ok {
			return own, protocol.Refuse(protocol.CodeInvalid, "field=unset rule=key")
		}
		own[k] = ""
	}
	return own, nil
}

// check holds that a scope's new values obey the table: alone, and, where it is the workspace, under every channel's.
func check(r store.Reader, channel protocol.ChannelID, own set) error {
	defaults, _ := preset(protocol.PresetBeseda)
	if channel != "" {
		workspace, err := scope(r, "")
		if err != nil {
			return err
		}
		return refuse(own.over(setOf(workspace.Values)).over(defaults), "")
	}
	own = own.over(defaults)
	if err := refuse(own, ""); err != nil {
		return err
	}
	for ch, err := range store.Channels.Scan(r, store.Channels.Under()) {
		if err != nil {
			return err
		}
		theirs, err := scope(r, ch.Channel.ID)
		if err != nil {
			return err
		}
		if err := refuse(setOf(theirs.Values).over(own), ch.Channel.ID); err != nil {
			return err
		}
	}
	return nil
}

func refuse(s set, channel protocol.ChannelID) error {
	k, is := s.broken()
	if !is {
		return nil
	}
	reason := "field=" + table[k].name
	if channel != "" {
		reason += " channel=" + string(channel)
	}
	return protocol.Refuse(protocol.CodeInvalid, reason)
}

// difference is the event that leads from one set to another. What the workspace has no value for has the default, what
// a channel has none for, the workspace's.
func difference(old, next set, channel bool) (body protocol.PolicySet) {
	for k := range table {
		if old[k] == next[k] {
			continue
		}
		former := old[k]
		if former == "" && !channel {
			former = table[k].beseda
		}
		body.Former = append(body.Former, protocol.PolicyValue{Key: table[k].name, Value: former})
		switch {
		case next[k] == "":
			body.Unset = append(body.Unset, table[k].name)
		default:
			body.Values = append(body.Values, protocol.PolicyValue{Key: table[k].name, Value: next[k]})
		}
	}
	return body
}

// Apply keeps what a scope has of its own.
func Apply(tx store.Tx, ev *protocol.Frame) error {
	if ev.Kind != protocol.KindPolicySet {
		return fmt.Errorf("no view for %s", ev.Kind)
	}
	var body protocol.PolicySet
	if err := protocol.DecodeBody(ev.Body, &body); err != nil {
		return err
	}
	own, err := scope(tx, body.Channel)
	if err != nil {
		return err
	}
	before, err := Of(tx, body.Channel)
	if err != nil {
		return err
	}
	next := setOf(own.Values)
	for _, v := range body.Values {
		if k, ok := KeyOf(v.Key); ok {
			next[k] = v.Value
		}
	}
	for _, name := range body.Unset {
		if k, ok := KeyOf(name); ok {
			next[k] = ""
		}
	}
	own.Values = next.values()
	if err := store.Policies.Put(tx, own, store.Text(body.Channel)); err != nil {
		return err
	}
	after, err := Of(tx, body.Channel)
	if err != nil {
		return err
	}
	own.Resumed = resumed(own.Resumed, &before, &after, ev.At)
	return store.Policies.Put(tx, own, store.Text(body.Channel))
}

// resumed notes the keys of timers that were off and no longer are.
func resumed(old []store.Resumed, before, after *Policy, at int64) []store.Resumed {
	out := slices.Clone(old)
	for _, t := range []struct {
		key           Key
		before, after int64
	}{
		{AutocompleteAfter, before.CompleteAfter, after.CompleteAfter},
		{AutocompleteUnassigned, before.UnassignedAfter, after.UnassignedAfter},
		{ReplyWarn, before.ReplyWarn, after.ReplyWarn},
		{ReplyLimit, before.ReplyLimit, after.ReplyLimit},
		{OfflineDelivery, before.FailAfter, after.FailAfter},
	} {
		if t.before != 0 || t.after == 0 {
			continue
		}
		out = slices.DeleteFunc(out, func(r store.Resumed) bool { return r.Key == table[t.key].name })
		out = append(out, store.Resumed{Key: table[t.key].name, At: at})
	}
	return out
}
