package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
)

func main() {
	tiny := flag.Bool("tinygo", false, "build the visitor's app with TinyGo and renew visitor.sum")
	fast := flag.Bool("fast", false, "brotli at a low level")
	only := flag.String("only", "", "build the program of this app alone: visitor or console")
	flag.Parse()
	if err := run(*tiny, *fast, *only); err != nil {
		fmt.Fprintln(os.Stderr, "bundle:", err)
		os.Exit(1)
	}
}

func run(tiny, fast bool, only string) error {
	if _, err := os.Stat("widget/bridge.js"); err != nil {
		return errors.New("run it at the root of the module")
	}
	b := &bundle{level: 11, only: only}
	if fast {
		b.level = 5
	}
	if tiny {
		if err := b.tiny(); err != nil {
			return err
		}
	}
	if err := b.make(); err != nil {
		return err
	}
	if err := b.write(); err != nil {
		return err
	}
	return sweep()
}
