// Package source reads the text files of widget/languages, holds all languages to the same keys and places, and makes
// what others use: Go constants and the compiled files that browsers get. It runs on the developer's side only: go
// generate, the bundle and tests.
package source
