package protocol

// Right is something that a group lets its members do beyond what everybody of a channel's team may. Administrators
// have all of them.
type Right string

const (
	// RightChatAdmin: as an administrator in every conversation, with the rights to close, delete, block and export.
	RightChatAdmin Right = "chat_admin"
	RightReadAll   Right = "read_all" // reads every conversation, whoever has it
	RightReassign  Right = "reassign" // gives any conversation that they may read to somebody else
	RightClose     Right = "close"    // completes, closes and reopens what they may write in
	RightDelete    Right = "delete"   // erases conversations that they may read
	RightBlock     Right = "block"    // blocks and unblocks contacts of conversations that they may read
	RightExport    Right = "export"   // takes lists out of the house
	RightSettings  Right = "settings" // channels, policies, tags, and what is shared: quick replies and views
)

// Rights are all of them, in the order of the screen.
var Rights = [...]Right{
	RightChatAdmin, RightReadAll, RightReassign, RightClose, RightDelete, RightBlock, RightExport, RightSettings,
}

// Group is a set of operators who carry the same rights. Everybody who is no administrator is in one.
type Group struct {
	ID GroupID `msg:"id" json:"id"`
	// Name is empty for the two that every workspace has, until somebody gives them one: screens name them.
	Name   string  `msg:"name,omitempty" json:"name,omitempty"`
	Rights []Right `msg:"rights,omitempty" json:"rights,omitempty"`
	// Members counts its active and invited operators.
	Members int `msg:"members,omitempty" json:"members,omitempty"`
}

// Groups that every workspace has. GroupOperators is where everybody is who was given no other.
const (
	GroupOperators  GroupID = "00000000000000000000000001"
	GroupChatAdmins GroupID = "00000000000000000000000002"
)

// GroupCreate makes a group; administrators only, as for all of groups and teams. A name that another group bears, or
// that a console gives to one that every workspace has, is refused: conflict field=name.
type GroupCreate struct {
	Name   string  `msg:"name" json:"name" validate:"required,max=80"`
	Rights []Right `msg:"rights,omitempty" json:"rights,omitempty" validate:"max=8,unique,dive,oneof=chat_admin read_all reassign close delete block export settings"`
}

// GroupChange replaces a group's name and rights. Whoever is in it has them at once.
type GroupChange struct {
	Group  GroupID `msg:"group" json:"group" validate:"required,id"`
	Name   string  `msg:"name,omitempty" json:"name,omitempty" validate:"max=80"`
	Rights []Right `msg:"rights,omitempty" json:"rights,omitempty" validate:"max=8,unique,dive,oneof=chat_admin read_all reassign close delete block export settings"`
}

// GroupDelete removes a group that nobody is in; conflict reason=members otherwise, invalid for the two that every
// workspace has.
type GroupDelete struct {
	Group GroupID `msg:"group" json:"group" validate:"required,id"`
}

// GroupSet: a group was made, or has this name and these rights now.
type GroupSet struct {
	Group  GroupID `msg:"group" json:"group"`
	Name   string  `msg:"name,omitempty" json:"name,omitempty"`
	Rights []Right `msg:"rights,omitempty" json:"rights,omitempty"`
	// Former is what it was before; nil for a new one.
	Former *Group `msg:"former,omitempty" json:"former,omitempty"`
}

// GroupDeleted: a group is no more.
type GroupDeleted struct {
	Group GroupID `msg:"group" json:"group"`
	Name  string  `msg:"name,omitempty" json:"name,omitempty"` // as it was then
}

// TeamChange says who serves a channel: the only ones, besides administrators, who see its conversations.
type TeamChange struct {
	Channel ChannelID `msg:"channel" json:"channel" validate:"required,id"`
	// Operators are the team; empty for everybody.
	Operators []OperatorID `msg:"operators,omitempty" json:"operators,omitempty" validate:"max=500,unique,dive,id"`
}

// TeamSet: a channel is served by these now.
type TeamSet struct {
	Channel   ChannelID    `msg:"channel" json:"channel"`
	Operators []OperatorID `msg:"operators,omitempty" json:"operators,omitempty"`
	// Former served it before; Everybody: everybody did.
	Former    []OperatorID `msg:"former,omitempty" json:"former,omitempty"`
	Everybody bool         `msg:"everybody,omitempty" json:"everybody,omitempty"`
}

// AuditRead asks for what was done to the workspace itself, newest first: accounts, groups, teams, channels, policies,
// tags, blocks, erasures, exports. Administrators only.
type AuditRead struct {
	// Before continues a list: the Before of the answer before; 0 from the newest.
	Before Position `msg:"before,omitempty" json:"before,omitempty"`
	Limit  int      `msg:"limit,omitempty" json:"limit,omitempty" validate:"min=0,max=200"`
	// Actor narrows it to one author.
	Actor string `msg:"actor,omitempty" json:"actor,omitempty" validate:"omitempty,id"`
}

// Audit answers it.
type Audit struct {
	Entries []AuditEntry `msg:"entries,omitempty" json:"entries,omitempty"`
	Before  Position     `msg:"before,omitempty" json:"before,omitempty"`
	More    bool         `msg:"more,omitempty" json:"more,omitempty"`
}

// AuditEntry is one act. Each seals the one before it: who keeps the newest seal sees whether an older one was changed.
type AuditEntry struct {
	Event Frame `msg:"event" json:"event"`
	// Seal is SHA-256 over the seal before and this event, in hexadecimal.
	Seal string `msg:"seal" json:"seal"`
}

// ExportMade: somebody took a list out of the house.
type ExportMade struct {
	What   string `msg:"what" json:"what"`     // conversations, events
	Format string `msg:"format" json:"format"` // csv, xlsx
	Rows   int    `msg:"rows" json:"rows"`     // 0 for events, which nobody counts beforehand
	// Filter is what the list was narrowed to, as in an address.
	Filter string `msg:"filter,omitempty" json:"filter,omitempty"`
}
