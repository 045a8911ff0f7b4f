package session

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"net"
	"slices"
	"sync"
	"testing"
	"time"

	"beseda/server/auth"
)

// recorder is a connection that keeps what was written, write by write.
type recorder struct {
	net.Conn
	writes [][]byte
}

func (r *recorder) Write(p []byte) (int, error) {
	r.writes = append(r.writes, bytes.Clone(p))
	return len(p), nil
}

func (r *recorder) SetWriteDeadline(time.Time) error { return nil }

func TestAFrameLeavesInOneWriteHoweverItIsHandedOver(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(5, 6))
	for range 100 {
		out := &recorder{}
		var l auth.Limits
		w := newWire(out, nil, l.Bucket(auth.LimitPings), &sync.Pool{New: func() any { return new(bytes.Buffer) }})
		var want [][]byte
		for range 5 {
			size := []int{0, 1, 14, 125, 126, 5000, 65535, 65536, 200_000}[rnd.IntN(9)]
			frame := []byte{0x82}
			switch {
			case size < 126:
				frame = append(frame, byte(size))
			case size < 1<<16:
				frame = binary.BigEndian.AppendUint16(append(frame, 126), uint16(size))
			default:
				frame = binary.BigEndian.AppendUint64(append(frame, 127), uint64(size))
			}
			frame = append(frame, bytes.Repeat([]byte{byte(size)}, size)...)
			want = append(want, frame)
			for rest := frame; len(rest) > 0; {
				n := min(len(rest), 1+rnd.IntN(writerSize))
				if rnd.IntN(3) == 0 {
					n = len(rest)
				}
				if wrote, err := w.Write(rest[:n]); wrote != n || err != nil {
					t.Fatal(wrote, err)
				}
				rest = rest[n:]
			}
		}
		if !slices.EqualFunc(want, out.writes, bytes.Equal) {
			t.Fatalf("%d frames left in %d writes", len(want), len(out.writes))
		}
		if w.frame != nil {
			t.Fatal("a buffer is kept")
		}
	}
}
