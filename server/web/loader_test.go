package web

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"beseda/protocol"
	"beseda/widget"
)

// TestAStampedLoaderWeighsAtMostThreeKilobytes holds the budget for what pages really fetch: the loader with looks as
// those of the demo's channels, of which one greets in Russian, whatever id and port they get.
func TestAStampedLoaderWeighsAtMostThreeKilobytes(t *testing.T) {
	t.Parallel()
	assets, err := widget.Open()
	if err != nil {
		t.Fatal("make widget comes first: ", err)
	}
	source, ok := assets.Find("loader.js")
	if !ok {
		t.Fatal("the bundle has no loader.js")
	}
	random := rand.New(rand.NewPCG(3, 1024))
	worst := 0
	for range 8 {
		id := make([]byte, 26)
		for i := range id {
			id[i] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[random.IntN(32)]
		}
		origin := fmt.Sprintf("http://127.0.0.1:%d", 1024+random.IntN(60000))
		for _, looks := range []protocol.Looks{
			{Name: "Acme home", Color: "#0a6a78",
				Greeting: "Looking for a lamp for the table? I can tell you which height works best."},
			{Name: "Акме дом", Color: "#9c4722", Language: "ru", Left: true,
				Greeting: "Ищете лампу над стол? Подскажу, на какой высоте повесить."},
		} {
			made, err := stamp(source.Bytes(""), loaderConfig{
				Channel: protocol.ChannelID(id), Origin: origin, Name: looks.Name, Color: looks.Color,
				ContrastColor: contrast(looks.Color), Greeting: looks.Greeting, Language: looks.Language, Left: looks.Left,
			}, loaderQuality)
			if err != nil {
				t.Fatal(err)
			}
			worst = max(worst, len(made.encoding["br"]))
		}
	}
	t.Logf("the heaviest of 16 weighs %d bytes", worst)
	if worst > 3<<10 {
		t.Errorf("the heaviest of 16 weighs %d bytes, %d too many", worst, worst-(3<<10))
	}
}
