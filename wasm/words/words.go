package words

import (
	"strconv"
	"strings"
)

// Key names a text; the constants are in packages words/visitor and words/console.
type Key int

// Lines before the texts; source writes them in this order from keys of the same names.
const (
	lineLanguage = iota
	lineMonths
	lineToday
	lineYesterday
	lineDate
	lineDateYear
	lineSizes
	lineDecimal
	head
)

const (
	form  = '\x1f' // between the forms of a plural
	place = '\x01' // the first place of a text
	last  = '\x09'
)

// Words is a language. The zero value answers empty texts. Safe for concurrent use after Parse.
type Words struct {
	lines []string
	// Zone is where the person's clock is; the app sets it.
	Zone Zone
}

// Parse reads what a browser got. A file that is short of lines answers empty texts for them.
func Parse(file []byte) *Words {
	return &Words{lines: strings.Split(strings.TrimSuffix(string(file), "\n"), "\n")}
}

func (w *Words) line(n int) string {
	if w == nil || n >= len(w.lines) {
		return ""
	}
	return w.lines[n]
}

// Language is the code of the language: "en".
func (w *Words) Language() string { return w.line(lineLanguage) }

// Text is a text without places. Views ask for hundreds: see vdom.Builder on calls.
//
//go:noinline
func (w *Words) Text(k Key) string { return w.line(head + int(k)) }

// Fill is a text with its places filled, in the order that the constant's comment names.
func (w *Words) Fill(k Key, fill ...string) string { return filled(w.Text(k), fill) }

// Count is the form of a text that goes with a number, which is its first place; fill has the others.
func (w *Words) Count(k Key, n int, fill ...string) string {
	forms := strings.Split(w.Text(k), string(rune(form)))
	i := plural(w.Language(), n)
	if i >= len(forms) {
		i = len(forms) - 1
	}
	return filled(forms[i], append([]string{strconv.Itoa(n)}, fill...))
}

func filled(text string, fill []string) string {
	b := make([]byte, 0, len(text)+32)
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c < place || c > last {
			b = append(b, c)
		} else if n := int(c - place); n < len(fill) {
			b = append(b, fill[n]...)
		}
	}
	return string(b)
}

// plural is the place of a number's form among the language's: by CLDR one, other in English; one, few, many in
// Russian. A language without a rule has one form.
func plural(language string, n int) int {
	if n < 0 {
		n = -n
	}
	switch language {
	case "en":
		if n == 1 {
			return 0
		}
		return 1
	case "ru":
		switch ten, hundred := n%10, n%100; {
		case ten == 1 && hundred != 11:
			return 0
		case ten >= 2 && ten <= 4 && (hundred < 12 || hundred > 14):
			return 1
		}
		return 2
	}
	return 0
}

// Size says how large a file is: "140 MB", "1.5 MB", "12 KB". A size that is a limit reads as its round number.
func (w *Words) Size(bytes int64) string {
	units := strings.Fields(w.line(lineSizes))
	if len(units) < 4 {
		return strconv.FormatInt(bytes, 10)
	}
	unit, of := 0, int64(1)
	for unit < 3 && bytes >= of*1024 {
		unit++
		of *= 1024
	}
	whole, tenth := bytes/of, bytes%of*10/of
	if unit == 0 || whole >= 10 || tenth == 0 {
		if unit > 0 && bytes%of*2 >= of && whole >= 10 {
			whole++
		}
		return strconv.FormatInt(whole, 10) + " " + units[unit]
	}
	return strconv.FormatInt(whole, 10) + w.line(lineDecimal) + strconv.FormatInt(tenth, 10) + " " + units[unit]
}
