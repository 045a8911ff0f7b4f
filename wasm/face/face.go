package face

import (
	"unicode"
	"unicode/utf8"

	"beseda/wasm/vdom"
)

// Tints is how many tints the style sheet has.
const Tints = 6

var tintClasses = [Tints]string{"b-avatar--t1", "b-avatar--t2", "b-avatar--t3", "b-avatar--t4", "b-avatar--t5", "b-avatar--t6"}

// TintClass is the class of an id's tint.
func TintClass(id string) string { return tintClasses[hash(id)%Tints] }

// Hash spreads ids evenly; it is the same in every build and never changes.
func hash(id string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(id); i++ {
		h = (h ^ uint32(id[i])) * 16777619
	}
	return h ^ h>>15
}

// Pick chooses one of n by an id, always the same.
func Pick(id string, n int) int { return int(hash(id) % uint32(n)) }

// Initials are the first letters of the first and last word of a name, in capitals; "" for a name without letters.
func Initials(name string) string {
	var first, last rune
	inWord := false
	for _, r := range name {
		letter := unicode.IsLetter(r) || unicode.IsDigit(r)
		if letter && !inWord {
			if first == 0 {
				first = r
			} else {
				last = r
			}
		}
		inWord = letter || inWord && r != ' ' && r != '\u00a0'
	}
	var b []byte
	for _, r := range [...]rune{first, last} {
		if r != 0 {
			b = utf8.AppendRune(b, unicode.ToUpper(r))
		}
	}
	return string(b)
}

// Dot says what the small mark on a face tells.
type Dot uint8

const (
	NoDot Dot = iota
	Online
	Offline
)

// Face is somebody to draw. Picture is an address, "" draws initials, and without a name an icon.
type Face struct {
	ID      string
	Name    string
	Picture string
	Icon    string // instead of initials: "#i-bot"
	Size    string // a further class: "b-avatar--sm"
	Dot     Dot
}

// Draw draws it. It is decoration: the name stands beside it in words.
func Draw(b *vdom.Builder, f Face) {
	b.Open(vdom.Span, "face")
	b.Class("b-avatar")
	if f.Size != "" {
		b.Class(f.Size)
	}
	if f.Icon == "#i-bot" {
		b.Class("b-avatar--bot")
	} else if f.Picture == "" {
		b.Class(TintClass(f.ID))
	}
	b.Attr(vdom.AriaHidden, "true")
	switch initials := Initials(f.Name); {
	case f.Picture != "":
		b.Open(vdom.Img, "")
		b.Attr(vdom.Src, f.Picture)
		b.Attr(vdom.Alt, "")
		b.Close()
	case f.Icon != "":
		b.Icon(f.Icon)
	case initials != "":
		b.Text(initials)
	default:
		b.Icon("#i-user")
	}
	if f.Dot != NoDot {
		b.Open(vdom.Span, "dot")
		b.Class("b-avatar__dot")
		if f.Dot == Online {
			b.Class("b-avatar__dot--online")
		}
		b.Close()
	}
	b.Close()
}
