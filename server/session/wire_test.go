package session

import (
	"encoding/binary"
	"math/rand/v2"
	"testing"
	"time"

	"beseda/server/auth"
	"beseda/store/memory"

	cryptorand "crypto/rand"
)

// frame makes a masked WebSocket frame.
func frame(first byte, payload int) []byte {
	head := []byte{first}
	switch {
	case payload < 126:
		head = append(head, 0x80|byte(payload))
	case payload < 1<<16:
		head = binary.BigEndian.AppendUint16(append(head, 0x80|126), uint16(payload))
	default:
		head = binary.BigEndian.AppendUint64(append(head, 0x80|127), uint64(payload))
	}
	return append(append(head, 1, 2, 3, 4), make([]byte, payload)...)
}

func limits(t *testing.T, on bool) *auth.Limits {
	t.Helper()
	a, err := auth.Open(auth.Options{Store: memory.New(), Now: time.Now, Random: cryptorand.Reader, Unlimited: !on})
	if err != nil {
		t.Fatal(err)
	}
	return a.Limits
}

func TestTheWireKnowsWhereAMessageEndsHoweverItIsCut(t *testing.T) {
	t.Parallel()
	l := limits(t, false)
	rnd := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		var all []byte
		type end struct {
			at   int
			open bool
		}
		var ends []end
		more := false
		for range 1 + rnd.IntN(8) {
			size := []int{0, 1, 125, 126, 127, 1000, 65535, 65536}[rnd.IntN(8)]
			first := byte(0x80 | 0x2)
			switch rnd.IntN(3) {
			case 0:
				first = 0x2 // more pieces follow
				more = true
			case 1:
				first, size = 0x89, min(size, 125) // a ping
			default:
				more = false
			}
			all = append(all, frame(first, size)...)
			ends = append(ends, end{len(all), more})
		}
		w := newWire(nil, nil, l.Bucket(auth.LimitPings), nil)
		for at := 0; at < len(all); {
			n := min(1+rnd.IntN(200), ends[0].at-at)
			if rnd.IntN(4) == 0 {
				n = ends[0].at - at
			}
			if err := w.follow(all[at : at+n]); err != nil {
				t.Fatal(err)
			}
			at += n
			want := true
			if at == ends[0].at {
				want = ends[0].open
				ends = ends[1:]
			}
			if w.open() != want {
				t.Fatalf("after %d of %d bytes open is %v", at, len(all), w.open())
			}
		}
	}
}

func TestTheWireCountsControlFramesAndNoOthers(t *testing.T) {
	t.Parallel()
	l := limits(t, true)
	w := newWire(nil, nil, l.Bucket(auth.LimitPings), nil)
	for range 1000 {
		if err := w.follow(frame(0x82, 10)); err != nil {
			t.Fatal(err)
		}
	}
	burst := auth.Limitations[auth.LimitPings].Burst
	for i := range burst + 2 {
		err := w.follow(frame(0x89, 0))
		if (err != nil) != (i >= burst) && i != burst { // one may have grown back
			t.Fatalf("ping %d: %v", i, err)
		}
	}
}

func FuzzWire(f *testing.F) {
	f.Add([]byte("\x82\x85\x00\x00\x00\x00hello"), 3)
	f.Add([]byte("\x02\xff\xff\xff\xff\xff\xff\xff\xff\xff\x00\x00\x00\x00"), 1)
	f.Fuzz(func(t *testing.T, b []byte, cut int) {
		var l auth.Limits // which are off
		whole, cutUp := newWire(nil, nil, l.Bucket(auth.LimitPings), nil), newWire(nil, nil, l.Bucket(auth.LimitPings), nil)
		if cut < 1 {
			cut = 1
		}
		if whole.follow(b) != nil {
			t.Fatal("limits are off")
		}
		for len(b) > 0 {
			n := min(cut, len(b))
			_ = cutUp.follow(b[:n])
			b = b[n:]
		}
		if whole.open() != cutUp.open() || whole.rest != cutUp.rest || whole.have != cutUp.have || whole.more != cutUp.more {
			t.Fatalf("%+v and %+v", whole, cutUp)
		}
	})
}
