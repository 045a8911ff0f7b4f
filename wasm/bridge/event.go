package bridge

import "beseda/wasm/vdom"

// Kind says what happened. The first numbers are those of vdom.Event: something an element listens to.
type Kind uint8

// What else happens. The fields that a kind uses stand beside it.
const (
	// Start is the first event of an instance. Text is the language, Data the words file in it, A counts the starts
	// of this page from 1, List has the environment in pairs, see Event.Field:
	//	url        path, query and fragment of the page
	//	site       its origin
	//	site       its origin
	//	languages  what the person reads, best first, with commas
	//	zone       see words.Zone
	//	seed       64 random hexadecimal digits
	//	permission of notifications: granted, denied, default or none
	//	host       1 where a loader spoke to this page, and its origin in origin
	//	data-…     what the server stamped into <html>
	Start Kind = 64 + iota
	// State: A is a sum of PageVisible, PageFocused and PageOnline. It follows Start and every change.
	State
	// Opened: the socket speaks.
	Opened
	// Frames: Data is one WebSocket message.
	Frames
	// Closed: the socket is gone, or was not to be had. A is the close code, Text the reason.
	Closed
	// Fired: the timer A.
	Fired
	// Files were chosen after ChooseFiles with the tag Arg; Event.Files has them.
	Files
	// Uploading: of the file Arg, A bytes of B are sent.
	Uploading
	// Uploaded: the file Arg; List has the fields of the answer, a protocol.Attachment.
	Uploaded
	// UploadFailed: the file Arg; Text is the code ("" where the line failed), A what to wait in ms, List has reason.
	UploadFailed
	// Fetched: what FetchFile asked for under Arg stands at the blob: address Text.
	Fetched
	// FetchFailed: it cannot be had, or what Download asked for, where Arg is the path; Text is the code ("" where the line
	// failed), A what to wait in ms, List has reason.
	FetchFailed
	// Record: what Save kept under Arg is Data, empty if nothing.
	Record
	// Host: the loader says Text, with the word Arg and the bytes Data.
	Host
	// Answered: the HTTP request B got status A (0: no line); List has the fields of the JSON answer.
	Answered
	// Moved: the person went back or forward; Text is path, query and fragment.
	Moved
	// Resized: the window is A em wide and B em high.
	Resized
	// Words: Data is the words file in the language Text; empty where it cannot be had.
	Words
	// Notified: the person clicked the notification with the tag Arg.
	Notified
	// Permission of notifications is Text: granted, denied, default or none.
	Permission
	// Copied: A is 1 where CopyText worked.
	Copied
	kindEnd
)

// KindNames are the words of the kinds from Start on, for tests and widget/bridge.js.
const KindNames = "start state opened frames closed fired files uploading uploaded uploadfailed fetched fetchfailed record " +
	"host answered moved resized words notified permission copied"

// State of the page, as the bits of State.
const (
	PageVisible = 1 << iota
	PageFocused
	PageOnline
)

// Keys held down, as the bits of A of Click, KeyDown and their kin.
const (
	Shift = 1 << iota
	Ctrl
	Alt
	Meta
	Repeat // the key is kept down
)

// What an app answers to an element's event: a sum of these.
const (
	Prevent = 1 << iota // the browser does not do what it would
	PassOn              // the next element outwards that listens gets it too
)

// Event is what happened. The app may keep it and its fields.
//
// Of an element's event, Handler and Arg are what the view gave with On, and:
//
//	Click, ContextMenu, DoubleClick  A the keys held; of a ContextMenu B 1 where a finger rested on it
//	InputEvent, Change               Text the value, A the caret in UTF-16 units, B 1 if checked
//	KeyDown                          Text the key ("Enter", "a"), A the keys held, List[0] its place ("KeyA"), B 1 in a field
//	Paste, Drop                      Files
//	Drag                             Text "over" or ""
//	Scroll                           Text "top", "end", "top end" or ""; of rows A from the top and B high, in 1/100 rem
//	PointerEnter, PointerLeave       B 1 where it is a finger
//	Visible                          –
type Event struct {
	Kind    Kind
	At      int64 // unix milliseconds, by the device's clock
	Handler vdom.Handler
	Arg     string
	Text    string
	A, B    int64
	Data    []byte
	List    []string
}

// Field finds a value by its name in List, which holds pairs; "" where there is none. JSON is flattened to pairs:
// {"a":{"b":1},"c":["x"]} reads "a.b" 1, "c.0" x and "c.length" 1; true is "true", null is "".
func (e *Event) Field(name string) string {
	for i := 0; i+1 < len(e.List); i += 2 {
		if e.List[i] == name {
			return e.List[i+1]
		}
	}
	return ""
}

// File is a file the person chose, pasted or dropped. Its bytes stay in the page.
type File struct {
	Handle  string // names it in effects and events, until ForgetFile
	Name    string
	Type    string // as the browser guesses
	Preview string // a blob: address for a picture, else ""
	Size    int64
	Width   int // of a picture, else 0
	Height  int
}

// fileFields is how many strings of List make a file.
const fileFields = 7

// Files reads the files of Files, Paste and Drop.
func (e *Event) Files() []File {
	var all []File
	for l := e.List; len(l) >= fileFields; l = l[fileFields:] {
		all = append(all, File{
			Handle: l[0], Name: l[1], Type: l[2], Preview: l[3],
			Size: number(l[4]), Width: int(number(l[5])), Height: int(number(l[6])),
		})
	}
	return all
}

// number reads a whole number; 0 where it is none.
func number(s string) int64 {
	var n int64
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' || n > 1<<58 {
			return 0
		}
		n = n*10 + int64(s[i]-'0')
	}
	return n
}
