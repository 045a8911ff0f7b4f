package store

import "strings"

// EmailKey is an e-mail address as Emails is keyed by it, and as two addresses are compared: without space around it, in
// lower case. Who writes the table and who signs in by it must agree, so it stands beside the table.
func EmailKey(email string) string { return strings.ToLower(strings.TrimSpace(email)) }
