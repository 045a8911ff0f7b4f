package browser

import "testing"

func TestX20OwnLettersOnACyrillicKeyboard(t *testing.T) {
	t.Parallel()
	s := play(t, withBob, russian("bob"), withoutAnn, withoutKira)
	bob := s.bob
	bob.open(s.base() + "/console/account")
	bob.see("textbox", "Буква: Следующая беседа")
	// What a browser tells of a key on a Russian keyboard.
	key := func(text, code string) {
		must[int](bob, `(document.getElementById('letter-next').focus(), document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: `+quoted(text)+`, code: `+quoted(code)+`, bubbles: true, cancelable: true})), 1)`)
	}
	key("ы", "KeyS")
	bob.ask("the letter of its place", `document.getElementById('letter-next').value === 'S'`)
	key("5", "Digit5")
	bob.says("Нажмите букву от A до Z. Осталась S.")
	bob.ask("still the letter", `document.getElementById('letter-next').value === 'S'`)
	bob.shot("letters")
	bob.accessible("a letter that is none")
	key("ф", "KeyA")
	bob.ask("exchanged with what had it", `document.getElementById('letter-next').value === 'A' && document.getElementById('letter-assign').value === 'S'`)
	bob.open(s.base() + "/console/account")
	bob.ask("kept", `document.getElementById('letter-next')?.value === 'A'`)
}
