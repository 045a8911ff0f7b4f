package state

import (
	"strings"

	"beseda/wasm/words"
	say "beseda/wasm/words/console"
)

// judgeSite finds what is wrong with a site as it was typed; 0 is nothing. The server has the last word and turns what
// is right into an origin.
func judgeSite(typed string) words.Key {
	rest := typed
	if scheme, after, there := strings.Cut(typed, "://"); there {
		if s := strings.ToLower(scheme); s != "http" && s != "https" {
			return say.SiteScheme
		}
		rest = after
	}
	if strings.ContainsAny(rest, " \t\u00a0") {
		return say.SiteSpace
	}
	host, _, _ := strings.Cut(rest, "/")
	if strings.ContainsAny(host, ",;'\"<>()@?#") {
		return say.SiteCharacter
	}
	name, port, hasPort := strings.Cut(host, ":")
	if strings.HasPrefix(host, "[") {
		return 0 // an address of IPv6
	}
	if hasPort && !digits(port) {
		return say.SiteCharacter
	}
	below := strings.TrimPrefix(name, "*.")
	switch {
	case below == "" || strings.Contains(below, "*"):
		return say.SiteStar
	case strings.HasPrefix(below, ".") || strings.HasSuffix(below, ".") || strings.Contains(below, ".."):
		return say.SiteDots
	case below != "localhost" && !strings.Contains(below, "."):
		return say.SiteEnding
	}
	return 0
}

func digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != "" && len(s) <= 5
}
