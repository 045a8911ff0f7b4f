// Command operator is the operators' console: package state knows and decides, package view draws, package bridge joins
// both to the page. It owns nothing else: what it shows comes from the server, and what it keeps locally are
// preferences, drafts and messages that were not sent yet, each under the operator's own name.
//
// It runs on the one goroutine of its page. Shipped is the build of standard Go; TinyGo builds it with -tags console.
package main
