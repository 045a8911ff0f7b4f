// Package words is the text of both apps in the language a person reads: sentences with places to fill, plurals, dates,
// sizes.
//
// Texts stand in widget/languages: a file per app and language, and common.LANGUAGE.txt for what both need. A line is
//
//	lost_right = Not sent: #{number} is now {who}'s. Copy text
//	unread.one = {n} new message
//	unread.other = {n} new messages
//
// Package source reads them, holds all languages to the same keys and places, writes the constants of packages
// words/visitor and words/console (go generate ./wasm/words), and compiles what browsers get: the texts alone, a line
// each, in the order of the constants. So the program carries no key names, and the browser one language.
//
//	file    lines: language · months · today · yesterday · date · date and year · sizes · decimal sign · texts by Key
//	text    UTF-8; 0x1f parts the forms of a plural; 0x01…0x09 are places 0…8
//
// The package is pure and knows no clock: times and the zone come with events.
package words

//go:generate go run ./source/generate
