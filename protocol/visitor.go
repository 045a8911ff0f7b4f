package protocol

// VisitorVisit says which page the visitor is on.
type VisitorVisit struct {
	URL      string `msg:"url,omitempty" json:"url,omitempty" validate:"max=2000"`
	Title    string `msg:"title,omitempty" json:"title,omitempty" validate:"max=200"`
	Referrer string `msg:"referrer,omitempty" json:"referrer,omitempty" validate:"max=2000"`
}

// VisitorArrived: a browser identity was made, by its first message.
type VisitorArrived struct {
	Visitor  VisitorID `msg:"visitor" json:"visitor"`
	Contact  ContactID `msg:"contact" json:"contact"`
	Channel  ChannelID `msg:"channel" json:"channel"`
	Language string    `msg:"language,omitempty" json:"language,omitempty"`
	// Device is browser and system in words, from the user agent: "Firefox 145 · Android".
	Device string       `msg:"device,omitempty" json:"device,omitempty"`
	Visit  VisitorVisit `msg:"visit" json:"visit"`
}

// VisitorVisited: a known visitor came back or went to another page.
type VisitorVisited struct {
	Language string       `msg:"language,omitempty" json:"language,omitempty"`
	Device   string       `msg:"device,omitempty" json:"device,omitempty"`
	Visit    VisitorVisit `msg:"visit" json:"visit"`
}

// Visitor is what the team knows of a browser identity; the panel shows it.
type Visitor struct {
	ID        VisitorID    `msg:"id" json:"id"`
	Contact   ContactID    `msg:"contact" json:"contact"`
	Name      string       `msg:"name,omitempty" json:"name,omitempty"`
	Channel   ChannelID    `msg:"channel" json:"channel"`
	Language  string       `msg:"language,omitempty" json:"language,omitempty"`
	Device    string       `msg:"device,omitempty" json:"device,omitempty"`
	First     VisitorVisit `msg:"first" json:"first"`     // the page of the first visit
	Current   VisitorVisit `msg:"current" json:"current"` // the page now, or last
	FirstSeen int64        `msg:"first_seen" json:"first_seen"`
	LastSeen  int64        `msg:"last_seen" json:"last_seen"`
	Online    bool         `msg:"online,omitempty" json:"online,omitempty"`
	Email     string       `msg:"email,omitempty" json:"email,omitempty"`
	Phone     string       `msg:"phone,omitempty" json:"phone,omitempty"`
}

// Presence tells that somebody came or went: to visitors that the team is there, to operators who is.
type Presence struct {
	// Team is set for visitors: somebody of the team is connected.
	Team bool `msg:"team,omitempty" json:"team,omitempty"`
	// Operator or Visitor names who; empty in what visitors get.
	Operator OperatorID `msg:"operator,omitempty" json:"operator,omitempty"`
	Visitor  VisitorID  `msg:"visitor,omitempty" json:"visitor,omitempty"`
	Online   bool       `msg:"online" json:"online"`
}
