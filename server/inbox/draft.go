package inbox

import (
	"slices"

	"beseda/protocol"
	"beseda/server/desk/conversation"
	"beseda/store"
)

// draft is what a row shows of what its operator has not sent yet. It changes no order.
type draft struct {
	text  string
	files int
}

// drafts are those of all operators, connected or not, by operator and conversation.
type drafts map[protocol.OperatorID]map[protocol.Number]draft

// readDrafts is all of them, at start.
func readDrafts(r store.Reader) (drafts, error) {
	out := drafts{}
	for e, err := range r.Scan(store.Drafts.Under()) {
		if err != nil {
			return nil, err
		}
		kept, err := store.Drafts.Decode(e.Key, e.Value)
		if err != nil {
			return nil, err
		}
		out.set(conversation.DraftOwner(e.Key), store.LastNum[protocol.Number](e.Key), conversation.BeginningOf(&kept))
	}
	return out, nil
}

func (d drafts) set(who protocol.OperatorID, n protocol.Number, shown *protocol.Draft) {
	next := draft{shown.Text, len(shown.Attachments)}
	if next == (draft{}) {
		if delete(d[who], n); len(d[who]) == 0 {
			delete(d, who)
		}
		return
	}
	if d[who] == nil {
		d[who] = make(map[protocol.Number]draft)
	}
	d[who][n] = next
}

// Drafted takes in how an operator's draft begins now; an empty one has ended.
func (in *Inbox) Drafted(who protocol.OperatorID, n protocol.Number, shown *protocol.Draft) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.drafts.set(who, n, shown)
}

// Drafts are the conversations in which an operator has a draft, ascending.
func (in *Inbox) Drafts(who protocol.OperatorID) (numbers []protocol.Number) {
	in.mu.RLock()
	defer in.mu.RUnlock()
	for n := range in.drafts[who] {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	return numbers
}

// unsent adds to a row what its viewer has not sent.
func (in *Inbox) unsent(row *protocol.Row, v *Viewer) {
	in.mu.RLock()
	defer in.mu.RUnlock()
	d := in.drafts[v.id][row.Number]
	row.Draft, row.DraftFiles = d.text, d.files
}
