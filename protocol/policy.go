package protocol

// Preset is a named set of policies: choosing one writes all keys of its scope.
type Preset string

const (
	PresetBeseda Preset = "beseda" // what a new workspace has
	PresetAmo    Preset = "amo"
	PresetOmni   Preset = "omni"
	PresetRetail Preset = "retail"
)

// PolicyForm is how a policy's value is written.
type PolicyForm string

const (
	FormChoice    PolicyForm = "choice"    // one of allowed; "reopen_within:" is followed by a duration
	FormSet       PolicyForm = "set"       // some of allowed, separated by commas
	FormSwitch    PolicyForm = "switch"    // "true" or "false"
	FormDuration  PolicyForm = "duration"  // "90s", "10m", "720h"; or one of allowed
	FormTenth     PolicyForm = "tenth"     // a duration that is a multiple of 10 s; or one of allowed
	FormRating    PolicyForm = "rating"    // "off", or "delay=0s wait=24h", and then critical=N notify=OPERATOR
	FormAfterward PolicyForm = "afterward" // "queue", or "fail_after:" and a duration
)

// PolicyChange sets policies of the workspace, or of a channel that differs from it; administrators only. Preset is
// written first, then Values; keys in Unset have no value of their own afterwards.
type PolicyChange struct {
	Channel ChannelID     `msg:"channel,omitempty" json:"channel,omitempty" validate:"omitempty,id"`
	Preset  Preset        `msg:"preset,omitempty" json:"preset,omitempty" validate:"omitempty,oneof=beseda amo omni retail"`
	Values  []PolicyValue `msg:"values,omitempty" json:"values,omitempty" validate:"max=50,dive"`
	Unset   []string      `msg:"unset,omitempty" json:"unset,omitempty" validate:"max=50,dive,max=40"`
}

// PolicyValue is a key with its value.
type PolicyValue struct {
	Key   string `msg:"key" json:"key" validate:"required,max=40"`
	Value string `msg:"value" json:"value" validate:"required,max=100"`
}

// PolicySet: these keys of a scope have these values now.
type PolicySet struct {
	// Channel is empty for the workspace.
	Channel ChannelID `msg:"channel,omitempty" json:"channel,omitempty"`
	// Preset is the one that was chosen, where one was; Values say all that changed.
	Preset Preset        `msg:"preset,omitempty" json:"preset,omitempty"`
	Values []PolicyValue `msg:"values,omitempty" json:"values,omitempty"`
	Unset  []string      `msg:"unset,omitempty" json:"unset,omitempty"`
	// Former are the values of all these keys before; empty for what a channel had from the workspace.
	Former []PolicyValue `msg:"former,omitempty" json:"former,omitempty"`
}

// PoliciesRead asks for all policies.
type PoliciesRead struct{}

// Policies is the table of keys and the values in force.
type Policies struct {
	// Keys are in the order in which they are checked.
	Keys []PolicyKey `msg:"keys,omitempty" json:"keys,omitempty"`
	// Presets are what each would write.
	Presets []PresetValues `msg:"presets,omitempty" json:"presets,omitempty"`
	// Workspace has a value for every key.
	Workspace []PolicyValue `msg:"workspace,omitempty" json:"workspace,omitempty"`
	// Channels have those that differ.
	Channels []ChannelPolicies `msg:"channels,omitempty" json:"channels,omitempty"`
}

// PolicyKey is a row of the table.
type PolicyKey struct {
	Key  string     `msg:"key" json:"key"`
	Form PolicyForm `msg:"form" json:"form"`
	// Allowed are the words that the form takes.
	Allowed []string `msg:"allowed,omitempty" json:"allowed,omitempty"`
	Default string   `msg:"default" json:"default"`
	// Later: kept, and without effect until the part of the product that it steers is there.
	Later bool `msg:"later,omitempty" json:"later,omitempty"`
}

// PresetValues is what a preset writes.
type PresetValues struct {
	Preset Preset        `msg:"preset" json:"preset"`
	Values []PolicyValue `msg:"values,omitempty" json:"values,omitempty"`
}

// ChannelPolicies is what a channel has of its own.
type ChannelPolicies struct {
	Channel ChannelID     `msg:"channel" json:"channel"`
	Values  []PolicyValue `msg:"values,omitempty" json:"values,omitempty"`
}
