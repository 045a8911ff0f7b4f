package main

import (
	"regexp"
	"strings"
)

// A page gets the styles it uses: rules whose classes its program, its page or bridge.js name, animations and custom
// properties that those rules name. The sheets in widget/css are whole and know no page.
//
// A class counts as named when it stands somewhere as a word, or a word that ends with a hyphen begins it, or it is a
// word and a number: "b-message--" + kind and "b-avatar--t" + number need no list.

var (
	word     = regexp.MustCompile(`[A-Za-z_][A-Za-z0-9_-]*`)
	class    = regexp.MustCompile(`\.([A-Za-z_][A-Za-z0-9_-]*)`)
	not      = regexp.MustCompile(`:not\([^()]*\)`)
	property = regexp.MustCompile(`var\((--[a-z0-9-]+)`)
	digitEnd = regexp.MustCompile(`[0-9]+$`)
)

// words are those of a text.
func wordsOf(set map[string]bool, text string) {
	for _, w := range word.FindAllString(text, -1) {
		set[w] = true
	}
}

// used is a minified sheet without the rules that name none of the words. Custom properties that are named in the words
// alone stay too.
func used(sheet string, words map[string]bool) string {
	b := blocks(sheet)
	b = prune(b, func(r *block) bool { return r.selects(words) })
	for before := 0; before != count(b); {
		before = count(b)
		text := write(b)
		named := map[string]bool{}
		for _, m := range property.FindAllStringSubmatch(text, -1) {
			named[m[1]] = true
		}
		for w := range words {
			named["--"+w] = true
		}
		animated := map[string]bool{}
		for _, m := range regexp.MustCompile(`animation(?:-name)?:([^;}]*)`).FindAllStringSubmatch(text, -1) {
			wordsOf(animated, m[1])
		}
		b = prune(b, func(r *block) bool {
			if name, ok := strings.CutPrefix(r.head, "@keyframes "); ok {
				return animated[name]
			}
			if r.inner == nil {
				r.body = declarations(r.body, named)
				return r.body != ""
			}
			return true
		})
	}
	return write(b)
}

// block is a rule: a head and either declarations or rules.
type block struct {
	head  string
	body  string
	inner []*block
}

// blocks takes a sheet apart.
func blocks(s string) []*block {
	var all []*block
	for len(s) > 0 {
		open := top(s, '{')
		if end := top(s, ';'); end >= 0 && (open < 0 || end < open) { // @import, @charset
			all = append(all, &block{head: s[:end+1]})
			s = s[end+1:]
			continue
		}
		if open < 0 {
			break
		}
		end := open + 1
		for depth := 1; end < len(s) && depth > 0; end++ {
			switch s[end] {
			case '{':
				depth++
			case '}':
				depth--
			case '"', '\'':
				end += 1 + strings.IndexByte(s[end+1:], s[end])
			}
		}
		b := &block{head: s[:open], body: s[open+1 : end-1]}
		if strings.HasPrefix(b.head, "@media") || strings.HasPrefix(b.head, "@supports") || strings.HasPrefix(b.head, "@container") {
			b.inner = blocks(b.body)
		}
		all = append(all, b)
		s = s[end:]
	}
	return all
}

// top finds a sign outside of quotes and brackets.
func top(s string, sign byte) int {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' || c == '\'':
			i += 1 + strings.IndexByte(s[i+1:], c)
		case c == sign && depth == 0:
			return i
		case c == '(' || c == '[':
			depth++
		case c == ')' || c == ']':
			depth--
		}
	}
	return -1
}

func split(s string, sign byte) []string {
	var all []string
	for {
		at := top(s, sign)
		if at < 0 {
			return append(all, s)
		}
		all = append(all, s[:at])
		s = s[at+1:]
	}
}

// selects narrows a rule's selectors to those whose classes are all named, and tells whether one is left.
func (r *block) selects(words map[string]bool) bool {
	if strings.HasPrefix(r.head, "@") {
		return true
	}
	var left []string
	for _, selector := range split(r.head, ',') {
		wanted := true
		for _, m := range class.FindAllStringSubmatch(not.ReplaceAllString(selector, ""), -1) {
			wanted = wanted && named(m[1], words)
		}
		if wanted {
			left = append(left, selector)
		}
	}
	r.head = strings.Join(left, ",")
	return len(left) > 0
}

func named(class string, words map[string]bool) bool {
	if words[class] || words[digitEnd.ReplaceAllString(class, "")] {
		return true
	}
	for i := range class {
		if class[i] == '-' && words[class[:i+1]] {
			return true
		}
	}
	return false
}

// declarations leaves out the custom properties that nothing names.
func declarations(body string, named map[string]bool) string {
	var left []string
	for _, d := range split(body, ';') {
		if name, _, ok := strings.Cut(d, ":"); !ok || !strings.HasPrefix(name, "--") || named[name] {
			left = append(left, d)
		}
	}
	return strings.Join(left, ";")
}

func prune(all []*block, keep func(*block) bool) []*block {
	var left []*block
	for _, b := range all {
		if b.inner != nil {
			if b.inner = prune(b.inner, keep); len(b.inner) == 0 {
				continue
			}
		} else if b.body != "" && !keep(b) {
			continue
		}
		left = append(left, b)
	}
	return left
}

func count(all []*block) int { return len(write(all)) }

func write(all []*block) string {
	var s strings.Builder
	for _, b := range all {
		switch {
		case b.inner != nil:
			s.WriteString(b.head + "{" + write(b.inner) + "}")
		case b.body != "":
			s.WriteString(b.head + "{" + b.body + "}")
		case strings.HasSuffix(b.head, ";"):
			s.WriteString(b.head)
		}
	}
	return s.String()
}
