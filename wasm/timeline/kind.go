package timeline

import (
	"strings"

	"beseda/protocol"
)

// KindOf guesses from a media type what the server will find in a file, so that a limit is told before the upload; the
// server judges by content.
func KindOf(mediaType string) protocol.AttachmentKind {
	switch kind, _, _ := strings.Cut(mediaType, "/"); kind {
	case "image":
		return protocol.AttachmentImage
	case "audio":
		return protocol.AttachmentAudio
	case "video":
		return protocol.AttachmentVideo
	}
	return protocol.AttachmentOther
}
