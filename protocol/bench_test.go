//go:build !tinygo && !js

package protocol

import "testing"

// What the server does for every command, and for every event once; the field lists are beside it for comparison.
func BenchmarkCodec(b *testing.B) {
	command := send("Do you have these boots in 42?")
	event := Frame{Kind: KindMessageSent, ID: anID, Position: 1207, At: 1763635800000, Thread: anID, Conversation: 41,
		Actor: &Actor{Kind: ActorOperator, ID: anID, Name: "Ann"}, Body: EncodeBody(&MessageSent{Text: "They are in stock."})}
	bytes := AppendFrame(nil, &command)
	buffer := make([]byte, 0, 1024)
	b.Run("read and check a command", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			f, _, err := DecodeFrame(bytes)
			if err != nil {
				b.Fatal(err)
			}
			if _, refusal := Decode(f, FromVisitor); refusal != nil {
				b.Fatal(refusal)
			}
		}
	})
	b.Run("read a command by field list", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var f Frame
			if err := decodeCompact(bytes, &f); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("write an event", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			buffer = AppendFrame(buffer[:0], &event)
		}
	})
	b.Run("write an event by field list", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			buffer = appendCompact(buffer[:0], &event)
		}
	})
	b.Run("write an event as JSON", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var err error
			if buffer, err = AppendJSON(buffer[:0], &event); err != nil {
				b.Fatal(err)
			}
		}
	})
}
