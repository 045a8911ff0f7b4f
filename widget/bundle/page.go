package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

var (
	assetName = regexp.MustCompile(`asset:([A-Za-z0-9._-]+)`)
	iconName  = regexp.MustCompile(`#i-([a-z-]+)`)
	symbol    = regexp.MustCompile(`(?s)<symbol id="i-([a-z-]+)".*?</symbol>`)
)

// iconsHere is where a page's icons go.
const iconsHere = "<!--icons-->"

// pages fills the pages of widget/html with the names of other assets and with icons.
func (b *bundle) pages() error {
	files, err := filepath.Glob("widget/html/*.html")
	if err != nil {
		return err
	}
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		name := filepath.Base(file)
		page, err := b.page(name, string(body))
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		b.add(name, page)
	}
	return nil
}

func (b *bundle) page(name, body string) ([]byte, error) {
	var missing error
	body = assetName.ReplaceAllStringFunc(body, func(s string) string {
		a := b.find(strings.TrimPrefix(s, "asset:"))
		if a == nil {
			missing = fmt.Errorf("there is no %s", s)
			return s
		}
		return "/assets/" + a.file()
	})
	if missing != nil {
		return nil, missing
	}
	if strings.Contains(body, iconsHere) {
		sprite, err := icons(body, strings.TrimSuffix(name, ".html"))
		if err != nil {
			return nil, err
		}
		body = strings.Replace(body, iconsHere, sprite, 1)
	}
	return minified("text/html", []byte(body))
}

// icons is the sprite with those symbols that the page or its app's code mentions.
func icons(body, name string) (string, error) {
	wanted := map[string]bool{}
	want := func(text string) {
		for _, m := range iconName.FindAllStringSubmatch(text, -1) {
			wanted[m[1]] = true
		}
	}
	want(body)
	for _, app := range apps {
		if app.name != name {
			continue
		}
		files, err := sources(app.main, false)
		if err != nil {
			return "", err
		}
		for _, f := range files {
			if filepath.Ext(f) != ".go" || strings.Contains(filepath.ToSlash(f), "/trial/") {
				continue
			}
			code, err := os.ReadFile(f)
			if err != nil {
				return "", err
			}
			want(string(code))
		}
	}
	all, err := os.ReadFile("widget/icons/icons.svg")
	if err != nil {
		return "", err
	}
	var sprite strings.Builder
	sprite.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" hidden>`)
	for _, m := range symbol.FindAllStringSubmatch(string(all), -1) {
		if wanted[m[1]] {
			sprite.WriteString(m[0])
			delete(wanted, m[1])
		}
	}
	sprite.WriteString("</svg>")
	delete(wanted, "name") // of comments
	for missing := range wanted {
		return "", fmt.Errorf("there is no icon #i-%s", missing)
	}
	return sprite.String(), nil
}
