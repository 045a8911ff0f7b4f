// Package prose draws what somebody wrote, with its links. Both apps use it, so that what a link may do to the page
// that shows it is decided once.
package prose
