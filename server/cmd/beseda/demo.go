package main

import (
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"time"

	"beseda/server/config"
	"beseda/server/demo"
	"beseda/store/badgerdb"
)

// runDemo serves a shop and a team with sample conversations out of a temporary folder.
func runDemo(ctx context.Context, args []string, out io.Writer) error {
	set := flag.NewFlagSet("beseda demo", flag.ContinueOnError)
	loader := config.Register(set, config.Outside{LookupEnv: os.LookupEnv, ReadFile: os.ReadFile}, "listen", "rate-limits", "log-level")
	if err := options(set, args); err != nil {
		return err
	}
	cfg, err := loader.Load()
	if err != nil {
		return err
	}
	// The port is known before the data is made: the shop's origin is part of it.
	if cfg.Listen, err = bindable(cfg.Listen); err != nil {
		return err
	}
	_, port, _ := net.SplitHostPort(cfg.Listen)
	shop, console := "http://localhost:"+port, "http://127.0.0.1:"+port
	if cfg.Data, err = os.MkdirTemp("", "beseda-demo-"); err != nil {
		return err
	}
	defer os.RemoveAll(cfg.Data)
	log := logger(cfg)
	db, err := badgerdb.Open(cfg.Data, badgerdb.Options{Log: log, Ballast: -1}) // no reserve: what is here may be lost
	if err != nil {
		return err
	}
	facts, err := demo.Seed(ctx, demo.Options{
		Store: db, Blobs: db.Blobs(), Now: time.Now(), NewID: newID(), Random: rand.Reader, Shop: shop, Beseda: console,
	})
	if err != nil {
		return errors.Join(err, db.Close())
	}
	err = host(ctx, cfg, db, log, out, &extras{demo: demo.Shop(facts), ready: func(string) {
		fmt.Fprintf(out, "Shop: %s/demo/\nConsole: %s/console/\nSign in as ann@example.com or bob@example.com, password beseda-demo\n", shop, console)
	}})
	return errors.Join(err, db.Close())
}

// bindable turns port 0 into a port that is free now.
func bindable(listen string) (string, error) {
	l, err := net.Listen("tcp", listen)
	if err != nil {
		return "", fmt.Errorf("--listen %s: %w", listen, err)
	}
	address := l.Addr().String()
	return address, l.Close()
}
