// Package control is the command line's way into a house: making operators and bots, one-time links, backups. The same
// handler answers over a Unix socket in the data folder while a server runs, and inside the command itself where none
// does; so a command works either way and there is one place that does it.
//
// Who may open the socket file (the owner of the data folder) may do everything here: it asks for no other proof.
package control
