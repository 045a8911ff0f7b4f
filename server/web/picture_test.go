package web

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"testing"
	"testing/synctest"
)

func TestPicturesAreDrawnOneAtATime(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 3, 2))); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		s := &site{drawing: make(chan struct{}, 1)}
		s.drawing <- struct{}{} // somebody draws
		gone, leave := context.WithCancel(t.Context())
		answers := make(chan error, 2)
		for _, ctx := range []context.Context{t.Context(), gone} {
			go func() {
				_, err := s.redraw(ctx, b.Bytes())
				answers <- err
			}()
		}
		synctest.Wait()
		if n := len(answers); n != 0 {
			t.Fatalf("%d are drawn beside another", n)
		}
		leave()
		if err := <-answers; !errors.Is(err, context.Canceled) {
			t.Errorf("who gave up waiting: %v", err)
		}
		<-s.drawing
		if err := <-answers; err != nil {
			t.Errorf("in its turn: %v", err)
		}
		if n := len(s.drawing); n != 0 {
			t.Error("the place is not given back")
		}
	})
}
