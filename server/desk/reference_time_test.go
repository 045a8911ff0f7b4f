package desk_test

import (
	"strings"
	"time"

	"beseda/protocol"
)

// span is a policy's duration in milliseconds; 0 for a word.
func (p refPolicy) span(key string) int64 {
	text := p[key]
	if _, rest, ok := strings.Cut(text, ":"); ok {
		text = rest
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		return 0
	}
	return d.Milliseconds()
}

func (p refPolicy) idle(assigned bool) int64 {
	if !assigned && p["autocomplete.unassigned_after"] != "same" {
		return p.span("autocomplete.unassigned_after")
	}
	return p.span("autocomplete.after")
}

func (p refPolicy) allows(status protocol.Status) bool {
	return strings.Contains(","+p["complete.statuses"]+",", ","+string(status)+",")
}

// sets gives a key its value. What came due while a timer was off is lost, and so is what does in the millisecond in
// which it is on again.
func (m *reference) sets(key, value string) {
	lengths := func() map[string][]int64 {
		return map[string][]int64{
			"autocomplete.after": {m.policy.idle(true), m.policy.idle(false)}, "sla.warn": {m.policy.span("sla.warn")},
			"sla.limit": {m.policy.span("sla.limit")}, "offline_delivery": {m.policy.span("offline_delivery")},
		}
	}
	before := lengths()
	m.policy[key] = value
	for timer, after := range lengths() {
		for i := range after {
			if before[timer][i] == 0 && after[i] != 0 {
				m.resumed[timer] = m.now
			}
		}
	}
}

// arm begins the time to completion anew.
func (m *reference) arm(c *refConv) {
	if !c.active {
		return
	}
	idle := m.policy.idle(c.assignee != "")
	if idle == 0 {
		c.deadline, c.announceAt, c.announced = 0, 0, false
		return
	}
	m.setDeadline(c, max(m.now+idle, c.held))
}

func (m *reference) setDeadline(c *refConv, deadline int64) {
	c.deadline, c.announceAt, c.announced = deadline, 0, false
	if warn := m.policy.span("autocomplete.warn_before"); warn > 0 {
		c.announceAt = max(deadline-warn, m.now, m.resumed["autocomplete.after"]+1)
	}
}

func (c *refConv) disarm() { c.deadline, c.announceAt, c.announced, c.held = 0, 0, false, 0 }

// armWait arms the reply-time timers for the wait that is on, as far as they have not fired for its message; not before
// a time.
func (m *reference) armWait(c *refConv, earliest int64) {
	c.warnAt, c.limitAt = 0, 0
	first := m.awaiting(c)
	if first == nil {
		return
	}
	base := first.time
	if m.policy["sla.clock"] == "last_visitor" {
		base = m.newestWaiting(c).time
	}
	fired := m.firedFor(first.at)
	if warn := m.policy.span("sla.warn"); warn > 0 && !fired[0] {
		c.warnAt = max(base+warn, earliest, m.resumed["sla.warn"]+1)
	}
	if limit := m.policy.span("sla.limit"); limit > 0 && !fired[1] {
		c.limitAt = max(base+limit, earliest, m.resumed["sla.limit"]+1)
	}
}

func (m *reference) firedFor(at position) *[2]bool {
	if m.fired[at] == nil {
		m.fired[at] = &[2]bool{}
	}
	return m.fired[at]
}

// timers are what is armed, in the order of the table.
func (c *refConv) timers() []int64 {
	return []int64{c.warnAt, c.limitAt, c.announceAt, c.deadline, c.failAt}
}

// overdue tells whether runDue would do something.
func (m *reference) overdue(now int64) bool {
	for _, c := range m.convs {
		for _, at := range c.timers() {
			if at != 0 && at <= now {
				return true
			}
		}
	}
	return false
}

// runDue fires everything due by now: by time, then in the order of the table, then by number.
func (m *reference) runDue(now int64) {
	for {
		var first *refConv
		var kind int
		var due int64
		for _, c := range m.convs { // by number
			for k, at := range c.timers() {
				if at != 0 && at <= now && (first == nil || at < due || at == due && k < kind) {
					first, kind, due = c, k, at
				}
			}
		}
		if first == nil {
			return
		}
		m.now, m.by = due, "timer"
		m.fire(first, kind)
	}
}

func (m *reference) fire(c *refConv, kind int) {
	idle := m.policy.idle(c.assignee != "")
	switch kind {
	case 0:
		c.warnAt = 0
		if m.policy.span("sla.warn") > 0 {
			m.firedFor(m.awaiting(c).at)[0] = true
			m.emit(protocol.KindReplyTimeWarned, c)
		}
	case 1:
		c.limitAt = 0
		if m.policy.span("sla.limit") > 0 {
			m.firedFor(m.awaiting(c).at)[1] = true
			m.emit(protocol.KindReplyTimeExceeded, c)
		}
	case 2:
		c.announceAt = 0
		if idle > 0 {
			c.announced = true
			m.emit(protocol.KindCompletionAnnounced, c)
		}
	case 3:
		if idle == 0 {
			c.deadline, c.announceAt, c.announced = 0, 0, false
			return
		}
		status := protocol.Status(m.policy["autocomplete.status"])
		if status == "by_last_author" {
			status = protocol.Pending
			if m.awaiting(c) != nil {
				status = protocol.Open
			}
		}
		m.complete(c, status)
	case 4:
		c.failAt = 0
		after, items := m.policy.span("offline_delivery"), m.undelivered(c)
		if after == 0 || len(items) == 0 {
			return
		}
		for n, i := range items {
			if n == 0 || i.time <= max(items[0].time, m.now-after) { // the oldest is due by what held when it was armed
				m.contact.failed[i.at] = true
			}
		}
		m.emit(protocol.KindMessageFailed, c)
		c.failAt = m.nextFailure(c, m.now)
	}
}

// undelivered are the team's messages that no device of the visitor has, and that have not failed.
func (m *reference) undelivered(c *refConv) (items []*refItem) {
	for _, i := range m.of(c) {
		if i.message() && !i.visitor && i.at > m.contact.seen.Delivered && !m.contact.failed[i.at] {
			items = append(items, i)
		}
	}
	return items
}

// nextFailure is what the oldest of them is due at, not before a time; 0 for nothing.
func (m *reference) nextFailure(c *refConv, least int64) int64 {
	if after, items := m.policy.span("offline_delivery"), m.undelivered(c); after > 0 && len(items) > 0 {
		return max(items[0].time+after, least, m.resumed["offline_delivery"]+1)
	}
	return 0
}
