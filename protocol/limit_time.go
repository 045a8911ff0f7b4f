//go:build !tinygo || console

package protocol

import "time"

// The limits in time as durations.
const (
	TypingTTL     = TypingTTLMs * time.Millisecond
	HelloTimeout  = HelloTimeoutMs * time.Millisecond
	PingInterval  = PingIntervalMs * time.Millisecond
	CommandMemory = CommandMemoryMs * time.Millisecond
)
