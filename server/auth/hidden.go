package auth

import "log/slog"

// Hidden is a string that shows itself nowhere by accident: not in a log, a print, an error or JSON. string(h) is what
// it hides. Passwords, tokens, keys and e-mail addresses travel as Hidden.
type Hidden string

const veil = "[hidden]"

// LogValue keeps it out of logs.
func (Hidden) LogValue() slog.Value { return slog.StringValue(veil) }

// String keeps it out of prints.
func (Hidden) String() string { return veil }

// GoString keeps it out of %#v.
func (Hidden) GoString() string { return veil }

// MarshalText keeps it out of JSON.
func (Hidden) MarshalText() ([]byte, error) { return []byte(veil), nil }
