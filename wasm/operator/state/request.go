package state

import (
	"strings"

	"beseda/protocol"
	"beseda/wasm/bridge"
	say "beseda/wasm/words/console"
)

// what says whose answer it is that comes to a command.
type what uint8

const (
	askNothing what = iota // the answer changes nothing here
	askInbox
	askLook  // lens is its number; word is countTags, or ""
	askPicks // lens is the list's
	askBulk  // lens is how many
	askHistory
	askClose
	askStatus // reopen, claim: failing is a toast
	askDialog
	askInvite
	askProfile
	askMember // role, activate: failing is a toast
	askChannel
	askWatch
	askEnd       // word is the status
	askStatusSet // word is the status
	askWaive
	askPolicies
	askPolicy
	askSubject  // word is the subject before
	askReaction // failing is a toast
	askSplit
	askMerge    // into is the predecessor
	askPrevious // number is the open one
	askEvents   // word says which page
	askWorkload
	askDraft
	askQuick     // word begins the handles of its files
	askQuickForm // word is its name
	askPerson
	askTag // what was made is for the contact of number
	askDelete
	askSettled // a window of settings; word is the toast
	askRight   // group is whose; word is the toast
	askAudit   // query is the author
	askTeam    // of a channel
	askUndo    // was is where it goes back to
)

// request is a command that waits for its answer.
type request struct {
	what   what
	number protocol.Number
	word   string
	last   protocol.Position // what the command had looked at
	was    standing          // of number, before it
	into   protocol.Number
	query  string // the filter of a page of events
	epoch  int    // of the list that the page is of
	lens   int
	group  protocol.GroupID
}

// ask sends a command and remembers what it was for.
func (s *State) ask(fx *bridge.Effects, kind protocol.Kind, body protocol.Body, r request) {
	s.requests[s.line.say(s, fx, kind, body)] = r
}

// accepted takes the yes to a command; body is what its kind of answer carries.
func (s *State) accepted(f *protocol.Frame, fx *bridge.Effects) {
	r := s.request(f.ID)
	s.replyTaken(f, fx)
	switch r.what {
	case askClose:
		s.closedToast(r, fx)
	case askDialog:
		s.closeDialog(nil, fx)
	case askEnd, askStatusSet:
		s.ended(r, fx)
	case askWaive:
		if s.Dialog.Kind == WaiveDialog {
			s.closeDialog(nil, fx)
		}
	case askDraft:
		s.draftSaved(r.number, fx)
	case askQuickForm:
		s.quickSaved(r, fx)
	case askPerson:
		s.personSaved(r, fx)
	case askTag:
		s.tagMade(r, f, fx)
	case askDelete:
		s.deleted(r, fx)
	case askPolicy:
		s.rulesSaved(fx)
	case askSettled:
		s.settled(r, fx)
	case askRight:
		s.granted(r, Problem{}, fx)
	case askTeam:
		s.channelStep(fx)
	case askUndo:
		s.undone(r, fx)
	case askSplit:
		s.splitDone(r, f, fx)
	case askMerge:
		s.mergeDone(r, fx)
	case askProfile:
		s.Account.nameSaved()
	case askChannel:
		var body protocol.Accepted
		if protocol.DecodeBody(f.Body, &body) == nil {
			s.channelSaved(&body, fx)
		}
	}
}

// refused takes the no.
func (s *State) refused(id protocol.CommandID, no *protocol.Refused, fx *bridge.Effects) {
	r := s.requests[id]
	delete(s.requests, id)
	p := problemOf(no, s.Now)
	switch r.what {
	case askInbox:
		s.List.paging = false
	case askLook:
		s.lookRefused(r, p, fx)
	case askPicks:
		s.picksRefused(p, fx)
	case askBulk:
		s.bulkRefused(p, fx)
	case askHistory:
		if t := s.talks[r.number]; t != nil {
			t.Older = false
		}
	case askEnd, askStatusSet:
		s.endRefused(r, p, fx)
	case askUndo:
		s.undoRefused(r, p, fx)
	case askClose:
		r.what = askEnd
		s.endRefused(r, p, fx)
	case askWaive:
		s.waiveRefused(r, p, fx)
	case askDraft:
		s.draftRefused(r.number, p, fx)
	case askQuick:
		s.quickRefused(r, p, fx)
	case askPerson:
		s.personRefused(r, p)
	case askPolicy:
		s.rulesRefused(p, fx)
	case askSubject:
		s.subjectRefused(r, p, fx)
	case askMerge:
		s.Dialog.Busy, s.Dialog.Problem = false, p
	case askPrevious:
		s.previousRefused(r, p, fx)
	case askEvents:
		s.eventsRefused(r, p)
	case askSettled:
		s.unsettled(p, fx)
	case askRight:
		s.granted(r, p, fx)
	case askAudit:
		s.auditRefused(r, p)
	case askTeam:
		s.teamRefused(p)
	case askWorkload:
		s.reportRefused(p)
	case askStatus, askMember, askReaction, askSplit, askTag:
		s.splitRefused(r)
		s.toast(Toast{Text: s.Explain(p), Bad: true, To: p.active()}, fx)
	case askDialog, askInvite, askDelete, askQuickForm:
		s.Dialog.Busy, s.Dialog.Problem = false, p
	case askProfile:
		s.Account.NameBusy, s.Account.NameProblem = false, p
	case askChannel:
		s.channelRefused(p)
	}
}

// watchRefused: the conversation cannot be opened.
func (s *State) watchRefused(n protocol.Number, no *protocol.Refused, fx *bridge.Effects) {
	t := s.talks[n]
	if t == nil {
		return
	}
	if s.erasedBefore(t, no, fx) {
		return
	}
	switch no.Code {
	case protocol.CodeForbidden:
		s.lose(n, fx)
		if who, ok := strings.CutPrefix(no.Reason, "assignee="); ok {
			t.With = protocol.OperatorID(who)
		}
	case protocol.CodeNotFound:
		s.dropItems(t)
		t.Phase = TalkMissing
	default:
		s.toast(Toast{Text: s.Words.Text(say.WhyInternal), Bad: true}, fx)
	}
}
