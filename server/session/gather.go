package session

import (
	"bytes"
	"encoding/binary"
	"sync"
)

// keepGather is the largest buffer of an outgoing frame that is used again.
const keepGather = 64 << 10

// gather collects an outgoing frame that the socket library hands over in pieces, so that it leaves in one write. The
// buffer is there only while a frame is.
type gather struct {
	pool  *sync.Pool    // of *bytes.Buffer
	frame *bytes.Buffer // of which more is to come
}

func (w *wire) Write(p []byte) (int, error) {
	if w.frame == nil {
		if missing(p) == 0 {
			return w.write(p)
		}
		w.frame = w.pool.Get().(*bytes.Buffer)
		w.frame.Reset()
	}
	w.frame.Write(p)
	if missing(w.frame.Bytes()) > 0 {
		return len(p), nil
	}
	_, err := w.write(w.frame.Bytes())
	if w.frame.Cap() <= keepGather {
		w.pool.Put(w.frame)
	}
	w.frame = nil
	return len(p), err
}

// missing is how many bytes of the frame that b begins with are still to come, at least.
//
//	|FIN|·|opcode(4)|0|length(7)|length 16 or 64 bits|payload
func missing(b []byte) int {
	if len(b) < 2 {
		return 2 - len(b)
	}
	head, size := 2, uint64(b[1]&0x7f)
	switch {
	case size == 126:
		head = 4
	case size == 127:
		head = 10
	}
	if len(b) < head {
		return head - len(b)
	}
	switch head {
	case 4:
		size = uint64(binary.BigEndian.Uint16(b[2:]))
	case 10:
		size = binary.BigEndian.Uint64(b[2:])
	}
	return max(0, head+int(size)-len(b))
}
