package main

import (
	"beseda/wasm/bridge"
	"beseda/wasm/operator/state"
	"beseda/wasm/operator/view"
	"beseda/wasm/vdom"
)

func init() { bridge.Show(&app{state.New()}) }

func main() { bridge.Wait() }

type app struct{ *state.State }

func (a *app) View(b *vdom.Builder) { view.Draw(b, a.State) }
