package state

import (
	"beseda/protocol"
	"beseda/wasm/bridge"
)

// frame takes what the server says, once and in order.
func (s *State) frame(f *protocol.Frame, fx *bridge.Effects) {
	switch f.Kind {
	case protocol.KindWelcome:
		s.welcome(f, fx)
	case protocol.KindInbox:
		var in protocol.Inbox
		if protocol.DecodeBody(f.Body, &in) == nil {
			s.inbox(f.ID, &in, fx)
		}
	case protocol.KindTeam:
		var t protocol.Team
		if protocol.DecodeBody(f.Body, &t) == nil {
			s.teamCame(&t)
			s.somethingHappened()
		}
	case protocol.KindPresence:
		var p protocol.Presence
		if protocol.DecodeBody(f.Body, &p) == nil {
			s.presence(&p)
		}
	case protocol.KindTypingStarted, protocol.KindTypingStopped:
		var t protocol.TypingStarted // both have this shape
		if protocol.DecodeBody(f.Body, &t) == nil {
			s.typing(f.Conversation, t.Who, f.Kind == protocol.KindTypingStarted)
		}
	case protocol.KindHistory:
		var h protocol.History
		r := s.requests[f.ID]
		delete(s.requests, f.ID)
		if protocol.DecodeBody(f.Body, &h) == nil {
			s.pageCame(r, &h, fx)
		}
	case protocol.KindPolicies:
		var p protocol.Policies
		delete(s.requests, f.ID)
		if protocol.DecodeBody(f.Body, &p) == nil {
			s.policiesCame(&p)
		}
	case protocol.KindPolicySet:
		s.readPolicies(fx)
		s.somethingHappened()
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
	case protocol.KindInvited:
		var in protocol.Invited
		delete(s.requests, f.ID)
		if protocol.DecodeBody(f.Body, &in) == nil {
			s.invited(&in, fx)
		}
	case protocol.KindAccepted:
		s.accepted(f, fx)
	case protocol.KindRefused:
		s.refusedFrame(f, fx)
	case protocol.KindViewers:
		var v protocol.Viewers
		if t := s.talks[f.Conversation]; protocol.DecodeBody(f.Body, &v) == nil {
			if t == nil {
				t = s.talks[v.Conversation]
			}
			if t != nil && t.Phase == TalkOpen {
				t.Viewers = v.Operators
			}
		}
	case protocol.KindQuickReplies:
		s.quickCame(f, fx)
	case protocol.KindQuickReplyReady:
		s.quickReady(f, fx)
	case protocol.KindQuickReplySet:
		s.quickSet(f)
		s.somethingHappened()
	case protocol.KindQuickReplyDeleted:
		s.quickDeleted(f)
		s.somethingHappened()
	case protocol.KindMessageFailed:
		s.failed(f)
	case protocol.KindContactSet:
		s.described(f)
		s.somethingHappened()
	case protocol.KindConversationErased:
		s.erased(f, fx)
		s.somethingHappened()
	case protocol.KindConversationPurged:
		s.purged(f.Conversation)
		s.somethingHappened()
	case protocol.KindReceiptAdvanced:
		s.receipt(f)
	case protocol.KindVisitorVisited:
		s.visited(f)
	case protocol.KindConversationMerged:
		s.merged(f, fx)
		s.somethingHappened()
	default:
		if f.Kind.IsItem() {
			s.arrived(f, fx)
		}
		s.somethingHappened()
	}
}

func (s *State) welcome(f *protocol.Frame, fx *bridge.Effects) {
	var w protocol.Welcome
	if protocol.DecodeBody(f.Body, &w) != nil || w.Operator == nil {
		return
	}
	first := !s.Welcomed
	s.Skew = w.Now - s.Now
	s.Me, s.Workspace = w.Operator.Me, w.Operator.Workspace
	s.Welcomed = true
	s.teamCame(&w.Operator.Team)
	if first {
		s.since = w.Now
	}
	s.firstList(&w.Operator.Inbox, fx)
	s.hear(&w.Operator.Inbox, first, fx)
	for n, t := range s.talks {
		if row := s.List.Row(n); row != nil {
			t.Row = *row
		}
		if asked := s.line.link.Asked(n); asked != "" { // access may have gone while the line was down
			s.requests[asked] = request{what: askWatch, number: n}
		}
	}
	if !first {
		s.checkEvents(fx)
	}
	s.readPolicies(fx)
	s.readQuick("", fx)
	for _, d := range s.drafts {
		d.saving = "" // what was on its way comes again with what it is by now
	}
	if first {
		fx.Load(s.outboxRecord())
		s.arriveAt(fx)
	}
}

// inbox takes rows: those of a page that was asked for, or those that changed.
func (s *State) inbox(id protocol.CommandID, in *protocol.Inbox, fx *bridge.Effects) {
	s.somethingHappened()
	s.Report.stale = true
	r, asked := s.requests[id]
	delete(s.requests, id)
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
	var v protocol.VisitorVisited
	if protocol.DecodeBody(f.Body, &v) != nil {
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
