package demo

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"image"
	_ "image/png" // the pictures are
	"net/http"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/store"
)

// art holds the faces and what people send. The PNGs were drawn from the SVGs beside them by a browser: faces at
// 256×256, photographs at 960×720.
//
//go:embed art/*.png art/*.pdf
var art embed.FS

// file is something a person attaches: its name with them, and which of ours it is.
type file struct{ name, art string }

// keep stores one of our files and returns it with its content.
func (s *stage) keep(ctx context.Context, name string) (store.BlobInfo, []byte, error) {
	content, err := art.ReadFile("art/" + name)
	if err != nil {
		return store.BlobInfo{}, nil, err
	}
	blob, err := s.Blobs.Put(ctx, bytes.NewReader(content), protocol.MaxOtherBytes, nil)
	return blob, content, err
}

// upload keeps a file for its author's next message, as POST /files does.
func (s *stage) upload(ctx context.Context, by call.Call, f file) (protocol.AttachmentID, error) {
	blob, content, err := s.keep(ctx, f.art)
	if err != nil {
		return "", fmt.Errorf("upload %s: %w", f.name, err)
	}
	a := protocol.Attachment{
		ID: protocol.AttachmentID(s.NewID()), Name: protocol.CleanFileName(f.name), Kind: protocol.AttachmentOther,
		Type: http.DetectContentType(content), Size: blob.Size, Blob: blob.Hash,
	}
	if a.Type == "image/png" {
		config, _, err := image.DecodeConfig(bytes.NewReader(content))
		if err != nil {
			return "", fmt.Errorf("upload %s: %w", f.name, err)
		}
		a.Kind, a.Width, a.Height = protocol.AttachmentImage, config.Width, config.Height
	}
	_, err = s.decide(ctx, by, func(_ store.Reader, c call.Call) (store.Outcome, error) {
		value, err := store.Uploads.Encode(store.Upload{Attachment: a, Uploader: c.Author(), At: c.Now})
		return store.Outcome{Private: []store.Write{{Key: store.Uploads.Key(store.Text(a.ID)), Value: value}}}, err
	})
	return a.ID, err
}
