package protocol

// Looks is how a channel's widget appears; the loader is stamped with it.
type Looks struct {
	Name string `msg:"name" json:"name" validate:"required,max=80"`
	// Color is the brand colour as #rrggbb.
	Color    string `msg:"color" json:"color" validate:"len=7,hexcolor"`
	Greeting string `msg:"greeting,omitempty" json:"greeting,omitempty" validate:"max=300"`
	// Language of the widget: "" follows the page, else "en" or "ru".
	Language string `msg:"language,omitempty" json:"language,omitempty" validate:"omitempty,oneof=en ru"`
	// Left puts the launcher at the inline start.
	Left bool `msg:"left,omitempty" json:"left,omitempty"`
}

// Channel is a configured way in: today a website widget.
type Channel struct {
	ID    ChannelID `msg:"id" json:"id"`
	Looks Looks     `msg:"looks" json:"looks"`
	// Sites are the origins that may embed the widget, punycode, with scheme; empty refuses all unless AnySite.
	Sites   []string `msg:"sites,omitempty" json:"sites,omitempty"`
	AnySite bool     `msg:"any_site,omitempty" json:"any_site,omitempty"`
	// SeenAt and SeenOn tell when and on which site the widget last loaded; 0 if never.
	SeenAt int64  `msg:"seen_at,omitempty" json:"seen_at,omitempty"`
	SeenOn string `msg:"seen_on,omitempty" json:"seen_on,omitempty"`
	// Team are the operators who serve it; empty for everybody.
	Team []OperatorID `msg:"team,omitempty" json:"team,omitempty"`
	// Quoting is who may quote a message; empty for both.
	Quoting Capability `msg:"quoting,omitempty" json:"quoting,omitempty"`
}

// Capability is what a channel can of something: the visitor's side sends what the team receives.
type Capability string

const (
	CapabilityNone    Capability = "none"
	CapabilityReceive Capability = "receive" // only from visitors
	CapabilitySend    Capability = "send"    // only to visitors
	CapabilityBoth    Capability = "both"
)

// ChannelCreate makes a channel; administrators only.
type ChannelCreate struct {
	Looks   Looks      `msg:"looks" json:"looks"`
	Sites   []string   `msg:"sites,omitempty" json:"sites,omitempty" validate:"max=50,dive,max=253"`
	AnySite bool       `msg:"any_site,omitempty" json:"any_site,omitempty"`
	Quoting Capability `msg:"quoting,omitempty" json:"quoting,omitempty" validate:"omitempty,oneof=none receive send both"`
}

// ChannelChange replaces a channel's settings; administrators only.
type ChannelChange struct {
	Channel ChannelID  `msg:"channel" json:"channel" validate:"required,id"`
	Looks   Looks      `msg:"looks" json:"looks"`
	Sites   []string   `msg:"sites,omitempty" json:"sites,omitempty" validate:"max=50,dive,max=253"`
	AnySite bool       `msg:"any_site,omitempty" json:"any_site,omitempty"`
	Quoting Capability `msg:"quoting,omitempty" json:"quoting,omitempty" validate:"omitempty,oneof=none receive send both"`
}

// ChannelCreated: a channel was made.
type ChannelCreated struct {
	Channel Channel `msg:"channel" json:"channel"`
}

// ChannelSet: its settings are these now.
type ChannelSet struct {
	Channel Channel `msg:"channel" json:"channel"`
	// Former is what they were before; nil where that was not noted.
	Former *Channel `msg:"former,omitempty" json:"former,omitempty"`
}
