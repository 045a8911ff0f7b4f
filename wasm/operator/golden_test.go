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
)

var update = flag.Bool("update", false, "write the goldens anew")

// TestWhatTheConsoleDraws compares whole screens with testdata; -update renews them.
func TestWhatTheConsoleDraws(t *testing.T) {
	t.Parallel()
	for name, draw := range map[string]func(*testing.T) *desk{
		"sign-in-in-russian": func(t *testing.T) *desk {
			d := load(t, "/console/", "ru")
			d.Do(bridge.Event{Kind: bridge.Answered, A: 401, B: 1})
			return d
		},
		"before-the-list-came": func(t *testing.T) *desk {
			d := load(t, "/console/", "en")
			d.Do(bridge.Event{Kind: bridge.Answered, A: 200, B: 1})
			return d
		},
		"nothing-to-answer": func(t *testing.T) *desk {
			return signedIn(t, "/console/", func(w *protocol.OperatorWelcome) { w.Inbox = protocol.Inbox{All: 3} })
		},
		"a-conversation-with-every-state": everyState,
		"a-phone-in-a-conversation": func(t *testing.T) *desk {
			d := opened(t)
			d.Do(bridge.Event{Kind: bridge.Resized, A: 24, B: 50})
			return d
		},
		"team": func(t *testing.T) *desk {
			d := signedIn(t, "/console/team")
			d.Click("Actions for Bob")
			return d
		},
		"channel-in-russian": func(t *testing.T) *desk {
			d := signedIn(t, "/console/channels/"+string(shop))
			d.Do(bridge.Event{Kind: bridge.Words, Text: "ru", Data: texts(t, "ru")})
			return d
		},
		"a-conversation-with-its-whole-life": wholeLife,
		"how-conversations-behave":           func(t *testing.T) *desk { return settings(t, "") },
		"how-a-channel-differs-in-russian": func(t *testing.T) *desk {
			d := settings(t, "/"+string(shop), func(p *protocol.Policies) {
				p.Channels = []protocol.ChannelPolicies{{Channel: shop, Values: []protocol.PolicyValue{{Key: "inbound.closed", Value: "reopen_within:24h"}}}}
			})
			d.Do(bridge.Event{Kind: bridge.Words, Text: "ru", Data: texts(t, "ru")})
			return d
		},
		"events":  func(t *testing.T) *desk { return listed(t, "/console/events?author=timer", onePage()) },
		"reports": func(t *testing.T) *desk { return reported(t, someWork()) },
		"account": func(t *testing.T) *desk { return signedIn(t, "/console/account") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := draw(t).HTML()
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
				t.Error(diff)
			}
		})
	}
}

// everyState is a conversation with a message in each state, files, ribbon lines, a typist and new lines.
func everyState(t *testing.T) *desk {
	d := opened(t)
	me := &protocol.Actor{Kind: protocol.ActorOperator, ID: string(ann), Name: "Ann"}
	visitor := &protocol.Actor{Kind: protocol.ActorVisitor, ID: string(kira)}
	d.frame(
		line(13, noon-50_000, me, protocol.KindConversationAssigned, &protocol.ConversationAssigned{Assignee: bob, AssigneeName: "Bob", Former: ann, FormerName: "Ann"}),
		line(14, noon-40_000, &protocol.Actor{Kind: protocol.ActorOperator, ID: string(bob), Name: "Bob"}, protocol.KindMessageSent, &protocol.MessageSent{
			Text: "Here it is", Attachments: []protocol.Attachment{
				{ID: "01JC000000000000000000F111", Name: "luma.png", Kind: protocol.AttachmentImage, Type: "image/png", Size: 1 << 20, Width: 1600, Height: 900},
				{ID: "01JC000000000000000000F112", Name: "care.pdf", Kind: protocol.AttachmentOther, Type: "application/pdf", Size: 2600},
			}}),
		line(15, noon-30_000, visitor, protocol.KindMessageSent, &protocol.MessageSent{Text: "Thank you"}),
		line(16, noon-29_000, nil, protocol.KindReceiptAdvanced, &protocol.ReceiptAdvanced{Side: protocol.SideVisitor, Delivered: 14, Read: 12}),
	)
	d.write("Stored")
	d.stored(d.last(protocol.KindMessageSend), 17)
	d.write("Refused")
	d.hear(d.last(protocol.KindMessageSend).ID, protocol.KindRefused, &protocol.Refused{Code: protocol.CodeNotAssigned})
	d.write("On its way")
	d.frame(protocol.Frame{Kind: protocol.KindTypingStarted, Thread: thread, Conversation: 41, Body: protocol.EncodeBody(&protocol.TypingStarted{Who: *visitor})})
	d.give(bridge.File{Handle: "1", Name: "big.mov", Type: "video/quicktime", Size: 140 << 20}, bridge.File{Handle: "2", Name: "a.txt", Size: 10})
	return d
}

// wholeLife is a conversation between two others, with everything on screen that its life brings.
func wholeLife(t *testing.T) *desk {
	d := opened(t)
	visitor := &protocol.Actor{Kind: protocol.ActorVisitor, ID: string(kira)}
	d.frame(
		line(13, noon-50_000, &protocol.Actor{Kind: protocol.ActorOperator, ID: string(bob), Name: "Bob"}, protocol.KindNoteAdded, &protocol.NoteAdded{Text: "Call the workshop"}),
		line(14, noon-40_000, &protocol.Actor{Kind: protocol.ActorTimer}, protocol.KindConversationCompleted, &protocol.ConversationCompleted{Status: protocol.Open}),
		line(15, noon-30_000, visitor, protocol.KindConversationReactivated, &protocol.ConversationReactivated{Split: true}),
		line(16, noon-30_000, visitor, protocol.KindMessageSent, &protocol.MessageSent{Text: "Another thing"}),
		line(17, noon-20_000, visitor, protocol.KindReactionAdded, &protocol.ReactionAdded{Message: 11, Emoji: "👍"}),
	)
	r := chained()
	r.SplitFrom, r.Subject, r.AwaitingSince, r.LimitAt = 16, "Luma lamp before Saturday", noon-840_000, noon-240_000
	r.Deadline, r.Announced, r.HoldMs = noon+102_000, true, 300_000
	d.changed(1, r)
	d.shown(false)
	d.Click("Note")
	d.Click("End chat")
	return d
}
