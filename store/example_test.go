package store_test

import (
	"errors"
	"fmt"

	"beseda/protocol"
	"beseda/store"
	"beseda/store/memory"
)

// Records are written as one batch, in a workspace, and read on a snapshot through their table.
func Example() {
	s := memory.New()
	defer s.Close()

	var batch []store.Write
	for n, subject := range []protocol.Number{7, 12} {
		value, err := store.Conversations.Encode(store.Conversation{Number: subject, LastText: fmt.Sprint("text ", n)})
		if err != nil {
			panic(err)
		}
		batch = append(batch, store.ScopeWrite(store.Main, store.Write{Key: store.Conversations.Key(store.Num(subject)), Value: value}))
	}
	if err := s.Commit(batch); err != nil {
		panic(err)
	}

	err := s.View(func(base store.Reader) error {
		r := store.Scope(store.Main, base)
		for c, err := range store.Conversations.Scan(r, store.Conversations.Under()) {
			if err != nil {
				return err
			}
			fmt.Println(c.Number, c.LastText)
		}
		_, err := store.Conversations.Get(r, store.Num(protocol.Number(8)))
		fmt.Println(errors.Is(err, store.ErrNotFound))
		return nil
	})
	if err != nil {
		panic(err)
	}
	// Output:
	// 7 text 0
	// 12 text 1
	// true
}
