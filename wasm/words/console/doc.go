// Package console names the texts of widget/languages/console.*.txt; package words has what to do with them.
package console
