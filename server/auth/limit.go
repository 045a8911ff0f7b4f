package auth

import (
	"net/netip"
	"time"
)

// LimitName names a limit: a row of Limitations.
type LimitName uint8

// The limits. Keys are an address (AddressKey), a lower-case e-mail address, or an id; a connection's own limits have
// no key and are counted by a Bucket.
const (
	LimitSignInEmail LimitName = iota
	LimitSignInAddress
	LimitSetUpAddress
	LimitPasswords
	LimitHelloAddress
	LimitWaitingAddress
	LimitMessageAddress
	LimitMessageVisitor
	LimitMessageOperator
	LimitUploadAddress
	LimitUploadMegabytes
	LimitUploadVisitor
	LimitUploadOperator
	LimitCommand
	LimitFrames
	LimitPings
	LimitTyping
	limitCount
)

// Limitation is how much of something is let through.
type Limitation struct {
	Name string
	// Burst is how many pass at once.
	Burst int
	// Every is how long one more takes to grow back: a bucket. Zero where Within is set.
	Every time.Duration
	// Within makes it strict: at most Burst in any span of this length.
	Within time.Duration
	// Keys bounds how many keys are remembered; the least recently seen is forgotten first. Zero for limits of a
	// connection.
	Keys int
}

// Limitations are all limits, by LimitName. A fixed literal.
var Limitations = [limitCount]Limitation{
	// Guessing. Tries that succeed are given back, so that a whole office may sign in from one address.
	LimitSignInEmail:   {Name: "sign_in_email", Burst: 5, Within: 5 * time.Minute, Keys: 50_000},
	LimitSignInAddress: {Name: "sign_in_address", Burst: 5, Within: 5 * time.Minute, Keys: 50_000},
	LimitSetUpAddress:  {Name: "set_up_address", Burst: 20, Every: 15 * time.Second, Keys: 10_000},
	// Passwords being checked or waiting for it, of all addresses: not counted here, but as they are under way (see Passwords).
	LimitPasswords: {Name: "passwords", Burst: hashesInFlight + hashesWaiting, Every: time.Second},
	// Arriving. After a restart a team behind one address comes back at once.
	LimitHelloAddress:   {Name: "hello_address", Burst: 300, Every: 200 * time.Millisecond, Keys: 50_000},
	LimitWaitingAddress: {Name: "waiting_address", Burst: 60, Every: time.Second, Keys: 50_000},
	// Writing. The address bounds somebody who throws visitor keys away after each message.
	LimitMessageAddress:  {Name: "message_address", Burst: 60, Every: 200 * time.Millisecond, Keys: 50_000},
	LimitMessageVisitor:  {Name: "message_visitor", Burst: 10, Every: time.Second, Keys: 50_000},
	LimitMessageOperator: {Name: "message_operator", Burst: 30, Every: 200 * time.Millisecond, Keys: 10_000},
	// Sending files. Both of an address bound somebody who makes visitors for nothing else, in files and in what they weigh.
	LimitUploadAddress:   {Name: "upload_address", Burst: 30, Every: 2 * time.Second, Keys: 50_000},
	LimitUploadMegabytes: {Name: "upload_megabytes", Burst: 1000, Every: 3600 * time.Millisecond, Keys: 50_000}, // 1000 an hour
	LimitUploadVisitor:   {Name: "upload_visitor", Burst: 10, Every: 6 * time.Second, Keys: 50_000},
	LimitUploadOperator:  {Name: "upload_operator", Burst: 30, Every: time.Second, Keys: 10_000},
	// Anything else that an account or a visitor asks for.
	LimitCommand: {Name: "command", Burst: 100, Every: 100 * time.Millisecond, Keys: 10_000},
	// One connection.
	LimitFrames: {Name: "frames", Burst: 200, Every: 20 * time.Millisecond},
	LimitPings:  {Name: "pings", Burst: 10, Every: 100 * time.Millisecond},
	LimitTyping: {Name: "typing", Burst: 5, Every: time.Second},
}

func (n LimitName) String() string {
	if n >= limitCount {
		return "unknown limit"
	}
	return Limitations[n].Name
}

// AddressKey is an address as a key of limits: IPv4 whole, IPv6 by its /64, which one household or machine owns whole.
// All unknown addresses are one key.
func AddressKey(a netip.Addr) string {
	a = a.Unmap().WithZone("")
	if a.Is6() {
		if p, err := a.Prefix(64); err == nil {
			return p.String()
		}
	}
	return a.String()
}
