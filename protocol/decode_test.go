//go:build !tinygo && !js

package protocol

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const anID = "01JD0000000000000000000001"

// frameOf puts a body into a command's frame.
func frameOf(kind Kind, body Body) Frame {
	f := Frame{Kind: kind, ID: anID}
	if body != nil {
		f.Body = EncodeBody(body)
	}
	return f
}

func send(text string, files ...AttachmentID) Frame {
	return frameOf(KindMessageSend, &MessageSend{Text: text, Attachments: files})
}

func react(emoji string) Frame {
	return frameOf(KindReactionAdd, &ReactionAdd{Position: 7, Emoji: emoji})
}

func jot(text string) Frame {
	return frameOf(KindNoteAdd, &NoteAdd{Conversation: 1, Text: text})
}

func TestReactionsAreEveryPictureOfAKeyboard(t *testing.T) {
	t.Parallel()
	for _, emoji := range []string{"👍", "❤️", "👍🏽", "👩‍👩‍👧‍👦", "🇷🇺", "1️⃣", "#️⃣", "☺", "‼️", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "↔️", "©️"} {
		if _, refusal := Decode(react(emoji), FromVisitor); refusal != nil {
			t.Errorf("%q is refused: %v", emoji, refusal)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	t.Parallel()
	files := func(n int) (ids []AttachmentID) {
		for i := range n {
			ids = append(ids, AttachmentID("01JD00000000000000000000"+string(rune('A'+i/5))+string(rune('0'+i%5))))
		}
		return ids
	}
	looks := Looks{Name: "Acme", Color: "#0a7d4f"}
	for _, tc := range []struct {
		name  string
		frame Frame
		from  Sender
		want  string
	}{
		{"a kind that nobody knows", Frame{Kind: "message.shout", ID: anID}, FromVisitor, "invalid field=kind"},
		{"a frame without a kind", Frame{ID: anID}, FromVisitor, "invalid field=kind"},
		{"an event from a client", frameOf(KindMessageSent, &MessageSent{Text: "x"}), FromAdministrator, "invalid field=kind"},
		{"an answer from a client", frameOf(KindWelcome, nil), FromVisitor, "invalid field=kind"},
		{"the list for a visitor", frameOf(KindInboxRead, nil), FromVisitor, "forbidden rule=sender"},
		{"completing by a visitor", frameOf(KindConversationComplete, &ConversationComplete{Conversation: 1, Status: Open}), FromVisitor, "forbidden rule=sender"},
		{"a word for a reaction", react("ok"), FromVisitor, "invalid field=emoji"},
		{"a digit for a reaction", react("1"), FromVisitor, "invalid field=emoji"},
		{"what only joins pictures", react("\u200d\ufe0f"), FromVisitor, "invalid field=emoji"},
		{"no reaction at all", react(""), FromVisitor, "invalid field=emoji rule=max limit=64"},
		{"a reaction of many pictures", react(strings.Repeat("👍", 17)), FromVisitor, "invalid field=emoji rule=max limit=64"},
		{"a note of nothing but space", jot(" \u200b\n"), FromOperator, "invalid field=text rule=required"},
		{"a note one too long", jot(strings.Repeat("я", MaxNoteRunes+1)), FromOperator, "too_long limit=10000"},
		{"a start with nothing to say", frameOf(KindConversationStart, &ConversationStart{Thread: "01JD0000000000000000000002"}),
			FromOperator, "invalid field=text rule=required"},
		{"a status of another list", frameOf(KindStatusChange, &StatusChange{Conversation: 1, Status: "active"}), FromOperator,
			"invalid field=status rule=oneof allowed=open|pending|closed"},
		{"an invitation by an operator", frameOf(KindOperatorInvite, nil), FromOperator, "forbidden rule=sender"},
		{"a channel from a bot", frameOf(KindChannelCreate, nil), FromBot, "forbidden rule=sender"},
		{"a sender of no sort", send("x"), 0, "forbidden rule=sender"},
		{"a message without an id", Frame{Kind: KindMessageSend, Body: send("x").Body}, FromVisitor, "invalid field=id rule=required"},
		{"an id with a zero byte", Frame{Kind: KindPing, ID: "01JD00000000000000000000\x001"}, FromVisitor, "invalid field=id rule=id"},
		{"an id in small letters", Frame{Kind: KindPing, ID: "01jd0000000000000000000001"}, FromVisitor, "invalid field=id rule=id"},
		{"an id of more than 128 bits", Frame{Kind: KindPing, ID: "81JD0000000000000000000001"}, FromVisitor, "invalid field=id rule=id"},
		{"a body that is no map", Frame{Kind: KindMessageSend, ID: anID, Body: Raw{0x05}}, FromVisitor, "invalid malformed"},
		{"a body that is cut", Frame{Kind: KindMessageSend, ID: anID, Body: send("hello").Body[:8]}, FromVisitor, "invalid malformed"},
		{"a body with something after it", Frame{Kind: KindMessageSend, ID: anID, Body: append(send("hello").Body, 0xc0)}, FromVisitor, "invalid malformed"},
		{"text where a number belongs", Frame{Kind: KindHistoryRead, ID: anID, Body: Raw("\x81\xa6before\xa11")}, FromVisitor, "invalid malformed"},
		{"a number below zero", Frame{Kind: KindHistoryRead, ID: anID, Body: Raw("\x81\xa6before\xff")}, FromVisitor, "invalid malformed"},
		{"more elements than bytes", Frame{Kind: KindMessageSend, ID: anID, Body: Raw("\x81\xabattachments\xdd\x00\x00\x40\x00")}, FromVisitor, "invalid malformed"},
		{"text that is no UTF-8", send("a\xffb"), FromVisitor, "invalid utf8"},
		{"half a character", send("\xd0"), FromVisitor, "invalid utf8"},
		{"a surrogate", send("\xed\xa0\x80"), FromVisitor, "invalid utf8"},
		{"no UTF-8 in a field that nobody knows", Frame{Kind: KindPing, ID: anID, Body: Raw("\x81\xa1x\xa1\xff")}, FromVisitor, "invalid utf8"},
		{"a message of nothing", frameOf(KindMessageSend, nil), FromVisitor, "invalid field=text rule=required"},
		{"a message of white space", send(" \n\t\u3000\u2003"), FromOperator, "invalid field=text rule=required"},
		{"a message of invisible characters", send("\u200b\u2060\ufeff\u200e\u3164"), FromOperator, "invalid field=text rule=required"},
		{"2001 letters", send(strings.Repeat("a", 2001)), FromVisitor, "too_long limit=2000"},
		{"2001 letters of an operator", send(strings.Repeat("я", 2001)), FromOperator, "too_long limit=2000"},
		{"2001 emoji", send(strings.Repeat("👢", 2001)), FromBot, "too_long limit=2000"},
		{"11 files", send("", files(11)...), FromVisitor, "invalid field=attachments rule=max limit=10"},
		{"a file twice", send("", anID, anID), FromVisitor, "invalid field=attachments rule=unique"},
		{"a file that is no id", send("", anID, "../../etc/passwd"), FromVisitor, "invalid field=attachments[1] rule=id"},
		{"no conversation to close", frameOf(KindConversationClose, nil), FromOperator, "invalid field=conversation rule=required"},
		{"an assignee that is no id", frameOf(KindConversationAssign, &ConversationAssign{Conversation: 1, Assignee: "ann"}), FromOperator, "invalid field=assignee rule=id"},
		{"a page of 201", frameOf(KindHistoryRead, &HistoryRead{Limit: 201}), FromVisitor, "invalid field=limit rule=max limit=200"},
		{"a page of less than nothing", frameOf(KindHistoryRead, &HistoryRead{Limit: -1}), FromVisitor, "invalid field=limit rule=min limit=0"},
		{"a role that is none", frameOf(KindRoleChange, &RoleChange{Operator: anID, Role: "owner"}), FromAdministrator, "invalid field=role rule=oneof allowed=administrator|operator"},
		{"an address that is none", frameOf(KindOperatorInvite, &OperatorInvite{Name: "Bob", Email: "bob", Role: RoleOperator}), FromAdministrator, "invalid field=email rule=email"},
		{"a name of control characters", frameOf(KindProfileChange, &ProfileChange{Name: "\x00\u202e\n"}), FromOperator, "invalid field=name rule=required"},
		{"a name of 81", frameOf(KindProfileChange, &ProfileChange{Name: strings.Repeat("ю", 81)}), FromOperator, "too_long field=name rule=max limit=80"},
		{"a channel's name of 81", frameOf(KindChannelCreate, &ChannelCreate{Looks: Looks{Name: strings.Repeat("x", 81), Color: looks.Color}}), FromAdministrator, "too_long field=looks.name rule=max limit=80"},
		{"a colour that is style", frameOf(KindChannelCreate, &ChannelCreate{Looks: Looks{Name: "A", Color: "red;}*{"}}), FromAdministrator, "invalid field=looks.color rule=hexcolor"},
		{"51 sites", frameOf(KindChannelCreate, &ChannelCreate{Looks: looks, Sites: make([]string, 51)}), FromAdministrator, "invalid field=sites rule=max limit=50"},
		{"a version of zero", frameOf(KindHello, &Hello{}), FromVisitor, "invalid field=version rule=min limit=1"},
		{"a channel with a zero byte", frameOf(KindHello, &Hello{Version: 1, Channel: "01JD00000000000000000000\x001"}), FromVisitor, "invalid field=channel rule=id"},
		{"a device's name with control characters", frameOf(KindHello, &Hello{Version: 1, Device: "a\nb"}), FromVisitor, "invalid field=device rule=printascii"},
		{"21 threads to resume", frameOf(KindHello, &Hello{Version: 1, Resume: make([]Resume, 21)}), FromVisitor, "invalid field=resume rule=max limit=20"},
		{"a thread without a name", frameOf(KindHello, &Hello{Version: 1, Resume: make([]Resume, 1)}), FromVisitor, "invalid field=resume[0].thread rule=required"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			body, refusal := Decode(tc.frame, tc.from)
			if refusal == nil {
				t.Fatalf("accepted as %+v", body)
			}
			if refusal.Error() != tc.want {
				t.Errorf("got %q, want %q", refusal, tc.want)
			}
			if body != nil {
				t.Errorf("a refused command still has a body: %+v", body)
			}
		})
	}
}

func TestDecodeAccepts(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name  string
		frame Frame
		from  Sender
		want  Body
	}{
		{"2000 letters", send(strings.Repeat("a", 2000)), FromVisitor, &MessageSend{Text: strings.Repeat("a", 2000)}},
		{"2000 code points of emoji and Cyrillic", send(strings.Repeat("👢я", 1000)), FromOperator, &MessageSend{Text: strings.Repeat("👢я", 1000)}},
		{"4000 code points that NFC makes 2000", send(strings.Repeat("и\u0306", 2000)), FromVisitor, &MessageSend{Text: strings.Repeat("й", 2000)}},
		{"white space beside a file", send(" \n", anID), FromVisitor, &MessageSend{Attachments: []AttachmentID{anID}}},
		{"text with its own lines and spaces", send("  a\n\tb "), FromVisitor, &MessageSend{Text: "  a\n\tb "}},
		{"an emoji that is joined from others", send("👩\u200d💻"), FromVisitor, &MessageSend{Text: "👩\u200d💻"}},
		{"a ping without an id", Frame{Kind: KindPing}, FromVisitor, &Ping{}},
		{"no assignee", frameOf(KindConversationAssign, &ConversationAssign{Conversation: 1}), FromBot, &ConversationAssign{Conversation: 1}},
		{"fields from a newer client", Frame{Kind: KindTypingStart, Body: Raw("\x82\xa4mood\x93\x01\x02\x03\xacconversation\x29")}, FromOperator, &TypingStart{Conversation: 41}},
		{"names in bytes, as some encoders write", Frame{Kind: KindTypingStart, Body: Raw("\x81\xc4\x0cconversation\x29")}, FromOperator, &TypingStart{Conversation: 41}},
		{"numbers in wider forms than needed", Frame{Kind: KindTypingStart, Body: Raw("\xdf\x00\x00\x00\x01\xd9\x0cconversation\xd3\x00\x00\x00\x00\x00\x00\x00\x29")}, FromOperator, &TypingStart{Conversation: 41}},
		{"a title that tries to turn the line", frameOf(KindVisitorVisit, &VisitorVisit{Title: "\u202egpj.exe\x00 \n"}), FromVisitor, &VisitorVisit{Title: "gpj.exe"}},
		{"a title that is too long", frameOf(KindVisitorVisit, &VisitorVisit{Title: strings.Repeat("я", 3000)}), FromVisitor, &VisitorVisit{Title: strings.Repeat("я", MaxTitleRunes)}},
		{"an address that is a program", frameOf(KindVisitorVisit, &VisitorVisit{URL: "javascript://x/%0aalert(1)", Referrer: "https://a.example/"}), FromVisitor, &VisitorVisit{Referrer: "https://a.example/"}},
		{"an address with a long query", frameOf(KindHello, &Hello{Version: 1, Visit: &VisitorVisit{URL: "https://a.example/b?" + strings.Repeat("q", 3000)}}), FromVisitor, &Hello{Version: 1, Visit: &VisitorVisit{URL: "https://a.example/b"}}},
		{"a name in letters that are joined", frameOf(KindProfileChange, &ProfileChange{Name: " Зои\u0306а\t"}), FromOperator, &ProfileChange{Name: "Зойа"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			body, refusal := Decode(tc.frame, tc.from)
			if refusal != nil {
				t.Fatal(refusal)
			}
			if diff := cmp.Diff(tc.want, body); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Whoever may send a kind by the table gets past the sender's check, and nobody else does.
func TestDecodeAsksTheRegistryWhoMaySend(t *testing.T) {
	t.Parallel()
	for e := range Entries() {
		for _, from := range []Sender{FromVisitor, FromOperator, FromBot, FromAdministrator} {
			_, refusal := Decode(Frame{Kind: e.Kind, ID: anID}, from)
			forbidden := refusal != nil && refusal.Code == CodeForbidden
			if want := e.Direction == Command && e.From&from == 0; forbidden != want {
				t.Errorf("%s from %d: %v", e.Kind, from, refusal)
			}
		}
	}
}

func TestCommandsOfTheGoldensAreAccepted(t *testing.T) {
	t.Parallel()
	for _, g := range goldens(t) {
		entry, _ := Lookup(g.frame.Kind)
		if entry.Direction != Command {
			continue
		}
		body, refusal := Decode(g.frame, entry.From)
		if refusal != nil {
			t.Errorf("%s: %v", g.name, refusal)
			continue
		}
		if !bytes.Equal(EncodeBody(body), g.frame.Body) {
			t.Errorf("%s: cleaning changed %+v", g.name, body)
		}
	}
}

// Nothing that a decoded frame holds may change when the buffer it came from is used again.
func TestADecodedFrameOwnsItsMemory(t *testing.T) {
	t.Parallel()
	for _, g := range goldens(t) {
		b := bytes.Clone(g.msgpack)
		f, _, err := DecodeFrame(b)
		if err != nil {
			t.Fatal(err)
		}
		var small Frame
		if err := decodeCompact(b, &small); err != nil {
			t.Fatal(err)
		}
		clear(b)
		for _, got := range []Frame{f, small} {
			if diff := cmp.Diff(g.frame, got); diff != "" {
				t.Errorf("%s: %s", g.name, diff)
			}
		}
	}
}

func TestFileNamesAreMadeHarmless(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, in, want string }{
		{"folders are gone", `..\..\a/../../etc/passwd`, "passwd"},
		{"a name of dots is none", "a/..", "file"},
		{"nothing is a file", "", "file"},
		{"invisible is nothing", "\u200b\u202e", "file"},
		{"the direction is not turned", "photo\u202egpj.exe", "photogpj.exe"},
		{"lines become spaces", "a\r\nb.txt", "a  b.txt"},
		{"no UTF-8 is shown as such", "a\xff.txt", "a\ufffd.txt"},
		{"a long name keeps its extension", strings.Repeat("я", 200) + ".jpeg", strings.Repeat("я", MaxFileNameRunes-5) + ".jpeg"},
		{"a long name without one is cut", strings.Repeat("b", 200), strings.Repeat("b", MaxFileNameRunes)},
		{"a long extension is none", "a." + strings.Repeat("b", 200), "a." + strings.Repeat("b", MaxFileNameRunes-2)},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if got := CleanFileName(tc.in); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}
