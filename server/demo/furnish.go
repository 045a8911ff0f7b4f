package demo

import (
	"context"

	"beseda/protocol"
)

// furnish is what the team lays out for its work on the first day: tags, quick replies, views, and a group for who
// learns.
func (s *stage) furnish(ctx context.Context) error {
	ann := s.operator(s.facts.Ann)
	for _, t := range tags {
		made, err := s.do(ctx, ann, &t)
		if err != nil {
			return err
		}
		s.tags[t.Name] = protocol.TagID(made.Made)
	}
	for _, q := range quickReplies {
		cmd := q.QuickReplyCreate
		for _, f := range q.files {
			id, err := s.upload(ctx, ann, f)
			if err != nil {
				return err
			}
			cmd.Attachments = append(cmd.Attachments, id)
		}
		if _, err := s.do(ctx, ann, &cmd); err != nil {
			return err
		}
	}
	for _, v := range []protocol.ViewCreate{
		{Name: "Wholesale", Shared: true, Filter: protocol.Filter{Tags: []protocol.TagID{s.tags[wholesale]}}},
		{Name: "По-русски", Shared: true, Filter: protocol.Filter{
			Channels: []protocol.ChannelID{s.facts.Russian}, Activities: []protocol.Activity{protocol.Active},
		}},
	} {
		if _, err := s.do(ctx, ann, &v); err != nil {
			return err
		}
	}
	// Who learns answers, and ends or gives away nothing.
	group, err := s.do(ctx, ann, &protocol.GroupCreate{Name: "Trainees"})
	if err != nil {
		return err
	}
	_, err = s.do(ctx, ann, &protocol.OperatorInvite{
		Name: "Mia", Email: "mia@example.com", Role: protocol.RoleOperator, Group: protocol.GroupID(group.Made),
	})
	return err
}

// The tags by their names.
const (
	vip        = "VIP"
	wholesale  = "wholesale"
	opt        = "опт"
	newsletter = "newsletter"
)

var tags = []protocol.TagCreate{
	{Name: vip, Color: "rose"}, {Name: wholesale, Color: "sky"}, {Name: opt, Color: "plum"}, {Name: newsletter, Color: "leaf"},
}

// saved is a quick reply of Ann's with its files.
type saved struct {
	protocol.QuickReplyCreate
	files []file
}

var quickReplies = []saved{
	{QuickReplyCreate: protocol.QuickReplyCreate{
		Name: "Opening hours", Shortcut: "hours", Folder: "Shop", Shared: true,
		Text: "Hello {{contact.name|there}}! Tuesday to Saturday we are here from 10 to 18. What you write later we answer in the morning.",
	}},
	{QuickReplyCreate: protocol.QuickReplyCreate{
		Name: "Delivery", Shortcut: "delivery", Folder: "Shop", Shared: true,
		Text: "In two days within the country, in a week to the rest of Europe. From 100 € on it is on us.",
	}},
	{QuickReplyCreate: protocol.QuickReplyCreate{
		Name: "Mounting the Luma", Shortcut: "mounting", Folder: "Lamps", Shared: true,
		Text: "Here is everything on one page. A hook and the ceiling plate are in the box.",
	}, files: []file{{"Luma 30 mounting and care.pdf", "luma-30.pdf"}}},
	{QuickReplyCreate: protocol.QuickReplyCreate{
		Name: "Приветствие", Shortcut: "привет", Folder: "Магазин", Shared: true,
		Text: "Здравствуйте, {{contact.name|добрый день}}! Это {{operator.name|магазин}}, беседа №{{conversation.number}}. Чем помочь?",
	}},
	{QuickReplyCreate: protocol.QuickReplyCreate{
		Name: "Доставка", Shortcut: "доставка", Folder: "Магазин", Shared: true,
		Text: "По городу за два дня, по стране за неделю. От 5 000 ₽ доставим бесплатно.",
	}},
	{QuickReplyCreate: protocol.QuickReplyCreate{
		Name: "Signed", Shortcut: "signed",
		Text: "Warm regards from the workshop, {{operator.name|your team}}",
	}},
}
