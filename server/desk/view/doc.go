// Package view is saved filters of the list of conversations: shared ones of the team, and personal ones of which nobody
// but their owner knows. It filters nothing; that is package inbox. Decisions and Apply run on the engine's writer.
package view
