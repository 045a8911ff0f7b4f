package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
)

func main() {
	b := &bundle{level: 11}
	tiny := flag.Bool("tinygo", false, "build the visitor's app with TinyGo and renew visitor.sum")
	fresh := flag.Bool("fresh", false, "make nothing, and fail where visitor.wasm is not built from these sources")
	fast := flag.Bool("fast", false, "brotli at a low level")
	flag.BoolVar(&b.standard, "standard", false, "build the visitor's app with standard Go, whatever is committed")
	flag.StringVar(&b.only, "only", "", "build the program of this app alone: visitor or console")
	flag.StringVar(&b.out, "out", dist, "the folder to fill")
	flag.Parse()
	if *fast {
		b.level = 5
	}
	if err := run(b, *tiny, *fresh); err != nil {
		fmt.Fprintln(os.Stderr, "bundle:", err)
		os.Exit(1)
	}
}

func run(b *bundle, tiny, fresh bool) error {
	if _, err := os.Stat("widget/bridge.js"); err != nil {
		return errors.New("run it at the root of the module")
	}
	if fresh {
		return judge()
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
