package view

import (
	"beseda/protocol"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	"beseda/wasm/words"
	say "beseda/wasm/words/console"
)

// personForm says who the contact is, in place.
func (p pen) personForm(person *state.Person) {
	s := p.s
	p.Open(vdom.Form, "person")
	p.Class("b-person-form")
	p.Attr(vdom.AriaLabel, p.word(say.EditContact))
	p.Flag(vdom.NoValidate, true)
	p.On(vdom.Submit, state.SavePerson, "")
	p.On(vdom.KeyDown, state.PersonKey, "")
	shown := false
	one := func(id, name, kind, value string, word words.Key, limit int) {
		problem := ""
		if person.Problem.Is() && person.Problem.Field() == name {
			problem, shown = s.Explain(person.Problem), true
			if name == "email" {
				problem = p.word(say.ContactEmailInvalid)
			}
		}
		p.field(field{id: id, label: p.word(word), kind: kind, value: value, complete: "off", max: limit,
			on: state.PersonTyped, arg: id, problem: problem})
	}
	one(state.PersonNameID, "name", "text", person.Name, say.ContactName, protocol.MaxNameRunes)
	one(state.PersonEmailID, "email", "email", person.Email, say.ContactEmail, 200)
	one(state.PersonPhoneID, "phone", "tel", person.Phone, say.ContactPhone, 40)
	if person.Problem.Is() && !shown {
		p.alert(s.Explain(person.Problem))
	}
	p.Open(vdom.Div, "row")
	p.Class("b-person-form__row")
	p.button("cancel", "b-button b-button--small", state.LeavePerson, "")
	p.Text(p.word(say.Cancel))
	p.Close()
	p.submit(p.word(say.Save), person.Busy, p.word(say.Saving), "b-button--small")
	p.Close()
	p.Close()
}

// reach are the ways to the contact.
func (p pen) reach(v *protocol.Visitor) {
	if v.Email != "" {
		p.Leaf(vdom.DT, "", p.word(say.ContactEmail))
		p.Open(vdom.DD, "")
		p.Open(vdom.A, "")
		p.Attr(vdom.Href, "mailto:"+v.Email)
		p.Attr(vdom.Dir, "ltr")
		p.Text(v.Email)
		p.Close()
		p.Close()
	}
	if v.Phone != "" {
		p.Leaf(vdom.DT, "", p.word(say.ContactPhone))
		p.Open(vdom.DD, "")
		p.ltr(v.Phone)
		p.Close()
	}
}

// tags are the contact's: they show what they are, and can be pinned and taken off.
func (p pen) tags(t *state.Talk) {
	s := p.s
	p.card(say.Tags)
	p.Open(vdom.Div, "head")
	p.Class("b-card__head")
	p.Leaf(vdom.H3, "b-card__title", p.word(say.Tags))
	if t.MayTag() {
		p.button("add", "b-iconbutton b-iconbutton--small", state.OpenTagging, "")
		p.Attr(vdom.ID, state.TagAddID)
		p.Attr(vdom.AriaLabel, p.word(say.AddTag))
		p.Attr(vdom.Title, p.word(say.AddTag))
		p.Bool(vdom.AriaExpanded, t.Tagging.Open)
		p.small("#i-plus")
		p.Close()
	}
	p.Close()
	if len(t.Row.Tags) == 0 {
		p.Leaf(vdom.P, "b-card__none", p.word(say.TagsNone))
	} else {
		p.Open(vdom.UL, "list")
		p.Class("b-tagging__list")
		p.Attr(vdom.Role, "list")
		p.Attr(vdom.AriaLabel, p.word(say.Tags))
		for _, c := range t.Row.Tags {
			if tag := s.Tag(c.Tag); tag != nil {
				p.borne(tag, c.Pinned, t.MayTag())
			}
		}
		p.Close()
	}
	if t.Tagging.Open {
		p.tagging(t)
	}
	p.Close()
}

// borne is a tag that the contact has.
func (p pen) borne(tag *protocol.Tag, pinned, may bool) {
	s := p.s
	id := string(tag.ID)
	p.Open(vdom.LI, id)
	p.Class("b-tag b-tag--" + string(tag.Color))
	p.Open(vdom.BDI, "name")
	p.Text(tag.Name)
	p.Close()
	if may {
		word, icon := say.PinTag, "#i-pin"
		if pinned {
			word, icon = say.UnpinTag, "#i-unpin"
		}
		p.iconButton("pin", "b-tag__tool", icon, s.Words.Fill(word, tag.Name), state.PinTag, id)
		p.iconButton("remove", "b-tag__tool", "#i-close", s.Words.Fill(say.RemoveTag, tag.Name), state.RemoveTag, id)
	} else if pinned {
		p.small("#i-pin")
	}
	p.Close()
}

// tagging finds a tag, or makes one with a colour.
func (p pen) tagging(t *state.Talk) {
	s := p.s
	offered := s.Offered(t)
	makes := s.MayMake(t)
	p.Open(vdom.Div, "tagging")
	p.Class("b-tagging")
	p.Open(vdom.Input, "find")
	p.Class("b-input")
	p.Attr(vdom.ID, state.TagFindID)
	p.Attr(vdom.Type, "text")
	p.Attr(vdom.Role, "combobox")
	p.Attr(vdom.Autocomplete, "off")
	p.Attr(vdom.Dir, "auto")
	p.Int(vdom.MaxLength, 40)
	p.Attr(vdom.AriaLabel, p.word(say.FindTag))
	p.Attr(vdom.Placeholder, p.word(say.FindTag))
	p.Attr(vdom.AriaExpanded, "true")
	p.Attr(vdom.AriaAutocomplete, "list")
	p.Attr(vdom.AriaControls, state.TagListID)
	if len(offered) > 0 || makes {
		p.Attr(vdom.AriaActiveDescendant, state.TagOptionID(t.Tagging.Active))
	}
	p.Attr(vdom.Value, t.Tagging.Query)
	p.On(vdom.InputEvent, state.TagFind, "")
	p.On(vdom.KeyDown, state.TagKey, "")
	p.Close()
	p.Open(vdom.Div, "list")
	p.Class("b-tagging__found")
	p.Attr(vdom.ID, state.TagListID)
	p.Attr(vdom.Role, "listbox")
	p.Attr(vdom.AriaLabel, p.word(say.TagsFound))
	for i := range offered {
		tag := &offered[i]
		p.tagOption(string(tag.ID), i, t.Tagging.Active, state.AddTag)
		p.Open(vdom.Span, "")
		p.Class("b-tag b-tag--" + string(tag.Color))
		p.Attr(vdom.Dir, "auto")
		p.Text(tag.Name)
		p.Close()
		p.Close()
	}
	if makes {
		p.tagOption("make", len(offered), t.Tagging.Active, state.MakeTag)
		p.small("#i-plus")
		p.Leaf(vdom.Span, "", s.Words.Fill(say.MakeTag, t.Tagging.Query))
		p.Close()
	}
	p.Close()
	if makes {
		p.tagColors(t)
	}
	p.Close()
}

func (p pen) tagOption(id string, i, active int, on vdom.Handler) {
	p.button(id, "b-menu__item", on, id)
	p.Attr(vdom.ID, state.TagOptionID(i))
	p.Attr(vdom.Role, "option")
	p.Bool(vdom.AriaSelected, i == active)
	p.Flag(vdom.DataActive, i == active)
	p.Int(vdom.TabIndex, -1)
}

var tagColorWords = map[protocol.TagColor]words.Key{
	"rose": say.ColorRose, "sky": say.ColorSky, "leaf": say.ColorLeaf, "sun": say.ColorSun, "plum": say.ColorPlum, "stone": say.ColorStone,
}

func (p pen) tagColors(t *state.Talk) {
	p.Open(vdom.Div, "colors")
	p.Class("b-tagging__colors")
	p.Attr(vdom.Role, "group")
	p.Attr(vdom.AriaLabel, p.word(say.TagColor))
	for _, color := range protocol.TagColors {
		p.button(string(color), "b-tag b-tag--"+string(color), state.TagColor, string(color))
		p.Bool(vdom.AriaPressed, t.Tagging.Color == color)
		p.Text(p.word(tagColorWords[color]))
		p.Close()
	}
	p.Close()
}
