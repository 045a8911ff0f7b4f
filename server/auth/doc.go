// Package auth answers one question: who is this, by what proof. It keeps passwords, sessions, one-time links, visitor
// keys and bot tokens, and it counts tries.
//
// It never speaks HTTP beyond a cookie's shape, never decides what somebody may do (package desk does), never writes
// business state, and never keeps a secret that it could keep as a hash: what leaks from the disk opens nothing but,
// with the channel's key, visitors' identities.
//
// # What is kept
//
// Everything lies in store.Secrets of the main workspace, outside the log:
//
//	"password" operator → the PHC string of argon2id
//	"session"  SHA-256  → owner, made, last used, where from
//	"link"     SHA-256  → owner, kind, expiry
//	"bot"      SHA-256  → owner
//	"key"      "visitor"→ 32 random bytes that sign visitor keys
//
// Operators themselves are read from store.Operators and store.Emails, which the log derives: an operator who is not
// active has no valid proof, whatever is still stored here.
//
// # Invariants
//
//   - A missing, empty, short or unreadable secret refuses; it never skips a check.
//   - A token is compared by looking up its hash, or in constant time.
//   - Whether an address is known shows neither in the answer nor in its time.
//   - What was revoked stays revoked in this process even if the disk is too full to say so; and who signs in then is in
//     until this process ends.
//   - No error, log line or print holds a password, token, key or e-mail address: they travel as Hidden.
//
// # Who calls
//
// Every method is safe for concurrent use, and is called from the goroutines of requests and sockets. Server calls
// Auth.Sweep about once a minute. Changes are serialised by one mutex, so that two redeemers of a link cannot both win;
// reads take no lock.
package auth
