package face_test

import (
	"testing"

	"beseda/wasm/face"
)

func TestInitials(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Kira Malova": "KM", "Лев Орлов": "ЛО", "ann": "A", "Anna Maria de la Cruz": "AC", "": "", "🙂": "",
		"Jean-Luc Picard": "JP", "  Bob  ": "B", "O'Neill": "O",
	} {
		if got := face.Initials(name); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}

func TestTintStaysTheSameForTheSameID(t *testing.T) {
	t.Parallel()
	for first, again := face.TintClass("01JC0000000000000000000001"), 0; again < 3; again++ {
		if got := face.TintClass("01JC0000000000000000000001"); got != first {
			t.Errorf("it was %s and is %s", first, got)
		}
	}
	seen := map[string]bool{}
	for _, id := range []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p"} {
		seen[face.TintClass(id)] = true
	}
	if len(seen) < face.Tints-1 {
		t.Errorf("sixteen ids share %d tints", len(seen))
	}
}
