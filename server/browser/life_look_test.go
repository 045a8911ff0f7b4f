package browser

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// tongue is what people write on a tour of the screens, in one language.
type tongue struct{ note, question, answer, more, add string }

var tongues = map[string]tongue{
	"en-US": {
		note:     "The courier lost it; the warehouse sends another one today.",
		question: "Does the Luma pendant come in brass, and could the cord be made shorter?",
		answer:   "It does, and we shorten the cord for free. How long shall it be?", more: "Another thing entirely: where is order 2917?",
		add: "Cord of the Luma pendant, shortened to 90 cm, in brass, for the table in the kitchen",
	},
	"ru-RU": {
		note:     "Курьер потерял посылку; склад сегодня отправит другую.",
		question: "Есть ли подвес «Лума» из латуни и можно ли укоротить шнур?",
		answer:   "Есть, и шнур укоротим бесплатно. Какой длины он нужен?", more: "И совсем другое: где мой заказ 2917?",
		add: "Шнур подвеса «Лума», латунь, укоротить до девяноста сантиметров, для кухонного стола",
	},
}

// TestPicturesOfALife walks through the screens of a conversation's life, to be looked at: each in both languages and
// themes, on a desk and on phones. Nothing may reach past the edge of any of them.
func TestPicturesOfALife(t *testing.T) {
	if *shots == "" {
		t.Skip("pictures are kept with -browser.shots DIR")
	}
	t.Parallel()
	for _, l := range []struct {
		name string
		looks
	}{
		{"1280-light", looks{language: "en-US", width: 1280, height: 860}},
		{"1280-dark", looks{language: "ru-RU", width: 1280, height: 860, dark: true}},
		{"390-dark", looks{language: "en-US", touch: true, width: 390, height: 780, dark: true}},
		{"390-light", looks{language: "ru-RU", touch: true, width: 390, height: 780}},
		{"320-light", looks{language: "en-US", touch: true, width: 320, height: 640}},
		{"320-dark", looks{language: "ru-RU", touch: true, width: 320, height: 640, dark: true}},
	} {
		t.Run(l.name, func(t *testing.T) {
			l.still = true
			tour := &tour{play(t, kiraLooks(l.looks), annLooks(l.looks)), tongues[l.language], l.name}
			tour.windows()
			tour.chain()
			tour.pages()
			tour.visitors()
		})
	}
}

type tour struct {
	*scene
	in     tongue
	suffix string
}

// look keeps a picture of a person's screen, and wants nothing of it out of reach.
func (o *tour) look(who anybody, name string) {
	p := who.self()
	p.t.Helper()
	p.shot("life-" + name + "-" + o.suffix)
	if must[bool](p, `document.documentElement.scrollWidth > innerWidth`) {
		p.t.Errorf("%s on %s scrolls sideways: %s", name, o.suffix, must[string](p,
			`[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.className || e.tagName).slice(0, 12).join(' · ')`))
	}
}

// click presses what may be known by its id alone, in every language.
func (o *tour) click(id string) {
	o.ann.t.Helper()
	o.ann.ask("#"+id, `document.getElementById(`+quoted(id)+`)`)
	must[int](o.ann, `(document.getElementById(`+quoted(id)+`).click(), 1)`)
}

// windows are all that opens over a conversation.
func (o *tour) windows() {
	ann, in := o.ann, o.in
	o.asked(in.question).opened()
	o.look(ann, "asked")
	ann.reply(in.answer)
	o.widget.says(in.answer)
	o.click("number")
	ann.ask("menu", `document.getElementById('menu-0')`)
	o.look(ann, "menu")
	ann.typed(kb.Escape)
	o.click("assignee")
	ann.ask("people", `document.querySelector('.b-people__item')`)
	o.look(ann, "assign")
	ann.typed(kb.Escape)
	o.click("edit-subject")
	ann.focused("subject")
	o.look(ann, "subject-edit")
	ann.typed(in.add)
	ann.enter()
	ann.focused("edit-subject")
	o.click("tab-note")
	ann.ask("the note's box", `document.querySelector('.b-desk[data-kind=note]')`)
	ann.typed(in.note)
	o.look(ann, "note-written")
	ann.enter()
	ann.within(in.note)
	o.click("tab-reply")
	must[int](ann, `(`+messageWith(in.question)+`.querySelector('button[aria-label='+`+quoted(quoted(ann.in("React")))+`+']').click(), 1)`)
	ann.see("button", ann.in("React with 👍"))
	o.look(ann, "reactions")
	ann.press("button", ann.in("React with 👍"))
	ann.ask("it is there", messageWith(in.question)+`.querySelector('.b-reactions__item')`)
	o.look(ann, "talk")
	o.click("end-chat")
	ann.ask("choices", `document.querySelectorAll('dialog input[type=radio]').length === 3`)
	o.look(ann, "end")
	must[int](ann, `(document.querySelector('dialog input[value=pending], dialog .b-choices__item:nth-of-type(2) input').click(), 1)`)
	ann.submit()
	ann.ask("it has ended", `!document.getElementById('end-chat')`)
	o.look(ann, "ended")
}

// chain is what a conversation and its neighbours show.
func (o *tour) chain() {
	ann, in := o.ann, o.in
	o.widget.write(in.more)
	ann.within(in.more)
	ann.ask("the offer", `document.querySelector('.b-splitline button')`)
	o.look(ann, "split")
	first := ann.number()
	must[int](ann, `(document.querySelector('.b-splitline button').click(), 1)`)
	ann.ask("another number", `/^#\d+$/.test(location.hash) && location.hash !== `+quoted("#"+first))
	ann.ask("the way back", `document.getElementById('previous')`)
	o.look(ann, "split-off")
	o.click("previous")
	ann.within(in.answer)
	o.look(ann, "previous")
	must[int](ann, `(document.querySelector('[role=log]').scrollTop = 0, 1)`)
	o.look(ann, "previous-top")
	o.click("merge")
	ann.ask("merge window", `document.querySelector('dialog')`)
	o.look(ann, "merge")
	ann.typed(kb.Escape)
	must[int](ann, `(document.querySelector('[role=log] .b-fold a').click(), 1)`)
	ann.at(first)
	ann.within(in.answer)
	must[int](ann, `(document.querySelector('[role=log]').scrollTop = 1e6, 1)`)
	o.look(ann, "next")
	must[int](ann, `(history.back(), 1)`)
	o.look(ann, "after-back")
}

// pages are the settings and the list of events.
func (o *tour) pages() {
	ann := o.ann
	ann.open(o.base() + "/console/conversations")
	ann.ask("presets", `document.querySelectorAll('.b-presets input').length === 3`)
	o.look(ann, "rules")
	must[int](ann, `(document.querySelectorAll('.b-presets input')[2].click(), 1)`)
	o.look(ann, "rules-retail")
	for i, part := range []string{"middle", "end"} {
		must[int](ann, `(() => { const e = [...document.querySelectorAll('.b-setting')]; e[`+[]string{`Math.floor(e.length / 2)`, `e.length - 1`}[i]+`].scrollIntoView(); return 1 })()`)
		o.look(ann, "rules-"+part)
	}
	must[int](ann, `([...document.querySelectorAll('.b-views--page a')][1].click(), 1)`)
	ann.ask("a page", `document.querySelector('dialog') || location.search || location.pathname.split('/').length > 3`)
	o.look(ann, "rules-channel")
	ann.open(o.base() + "/console/events")
	ann.ask("rows", `document.querySelectorAll('tbody tr').length > 5`)
	o.look(ann, "events")
	must[int](ann, `(document.querySelector('summary').click(), 1)`)
	o.look(ann, "events-filter")
}

// visitors is the same from the other side.
func (o *tour) visitors() {
	in := o.in
	o.look(o.kira, "widget")
	must[int](o.widget, `(`+messageWith(in.answer)+`.scrollIntoView({block: 'center'}), 1)`)
	o.kira.hoverInside(o.widget, in.answer)
	o.widget.see("button", o.widget.in("Thumbs up"))
	o.look(o.kira, "widget-reactions")
	o.widget.press("button", o.widget.in("Thumbs up"))
	o.widget.press("button", o.widget.in("Your conversations"))
	o.widget.see("list", o.widget.in("Your conversations"))
	o.look(o.kira, "widget-list")
	o.widget.press("button", o.widget.in("My question is solved"))
	o.widget.see("button", o.widget.in("Yes, solved"))
	o.look(o.kira, "widget-sure")
	o.widget.press("button", o.widget.in("Yes, solved"))
	o.widget.ask("solved", `document.querySelectorAll('.b-history__item .b-pill').length > 0`)
	o.look(o.kira, "widget-solved-list")
	must[int](o.widget, `(document.querySelector('.b-widget__back button').click(), 1)`)
	o.widget.see("textbox", o.widget.in("Message"))
	o.look(o.kira, "widget-solved")
	if strings.Contains(must[string](o.widget, `document.body.innerText`), "#") {
		o.widget.t.Error("a visitor sees a number")
	}
	o.look(o.ann, "console-after")
}
