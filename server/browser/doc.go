// Package browser drives the whole program in a real browser: the built server, a shop page and the console on two
// sites, headless Chromium. What a person sees and does is tested here and nowhere else; everything else is cheaper
// elsewhere.
//
// A test opens a house (the demo, or an empty one), gets tabs of one or several people, and waits for what a person
// would wait for: a name, a text, a state. Nothing sleeps. -browser.shots DIR keeps a picture of every step that
// asks for one.
package browser
