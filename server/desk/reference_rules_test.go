package desk_test

import (
	"beseda/protocol"
)

// The rules of §4 to §6, one command at a time. Each returns the refusal, or "".

func (m *reference) setStatus(c *refConv, status protocol.Status) {
	if c.status != status {
		c.status, c.statusSince = status, m.now
	}
	if status != protocol.Open {
		m.end(c)
	}
}

// complete ends it with a status: from active or completed to closed, else from active.
func (m *reference) complete(c *refConv, status protocol.Status) {
	kind := protocol.KindConversationCompleted
	if status == protocol.Closed {
		kind = protocol.KindConversationClosed
		c.closedAt = m.now
	}
	m.emit(kind, c)
	m.setStatus(c, status)
	c.active, c.splitFrom = false, 0
	c.disarm()
}

// activate makes it active and open; whose assignee has left, nobody's.
func (m *reference) activate(c *refConv, emitAssigned bool) {
	kind := protocol.KindConversationReactivated
	closed := c.status == protocol.Closed
	if closed {
		kind = protocol.KindConversationReopened
	}
	m.emit(kind, c)
	c.active = true
	m.setStatus(c, protocol.Open)
	m.arm(c)
	if closed && emitAssigned {
		m.freeDeactivated(c)
	}
}

func (m *reference) freeDeactivated(c *refConv) {
	if c.assignee != "" && m.people[c.assignee].off {
		m.assign(c, "")
	}
}

func (m *reference) assign(c *refConv, to operator) {
	m.emit(protocol.KindConversationAssigned, c)
	was := c.assignee
	if was != "" {
		c.former[was] = true
	}
	delete(c.former, to)
	c.assignee = to
	if (was == "") != (to == "") && m.policy.idle(was != "") != m.policy.idle(to != "") {
		m.arm(c)
	}
}

func (m *reference) create(assignee operator) *refConv {
	m.next++
	c := &refConv{number: m.next, active: true, status: protocol.Open, statusSince: m.now, assignee: assignee,
		former: map[operator]bool{}, reads: map[operator]refRead{}}
	m.convs = append(m.convs, c)
	m.emit(protocol.KindConversationStarted, c)
	m.arm(c)
	return c
}

// store puts a message into a conversation.
func (m *reference) store(c *refConv, visitor, endsWait bool) {
	m.emit(protocol.KindMessageSent, c)
	switch {
	case visitor:
		if first := m.awaiting(c); first.at == m.last || m.policy["sla.clock"] == "last_visitor" {
			m.armWait(c, 0)
		}
	case endsWait:
		m.end(c)
	}
	m.arm(c)
	if after := m.policy.span("offline_delivery"); !visitor && after > 0 {
		if c.failAt == 0 {
			c.failAt = m.now + after
		} else {
			c.failAt = m.nextFailure(c, c.failAt)
		}
	}
}

// says is §4.
func (m *reference) says() string {
	if !m.known { // the visitor arrives with the first message
		m.last++
		m.events = append(m.events, refEvent{protocol.KindVisitorArrived, 0, m.by})
		m.known = true
	}
	if m.contact.blocked {
		return "blocked"
	}
	l := m.active()
	if l == nil {
		l = m.newest()
	}
	if l == nil {
		m.store(m.create(""), true, false)
		return ""
	}
	switch {
	case l.active && l.status == protocol.Open:
	case l.active:
		m.emit(protocol.KindStatusSet, l)
		m.setStatus(l, protocol.Open)
	case l.status != protocol.Closed:
		if m.policy["inbound."+string(l.status)] == "new" {
			m.store(m.create(""), true, false)
			return ""
		}
		was := l.status
		earlier := m.newestOf(l, (*refItem).message) != 0
		m.activate(l, false)
		if m.policy["split.enabled"] == "true" && earlier {
			l.splitFrom, l.splitStatus = m.last+1, was
		}
	default:
		policy := m.policy["inbound.closed"]
		if policy == "new" || policy != "reopen" && m.now-l.closedAt > m.policy.span("inbound.closed") {
			m.store(m.create(""), true, false)
			return ""
		}
		m.activate(l, true)
	}
	m.store(l, true, false)
	return ""
}

// replies is §5 for operators and bots.
func (m *reference) replies(who operator, n number) string {
	c := m.live(n)
	switch {
	case c != nil && c.erased:
		return "not_found erasing"
	case c == nil:
		return "not_found"
	case !m.mayWrite(who, c):
		return "not_assigned"
	case m.contact.blocked:
		return "blocked"
	}
	bot, seen := m.people[who].bot, m.lastOf(c)
	claims := !bot && m.policy["claim_on_reply"] == "true"
	policy := "append"
	if !c.active {
		policy = m.policy["outbound.completed"]
		if c.status == protocol.Closed {
			policy = m.policy["outbound.closed"]
		}
	}
	if policy == "forbid" {
		return "forbidden"
	}
	if other := m.active(); other != nil && (policy == "reactivate" || policy == "reopen" || policy == "new") {
		return "conflict active=" + other.number.String()
	}
	switch policy {
	case "new":
		assignee := c.assignee
		if assignee != "" && m.people[assignee].off {
			assignee = ""
		}
		if assignee == "" && claims {
			assignee = who
		}
		m.store(m.create(assignee), false, !bot || m.policy["bot.ends_wait"] == "true")
		return ""
	case "reactivate", "reopen":
		m.activate(c, false)
	}
	if c.assignee == "" || c.status == protocol.Open && policy == "reopen" && m.people[c.assignee].off {
		to := operator("")
		if claims {
			to = who
		}
		if to != c.assignee {
			m.assign(c, to)
		}
	}
	if !bot {
		m.advance(who, c, seen, seen)
	}
	m.store(c, false, !bot || m.policy["bot.ends_wait"] == "true")
	return ""
}

// starts is StartNew.
func (m *reference) starts(who operator) string {
	switch {
	case !m.known:
		return "not_found"
	case m.people[who].bot:
		return "forbidden"
	case m.contact.blocked:
		return "blocked"
	}
	if other := m.active(); other != nil {
		return "conflict active=" + other.number.String()
	}
	m.store(m.create(who), false, true)
	return ""
}

// found is what a command that addresses a number asks first; the row is nil where it is refused.
func (m *reference) found(who operator, n number, may func(operator, *refConv) bool, follows bool) (*refConv, string) {
	c := m.live(n)
	switch {
	case c == nil:
		return nil, "not_found"
	case c.erased:
		return nil, "not_found erasing"
	case c.number != n && !follows && !m.mayRead(who, c):
		return nil, "forbidden"
	case c.number != n && !follows:
		return nil, "conflict merged_into=" + c.number.String()
	case !may(who, c):
		return nil, "forbidden"
	}
	return c, ""
}

// foundWith is found for what takes a right beside reading.
func (m *reference) foundWith(who operator, n number, has bool, right string) (*refConv, string) {
	c, refused := m.found(who, n, func(operator, *refConv) bool { return true }, false)
	switch {
	case c == nil:
		return nil, refused
	case !has:
		return nil, "forbidden right=" + right
	case !m.mayRead(who, c):
		return nil, "forbidden"
	}
	return c, ""
}

// unseen is the guard of note 5.
func (m *reference) unseen(who operator, c *refConv, last position) bool {
	inbound := func(i *refItem) bool { return i.message() && i.visitor }
	return last != 0 && !m.people[who].bot && m.newestOf(c, inbound) > last
}

func (m *reference) completes(who operator, n number, status protocol.Status, last position) string {
	c, refused := m.found(who, n, m.mayWrite, false)
	switch {
	case c == nil:
		return refused
	case !c.active:
		return "conflict"
	case !m.policy.allows(status):
		return "invalid field=status"
	case m.unseen(who, c, last):
		return "conflict new_message"
	}
	m.complete(c, status)
	return ""
}

func (m *reference) setsStatus(who operator, n number, status protocol.Status, last position) string {
	c, refused := m.found(who, n, m.mayWrite, false)
	switch {
	case c == nil:
		return refused
	case c.status == status:
		return ""
	case !m.policy.allows(status) && !(status == protocol.Open && c.active):
		return "invalid field=status"
	case status != protocol.Open && m.unseen(who, c, last):
		return "conflict new_message"
	}
	if status == protocol.Closed {
		m.complete(c, status)
		return ""
	}
	closed := c.status == protocol.Closed
	m.emit(protocol.KindStatusSet, c)
	m.setStatus(c, status)
	if closed {
		m.freeDeactivated(c)
	}
	return ""
}

func (m *reference) visitorCloses(n number) string {
	c := m.conv(n)
	switch {
	case c == nil:
		return "not_found"
	case m.live(n).erased:
		return "not_found"
	case c.mergedInto != 0:
		return "conflict merged_into=" + m.live(n).number.String()
	case m.contact.blocked:
		return "blocked"
	case c.status == protocol.Closed:
		return ""
	}
	m.complete(c, protocol.Closed)
	return ""
}

func (m *reference) reopens(who operator, n number) string {
	c, refused := m.found(who, n, m.mayWrite, false)
	if c == nil || c.active {
		return refused
	}
	if other := m.active(); other != nil {
		return "conflict active=" + other.number.String()
	}
	m.activate(c, true)
	return ""
}

func (m *reference) postpones(who operator, n number) string {
	c, refused := m.found(who, n, m.mayWrite, false)
	hold := m.policy.span("autocomplete.hold_for")
	switch {
	case c == nil:
		return refused
	case !c.announced || c.deadline == 0 || hold == 0:
		return "conflict"
	}
	deadline := c.deadline + hold
	m.emit(protocol.KindCompletionPostponed, c)
	c.held = deadline
	m.setDeadline(c, deadline)
	return ""
}

func (m *reference) waives(who operator, n number, last position) string {
	c, refused := m.found(who, n, m.mayWrite, true)
	if c == nil {
		return refused
	}
	waits := m.awaiting(c) != nil
	if waits && m.unseen(who, c, last) {
		return "conflict new_message"
	}
	if seen := m.lastOf(c); !m.people[who].bot {
		m.advance(who, c, seen, seen)
	}
	c.mark(who, false)
	if waits {
		m.emit(protocol.KindReplyWaived, c)
		m.end(c)
	}
	return ""
}

func (m *reference) notes(who operator, n number) string {
	c, refused := m.found(who, n, m.mayRead, true)
	if c != nil {
		m.emit(protocol.KindNoteAdded, c)
	}
	return refused
}

func (m *reference) names(who operator, n number, subject string) string {
	c, refused := m.found(who, n, m.mayWrite, false)
	if c != nil && c.subject != subject {
		m.emit(protocol.KindSubjectSet, c)
		c.subject = subject
	}
	return refused
}

func (m *reference) assigns(who operator, n number, to operator) string {
	c, refused := m.found(who, n, func(who operator, c *refConv) bool {
		p := m.people[who]
		return p.admin || p.bot || c.assignee == who || c.assignee == "" && m.mayRead(who, c) ||
			c.assignee != "" && m.people[c.assignee].bot && to == who && m.mayRead(who, c)
	}, false)
	switch {
	case c == nil:
		return refused
	case to == c.assignee:
		return ""
	case to != "" && m.people[to].off:
		return "invalid field=assignee"
	}
	start := m.beginsAt(c)
	m.assign(c, to)
	if _, knows := c.reads[to]; to != "" && !knows {
		c.reads[to] = refRead{start, start}
	}
	return ""
}

// beginsAt is where an assignee who never read here begins.
func (m *reference) beginsAt(c *refConv) position {
	if first := m.awaiting(c); first != nil {
		return first.at - 1
	}
	return m.lastOf(c)
}

// reacts puts an emoji on a message, or takes it back; who is "" for the visitor.
func (m *reference) reacts(who operator, n number, at position, has, on bool) string {
	var item *refItem
	for _, i := range m.items {
		if i.at == at && i.message() {
			item = i
		}
	}
	if who != "" {
		if c, refused := m.found(who, n, m.mayWrite, false); c == nil {
			return refused
		}
	}
	if m.contact.blocked {
		return "blocked"
	}
	if item == nil || who != "" && item.conv != n {
		return "not_found"
	}
	if has == on {
		return ""
	}
	c := m.conv(item.conv)
	if !on {
		m.emit(protocol.KindReactionWithdrawn, c)
		return ""
	}
	m.emit(protocol.KindReactionAdded, c)
	if m.policy["reaction.restarts_timer"] == "true" {
		m.arm(c)
	}
	return ""
}

// advance moves an operator's positions; it shows in the log where that is news for the visitor.
func (m *reference) advance(who operator, c *refConv, delivered, read position) {
	newest := m.lastOf(c)
	old := c.reads[who]
	read = min(read, newest)
	next := refRead{max(old.Delivered, min(delivered, newest), read), max(old.Read, read)}
	if next == old {
		return
	}
	c.reads[who] = next
	visitors := m.newestOf(c, (*refItem).unread)
	if min(next.Read, visitors) > c.team.Read || min(next.Delivered, visitors) > c.team.Delivered {
		c.team = refRead{max(c.team.Delivered, next.Delivered), max(c.team.Read, next.Read)}
		m.emit(protocol.KindReceiptAdvanced, c)
	}
}

func (m *reference) reads(who operator, n number, delivered, read position) string {
	c, refused := m.found(who, n, m.mayRead, true)
	if c != nil {
		m.advance(who, c, delivered, read)
	}
	return refused
}

// splits is §6.1.
func (m *reference) splits(who operator, n number, from position) string {
	x, refused := m.found(who, n, m.mayWrite, false)
	switch {
	case x == nil:
		return refused
	case x.splitFrom == 0:
		return "conflict"
	case x.splitFrom != from:
		return "conflict changed"
	}
	m.next++
	y := &refConv{number: m.next, active: true, status: protocol.Open, statusSince: m.now, assignee: x.assignee,
		former: map[operator]bool{}, reads: map[operator]refRead{}, team: x.team,
		deadline: x.deadline, held: x.held, announced: x.announced, announceAt: x.announceAt}
	for who := range x.former {
		y.former[who] = true
	}
	for who, own := range x.reads {
		y.reads[who] = own
	}
	m.convs = append(m.convs, y)
	for _, i := range m.items {
		if i.conv == x.number && i.at >= from {
			i.conv = y.number
		}
	}
	for _, i := range m.of(x) { // what was ended by something that is the other's now waits again
		if i.endedBy >= from {
			i.endedBy = 0
		}
	}
	m.emit(protocol.KindConversationSplit, x)
	m.emit(protocol.KindConversationStarted, y)
	if x.status != x.splitStatus {
		x.status, x.statusSince = x.splitStatus, m.now
	}
	x.active, x.splitFrom = false, 0
	x.disarm()
	m.armWait(x, m.now)
	m.armWait(y, m.now)
	if at := x.failAt; at != 0 {
		x.failAt, y.failAt = m.nextFailure(x, at), m.nextFailure(y, at)
	}
	return ""
}

// merges is §6.2.
func (m *reference) merges(who operator, n, into number) string {
	x, refused := m.found(who, n, m.mayWrite, false)
	if x == nil {
		return refused
	}
	if x.status == protocol.Closed {
		return "conflict"
	}
	p := m.before(x)
	switch {
	case p == nil:
		return "conflict"
	case p.number != into:
		return "conflict changed"
	case !m.mayRead(who, p):
		return "forbidden"
	}
	assignee := operator("")
	for _, id := range []operator{x.assignee, p.assignee} {
		if assignee == "" && id != "" && !m.people[id].off {
			assignee = id
		}
	}
	reads := map[operator]refRead{}
	for _, id := range m.everybody() {
		_, inP := p.reads[id]
		_, inX := x.reads[id]
		if !inP && !inX && id != assignee {
			continue
		}
		ofP, ofX := m.readOf(id, p), m.readOf(id, x)
		if !inP && !inX {
			ofP, ofX = refRead{m.beginsAt(p), m.beginsAt(p)}, refRead{m.beginsAt(x), m.beginsAt(x)}
		}
		next := refRead{max(ofP.Delivered, ofX.Delivered), max(ofP.Read, ofX.Read)}
		for _, i := range m.items {
			if i.unread() && (i.conv == p.number && i.at > ofP.Read || i.conv == x.number && i.at > ofX.Read) {
				next.Read = min(next.Read, i.at-1)
			}
		}
		reads[id] = next
	}
	lives := p
	if !p.active {
		lives = x
	}
	had, deadline, announceAt, announced := lives.assignee != "", lives.deadline, lives.announceAt, lives.announced
	if !p.active || x.active {
		if p.status != x.status {
			p.status, p.statusSince = x.status, m.now
		}
		p.active = x.active
	}
	for _, i := range m.items {
		if i.conv == x.number {
			i.conv = p.number
		}
	}
	m.emit(protocol.KindConversationMerged, p)
	for id := range x.former {
		p.former[id] = true
	}
	if p.assignee != "" {
		p.former[p.assignee] = true
	}
	delete(p.former, assignee)
	for _, id := range x.marked {
		p.mark(id, true)
	}
	p.assignee, p.reads = assignee, reads
	p.team = refRead{max(p.team.Delivered, x.team.Delivered), max(p.team.Read, x.team.Read)}
	if p.subject == "" {
		p.subject = x.subject
	}
	p.splitFrom, p.held = 0, max(p.held, x.held)
	m.armWait(p, m.now)
	if p.failAt == 0 || x.failAt != 0 && x.failAt < p.failAt {
		p.failAt = x.failAt
	}
	if p.active {
		p.deadline, p.announceAt, p.announced = deadline, announceAt, announced
		if deadline == 0 {
			m.arm(p)
		}
		if had != (assignee != "") && m.policy.idle(had) != m.policy.idle(assignee != "") {
			m.arm(p)
		}
	} else {
		p.disarm()
	}
	*x = refConv{number: x.number, status: protocol.Closed, mergedInto: p.number}
	return ""
}

// deactivates ends an operator's access: what is not closed becomes nobody's.
func (m *reference) deactivates(who operator) string {
	if m.people[who].off {
		return ""
	}
	m.people[who].off = true
	m.last++
	m.events = append(m.events, refEvent{protocol.KindOperatorDeactivated, 0, m.by})
	for _, c := range m.convs {
		if c.assignee == who && c.status != protocol.Closed && c.mergedInto == 0 {
			m.assign(c, "")
		}
	}
	return ""
}

func (m *reference) activates(who operator) string {
	if !m.people[who].off {
		return ""
	}
	m.people[who].off = false
	m.last++
	m.events = append(m.events, refEvent{protocol.KindOperatorActivated, 0, m.by})
	return ""
}
