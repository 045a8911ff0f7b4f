package protocol

// Frame is the envelope of everything that crosses the socket and of every row of the log: the event stored is the
// event sent. One WebSocket message holds one or more frames, one after another.
//
// Commands carry Kind, ID, and Body. Events carry all of it. Answers carry the ID of the command they answer.
type Frame struct {
	Kind Kind `msg:"kind" json:"kind"`
	// ID names the command: made by the client (ULID), repeated on every retry, and on the answer and the events
	// that it caused. Empty on frames that nobody asked for.
	ID CommandID `msg:"id,omitempty" json:"id,omitempty"`
	// Position is the event's place in the workspace's log, from 1; 0 on what is not stored.
	Position Position `msg:"position,omitempty" json:"position,omitempty"`
	// At is the server's time in unix milliseconds.
	At int64 `msg:"at,omitempty" json:"at,omitempty"`
	// Actor is the author of an event; nil on commands, answers and notices.
	Actor *Actor `msg:"actor,omitempty" json:"actor,omitempty"`
	// Thread and Conversation say what the event belongs to; empty where it belongs to the whole workspace.
	Thread       ThreadID `msg:"thread,omitempty" json:"thread,omitempty"`
	Conversation Number   `msg:"conversation,omitempty" json:"conversation,omitempty"`
	// Body is the struct that the registry names for Kind, as a MessagePack map inside the envelope's map; nil where
	// that struct has no fields set.
	Body Raw `msg:"body,omitzero" json:"-"`
}

// Position is a place in the workspace's log: given once, never changed, comparable everywhere. 0 is "before all".
type Position uint64

// Number is the number of a conversation, unique in its workspace, from 1.
type Number uint64

// Identifiers are ULIDs in Crockford's base 32, 26 characters; they sort by time.
type (
	CommandID    string
	ThreadID     string
	VisitorID    string
	ContactID    string
	OperatorID   string
	GroupID      string
	TagID        string
	ViewID       string
	QuickReplyID string
	BotID        string
	ChannelID    string
	AttachmentID string
)

// ActorKind says what sort of author an event has.
type ActorKind string

const (
	ActorVisitor  ActorKind = "visitor"
	ActorOperator ActorKind = "operator"
	ActorBot      ActorKind = "bot"
	ActorRule     ActorKind = "rule"
	ActorTimer    ActorKind = "timer"
	ActorAPI      ActorKind = "api"
)

// Actor is the author of an event.
type Actor struct {
	Kind ActorKind `msg:"kind" json:"kind"`
	// ID is the visitor's, operator's or bot's; empty for a timer.
	ID string `msg:"id,omitempty" json:"id,omitempty"`
	// Name is the author's name when it was written, so that history keeps it; empty for visitors, whose name is
	// their contact's.
	Name string `msg:"name,omitempty" json:"name,omitempty"`
}

// Allocator is the bot that every workspace has and that gives conversations to operators where policies say so: the
// author of what it gives, never somebody who has a conversation. It has no account; screens name it.
const Allocator = "00000000000000000000000003"

// Side is one of the two parties of a thread.
type Side string

const (
	SideVisitor Side = "visitor"
	SideTeam    Side = "team"
)

// Side tells which party the author belongs to; everything that is no visitor is the team's.
func (a *Actor) Side() Side {
	if a != nil && a.Kind == ActorVisitor {
		return SideVisitor
	}
	return SideTeam
}
