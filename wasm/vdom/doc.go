// Package vdom turns a view into the bytes that change the page.
//
// A view is a row of builder calls. The Builder keeps the tree of the last view, compares, and answers the patch that
// makes the page look like the new one. The package is pure: it knows no JavaScript, no clock and no goroutine, and
// it never fails: what a view may not do (an attribute after a child, an unclosed element) is a panic, since it is a
// mistake in the program.
//
//	b.Open(vdom.Button, "")
//	b.Class("b-iconbutton")
//	b.Attr(vdom.AriaLabel, w.Text(words.Send))
//	b.On(vdom.Click, sendClicked, "")
//	b.Icon("#i-send")
//	b.Close()
//
// # Why calls and not values
//
// A tree of values with variadic children and a closure per handler made the widget's program twice as large. Calls
// with integers and strings cost nearly nothing, and two arenas that take turns make a view without garbage: what it
// allocates is what the app allocates for its strings.
//
// # Keys
//
// Among its siblings an element is known by its key, or, without one, by its tag and its number among those of this
// tag without a key. What is known stays the same DOM node: it keeps focus, selection, scroll position and running
// animation, and is moved rather than made again. A key means nothing outside its parent. Two equal keys under one
// parent are a mistake that costs identity, not correctness.
//
// # The patch
//
// Numbers are unsigned LEB128 (7 bits a byte, the lowest first), a string is its length and its UTF-8 bytes. Nodes are
// numbered by the builder; 0 is the element that the page mounts the view in; numbers of removed nodes are used again,
// in later operations only. "Current" is the node that the last element, text or at named.
//
//	 1 element  id tag parent+1     make an element, current; append it to parent, or (0) leave it loose
//	 2 text     id parent+1 string  make a text node, current; append it or leave it loose
//	 3 insert   parent id ref       put a node before ref, or (0) at the end; moves what is elsewhere
//	 4 remove   id                  take a node out, with all that is in it; the numbers are free again
//	 5 at       id                  current
//	 6 set      name string         set an attribute, property or style of current, see table.go
//	 7 unset    name                take it away
//	 8 on       event handler string  current listens; the string comes back with the event
//	 9 off      event
//	10 data     string              the text of current, a text node
//
// page.Page is the reference that tests apply patches to; widget/bridge.js does the same in a browser.
package vdom
