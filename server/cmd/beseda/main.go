// Command beseda is live chat in one program: see README.md, or run it with help.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// version is stamped by the linker.
var version = "dev"

// command is one word of the command line.
type command struct {
	name, usage, help string
	run               func(ctx context.Context, args []string, out io.Writer) error
}

func commands() []command {
	return []command{
		{"serve", "serve [options]", "run the server", serve},
		{"demo", "demo [--listen ADDR]", "try it: a shop and a team with sample conversations, in a temporary folder", runDemo},
		{"operator", "operator add|list|link|deactivate …", "people of the team", operator},
		{"bot", "bot add|list …", "integrations that sign in with a token", bot},
		{"backup", "backup [--data DIR] FILE", "write a whole, verified backup, while the server runs or not", backup},
		{"restore", "restore --data DIR FILE", "make a data folder out of a backup; refuses a folder with anything in it", restore},
		{"check", "check [--data DIR]", "read everything and report what cannot be trusted", check},
		{"version", "version", "say which one this is", func(_ context.Context, _ []string, out io.Writer) error {
			_, err := fmt.Fprintln(out, "beseda", version)
			return err
		}},
	}
}

func main() {
	startSmall()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := run(ctx, os.Args[1:], os.Stdout)
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
	default:
		fmt.Fprintln(os.Stderr, "beseda:", err)
		stop()
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	if len(args) > 0 {
		for _, c := range commands() {
			if c.name == args[0] {
				return c.run(ctx, args[1:], out)
			}
		}
	}
	if len(args) == 0 || args[0] == "help" || args[0] == "-h" || args[0] == "--help" {
		usage(out)
		return nil
	}
	return fmt.Errorf("no command %q; beseda help lists them", args[0])
}

// options parses a command's options: a mistake is told in one line, and help alone is a page.
func options(set *flag.FlagSet, args []string) error {
	set.SetOutput(io.Discard)
	err := set.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		set.SetOutput(os.Stdout)
		set.Usage()
	case err != nil:
		err = fmt.Errorf("%w; %s --help lists the options", err, set.Name())
	}
	return err
}

func usage(out io.Writer) {
	fmt.Fprintln(out, "Beseda: live chat in one program.")
	for _, c := range commands() {
		fmt.Fprintf(out, "\n  beseda %s\n      %s\n", c.usage, c.help)
	}
	fmt.Fprintln(out, "\nbeseda COMMAND --help lists the command's options.")
}
