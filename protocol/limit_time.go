//go:build !tinygo && !js

package protocol

import "time"

// The limits in time as durations. Browsers' programs have the milliseconds alone: package time would cost the visitor's
// widget 4 KB.
const (
	TypingTTL     = TypingTTLMs * time.Millisecond
	HelloTimeout  = HelloTimeoutMs * time.Millisecond
	PingInterval  = PingIntervalMs * time.Millisecond
	CommandMemory = CommandMemoryMs * time.Millisecond
)
