package browser

import (
	"context"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"beseda/protocol"
	"beseda/server/session/line"
)

// bot adds a bot to the demo's team, and connects it. Leaving ends its connection.
func (h *house) bot(name string) (b *line.Line, leaving context.CancelFunc) {
	h.t.Helper()
	folders, err := filepath.Glob(filepath.Join(h.temp, "beseda-demo-*"))
	if err != nil || len(folders) != 1 {
		h.t.Fatalf("the demo's folders: %v %v", folders, err)
	}
	program, err := h.build.program()
	if err != nil {
		h.t.Fatal(err)
	}
	token, err := exec.Command(program, "bot", "add", name, "--data", folders[0]).Output()
	if err != nil {
		h.t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(h.t.Context(), patience)
	defer stop()
	b, err = line.Dial(ctx, h.base(), line.Options{Bearer: strings.TrimSpace(string(token)), JSON: true})
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(b.Close)
	if _, err := b.Hello(ctx, protocol.Hello{}); err != nil {
		h.t.Fatal(err)
	}
	return b, b.Close
}

// says sends a message of a bot.
func (h *house) says(bot *line.Line, number, text string) {
	h.t.Helper()
	ctx, stop := context.WithTimeout(h.t.Context(), patience)
	defer stop()
	n, err := strconv.ParseUint(number, 10, 64)
	if err != nil {
		h.t.Fatal(err)
	}
	if _, err := bot.Do(ctx, protocol.KindMessageSend, &protocol.MessageSend{Conversation: protocol.Number(n), Text: text}); err != nil {
		h.t.Fatal(err)
	}
}

func TestASG02AndCLO06ABotIsGivenAConversationAndItIsTakenOverLive(t *testing.T) {
	t.Parallel()
	inBothLanguages(t, func(t *testing.T, s *scene) {
		ann, bob, widget := s.ann, s.bob, s.widget
		mila, leaves := s.bot("Mila")
		s.asked("Which bulb fits?")
		n := bob.opens("Which bulb fits?")
		ann.opens("Which bulb fits?")

		// Ann gives it to the bot, which Bob sees, and no field to answer in.
		ann.menu(n, "Assign…A")
		ann.focused("dialog-first")
		ann.ask("people first, then the bot, which is here", `(() => { const all = [...document.querySelectorAll('dialog .b-people__item')].map(e => e.innerText);
			return all.length === 3 && all[2].startsWith(`+quoted(ann.in("%s, bot", "Mila"))+`) && all[2].includes(`+quoted(ann.in("Online"))+`) })()`)
		ann.accessible("assign window with a bot")
		ann.shot("life-assign-bot")
		ann.typed("mil")
		ann.ask("found", `document.querySelectorAll('dialog .b-people__item').length === 1`)
		must[int](ann, `(document.querySelector('dialog input[type=radio]').click(), 1)`)
		ann.submit()
		bob.within(bob.in("%s assigned %s", "Ann", "Mila"))
		bob.says(bob.in("A bot is answering #%s: %s", n, "Mila"))
		bob.ask("no field, no End chat", `!`+find("textbox", bob.in("Reply"))+` && !document.getElementById('end-chat')`)
		bob.row("Which bulb fits?", "Mila")
		bob.accessible("what a bot has")
		bob.shot("life-held-by-bot")

		// What the bot says is a bot's, and nobody's answer: the wait goes on.
		s.says(mila, n, "Any with an E27 socket.")
		widget.says("Any with an E27 socket.")
		bob.ask("a bot's message", `[...document.querySelectorAll('.b-message--bot')].some(e => e.innerText.includes('E27'))`)
		ann.see("button", ann.in("No reply needed"))

		// Bob may take it for himself and for nobody else.
		must[int](bob, `(document.getElementById('assignee').click(), 1)`)
		bob.ask("he alone", `(() => { const all = [...document.querySelectorAll('dialog .b-people__item')]; return all.length === 1 && all[0].innerText.startsWith('Bob') })()`)
		bob.press("button", bob.in("Cancel"))
		must[int](bob, `([...document.querySelectorAll('.b-locked button')].pop().click(), 1)`)
		ann.within(ann.in("%s took the conversation", "Bob"))
		ann.see("button", ann.in("Assigned to %s. Reassign", "Bob"))
		bob.fill(bob.in("Reply"), "An LED with 800 lumens.")
		bob.press("button", bob.in("Send"))
		widget.says("An LED with 800 lumens.")

		// CLO-06: given to the bot again, it is closed to Bob, who had it, and his text is kept for him.
		bob.fill(bob.in("Reply"), "half an answer")
		ann.menu(n, "Reassign…A")
		ann.focused("dialog-first")
		ann.typed("mil")
		ann.typed(kb.ArrowDown)
		ann.enter()
		bob.says(bob.in("#%s is with %s now", n, "Mila"))
		bob.see("button", bob.in("Copy my text"))
		ann.within(ann.in("%s assigned %s", ann.you(), "Mila"))
		widget.ask("nothing of it reached her", `!document.body.innerText.includes('half an answer')`)

		leaves()
		ann.press("button", ann.in("Take it"))
		ann.see("button", ann.in("Assigned to %s. Reassign", "Ann"))
		ann.menu(n, "Reassign…A")
		ann.ask("the bot is gone", `[...document.querySelectorAll('dialog .b-people__item')].some(e => e.innerText.startsWith(`+quoted(ann.in("%s, bot", "Mila"))+`) && e.innerText.includes(`+quoted(ann.in("Offline"))+`))`)
	})
}
