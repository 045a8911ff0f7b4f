package widget

import (
	"errors"
	"testing"
)

const kilobyte = 1024

// TestSizes holds the budgets of DESIGN §6, brotli, as browsers fetch them.
func TestSizes(t *testing.T) {
	t.Parallel()
	assets, err := Open()
	if errors.Is(err, ErrNotBundled) {
		t.Fatal("make widget comes first: ", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, budget := range []struct {
		name  string
		files []string
		limit int
	}{
		{"the loader, which every page view pays", []string{"loader.js"}, 3 * kilobyte},
		{"the widget to a usable message box", []string{
			"loader.js", "visitor.html", "visitor.css", "visitor.js", "visitor.wasm", "visitor.ru.txt",
		}, 100 * kilobyte},
		{"the console to its first view", []string{
			"console.html", "console.css", "console.js", "console.wasm", "console.ru.txt",
		}, 1024 * kilobyte},
	} {
		sum, standard := 0, false
		for _, name := range budget.files {
			a, ok := assets.Find(name)
			if !ok || a.Brotli == 0 {
				t.Errorf("%s: no %s in the bundle", budget.name, name)
				continue
			}
			sum += a.Brotli
			standard = standard || name == "visitor.wasm" && a.Tool != "tinygo"
		}
		t.Logf("%s: %.1f of %d KB", budget.name, float64(sum)/kilobyte, budget.limit/kilobyte)
		switch {
		case standard:
			t.Logf("%s is not judged: visitor.wasm is a stand-in of standard Go, make visitor renews it", budget.name)
		case sum > budget.limit:
			t.Errorf("%s: %d bytes, %d over the budget", budget.name, sum, sum-budget.limit)
		}
	}
}
