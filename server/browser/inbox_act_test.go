package browser

import (
	"context"
	"strconv"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// touch puts a finger somewhere, moves it or lifts it; where is not asked for a lifted one.
func (p *person) touch(kind input.DispatchTouchEventType, at place) {
	p.t.Helper()
	points := []*input.TouchPoint{{X: at.X, Y: at.Y}}
	if kind == input.DispatchTouchEventTypeTouchEnd {
		points = []*input.TouchPoint{}
	}
	p.run(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: kind, TouchPoints: points})
		return err
	}))
}

// onRow is where the words of a row are that is wholly in view.
func (p *person) onRow() place {
	p.t.Helper()
	const name = `[...document.querySelectorAll('.b-list .b-row__name')].find(e => e.getBoundingClientRect().y > e.closest('.b-list').getBoundingClientRect().y + 10)`
	p.ask("a row", name)
	return must[place](p, `(() => { const b = `+name+`.getBoundingClientRect(); return {X: b.x + 20, Y: b.y + b.height / 2} })()`)
}

// TestDEL02AFingerThatRestsOnARowSelectsItAndOneThatScrollsDoesNot: how long it rests the browser says.
func TestDEL02AFingerThatRestsOnARowSelectsItAndOneThatScrollsDoesNot(t *testing.T) {
	t.Parallel()
	ann := play(t, withoutKira, annLooks(looks{width: 390, height: 640, touch: true})).ann
	at := ann.onRow()
	must[int](ann, `(document.addEventListener('contextmenu', e => setTimeout(() => self.menu = !e.defaultPrevented), true), 1)`)

	ann.touch(input.DispatchTouchEventTypeTouchStart, at)
	for _, up := range []float64{20, 60, 100} {
		ann.touch(input.DispatchTouchEventTypeTouchMove, place{at.X, at.Y - up})
	}
	must[bool](ann, `new Promise(done => setTimeout(done, 800, true))`)
	ann.touch(input.DispatchTouchEventTypeTouchEnd, at)
	ann.ask("scrolling selects nothing", `!document.querySelector('.b-selectbar') && !location.hash`)

	at = ann.onRow()
	ann.touch(input.DispatchTouchEventTypeTouchStart, at)
	ann.ask("it is selected while the finger is there", `document.querySelector('.b-selectbar')?.innerText.startsWith('1 of')`)
	ann.touch(input.DispatchTouchEventTypeTouchEnd, at)
	ann.ask("lifting it opens nothing, and no menu came", `document.querySelector('.b-row[data-selected]') && !location.hash && !self.menu`)
	ann.accessible("a selection by touch")
	ann.shot("inbox-press")

	at = ann.onRow()
	ann.touch(input.DispatchTouchEventTypeTouchStart, at)
	ann.ask("once more lets go of it", `!document.querySelector('.b-selectbar')`)
	ann.touch(input.DispatchTouchEventTypeTouchEnd, at)
	ann.touch(input.DispatchTouchEventTypeTouchStart, at)
	ann.touch(input.DispatchTouchEventTypeTouchEnd, at)
	ann.ask("a short one opens", `location.hash`)
}

// TestFIL03WhatAMouseOnTheListKeepsOutIsOneClickAway: under a mouse that rests there nothing moves, and nothing is hidden.
func TestFIL03WhatAMouseOnTheListKeepsOutIsOneClickAway(t *testing.T) {
	t.Parallel()
	s := play(t).asked("the first")
	ann := s.ann
	ann.lists("the first")
	first := must[string](ann, `document.querySelector('.b-row').innerText`)
	ann.hoverOver("a row", `document.querySelectorAll('.b-row')[1]`)
	s.others("the second")
	ann.see("button", "1 new in the list")
	ann.ask("no row moved", `document.querySelector('.b-row').innerText === `+quoted(first))
	ann.accessible("a list that the mouse keeps")
	ann.shot("inbox-kept")
	ann.press("button", "1 new in the list")
	ann.lists("the second")
	ann.ask("the way is gone", `!document.querySelector('.b-list__fresh')`)
}

// TestDEL06WithoutTheRightABoxMarksAndReassignsAndDeletesNothing: whoever may not delete selects to do other things.
func TestDEL06WithoutTheRightABoxMarksAndReassignsAndDeletesNothing(t *testing.T) {
	t.Parallel()
	s := play(t, withBob).asked("for the box")
	items := `[...document.querySelectorAll('.b-menu [role=menuitem]')].map(e => e.innerText.trim()).join()`
	ann, bob := s.ann, s.bob
	for o, want := range map[*operator]string{
		ann: "Reassign…,Set status…,Add tag…,Remove tag…,Mark as unread,Delete…",
		bob: "Reassign…,Set status…,Add tag…,Remove tag…,Mark as unread",
	} {
		o.lists("for the box")
		o.selects("for the box")
		o.press("button", "Actions")
		o.ask("there is "+want, items+` === `+quoted(want))
		if o == ann {
			continue
		}
		o.shot("inbox-actions-without-delete")
		o.press("menuitem", "Mark as unread")
		o.says("1 conversation changed")
		o.selects("for the box")
		o.press("button", "Actions")
		o.press("menuitem", "Reassign…")
		o.ask("a colleague", `[...document.querySelectorAll('dialog .b-people label')].some(l => l.innerText.includes('Ann') && (l.querySelector('input').click(), true))`)
		must[int](o, `(document.querySelector('dialog form').requestSubmit(), 1)`)
		o.ask("it was tried", `!document.querySelector('dialog') || document.querySelector('.b-bulk__refused')`)
	}
}

// TestINB03AMarkOnWhatIsCompletedCountsInTheTitle, too.
func TestINB03AMarkOnWhatIsCompletedCountsInTheTitle(t *testing.T) {
	t.Parallel()
	ann := play(t).asked("to be closed").ann
	ann.opens("to be closed")
	ann.reply("done")
	ann.ends("Closed")
	ann.lacks("to be closed")
	before := must[int](ann, `+(/^\((\d+)\)/.exec(document.title) || [0, 0])[1]`)
	must[int](ann, `(document.activeElement.blur(), 1)`)
	ann.typed("u")
	ann.ask("one more in the title", `(/^\((\d+)\)/.exec(document.title) || [])[1] == `+strconv.Itoa(before+1))
	ann.ask("and above the list", `document.querySelector('.b-inbox__title .b-badge')?.innerText.trim() === `+quoted(strconv.Itoa(before+1)))
}

// TestX37AViewIsUpdatedAndASharedOneDeletedOnceThatWasAsked by keyboard and mouse.
func TestX37AViewIsUpdatedAndASharedOneDeletedOnceThatWasAsked(t *testing.T) {
	t.Parallel()
	s := play(t, withBob, russian("bob"), withoutKira)
	ann, bob := s.ann, s.bob
	chip := func(o *operator, name, is string) {
		t.Helper()
		o.ask("chip "+name+" "+is, `(e => `+is+`)([...document.querySelectorAll('.b-views__item[aria-pressed]')].find(e => e.innerText.includes(`+quoted(name)+`)))`)
	}
	save := func(name string, narrow string) {
		t.Helper()
		ann.open(s.console + "?" + narrow)
		ann.press("button", "Save this list as a view")
		ann.ask("its name", `document.activeElement.tagName === 'INPUT'`)
		ann.enter()
		ann.says("Type a name.")
		ann.shot("inbox-view-nameless")
		ann.typed(name)
		must[int](ann, `(document.querySelector('dialog [role=switch]').click(), 1)`)
		ann.press("button", "Save view")
		chip(ann, name, `e && e.getAttribute('aria-pressed') === 'true'`)
	}
	save("Waits for us", "activity=active&last=visitor")
	chip(bob, "Waits for us", `!!e`)
	ann.press("button", "Filter and sort, something is set")
	ann.look("Unanswered")
	must[int](ann, `(document.querySelector('dialog .b-button--primary').click(), 1)`)
	chip(ann, "Waits for us", `e.getAttribute('aria-pressed') === 'false'`)
	ann.shot("inbox-view-outgrown")
	ann.press("button", "Update Waits for us")
	ann.says("It will show the list as it is now.")
	ann.accessible("a view to be updated")
	ann.shot("inbox-view-update")
	ann.press("button", "Save view")
	chip(ann, "Waits for us", `e.getAttribute('aria-pressed') === 'true'`)
	must[int](bob, `([...document.querySelectorAll('.b-views__item')].find(e => e.innerText.includes('Waits for us')).click(), 1)`)
	bob.address("?activity=active&last=visitor&reply=owed")

	ann.press("button", "Change the view Waits for us")
	ann.press("button", "Delete view")
	ann.says("Delete the view Waits for us for everybody?")
	ann.ask("the safe button has focus", `document.activeElement.innerText.trim() === 'Cancel'`)
	ann.accessible("a shared view to be deleted")
	ann.shot("inbox-view-delete")
	ann.press("button", "Delete view")
	chip(ann, "Waits for us", `!e`)
	chip(bob, "Waits for us", `!e`)
}
