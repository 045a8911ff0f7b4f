package source

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Languages are what Beseda speaks; the first decides the order of places.
var Languages = []string{"en", "ru"}

// ErrText is wrapped by every complaint about a text file.
var ErrText = errors.New("text file")

// headKeys are those of common.*.txt that stand before the texts, in the order of package words.
var headKeys = []string{"months", "today", "yesterday", "date", "date_year", "sizes", "decimal"}

// forms are the plural forms that a language has, in CLDR's order.
var forms = map[string][]string{"en": {"one", "other"}, "ru": {"one", "few", "many"}}

// Texts are the texts of one app in all languages.
type Texts struct {
	// Keys in the order of the English file: the order of the constants.
	Keys []Key
	head map[string][]string // language → lines before the texts
}

// Key is one text.
type Key struct {
	Name   string
	Places []string            // what fills it; "n" comes first in plurals
	Plural bool                //
	Text   map[string][]string // language → its forms, one where it is no plural
}

var (
	line   = regexp.MustCompile(`^([a-z][a-z0-9_]*)(?:\.([a-z]+))? = (.+)$`)
	places = regexp.MustCompile(`\{([a-z_]+)\}`)
)

// Read reads an app's files in folder: APP.LANGUAGE.txt and common.LANGUAGE.txt.
func Read(folder, app string) (*Texts, error) {
	t := &Texts{head: map[string][]string{}}
	for _, language := range Languages {
		common, err := readFile(filepath.Join(folder, "common."+language+".txt"), language)
		if err != nil {
			return nil, err
		}
		own, err := readFile(filepath.Join(folder, app+"."+language+".txt"), language)
		if err != nil {
			return nil, err
		}
		for _, name := range headKeys {
			i := slices.IndexFunc(common, func(k Key) bool { return k.Name == name })
			if i < 0 {
				return nil, fmt.Errorf("common.%s.txt: %s is missing: %w", language, name, ErrText)
			}
			t.head[language] = append(t.head[language], compiled(common[i].Text[language][0], []string{"day", "month", "year"}))
			common = slices.Delete(common, i, i+1)
		}
		if err := t.add(language, append(common, own...)); err != nil {
			return nil, fmt.Errorf("%s.%s.txt: %w", app, language, err)
		}
	}
	return t, nil
}

// add joins a language to those before it.
func (t *Texts) add(language string, keys []Key) error {
	if language == Languages[0] {
		t.Keys = keys
		return nil
	}
	for i := range t.Keys {
		k := &t.Keys[i]
		at := slices.IndexFunc(keys, func(o Key) bool { return o.Name == k.Name })
		if at < 0 {
			return fmt.Errorf("%s is missing: %w", k.Name, ErrText)
		}
		other := keys[at]
		if k.Plural != other.Plural {
			return fmt.Errorf("%s is a plural in one language only: %w", k.Name, ErrText)
		}
		for _, p := range other.Places {
			if !slices.Contains(k.Places, p) {
				return fmt.Errorf("%s: there is no {%s} in English: %w", k.Name, p, ErrText)
			}
		}
		if !k.Plural && len(other.Places) != len(k.Places) {
			return fmt.Errorf("%s: a place is missing: %w", k.Name, ErrText)
		}
		k.Text[language] = other.Text[language]
		keys = slices.Delete(keys, at, at+1)
	}
	if len(keys) > 0 {
		return fmt.Errorf("%s is not in English: %w", keys[0].Name, ErrText)
	}
	return nil
}

func readFile(path, language string) ([]Key, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read texts: %w", err)
	}
	keys, err := parse(string(b), language)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	return keys, nil
}

func parse(text, language string) ([]Key, error) {
	var keys []Key
	for n, s := range strings.Split(text, "\n") {
		if s = strings.TrimSpace(s); s == "" || s[0] == '#' {
			continue
		}
		m := line.FindStringSubmatch(s)
		if m == nil || strings.ContainsFunc(s, func(r rune) bool { return r < ' ' }) {
			return nil, fmt.Errorf("line %d does not read: %w", n+1, ErrText)
		}
		name, form, value := m[1], m[2], m[3]
		at := slices.IndexFunc(keys, func(k Key) bool { return k.Name == name })
		if at < 0 {
			at = len(keys)
			keys = append(keys, Key{Name: name, Plural: form != "", Text: map[string][]string{}})
			if form != "" {
				keys[at].Places = []string{"n"}
			}
		} else if form == "" || !keys[at].Plural {
			return nil, fmt.Errorf("line %d: %s twice: %w", n+1, name, ErrText)
		}
		k := &keys[at]
		if next := len(k.Text[language]); k.Plural && (next >= len(forms[language]) || forms[language][next] != form) {
			return nil, fmt.Errorf("line %d: %s: the forms are %v, in this order: %w", n+1, name, forms[language], ErrText)
		}
		k.Text[language] = append(k.Text[language], value)
		for _, p := range places.FindAllStringSubmatch(value, -1) {
			if !slices.Contains(k.Places, p[1]) {
				k.Places = append(k.Places, p[1])
			}
		}
		if len(k.Places) > 9 {
			return nil, fmt.Errorf("line %d: %s: more than 9 places: %w", n+1, name, ErrText)
		}
	}
	for _, k := range keys {
		if k.Plural && len(k.Text[language]) != len(forms[language]) {
			return nil, fmt.Errorf("%s: the forms are %v: %w", k.Name, forms[language], ErrText)
		}
	}
	return keys, nil
}

// Compile makes what a browser gets; package words has its form.
func (t *Texts) Compile(language string) []byte {
	lines := append([]string{language}, t.head[language]...)
	for _, k := range t.Keys {
		var all []string
		for _, form := range k.Text[language] {
			all = append(all, compiled(form, k.Places))
		}
		lines = append(lines, strings.Join(all, "\x1f"))
	}
	return []byte(strings.Join(lines, "\n") + "\n")
}

func compiled(text string, order []string) string {
	return places.ReplaceAllStringFunc(text, func(p string) string {
		return string(rune(1 + slices.Index(order, p[1:len(p)-1])))
	})
}
