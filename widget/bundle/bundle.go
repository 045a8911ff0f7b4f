package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"beseda/wasm/words/source"
)

// app is one of the two programs and what its page is made of.
type app struct {
	name   string
	main   string // the package of its program
	tiny   bool   // TinyGo's build is preferred
	sheets []string
	also   []string // pages and scripts beside its own that use its style sheet
}

var apps = []app{
	{"visitor", "./wasm/visitor", true, []string{"tokens", "base", "widget"}, nil},
	{"console", "./wasm/operator", false, []string{"tokens", "base", "widget", "console", "settings", "operator"},
		[]string{"widget/html/setup.html", "widget/static/setup.js"}},
}

// asset is one file on its way to dist.
type asset struct {
	name string
	body []byte
	tool string
}

// file is its name with the hash of its content.
func (a *asset) file() string {
	ext := path.Ext(a.name)
	return strings.TrimSuffix(a.name, ext) + "." + hash(a.body) + ext
}

// bundle collects the assets.
type bundle struct {
	level    int
	only     string // the one app whose program is built; "" is all
	standard bool   // no TinyGo
	out      string // the folder to fill
	assets   []*asset
}

func (b *bundle) add(name string, body []byte) *asset {
	a := &asset{name: name, body: body}
	b.assets = append(b.assets, a)
	return a
}

// make builds all, those that name others last.
func (b *bundle) make() error {
	for _, app := range apps {
		if err := b.app(app); err != nil {
			return fmt.Errorf("%s: %w", app.name, err)
		}
	}
	if err := b.folder("widget/static"); err != nil {
		return err
	}
	if err := b.loader(); err != nil {
		return err
	}
	return b.pages()
}

// app makes everything of one app but its page.
func (b *bundle) app(app app) error {
	var sheet []byte
	for _, name := range app.sheets {
		s, err := os.ReadFile("widget/css/" + name + ".css")
		if err != nil {
			return err
		}
		sheet = append(sheet, s...)
	}
	sheet, err := minified("text/css", sheet)
	if err != nil {
		return err
	}
	words, err := app.words()
	if err != nil {
		return err
	}
	b.add(app.name+".css", []byte(used(string(sheet), words)))

	texts, err := source.Read("widget/languages", app.name)
	if err != nil {
		return err
	}
	for _, language := range source.Languages {
		b.add(app.name+"."+language+".txt", texts.Compile(language))
	}

	p := &program{tool: "none"}
	switch {
	case !written(app.main):
		fmt.Printf("%s has no program yet\n", app.main)
	case b.only == "" || b.only == app.name:
		if p, err = b.program(app); err != nil {
			return err
		}
	}
	b.add(app.name+".wasm", p.body).tool = p.tool
	glue, err := p.glue()
	if err != nil {
		return err
	}
	bridge, err := os.ReadFile("widget/bridge.js")
	if err != nil {
		return err
	}
	script, err := minified("text/javascript", slices.Concat(glue, []byte("\n"), bridge))
	if err != nil {
		return err
	}
	b.add(app.name+".js", script)
	return nil
}

// words are those of everything that can name a style.
func (a app) words() (map[string]bool, error) {
	set := map[string]bool{}
	files, err := sources(a.main, false)
	if err != nil {
		return nil, err
	}
	if files == nil { // not written yet: nothing can be left out
		files, err = filepath.Glob("widget/css/*.css")
		if err != nil {
			return nil, err
		}
	}
	pages, err := filepath.Glob("widget/html/" + a.name + "*.html")
	if err != nil {
		return nil, err
	}
	for _, f := range slices.Concat(files, pages, a.also, []string{"widget/bridge.js"}) {
		body, err := os.ReadFile(f)
		if err != nil {
			return nil, err
		}
		wordsOf(set, string(body))
	}
	return set, nil
}

// folder takes over files as they are, but for what can be minified.
func (b *bundle) folder(dir string) error {
	files, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, f := range files {
		if f.IsDir() {
			continue
		}
		body, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			return err
		}
		if body, err = minified(mediaType(f.Name()), body); err != nil {
			return fmt.Errorf("%s: %w", f.Name(), err)
		}
		b.add(f.Name(), body)
	}
	return nil
}

// loader is the script on customers' pages, which the server fills for each channel.
func (b *bundle) loader() error {
	body, err := os.ReadFile("widget/loader.js")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if body, err = minified("text/javascript", body); err != nil {
		return fmt.Errorf("loader.js: %w", err)
	}
	b.add("loader.js", body)
	return nil
}

// find is an asset by its name.
func (b *bundle) find(name string) *asset {
	for _, a := range b.assets {
		if a.name == name {
			return a
		}
	}
	return nil
}
