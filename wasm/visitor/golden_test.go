//go:build !wasm

package main

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"beseda/protocol"
	"beseda/wasm/bridge"
	"beseda/wasm/vdom"
	"beseda/wasm/visitor/state"
)

var update = flag.Bool("update", false, "write the golden pages anew")

// TestTheWidgetLooksAsItDid compares what the widget draws in its states with testdata, element by element.
func TestTheWidgetLooksAsItDid(t *testing.T) {
	t.Parallel()
	for name, act := range map[string]func(t *testing.T) *widget{
		"before-the-loader-spoke": func(t *testing.T) *widget { return fresh(t, "en") },
		"empty-and-online":        func(t *testing.T) *widget { return live(t) },
		"empty-and-away-in-russian": func(t *testing.T) *widget {
			w := fresh(t, "ru")
			w.host("hello", "n\nru")
			w.host("show", "")
			w.welcome("K")
			w.frames(frame(protocol.KindPresence, "", &protocol.Presence{Team: true}))
			return w
		},
		"coming-back-before-the-line-stands": func(t *testing.T) *widget { return opened(t, "key", "K") },
		"a-conversation-with-every-state": func(t *testing.T) *widget {
			bot := protocol.Actor{Kind: protocol.ActorBot, ID: "01JC0000000000000000000BOT", Name: "Mila"}
			yesterday := said(1, kira, "Is the lamp back?")
			yesterday.At -= 24 * 3600_000
			file := said(4, ann, "Here it is")
			file.Body = protocol.EncodeBody(&protocol.MessageSent{Text: "Here it is", Attachments: []protocol.Attachment{
				{ID: "01JC000000000000000000000F", Name: "Luma 30 care.pdf", Kind: protocol.AttachmentOther, Type: "application/pdf", Size: 1258291},
				{ID: "01JC000000000000000000000P", Name: "lamp.png", Kind: protocol.AttachmentImage, Type: "image/png", Size: 9, Width: 640, Height: 480},
			}})
			w := live(t, yesterday, said(2, bot, "A person comes soon."), said(3, ann, "Hi! See https://shop.example/luma."), file,
				said(5, kira, "Thank you"), said(6, kira, "<b>Perfect</b>"))
			w.frames(advanced(protocol.SideTeam, 6, 5))
			w.frames(frame(protocol.KindTypingStarted, "", &protocol.TypingStarted{Who: ann}))
			w.write("refused")
			cmd := w.out(protocol.KindMessageSend)[0]
			w.frames(frame(protocol.KindRefused, cmd.ID, &protocol.Refused{Code: protocol.CodeStorageFull}))
			for range 7 { // until it gives up
				w.Now += 60_000
				w.Do(bridge.Event{Kind: bridge.Fired, A: 6})
				w.frames(frame(protocol.KindRefused, cmd.ID, &protocol.Refused{Code: protocol.CodeStorageFull}))
			}
			w.write("on its way")
			return w
		},
		"your-conversations": func(t *testing.T) *widget {
			w := live(t, said(1, kira, "Order 2917: where is it?"), said(2, ann, "It comes today"), said(5, kira, "Do you ship to Tbilisi?"))
			w.own(own(42, 5, "Do you ship to Tbilisi?", protocol.Open), own(41, 1, "Order 2917: where is it?", protocol.Closed),
				protocol.OwnConversation{Number: 7, Activity: protocol.Completed, Status: protocol.Pending, StartedAt: noon - 40*86400_000, LastAt: noon - 40*86400_000, First: 1})
			w.Click("Your conversations")
			w.answerOwn(own(42, 5, "Do you ship to Tbilisi?", protocol.Open), own(41, 1, "Order 2917: where is it?", protocol.Closed))
			w.Click("My question is solved")
			return w
		},
		"reactions-and-a-question-that-is-solved": func(t *testing.T) *widget {
			w := live(t, said(1, kira, "Where is my lamp?"), said(2, ann, "It comes today"), said(3, ann, "At four"))
			w.frames(reacted(4, 1, ann, "❤️", true), reacted(5, 2, ann, "👍", true))
			w.point(2)
			w.Click("Thumbs up")
			solved := own(41, 1, "Where is my lamp?", protocol.Closed)
			solved.Solved, solved.ClosedAt = true, noon+60_000
			w.own(solved)
			return w
		},
		"writing-near-the-limit-with-files": func(t *testing.T) *widget {
			w := live(t, said(1, ann, "How high is your ceiling?"))
			w.give("plan.png", "image/png", 1000)
			w.Do(bridge.Event{Kind: bridge.Uploading, Arg: "h1", A: 500, B: 1000})
			w.give("room.mov", "video/mp4", 140<<20)
			w.Type("Message", string(make([]byte, 1962)))
			w.Type("Message", "x")
			return w
		},
		"no-connection-and-scrolled-up": func(t *testing.T) *widget {
			w := live(t, said(1, ann, "one"))
			w.Do(bridge.Event{Kind: bridge.Kind(vdom.Scroll), Handler: state.OnScroll})
			w.frames(said(2, ann, "two"))
			w.Do(bridge.Event{Kind: bridge.Closed, A: 1006})
			w.Now += 3000
			w.Do(bridge.Event{Kind: bridge.Fired, A: 1})
			w.Do(bridge.Event{Kind: bridge.Kind(vdom.Drag), Handler: state.OnDrag, Text: "over"})
			return w
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := act(t).HTML()
			file := filepath.Join("testdata", name+".html")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("%s", diff)
			}
		})
	}
}
