//go:build !tinygo || console

package protocol

import "time"

// The limits in time as durations. The visitor's widget counts in milliseconds: package time alone would cost it 4 KB.
const (
	TypingTTL     = TypingTTLMs * time.Millisecond
	HelloTimeout  = HelloTimeoutMs * time.Millisecond
	PingInterval  = PingIntervalMs * time.Millisecond
	CommandMemory = CommandMemoryMs * time.Millisecond
)
