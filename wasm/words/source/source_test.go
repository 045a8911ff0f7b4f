package source

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTheConstantsAreThoseOfTheTexts(t *testing.T) {
	t.Parallel()
	for _, app := range []string{"visitor", "console"} {
		texts, err := Read("../../../widget/languages", app)
		if err != nil {
			t.Fatal(err)
		}
		want, err := texts.Constants(app)
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join("..", app, "keys.go"))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(want, got) {
			t.Errorf("%s: go generate ./wasm/words, and commit it", app)
		}
	}
}

const common = "months = a\ntoday = a\nyesterday = a\ndate = {day}.{month}\ndate_year = {year}-{month}\nsizes = B\ndecimal = .\n"

// read writes an app's two languages and reads them.
func read(t *testing.T, en, ru string) (*Texts, error) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"common.en.txt": common, "common.ru.txt": common, "app.en.txt": en, "app.ru.txt": ru,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return Read(dir, "app")
}

func TestLanguagesAreHeldEqual(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ en, ru string }{
		"a key is missing in one":            {"a = A\nb = B\n", "a = А\n"},
		"a key is missing in English":        {"a = A\n", "a = А\nb = Б\n"},
		"a place is missing":                 {"a = {who} left\n", "a = вышел\n"},
		"a place is unknown in English":      {"a = left\n", "a = {who} вышел\n"},
		"a plural in one only":               {"a.one = {n} x\na.other = {n} xs\n", "a = {n}\n"},
		"a form is missing":                  {"a.one = {n} x\na.other = {n} xs\n", "a.one = {n}\na.few = {n}\n"},
		"forms out of order":                 {"a.other = {n} xs\na.one = {n} x\n", "a.one = {n}\na.few = {n}\na.many = {n}\n"},
		"a key twice":                        {"a = A\na = B\n", "a = А\n"},
		"a line that is no text":             {"hello\n", ""},
		"a control character inside":         {"a = x\x01y\n", "a = xy\n"},
		"a key that no constant can be from": {"A-b = x\n", "A-b = x\n"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := read(t, tt.en, tt.ru); !errors.Is(err, ErrText) {
				t.Errorf("error %v", err)
			}
		})
	}
}

func TestTheCompiledFileHasTextsAlone(t *testing.T) {
	t.Parallel()
	texts, err := read(t, "# c\nleft = {who} left {where}\nn.one = {n} file\nn.other = {n} files\n",
		"n.one = {n} файл\nn.few = {n} файла\nn.many = {n} файлов\nleft = Из {where} вышел {who}\n")
	if err != nil {
		t.Fatal(err)
	}
	want := "ru\na\na\na\n\x01.\x02\n\x03-\x02\nB\n.\nИз \x02 вышел \x01\n\x01 файл\x1f\x01 файла\x1f\x01 файлов\n"
	if diff := cmp.Diff(want, string(texts.Compile("ru"))); diff != "" {
		t.Error(diff)
	}
}

func TestConstantsAreNamedLikeTheirKeys(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]string{"lost_right": "LostRight", "a": "A", "no__double": "NoDouble"} {
		if got := Name(key); got != want {
			t.Errorf("%s: %s, want %s", key, got, want)
		}
	}
}
