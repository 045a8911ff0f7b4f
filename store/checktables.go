package store

import (
	"encoding/binary"
	"errors"
	"strings"

	"beseda/protocol"
)

// inspected is the record that a table's check looks at.
type inspected struct {
	*checker
	w   Workspace
	key []byte // whole
	r   Reader // of its workspace
}

// checks is what each table asserts of its records, by the table's byte.
var checks = map[byte]func(inspected, []byte){
	Log.Prefix:           of(Log, checkEvent),
	Items.Prefix:         of(Items, checkItem),
	Threads.Prefix:       of(Threads, checkThread),
	Conversations.Prefix: of(Conversations, checkConversation),
	Visitors.Prefix:      of(Visitors, checkVisitor),
	Contacts.Prefix:      of(Contacts, func(in inspected, v *Contact) { in.fits(Contacts.Key(Text(v.ID))) }),
	Operators.Prefix:     of(Operators, checkOperator),
	Emails.Prefix:        of(Emails, func(in inspected, v *Reference) { exists(in, Operators, Text(v.ID)) }),
	Channels.Prefix:      of(Channels, func(in inspected, v *Channel) { in.fits(Channels.Key(Text(v.Channel.ID))) }),
	Attachments.Prefix:   of(Attachments, checkAttachment),
	VisitorReads.Prefix:  of(VisitorReads, func(inspected, *Receipt) {}),
	OperatorReads.Prefix: of(OperatorReads, func(inspected, *Receipt) {}),
	Held.Prefix:          of(Held, func(in inspected, v *Reference) { exists(in, Threads, Text(v.ID)) }),
	Policies.Prefix:      of(Policies, func(inspected, *PolicyScope) {}),
	Reactions.Prefix:     of(Reactions, checkReaction),
	Answers.Prefix:       of(Answers, func(inspected, *Answer) {}),
	Uploads.Prefix:       of(Uploads, checkUpload),
	Secrets.Prefix:       of(Secrets, func(inspected, *Secret) {}),
	Sightings.Prefix:     of(Sightings, func(inspected, *Sighting) {}),
	Groups.Prefix:        of(Groups, func(in inspected, v *Group) { in.fits(Groups.Key(Text(v.ID))) }),
	Tags.Prefix:          of(Tags, func(in inspected, v *Tag) { in.fits(Tags.Key(Text(v.Tag.ID))) }),
	Views.Prefix:         of(Views, func(in inspected, v *View) { in.fits(Views.Key(Text(v.View.ID))) }),
	QuickReplies.Prefix:  of(QuickReplies, checkQuickReply),
	Erasures.Prefix:      of(Erasures, checkErasure),
	Seals.Prefix:         of(Seals, checkSeal),
	Drafts.Prefix:        of(Drafts, checkDraft),
	Usages.Prefix:        of(Usages, func(inspected, *Usage) {}),
}

// of decodes a record and hands it to its check.
func of[T any, P record[T]](t Table[T, P], check func(inspected, *T)) func(inspected, []byte) {
	return func(in inspected, value []byte) {
		v, err := t.Decode(in.key, value)
		if err != nil {
			var corrupt *CorruptError
			if errors.As(err, &corrupt) {
				in.problem(in.key, "%s", corrupt.Reason)
			} else {
				in.problem(in.key, "%v", err)
			}
			in.pass(in.key)
			return
		}
		check(in, &v)
	}
}

// fits asserts that the record stands at the key that it names itself.
func (in inspected) fits(key []byte) {
	if own := in.key[scopeLen:]; string(own) != string(key) {
		in.problem(in.key, "the record says that it belongs at %q", key)
	}
}

// exists asserts that a record of another table is there. One that cannot be read is reported where it stands.
func exists[T any, P record[T]](in inspected, t Table[T, P], parts ...Part) {
	if _, err := t.Get(in.r, parts...); errors.Is(err, ErrNotFound) {
		in.problem(in.key, "it refers to %q of %s, which is missing", t.Key(parts...), t.Name)
	}
}

func (in inspected) content(hash string, size int64) {
	if in.blobs == nil {
		return
	}
	have, ok := in.checker.blobs[hash]
	switch {
	case !ok:
		in.problem(in.key, "its content %s is missing or unreadable", hash)
	case size >= 0 && have != size:
		in.problem(in.key, "its content %s has %d bytes, not %d", hash, have, size)
	}
}

func checkEvent(in inspected, row *protocol.Frame) {
	if len(in.key) != scopeLen+1+8 {
		in.problem(in.key, "the key is no position")
		return
	}
	at := protocol.Position(binary.BigEndian.Uint64(in.key[scopeLen+1:]))
	in.position(in.key[:scopeLen], at, in.key)
	in.fits(Log.Key(Num(row.Position)))
	checkSealed(in, row)
	if !row.Kind.IsItem() {
		return
	}
	item, err := Items.Get(in.r, Text(row.Thread), Num(row.Position))
	gone := errors.Is(err, ErrNotFound)
	switch {
	case IsErased(row) && err == nil:
		in.problem(in.key, "the log says that %s was erased, its item in thread %s is there", row.Kind, row.Thread)
	case IsErased(row) && gone && !erasedIn(in, row.Thread, row.Position):
		in.problem(in.key, "the log says that %s was erased, thread %s does not", row.Kind, row.Thread)
	case IsErased(row):
	case gone:
		in.problem(in.key, "the log has %s, its item in thread %s is missing", row.Kind, row.Thread)
	case err == nil && item.Kind != row.Kind: // the rest stands with the item alone
		in.problem(in.key, "the log has %s, its item is %s", row.Kind, item.Kind)
	}
}

// erasedIn tells whether a thread says that an item of it was erased.
func erasedIn(in inspected, thread protocol.ThreadID, at protocol.Position) bool {
	t, err := Threads.Get(in.r, Text(thread))
	return err != nil || Within(t.Erased, at) // what cannot be read is reported where it stands
}

func checkItem(in inspected, item *protocol.Frame) {
	in.fits(Items.Key(Text(item.Thread), Num(item.Position)))
	row, err := Log.Get(in.r, Num(item.Position))
	switch {
	case errors.Is(err, ErrNotFound):
		in.problem(in.key, "the item is not in the log")
	case err == nil && (row.Thread != item.Thread || !row.Kind.IsItem()):
		in.problem(in.key, "the log has %s in thread %q at its position", row.Kind, row.Thread)
	}
	exists(in, Threads, Text(item.Thread))
	if item.Kind != protocol.KindMessageSent || len(item.Body) == 0 {
		return
	}
	var message protocol.MessageSent
	if _, err := message.UnmarshalMsg(item.Body); err != nil {
		in.problem(in.key, "the body of the message: %v", err)
		return
	}
	for _, a := range message.Attachments {
		exists(in, Attachments, Text(a.ID))
	}
}

func checkThread(in inspected, v *Thread) {
	in.fits(Threads.Key(Text(v.ID)))
	exists(in, Visitors, Text(v.Visitor))
	for _, n := range v.Numbers {
		exists(in, Conversations, Num(n))
	}
}

func checkConversation(in inspected, v *Conversation) {
	in.fits(Conversations.Key(Num(v.Number)))
	exists(in, Threads, Text(v.Thread))
	if v.MergedInto != 0 {
		exists(in, Conversations, Num(v.MergedInto))
		if v.MergedInto >= v.Number || len(v.Ranges) > 0 {
			in.problem(in.key, "it is merged into #%d and has %d ranges", v.MergedInto, len(v.Ranges))
		}
	}
	if v.ErasedAt != 0 && (len(v.Ranges) > 0 || v.MergedInto != 0) {
		in.problem(in.key, "it is erased and has %d ranges, and leads to #%d", len(v.Ranges), v.MergedInto)
	}
	if v.ErasedAt != 0 && v.PurgedAt == 0 {
		exists(in, Erasures, Num(v.Number))
	}
	var last protocol.Position
	for _, span := range v.Ranges {
		if span.First > span.Last || span.First <= last {
			in.problem(in.key, "its ranges are not in order: %v", v.Ranges)
			break
		}
		last = span.Last
	}
}

func checkErasure(in inspected, v *Erasure) {
	in.fits(Erasures.Key(Num(v.Number)))
	conv, err := Conversations.Get(in.r, Num(v.Number))
	switch {
	case errors.Is(err, ErrNotFound):
		in.problem(in.key, "it refers to #%d, which is missing", v.Number)
	case err == nil && (conv.ErasedAt == 0 || conv.PurgedAt != 0):
		in.problem(in.key, "#%d was erased at %d and purged at %d", v.Number, conv.ErasedAt, conv.PurgedAt)
	}
}

func checkReaction(in inspected, v *Reaction) {
	threadKey := in.key[scopeLen+1:]
	thread, _, _ := strings.Cut(string(threadKey), "\x00")
	exists(in, Items, Text(thread), Num(v.Reaction.Message))
}

func checkVisitor(in inspected, v *Visitor) {
	in.fits(Visitors.Key(Text(v.ID)))
	if v.Contact != "" {
		exists(in, Contacts, Text(v.Contact))
	}
	if v.Thread != "" {
		exists(in, Threads, Text(v.Thread))
	}
}

func checkOperator(in inspected, v *Operator) {
	in.fits(Operators.Key(Text(v.ID)))
	if v.PictureBlob != "" {
		in.content(v.PictureBlob, -1)
	}
}

func checkAttachment(in inspected, v *Attachment) {
	in.fits(Attachments.Key(Text(v.Attachment.ID)))
	in.content(v.Attachment.Blob, v.Attachment.Size)
	if v.QuickReply == "" {
		exists(in, Items, Text(v.Thread), Num(v.Position))
	}
}

func checkUpload(in inspected, v *Upload) {
	in.fits(Uploads.Key(Text(v.Attachment.ID)))
	in.content(v.Attachment.Blob, v.Attachment.Size)
}

func checkQuickReply(in inspected, v *QuickReply) {
	scope := v.QuickReply.Owner
	if v.QuickReply.Shared {
		scope = ""
	}
	in.fits(QuickReplies.Key(Text(scope), Text(v.QuickReply.ID)))
	for _, a := range v.QuickReply.Attachments {
		exists(in, Attachments, Text(a.ID))
	}
}

// checkDraft asks nothing of the files: what a draft holds are uploads, and one may have been sent from elsewhere.
func checkDraft(inspected, *Draft) {}
