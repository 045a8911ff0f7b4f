package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"beseda/protocol"
)

// Problem is something in a store that is not as it must be.
type Problem struct {
	// Key is the record's whole key, workspace included; nil where it is about a blob or the files.
	Key []byte
	// Blob is the address of the content it is about; empty otherwise.
	Blob string
	Text string
}

func (p Problem) String() string {
	switch {
	case p.Key != nil:
		return fmt.Sprintf("%q: %s", p.Key, p.Text)
	case p.Blob != "":
		return "blob " + p.Blob + ": " + p.Text
	}
	return p.Text
}

// Checked counts what Check has looked at.
type Checked struct{ Records, Events, Blobs, Problems int }

// Check walks every record of every workspace on one snapshot, and all content, and reports each problem; it never
// stops at the first. It asserts that
//
//   - every record's bytes can be trusted, belong to a known table and decode, and their key fits the table;
//   - the log of each workspace has all positions from 1 on;
//   - every item stands in the log where it says, and every item that the log names exists;
//   - every administrative event is sealed, and each seal is that of its event after the one before;
//   - what a record refers to exists: threads, conversations, visitors, contacts, operators;
//   - all content that a record refers to exists with that size, and every blob has the bytes of its address.
//
// The error is that of ctx, or of a store that cannot be read at all; blobs may be nil.
func Check(ctx context.Context, r Reader, blobs Blobs, report func(Problem)) (Checked, error) {
	c := &checker{ctx: ctx, r: r, report: report, blobs: map[string]int64{}}
	if blobs != nil {
		if err := c.contents(blobs); err != nil {
			return c.done, err
		}
	} else {
		c.blobs = nil
	}
	return c.done, c.records()
}

type checker struct {
	ctx    context.Context
	r      Reader
	report func(Problem)
	done   Checked
	blobs  map[string]int64 // address → size, of content that is as it should be; nil where nobody asked
	log    logCheck
	seals  sealCheck
}

// logCheck is where the walk through a workspace's log has come to.
type logCheck struct {
	workspace []byte
	last      protocol.Position
}

func (c *checker) problem(key []byte, format string, args ...any) {
	c.done.Problems++
	c.report(Problem{Key: clone(key), Text: fmt.Sprintf(format, args...)})
}

// records walks all keys. A scan ends at a record that cannot be trusted, so it is taken up again behind it.
func (c *checker) records() error {
	var from []byte
	for {
		again, err := c.walk(from)
		if err != nil || again == nil {
			return err
		}
		from = again
	}
}

// walk checks records from a key on. Where a corrupt one ended the scan, it returns the key to go on from.
func (c *checker) walk(from []byte) (again []byte, err error) {
	for e, err := range c.r.Scan(Range{From: from}) {
		if ctxErr := c.ctx.Err(); ctxErr != nil {
			return nil, ctxErr
		}
		var corrupt *CorruptError
		if errors.As(err, &corrupt) && bytes.Compare(corrupt.Key, from) >= 0 {
			c.problem(corrupt.Key, "%s", corrupt.Reason)
			c.done.Records++
			c.pass(corrupt.Key)
			return append(clone(corrupt.Key), 0), nil
		}
		if err != nil {
			return nil, fmt.Errorf("check: %w", err)
		}
		c.done.Records++
		c.record(e)
	}
	return nil, nil
}

// record checks one record with what its table knows.
func (c *checker) record(e Entry) {
	if len(e.Key) <= scopeLen {
		c.problem(e.Key, "the key has no workspace and table")
		return
	}
	w := Workspace(binary.BigEndian.Uint32(e.Key))
	check, ok := checks[e.Key[scopeLen]]
	if !ok {
		c.problem(e.Key, "no table begins with %q", e.Key[scopeLen])
		return
	}
	in := inspected{checker: c, w: w, key: clone(e.Key), r: Scope(w, c.r)}
	check(in, e.Value)
}

// pass counts a log row that cannot be read, so that the gap is not reported as well.
func (c *checker) pass(key []byte) {
	if len(key) == scopeLen+1+8 && key[scopeLen] == Log.Prefix {
		c.position(key[:scopeLen], protocol.Position(binary.BigEndian.Uint64(key[scopeLen+1:])), key)
	}
}

// position asserts that positions follow one another.
func (c *checker) position(workspace []byte, at protocol.Position, key []byte) {
	if !bytes.Equal(workspace, c.log.workspace) {
		c.log = logCheck{workspace: clone(workspace)}
	}
	if want := c.log.last + 1; at != want {
		c.problem(key, "the log has no positions %d to %d", want, at-1)
	}
	c.log.last = at
	c.done.Events++
}

// contents reads every blob through.
func (c *checker) contents(blobs Blobs) error {
	for info, err := range blobs.All() {
		if ctxErr := c.ctx.Err(); ctxErr != nil {
			return ctxErr
		}
		if err != nil {
			var corrupt *CorruptError
			if !errors.As(err, &corrupt) {
				return fmt.Errorf("check: %w", err)
			}
			c.done.Problems++
			c.report(Problem{Text: "list of blobs: " + corrupt.Error()})
			continue
		}
		c.done.Blobs++
		switch err := c.content(blobs, info); {
		case err == nil:
			c.blobs[info.Hash] = info.Size
		case !errors.Is(err, ErrNotFound): // swept since it was listed
			c.done.Problems++
			c.report(Problem{Blob: info.Hash, Text: err.Error()})
		}
	}
	return nil
}

func (c *checker) content(blobs Blobs, info BlobInfo) error {
	r, _, err := blobs.Open(info.Hash)
	if err != nil {
		return err
	}
	sum := sha256.New()
	n, err := io.Copy(sum, r)
	switch closeErr := r.Close(); {
	case err != nil:
		return err
	case closeErr != nil:
		return closeErr
	case n != info.Size:
		return fmt.Errorf("it has %d bytes, not %d", n, info.Size)
	case Address([sha256.Size]byte(sum.Sum(nil))) != info.Hash:
		return errors.New("its bytes are not those of its address")
	}
	return nil
}
