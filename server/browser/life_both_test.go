package browser

import (
	"fmt"
	"sync"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

func TestCMP04NRN01SUB01AndReactionsWithTwoOperatorsInBothLanguages(t *testing.T) {
	t.Parallel()
	inBothLanguages(t, func(t *testing.T, s *scene) {
		ann, bob, widget := s.ann, s.bob, s.widget
		const asked = "Is the Luma in stock"
		s.asked(asked)

		// No reply needed: from the list without opening, then from the head after another message.
		ann.ask("its row", `[...document.querySelectorAll('.b-row')].some(r => r.innerText.includes(`+quoted(asked)+`))`)
		n := must[string](ann, `[...document.querySelectorAll('.b-row')].find(r => r.innerText.includes(`+quoted(asked)+`)).querySelector('a').hash.slice(1)`)
		unread := `+(document.querySelector('.b-inbox .b-badge')?.innerText || 0)`
		before := must[int](ann, unread)
		must[int](ann, `(`+find("button", ann.in("No reply needed in #%s", n))+`.click(), 1)`)
		ann.ask("NRN02: one less is unread", fmt.Sprintf(`%s === %d`, unread, before-1))
		widget.state(asked, "Read")
		if opened := must[string](ann, `location.hash`); opened != "" {
			t.Errorf("it was opened: %s", opened)
		}
		if got := bob.opens(asked); got != n {
			t.Fatalf("Bob opened #%s instead of #%s", got, n)
		}
		bob.within(bob.in("%s decided that no reply is needed", "Ann"))
		bob.ask("no button", `!`+find("button", bob.in("No reply needed")))
		widget.write("And in brass?")
		bob.see("button", bob.in("No reply needed")) // NRN-04
		ann.opens("And in brass?")
		ann.press("button", ann.in("No reply needed"))
		bob.ask("gone again", `!`+find("button", bob.in("No reply needed")))

		// The first reply takes it, for both.
		ann.fill(ann.in("Reply"), "Both, from tomorrow.")
		ann.press("button", ann.in("Send"))
		bob.within(bob.in("%s took the conversation by answering", "Ann"))
		bob.see("button", bob.in("Assigned to %s. Reassign", "Ann"))

		ann.press("tab", ann.in("Note"))
		ann.fill(ann.in("Note"), "Supplier called")
		ann.enter()
		bob.within("Supplier called")
		ann.press("button", ann.in("Edit subject"))
		ann.typed("Brass Luma")
		ann.enter()
		bob.within(bob.in("%s set the subject: %s", "Ann", "Brass Luma"))
		bob.ask("SUB02: his list shows it", `[...document.querySelectorAll('.b-row__subject')].some(e => e.innerText === 'Brass Luma')`)

		react := messageWith(asked) + `.querySelector('button[aria-label=` + ann.in("React") + `]')`
		ann.hover(asked)
		must[int](ann, `(`+react+`.click(), 1)`)
		ann.press("button", ann.in("React with 👍"))
		bob.within(bob.in("%s reacted with 👍", "Ann"))
		bob.carries(asked, bob.in("👍, %s", "Ann"), true)
		widget.ask("on the visitor's", messageWith(asked)+`.querySelector('.b-reactions__item')`)
		ann.press("button", ann.in("👍, %s. Take yours back", ann.you()))
		bob.within(bob.in("%s took back 👍", "Ann"))

		// Each of the three choices, at once for both; then back by each of the ways.
		ann.ends("Open")
		bob.pill("Completed, open")
		bob.within(bob.in("%s completed the conversation as Open", "Ann"))
		ann.press("button", ann.in("Reopen"))
		bob.within(bob.in("%s opened the conversation again", "Ann"))
		ann.ends("Pending")
		bob.pill("Completed, pending")
		ann.menu(n, "Reopen conversation")
		bob.ask("no status to speak of", `!document.querySelector('.b-talk__head .b-pill')`)
		ann.ends("Closed")
		bob.pill("Closed")
		ann.press("button", ann.in("Reopen"))
		bob.within(bob.in("%s reopened the conversation", "Ann"))
		ann.press("button", ann.in("Close")) // CLO-03
		bob.pill("Closed")
		ann.pill("Closed")
		widget.ask("a visitor sees none of it", `!/Ann (closed|completed)|Supplier|Brass Luma/.test(document.body.innerText)`)
	})
}

func TestRTE03SPL02PRV03CHN02AndMRG01WithTwoOperatorsInBothLanguages(t *testing.T) {
	t.Parallel()
	inBothLanguages(t, func(t *testing.T, s *scene) {
		s.asked("Is the Luma in stock").opened()
		ann, bob, widget, first := s.ann, s.bob, s.widget, s.number
		ann.ask("SPL01: no offer on what was never completed", `!document.querySelector('.b-splitline')`)
		ann.ends("Pending")
		widget.write("Another question entirely")
		bob.see("button", bob.in("Move what follows to a separate conversation"))
		bob.ask("directly above the message", `document.querySelector('.b-splitline').nextElementSibling.innerText.includes('Another question entirely')`)
		bob.open(s.base() + "/console/#" + first) // SPL-03: it survives a reload
		bob.see("button", bob.in("Move what follows to a separate conversation"))
		ann.press("button", ann.in("Move what follows to a separate conversation"))
		ann.ask("another number", `/^#\d+$/.test(location.hash) && location.hash !== `+quoted("#"+first))
		second := ann.number()
		bob.within(bob.in("%s moved the messages that followed to #%s", "Ann", second))
		bob.without("Another question entirely")
		bob.pill("Completed, pending")
		bob.ask("no second offer", `!document.querySelector('.b-splitline')`)

		bob.press("link", bob.in("Next conversation #%s", second))
		bob.at(second)
		bob.within(bob.in("%s moved these messages here from #%s", "Ann", first))
		bob.press("link", bob.in("Previous conversation #%s", first))
		bob.at(first)
		must[int](bob, `(history.back(), 1)`)
		bob.at(second)

		for _, o := range []*operator{bob, ann} {
			o.press("button", o.in("Show previous conversation #%s", first))
			o.within("Is the Luma in stock")
			o.ask("it is announced", `document.querySelector('[aria-expanded=true]#previous')`)
			o.see("button", o.in("Merge #%s into #%s", second, first)) // PRV-04
			o.press("button", o.in("Hide previous conversation"))
			o.without("Is the Luma in stock")
			o.ask("no merge", `!document.getElementById('merge')`)
		}
		ann.press("button", ann.in("Show previous conversation #%s", first))
		ann.press("button", ann.in("Merge #%s into #%s", second, first))
		ann.press("button", ann.in("Merge"))
		for _, o := range []*operator{ann, bob} {
			o.at(first)
			o.within("Another question entirely")
			o.ask("one row of it", `[...document.querySelectorAll('.b-row')].every(r => r.querySelector('a')?.hash !== `+quoted("#"+second)+`)`)
		}
		bob.within(bob.in("%s merged #%s into this conversation", "Ann", second))
		bob.open(s.base() + "/console/#" + second) // MRG-03
		bob.at(first)
		widget.holds("Is the Luma in stock", "Another question entirely")

		// ASG-05: assigned while closed, which it stays.
		ann.press("button", ann.in("Close"))
		bob.pill("Closed")
		ann.menu(first, "Assign…A")
		ann.focused("dialog-first")
		ann.typed("Bob")
		ann.typed(kb.ArrowDown)
		ann.enter()
		bob.within(bob.in("%s assigned you", "Ann"))
		bob.pill("Closed")
		ann.within(ann.in("%s assigned %s", ann.you(), "Bob"))
		ann.see("button", ann.in("Assigned to %s. Reassign", "Bob"))
	})
}

func TestSPL07OfTwoWhoSplitAtTheSameTimeOneDoes(t *testing.T) {
	t.Parallel()
	inBothLanguages(t, func(t *testing.T, s *scene) {
		ann, bob, widget := s.ann, s.bob, s.widget
		s.asked("Is the Luma in stock")
		first := ann.opens("Is the Luma in stock")
		ann.ends("Open")
		widget.write("Another question entirely")
		bob.opens("Another question entirely")
		offer := func(o *operator) string { return find("button", o.in("Move what follows to a separate conversation")) }
		both := []*operator{ann, bob}
		for _, o := range both {
			o.ask("the offer", offer(o))
		}
		var together sync.WaitGroup
		for _, o := range both {
			together.Go(func() { _, _ = value[int](o, `(`+offer(o)+`.click(), 1)`) })
		}
		together.Wait()
		var landed int
		for _, o := range both {
			o.ask("no offer any more", `!document.querySelector('.b-splitline')`)
			o.ask("it has been split", `location.hash !== `+quoted("#"+first)+` || document.querySelector('[role=log] a[href$="#`+next(first)+`"]')`)
			if must[string](o, `location.hash`) == "#"+next(first) {
				landed++
			}
		}
		if landed != 1 {
			t.Errorf("%d of them landed in the new conversation", landed)
		}
		for _, o := range both { // one new number, and everything in its place
			o.open(s.base() + "/console/#" + first)
			o.within("Is the Luma in stock")
			o.without("Another question entirely")
			o.press("link", o.in("Next conversation #%s", next(first)))
			o.within("Another question entirely")
			o.ask("none after it", `!document.querySelector('[role=log] a[href$="#`+next(next(first))+`"]')`)
		}
		widget.holds("Is the Luma in stock", "Another question entirely")
	})
}

func TestAUT04AndAUT05TheCountdownAndItsHoldForTwoOperatorsInBothLanguages(t *testing.T) {
	t.Parallel()
	inBothLanguages(t, func(t *testing.T, s *scene) {
		ann, bob, widget := s.ann, s.bob, s.widget
		ann.open(s.base() + "/console/conversations")
		ann.put("rule-autocomplete-after-time", "1")
		ann.put("rule-autocomplete-warn-before-time", "52")
		ann.counts("Complete when nobody writes for", "m")
		ann.counts("Warn the operator before", "s")
		ann.press("button", ann.in("Save"))
		ann.says(ann.in("Saved"))
		ann.open(s.console)
		s.asked("Quick question")
		both := []*operator{ann, bob}
		for _, o := range both {
			o.opens("Quick question")
			o.ask("the countdown", `document.querySelector('.b-countdown')?.innerText.includes(`+quoted(o.in("Completes as Open in 0:"))+`)`)
			o.row("Quick question", o.in("completes in 0:"))
		}
		widget.ask("a visitor does not see it", `!/completes|завершится/i.test(document.body.innerText)`)
		widget.write("Are you there?")
		for _, o := range both {
			o.ask("a message ends the warning", `!document.querySelector('.b-countdown')`)
		}
		for _, o := range both {
			o.ask("and another comes", `document.querySelector('.b-countdown')`)
		}
		ann.press("button", ann.in("Hold 5 min"))
		bob.within(bob.in("%s held the conversation until", "Ann"))
		for _, o := range both {
			o.ask("no warning", `!document.querySelector('.b-countdown')`)
		}
	})
}
