// Package server puts the house together: New wires store, engine, inbox, hub, auth, sessions and routes; Run serves a
// listener until its context ends, and then lets nobody new in and says goodbye to everybody. Close comes after Run, and
// ends the engine with its last batch; the store is closed by who opened it, after that. There is no business here.
package server
