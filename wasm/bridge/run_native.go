//go:build !wasm

package bridge

// Show needs a browser. It stands here so that a program compiles everywhere, and does nothing, so that the program's
// tests run: they make a Fake.
func Show(App) {}

// Wait needs a browser.
func Wait() { panic("bridge: there is no page; build with GOOS=js GOARCH=wasm") }
