// Package timeline is the pure part of showing what was said: where text holds links, which messages stand together,
// where a day begins, how near a text is to the limit, and of what kind a file seems to be. Both apps use it.
//
// It keeps nothing, draws nothing and knows no language. Every function may be called from anywhere.
package timeline
