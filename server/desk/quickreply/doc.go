// Package quickreply is saved texts to insert: shared ones of the team, and personal ones of which nobody but their
// owner knows. It sends nothing: the console puts a text at the caret, and its files become uploads of who uses it.
//
// A quick reply is kept under its owner, or under "" where it is shared, so that what one person may use are two
// ranges of one table, and looking for an id cannot find another's. Its files hang on it under ids of their own: what
// becomes of the message or the upload that they came from does not matter to it.
//
// Decisions and Apply run on the engine's writer, all else in readers.
package quickreply
