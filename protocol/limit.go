package protocol

// Limits that both ends know. The server enforces them; a screen only mirrors them.
const (
	Version = 1 // of the protocol; hello offers it, welcome answers it

	MaxFrameBytes    = 64 << 10 // one WebSocket message from a client
	MaxMessageRunes  = 2000     // code points of a message after NFC (LIM-01)
	MaxNoteRunes     = 10_000   // code points of a note
	MaxSubjectRunes  = 255      // of a conversation's subject (SUB-01)
	MaxExcerptRunes  = 120      // of a quoted message
	MaxDraftRunes    = 10_000   // of a draft, which may be over the limit of a message
	MaxTags          = 1000     // of a workspace
	MaxContactTags   = 50       // of one contact
	MaxViews         = 100      // of one operator, and as many shared
	MaxQuickReplies  = 1000     // of one operator, and as many shared
	MaxGroups        = 100
	MaxPicks         = 500    // of one conversations.change
	PicksPage        = 10_000 // numbers of one answer to inbox.pick
	MaxReactions     = 50     // different emoji that one person ever puts on one message
	MaxEmojiBytes    = 64     // of a reaction
	MaxAttachments   = 10     // of one message
	MaxNameRunes     = 80     // of a person or channel
	MaxFileNameRunes = 160
	MaxURLBytes      = 2000
	MaxTitleRunes    = 200
	MaxGreetingRunes = 300
	MaxSites         = 50
	HistoryPage      = 50  // items of a page of history, also of the first
	MaxHistoryPage   = 200 // items a client may ask for
	InboxPage        = 100 // rows of the first page of the list
	EventsPage       = 50  // events of a page of the event list
	MaxOutboxBytes   = 256 << 10
	MaxImageSide     = 12000      // pixels of either side of an image
	MaxImagePixels   = 50_000_000 // of a whole image
	MinPasswordRunes = 10
	MaxPasswordBytes = 200
	UnreadCap        = 100   // counting stops here; screens show 99+
	TypingTTLMs      = 6_000 // typing expires unless it is repeated
	HelloTimeoutMs   = 10_000
	PingIntervalMs   = 25_000            // a client that heard nothing so long sends ping
	CommandMemoryMs  = 7 * 24 * 3600_000 // a repeated id is known so long
	MegaByte         = 1 << 20
	MaxImageBytes    = 25 * MegaByte
	MaxAudioBytes    = 25 * MegaByte
	MaxVideoBytes    = 100 * MegaByte
	MaxOtherBytes    = 25 * MegaByte
)

// MaxBytes is the limit of the website widget for a kind of file (LIM-02).
func MaxBytes(kind AttachmentKind) int64 {
	switch kind {
	case AttachmentImage:
		return MaxImageBytes
	case AttachmentAudio:
		return MaxAudioBytes
	case AttachmentVideo:
		return MaxVideoBytes
	}
	return MaxOtherBytes
}
