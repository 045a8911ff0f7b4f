package browser

import (
	"fmt"
	"testing"
)

const sentence = "quite another sentence"

// signInAs signs in with a password that may be wrong.
func (p *person) signInAs(h *house, email, password string) {
	p.t.Helper()
	p.open(h.console)
	p.fill("Email", email)
	p.fill("Password", password)
	p.press("button", "Sign in")
}

// alertAt waits for what stands below a field, tied to it.
func (p *person) alertAt(field, text string) {
	p.t.Helper()
	p.ask(text+" at "+field, fmt.Sprintf(`(e => e.getAttribute('aria-invalid') === 'true' && document.activeElement === e &&
		document.getElementById(e.getAttribute('aria-describedby')).innerText.includes(%s))(%s)`, quoted(text), find("textbox", field)))
}

// still waits until nothing moves: what fades in has too little contrast until it is there.
func (p *person) still() {
	p.t.Helper()
	p.ask("nothing moves", `document.getAnimations().every(a => a.playState !== 'running')`)
}

// onScreen waits until the whole width of an element can be seen and nothing scrolls sideways.
func (p *person) onScreen(selector string) {
	p.t.Helper()
	p.ask(selector+" on screen", fmt.Sprintf(`document.documentElement.scrollWidth <= innerWidth &&
		(b => b.left >= 0 && b.right <= innerWidth)(document.querySelector(%q).getBoundingClientRect())`, selector))
}

// empty lets a textbox be typed into anew.
func (p *person) empty(name string) {
	p.t.Helper()
	must[int](p, fmt.Sprintf(`(%s.select(), 1)`, find("textbox", name)))
}

func TestAPasswordIsChangedAndTheOldOneOpensNothing(t *testing.T) {
	t.Parallel()
	h := demo(t)
	bob := somebody(t, looks{width: 1440, height: 900, dark: true}).signIn(h, "bob@example.com")
	elsewhere := somebody(t, looks{width: 390, height: 780}).signIn(h, "bob@example.com")

	bob.open(h.base() + "/console/account")
	bob.fill("Current password", "mistyped")
	bob.fill("New password", "short")
	bob.says("5 more characters.")
	bob.press("button", "Change password")
	bob.alertAt("New password", "At least 10 characters.")
	bob.empty("New password")
	bob.fill("New password", sentence)
	bob.ask("the meter is full", `document.querySelectorAll('.b-meter .is-on').length === 4`)
	bob.press("button", "Change password")
	bob.alertAt("Current password", "This is not your current password.")
	bob.still()
	bob.accessible("a password refused")
	bob.shot("password-refused")
	bob.fill("Current password", "beseda-demo") // it was selected, so this replaces it
	bob.press("button", "Change password")
	bob.says("Password changed. Other devices are signed out.")
	bob.ask("both are empty", find("textbox", "Current password")+`.value === '' && `+find("textbox", "New password")+`.value === ''`)
	bob.still()
	bob.accessible("a password changed")
	bob.shot("password-changed")
	elsewhere.says("You are signed out here.")

	bob.press("button", "Sign out")
	bob.see("button", "Sign in")
	bob.signInAs(h, "bob@example.com", "beseda-demo")
	bob.says("Email and password do not match.")
	bob.signInAs(h, "bob@example.com", sentence)
	bob.see("list", "Conversations")
}

func TestANewLinkLetsAColleagueChooseAnotherPassword(t *testing.T) {
	t.Parallel()
	h := demo(t)
	ann := somebody(t, looks{width: 390, height: 780}).signIn(h, "ann@example.com")
	bob := somebody(t, looks{width: 1440, height: 900}).signIn(h, "bob@example.com")

	ann.open(h.base() + "/console/team")
	ann.press("button", "Actions for Bob")
	ann.see("menuitem", "New one-time link")
	ann.still()
	ann.accessible("a colleague's menu")
	ann.onScreen(".b-menu")
	ann.shot("link-menu")
	ann.press("menuitem", "New one-time link")
	ann.see("heading", "One-time link for Bob")
	ann.ask("the link", `document.querySelector('dialog .b-code').innerText.includes('/setup#')`)
	ann.still()
	ann.accessible("a new link")
	ann.shot("link-shown")
	link := must[string](ann, `document.querySelector('dialog .b-code').innerText.trim()`)
	ann.press("button", "Done")
	ann.ask("it is gone", `!document.documentElement.outerHTML.includes('/setup#')`)

	elsewhere := somebody(t, looks{width: 390, height: 780})
	elsewhere.open(link)
	elsewhere.says("Welcome back, Bob")
	elsewhere.says("bob@example.com")
	elsewhere.ask("the name is not asked for again", `document.querySelector('#field-name').hidden && document.querySelector('#field-email').hidden`)
	elsewhere.still()
	elsewhere.accessible("coming back")
	elsewhere.shot("link-opened")
	elsewhere.fill("Password", sentence)
	elsewhere.press("button", "Continue")
	elsewhere.see("list", "Conversations")
	bob.says("You are signed out here.")
	bob.signInAs(h, "bob@example.com", "beseda-demo")
	bob.says("Email and password do not match.")
	bob.signInAs(h, "bob@example.com", sentence)
	bob.see("list", "Conversations")

	late := somebody(t, looks{})
	late.open(link)
	late.says("This link does not work any more")
}

func TestALostInvitationIsMadeAnew(t *testing.T) {
	t.Parallel()
	h := demo(t)
	ann := somebody(t, looks{width: 1440, height: 900}).signIn(h, "ann@example.com")
	ann.open(h.base() + "/console/team")
	ann.press("button", "Invite")
	ann.fill("Name", "Dora")
	ann.fill("Email", "dora@example.com")
	ann.press("button", "Make a link")
	ann.see("heading", "The link for Dora")
	lost := must[string](ann, `document.querySelector('dialog .b-code').innerText.trim()`)
	ann.press("button", "Done")
	ann.press("button", "Actions for Dora")
	ann.press("menuitem", "New one-time link")
	ann.see("heading", "One-time link for Dora")
	ann.ask("the link", `document.querySelector('dialog .b-code').innerText.includes('/setup#')`)
	link := must[string](ann, `document.querySelector('dialog .b-code').innerText.trim()`)

	dora := somebody(t, looks{})
	dora.open(lost)
	dora.says("This link does not work any more")
	dora.open("about:blank") // the same page with another # is not loaded anew
	dora.open(link)
	dora.says("Welcome, Dora")
	dora.ask("her name can be changed, her address not", `document.querySelector('#name').value === 'Dora' &&
		!document.querySelector('#field-name').hidden && document.querySelector('#email').readOnly && !document.querySelector('#field-email').hidden`)
	dora.fill("Password", sentence)
	dora.press("button", "Continue")
	dora.see("list", "Conversations")
}

func TestPicturesOfPasswords(t *testing.T) {
	if *shots == "" {
		t.Skip("pictures are kept with -browser.shots DIR")
	}
	h := demo(t)
	for name, l := range map[string]looks{
		"light": {width: 1280, height: 1300}, "dark": {width: 1280, height: 1300, dark: true},
		"phone": {width: 390, height: 2000}, "phone-dark": {width: 390, height: 2000, dark: true},
	} {
		ann := somebody(t, l).signIn(h, "ann@example.com")
		ann.open(h.base() + "/console/account")
		ann.see("textbox", "New password")
		ann.shot("password-" + name)
		ann.fill("New password", "ten letters")
		ann.press("button", "Change password")
		ann.alertAt("Current password", "Type your current password.")
		ann.still()
		ann.accessible("the account page, " + name)
		ann.onScreen(".b-passwords")
		ann.shot("password-missing-" + name)
		ann.open(h.base() + "/console/team")
		ann.press("button", "Actions for Bob")
		ann.see("menuitem", "New one-time link")
		ann.still()
		ann.accessible("a colleague's menu, " + name)
		ann.onScreen(".b-menu")
		ann.shot("link-menu-" + name)
		ann.press("menuitem", "New one-time link")
		ann.ask("the link", `document.querySelector('dialog .b-code').innerText.includes('/setup#')`)
		ann.still()
		ann.accessible("a new link, " + name)
		ann.onScreen("dialog")
		ann.shot("link-" + name)
	}
}
