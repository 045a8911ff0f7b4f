// Command generate writes the constants of packages words/visitor and words/console; go generate ./wasm/words runs it
// in wasm/words.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"beseda/wasm/words/source"
)

func main() {
	for _, app := range []string{"visitor", "console"} {
		if err := write(app); err != nil {
			fmt.Fprintln(os.Stderr, "generate:", err)
			os.Exit(1)
		}
	}
}

func write(app string) error {
	texts, err := source.Read(filepath.Join("..", "..", "widget", "languages"), app)
	if err != nil {
		return err
	}
	b, err := texts.Constants(app)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(app, "keys.go"), b, 0o644)
}
