// Package browser drives the whole program in a real browser: the built server, a shop page and the console on two
// sites, headless Chromium. What a person sees and does is tested here and nowhere else; everything else is cheaper
// elsewhere.
//
// Most tests play a scene: the demo, Ann at the console, Kira at the shop, perhaps Bob. Others open a house (the demo, or
// an empty one) and get tabs of one or several people. All wait for what a person would wait for: a name, a text, a state. Nothing sleeps. -browser.shots DIR keeps a picture of every step that
// asks for one.
package browser
