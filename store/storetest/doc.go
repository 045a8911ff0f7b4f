// Package storetest is the contract of package store as tests: every engine runs Run and RunBlobs, and whatever code
// above the store relies on is asserted here, once.
//
// It is used by tests only and knows no engine.
package storetest
