package state

import (
	"beseda/protocol"
	"beseda/wasm/bridge"
)

// read is what a frame carries; nil where its bytes do not read.
func read[T any, P interface {
	*T
	protocol.Body
}](f *protocol.Frame) *T {
	body := new(T)
	if protocol.DecodeBody(f.Body, P(body)) != nil {
		return nil
	}
	return body
}

// request takes what a command was for: its answer is here.
func (s *State) request(id protocol.CommandID) request {
	r := s.requests[id]
	delete(s.requests, id)
	return r
}

// frame takes what the server says, once and in order.
func (s *State) frame(f *protocol.Frame, fx *bridge.Effects) {
	switch f.Kind {
	case protocol.KindWelcome:
		s.welcome(f, fx)
	case protocol.KindAccepted:
		s.accepted(f, fx)
	case protocol.KindRefused:
		s.refusedFrame(f, fx)
	case protocol.KindPicks:
		s.picksCame(f, fx)
	case protocol.KindConversationsChanged:
		s.bulkCame(f, fx)
	case protocol.KindWorkload:
		s.reportCame(f)
	case protocol.KindAudit:
		s.auditCame(f, fx)
	case protocol.KindEvents:
		s.eventsCame(f, fx)
	case protocol.KindQuickReplies:
		s.quickCame(f, fx)
	case protocol.KindQuickReplyReady:
		s.quickReady(f, fx)
	case protocol.KindHistory:
		r := s.request(f.ID)
		if h := read[protocol.History](f); h != nil {
			s.pageCame(r, h, fx)
		}
	case protocol.KindPolicies:
		s.request(f.ID)
		if p := read[protocol.Policies](f); p != nil {
			s.policiesCame(p)
		}
	case protocol.KindInvited:
		s.request(f.ID)
		if in := read[protocol.Invited](f); in != nil {
			s.invited(in, fx)
		}
	default:
		if !s.notice(f, fx) {
			s.event(f, fx)
		}
	}
}

// notice takes what is not stored and answers nothing; false where it is something else.
func (s *State) notice(f *protocol.Frame, fx *bridge.Effects) bool {
	switch f.Kind {
	case protocol.KindInbox: // also answers
		if in := read[protocol.Inbox](f); in != nil {
			s.inbox(f.ID, in, fx)
		}
	case protocol.KindTeam:
		if t := read[protocol.Team](f); t != nil {
			tags := s.Team.Tags
			s.teamCame(t)
			s.tagsCame(tags, fx)
			s.somethingHappened()
		}
	case protocol.KindPresence:
		if p := read[protocol.Presence](f); p != nil {
			s.presence(p)
		}
	case protocol.KindTypingStarted, protocol.KindTypingStopped:
		if t := read[protocol.TypingStarted](f); t != nil { // both have this shape
			s.typing(f.Conversation, t.Who, f.Kind == protocol.KindTypingStarted)
		}
	case protocol.KindViewers:
		if v := read[protocol.Viewers](f); v != nil {
			s.viewersCame(f.Conversation, v)
		}
	case protocol.KindReceiptAdvanced:
		s.receipt(f)
	case protocol.KindVisitorVisited:
		s.visited(f)
	default:
		return false
	}
	return true
}

// event takes a fact.
func (s *State) event(f *protocol.Frame, fx *bridge.Effects) {
	switch f.Kind {
	case protocol.KindPolicySet:
		s.readPolicies(fx)
	case protocol.KindQuickReplySet:
		s.quickSet(f)
	case protocol.KindQuickReplyDeleted:
		s.quickDeleted(f)
	case protocol.KindMessageFailed:
		s.failed(f)
	case protocol.KindContactSet:
		s.described(f)
	case protocol.KindConversationErased:
		s.erased(f, fx)
	case protocol.KindConversationPurged:
		s.purged(f.Conversation)
	case protocol.KindConversationMerged:
		s.merged(f, fx)
	default:
		if f.Kind.IsItem() {
			s.arrived(f, fx)
		}
	}
	s.somethingHappened()
}

// viewersCame takes who else has a conversation open.
func (s *State) viewersCame(n protocol.Number, v *protocol.Viewers) {
	t := s.talks[n]
	if t == nil {
		t = s.talks[v.Conversation]
	}
	if t != nil && t.Phase == TalkOpen {
		t.Viewers = v.Operators
	}
}

// inbox takes rows: those of a page that was asked for, or those that changed.
func (s *State) inbox(id protocol.CommandID, in *protocol.Inbox, fx *bridge.Effects) {
	s.somethingHappened()
	s.Report.stale = true
	_, asked := s.requests[id]
	r := s.request(id)
	resorted := s.List.resorted(in)
	if resorted {
		s.lookAgain(fx)
	}
	switch {
	case asked && r.what == askLook:
		s.lookCame(r, in, fx)
	case asked && resorted: // rows of one order do not join those of another
		s.List.paging = false
	case asked:
		s.List.page(in)
		s.page0(fx)
		s.reachRow(fx)
	default:
		s.List.change(in)
		s.page0(fx)
	}
	s.hear(in, asked, fx)
	s.rowsOfTalks(in.Rows, fx)
	s.rowsOfTalks(in.Beside, fx)
	s.selectionFollows(in, fx)
	s.takeAway(in.Gone, fx)
	for _, n := range in.Gone {
		s.lose(n, fx)
		s.whereTo(n, fx)
	}
	s.changedRows(in)
}

// rowsOfTalks lets what is open follow its row.
func (s *State) rowsOfTalks(rows []protocol.Row, fx *bridge.Effects) {
	for i := range rows {
		if t := s.talks[rows[i].Number]; t != nil && t.Phase != TalkGone && t.Phase != TalkMissing && t.Phase != TalkErased {
			t.Row = rows[i]
		} else if t != nil && t.Phase != TalkErased { // access came back
			t.Row, t.Phase = rows[i], TalkOpening
			if t == s.Current() {
				s.open(t.Number, fx)
			}
		}
	}
}

func (s *State) refusedFrame(f *protocol.Frame, fx *bridge.Effects) {
	var no protocol.Refused
	_ = protocol.DecodeBody(f.Body, &no) // without a code it reads as internal
	if r := s.requests[f.ID]; r.what == askWatch {
		delete(s.requests, f.ID)
		s.watchRefused(r.number, &no, fx)
		return
	}
	if e := s.line.link.Find(f.ID); e != nil && !written(e.Kind) {
		s.line.drop(s, fx, f.ID) // what was written stays, to be tried again
	}
	s.messageRefused(f.ID, &no, fx)
	s.refused(f.ID, &no, fx)
}

func (s *State) receipt(f *protocol.Frame) {
	var r protocol.ReceiptAdvanced
	if protocol.DecodeBody(f.Body, &r) != nil {
		return
	}
	for _, t := range s.talks {
		if t.Number == f.Conversation || r.Side == protocol.SideVisitor && f.Thread != "" && t.Row.Thread == f.Thread {
			s.advanced(t, &r)
		}
	}
}

// visited takes the page that a visitor is on now.
func (s *State) visited(f *protocol.Frame) {
	v := read[protocol.VisitorVisited](f)
	if v == nil {
		return
	}
	for _, t := range s.talks {
		if t.Visitor != nil && t.Row.Thread == f.Thread && f.Thread != "" {
			t.Visitor.Current, t.Visitor.LastSeen = v.Visit, f.At
			if v.Language != "" {
				t.Visitor.Language = v.Language
			}
			if v.Device != "" {
				t.Visitor.Device = v.Device
			}
		}
	}
}
