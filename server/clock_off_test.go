//go:build !testclock

package server

const movable = false
