// Package gate lets calls in until it is closed, then waits for those inside.
//
// Unlike a read lock it may be entered again by a call that is already inside while another goroutine is closing: that
// inner call is turned away instead of waiting for ever. Any goroutine may call.
package gate

import "sync"

// Gate is open as a zero value. It must not be copied.
type Gate struct {
	mu     sync.RWMutex
	closed bool
	inside sync.WaitGroup
}

// Enter lets a call in, which then has to Leave; false once the gate is closed.
func (g *Gate) Enter() bool {
	g.mu.RLock()
	defer g.mu.RUnlock()
	if g.closed {
		return false
	}
	g.inside.Add(1)
	return true
}

// Leave ends a call that Enter let in.
func (g *Gate) Leave() { g.inside.Done() }

// Close turns away new calls and waits for those inside; true for the one that closed it, false for later ones.
func (g *Gate) Close() bool {
	g.mu.Lock()
	first := !g.closed
	g.closed = true
	g.mu.Unlock()
	g.inside.Wait()
	return first
}
