package web

import (
	"strings"
	"testing"
)

func TestOriginOf(t *testing.T) {
	t.Parallel()
	longest := "https://" + strings.Repeat("a", maxOrigin-len("https://"))
	for address, want := range map[string]string{
		"https://Shop.example/lamps?x=1#y":         "https://shop.example",
		"http://shop.example:8080":                 "http://shop.example:8080",
		"https://ann@shop.example/":                "https://shop.example",
		longest + "/" + strings.Repeat("p", 10000): longest,
		longest + "a":                              "",
		"https://" + strings.Repeat("a", 15000):    "",
		"javascript:alert(1)":                      "",
		"https://":                                 "",
		"":                                         "",
	} {
		if got := originOf(address); got != want {
			t.Errorf("%.60q is of %.60q, want %.60q", address, got, want)
		}
	}
}
