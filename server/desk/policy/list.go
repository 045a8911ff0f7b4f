package policy

import (
	"slices"

	"beseda/protocol"
	"beseda/store"
)

// Read is the table with the values in force.
func Read(r store.Reader) (protocol.Policies, error) {
	var out protocol.Policies
	for k := range table {
		row := &table[k]
		out.Keys = append(out.Keys, protocol.PolicyKey{
			Key: row.name, Form: row.form, Allowed: slices.Clone(row.allowed), Default: row.beseda, Later: row.later,
		})
	}
	for _, name := range presets {
		s, _ := preset(name)
		out.Presets = append(out.Presets, protocol.PresetValues{Preset: name, Values: s.values()})
	}
	workspace, err := scope(r, "")
	if err != nil {
		return out, err
	}
	defaults, _ := preset(protocol.PresetBeseda)
	out.Workspace = setOf(workspace.Values).over(defaults).values()
	for ch, err := range store.Channels.Scan(r, store.Channels.Under()) {
		if err != nil {
			return out, err
		}
		own, err := scope(r, ch.Channel.ID)
		if err != nil {
			return out, err
		}
		if len(own.Values) > 0 {
			out.Channels = append(out.Channels, protocol.ChannelPolicies{Channel: ch.Channel.ID, Values: own.Values})
		}
	}
	return out, nil
}
