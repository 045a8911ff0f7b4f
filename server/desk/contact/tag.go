package contact

import (
	"errors"
	"strconv"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/store"
)

// CreateTag makes a tag, at most protocol.MaxTags of a workspace. No two are called alike, in whatever case.
func CreateTag(r store.Reader, c call.Call, cmd *protocol.TagCreate) (store.Outcome, error) {
	count, err := nameFree(r, cmd.Name, "")
	if err != nil {
		return store.Outcome{}, err
	}
	if count >= protocol.MaxTags {
		return store.Outcome{}, limited(protocol.MaxTags)
	}
	id := protocol.TagID(c.NewID())
	return store.Outcome{Made: string(id), Events: []protocol.Frame{tagSet(c, id, cmd.Name, cmd.Color)}}, nil
}

// ChangeTag gives a tag another name or colour, on every contact that bears it.
func ChangeTag(r store.Reader, c call.Call, cmd *protocol.TagChange) (store.Outcome, error) {
	old, err := findTag(r, cmd.Tag)
	if err != nil || old.Name == cmd.Name && old.Color == cmd.Color {
		return store.Outcome{}, err
	}
	if _, err := nameFree(r, cmd.Name, cmd.Tag); err != nil {
		return store.Outcome{}, err
	}
	return store.Outcome{Events: []protocol.Frame{tagSet(c, cmd.Tag, cmd.Name, cmd.Color)}}, nil
}

// DeleteTag removes a tag. Contacts that bear it are left as they are: whoever reads their tags asks Borne.
func DeleteTag(r store.Reader, c call.Call, cmd *protocol.TagDelete) (store.Outcome, error) {
	old, err := findTag(r, cmd.Tag)
	if err != nil {
		return store.Outcome{}, err
	}
	return store.Outcome{Events: []protocol.Frame{c.Event(protocol.KindTagDeleted,
		protocol.EncodeBody(&protocol.TagDeleted{Tag: old.ID, Name: old.Name}))}}, nil
}

// Tags lists those of the workspace, in the order in which they were made.
func Tags(r store.Reader) (all []protocol.Tag, err error) {
	for tag, err := range store.Tags.Scan(r, store.Tags.Under()) {
		if err != nil {
			return nil, err
		}
		all = append(all, tag.Tag)
	}
	return all, nil
}

func tagSet(c call.Call, id protocol.TagID, name string, color protocol.TagColor) protocol.Frame {
	return c.Event(protocol.KindTagSet, protocol.EncodeBody(&protocol.TagSet{Tag: id, Name: name, Color: color}))
}

func findTag(r store.Reader, id protocol.TagID) (protocol.Tag, error) {
	tag, err := store.Tags.Get(r, store.Text(id))
	if errors.Is(err, store.ErrNotFound) {
		err = protocol.Refuse(protocol.CodeNotFound, "field=tag")
	}
	return tag.Tag, err
}

// nameFree refuses a name that another tag has, and counts the tags.
func nameFree(r store.Reader, name string, but protocol.TagID) (count int, err error) {
	folded := protocol.FoldName(name)
	for tag, err := range store.Tags.Scan(r, store.Tags.Under()) {
		if err != nil {
			return 0, err
		}
		if tag.Tag.ID != but && protocol.FoldName(tag.Tag.Name) == folded {
			return 0, protocol.Refuse(protocol.CodeConflict, "field=name")
		}
		count++
	}
	return count, nil
}

func limited(limit int) error {
	return protocol.Refuse(protocol.CodeConflict, "limit="+strconv.Itoa(limit))
}

func applyTag(tx store.Tx, ev *protocol.Frame) error {
	if ev.Kind == protocol.KindTagDeleted {
		var body protocol.TagDeleted
		if err := protocol.DecodeBody(ev.Body, &body); err != nil {
			return err
		}
		return store.Tags.Delete(tx, store.Text(body.Tag))
	}
	var body protocol.TagSet
	if err := protocol.DecodeBody(ev.Body, &body); err != nil {
		return err
	}
	return store.Tags.Put(tx, store.Tag{Tag: protocol.Tag{ID: body.Tag, Name: body.Name, Color: body.Color}}, store.Text(body.Tag))
}
