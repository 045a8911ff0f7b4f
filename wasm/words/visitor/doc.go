// Package visitor names the texts of widget/languages/visitor.*.txt; package words has what to do with them.
package visitor
