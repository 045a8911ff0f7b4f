//go:build !race

package desk_test

const raced = false

// usualSequences are what §11 of the specification asks for: some 75 seconds of one core.
const usualSequences = 100_000
