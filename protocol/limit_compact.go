//go:build tinygo && !console

package protocol

// The limits in time as plain nanoseconds: usable wherever a duration is wanted, without importing package time, which
// alone would cost the widget 4 KB. They have no methods; see the constants in milliseconds.
const (
	TypingTTL     = TypingTTLMs * 1_000_000
	HelloTimeout  = HelloTimeoutMs * 1_000_000
	PingInterval  = PingIntervalMs * 1_000_000
	CommandMemory = CommandMemoryMs * 1_000_000
)
