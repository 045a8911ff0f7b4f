// Package widget is what browsers receive: the files that go run ./widget/bundle made in dist, inside the program.
//
// Before the first bundle dist holds only its README: the package compiles, and Open says ErrNotBundled, so that tests
// and vet need no bundle. It knows no HTTP and no channel: package web serves what it finds here and fills the pages.
//
//	name            the asset's logical name: visitor.js, console.css, visitor.ru.txt, console.html
//	file            name, content hash, ending: visitor.1f3ab90c2d4e.js; served from /assets/ for ever
//	page            an asset that ends in .html. It is served under its own address, with what the server knows in
//	                place of Stamp
//
// Assets are immutable and safe for concurrent use.
package widget
