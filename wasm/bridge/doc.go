// Package bridge joins an app to the page it lives in. It is the only package that touches JavaScript, and it speaks
// bytes: one long-lived buffer each way, one import, one export. The other half is widget/bridge.js: the browser's
// hands, which decides nothing.
//
// An app is state with two methods. Update takes one event, changes the state and asks for effects; View draws the
// state. Show hands it every event, sends the patch of its view and then its effects, in that order and in one call:
// an effect may name what the same view just drew. Both run on the one goroutine of the page, so an app needs no lock
// and must not block; whatever takes time is an effect now and an event later.
//
//	page ──event──▶ Update ──▶ View ──patch, effects──▶ page
//
//	func init() { bridge.Show(&app{}) }
//	func main() { bridge.Wait() }
//
// # The bytes
//
// Numbers are unsigned LEB128, signed ones zigzag before; a string or bytes is its length and its bytes.
//
//	event, page → app           effects, app → page
//	  kind      byte              patch     bytes     as package vdom has it
//	  at        number, unix ms   then each effect:
//	  handler   number              op      byte
//	  arg       string              n       number, signed
//	  text      string              text    string
//	  a, b      numbers, signed     more    string
//	  data      bytes               data    bytes
//	  list      count, strings      list    count, strings
//
// All events and all effects have all fields: a byte for each that is empty is less than a decoder for each kind. What
// the fields of a kind mean stands at the kind.
//
//	(import "beseda" "out" (func (param $kind $at $size i32)))
//	    kind 0: the buffer for events lies here · kind 1: patch and effects lie here, read them before you return
//	(export "in" (func (param $size i32) (result i32)))
//	    an event of that size lies in the buffer; the result is a sum of Prevent and PassOn.
//	    A negative size asks for a buffer of at least so many bytes instead: out is called with kind 0.
//
// # The end of an instance
//
// A panic cannot be caught in the visitor's build: it ends the instance. The page notices, and starts a fresh one with
// an empty page and a Start event that counts the starts. State comes back from the server and the saved record.
//
// # Natively
//
// There is no page. Tests use Fake, which applies patches to a page.Page, records effects, and
// panics on what it does not know.
package bridge
