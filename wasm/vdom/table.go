package vdom

// The tables below are the alphabet of patches: numbers travel, words stand here and in widget/bridge.js, and a test
// holds the two equal. New words go to the end of their table.

// Tag is an element's name.
type Tag uint8

const (
	text Tag = iota // not an element
	Div
	Span
	P
	A
	Button
	Input
	Textarea
	Label
	Form
	Header
	Footer
	Main
	Nav
	Section
	Aside
	Article
	H1
	H2
	H3
	H4
	UL
	OL
	LI
	DL
	DT
	DD
	Img
	SVG
	Use
	Path
	Circle
	Rect
	Time
	BDI
	Fieldset
	Legend
	Select
	Option
	Table
	Caption
	THead
	TBody
	TR
	TH
	TD
	Dialog
	Details
	Summary
	Audio
	Video
	I
	B
	Strong
	Em
	Code
	Pre
	HR
	BR
	Small
	Kbd
	Output
	Figure
	tagEnd
)

// TagNames are the words of Tag, by number.
const TagNames = "# div span p a button input textarea label form header footer main nav section aside article " +
	"h1 h2 h3 h4 ul ol li dl dt dd img svg use path circle rect time bdi fieldset legend select option table caption " +
	"thead tbody tr th td dialog details summary audio video i b strong em code pre hr br small kbd output figure"

// Name is an attribute, a property or a style of an element.
type Name uint8

const (
	Class Name = iota
	ID
	Href
	Src
	Alt
	Title
	Type
	NameOf // the attribute "name"
	Placeholder
	Role
	For
	Rel
	Target
	Download
	Lang
	Dir
	TabIndex
	Rows
	MaxLength
	Min
	Max
	Autocomplete
	InputMode
	EnterKeyHint
	Spellcheck
	Accept
	Width
	Height
	ColSpan
	RowSpan
	Scope
	DateTime
	Loading
	Decoding
	ViewBox
	D
	Hidden
	Disabled
	ReadOnly
	Required
	Multiple
	Inert
	Controls
	NoValidate
	AriaLabel
	AriaLabelledBy
	AriaDescribedBy
	AriaHidden
	AriaLive
	AriaAtomic
	AriaRelevant
	AriaExpanded
	AriaPressed
	AriaSelected
	AriaChecked
	AriaCurrent
	AriaInvalid
	AriaBusy
	AriaControls
	AriaHasPopup
	AriaActiveDescendant
	AriaModal
	AriaDisabled
	AriaRequired
	AriaErrorMessage
	AriaAutocomplete
	AriaMultiselectable
	AriaOrientation
	AriaRoleDescription
	AriaKeyShortcuts
	AriaSort
	AriaSetSize
	AriaPosInSet
	AriaLevel
	AriaValueNow
	AriaValueMin
	AriaValueMax
	AriaValueText
	DataState
	DataScreen
	DataKind
	DataSide
	DataUnread
	DataCurrent
	DataSelected
	DataActive
	// DataAnchor is of a scroll box that keeps its place: "end" stays at its end while it is there. "rows TOP STEP" draws a
	// part of its rows: it goes to TOP, in hundredths of rem, with each new STEP, and its Scroll tells where it is.
	DataAnchor
	Value    // property: set only where it differs, so that the caret stays
	Checked  // property
	Selected // property
	Open     // property: of details
	Modal    // property: a dialog shown over an inert page
	Indeterminate
	StyleInlineSize
	StyleBlockSize
	StyleMaxBlockSize
	StyleAspectRatio
	StyleBrand // --b-brand
	StyleShare // --b-share, a measured part of a whole
	nameEnd
)

// AttrNames are the words of Name, by number: "." marks a property, "~" a style, all else an attribute.
const AttrNames = "class id href src alt title type name placeholder role for rel target download lang dir tabindex rows " +
	"maxlength min max autocomplete inputmode enterkeyhint spellcheck accept width height colspan rowspan scope datetime " +
	"loading decoding viewBox d hidden disabled readonly required multiple inert controls novalidate " +
	"aria-label aria-labelledby aria-describedby aria-hidden aria-live aria-atomic aria-relevant aria-expanded aria-pressed " +
	"aria-selected aria-checked aria-current aria-invalid aria-busy aria-controls aria-haspopup aria-activedescendant " +
	"aria-modal aria-disabled aria-required aria-errormessage aria-autocomplete aria-multiselectable aria-orientation " +
	"aria-roledescription aria-keyshortcuts aria-sort aria-setsize aria-posinset aria-level " +
	"aria-valuenow aria-valuemin aria-valuemax aria-valuetext " +
	"data-state data-screen data-kind data-side data-unread data-current data-selected data-active data-anchor " +
	".value .checked .selected .open .modal .indeterminate " +
	"~inline-size ~block-size ~max-block-size ~aspect-ratio ~--b-brand ~--b-share"

// Event is what an element may listen to.
type Event uint8

const (
	Click        Event = iota
	InputEvent         // each change of a field, with its value
	Change             // a finished choice: checkbox, radio, select
	Submit             // of a form; the page never sends it
	KeyDown            // never while an input method composes
	FocusIn            // the element or something in it got focus
	FocusOut           // and lost it
	Paste              // files only: pasted text is the field's own matter
	Drop               // files
	Drag               // files hang over the element (text "over"), or left it ("")
	Scroll             // of this element: text "top", "end", "top end" or "" (between), when that changes; of rows each time
	Visible            // this element came on screen, where the page is in front too
	ContextMenu        //
	DoubleClick        //
	Dismiss            // a dialog is left by Escape
	Failed             // a picture could not be shown
	Loaded             // a picture is shown
	PointerEnter       // the pointer came over the element
	PointerLeave       //
	eventEnd
)

// EventNames are the words of Event, by number.
const EventNames = "click input change submit keydown focusin focusout paste drop drag scroll visible contextmenu dblclick " +
	"dismiss error load pointerenter pointerleave"

// Handler is an app's own number for what is to happen; 0 is no handler.
type Handler uint16
