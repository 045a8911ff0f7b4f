// Package server puts the house together: New wires store, engine, inbox, hub, auth, sessions and routes; Run serves a
// listener until its context ends, and then closes in order: nobody new, goodbye to everybody, the last batch, the
// store. There is no business here.
package server
