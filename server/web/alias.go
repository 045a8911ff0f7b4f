package web

import (
	"hash/fnv"
	"net/url"
	"strconv"
	"strings"

	"beseda/protocol"
	"beseda/widget"
)

// aliases call visitors without a name as the console does in one language: a bird and a number, always the same.
type aliases struct {
	called string // with {bird} for both
	birds  []string
}

func aliasesIn(language string) (a aliases, err error) {
	if a.called, err = widget.ConsoleText(language, "visitor_called"); err != nil {
		return a, err
	}
	birds, err := widget.ConsoleText(language, "birds")
	a.birds = strings.Fields(birds)
	return a, err
}

func (a *aliases) of(id protocol.VisitorID) string {
	bird := a.birds[pick(string(id), len(a.birds))] + " " + strconv.Itoa(10+pick(string(id)+"#", 90))
	return strings.ReplaceAll(a.called, "{bird}", bird)
}

// pick chooses one of n by an id as wasm/face does.
func pick(id string, n int) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id))
	sum := h.Sum32()
	return int((sum ^ sum>>15) % uint32(n))
}

// inLanguage takes the reader's language out of an address, English where it says none; rest is the query without it.
func inLanguage(query string) (rest string, a aliases, err error) {
	values, err := url.ParseQuery(query)
	if err != nil {
		return "", a, protocol.Refuse(protocol.CodeInvalid, "malformed")
	}
	language := values.Get("language")
	if values.Del("language"); language == "" {
		language = "en"
	}
	if a, err = aliasesIn(language); err != nil {
		return "", a, protocol.Refuse(protocol.CodeInvalid, "field=language")
	}
	return values.Encode(), a, nil
}
