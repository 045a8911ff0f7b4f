// Package page is the page that patches of package vdom build, in memory: the reference that widget/bridge.js is held
// to, and the eyes of tests.
//
// It refuses what a browser would forgive, so that a wrong patch is found where it was made. It is for tests and tools
// alone: no build for a browser imports it. Not safe for concurrent use.
package page
