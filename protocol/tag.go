package protocol

// TagColor is one of those whose text stays readable in both themes.
type TagColor string

// TagColors are all of them; rose is the red, stone the grey.
var TagColors = [...]TagColor{"rose", "sky", "leaf", "sun", "plum", "stone"}

// Tag is a label that contacts bear.
type Tag struct {
	ID    TagID    `msg:"id" json:"id"`
	Name  string   `msg:"name" json:"name"`
	Color TagColor `msg:"color" json:"color"`
}

// ContactTag is a tag of one contact.
type ContactTag struct {
	Tag TagID `msg:"tag" json:"tag"`
	// Pinned tags stand under the contact's name in the list.
	Pinned bool `msg:"pinned,omitempty" json:"pinned,omitempty"`
}

// TagCreate makes a tag; conflict field=name where there is one of that name, in whatever case.
type TagCreate struct {
	Name  string   `msg:"name" json:"name" validate:"required,max=40"`
	Color TagColor `msg:"color" json:"color" validate:"oneof=rose sky leaf sun plum stone"`
}

// TagChange gives it another name or colour.
type TagChange struct {
	Tag   TagID    `msg:"tag" json:"tag" validate:"required,id"`
	Name  string   `msg:"name" json:"name" validate:"required,max=40"`
	Color TagColor `msg:"color" json:"color" validate:"oneof=rose sky leaf sun plum stone"`
}

// TagDelete removes it, from all contacts too.
type TagDelete struct {
	Tag TagID `msg:"tag" json:"tag" validate:"required,id"`
}

// TagSet: a tag was made, or is called and coloured like this now.
type TagSet struct {
	Tag   TagID    `msg:"tag" json:"tag"`
	Name  string   `msg:"name" json:"name"`
	Color TagColor `msg:"color" json:"color"`
}

// TagDeleted: a tag is no more, nor on any contact.
type TagDeleted struct {
	Tag  TagID  `msg:"tag" json:"tag"`
	Name string `msg:"name" json:"name"` // as it was then
}

// ContactTagAdd puts a tag on the contact of a conversation, or changes whether it is pinned there.
type ContactTagAdd struct {
	Conversation Number `msg:"conversation" json:"conversation" validate:"required"`
	Tag          TagID  `msg:"tag" json:"tag" validate:"required,id"`
	Pinned       bool   `msg:"pinned,omitempty" json:"pinned,omitempty"`
}

// ContactTagRemove takes it off.
type ContactTagRemove struct {
	Conversation Number `msg:"conversation" json:"conversation" validate:"required"`
	Tag          TagID  `msg:"tag" json:"tag" validate:"required,id"`
}

// ContactTagged: a contact bears a tag, pinned or not.
type ContactTagged struct {
	Contact ContactID `msg:"contact" json:"contact"`
	Tag     TagID     `msg:"tag" json:"tag"`
	Name    string    `msg:"name" json:"name"` // the tag's, as it was then
	Pinned  bool      `msg:"pinned,omitempty" json:"pinned,omitempty"`
}

// ContactUntagged: a contact bears a tag no longer.
type ContactUntagged struct {
	Contact ContactID `msg:"contact" json:"contact"`
	Tag     TagID     `msg:"tag" json:"tag"`
	Name    string    `msg:"name" json:"name"`
}

// ContactChange says who the contact of a conversation is; an empty field is unknown.
type ContactChange struct {
	Conversation Number `msg:"conversation" json:"conversation" validate:"required"`
	Name         string `msg:"name,omitempty" json:"name,omitempty" validate:"max=80"`
	Email        string `msg:"email,omitempty" json:"email,omitempty" validate:"omitempty,email,max=200"`
	Phone        string `msg:"phone,omitempty" json:"phone,omitempty" validate:"max=40"`
}

// ContactSet: a contact is called like this and reached here.
type ContactSet struct {
	Contact ContactID `msg:"contact" json:"contact"`
	Name    string    `msg:"name,omitempty" json:"name,omitempty"`
	Email   string    `msg:"email,omitempty" json:"email,omitempty"`
	Phone   string    `msg:"phone,omitempty" json:"phone,omitempty"`
}

// ContactBlock lets nothing pass between the contact of a conversation and the team, in all of their conversations.
type ContactBlock struct {
	Conversation Number `msg:"conversation" json:"conversation" validate:"required"`
}

// ContactUnblock lifts it; what was refused meanwhile does not come back.
type ContactUnblock struct {
	Conversation Number `msg:"conversation" json:"conversation" validate:"required"`
}

// ContactBlocked: a contact is blocked.
type ContactBlocked struct {
	Contact ContactID `msg:"contact" json:"contact"`
}

// ContactUnblocked: a contact's block is lifted.
type ContactUnblocked struct {
	Contact ContactID `msg:"contact" json:"contact"`
}

// FailedVisitorLeft is why a message fails that the visitor was not there to get in time. It is no refusal: nobody is
// answered with it, and it is not among Codes.
const FailedVisitorLeft Code = "visitor_left"

// MessageFailed: these messages of the team, stored and on no device of the visitor yet, will not reach them. Code is
// that of a block, or FailedVisitorLeft.
type MessageFailed struct {
	Messages []Position `msg:"messages,omitempty" json:"messages,omitempty"`
	Code     Code       `msg:"code" json:"code"`
}
