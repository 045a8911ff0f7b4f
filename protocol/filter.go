package protocol

// Filter is what the list of conversations is narrowed to. Its kinds are joined by AND, the values within one by OR
// (tags: AND). The zero value is everything.
type Filter struct {
	// Who has it is one kind: one of Assignees or of Bots, or nobody with Unassigned.
	Assignees  []OperatorID `msg:"assignees,omitempty" json:"assignees,omitempty" validate:"max=500,dive,id"`
	Unassigned bool         `msg:"unassigned,omitempty" json:"unassigned,omitempty"`
	Bots       []OperatorID `msg:"bots,omitempty" json:"bots,omitempty" validate:"max=500,dive,id"`
	Channels   []ChannelID  `msg:"channels,omitempty" json:"channels,omitempty" validate:"max=500,dive,id"`
	// Tags are borne all at once by the contact; Untagged: none is, and then Tags and Pinned are empty.
	Tags     []TagID `msg:"tags,omitempty" json:"tags,omitempty" validate:"max=100,dive,id"`
	Untagged bool    `msg:"untagged,omitempty" json:"untagged,omitempty"`
	// Pinned: the contact has a pinned tag, and of Tags all are pinned.
	Pinned     bool       `msg:"pinned,omitempty" json:"pinned,omitempty"`
	Activities []Activity `msg:"activities,omitempty" json:"activities,omitempty" validate:"max=2,unique,dive,oneof=active completed"`
	Statuses   []Status   `msg:"statuses,omitempty" json:"statuses,omitempty" validate:"max=3,unique,dive,oneof=open pending closed"`
	// Last is the side whose message is the newest.
	Last Side `msg:"last,omitempty" json:"last,omitempty" validate:"omitempty,oneof=visitor team"`
	// Reply: a wait is on, or none is.
	Reply Reply `msg:"reply,omitempty" json:"reply,omitempty" validate:"omitempty,oneof=owed given"`
	// Unread: it has something unread for who looks, or is marked so.
	Unread bool `msg:"unread,omitempty" json:"unread,omitempty"`
}

// Reply says whether a conversation waits for an answer.
type Reply string

const (
	ReplyOwed  Reply = "owed"
	ReplyGiven Reply = "given"
)

// Order is how a list is sorted.
type Order string

const (
	// OrderProcessing: the longest wait first, then the answered ones by last activity. The default, and only to be had,
	// where there is a limit for answering.
	OrderProcessing Order = "processing"
	OrderActivity   Order = "activity" // the newest message first
)

// InboxLook sets what this connection's list shows and answers with its first page. Every push of rows from then on
// is of it.
type InboxLook struct {
	// Lens is chosen by the client, counting up; what comes for the list before bears its number. The welcome's is 0:
	// the active conversations, in the default order. It is a list like any other: what is completed leaves it.
	Lens int `msg:"lens" json:"lens" validate:"min=1"`
	// Filter is empty for all conversations, which is what a bot looks for that has to hear of the completed ones, too.
	Filter Filter `msg:"filter" json:"filter"`
	// Order is empty for the default.
	Order Order `msg:"order,omitempty" json:"order,omitempty" validate:"omitempty,oneof=processing activity"`
	// Count asks for how many of the list bear which tag, now and when it changes.
	Count bool `msg:"count,omitempty" json:"count,omitempty"`
	Limit int  `msg:"limit,omitempty" json:"limit,omitempty" validate:"min=0,max=200"`
}

// InboxRead asks for further rows of the list: from Offset on, or those below a row that is held.
type InboxRead struct {
	// Lens is the one that is meant, 0 the welcome's; conflict changed where it is no longer the list's.
	Lens int `msg:"lens,omitempty" json:"lens,omitempty" validate:"min=0"`
	// Below is the number of a row; where it has left the list, Offset counts.
	Below  Number `msg:"below,omitempty" json:"below,omitempty"`
	Offset int    `msg:"offset,omitempty" json:"offset,omitempty" validate:"min=0"`
	Limit  int    `msg:"limit,omitempty" json:"limit,omitempty" validate:"min=0,max=200"`
}

// InboxPick asks for the numbers of all conversations of the list, to act on them.
type InboxPick struct {
	Lens int `msg:"lens,omitempty" json:"lens,omitempty" validate:"min=0"`
	// After continues: the last number of the answer before; 0 from the smallest.
	After Number `msg:"after,omitempty" json:"after,omitempty"`
}

// Picks answers it, ascending by number.
type Picks struct {
	Picks []Pick `msg:"picks,omitempty" json:"picks,omitempty"`
	More  bool   `msg:"more,omitempty" json:"more,omitempty"`
}

// Pick is a conversation to act on, and the last item seen of it.
type Pick struct {
	Number Number   `msg:"number" json:"number" validate:"required"`
	Last   Position `msg:"last,omitempty" json:"last,omitempty"`
}

// Inbox carries rows of the list: a page, or, pushed, the rows that changed.
type Inbox struct {
	Lens int   `msg:"lens,omitempty" json:"lens,omitempty"`
	Rows []Row `msg:"rows,omitempty" json:"rows,omitempty"`
	// Beside are conversations that are not of the list, and that this connection watches or that have something unread for
	// this operator and are theirs or nobody's.
	Beside []Row `msg:"beside,omitempty" json:"beside,omitempty"`
	// Left are conversations that were of the list and no longer are, though this operator may read them.
	Left []Number `msg:"left,omitempty" json:"left,omitempty"`
	// Gone are conversations that this operator may no longer see; they leave list and screen.
	Gone []Number `msg:"gone,omitempty" json:"gone,omitempty"`
	// Offset is where in the list the first row stands; More: rows below the last one exist. Only in a page.
	Offset int  `msg:"offset,omitempty" json:"offset,omitempty"`
	More   bool `msg:"more,omitempty" json:"more,omitempty"`
	// Order is the one in force, in a page and where it is another than was told, or may be. Limits goes with it: the other
	// one may be chosen, too. Rows held in another order are of no use: look again.
	Order  Order `msg:"order,omitempty" json:"order,omitempty"`
	Limits bool  `msg:"limits,omitempty" json:"limits,omitempty"`
	// Total counts the list, Active and All what this operator may see. Unread counts conversations for the header and the
	// page's title (INB-03): the active ones with something unread, those that this operator marked, and the completed ones
	// with something unread that are this operator's, in which a visitor reacted.
	Total  int `msg:"total" json:"total"`
	Unread int `msg:"unread" json:"unread"`
	Active int `msg:"active" json:"active"`
	All    int `msg:"all" json:"all"`
	// Tags count the list's conversations per tag, where that was asked for and changed; most first, ties by name.
	Tags []TagCount `msg:"tags,omitempty" json:"tags,omitempty"`
	// Views count those of this operator's views that changed, saved and built in; in a welcome all.
	Views []ViewCount `msg:"views,omitempty" json:"views,omitempty"`
}

// TagCount is how many conversations of a list bear a tag.
type TagCount struct {
	Tag   TagID `msg:"tag" json:"tag"`
	Count int   `msg:"count" json:"count"`
	// Pinned, in a list of pinned ones: a conversation that this operator sees bears it so, in the list or not.
	Pinned bool `msg:"pinned,omitempty" json:"pinned,omitempty"`
}

// ViewCount is how many conversations a saved view shows.
type ViewCount struct {
	View  ViewID `msg:"view" json:"view"`
	Count int    `msg:"count" json:"count"`
}

// View is a filter with a name.
type View struct {
	ID     ViewID `msg:"id" json:"id"`
	Name   string `msg:"name" json:"name"`
	Filter Filter `msg:"filter" json:"filter"`
	Order  Order  `msg:"order,omitempty" json:"order,omitempty"`
	// Shared ones are everybody's; others only Owner's.
	Shared bool       `msg:"shared,omitempty" json:"shared,omitempty"`
	Owner  OperatorID `msg:"owner" json:"owner"`
}

// ViewCreate saves a view. A shared one needs the right to settings; so does changing or deleting one.
type ViewCreate struct {
	Name   string `msg:"name" json:"name" validate:"required,max=40"`
	Filter Filter `msg:"filter" json:"filter"`
	Order  Order  `msg:"order,omitempty" json:"order,omitempty" validate:"omitempty,oneof=processing activity"`
	Shared bool   `msg:"shared,omitempty" json:"shared,omitempty"`
}

// ViewChange replaces it.
type ViewChange struct {
	View   ViewID `msg:"view" json:"view" validate:"required,id"`
	Name   string `msg:"name" json:"name" validate:"required,max=40"`
	Filter Filter `msg:"filter" json:"filter"`
	Order  Order  `msg:"order,omitempty" json:"order,omitempty" validate:"omitempty,oneof=processing activity"`
	Shared bool   `msg:"shared,omitempty" json:"shared,omitempty"`
}

// ViewDelete removes it.
type ViewDelete struct {
	View ViewID `msg:"view" json:"view" validate:"required,id"`
}

// ViewSet: a view was saved, or is this now.
type ViewSet struct {
	View View `msg:"view" json:"view"`
}

// ViewDeleted: a view is no more.
type ViewDeleted struct {
	View ViewID `msg:"view" json:"view"`
	// Shared and Owner say whom it concerns.
	Shared bool       `msg:"shared,omitempty" json:"shared,omitempty"`
	Owner  OperatorID `msg:"owner" json:"owner"`
	Name   string     `msg:"name,omitempty" json:"name,omitempty"` // as it was then
}

// Act is what is done to many conversations at once.
type Act string

const (
	ActStatus Act = "status" // an active one is completed with it, a completed one gets it
	ActAssign Act = "assign"
	ActTag    Act = "tag"
	ActUntag  Act = "untag"
	ActMark   Act = "mark" // unread, for oneself
	ActDelete Act = "delete"
)

// ConversationsChange does one thing to many conversations: a command to each, with an id derived from this one, under
// the caller's rights in each.
type ConversationsChange struct {
	Picks    []Pick     `msg:"picks,omitempty" json:"picks,omitempty" validate:"min=1,max=500,dive"`
	Act      Act        `msg:"act" json:"act" validate:"oneof=status assign tag untag mark delete"`
	Status   Status     `msg:"status,omitempty" json:"status,omitempty" validate:"omitempty,oneof=open pending closed"`
	Assignee OperatorID `msg:"assignee,omitempty" json:"assignee,omitempty" validate:"omitempty,id"`
	Tag      TagID      `msg:"tag,omitempty" json:"tag,omitempty" validate:"omitempty,id"`
}

// ConversationsChanged answers it, when all of them were tried.
type ConversationsChanged struct {
	Done int `msg:"done" json:"done"` // changed, or already so
	// Refused are the others, each with its own answer.
	Refused []RefusedPick `msg:"refused,omitempty" json:"refused,omitempty"`
}

// RefusedPick is a conversation that stayed as it was.
type RefusedPick struct {
	Number Number `msg:"number" json:"number"`
	Code   Code   `msg:"code" json:"code"`
	Reason string `msg:"reason,omitempty" json:"reason,omitempty"`
}
