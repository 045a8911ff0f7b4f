package memory

import (
	"bytes"
	"hash/maphash"
)

// node is one key of an immutable treap: a search tree by key and a heap by rank, so it is balanced without rebalancing
// state, and inserting or deleting copies only the path to the root. A nil node is the empty tree.
type node struct {
	key, value  []byte
	rank        uint64
	left, right *node
}

// rank orders the heap. It is a hash of the key: the shape of a tree depends on its keys alone.
func rank(seed maphash.Seed, key []byte) uint64 { return maphash.Bytes(seed, key) }

func (n *node) get(key []byte) ([]byte, bool) {
	for n != nil {
		switch c := bytes.Compare(key, n.key); {
		case c < 0:
			n = n.left
		case c > 0:
			n = n.right
		default:
			return n.value, true
		}
	}
	return nil, false
}

// put returns the tree with fresh in it; fresh has no children.
func (n *node) put(fresh *node) *node {
	if n == nil {
		return fresh
	}
	copied := *n
	switch c := bytes.Compare(fresh.key, n.key); {
	case c == 0:
		copied.value = fresh.value
	case c < 0:
		copied.left = n.left.put(fresh)
		if l := copied.left; l.rank > copied.rank { // l was just copied or is fresh: it may be changed
			copied.left, l.right = l.right, &copied
			return l
		}
	default:
		copied.right = n.right.put(fresh)
		if r := copied.right; r.rank > copied.rank {
			copied.right, r.left = r.left, &copied
			return r
		}
	}
	return &copied
}

// remove returns the tree without key: itself if key is not in it.
func (n *node) remove(key []byte) *node {
	if n == nil {
		return nil
	}
	copied := *n
	switch c := bytes.Compare(key, n.key); {
	case c == 0:
		return join(n.left, n.right)
	case c < 0:
		if copied.left = n.left.remove(key); copied.left == n.left {
			return n
		}
	default:
		if copied.right = n.right.remove(key); copied.right == n.right {
			return n
		}
	}
	return &copied
}

// join makes one tree of two, all keys of the first being below those of the second.
func join(a, b *node) *node {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	case a.rank > b.rank:
		copied := *a
		copied.right = join(a.right, b)
		return &copied
	default:
		copied := *b
		copied.left = join(a, b.left)
		return &copied
	}
}

// walk visits the keys of [from, to) in order, or backwards, until visit answers false; an empty to is the end.
func (n *node) walk(from, to []byte, reverse bool, visit func(*node) bool) bool {
	if n == nil {
		return true
	}
	above := bytes.Compare(n.key, from) >= 0
	below := len(to) == 0 || bytes.Compare(n.key, to) < 0
	first, second, goFirst, goSecond := n.left, n.right, above, below
	if reverse {
		first, second, goFirst, goSecond = second, first, goSecond, goFirst
	}
	if goFirst && !first.walk(from, to, reverse, visit) {
		return false
	}
	if above && below && !visit(n) {
		return false
	}
	return !goSecond || second.walk(from, to, reverse, visit)
}
