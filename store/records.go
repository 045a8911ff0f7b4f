package store

//go:generate go tool msgp -io=false -tests=false -o records_msgp.go

import "beseda/protocol"

// The generator does not know what another package's types are made of; told so, it leaves out those that are zero where
// a tag says omitempty, and reads and writes the others without a call.
//
//msgp:replace protocol.Activity with:string
//msgp:replace protocol.AttachmentKind with:string
//msgp:replace protocol.ChannelID with:string
//msgp:replace protocol.Code with:string
//msgp:replace protocol.ContactID with:string
//msgp:replace protocol.GroupID with:string
//msgp:replace protocol.Number with:uint64
//msgp:replace protocol.OperatorID with:string
//msgp:replace protocol.OperatorState with:string
//msgp:replace protocol.Position with:uint64
//msgp:replace protocol.QuickReplyID with:string
//msgp:replace protocol.Right with:string
//msgp:replace protocol.Role with:string
//msgp:replace protocol.Status with:string
//msgp:replace protocol.ThreadID with:string
//msgp:replace protocol.VisitorID with:string

// Tables, each a byte of the key space. Bytes are never reused.
var (
	Log           = Table[protocol.Frame, *protocol.Frame]{"log", 'l', 1}       // position
	Items         = Table[protocol.Frame, *protocol.Frame]{"items", 'i', 1}     // thread, position
	Threads       = Table[Thread, *Thread]{"threads", 't', 1}                   // thread
	Conversations = Table[Conversation, *Conversation]{"conversations", 'c', 1} // number
	Visitors      = Table[Visitor, *Visitor]{"visitors", 'v', 1}                // visitor
	Contacts      = Table[Contact, *Contact]{"contacts", 'k', 1}                // contact
	Operators     = Table[Operator, *Operator]{"operators", 'o', 1}             // operator
	Emails        = Table[Reference, *Reference]{"emails", 'e', 1}              // lower-case address → operator
	Channels      = Table[Channel, *Channel]{"channels", 'h', 1}                // channel
	Attachments   = Table[Attachment, *Attachment]{"attachments", 'a', 1}       // attachment
	VisitorReads  = Table[Receipt, *Receipt]{"visitor receipts", 'r', 1}        // thread
	OperatorReads = Table[Receipt, *Receipt]{"operator receipts", 'R', 1}       // operator, number
	Held          = Table[Reference, *Reference]{"held", 'H', 1}                // operator, number: theirs and not closed
	Policies      = Table[PolicyScope, *PolicyScope]{"policies", 'p', 1}        // channel; "" for the workspace
	Reactions     = Table[Reaction, *Reaction]{"reactions", 'x', 1}             // thread, message, author, emoji
	Groups        = Table[Group, *Group]{"groups", 'G', 1}                      // group
	Tags          = Table[Tag, *Tag]{"tags", 'T', 1}                            // tag
	Views         = Table[View, *View]{"views", 'w', 1}                         // view
	QuickReplies  = Table[QuickReply, *QuickReply]{"quick replies", 'Q', 1}     // owner, or "" where it is shared; quick reply
	Seals         = Table[Seal, *Seal]{"seals", 'S', 1}                         // position of an administrative event

	Erasures = Table[Erasure, *Erasure]{"erasures", 'E', 1} // number: erased, and not purged yet

	// Below stands what is not replayed from the log.
	Drafts    = Table[Draft, *Draft]{"drafts", 'D', 1}          // operator, number
	Usages    = Table[Usage, *Usage]{"usages", 'U', 1}          // quick reply: how often it was inserted
	Answers   = Table[Answer, *Answer]{"answers", 'q', 1}       // author, command
	Uploads   = Table[Upload, *Upload]{"uploads", 'u', 1}       // attachment: stored, not yet part of a message
	Secrets   = Table[Secret, *Secret]{"secrets", 's', 1}       // kind, key: owned by package auth
	Sightings = Table[Sighting, *Sighting]{"sightings", 'g', 1} // channel: where its widget was last seen
)

// Derived tells whether a key (without workspace) is rebuilt by applying the log: the replay test hashes these.
func Derived(key []byte) bool {
	if len(key) == 0 {
		return false
	}
	switch key[0] {
	case Answers.Prefix, OperatorReads.Prefix, Uploads.Prefix, Secrets.Prefix, Sightings.Prefix, Drafts.Prefix, Usages.Prefix:
		return false
	}
	return true
}

// Thread is the lasting line between one visitor and one channel.
type Thread struct {
	ID      protocol.ThreadID  `msg:"id"`
	Channel protocol.ChannelID `msg:"channel"`
	Visitor protocol.VisitorID `msg:"visitor"`
	Contact protocol.ContactID `msg:"contact"`
	// Numbers of its conversations, ascending; tombstones included.
	Numbers []protocol.Number `msg:"numbers"`
	// Latest is the conversation of the thread's newest item: its last range may grow, any other opens a new one.
	Latest protocol.Number `msg:"latest,omitempty"`
	// Active is the conversation that is active, of which there is at most one; 0 for none.
	Active protocol.Number `msg:"active,omitempty"`
	// Merged counts those of its numbers that lead to another.
	Merged int `msg:"merged,omitempty"`
	// Erased are the positions, ascending, whose items were erased, Erasure that of the event which did so last.
	Erased  []Span            `msg:"erased,omitempty"`
	Erasure protocol.Position `msg:"erasure,omitempty"`
	// Failed are spans, ascending, in which no message of the team will reach the visitor.
	Failed []Failure `msg:"failed,omitempty"`
}

// Failure is a closed range of positions whose messages of the team were stored, and failed together.
type Failure struct {
	First protocol.Position `msg:"first"`
	Last  protocol.Position `msg:"last"`
	Code  protocol.Code     `msg:"code"`
}

// Span is a closed range of positions of a thread that belongs to one conversation.
type Span struct {
	First protocol.Position `msg:"first"`
	Last  protocol.Position `msg:"last"`
}

// Conversation is one numbered matter: a set of ranges of its thread, two axes, an assignee.
type Conversation struct {
	Number   protocol.Number     `msg:"number"`
	Thread   protocol.ThreadID   `msg:"thread"`
	Channel  protocol.ChannelID  `msg:"channel"`
	Visitor  protocol.VisitorID  `msg:"visitor"`
	Contact  protocol.ContactID  `msg:"contact,omitempty"`
	Activity protocol.Activity   `msg:"activity"`
	Status   protocol.Status     `msg:"status"`
	Assignee protocol.OperatorID `msg:"assignee,omitempty"`
	// Former were assignees and were replaced or removed.
	Former      []protocol.OperatorID `msg:"former,omitempty"`
	Ranges      []Span                `msg:"ranges"`
	StartedAt   int64                 `msg:"started_at"`
	StatusSince int64                 `msg:"status_since"`
	ClosedAt    int64                 `msg:"closed_at,omitempty"`
	// Solved: it is closed, and the visitor did that.
	Solved bool `msg:"solved,omitempty"`
	// Wait is the current one; nil where none is on. Here and below, what a pointer leads to is never changed in place.
	Wait *Wait `msg:"wait,omitempty"`
	// WarnAt and LimitAt are when the wait passes warning and limit, also after it did; 0 where there is none.
	WarnAt  int64 `msg:"warn_at,omitempty"`
	LimitAt int64 `msg:"limit_at,omitempty"`
	// Deadline is when the conversation completes by itself, AnnounceAt when that is announced: unix milliseconds, 0
	// where not armed. Announced: it was. HeldUntil is the end of the last hold.
	Deadline   int64 `msg:"deadline,omitempty"`
	AnnounceAt int64 `msg:"announce_at,omitempty"`
	Announced  bool  `msg:"announced,omitempty"`
	HeldUntil  int64 `msg:"held_until,omitempty"`
	// FailAt is when the oldest of the team's messages that are on no device of the visitor fails, in unix milliseconds; 0
	// where none does.
	FailAt int64 `msg:"fail_at,omitempty"`
	// Offer is what a split would give back; nil where none is on offer.
	Offer *Offer `msg:"offer,omitempty"`
	// Subject is what an operator set; Title the beginning of the first message.
	Subject string `msg:"subject,omitempty"`
	Title   string `msg:"title,omitempty"`
	// MergedInto makes this a tombstone: the number leads there. MergedAt is the first item it had.
	MergedInto protocol.Number   `msg:"merged_into,omitempty"`
	MergedAt   protocol.Position `msg:"merged_at,omitempty"`
	// ErasedAt makes this a tombstone, too: its content was overwritten then. PurgedAt: the bytes are out of the files.
	ErasedAt int64 `msg:"erased_at,omitempty"`
	PurgedAt int64 `msg:"purged_at,omitempty"`
	// Last… is the newest message, for lists.
	LastAt         int64                   `msg:"last_at"`
	LastPosition   protocol.Position       `msg:"last_position"` // of its newest item, lines included
	LastMessage    protocol.Position       `msg:"last_message,omitempty"`
	LastActor      protocol.Actor          `msg:"last_actor"`
	LastText       string                  `msg:"last_text,omitempty"` // its first 120 code points
	LastAttachment protocol.AttachmentKind `msg:"last_attachment,omitempty"`
	// LastVisitor is the newest item that counts as unread, LastInbound the visitor's newest message.
	LastVisitor protocol.Position `msg:"last_visitor,omitempty"`
	LastInbound protocol.Position `msg:"last_inbound,omitempty"`
	// TeamDelivered and TeamRead are the best any operator reached: what the visitor is shown.
	TeamDelivered protocol.Position `msg:"team_delivered,omitempty"`
	TeamRead      protocol.Position `msg:"team_read,omitempty"`
}

// Tombstone tells that nothing is left of it but its number: it was merged into another, or erased.
func (c *Conversation) Tombstone() bool { return c.MergedInto != 0 || c.ErasedAt != 0 }

// Erasure is a conversation whose content has left every view, and not yet the store's files.
type Erasure struct {
	Number protocol.Number   `msg:"number"`
	Thread protocol.ThreadID `msg:"thread"`
	// Ranges are what it held: items that still lie there are to be overwritten.
	Ranges []Span `msg:"ranges"`
	At     int64  `msg:"at"`
}

// Wait is messages of a visitor that nobody has answered; all of them end at once.
type Wait struct {
	// From is the earliest of them, Since its time; Last is the time of the newest.
	From  protocol.Position `msg:"from"`
	Since int64             `msg:"since"`
	Last  int64             `msg:"last"`
	// Warned and Exceeded: the events of this wait are in the log.
	Warned   bool `msg:"warned,omitempty"`
	Exceeded bool `msg:"exceeded,omitempty"`
}

// Offer is the split that a reactivated conversation offers.
type Offer struct {
	// From is the visitor's message that reactivated it, Status the one before.
	From   protocol.Position `msg:"from"`
	Status protocol.Status   `msg:"status"`
	// Wait is that of the messages before From, nil for none: whatever ended it since goes along with a split.
	Wait *Wait `msg:"wait,omitempty"`
}

// PolicyScope is what the workspace, or a channel, has of its own.
type PolicyScope struct {
	Values []protocol.PolicyValue `msg:"values,omitempty"` // in the order of the table
	// Resumed tells when a timer's key was last switched on again: what came due before is not made up for.
	Resumed []Resumed `msg:"resumed,omitempty"`
}

// Resumed is a key of a scope that was off until a time, unix milliseconds.
type Resumed struct {
	Key string `msg:"key"`
	At  int64  `msg:"at"`
}

// Reaction is one person's emoji on a message.
type Reaction struct {
	Reaction protocol.Reaction `msg:"reaction"`
	// Changed is the position of the event that put it there or took it back.
	Changed protocol.Position `msg:"changed"`
}

// Visitor is a browser identity on a channel.
type Visitor struct {
	ID        protocol.VisitorID    `msg:"id"`
	Channel   protocol.ChannelID    `msg:"channel"`
	Contact   protocol.ContactID    `msg:"contact"`
	Thread    protocol.ThreadID     `msg:"thread"`
	Language  string                `msg:"language,omitempty"`
	Device    string                `msg:"device,omitempty"`
	First     protocol.VisitorVisit `msg:"first"`
	Current   protocol.VisitorVisit `msg:"current"`
	FirstSeen int64                 `msg:"first_seen"`
	LastSeen  int64                 `msg:"last_seen"`
}

// Contact is the person behind one or more visitors.
type Contact struct {
	ID        protocol.ContactID `msg:"id"`
	Name      string             `msg:"name,omitempty"`
	Email     string             `msg:"email,omitempty"`
	Phone     string             `msg:"phone,omitempty"`
	CreatedAt int64              `msg:"created_at"`
	// Threads are those of the contact's visitors.
	Threads []protocol.ThreadID `msg:"threads,omitempty"`
	// Tags are in the order in which they were put on. One may have been deleted since: whoever reads them asks Tags.
	Tags []protocol.ContactTag `msg:"tags,omitempty"`
	// BlockedAt is when the contact was blocked; 0 where nothing keeps messages from passing.
	BlockedAt int64 `msg:"blocked_at,omitempty"`
}

// Operator is a person of the team, or a bot.
type Operator struct {
	ID          protocol.OperatorID    `msg:"id"`
	Name        string                 `msg:"name"`
	Email       string                 `msg:"email,omitempty"`
	Role        protocol.Role          `msg:"role"`
	State       protocol.OperatorState `msg:"state"`
	Bot         bool                   `msg:"bot,omitempty"`
	CreatedAt   int64                  `msg:"created_at"`
	CreatedPos  protocol.Position      `msg:"created_pos"` // unread starts here
	Picture     string                 `msg:"picture,omitempty"`
	PictureBlob string                 `msg:"picture_blob,omitempty"`
	PictureType string                 `msg:"picture_type,omitempty"`
	// Group carries the rights of who is no administrator; empty for protocol.GroupOperators.
	Group protocol.GroupID `msg:"group,omitempty"`
}

// Group is a set of operators who carry the same rights.
type Group struct {
	ID     protocol.GroupID `msg:"id"`
	Name   string           `msg:"name,omitempty"`
	Rights []protocol.Right `msg:"rights,omitempty"`
}

// Tag is a label of contacts.
type Tag struct {
	Tag protocol.Tag `msg:"tag"`
}

// View is a saved filter.
type View struct {
	View protocol.View `msg:"view"`
}

// QuickReply is a saved text; how often it was used stands in Usages.
type QuickReply struct {
	QuickReply protocol.QuickReply `msg:"quick_reply"`
}

// Usage counts.
type Usage struct {
	Count int `msg:"count"`
}

// Seal ties an administrative event to all before it: SHA-256, in hexadecimal, of the seal before and of the event, and
// where the one before stands.
type Seal struct {
	Seal   string            `msg:"seal"`
	Before protocol.Position `msg:"before"`
}

// Draft is unsent text of one operator in one conversation.
type Draft struct {
	Text  string            `msg:"text,omitempty"`
	Note  string            `msg:"note,omitempty"`
	Quote protocol.Position `msg:"quote,omitempty"`
	// Attachments are uploads of the operator; as long as the draft holds them they do not expire.
	Attachments []protocol.Attachment `msg:"attachments,omitempty"`
	At          int64                 `msg:"at"`
}

// Reference points to another record by its identifier.
type Reference struct {
	ID string `msg:"id"`
}

// Channel is a configured way in.
type Channel struct {
	Channel   protocol.Channel `msg:"channel"`
	CreatedAt int64            `msg:"created_at"`
}

// Attachment is a file of a message, or of a quick reply: where it hangs, for the right to fetch it.
type Attachment struct {
	Attachment protocol.Attachment `msg:"attachment"`
	Thread     protocol.ThreadID   `msg:"thread"`
	Position   protocol.Position   `msg:"position"`
	// QuickReply holds it instead of a message; then there is no Thread.
	QuickReply protocol.QuickReplyID `msg:"quick_reply,omitempty"`
}

// Receipt is up to where a party has what. One of an operator with both positions 0 is a mark alone: reading begins where
// it begins for who has none.
type Receipt struct {
	Delivered   protocol.Position `msg:"delivered"`
	DeliveredAt int64             `msg:"delivered_at,omitempty"`
	Read        protocol.Position `msg:"read"`
	ReadAt      int64             `msg:"read_at,omitempty"`
	// Marked: the operator marked the conversation as unread.
	Marked bool `msg:"marked,omitempty"`
}

// Answer is what an accepted command was answered, kept for protocol.CommandMemory.
type Answer struct {
	Accepted protocol.Accepted `msg:"accepted"`
	At       int64             `msg:"at"`
}

// Upload is a stored file that no message holds yet; it expires after a day.
type Upload struct {
	Attachment protocol.Attachment `msg:"attachment"`
	// Uploader is "visitor:ID" or "operator:ID": only that party may attach it.
	Uploader string `msg:"uploader"`
	At       int64  `msg:"at"`
}

// Secret is something of package auth: a password hash, a session, a key, a token, a link.
type Secret struct {
	Owner     string            `msg:"owner"`
	Hash      string            `msg:"hash,omitempty"`
	At        int64             `msg:"at"`
	ExpiresAt int64             `msg:"expires_at,omitempty"`
	Facts     map[string]string `msg:"facts,omitempty"`
}

// Sighting is when and where a channel's widget last loaded.
type Sighting struct {
	At int64  `msg:"at"`
	On string `msg:"on"`
}
