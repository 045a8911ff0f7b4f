package state

import (
	"beseda/protocol"
	"beseda/wasm/bridge"
)

// image is a picture that is shown, or on its way: the widget has no cookies, so the page fetches it with the visitor's
// proof and shows what it got.
type image struct {
	id     protocol.AttachmentID
	url    string // a blob: address
	handle string // of the own file whose preview it is
	broken bool
}

// keptImages is how many pictures stay in memory; the one that was fetched first goes first.
const keptImages = 60

// IsImage tells whether an attachment is shown as a picture.
func IsImage(a *protocol.Attachment) bool {
	return a.Kind == protocol.AttachmentImage && a.Width > 0 && a.Height > 0
}

// Image is the address of an attachment's picture: "" while it is on its way. Broken: it cannot be shown.
func (s *State) Image(id protocol.AttachmentID) (url string, broken bool) {
	if i := s.image(id); i != nil {
		return i.url, i.broken
	}
	return "", false
}

func (s *State) image(id protocol.AttachmentID) *image {
	for i := range s.images {
		if s.images[i].id == id {
			return &s.images[i]
		}
	}
	return nil
}

// fetch gets a picture when it first comes on screen.
func (s *State) fetch(id protocol.AttachmentID, fx *bridge.Effects) {
	if s.image(id) != nil {
		fx.Still()
		return
	}
	if len(s.images) >= keptImages {
		s.drop(&s.images[0], fx)
		s.images = append(s.images[:0:0], s.images[1:]...)
	}
	s.images = append(s.images, image{id: id})
	fx.FetchFile(string(id), "/files/"+string(id))
}

func (s *State) drop(i *image, fx *bridge.Effects) {
	if i.handle != "" {
		fx.ForgetFile(i.handle)
	} else {
		fx.ForgetFetched(string(i.id))
	}
}

func (s *State) fetched(e *bridge.Event, fx *bridge.Effects) {
	i := s.image(protocol.AttachmentID(e.Arg))
	if i == nil {
		return
	}
	if e.Kind == bridge.Fetched {
		i.url = e.Text
		return
	}
	if e.Text == "" { // the line failed: it is asked for again when it comes on screen again
		i.id = ""
		return
	}
	i.broken = true
}

// broken notes that the browser cannot show it.
func (s *State) broken(id protocol.AttachmentID) {
	if i := s.image(id); i != nil {
		i.broken = true
	}
}

// hand gives a file of the draft to the message that carries it: its picture is shown at once.
func (s *State) hand(f *File, fx *bridge.Effects) {
	s.files = append(s.files, f.Attachment)
	if f.Preview == "" || !IsImage(&f.Attachment) {
		fx.ForgetFile(f.Handle)
		return
	}
	s.images = append(s.images, image{id: f.Attachment.ID, url: f.Preview, handle: f.Handle})
}
