package main

import (
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"text/tabwriter"
	"time"

	"beseda/protocol"
	"beseda/server"
	"beseda/server/config"
	"beseda/server/control"
	"beseda/store/badgerdb"
)

// operator is beseda operator add|list|link|deactivate.
func operator(ctx context.Context, args []string, out io.Writer) error {
	if len(args) == 0 {
		return errors.New("operator needs add, list, link or deactivate")
	}
	var form control.Form
	role := string(protocol.RoleOperator)
	cfg, rest, err := parse("operator "+args[0], args[1:], func(set *flag.FlagSet) {
		set.StringVar(&form.Name, "name", "", "the person's `NAME`")
		set.StringVar(&role, "role", role, "`ROLE`: operator or administrator")
	})
	if err != nil {
		return err
	}
	form.Role = protocol.Role(role)
	return within(ctx, cfg, func(c *control.Client) error {
		if args[0] == "list" {
			return list(ctx, c, out, false)
		}
		if len(rest) != 1 {
			return fmt.Errorf("operator %s needs one e-mail address", args[0])
		}
		form.Email = rest[0]
		var made control.Made
		switch args[0] {
		case "add":
			if form.Name == "" {
				form.Name = form.Email
			}
			if err := c.Ask(ctx, "POST", "/operators", form, &made); err != nil {
				return err
			}
		case "link":
			if err := c.Ask(ctx, "POST", "/links", form, &made); err != nil {
				return err
			}
		case "deactivate":
			var gone control.Account
			if err := c.Ask(ctx, "POST", "/deactivate", form, &gone); err != nil {
				return err
			}
			_, err := fmt.Fprintln(out, gone.Name, "can no longer sign in.")
			return err
		default:
			return fmt.Errorf("operator has no %q", args[0])
		}
		_, err := fmt.Fprintf(out, "One-time link for %s, good for 7 days:\n%s\n", made.Account.Name, made.Secret)
		return err
	})
}

// bot is beseda bot add|list.
func bot(ctx context.Context, args []string, out io.Writer) error {
	if len(args) == 0 {
		return errors.New("bot needs add or list")
	}
	cfg, rest, err := parse("bot "+args[0], args[1:], nil)
	if err != nil {
		return err
	}
	return within(ctx, cfg, func(c *control.Client) error {
		switch {
		case args[0] == "list":
			return list(ctx, c, out, true)
		case args[0] != "add":
			return fmt.Errorf("bot has no %q", args[0])
		case len(rest) != 1:
			return errors.New("bot add needs one name")
		}
		var made control.Made
		if err := c.Ask(ctx, "POST", "/bots", control.Form{Name: rest[0]}, &made); err != nil {
			return err
		}
		_, err := fmt.Fprintln(out, made.Secret)
		return err
	})
}

func list(ctx context.Context, c *control.Client, out io.Writer, bots bool) error {
	var all []control.Account
	if err := c.Ask(ctx, "GET", "/accounts", nil, &all); err != nil {
		return err
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, a := range all {
		if a.Bot == bots {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", a.Name, a.Email, a.Role, a.State)
		}
	}
	return w.Flush()
}

// parse reads --data and a command's own flags; flags may stand before and behind the arguments.
func parse(name string, args []string, own func(*flag.FlagSet)) (config.Config, []string, error) {
	set := flag.NewFlagSet("beseda "+name, flag.ContinueOnError)
	loader := config.Register(set, config.Outside{LookupEnv: os.LookupEnv, ReadFile: os.ReadFile}, "data", "public-url", "listen")
	if own != nil {
		own(set)
	}
	var rest []string
	for {
		if err := options(set, args); err != nil {
			return config.Config{}, nil, err
		}
		if set.NArg() == 0 {
			break
		}
		rest = append(rest, set.Arg(0))
		args = set.Args()[1:]
	}
	cfg, err := loader.Load()
	return cfg, rest, err
}

// within asks the server that runs over the data folder, or opens the folder itself where none does.
func within(ctx context.Context, cfg config.Config, ask func(*control.Client) error) error {
	if c, err := control.Dial(cfg.Data); err == nil {
		return ask(c)
	}
	if _, err := os.Stat(cfg.Data); err != nil {
		return fmt.Errorf("--data %s: %w", cfg.Data, err)
	}
	db, err := badgerdb.Open(cfg.Data, badgerdb.Options{})
	if err != nil {
		return err
	}
	s, err := server.New(cfg, server.Deps{
		Store: db, Blobs: db.Blobs(), Now: time.Now, NewID: newID(), Random: rand.Reader, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return errors.Join(err, db.Close())
	}
	base := "http://" + cfg.Listen
	if cfg.PublicURL != nil {
		base = cfg.PublicURL.String()
	}
	err = ask(control.Within(controlOf(s, db, base)))
	s.Close()
	return errors.Join(err, db.Close())
}
