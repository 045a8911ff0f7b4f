package widget

import (
	"embed"
	"errors"
	"fmt"
	"strings"
)

//go:embed languages/console.*.txt
var languages embed.FS

// ErrNoText says that there is no such text.
var ErrNoText = errors.New("no such text")

// ConsoleText is one of the console's texts in a language, as its file in languages has it, for what the server writes in
// the console's words. ErrNoText where the console does not speak the language, or has no such text.
func ConsoleText(language, key string) (string, error) {
	all, err := languages.ReadFile("languages/console." + language + ".txt")
	if err != nil {
		return "", fmt.Errorf("%s: %w", language, ErrNoText)
	}
	for line := range strings.Lines(string(all)) {
		if text, ok := strings.CutPrefix(line, key+" = "); ok {
			return strings.TrimRight(text, "\r\n"), nil
		}
	}
	return "", fmt.Errorf("%s in %s: %w", key, language, ErrNoText)
}
