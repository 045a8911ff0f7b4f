package browser

import "testing"

// scene is a demo in the middle of a day: Ann at the console, Kira with the widget open in the shop.
type scene struct {
	*house
	ann, bob     *operator // Bob only with withBob
	kira, widget *person   // her page, and the widget in it
	last         string    // what Kira wrote last
	number       string    // of the conversation that the operators opened
}

// cast is who comes and what their browsers are set to; nobody where nil.
type cast struct{ ann, bob, kira *looks }

// withBob has Bob of the operators at the console too, on a smaller screen than Ann's.
func withBob(c *cast) { c.bob = &looks{width: 1280, height: 800} }

// withoutAnn leaves the console empty: what Kira writes is sent and reaches nobody.
func withoutAnn(c *cast) { c.ann = nil }

// withoutKira leaves the shop empty.
func withoutKira(c *cast) { c.kira = nil }

// russian gives somebody who comes a Russian browser, and Kira the Russian shop.
func russian(who string) func(*cast) {
	return func(c *cast) {
		map[string]*looks{"ann": c.ann, "bob": c.bob, "kira": c.kira}[who].language = "ru-RU"
	}
}

// annLooks sets Ann's browser, kiraLooks Kira's.
func annLooks(l looks) func(*cast) { return func(c *cast) { *c.ann = l } }

func kiraLooks(l looks) func(*cast) { return func(c *cast) { *c.kira = l } }

// play starts a demo and opens it for everybody who comes.
func play(t *testing.T, with ...func(*cast)) *scene {
	t.Helper()
	c := cast{ann: &looks{width: 1440, height: 900}, kira: &looks{}}
	for _, change := range with {
		change(&c)
	}
	s := &scene{house: demo(t)}
	if c.ann != nil {
		s.ann = somebody(t, *c.ann).signIn(s.house, "ann@example.com")
	}
	if c.bob != nil {
		s.bob = somebody(t, *c.bob).signIn(s.house, "bob@example.com")
	}
	if c.kira != nil {
		s.kira = somebody(t, *c.kira)
		s.widget = s.kira.visit(s.shopFor(s.kira))
	}
	return s
}

// shopFor is the shop in somebody's language.
func (h *house) shopFor(p *person) string {
	if p.russian {
		return h.shop + "ru/"
	}
	return h.shop
}

// asked has Kira write, each as far as it gets before anybody looks.
func (s *scene) asked(texts ...string) *scene {
	s.t.Helper()
	for _, text := range texts {
		s.last = text
		if s.ann == nil {
			s.widget.write(text)
			s.widget.state(text, s.widget.in("Sent"))
		} else {
			s.widget.asks(text)
		}
	}
	return s
}

// others has more visitors write, each in a browser of their own.
func (s *scene) others(texts ...string) *scene {
	s.t.Helper()
	for _, text := range texts {
		somebody(s.t, looks{}).visit(s.shop).asks(text)
	}
	return s
}

// opened has all operators open what Kira wrote last.
func (s *scene) opened() *scene {
	s.t.Helper()
	s.number = s.ann.opens(s.last)
	if s.bob != nil {
		s.bob.pressRow(s.last)
		s.bob.at(s.number)
	}
	return s
}

// inBothLanguages runs a test with Ann in English and Bob in Russian, and the other way round.
func inBothLanguages(t *testing.T, test func(*testing.T, *scene)) {
	t.Helper()
	for name, who := range map[string]string{"Ann in English": "bob", "Ann in Russian": "ann"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, play(t, withBob, russian(who)))
		})
	}
}
