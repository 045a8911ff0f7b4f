// Package link is the client of Beseda's protocol for both apps: it keeps the line alive, sends every command until it
// is answered, and hands over what the server says once and in order.
//
// It is pure: it has no clock, no socket and no goroutine. The app calls it with what happened and the time, and it
// asks its Conn for what is to be done; bridge.Effects is a Conn. Calls come from the app's Update, one at a time.
//
//	case bridge.Opened:
//		l.Opened(e.At, fx)
//	case bridge.Frames:
//		for _, f := range l.Frames(e.At, fx, e.Data) { … }
//	case bridge.Closed:
//		l.Closed(e.At, fx)
//	case bridge.Fired:
//		l.Fired(e.At, fx, int(e.A))
//	case bridge.State:
//		l.Wake(e.At, fx)
//
// # The line
//
//	Idle ──Open──▶ Connecting ──Opened──▶ Greeting ──welcome──▶ Live
//	                  ▲                       │                  │
//	                  └──timer── Waiting ◀────┴──closed, silent──┘      goodbye without return ──▶ Ended
//
// Waiting lasts a random time below a bound that doubles from 0.5 s to 30 s with every vain try, so that a thousand
// clients do not come back together; a goodbye's retry_ms is a lower bound. After 25 s of silence a ping goes out, and
// 10 s without any frame after it the line counts as dead. Wake tries at once: the network or the person is back.
//
// # Commands
//
// Send keeps a command until the server answered, through lost lines and, with Records and Import, through reloads of
// the page and tabs that are closed. The id stays the same, so the server takes it once. Commands of one lane, a conversation, go out one after the
// other: the next waits for the answer to the one before, for only then a command that has to be repeated later (too
// many in a time, a full disk) cannot be overtaken. Lanes do not wait for each other, and a final refusal frees its
// lane. Ask is for questions: repeated too, but not kept through a reload. Tell is for what has no worth later.
//
// The server forgets ids after protocol.CommandMemoryMs. An entry older than that (less a day, for clocks that differ) is
// not sent: it turns Old, and the person decides.
//
// # Events
//
// A visitor's positions are kept for the thread, an operator's for each watched conversation. An event at or below the
// position held was here before and is dropped; so are such items of a page that came again. After a lost line a visitor
// resumes with hello, and every watched conversation is watched again from its position.
package link
