// Package protocol is the language that both ends of a Beseda socket speak: kinds, the structs of their bodies, codes,
// limits, and the codecs. This page is its specification; PROTOCOL.md, generated from it and from the registry, adds
// every kind with an example.
//
// The package never touches a socket, a store, a clock or a log, keeps no state between calls, and imports no package
// of ours. All of it may be called from any goroutine; a value belongs to whoever holds it. Invariants, each held by a
// test: a kind has one row in the registry and a golden in testdata; the widget's codec and the generated one write
// the same bytes; no bytes make a decoder panic, or allocate for a length that is claimed and not there; what the
// visitor's build reaches has neither fmt nor reflect.
//
// # Connection
//
// A client opens a WebSocket at /ws and asks for one of two subprotocols. Both carry the same frames.
//
//	beseda.v1.msgpack   a binary message holds one or more frames, one after another, each a MessagePack map
//	beseda.v1.json      a text message holds one or more frames, each a JSON object, on lines of their own
//
// Visitors prove themselves by the key in hello, operators by their session's cookie, bots and integrations by
// "Authorization: Bearer TOKEN" on the request that opens the socket. A message from a client is at most
// [MaxFrameBytes] long. Compression is not used.
//
// # Envelope
//
//	{ kind, id?, position?, at?, actor?{kind, id?, name?}, thread?, conversation?, body?{…} }
//
// A field that is empty is left out. kind is the only one that is always there. body is a map with the fields of the
// struct that the registry names for the kind; it stands inline, and is left out where it would be empty. A client
// sends kind, id and body; the server does not look at the rest of what it sends.
//
// There are four sorts of frame. A command asks for something; an answer goes to the one who asked, with the
// command's id; an event is a fact that is stored in the workspace's log, and has position, time and actor; a notice is
// sent and never stored. Commands are named noun.verb, events noun.participle.
//
// Identifiers, that of a command too, are ULIDs: 26 characters of Crockford's base 32 in upper case. Times are unix
// milliseconds by the server's clock. Text is UTF-8.
//
// # Hello, version, welcome
//
// The first frame is hello, within [HelloTimeoutMs] of the connection's start, and comes once. It carries the highest
// version that the client speaks. The server answers welcome with the version that both use from now on: the lower of
// the two highest. Versions differ only in kinds and fields that were added; within a version nothing changes its
// meaning. A hello that is not welcome is answered by refused, and the connection closes.
//
// Welcome says who the client is, what stands at welcome.position, and the server's time, which a client uses to show
// times right where its own clock is wrong. Everything after that position follows live: there is no gap between, and
// nothing comes twice. A visitor without a key is given one in welcome.visitor.visitor_key and keeps it.
//
// # Resume
//
// A client says in hello.resume, per thread, up to which position it holds the thread without a gap. A visitor's
// welcome then brings the items after that position; where they are more than a page ([HistoryPage]) it brings the
// newest page with reset set, and the client drops what it holds of the thread. An operator sends conversation.watch
// again for each conversation on the screen, with after, and gets the same. Everything else in welcome is whole: it
// replaces what the client had.
//
// # Order
//
// A position is given once in a workspace, rises by one per event, and never changes. What a connection gets rises
// too, with gaps where events are not for it. A client shows items by position, not by arrival, and drops an event
// whose position it already has. Clocks are for people to read: nothing is ordered by at.
//
// Commands of one connection are carried out in the order they were sent. Where a message is refused for a while
// (rate_limited, storage_full), later messages of that connection are refused too, until it was sent again: a
// conversation never loses its order to a retry.
//
// # Acknowledgement
//
// A command that carries an id gets exactly one answer: accepted, or the kind that the registry names for it, or
// refused. Accepted means that it is stored on disk. The event itself comes to its author as well, on every device,
// with the id of the command that caused it; it may come before the answer. Commands without an id, where they are
// allowed, are answered only if they are refused.
//
// Receipts work the other way: receipt.advance tells the server what has reached a device (delivered) and what was
// visible there while the window had the focus (read), as positions. They are cumulative and move only forward; one
// that is behind is accepted and changes nothing.
//
// # Ids and retries
//
// A client makes the id when the person acts, keeps it with the command until the answer comes, and sends the same
// command with the same id after every reconnection. The server remembers what it accepted from an author for
// [CommandMemoryMs] and gives the same answer again: however often it is sent, from whichever tab, it happens once. A
// client asks the person before it sends an older one. After refused, the code tells whether the same command may be
// accepted later; retry_ms, where it is set, says when. Commands that are stored are refused without an id.
//
// # Coalescing
//
// The server puts frames that wait for the same connection into one message. Changes of the list of conversations
// are gathered for 50 to 500 ms, the longer the more of them there are, and come as one inbox notice; typing and
// presence that were overtaken are not sent. A client repeats typing.start while the person types, less often than
// [TypingTTLMs] and not with every key, and advances receipts for what it has got, not for each item.
//
// # Alive
//
// A client that has heard nothing for [PingIntervalMs] sends ping; if no pong comes, the line is dead. The server ends
// connections that are silent for more than a minute.
//
// # Limits
//
// The constants in limit.go. The server holds everyone to them; a screen only shows them early. A message's text is
// counted in code points after normalisation to NFC, which is how it is stored: 2000 are accepted, 2001 are refused
// with too_long limit=2000. Text of nothing but white space and invisible characters is no text. Names, titles
// and file names are stored as one line without control characters and without characters that turn the direction of
// writing. MessagePack is read at most 16 collections deep, with at most 16384 elements in one.
//
// # Codes
//
// The list in code.go is closed. refused and goodbye carry a code and a reason, which is a small language for
// programs: words of the form name=value, separated by spaces ("field=looks.name rule=max limit=80"). A code that a
// client does not know means internal. The server says goodbye before it closes a connection and closes with the
// WebSocket status that the code's row names. A client comes back by itself where the row says so, not before retry_ms
// where that is set, otherwise after a random part of a time that doubles from one second to thirty.
//
// # What a peer ignores
//
// Fields that it does not know, at every level. Events and notices of a kind that it does not know: their position
// counts as seen. The order of fields, and forms of numbers and lengths longer than needed. The server answers a
// kind that it does not know with invalid. A kind that is given up is never used for something else.
//
// # Builds
//
// The server's build has everything. The console's (GOOS=js) has codecs and registry, neither rules nor JSON. The
// visitor's (TinyGo) has the codec of compact.go and only what visitors meet; codec.go names what is the same in all.
package protocol
