package session

import (
	"cmp"
	"errors"
	"slices"

	"beseda/protocol"
	"beseda/server/engine"
	"beseda/server/hub"
	"beseda/store"
)

// What of the list is asked for is read when it is written: what waits in an outbox must not show what was taken away
// meanwhile, and what is pushed after a look is of the list that was looked for.

// inboxLook sets what the list shows and answers with its first page.
func (s *session) inboxLook(id protocol.CommandID, cmd *protocol.InboxLook) error {
	return answerRead(s, protocol.KindInbox, id, func(r store.Reader) (protocol.Inbox, error) {
		s.Inbox.Look(s.listener.Viewer, cmd)
		return s.page(r, &protocol.InboxRead{Lens: cmd.Lens, Limit: cmd.Limit}, true)
	})
}

// inboxRead answers with rows of the list.
func (s *session) inboxRead(id protocol.CommandID, cmd *protocol.InboxRead) error {
	return answerRead(s, protocol.KindInbox, id, func(r store.Reader) (protocol.Inbox, error) {
		return s.page(r, cmd, false)
	})
}

// inboxPick answers with the numbers of the list.
func (s *session) inboxPick(id protocol.CommandID, cmd *protocol.InboxPick) error {
	return answerRead(s, protocol.KindPicks, id, func(store.Reader) (protocol.Picks, error) {
		if err := s.sameLens(cmd.Lens); err != nil {
			return protocol.Picks{}, err
		}
		return s.Inbox.Pick(s.listener.Viewer, cmd.After, protocol.PicksPage), nil
	})
}

// sameLens refuses what is asked of a list that this connection no longer looks at.
func (s *session) sameLens(lens int) error {
	if lens != s.Inbox.Lens(s.listener.Viewer) {
		return protocol.Refuse(protocol.CodeConflict, "changed")
	}
	return nil
}

// page reads a page of the list; with all its figures, also those that were told already.
func (s *session) page(r store.Reader, cmd *protocol.InboxRead, all bool) (protocol.Inbox, error) {
	if err := s.sameLens(cmd.Lens); err != nil {
		return protocol.Inbox{}, err
	}
	v := s.listener.Viewer
	out := s.Inbox.Figures(v, all)
	found := s.Inbox.Page(v, cmd.Below, cmd.Offset, cmp.Or(cmd.Limit, protocol.InboxPage)) // what changes between is news after it
	out.Offset, out.More, out.Order, out.Limits = found.Offset, found.More, found.Order, found.Limits
	at, err := engine.LastPosition(r)
	if err != nil {
		return out, err
	}
	out.Rows, err = s.rows(r, at, found.Numbers)
	return out, err
}

// rows reads rows, of a state that has everything up to a position. A conversation that went away between is left out, and so is one that began after r was taken: the
// list in memory knows it already, and its row comes with the next news.
func (s *session) rows(r store.Reader, at protocol.Position, numbers []protocol.Number) (rows []protocol.Row, err error) {
	for _, n := range numbers {
		if !s.mayRead(n) {
			continue
		}
		row, err := s.Inbox.Row(r, at, s.listener.Viewer, n, s.Hub.VisitorOnline)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// listChanges makes rows that changed into frames: those of the list, those that have left it, and those beside it that are
// open on this screen or call this operator. Where there is none, the figures alone are told, if they are other ones. r sees
// everything up to at.
func (s *session) listChanges(r store.Reader, at protocol.Position, changed []protocol.Number) (packets []*hub.Packet, err error) {
	v := s.listener.Viewer
	sorted := s.Inbox.Sort(v, changed)
	beside := s.Hub.Watched(s.listener, sorted.Others)
	for _, n := range sorted.Calls {
		if !slices.Contains(beside, n) {
			beside = append(beside, n)
		}
	}
	left := sorted.Left
	for once := s.Inbox.Stale(v); once || len(sorted.Rows) > 0 || len(beside) > 0 || len(left) > 0; once = false {
		next := s.Inbox.Figures(v, false)
		next.Left, left = left, nil
		if next.Rows, err = s.rows(r, at, cut(&sorted.Rows, protocol.InboxPage)); err != nil {
			return nil, err
		}
		if next.Beside, err = s.rows(r, at, cut(&beside, protocol.InboxPage)); err != nil {
			return nil, err
		}
		packets = append(packets, s.packet(protocol.KindInbox, "", &next))
	}
	return packets, nil
}

// cut takes the first of a list off it.
func cut[T any](list *[]T, most int) (first []T) {
	n := min(len(*list), most)
	first, *list = (*list)[:n], (*list)[n:]
	return first
}
