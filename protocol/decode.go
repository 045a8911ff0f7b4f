//go:build !tinygo && !js

package protocol

import (
	"strconv"
	"unicode"
	"unicode/utf8"
)

// Decode reads a client's command: the only way from a frame to something that the server acts on. Besides the body,
// only Kind and ID of the frame are looked at; what else stands there is the client's and means nothing.
//
// In this order it refuses a kind that is unknown or no command (invalid field=kind), a sender who may not send it
// (forbidden), an id that is missing or no ULID (invalid field=id), text that is no UTF-8 (invalid utf8), a body that
// is malformed (invalid malformed) or outside its rules (invalid, too_long). Text comes out clean: see clean.go.
func Decode(f Frame, from Sender) (Body, *Refusal) {
	entry, ok := Lookup(f.Kind)
	if !ok || entry.Direction != Command {
		return nil, Refuse(CodeInvalid, "field=kind")
	}
	if entry.From&from == 0 {
		return nil, Refuse(CodeForbidden, "rule=sender")
	}
	if f.ID == "" && entry.Named {
		return nil, Refuse(CodeInvalid, "field=id rule=required")
	}
	if f.ID != "" && !IsID(string(f.ID)) {
		return nil, Refuse(CodeInvalid, "field=id rule=id")
	}
	body := entry.New()
	if len(f.Body) != 0 {
		if _, ok := span(f.Body, utf8.Valid); !ok {
			if _, ok := span(f.Body, nil); ok {
				return nil, Refuse(CodeInvalid, "utf8")
			}
			return nil, Refuse(CodeInvalid, "malformed")
		}
		if err := DecodeBody(f.Body, body); err != nil {
			return nil, Refuse(CodeInvalid, "malformed")
		}
	}
	if refusal := Check(body); refusal != nil {
		return nil, refusal
	}
	return body, nil
}

// Check cleans a body's text and judges it by its rules: what Decode does, for bodies that did not come in a frame.
func Check(body Body) *Refusal {
	if c, ok := body.(interface{ clean() }); ok {
		c.clean()
	}
	if refusal := validate(body); refusal != nil {
		return refusal
	}
	if c, ok := body.(interface{ check() *Refusal }); ok {
		return c.check()
	}
	return nil
}

// check holds what a message must be, on clean text: LIM-01.
func (z *MessageSend) check() *Refusal { return checkMessage(z.Text, len(z.Attachments)) }

func (z *ConversationStart) check() *Refusal { return checkMessage(z.Text, len(z.Attachments)) }

func checkMessage(text string, attachments int) *Refusal {
	if text == "" && attachments == 0 {
		return Refuse(CodeInvalid, "field=text rule=required")
	}
	return checkLength(text, MaxMessageRunes)
}

func (z *NoteAdd) check() *Refusal {
	if z.Text == "" {
		return Refuse(CodeInvalid, "field=text rule=required")
	}
	return checkLength(z.Text, MaxNoteRunes)
}

func (z *ReactionAdd) check() *Refusal { return checkEmoji(z.Emoji) }

func (z *ReactionWithdraw) check() *Refusal { return checkEmoji(z.Emoji) }

func checkLength(text string, limit int) *Refusal {
	if utf8.RuneCountInString(text) > limit {
		return Refuse(CodeTooLong, "limit="+strconv.Itoa(limit))
	}
	return nil
}

// checkEmoji wants one picture, which may be made of many code points, and no words.
func checkEmoji(s string) *Refusal {
	if s == "" || len(s) > MaxEmojiBytes {
		return Refuse(CodeInvalid, "field=emoji rule=max limit="+strconv.Itoa(MaxEmojiBytes))
	}
	picture := false
	for _, r := range s {
		switch {
		case unicode.In(r, unicode.So, unicode.Sm) || r >= 0x1f3fb && r <= 0x1f3ff, r == '\u20e3': // symbols, skin, keycaps
			picture = picture || r >= 0x80
		case unicode.Is(unicode.Variation_Selector, r), r == '\u200d', r >= 0xe0020 && r <= 0xe007f: // what joins them
		case r >= '0' && r <= '9', r == '#', r == '*', r == '\u203c', r == '\u2049', r == '\u3030', r == '\u303d': // of keycaps, and the odd ones
			picture = picture || r >= 0x80
		default:
			return Refuse(CodeInvalid, "field=emoji")
		}
	}
	if !picture {
		return Refuse(CodeInvalid, "field=emoji")
	}
	return nil
}
