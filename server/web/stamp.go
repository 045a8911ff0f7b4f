package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"

	"github.com/andybalholm/brotli"

	"beseda/protocol"
)

// configMark is where the loader's source wants the channel's looks.
const configMark = "BESEDA_CONFIG"

// The qualities of brotli. A loader is made anew whenever an owner changes something, and served a million times; but under
// a name that is perhaps nobody's, the thirtieth of the time has to do.
const (
	loaderQuality  = 11
	strangeQuality = 5
)

// loaderConfig is what the loader is stamped with: enough to draw the launcher without another request.
type loaderConfig struct {
	Channel       protocol.ChannelID
	Origin        string
	Name          string
	Color         string
	ContrastColor string
	Greeting      string // "" for none
	Language      string // "" for the page's
	Left          bool
}

// MarshalJSON writes the values alone, in the order in which the loader takes them: names would cost every page.
func (c loaderConfig) MarshalJSON() ([]byte, error) {
	return json.Marshal([]any{c.Channel, c.Origin, c.Name, c.Color, c.ContrastColor, c.Greeting, c.Language, c.Left})
}

// stampedLoader is a loader as it is sent, by encoding.
type stampedLoader struct {
	etag     string
	encoding map[string][]byte
}

// stamp writes a channel's looks into the loader's source.
func stamp(code []byte, config loaderConfig, quality int) (*stampedLoader, error) {
	text, err := json.Marshal(config) // escapes < > & and the line separators: it may stand anywhere in a script
	if err != nil {
		return nil, err
	}
	at := bytes.LastIndex(code, []byte(configMark)) // it may be spoken of before
	if at < 0 {
		return nil, errors.New("loader.js wants no configuration")
	}
	return encodeLoader(slices.Concat(code[:at], text, code[at+len(configMark):]), quality)
}

func encodeLoader(plain []byte, quality int) (*stampedLoader, error) {
	var br, gz bytes.Buffer
	bw, gw := brotli.NewWriterLevel(&br, quality), gzip.NewWriter(&gz)
	_, err1 := bw.Write(plain)
	_, err2 := gw.Write(plain)
	if err := errors.Join(err1, err2, bw.Close(), gw.Close()); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(plain)
	return &stampedLoader{
		etag:     `"` + hex.EncodeToString(sum[:8]) + `"`,
		encoding: map[string][]byte{"": plain, "br": br.Bytes(), "gzip": gz.Bytes()},
	}, nil
}
