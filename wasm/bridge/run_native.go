//go:build !wasm

package bridge

// Run needs a browser. It stands here so that an app's main compiles everywhere.
func Run(App) { panic("bridge: there is no page; build with GOOS=js GOARCH=wasm") }
