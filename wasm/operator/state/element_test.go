package state

import "testing"

func TestEveryHandlerHasItsDoing(t *testing.T) {
	t.Parallel()
	for h := Ground; h < handlerEnd; h++ {
		if handlers[h] == nil {
			t.Errorf("handler %d does nothing", h)
		}
	}
}
