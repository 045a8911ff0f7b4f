package browser

import (
	"testing"
)

func TestRussianFromEndToEnd(t *testing.T) {
	t.Parallel()
	s := play(t, russian("ann"), russian("kira"))
	ann, kira, widget := s.ann, s.kira, s.widget
	widget.see("button", "Закрыть чат")
	s.asked("Доставляете в Тбилиси?").opened()
	widget.state("Доставляете в Тбилиси?", "Прочитано")
	ann.reply("Да, за четыре дня.")
	widget.says("Да, за четыре дня.")
	ann.shot("console-russian")
	kira.shot("widget-russian")
}

func TestOnAPhone(t *testing.T) {
	t.Parallel()
	phone := looks{width: 390, height: 780}
	s := play(t, withoutAnn, kiraLooks(phone))
	kira, widget := s.kira, s.widget
	kira.ask("the whole screen is the widget's", `[...document.documentElement.children].some(e => { const f = e.shadowRoot && e.shadowRoot.querySelector('iframe');
		if (!f) return false; const b = f.getBoundingClientRect(); return b.width >= innerWidth - 1 && b.height >= innerHeight - 1 })`)
	s.asked("from the phone")
	kira.shot("phone-widget")
	widget.press("button", "Close chat")
	kira.see("button", "Open chat")
	ann := somebody(t, phone).signIn(s.house, "ann@example.com")
	ann.shot("phone-console-list")
	ann.pressRow("from the phone")
	ann.see("textbox", "Reply")
	ann.reply("to the phone")
	ann.state("to the phone", "Delivered")
	ann.shot("phone-console-talk")
	for _, p := range []*person{kira, ann.person} {
		p.ask("nothing scrolls sideways", `document.documentElement.scrollWidth <= innerWidth`)
	}
}

func TestPictures(t *testing.T) {
	if *shots == "" {
		t.Skip("pictures are kept with -browser.shots DIR")
	}
	t.Parallel()
	h := demo(t)
	for _, l := range []struct {
		name string
		looks
	}{
		{"1440-light", looks{width: 1440, height: 900}},
		{"1440-dark", looks{width: 1440, height: 900, dark: true}},
		{"1024-light", looks{width: 1024, height: 768}},
		{"390-dark", looks{width: 390, height: 780, dark: true}},
		{"320-light", looks{width: 320, height: 640}},
	} {
		ann := somebody(t, l.looks).signIn(h, "ann@example.com")
		ann.shot("look-inbox-" + l.name)
		ann.pressRow("bulb")
		ann.see("textbox", "Reply")
		ann.shot("look-talk-" + l.name)
		for _, path := range []string{"channels", "team", "account"} {
			ann.open(h.base() + "/console/" + path)
			ann.see("heading", map[string]string{"channels": "Channels", "team": "Team", "account": "Account"}[path])
			ann.shot("look-" + path + "-" + l.name)
		}
		kira := somebody(t, l.looks)
		kira.open(h.shop)
		kira.see("button", "Open chat")
		kira.shot("look-shop-" + l.name)
		widget := kira.visit(h.shop)
		widget.write("A question about the lamp: https://example.com/luma, and a rather long line that has to be broken somewhere")
		widget.state("A question about the lamp", "Delivered")
		kira.shot("look-widget-" + l.name)
	}
}
