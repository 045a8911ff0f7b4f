package desk_test

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"beseda/protocol"
	"beseda/store"
)

func TestCRE22FiftyMessagesAtOnceMakeOneConversation(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, o *office, _ int) { fiftyAtOnce(t, o) })
}

func fiftyAtOnce(t *testing.T, o *office) {
	t.Helper()
	var ids []protocol.CommandID
	for range 50 {
		ids = append(ids, protocol.CommandID(o.newID()))
	}
	send := func(i int) {
		a, err := o.kira.repeat(ids[i], protocol.KindMessageSend, &protocol.MessageSend{Text: fmt.Sprint("message ", i)})
		if err != nil || a.Conversation != 1 {
			t.Errorf("message %d: %+v, %v", i, a, err)
		}
	}
	for range 2 { // and all of them a second time
		var wg sync.WaitGroup
		for i := range ids {
			wg.Go(func() { send(i) })
			wg.Go(func() { send(i) })
		}
		wg.Wait()
		texts := o.texts(1)
		slices.Sort(texts)
		if n := len(slices.Compact(texts)); n != 50 || len(texts) != 50 {
			t.Errorf("%d messages, %d different ones", len(texts), n)
		}
	}
	w := checkInvariants(t, o)
	contacts := 0
	o.read(func(r store.Reader) error {
		for _, err := range store.Contacts.Scan(r, store.Contacts.Under()) {
			if err != nil {
				return err
			}
			contacts++
		}
		return nil
	})
	if len(w.conversations) != 1 || len(w.threads) != 1 || contacts != 1 {
		t.Errorf("%d conversations, %d threads, %d contacts", len(w.conversations), len(w.threads), contacts)
	}
}

// 1 000 conversations begin from 20 goroutines, and the engine ends in the middle of it. Who is turned away or gets no
// answer comes again with the same id, as a client does.
func TestNUM03NumbersFollowTheOrderOfContact(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, o *office, _ int) { thousandFirstContacts(t, o) })
}

func thousandFirstContacts(t *testing.T, o *office) {
	t.Helper()
	var door sync.RWMutex // a restart, as the clients see it
	var done atomic.Int64
	enough := make(chan struct{})
	var writers sync.WaitGroup
	for range 20 {
		writers.Go(func() {
			for i := range 50 {
				v := o.visitor(fmt.Sprint(i))
				id := protocol.CommandID(o.newID())
				for {
					door.RLock()
					_, err := v.repeat(id, protocol.KindMessageSend, &protocol.MessageSend{Text: "hello"})
					door.RUnlock()
					if err == nil {
						if done.Add(1) == 300 {
							close(enough)
						}
						break
					}
					if answer(err) != "going_away" {
						t.Error(err)
						return
					}
				}
			}
		})
	}
	restarted := make(chan struct{})
	go func() {
		defer close(restarted)
		<-enough
		o.engine.Close() // whoever is at the door is turned away
		door.Lock()
		defer door.Unlock()
		o.open()
	}()
	writers.Wait()
	<-restarted
	if w := checkInvariants(t, o); len(w.conversations) != 1000 { // numbers from 1, ascending with creation, no gap
		t.Errorf("%d conversations", len(w.conversations))
	}
}
