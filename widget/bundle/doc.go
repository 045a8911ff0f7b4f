// Command bundle makes widget/dist, what browsers receive. It runs at the root of the module:
//
//	go run ./widget/bundle            make what is out of date
//	go run ./widget/bundle -tinygo    build the visitor's app with TinyGo first, for the commit
//	go run ./widget/bundle -fresh     make nothing, and fail where the committed app is not built from these sources
//	go run ./widget/bundle -standard -out DIR   into another folder, the visitor's app built with standard Go: for tests
//	go run ./widget/bundle -only visitor   leave the other app's program out: for a developer whose neighbour's does not compile
//	go run ./widget/bundle -fast      brotli at a low level: for a developer who changes the console's code
//
// Style sheets are joined, scripts, style sheets and pages minified, texts compiled, programs built; each file gets a
// name with the hash of its content and twins in brotli and gzip, and manifest.json lists all. A page names other
// assets as asset:NAME, and gets the icons that it and its program mention, "#i-name", in place of <!--icons-->.
//
// What took long is kept in build/bundle by the hash of what it was made from, so a second run takes a second.
package main
