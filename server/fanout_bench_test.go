//go:build linux

package server

import (
	"fmt"
	"testing"
	"time"

	"beseda/protocol"
	"beseda/server/session/line"
)

// BenchmarkFanOut has a visitor write while 200 operators look at the list, and waits until each has the row: what one
// message costs then, beside what it costs with one operator. Clients and server share the processors.
func BenchmarkFanOut(b *testing.B) {
	for b.Loop() {
		many, manyWait := fanOut(b, 200)
		one, oneWait := fanOut(b, 1)
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(many/one/200, "cpu-of-200-times-one")
		b.ReportMetric(many, "cpu-µs/message-to-200")
		b.ReportMetric(one, "cpu-µs/message-to-1")
		b.ReportMetric(manyWait, "ms-until-200-have-it")
		b.ReportMetric(oneWait, "ms-until-1-has-it")
	}
}

const fanOutMessages = 20

// fanOut returns the processor time of a message in microseconds and the time until all have its row in milliseconds,
// medians.
func fanOut(b *testing.B, operators int) (cpu, wait float64) {
	h := open(b, onDisk)
	h.fill(2000)
	kira, _ := h.visitor("")
	h.say(kira, 0, "first")
	lines := make([]*line.Line, operators)
	for n := range lines {
		lines[n], _ = h.operator(h.hire(fmt.Sprint("Operator ", n), fmt.Sprintf("o%d@example.com", n), protocol.RoleOperator, false))
		h.look(lines[n], 1, protocol.Filter{Statuses: []protocol.Status{protocol.Open}, Last: protocol.SideVisitor})
		lines[n].Only(protocol.KindInbox)
	}
	var cpus, waits []float64
	for m := range fanOutMessages {
		text := fmt.Sprint("message ", m)
		began, used := time.Now(), cpuTime()
		h.say(kira, 0, text)
		for _, l := range lines {
			h.wait(l, func(f protocol.Frame) bool {
				in := body[protocol.Inbox](b, f)
				return len(in.Rows) > 0 && in.Rows[0].LastText == text
			})
		}
		cpus = append(cpus, float64((cpuTime() - used).Microseconds()))
		waits = append(waits, float64(time.Since(began).Microseconds())/1000)
	}
	return median(cpus), median(waits)
}
