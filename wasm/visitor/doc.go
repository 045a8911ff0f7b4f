// Command visitor is the widget's program: what a visitor of a customer's site talks through. It lives in an iframe on
// Beseda's origin and is built with TinyGo.
//
// Package state is what it knows and how that changes, package view how it looks; both are pure and run under go test.
// This package only joins them to the page. Nothing here touches JavaScript, keeps a clock or starts a goroutine.
package main
