package state

import (
	"beseda/wasm/bridge"
	"beseda/wasm/vdom"
)

// What the view's elements ask for. The view names them in On.
const (
	Ground vdom.Handler = 1 + iota // a click on nothing in particular
	EmailTyped
	PasswordTyped
	SignIn
	SignOut
	Follow // a link inside the console; Arg is its address
	KeyPressed

	ShowLook // Arg is the query of a list
	OpenFilter
	SetLook // Arg is a kind and a value
	ResetLook
	TagQuery
	OpenView // Arg is a view's id, or "" for a new one
	ShowView // Arg is a view's id
	ViewShared
	SaveView
	DeleteView
	FindTyped
	FindKey
	OpenFound
	SelectRow // Arg is a number
	SelectAll
	ClearSelection
	OpenActions
	OpenBulk   // Arg is an act
	BulkChosen // Arg is an id
	RunBulk
	OpenExport
	ListScrolled
	ListHeld
	ListFreed
	ListCaughtUp
	ListKey
	RowFocused // Arg is the number

	TalkScrolled
	Jump
	ReopenTalk // look again
	OpenMenu   // Arg is an operator's id, or "" for the number's menu
	MenuKey    // Arg "INDEX COUNT"
	CloseTalk
	Reopen
	Claim
	OpenAssign
	AssignQuery
	AssignChosen // Arg is an operator's id or NobodyChoice
	Assign
	TogglePanel

	OpenEnd
	StatusChosen // Arg is a status
	End
	SetStatus // Arg is a status
	CloseRow  // Arg is a number
	Waive     // Arg is a number, or "" for the open one
	WaiveAgain
	Hold
	OpenSubject
	SubjectTyped
	SubjectKey
	SaveSubject
	ChooseKind     // Arg "note" or ""
	TabKey         // Arg is the kind of the other tab
	ToggleReaction // Arg "POSITION EMOJI"
	OpenReact      // Arg is a position
	EmojiKey       // Arg "INDEX COUNT"
	TalkKey
	ShowMessage // Arg is a position
	TogglePrevious
	Split
	OpenMerge
	Merge
	RuleChosen   // Arg is a key
	RuleSwitched // Arg is a key
	RuleTimed    // Arg is a key
	RuleUnit     // Arg is a key
	RuleStatus   // Arg is a status
	RuleOwn      // Arg is a key
	RuleInherit  // Arg is a key
	RulePreset   // Arg is a preset
	SaveRules
	ResetRules
	FilterType  // Arg is a group of kinds
	FilterActor // Arg is a sort of author
	FilterSince
	FilterUntil
	FilterNumber
	FilterReset
	ShowOlder
	ShowNew
	RetryPage
	RetryReport
	PageScrolled
	AssignKey
	CopyAddress // of the open conversation

	Written
	ReplyKey
	ReplyLeft
	Send
	ChooseFiles
	FilesGiven
	Dragged
	RetryFile  // Arg is a handle
	RemoveFile // Arg is a handle
	RemoveFiles
	Retry      // Arg is a command's id
	Discard    // Arg is a command's id
	CopyUnsent // Arg is a command's id
	CopyDraft

	CloseDialog
	DialogKey
	ToastDismissed
	ToastHeld
	ToastFreed

	OpenInvite
	InviteName
	InviteEmail
	Invite
	CopyInvite
	AskDeactivate // Arg is an operator's id
	Deactivate
	Activate // Arg is an operator's id

	FormChanged // Arg is the field
	SitesLeft
	ColorLeft
	PreviewTheme // Arg "dark" or ""
	SaveChannel
	ResetForm
	CopyTag // Arg is a channel's id
	DiscardForm

	NameTyped
	SaveName
	ChoosePicture
	Revoke   // Arg is a session's id
	SetTheme // Arg is a theme
	SetLanguage
	Toggle // Arg is a preference
	AskToNotify
	OpenKeys
	Reload

	CurrentTyped
	NewTyped
	ChangePassword
	NewLink // Arg is an operator's id

	Quote // Arg is a position
	Unquote
	ShowQuoted  // Arg "POSITION NUMBER"
	ToolKey     // Arg "POSITION INDEX"
	MessageHeld // Arg is a position
	ReactHeld   // Arg is a position
	CopyMessage // Arg is a position
	OpenQuick
	PickQuick // Arg is a quick reply's id
	QuickFrom // Arg is a position
	NewQuick
	QuickTyped // Arg is a field's id
	QuickShared
	QuickFiles
	SaveQuick
	MarkUnread
	OpenBlock
	Block
	Unblock
	OpenDelete
	DeleteTalk
	OpenPerson
	PersonTyped // Arg is a field's id
	PersonKey
	LeavePerson
	SavePerson
	OpenTagging
	TagFind
	TagKey
	AddTag    // Arg is a tag's id
	PinTag    // Arg is a tag's id
	RemoveTag // Arg is a tag's id
	TagColor  // Arg is a colour
	MakeTag
	OpenPalette
	PaletteTyped
	PaletteKey
	RunCommand // Arg is its place
	LetterKey  // Arg is a shortcut's name
	ResetLetters
	OpenGroup // Arg is a group's id, or "" for a new one
	DialogNamed
	SaveGroup
	AskDeleteGroup // Arg is a group's id
	DeleteGroup
	SetRight    // Arg is a group's id and a right
	OpenMember  // Arg is an operator's id
	GroupChosen // Arg is a role or a group's id
	SaveMember
	OpenTag    // Arg is a tag's id, or "" for a new one
	TagColored // Arg is a colour
	SaveTag
	AskDeleteTag // Arg is a tag's id
	DeleteTag
	AuditBy
	CopySeal // Arg is the seal
	OpenAuditCheck
	FindReply
	ReplyFolder
	MakeReply      // Arg is a quick reply's id, or "" for a new one
	InsertVariable // Arg is a variable
	AskDeleteReply // Arg is a quick reply's id
	DeleteReply
	RetryLook
	TeamFind
	TeamTicked // Arg is an operator's id

	SendThere // Arg is the message's id
	SendAgain // Arg is the message's position
	Undo
	RowPressed // Arg is a number
	RowLeft
	RowMenu    // Arg is a number
	UpdateView // Arg is a view's id
	ExportList // Arg is csv or xlsx

	OpenEmoji
	EmojiHeld // a click inside the choice
	EmojiTyped
	EmojiFindKey
	PickEmoji     // Arg is the emoji
	GlyphKey      // Arg is its place
	EmojiGroup    // Arg is its place
	EmojiGroupKey // Arg is its place
	LetterTyped   // Arg is a shortcut's name
	LetterLeft

	handlerEnd
)

type handler func(*State, *bridge.Event, *bridge.Effects)

// handlers says what each does; a test holds that none is missing.
var handlers = [handlerEnd]handler{
	Ground:        func(_ *State, _ *bridge.Event, _ *bridge.Effects) {},
	EmailTyped:    (*State).emailTyped,
	PasswordTyped: (*State).passwordTyped,
	SignIn:        (*State).signIn,
	SignOut:       (*State).signOut,
	Follow:        (*State).follow,
	KeyPressed:    (*State).keyPressed,

	ShowLook:       (*State).showLook,
	OpenFilter:     (*State).openFilter,
	SetLook:        (*State).setLook,
	ResetLook:      (*State).resetLook,
	TagQuery:       (*State).tagQuery,
	OpenView:       (*State).openView,
	ShowView:       (*State).showView,
	ViewShared:     (*State).viewShared,
	SaveView:       (*State).saveView,
	DeleteView:     (*State).deleteView,
	FindTyped:      (*State).findTyped,
	FindKey:        (*State).findKey,
	OpenFound:      (*State).openFound,
	SelectRow:      (*State).selectRow,
	SelectAll:      (*State).selectAll,
	ClearSelection: (*State).clearSelection,
	OpenActions:    (*State).openActions,
	OpenBulk:       (*State).openBulk,
	BulkChosen:     (*State).bulkChosen,
	RunBulk:        (*State).runBulk,
	OpenExport:     (*State).openExport,
	ListScrolled:   (*State).listScrolled,
	ListHeld:       (*State).listHeld,
	ListFreed:      (*State).listFreed,
	ListCaughtUp:   (*State).listCaughtUp,
	ListKey:        (*State).listKey,
	RowFocused:     (*State).rowFocused,

	TalkScrolled: (*State).talkScrolled,
	Jump:         (*State).jump,
	ReopenTalk:   (*State).reopenTalk,
	OpenMenu:     (*State).openMenu,
	MenuKey:      (*State).menuKey,
	CloseTalk:    (*State).closeTalk,
	Reopen:       (*State).reopen,
	Claim:        (*State).claim,
	OpenAssign:   (*State).openAssign,
	AssignQuery:  (*State).assignQuery,
	AssignChosen: (*State).assignChosen,
	Assign:       (*State).assign,
	TogglePanel:  (*State).togglePanel,

	OpenEnd:        (*State).openEnd,
	StatusChosen:   (*State).statusChosen,
	End:            (*State).end,
	SetStatus:      (*State).setStatus,
	CloseRow:       (*State).closeRow,
	Waive:          (*State).waive,
	WaiveAgain:     (*State).waiveAgain,
	Hold:           (*State).hold,
	OpenSubject:    (*State).openSubject,
	SubjectTyped:   (*State).subjectTyped,
	SubjectKey:     (*State).subjectKey,
	SaveSubject:    (*State).saveSubject,
	ChooseKind:     (*State).chooseKind,
	TabKey:         (*State).tabKey,
	ToggleReaction: (*State).toggleReaction,
	OpenReact:      (*State).openReact,
	EmojiKey:       (*State).emojiKey,
	TalkKey:        (*State).talkKey,
	ShowMessage:    (*State).showMessage,
	TogglePrevious: (*State).togglePrevious,
	Split:          (*State).split,
	OpenMerge:      (*State).openMerge,
	Merge:          (*State).merge,
	RuleChosen:     (*State).ruleChosen,
	RuleSwitched:   (*State).ruleSwitched,
	RuleTimed:      (*State).ruleTimed,
	RuleUnit:       (*State).ruleUnit,
	RuleStatus:     (*State).ruleStatus,
	RuleOwn:        (*State).ruleOwn,
	RuleInherit:    (*State).ruleInherit,
	RulePreset:     (*State).rulePreset,
	SaveRules:      (*State).saveRules,
	ResetRules:     (*State).rulesReset,
	FilterType:     (*State).filterType,
	FilterActor:    (*State).filterActor,
	FilterSince:    (*State).filterSince,
	FilterUntil:    (*State).filterUntil,
	FilterNumber:   (*State).filterNumber,
	FilterReset:    (*State).filterReset,
	ShowOlder:      (*State).showOlder,
	ShowNew:        (*State).showNew,
	RetryPage:      (*State).retryPage,
	RetryReport:    (*State).retryReport,
	PageScrolled:   (*State).pageScrolled,
	AssignKey:      (*State).assignKey,
	CopyAddress:    (*State).copyAddress,

	Written:     (*State).written,
	ReplyKey:    (*State).replyKey,
	ReplyLeft:   (*State).replyLeft,
	Send:        (*State).send,
	ChooseFiles: (*State).chooseFiles,
	FilesGiven:  (*State).filesGiven,
	Dragged:     (*State).dragged,
	RetryFile:   (*State).retryFile,
	RemoveFile:  (*State).removeFile,
	RemoveFiles: (*State).removeFiles,
	Retry:       (*State).retry,
	Discard:     (*State).discard,
	CopyUnsent:  (*State).copyUnsent,
	CopyDraft:   (*State).copyDraft,

	CloseDialog:    (*State).closeDialog,
	DialogKey:      (*State).dialogKey,
	ToastDismissed: (*State).toastDismissed,
	ToastHeld:      (*State).toastHeld,
	ToastFreed:     (*State).toastFreed,

	OpenInvite:    (*State).openInvite,
	InviteName:    (*State).inviteName,
	InviteEmail:   (*State).inviteEmail,
	Invite:        (*State).invite,
	CopyInvite:    (*State).copyInvite,
	AskDeactivate: (*State).askDeactivate,
	Deactivate:    (*State).deactivate,
	Activate:      (*State).activate,

	FormChanged:  (*State).formChanged,
	SitesLeft:    (*State).sitesLeft,
	ColorLeft:    (*State).colorLeft,
	PreviewTheme: (*State).previewTheme,
	SaveChannel:  (*State).saveChannel,
	ResetForm:    (*State).resetForm,
	CopyTag:      (*State).copyTag,
	DiscardForm:  (*State).discardForm,

	NameTyped:     (*State).nameTyped,
	SaveName:      (*State).saveName,
	ChoosePicture: (*State).choosePicture,
	Revoke:        (*State).revoke,
	SetTheme:      (*State).setTheme,
	SetLanguage:   (*State).setLanguage,
	Toggle:        (*State).toggle,
	AskToNotify:   (*State).askToNotify,
	OpenKeys:      (*State).openKeys,
	Reload:        (*State).reload,

	CurrentTyped:   (*State).currentTyped,
	NewTyped:       (*State).newTyped,
	ChangePassword: (*State).changePassword,
	NewLink:        (*State).newLink,

	Quote:          (*State).quote,
	Unquote:        (*State).unquote,
	ShowQuoted:     (*State).showQuoted,
	ToolKey:        (*State).toolKey,
	MessageHeld:    (*State).messageHeld,
	ReactHeld:      (*State).reactHeld,
	CopyMessage:    (*State).copyMessage,
	OpenQuick:      (*State).openQuick,
	PickQuick:      (*State).pickQuick,
	QuickFrom:      (*State).quickFrom,
	NewQuick:       (*State).newQuick,
	QuickTyped:     (*State).quickTyped,
	QuickShared:    (*State).quickShared,
	QuickFiles:     (*State).quickFiles,
	SaveQuick:      (*State).saveQuick,
	MarkUnread:     (*State).markUnread,
	OpenBlock:      (*State).openBlock,
	Block:          (*State).block,
	Unblock:        (*State).unblock,
	OpenDelete:     (*State).openDelete,
	DeleteTalk:     (*State).delete,
	OpenPerson:     (*State).openPerson,
	PersonTyped:    (*State).personTyped,
	PersonKey:      (*State).personKey,
	LeavePerson:    (*State).leavePerson,
	SavePerson:     (*State).savePerson,
	OpenTagging:    (*State).openTagging,
	TagFind:        (*State).tagFind,
	TagKey:         (*State).tagKey,
	AddTag:         (*State).addTag,
	PinTag:         (*State).pinTag,
	RemoveTag:      (*State).removeTag,
	TagColor:       (*State).tagColor,
	MakeTag:        (*State).makeTag,
	OpenPalette:    (*State).openPalette,
	PaletteTyped:   (*State).paletteTyped,
	PaletteKey:     (*State).paletteKey,
	RunCommand:     (*State).runCommand,
	LetterKey:      (*State).letterKey,
	LetterTyped:    (*State).letterTyped,
	LetterLeft:     (*State).letterLeft,
	ResetLetters:   (*State).resetLetters,
	OpenGroup:      (*State).openGroup,
	DialogNamed:    (*State).dialogNamed,
	SaveGroup:      (*State).saveGroup,
	AskDeleteGroup: (*State).askDeleteGroup,
	DeleteGroup:    (*State).deleteGroup,
	SetRight:       (*State).setRight,
	OpenMember:     (*State).openMember,
	GroupChosen:    (*State).groupChosen,
	SaveMember:     (*State).saveMember,
	OpenTag:        (*State).openTag,
	TagColored:     (*State).tagColored,
	SaveTag:        (*State).saveTag,
	AskDeleteTag:   (*State).askDeleteTag,
	DeleteTag:      (*State).deleteTag,
	AuditBy:        (*State).auditBy,
	CopySeal:       (*State).copySeal,
	OpenAuditCheck: (*State).openAuditCheck,
	FindReply:      (*State).findReply,
	ReplyFolder:    (*State).replyFolder,
	MakeReply:      (*State).makeReply,
	InsertVariable: (*State).insertVariable,
	AskDeleteReply: (*State).askDeleteReply,
	DeleteReply:    (*State).deleteReply,
	RetryLook:      (*State).retryLook,
	TeamFind:       (*State).teamFind,
	TeamTicked:     (*State).teamTicked,
	RowPressed:     (*State).rowPressed,
	RowLeft:        (*State).rowLeft,
	RowMenu:        (*State).rowMenu,
	UpdateView:     (*State).updateView,
	ExportList:     (*State).exportList,

	SendThere: (*State).sendThere,
	SendAgain: (*State).sendAgain,
	Undo:      (*State).undo,

	OpenEmoji:     (*State).openEmoji,
	EmojiHeld:     func(_ *State, _ *bridge.Event, fx *bridge.Effects) { fx.Still() },
	EmojiTyped:    (*State).emojiTyped,
	EmojiFindKey:  (*State).emojiFindKey,
	PickEmoji:     (*State).pickEmoji,
	GlyphKey:      (*State).glyphKey,
	EmojiGroup:    (*State).chooseEmojiGroup,
	EmojiGroupKey: (*State).emojiGroupKey,
}

// keepsMenu tells whether a click there leaves the menu that is open to its handler.
func keepsMenu(h vdom.Handler) bool {
	switch h {
	case OpenMenu, OpenActions, OpenExport, OpenEmoji, EmojiHeld, EmojiGroup:
		return true
	}
	return false
}

// element takes what happens to an element that listens.
func (s *State) element(e *bridge.Event, fx *bridge.Effects) {
	// A click anywhere else closes a menu.
	if e.Kind == bridge.Kind(vdom.Click) && s.Menu != NoMenu && !keepsMenu(e.Handler) {
		s.Menu = NoMenu
	}
	if t := s.Current(); t != nil && e.Kind == bridge.Kind(vdom.Click) && e.Handler != OpenReact && e.Handler != ReactHeld {
		t.Reacting = 0
	}
	if e.Kind == bridge.Kind(vdom.KeyDown) && commandKey(e) && s.Stage == SignedIn && s.Dialog.Kind == NoDialog {
		fx.Prevent() // wherever it is pressed
		s.openPalette(e, fx)
		return
	}
	if e.Handler > 0 && e.Handler < handlerEnd {
		handlers[e.Handler](s, e, fx)
	}
}

// dialogKey keeps keys inside a window from meaning something behind it.
func (s *State) dialogKey(_ *bridge.Event, fx *bridge.Effects) { fx.Still() }
