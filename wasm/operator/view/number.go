package view

import (
	"strconv"
	"strings"
)

func itoa(n int) string    { return strconv.Itoa(n) }
func utoa(n uint64) string { return strconv.FormatUint(n, 10) }

// firstLine is a text in one line, for lists.
func firstLine(text string) string { return strings.Join(strings.Fields(text), " ") }
