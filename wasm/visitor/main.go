package main

import (
	"beseda/wasm/bridge"
	"beseda/wasm/vdom"
	"beseda/wasm/visitor/state"
	"beseda/wasm/visitor/view"
)

func init() { bridge.Show(new(app)) }

func main() { bridge.Wait() }

type app struct{ state state.State }

func (a *app) Update(e *bridge.Event, fx *bridge.Effects) { a.state.Update(e, fx) }

func (a *app) View(b *vdom.Builder) { view.Draw(b, &a.state) }
