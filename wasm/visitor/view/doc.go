// Package view draws the visitor's widget: State in, builder calls out. It is pure, changes nothing and decides nothing
// but looks; the markup and its classes are those of the design's sheets.
package view
