package protocol

// Hello is the first frame of a connection: who comes, what it speaks and what it has.
type Hello struct {
	// Version of the protocol the client speaks, 1 today.
	Version int `msg:"version" json:"version" validate:"min=1,max=1000"`
	// Channel and VisitorKey are a visitor's; the key is empty at the first visit and never stands in a URL.
	Channel    ChannelID `msg:"channel,omitempty" json:"channel,omitempty" validate:"omitempty,id"`
	VisitorKey string    `msg:"visitor_key,omitempty" json:"visitor_key,omitempty" validate:"max=200,omitempty,printascii"`
	// Device names this browser of the visitor or operator: receipts are the maximum over a person's devices.
	Device string `msg:"device,omitempty" json:"device,omitempty" validate:"max=64,omitempty,printascii"`
	// Language is a BCP 47 tag, as the page or browser has it.
	Language string `msg:"language,omitempty" json:"language,omitempty" validate:"max=35,omitempty,printascii"`
	// Resume is what the client has, per thread: it gets what came after, or the newest page where that is long.
	Resume []Resume `msg:"resume,omitempty" json:"resume,omitempty" validate:"max=20,dive"`
	// Visit is the page the widget stands on; visitors only.
	Visit *VisitorVisit `msg:"visit,omitempty" json:"visit,omitempty"`
}

// Resume says up to which position a client holds a thread without a gap.
type Resume struct {
	Thread   ThreadID `msg:"thread" json:"thread" validate:"required,id"`
	Position Position `msg:"position" json:"position"`
}

// Welcome answers hello: who you are and what stands at Position. Everything after Position follows live.
type Welcome struct {
	Version  int      `msg:"version" json:"version"`
	Position Position `msg:"position" json:"position"`
	// Now is the server's clock in unix milliseconds, to show times right where a device's clock is wrong.
	Now int64 `msg:"now" json:"now"`
	// Visitor is set for a visitor's connection, Operator for an operator's or bot's.
	Visitor  *VisitorWelcome `msg:"visitor,omitempty" json:"visitor,omitempty"`
	Operator *teamWelcome    `msg:"operator,omitempty" json:"operator,omitempty"`
}

// VisitorWelcome is what a visitor's widget starts from.
type VisitorWelcome struct {
	Visitor VisitorID `msg:"visitor" json:"visitor"`
	// VisitorKey is set when the server made a new identity: the loader keeps it.
	VisitorKey string   `msg:"visitor_key,omitempty" json:"visitor_key,omitempty"`
	Thread     ThreadID `msg:"thread,omitempty" json:"thread,omitempty"`
	Team       []Person `msg:"team,omitempty" json:"team,omitempty"`
	// Online: somebody of the team is connected.
	Online bool `msg:"online,omitempty" json:"online,omitempty"`
	// History holds the items after the resume position, or the newest page with Reset set: what the client has
	// is then too old and is dropped.
	History  History           `msg:"history" json:"history"`
	Receipts []ReceiptAdvanced `msg:"receipts,omitempty" json:"receipts,omitempty"`
	// Quoting is who may quote a message on this channel; empty for both. The visitor does where the team receives.
	Quoting Capability `msg:"quoting,omitempty" json:"quoting,omitempty"`
}

// OperatorWelcome is what a console or a bot starts from.
type OperatorWelcome struct {
	Me        Operator `msg:"me" json:"me"`
	Bot       bool     `msg:"bot,omitempty" json:"bot,omitempty"`
	Team      Team     `msg:"team" json:"team"`
	Inbox     Inbox    `msg:"inbox" json:"inbox"`
	Workspace string   `msg:"workspace,omitempty" json:"workspace,omitempty"`
}

// Accepted answers a command that was stored, or that had nothing to change. A repeated id gets the same answer.
type Accepted struct {
	// Position of the last event the command caused; for a message, its own. 0 where there was nothing to change. Who
	// has read the log up to there has seen all of it.
	Position     Position `msg:"position,omitempty" json:"position,omitempty"`
	Conversation Number   `msg:"conversation,omitempty" json:"conversation,omitempty"`
	Thread       ThreadID `msg:"thread,omitempty" json:"thread,omitempty"`
	// Made is the id of what the command created: a channel, an operator.
	Made string `msg:"made,omitempty" json:"made,omitempty"`
}

// Refused answers a command that changed nothing.
type Refused struct {
	Code   Code   `msg:"code" json:"code"`
	Reason string `msg:"reason,omitempty" json:"reason,omitempty"`
	// RetryMs: how long to wait before the same command may be accepted; 0 where waiting does not help.
	RetryMs int64 `msg:"retry_ms,omitempty" json:"retry_ms,omitempty"`
}

// Goodbye is the last frame before the server closes.
type Goodbye struct {
	Code   Code   `msg:"code" json:"code"`
	Reason string `msg:"reason,omitempty" json:"reason,omitempty"`
	// RetryMs: come back after so long; 0 leaves it to the client.
	RetryMs int64 `msg:"retry_ms,omitempty" json:"retry_ms,omitempty"`
}

// Ping asks for a pong.
type Ping struct{}

// Pong answers ping.
type Pong struct{}
