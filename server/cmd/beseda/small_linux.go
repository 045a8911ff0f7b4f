package main

import (
	"os"
	"strings"
	"syscall"
)

// startSmall has goroutines start on the smallest stacks: idle connections are many, and each keeps what its goroutine
// started with (11 % of an idle connection's memory). The runtime reads this setting from its environment alone, so the
// program puts itself in its own place once; pid and open files stay.
func startSmall() {
	const setting = "adaptivestackstart=0"
	before := os.Getenv("GODEBUG")
	if strings.Contains(before, "adaptivestackstart=") {
		return
	}
	if before != "" {
		before += ","
	}
	self, err := os.Executable()
	if err != nil || os.Setenv("GODEBUG", before+setting) != nil {
		return
	}
	_ = syscall.Exec(self, os.Args, os.Environ()) // where it cannot, it runs as it is
}
