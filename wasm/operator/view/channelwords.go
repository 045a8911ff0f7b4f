package view

import (
	"strings"

	"beseda/protocol"
	"beseda/wasm/words"
	say "beseda/wasm/words/console"
)

// channelChange is which settings of a channel became others; of one whose former settings nobody noted, its name.
func (p pen) channelChange(b *protocol.ChannelSet) (before, after string) {
	now, former := &b.Channel, b.Former
	if former == nil {
		return "", now.Looks.Name
	}
	var was, is []string
	differs := func(name words.Key, old, next string) {
		if old != next {
			was, is = append(was, p.word(name)+": "+old), append(is, p.word(name)+": "+next)
		}
	}
	differs(say.ChannelName, former.Looks.Name, now.Looks.Name)
	differs(say.BrandColor, former.Looks.Color, now.Looks.Color)
	differs(say.Greeting, former.Looks.Greeting, now.Looks.Greeting)
	differs(say.WidgetLanguage, p.languageWord(former.Looks.Language), p.languageWord(now.Looks.Language))
	differs(say.Side, p.sideWord(former.Looks.Left), p.sideWord(now.Looks.Left))
	differs(say.AnySite, p.switchWord(former.AnySite), p.switchWord(now.AnySite))
	differs(say.Sites, strings.Join(former.Sites, ", "), strings.Join(now.Sites, ", "))
	differs(say.WhoQuotes, p.quotingWord(former.Quoting), p.quotingWord(now.Quoting))
	return strings.Join(was, "; "), now.Looks.Name + " · " + strings.Join(is, "; ")
}

func (p pen) languageWord(language string) string {
	switch language {
	case "en":
		return "English"
	case "ru":
		return "Русский"
	}
	return p.word(say.FollowsPage)
}

func (p pen) sideWord(left bool) string {
	if left {
		return p.word(say.SideLeft)
	}
	return p.word(say.SideRight)
}

func (p pen) switchWord(on bool) string {
	if on {
		return p.word(say.SwitchOn)
	}
	return p.word(say.SwitchOff)
}

func (p pen) quotingWord(c protocol.Capability) string {
	switch c {
	case protocol.CapabilityNone:
		return p.word(say.QuotingNone)
	case protocol.CapabilityReceive:
		return p.word(say.QuotingReceive)
	case protocol.CapabilitySend:
		return p.word(say.QuotingSend)
	}
	return p.word(say.QuotingBoth)
}
