//go:build !tinygo && !js

package protocol

import (
	"strings"
	"unicode"
)

// What is composed: drafts and quick replies. Their text is cleaned as a message's is.

func (z *DraftSave) clean() { z.Text, z.Note = cleanText(z.Text), cleanText(z.Note) }

func (z *QuickReplyCreate) clean() {
	z.Name, z.Folder, z.Text = CleanName(z.Name), CleanName(z.Folder), cleanText(z.Text)
	z.Shortcut = cleanShortcut(z.Shortcut)
}

func (z *QuickReplyChange) clean() {
	z.Name, z.Folder, z.Text = CleanName(z.Name), CleanName(z.Folder), cleanText(z.Text)
	z.Shortcut = cleanShortcut(z.Shortcut)
}

func (z *QuickReplyCreate) check() *Refusal {
	return checkQuickReply(z.Shortcut, z.Text, len(z.Attachments))
}

func (z *QuickReplyChange) check() *Refusal {
	return checkQuickReply(z.Shortcut, z.Text, len(z.Attachments))
}

// cleanShortcut takes off the stroke that people type before it.
func cleanShortcut(s string) string { return strings.TrimPrefix(CleanName(s), "/") }

func checkQuickReply(shortcut, text string, attachments int) *Refusal {
	for _, r := range shortcut {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && r != '-' && r != '_' {
			return Refuse(CodeInvalid, "field=shortcut")
		}
	}
	return checkMessage(text, attachments)
}
