package conversation

import (
	"errors"
	"slices"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/server/desk/policy"
	"beseda/server/desk/team"
	"beseda/store"
)

// Drafts are what an operator has not sent yet: private facts beside the log, of which only their author hears. A draft
// is told of by a notice that bears the command's kind and is never sent on; it has the author's devices read the row
// again.

// SaveDraft keeps a draft, or ends it where it is empty.
func SaveDraft(r store.Reader, c call.Call, cmd *protocol.DraftSave) (out store.Outcome, err error) {
	conv, err := reach(r, c, cmd.Conversation)
	switch {
	case err != nil:
		return out, err
	case !conv.mayRead():
		return out, protocol.Refuse(protocol.CodeForbidden, "")
	case conv.policy.DraftSession:
		return out, protocol.Refuse(protocol.CodeForbidden, "policy="+policy.DraftPersistence.String())
	}
	next := store.Draft{Text: cmd.Text, Note: cmd.Note, Quote: cmd.Quote, At: c.Now}
	if next.Quote != 0 {
		thread, err := threadHolding(r, &conv.Conversation)
		if err != nil {
			return out, err
		}
		if err := quotable(r, ForMember(conv.member), &thread, next.Quote); err != nil {
			return out, err
		}
	}
	if next.Attachments, _, err = ownUploads(r, c, cmd.Attachments); err != nil {
		return out, err
	}
	return out, keepDraft(r, c.Now, conv.member.ID, conv.Number, next, &out)
}

// endDraft takes out of an operator's draft what is said now: all but the note, or, by a note, the note.
func endDraft(r store.Reader, c call.Call, number protocol.Number, note bool, out *store.Outcome) error {
	if c.By.Kind != protocol.ActorOperator {
		return nil
	}
	who := c.Operator()
	next, err := draftOf(r, who, number)
	if err != nil {
		return err
	}
	if note {
		next.Note = ""
	} else {
		next.Text, next.Quote, next.Attachments = "", 0, nil
	}
	return keepDraft(r, c.Now, who, number, next, out)
}

// moveDraft gives what an operator has not sent in one conversation to another: what they have there already comes
// first, a blank line between.
func moveDraft(r store.Reader, now int64, who protocol.OperatorID, from, to protocol.Number, out *store.Outcome) error {
	moved, err := draftOf(r, who, from)
	if err != nil || emptyDraft(&moved) {
		return err
	}
	next, err := draftOf(r, who, to)
	if err != nil {
		return err
	}
	next.Text, next.Note = paragraphs(next.Text, moved.Text), paragraphs(next.Note, moved.Note)
	next.Attachments = append(next.Attachments, moved.Attachments...)
	if moved.Quote != 0 {
		next.Quote = moved.Quote
	}
	next.At = max(next.At, moved.At)
	if err := keepDraft(r, now, who, from, store.Draft{}, out); err != nil {
		return err
	}
	return keepDraft(r, now, who, to, next, out)
}

func paragraphs(first, second string) string {
	if first == "" || second == "" {
		return first + second
	}
	return first + "\n\n" + second
}

// keepDraft writes an operator's draft, or ends it where it is empty, and tells of it; nothing where it is the same.
func keepDraft(r store.Reader, now int64, who protocol.OperatorID, number protocol.Number, next store.Draft, out *store.Outcome) error {
	old, err := draftOf(r, who, number)
	if err != nil || sameDraft(&old, &next) {
		return err
	}
	write := store.Write{Key: store.Drafts.Key(store.Text(who), store.Num(number))}
	if !emptyDraft(&next) {
		if write.Value, err = store.Drafts.Encode(next); err != nil {
			return err
		}
	}
	out.Private = append(out.Private, write)
	out.Notices = append(out.Notices, protocol.Frame{
		Kind: protocol.KindDraftSave, At: now, Conversation: number,
		Actor: &protocol.Actor{Kind: protocol.ActorOperator, ID: string(who)},
		Body:  protocol.EncodeBody(BeginningOf(&next)),
	})
	return nil
}

// BeginningOf is what a row of the list shows of a draft.
func BeginningOf(d *store.Draft) *protocol.Draft {
	text := d.Text
	if text == "" {
		text = d.Note
	}
	return &protocol.Draft{Text: preview(text), Attachments: d.Attachments, At: d.At}
}

// draftOf reads an operator's draft; an empty one where there is none.
func draftOf(r store.Reader, who protocol.OperatorID, number protocol.Number) (store.Draft, error) {
	d, err := store.Drafts.Get(r, store.Text(who), store.Num(number))
	if errors.Is(err, store.ErrNotFound) {
		err = nil
	}
	return d, err
}

func emptyDraft(d *store.Draft) bool {
	return d.Text == "" && d.Note == "" && d.Quote == 0 && len(d.Attachments) == 0
}

func sameDraft(a, b *store.Draft) bool {
	return a.Text == b.Text && a.Note == b.Note && a.Quote == b.Quote &&
		slices.EqualFunc(a.Attachments, b.Attachments, func(x, y protocol.Attachment) bool { return x.ID == y.ID })
}

// DraftFor is what a member of the team left unsent in a conversation, nil for nothing; session tells that drafts last
// only as long as the page there. A file that was sent from elsewhere meanwhile is left out.
func DraftFor(r store.Reader, m team.Member, conv *store.Conversation) (draft *protocol.Draft, session bool, err error) {
	p, err := policyOf(r, conv)
	if err != nil || p.DraftSession || m.Bot {
		return nil, p.DraftSession, err
	}
	kept, err := draftOf(r, m.ID, conv.Number)
	if err != nil {
		return nil, false, err
	}
	draft = &protocol.Draft{Text: kept.Text, Note: kept.Note, At: kept.At}
	for _, a := range kept.Attachments {
		_, err := store.Uploads.Get(r, store.Text(a.ID))
		switch {
		case err == nil:
			draft.Attachments = append(draft.Attachments, a)
		case !errors.Is(err, store.ErrNotFound):
			return nil, false, err
		}
	}
	if kept.Quote != 0 {
		draft.Quote = &protocol.Quote{Message: kept.Quote}
		if err := ForMember(m).fill(r, conv.Thread, draft.Quote); err != nil {
			return nil, false, err
		}
	}
	if draft.Text == "" && draft.Note == "" && draft.Quote == nil && len(draft.Attachments) == 0 {
		draft = nil
	}
	return draft, false, nil
}

// DropDrafts ends drafts, so many at once, of channels where by now they last only as long as the page.
func DropDrafts(r store.Reader, now int64, atOnce int) (out store.Outcome, err error) {
	session := map[protocol.ChannelID]bool{}
	for e, err := range r.Scan(store.Drafts.Under()) {
		if err != nil || len(out.Private) == atOnce {
			return out, err
		}
		number := store.LastNum[protocol.Number](e.Key)
		conv, err := store.Conversations.Get(r, store.Num(number))
		if err != nil {
			return out, err
		}
		over, known := session[conv.Channel]
		if !known {
			p, err := policyOf(r, &conv)
			if err != nil {
				return out, err
			}
			over, session[conv.Channel] = p.DraftSession, p.DraftSession
		}
		if !over {
			continue
		}
		if err := keepDraft(r, now, DraftOwner(e.Key), number, store.Draft{}, &out); err != nil {
			return out, err
		}
	}
	return out, nil
}

// DraftOwner reads the operator off a key of store.Drafts.
func DraftOwner(key []byte) protocol.OperatorID { return store.FirstText[protocol.OperatorID](key) }
