package view

import (
	"strings"

	"beseda/protocol"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	say "beseda/wasm/words/console"
)

// channelsPage lists the ways in.
func (p pen) channelsPage() {
	s := p.s
	p.pageHead("channels", p.word(say.ChannelsPage), p.word(say.ChannelsLead))
	p.Open(vdom.Div, "tools")
	p.Class("b-page__tools")
	p.link("new", "b-button b-button--primary", state.Route{Place: state.AtChannels, New: true}.Address())
	p.small("#i-plus")
	p.Text(p.word(say.NewChannel))
	p.Close()
	p.Close()
	p.Close()
	all := s.ChannelsByName()
	if len(all) == 0 {
		p.none(say.NoChannels, say.NoChannelsText)
	} else {
		p.Open(vdom.UL, "list")
		p.Class("b-channels")
		p.Attr(vdom.Role, "list")
		for _, ch := range all {
			p.channelItem(ch)
		}
		p.Close()
	}
	p.Close()
}

func (p pen) channelItem(ch *protocol.Channel) {
	p.Open(vdom.LI, string(ch.ID))
	p.Class("b-channel")
	p.Open(vdom.Span, "color")
	p.Class("b-channel__color")
	p.Attr(vdom.AriaHidden, "true")
	p.Attr(vdom.StyleBrand, ch.Looks.Color)
	p.Icon("#i-widget")
	p.Close()
	p.link("name", "b-channel__name", state.Route{Place: state.AtChannels, Channel: ch.ID}.Address())
	p.Leaf(vdom.BDI, "", ch.Looks.Name)
	p.Close()
	p.Leaf(vdom.P, "b-channel__sites", p.sitesWord(ch))
	p.Open(vdom.Span, "seen")
	p.Class("b-channel__seen")
	p.seen(ch)
	p.Close()
	p.Close()
}

func (p pen) sitesWord(ch *protocol.Channel) string {
	if ch.AnySite {
		return p.word(say.AnySite)
	}
	if len(ch.Sites) == 0 {
		return p.word(say.NoSites)
	}
	hosts := make([]string, 0, 3)
	for _, site := range ch.Sites[:min(len(ch.Sites), 3)] {
		hosts = append(hosts, host(site))
	}
	text := strings.Join(hosts, ", ")
	if more := len(ch.Sites) - len(hosts); more > 0 {
		text = p.s.Words.Fill(say.AndMore, text, itoa(more))
	}
	return text
}

func host(site string) string {
	_, h, ok := strings.Cut(site, "://")
	if !ok {
		return site
	}
	return h
}

// seen says when and where the widget of a channel was loaded last.
func (p pen) seen(ch *protocol.Channel) {
	s := p.s
	p.Open(vdom.Span, "pill")
	if ch.SeenAt == 0 {
		p.Class("b-pill")
		p.Text(p.word(say.NeverSeen))
	} else {
		if s.Now+s.Skew-ch.SeenAt < 24*3600*1000 {
			p.Class("b-pill b-pill--success")
		} else {
			p.Class("b-pill b-pill--warning")
		}
		p.Icon("#i-check")
		p.Text(s.Words.Fill(say.SeenOn, host(ch.SeenOn), s.Ago(ch.SeenAt)))
	}
	p.Close()
}
