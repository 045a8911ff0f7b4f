//go:build race

package desk_test

// raced tells that the race detector is on, under which some tests do less.
const raced = true

// usualSequences are some 15 seconds of one core: the race detector makes each some seven times slower, and adds little
// there, since one goroutine asks and waits for the answer.
const usualSequences = 3_000
