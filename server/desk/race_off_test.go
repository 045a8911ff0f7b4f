//go:build !race

package desk_test

const raced = false

// usualSequences are some 4 seconds of one core, for who works here; make test asks for what §11 of the specification
// wants, 100 000.
const usualSequences = 5_000
