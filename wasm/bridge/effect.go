package bridge

// Op is what the page is to do.
type Op uint8

const (
	opConnect Op = iota
	opSend
	opDisconnect
	opTimer
	opCancelTimer
	opSave
	opLoad
	opFocus
	opSelectAll
	opInsertText
	opScrollEnd
	opScrollTo
	opChooseFiles
	opUpload
	opForgetFile
	opAuthorize
	opFetchFile
	opForgetFetched
	opDownload
	opPostToHost
	opNotify
	opCloseNotification
	opAskToNotify
	opSetTitle
	opCopyText
	opPushURL
	opReplaceURL
	opAnnounce
	opHTTP
	opSetLanguage
	opSetRoot
	opLoadWords
	opReload
	opChime
	opSetCaret
	opEnd
)

// OpNames are the words of Op, by number, for tests and widget/bridge.js.
const OpNames = "connect send disconnect timer cancel save load focus selectall insert scrollend scrollto choose upload " +
	"forget authorize fetch forgetfetched download host notify closenotification asknotify title copy push " +
	"replace announce http language root words reload chime caret"

// Effect is one effect in fields, as Fake records it.
type Effect struct {
	Name string
	N    int64
	Text string
	More string
	Data []byte
	List []string
}

// Effects collects what an app asks the page to do, in order. The zero value is ready.
type Effects struct {
	bytes []byte
	flags uint32
	still bool
}

// Prevent keeps the browser from doing what it would with the element's event that is being handled. A submit, a drop
// and the click on a link that the view listens to are always prevented.
func (f *Effects) Prevent() { f.flags |= Prevent }

// PassOn lets the next element outwards that listens have the event too.
func (f *Effects) PassOn() { f.flags |= PassOn }

// Still says that nothing to be seen changed: View is not called for this event.
func (f *Effects) Still() { f.still = true }

func (f *Effects) add(op Op, n int64, text, more string, data []byte, list []string) {
	b := append(f.bytes, byte(op))
	b = appendSigned(b, n)
	b = appendString(b, text)
	b = appendString(b, more)
	b = append(appendNumber(b, uint64(len(data))), data...)
	f.bytes = appendList(b, list)
}

func (f *Effects) text(op Op, text, more string) { f.add(op, 0, text, more, nil, nil) }

// Connect opens the socket at a path of this host; an open one is dropped without a Closed event.
func (f *Effects) Connect(path string) { f.text(opConnect, path, "") }

// SendFrames sends one WebSocket message. On a socket that is not open it is lost; Closed tells, or told.
func (f *Effects) SendFrames(b []byte) { f.add(opSend, 0, "", "", b, nil) }

// Disconnect drops the socket without a Closed event.
func (f *Effects) Disconnect() { f.text(opDisconnect, "", "") }

// Timer brings Fired with id after so many milliseconds; a timer with this id that runs is set anew.
func (f *Effects) Timer(id int, ms int64) {
	f.add(opTimer, ms, "", "", nil, []string{itoa(id)})
}

// CancelTimer stops a timer; one that does not run is no mistake.
func (f *Effects) CancelTimer(id int) { f.add(opCancelTimer, int64(id), "", "", nil, nil) }

// Save keeps bytes under a name: with the loader where there is one, else in this browser's storage. Empty bytes
// remove. It may fail in silence (storage is full or forbidden), so nothing may rest on it alone.
func (f *Effects) Save(name string, data []byte) { f.add(opSave, 0, name, "", data, nil) }

// Load brings Record with what Save kept. Without a loader, a name that ends with a dot brings all whose names begin so,
// one by one, and an empty one of that name after them.
func (f *Effects) Load(name string) { f.text(opLoad, name, "") }

// Focus gives focus to the element with this id attribute, without scrolling to it.
func (f *Effects) Focus(id string) { f.text(opFocus, id, "") }

// FocusLost puts focus on an element where nothing has it: what had it is gone.
func (f *Effects) FocusLost(id string) { f.add(opFocus, 1, id, "", nil, nil) }

// SelectAll focuses a field and selects what is in it.
func (f *Effects) SelectAll(id string) { f.text(opSelectAll, id, "") }

// InsertText puts text at a field's caret, in place of what is selected there, and brings its InputEvent.
func (f *Effects) InsertText(id, text string) { f.text(opInsertText, id, text) }

// SetCaret puts a field's caret, counted in UTF-16 units; a negative place is the end.
func (f *Effects) SetCaret(id string, place int) { f.add(opSetCaret, int64(place), id, "", nil, nil) }

// ScrollEnd scrolls the element with this id to its end.
func (f *Effects) ScrollEnd(id string, smooth bool) {
	f.add(opScrollEnd, one(smooth), id, "", nil, nil)
}

// ScrollTo brings the element with this id on screen, moving as little as it can.
func (f *Effects) ScrollTo(id string, smooth bool) { f.add(opScrollTo, one(smooth), id, "", nil, nil) }

// ChooseFiles lets the person choose, and brings Files with the tag; nothing where they choose none. It works within
// the handling of a click only. Accept is as of <input accept>; "" is every file.
func (f *Effects) ChooseFiles(tag, accept string, several bool) {
	f.add(opChooseFiles, one(several), tag, accept, nil, nil)
}

// Upload sends a file with POST to the path, and brings Uploading and then Uploaded or UploadFailed.
func (f *Effects) Upload(handle, path string) { f.text(opUpload, handle, path) }

// ForgetFile drops a file, its preview and its upload. An app that does not keeps the file's memory.
func (f *Effects) ForgetFile(handle string) { f.text(opForgetFile, handle, "") }

// Authorize sets the visitor's proof for HTTP from now on: key and channel.
func (f *Effects) Authorize(key, channel string) { f.text(opAuthorize, key, channel) }

// FetchFile gets a file with the visitor's proof and brings Fetched or FetchFailed with the tag.
func (f *Effects) FetchFile(tag, path string) { f.text(opFetchFile, tag, path) }

// ForgetFetched drops what FetchFile got under the tag; pictures that still show it keep it on screen.
func (f *Effects) ForgetFetched(tag string) { f.text(opForgetFetched, tag, "") }

// Download gets a file with the visitor's proof and hands it to the person under a name.
func (f *Effects) Download(path, name string) { f.text(opDownload, path, name) }

// PostToHost tells the loader something; before the loader spoke it waits, without one it is lost.
func (f *Effects) PostToHost(name, text string, data []byte) {
	f.add(opPostToHost, 0, name, text, data, nil)
}

// Notify shows a notification of the system where the person allowed it; one with the same tag is replaced.
func (f *Effects) Notify(title, body, tag string) {
	f.add(opNotify, 0, title, body, nil, []string{tag})
}

// CloseNotification takes one away.
func (f *Effects) CloseNotification(tag string) { f.text(opCloseNotification, tag, "") }

// AskToNotify asks the person for the permission and brings Permission. It works within the handling of a click only.
func (f *Effects) AskToNotify() { f.text(opAskToNotify, "", "") }

// SetTitle sets the page's title.
func (f *Effects) SetTitle(title string) { f.text(opSetTitle, title, "") }

// CopyText puts text on the clipboard and brings Copied. It works within the handling of a click or key only.
func (f *Effects) CopyText(text string) { f.text(opCopyText, text, "") }

// PushURL moves to a path of this page without loading it; going back brings Moved.
func (f *Effects) PushURL(path string) { f.text(opPushURL, path, "") }

// ReplaceURL is PushURL without a step to go back to.
func (f *Effects) ReplaceURL(path string) { f.text(opReplaceURL, path, "") }

// Announce has a screen reader say text when it is free.
func (f *Effects) Announce(text string) { f.text(opAnnounce, text, "") }

// HTTP sends a request to a path of this host and brings Answered with id. Fields are pairs that become one JSON object
// of strings; without any there is no body.
func (f *Effects) HTTP(id int, method, path string, fields ...string) {
	f.add(opHTTP, int64(id), method, path, nil, fields)
}

// SetLanguage tells the page's language and whether it reads from right to left.
func (f *Effects) SetLanguage(tag string, rtl bool) {
	f.add(opSetLanguage, one(rtl), tag, "", nil, nil)
}

// SetRoot sets an attribute of <html> that begins with "data-"; "" removes it. A name that begins with "--" is a style.
func (f *Effects) SetRoot(name, value string) { f.text(opSetRoot, name, value) }

// LoadWords brings Words with the words file in a language.
func (f *Effects) LoadWords(language string) { f.text(opLoadWords, language, "") }

// Reload loads the page anew.
func (f *Effects) Reload() { f.text(opReload, "", "") }

// Chime plays a short soft tone, where the browser allows it.
func (f *Effects) Chime() { f.text(opChime, "", "") }

// Raw is what the page gets to read; DecodeEffects takes it apart. It is valid until the next effect.
func (f *Effects) Raw() []byte { return f.bytes }

// reset makes it ready for the next event, keeping its memory.
func (f *Effects) reset() { f.bytes, f.flags, f.still = f.bytes[:0], 0, false }

func one(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func itoa(n int) string {
	var w [20]byte
	i := len(w)
	u := uint(n)
	if n < 0 {
		u = -u
	}
	for {
		i--
		w[i] = byte('0' + u%10)
		if u /= 10; u == 0 {
			break
		}
	}
	if n < 0 {
		i--
		w[i] = '-'
	}
	return string(w[i:])
}
