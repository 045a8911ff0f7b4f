// Package timeline is the pure part of showing what was said: where text holds links, which messages stand together,
// where a day begins, and how near a text is to the limit. Both apps draw with it.
//
// It keeps nothing, draws nothing and knows no language. Every function may be called from anywhere.
package timeline
