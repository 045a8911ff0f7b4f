package store

import (
	"encoding/binary"
	"iter"
)

// Workspace is a tenant of one installation. There is one, Main, until more are made.
type Workspace uint32

// Main is the first workspace.
const Main Workspace = 1

// scopeLen is the length of the workspace's part of a key.
const scopeLen = 4

// AppendScope appends the workspace's part of a key, which the rest of the key follows.
func AppendScope(dst []byte, w Workspace) []byte {
	return binary.BigEndian.AppendUint32(dst, uint32(w))
}

func scopeKey(w Workspace, key []byte) []byte {
	return append(AppendScope(make([]byte, 0, scopeLen+len(key)), w), key...)
}

func scopeRange(w Workspace, r Range) Range {
	out := Range{From: scopeKey(w, r.From), Reverse: r.Reverse}
	if len(r.To) == 0 {
		out.To = binary.BigEndian.AppendUint32(nil, uint32(w)+1)
	} else {
		out.To = scopeKey(w, r.To)
	}
	return out
}

// ScopeWrite moves a write into a workspace.
func ScopeWrite(w Workspace, write Write) Write {
	return Write{Key: scopeKey(w, write.Key), Value: write.Value}
}

// Scope is a Reader of one workspace: keys go in and come out without the workspace's part, and nothing outside it
// can be named.
func Scope(w Workspace, r Reader) Reader { return &scoped{w: w, r: r} }

type scoped struct {
	w Workspace
	r Reader
}

func (s *scoped) Get(key []byte) ([]byte, error) { return s.r.Get(scopeKey(s.w, key)) }

func (s *scoped) Scan(rng Range) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		for e, err := range s.r.Scan(scopeRange(s.w, rng)) {
			if err == nil {
				e.Key = e.Key[scopeLen:]
			}
			if !yield(e, err) {
				return
			}
		}
	}
}
