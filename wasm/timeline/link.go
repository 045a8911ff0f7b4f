package timeline

import "strings"

// Piece is a run of a message's text; URL is set where it is a link.
type Piece struct {
	Text string
	URL  string
}

// Pieces splits text into plain runs and links. Only http and https become links, written out or as "www."; what ends
// a sentence or closes a bracket that opened before the link stays outside. Joined, the texts are the text.
func Pieces(text string) []Piece {
	var all []Piece
	plain := 0
	for i := 0; i < len(text); {
		n := linkAt(text, i)
		if n == 0 {
			i++
			continue
		}
		if i > plain {
			all = append(all, Piece{Text: text[plain:i]})
		}
		url := text[i : i+n]
		if foldPrefix(url, "www.") {
			url = "https://" + url
		}
		all = append(all, Piece{Text: text[i : i+n], URL: url})
		i += n
		plain = i
	}
	if plain < len(text) {
		all = append(all, Piece{Text: text[plain:]})
	}
	return all
}

// linkAt is the length of the link that begins at i, 0 where none does.
func linkAt(text string, i int) int {
	if c := text[i]; c != 'h' && c != 'H' && c != 'w' && c != 'W' || i > 0 && text[i-1] < 0x80 && wordByte(text[i-1]) {
		return 0
	}
	rest := text[i:]
	head := 0
	for _, p := range [...]string{"https://", "http://", "www."} {
		if foldPrefix(rest, p) {
			head = len(p)
			break
		}
	}
	if head == 0 {
		return 0
	}
	end := head
	for end < len(rest) && !breaks(rest, end) {
		end++
	}
	end = trim(rest, head, end)
	if end == head || !wordByte(rest[head]) || rest[0]|0x20 == 'w' && strings.IndexByte(rest[head:end], '.') <= 0 {
		return 0
	}
	return end
}

// breaks tells whether a link cannot go on at i: space, quotes, angle brackets, controls, and direction overrides, which
// would show another address than the one that opens.
func breaks(s string, i int) bool {
	c := s[i]
	if c <= ' ' || c == '<' || c == '>' || c == '"' || c == '`' || c == 0x7f {
		return true
	}
	for _, p := range [...]string{"\u00a0", "\u00ab", "\u00bb", "\u201c", "\u201d", "\u2028", "\u2029", "\u200e", "\u200f",
		"\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\u3000", "\u3002"} {
		if strings.HasPrefix(s[i:], p) {
			return true
		}
	}
	return false
}

// trim takes from the end of a link what belongs to the sentence around it.
func trim(s string, from, end int) int {
	for end > from {
		switch c := s[end-1]; c {
		case '.', ',', ';', ':', '!', '?', '\'', '*':
			end--
		case ')', ']', '}':
			open := "([{"[strings.IndexByte(")]}", c)]
			if strings.Count(s[from:end], string(open)) >= strings.Count(s[from:end], string(c)) {
				return end
			}
			end--
		default:
			if strings.HasSuffix(s[from:end], "\u2026") {
				end -= len("\u2026")
				continue
			}
			return end
		}
	}
	return end
}

func wordByte(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0x80 || c == '['
}

func foldPrefix(s, lower string) bool {
	if len(s) < len(lower) {
		return false
	}
	for i := 0; i < len(lower); i++ {
		c := s[i]
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		if c != lower[i] {
			return false
		}
	}
	return true
}
