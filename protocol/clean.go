//go:build !tinygo && !js

package protocol

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// What strangers write is cleaned in one place, between decoding and the rules, so that limits count what is stored:
//
//	message.send, conversation.start, note.add
//	                        text: NFC; nothing but white space and invisible characters is no text
//	subject.change          subject: CleanName
//	visitor.visit, hello    page title: CleanName, cut to MaxTitleRunes; addresses: http and https only
//	operator.invite, profile.change, channel.create, channel.change
//	                        names: CleanName; greeting: NFC
//	tag.create, tag.change, contact.change
//	                        see check_contact.go
//	draft.save, quick_reply.create, quick_reply.change
//	                        see check_composing.go
//	group.create, group.change
//	                        names: CleanName
//	uploads                 file name: CleanFileName, called by the server where the name arrives
//
// A message's own control characters stay as they are: views write text, never markup.

func (z *MessageSend) clean() { z.Text = cleanText(z.Text) }

func (z *ConversationStart) clean() { z.Text = cleanText(z.Text) }

func (z *NoteAdd) clean() { z.Text = cleanText(z.Text) }

func (z *SubjectChange) clean() { z.Subject = CleanName(z.Subject) }

func cleanText(s string) string {
	if s = norm.NFC.String(s); blank(s) {
		return ""
	}
	return s
}

func (z *Hello) clean() {
	if z.Visit != nil {
		z.Visit.clean()
	}
}

// A page whose title or address is too long is still a page that somebody asks from: it is cut, never refused.
func (z *VisitorVisit) clean() {
	z.URL = cleanAddress(z.URL)
	z.Referrer = cleanAddress(z.Referrer)
	z.Title = cut(CleanName(z.Title), MaxTitleRunes)
}

func (z *OperatorInvite) clean() {
	z.Name = CleanName(z.Name)
	z.Email = strings.TrimSpace(norm.NFC.String(z.Email))
}

func (z *GroupCreate) clean() { z.Name = CleanName(z.Name) }

func (z *GroupChange) clean() { z.Name = CleanName(z.Name) }

func (z *ProfileChange) clean() { z.Name = CleanName(z.Name) }

func (z *ChannelCreate) clean() { z.Looks.clean() }

func (z *ChannelChange) clean() { z.Looks.clean() }

func (z *Looks) clean() {
	z.Name = CleanName(z.Name)
	z.Greeting = cleanText(z.Greeting)
}

// CleanName makes one line of a name or title: NFC, control characters and line separators are spaces, characters
// that turn or hide the direction of what follows are gone, and so is space around it. Marks that Arabic, Hebrew and
// emoji need stay. It may return "".
func CleanName(s string) string {
	s = strings.Map(neutral, norm.NFC.String(strings.ToValidUTF8(s, "\ufffd")))
	if blank(s) {
		return ""
	}
	return strings.TrimSpace(s)
}

// FoldName makes names equal that differ in case alone, of any script.
func FoldName(s string) string { return norm.NFC.String(cases.Fold().String(norm.NFD.String(s))) }

// neutral is what a name has instead of a code point; below zero for nothing.
func neutral(r rune) rune {
	switch {
	case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069': // embeddings, overrides, isolates
		return -1
	case r == '\ufeff', r == '\u2060', r == '\u200b', r == '\u00ad': // what nobody sees in a name
		return -1
	case unicode.IsControl(r), r == '\u2028', r == '\u2029':
		return ' '
	}
	return r
}

// CleanFileName is CleanName for a file: without folders, cut to MaxFileNameRunes before its extension, and never empty.
func CleanFileName(s string) string {
	s = CleanName(s[strings.LastIndexAny(s, `/\`)+1:])
	if s == "" || strings.Trim(s, ".") == "" {
		return "file"
	}
	if utf8.RuneCountInString(s) <= MaxFileNameRunes {
		return s
	}
	extension := ""
	if dot := strings.LastIndexByte(s, '.'); dot > 0 && utf8.RuneCountInString(s[dot:]) <= 16 {
		s, extension = s[:dot], s[dot:]
	}
	return cut(s, MaxFileNameRunes-utf8.RuneCountInString(extension)) + extension
}

// cleanAddress keeps a web page's address. Other schemes are dropped: the console shows it as a link, and
// javascript: is an address too. One that is too long loses its query, then everything.
func cleanAddress(s string) string {
	s = strings.TrimSpace(s)
	scheme, _, _ := strings.Cut(s, "://")
	if scheme = strings.ToLower(scheme); scheme != "http" && scheme != "https" {
		return ""
	}
	if strings.ContainsFunc(s, func(r rune) bool { return r != neutral(r) }) {
		return ""
	}
	if len(s) > MaxURLBytes {
		s = s[:strings.IndexAny(s+"?", "?#")]
	}
	if len(s) > MaxURLBytes {
		return ""
	}
	return s
}

// cut keeps the first n code points.
func cut(s string, n int) string {
	for i := range s {
		if n == 0 {
			return strings.TrimSpace(s[:i])
		}
		n--
	}
	return s
}

// blank tells that a person would see nothing.
func blank(s string) bool {
	for _, r := range s {
		if !unicode.In(r, unicode.White_Space, unicode.Cc, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point,
			unicode.Variation_Selector) {
			return false
		}
	}
	return true
}
