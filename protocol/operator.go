package protocol

// Role is what an operator is allowed: administrators everything, operators their work.
type Role string

const (
	RoleAdmin    Role = "administrator"
	RoleOperator Role = "operator"
)

// OperatorState is where an operator's account stands.
type OperatorState string

const (
	OperatorInvitedState     OperatorState = "invited" // the link was made and not used yet
	OperatorActive           OperatorState = "active"
	OperatorDeactivatedState OperatorState = "deactivated"
)

// Person is what a visitor may know of an operator.
type Person struct {
	ID   OperatorID `msg:"id" json:"id"`
	Name string     `msg:"name" json:"name"`
	// Picture is the version of the picture at /pictures/{ID}; empty where there is none.
	Picture string `msg:"picture,omitempty" json:"picture,omitempty"`
}

// Operator is what colleagues know of one. Email is empty for those who are not administrators, but in one's own.
type Operator struct {
	ID      OperatorID    `msg:"id" json:"id"`
	Name    string        `msg:"name" json:"name"`
	Email   string        `msg:"email,omitempty" json:"email,omitempty"`
	Role    Role          `msg:"role" json:"role"`
	State   OperatorState `msg:"state" json:"state"`
	Picture string        `msg:"picture,omitempty" json:"picture,omitempty"`
	Online  bool          `msg:"online,omitempty" json:"online,omitempty"`
	// Bot: an integration that signs in with a token.
	Bot bool `msg:"bot,omitempty" json:"bot,omitempty"`
	// Group carries the rights of who is no administrator; empty for GroupOperators.
	Group GroupID `msg:"group,omitempty" json:"group,omitempty"`
	// Rights are all that an account has; only in one's own.
	Rights []Right `msg:"rights,omitempty" json:"rights,omitempty"`
	// Everywhere: an administrator or chat administrator, who may have conversations of any channel, whoever serves it.
	Everywhere bool `msg:"everywhere,omitempty" json:"everywhere,omitempty"`
}

// Team is the people and channels of the workspace, and what the team has in common.
type Team struct {
	Operators []Operator `msg:"operators,omitempty" json:"operators,omitempty"`
	Channels  []Channel  `msg:"channels,omitempty" json:"channels,omitempty"`
	// Groups are for administrators.
	Groups []Group `msg:"groups,omitempty" json:"groups,omitempty"`
	Tags   []Tag   `msg:"tags,omitempty" json:"tags,omitempty"`
	// Views are one's own and the shared ones.
	Views []View `msg:"views,omitempty" json:"views,omitempty"`
}

// OperatorInvite makes an account and a one-time link for a colleague; administrators only.
type OperatorInvite struct {
	Name  string `msg:"name" json:"name" validate:"required,max=80"`
	Email string `msg:"email" json:"email" validate:"required,email,max=200"`
	Role  Role   `msg:"role" json:"role" validate:"oneof=administrator operator"`
	// Group of an operator; empty for GroupOperators.
	Group GroupID `msg:"group,omitempty" json:"group,omitempty" validate:"omitempty,id"`
}

// OperatorLink makes a new one-time link for an account that is invited or active: for a colleague who lost the first one,
// or forgot the password. Any earlier link of theirs ends. Bots have tokens instead; administrators only.
type OperatorLink struct {
	Operator OperatorID `msg:"operator" json:"operator" validate:"required,id"`
}

// Invited answers both: the link, shown once.
type Invited struct {
	Operator OperatorID `msg:"operator" json:"operator"`
	// Path is below the console's address, with the secret behind # so that no server logs it: /setup#TOKEN
	Path string `msg:"path" json:"path"`
	// ExpiresAt is unix milliseconds.
	ExpiresAt int64 `msg:"expires_at" json:"expires_at"`
}

// OperatorDeactivate ends an account's access at once and keeps its name on what it wrote.
type OperatorDeactivate struct {
	Operator OperatorID `msg:"operator" json:"operator" validate:"required,id"`
}

// OperatorActivate gives access back.
type OperatorActivate struct {
	Operator OperatorID `msg:"operator" json:"operator" validate:"required,id"`
}

// RoleChange gives an operator another role, or group.
type RoleChange struct {
	Operator OperatorID `msg:"operator" json:"operator" validate:"required,id"`
	Role     Role       `msg:"role" json:"role" validate:"oneof=administrator operator"`
	Group    GroupID    `msg:"group,omitempty" json:"group,omitempty" validate:"omitempty,id"`
}

// ProfileChange changes one's own name.
type ProfileChange struct {
	Name string `msg:"name" json:"name" validate:"required,max=80"`
}

// OperatorInvited: an account was made and waits for its link to be used.
type OperatorInvited struct {
	Operator OperatorID `msg:"operator" json:"operator"`
	Name     string     `msg:"name" json:"name"`
	Email    string     `msg:"email" json:"email"`
	Role     Role       `msg:"role" json:"role"`
	Bot      bool       `msg:"bot,omitempty" json:"bot,omitempty"`
	Group    GroupID    `msg:"group,omitempty" json:"group,omitempty"`
}

// OperatorJoined: the link was used, the account is active.
type OperatorJoined struct {
	Operator OperatorID `msg:"operator" json:"operator"`
	Name     string     `msg:"name" json:"name"`
}

// OperatorDeactivated: access ended.
type OperatorDeactivated struct {
	Operator OperatorID `msg:"operator" json:"operator"`
}

// OperatorActivated: access given back.
type OperatorActivated struct {
	Operator OperatorID `msg:"operator" json:"operator"`
}

// RoleSet: an operator has another role, or group.
type RoleSet struct {
	Operator OperatorID `msg:"operator" json:"operator"`
	Role     Role       `msg:"role" json:"role"`
	Group    GroupID    `msg:"group,omitempty" json:"group,omitempty"`
	// Former and FormerGroup are what they had before; Former is empty where that was not noted.
	Former      Role    `msg:"former,omitempty" json:"former,omitempty"`
	FormerGroup GroupID `msg:"former_group,omitempty" json:"former_group,omitempty"`
}

// OperatorLinked: a new one-time link was made for an account; whoever holds it chooses the password. The link itself is
// a secret, and in no event.
type OperatorLinked struct {
	Operator OperatorID `msg:"operator" json:"operator"`
}

// PasswordSet: an operator chose another password.
type PasswordSet struct {
	Operator OperatorID `msg:"operator" json:"operator"`
	// Link: by a one-time link, without knowing the one before. It is written just before, so that none goes unnoticed.
	Link bool `msg:"link,omitempty" json:"link,omitempty"`
}

// ProfileSet: an operator has another name or picture.
type ProfileSet struct {
	Operator OperatorID `msg:"operator" json:"operator"`
	Name     string     `msg:"name" json:"name"`
	Picture  string     `msg:"picture,omitempty" json:"picture,omitempty"`
	// Blob and Type are the picture's content.
	Blob string `msg:"blob,omitempty" json:"blob,omitempty"`
	Type string `msg:"type,omitempty" json:"type,omitempty"`
}
